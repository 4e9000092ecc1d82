#ifndef REPORTS_DELIVERY_H
#define REPORTS_DELIVERY_H

/*
 * Delivery networks (content delivery, protection against floods), and what
 * their presence looks like from outside: the holder's or network's name in
 * address registration, response headers, the suffix of an alias.
 *
 * One sign alone says "may be"; role.c asks for two that agree.  The table is
 * kept by hand from what the networks themselves publish in their manuals.
 */

#include <glib.h>

struct delivery {
	const char	*name;
	/* all lower case */
	const char	*holder;	/* begins the holder's or network's name */
	gboolean	 hosts;		/* sells hosting too: the holder alone says nothing */
	const char	*headers[4];
	const char	*server;	/* begins the value of the header "server" */
	const char	*suffixes[5];	/* of aliases */
};

/* NULL where none. */
const struct delivery	*delivery_by_header(const char *name, const char *value);
const struct delivery	*delivery_by_alias(const char *to);
const struct delivery	*delivery_by_holder(const char *org, const char *network);

/* The name is the zone, or lies below it; both without a final dot. */
gboolean	name_under(const char *name, const char *zone);

#endif
