#ifndef COLLECTOR_IMPORTED_H
#define COLLECTOR_IMPORTED_H

/*
 * The addresses that imported files name, for the next run: which are asked
 * about, and that nothing is sent to any of them (probes/shield.h).
 *
 * They are those of activity and geolocation rows and of the way that mail came;
 * ranges and addresses that are not public are not asked about.  At most
 * import.addresses: those of a Doe's rows first, then those with most rows, then
 * by their order.  Beside them the names of the keys of mail's signatures.
 */

#include "probes/limits.h"

#include <glib.h>

struct shield;

struct imported {
	GPtrArray	*ask;		/* char *: addresses, RFC 5952 */
	GPtrArray	*keys;		/* char *: s._domainkey.d */
	unsigned	 left, keys_left;	/* by the limits */
	struct shield	*shield;
	char		*tip;		/* of imports.jsonl; "" */
};

int	imported_open(const char *dir, const struct limits *, struct imported *,
	    GError **);
void	imported_clear(struct imported *);

#endif
