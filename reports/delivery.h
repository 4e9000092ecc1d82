#ifndef REPORTS_DELIVERY_H
#define REPORTS_DELIVERY_H

/*
 * Delivery networks (content delivery, protection against floods) and hosted
 * platforms, and what their presence looks like from outside.
 *
 * A delivery network stands before a host that it hides; a platform is itself
 * where the pages lie.  One sign of a network alone says "may be"; role_edge.c
 * asks for two that agree.  The table is kept by hand from what the networks
 * publish in their manuals; address ranges are in the dated lists of the probes,
 * whose provider is the name here.
 */

#include <glib.h>

struct delivery {
	const char	*name;
	gboolean	 platform;	/* pages lie with it: no host behind */
	/* all lower case */
	const char	*holder;	/* begins the holder's or network's name */
	gboolean	 hosts;		/* sells hosting too: holder or AS alone say nothing */
	unsigned	 as[4];		/* autonomous systems of its own */
	/* "name", or "name: what the value begins with" */
	const char	*headers[6];
	const char	*suffixes[8];	/* of aliases, and of names in certificates */
	const char	*certs[3];	/* further suffixes, of certificates only */
};

/* NULL where none. */
const struct delivery	*delivery_by_header(const char *name, const char *value);
const struct delivery	*delivery_by_alias(const char *to);
const struct delivery	*delivery_by_holder(const char *org, const char *network);
const struct delivery	*delivery_by_as(unsigned as);
const struct delivery	*delivery_by_cert(const char *name);
const struct delivery	*delivery_by_name(const char *provider);

/* The name is the zone, or lies below it; both without a final dot. */
gboolean	name_under(const char *name, const char *zone);

#endif
