#ifndef GEOIP_ASN_H
#define GEOIP_ASN_H

/*
 * Databases of networks: which autonomous system an address belongs to.  They
 * are MaxMind DB files like the others and are looked up in by geo_lookup();
 * what differs is what they are asked for.
 */

#include "geoip/geo.h"

/* Its database_type says that it knows systems and no places: "GeoLite2-ASN",
 * "DBIP-ASN-Lite (compat=...)", "ip-location-db asn", ... */
bool	geo_info_is_asn(const struct geo_info *);

#endif
