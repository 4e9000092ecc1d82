#ifndef REPORTS_REVERSE_H
#define REPORTS_REVERSE_H

/*
 * What the reverse name of an address hints at (RFC 1035, 3.5): whoever holds the
 * network writes it, as he likes.  "vps-12.example" and "tor-exit-3.example" are
 * given to machines that are rented, "dsl-12.example" to a subscriber's line.  A
 * hint raises nothing and takes nothing away; it leaves open what an address is.
 */

#include <glib.h>

/* The word that tells of a rented machine or an exit; NULL: none, or a word of a
 * subscriber's line stands beside it. */
const char	*reverse_host(const char *name);

#endif
