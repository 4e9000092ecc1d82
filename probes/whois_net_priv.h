#ifndef PROBES_WHOIS_NET_PRIV_H
#define PROBES_WHOIS_NET_PRIV_H

/* What the files that read networks share: one answer being read, and ranges of
 * addresses as registries write them. */

#include "probes/whois_priv.h"

struct range {
	unsigned char	 from[16], to[16];	/* IPv4 mapped */
	char		 start[64], end[64];
};

enum what { START, CIDR, NAME, HANDLE, PARENT, TYPE, COUNTRY, ORG, ORG_REF,
	DESCR, ABUSE, CREATED, CHANGED, WHATS };

struct net {
	const struct whois *w;
	struct range	 range;
	gboolean	 found;
	guint		 line, start;	/* where its block begins, its range */
	gboolean	 stub;		/* says only who has it now */
	char		*values[WHATS];
};

/* One address, IPv4 or IPv6. */
gboolean whois_address(const char *text, unsigned char out[16]);
/* "192.0.2.0 - 192.0.2.255", "192.0.2.0/24". */
gboolean whois_range_read(const char *text, struct range *);
/* Whether a lies in b and is no larger. */
gboolean whois_range_inside(const struct range *a, const struct range *b);

/* The least of the networks that ARIN lists, each in a line; FALSE: none holds
 * the address. */
gboolean whois_net_listed(struct net *);
/* Who has it, where that stands in an address above its block (TWNIC). */
void	 whois_net_above(struct net *);

#endif
