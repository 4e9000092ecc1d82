#ifndef PROBES_SERVICES_H
#define PROBES_SERVICES_H

/*
 * Where registration data is served: the lists of a run.
 *
 * IANA's bootstrap registries (RFC 9224) as fetched in this run, or the copy
 * that the program carries where they could not be had; then the program's own
 * list of services outside them.  Filled in by the collector as the lists come
 * in; read by the look-up, which is an exchange of kind local.
 *
 * services_find() gives what the look-up of a name or address yields, as one
 * JSON object, or NULL where no list has it:
 *	{"for":"popcorn-time.ch","url":"https://...","source":"IANA" |
 *	 "not listed by IANA","list":"dns","published":"...","copy":"fetched" |
 *	 "carried by the program","authenticated":false where it is http alone}
 *
 * A subject is a domain name, an address, "AS64500", or "entity/HANDLE".
 */

#include <glib.h>

#define SERVICES_LISTS	5
extern const char *const services_lists[SERVICES_LISTS];

struct services;

struct services	*services_new(void);
void		 services_free(struct services *);
/* which: one of services_lists; bytes NULL: use the program's copy. 0, or -1
 * where the bytes are no bootstrap (then the program's copy is used). */
int		 services_add(struct services *, const char *which,
		    const char *bytes, gsize len);
/* "fetched", "carried by the program" or NULL: not there yet. */
const char	*services_copy(const struct services *, const char *which);
/* The list that a subject is looked up in. */
const char	*services_list(const char *subject);
char		*services_find(const struct services *, const char *subject);

#endif
