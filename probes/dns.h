#ifndef PROBES_DNS_H
#define PROBES_DNS_H

/*
 * What the asking and the reading half of the DNS probe share.
 *
 * A question's name has its final dot; its note is the zone that the server
 * was asked for ("zone ch."), so that the reader can tell a referral from an
 * upward one and glue of that zone from other addresses.
 */

#include <stddef.h>
#include <stdint.h>

#define DNS_HEADER	12
#define DNS_EDNS_SIZE	1232
#define DNS_ZONE_NOTE	"zone "

/* The message as sent: RFC 1035, RFC 6891 (OPT last, DO set). */
int	dns_query_make(const char *name, const char *type, uint8_t **wire,
	    size_t *len);

#endif
