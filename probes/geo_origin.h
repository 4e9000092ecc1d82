#ifndef PROBES_GEO_ORIGIN_H
#define PROBES_GEO_ORIGIN_H

/*
 * What a database of networks says of an address: ip.origin, beside what routing
 * data says.  Field names are MaxMind's (autonomous_system_number) or short ones
 * (asn).  An address that the database does not hold is list.none of "asn".
 */

#include "probes/exchange.h"

#include <jansson.h>

/* 0, or -1 where the record is none of such a database. */
int	geo_origin(const struct exchange *, const json_t *record, GString *out);
void	geo_no_origin(const struct exchange *, GString *out);

#endif
