#ifndef PROBES_URL_PRIV_H
#define PROBES_URL_PRIV_H

/*
 * Between url.c and url_plain.c: URLs in which there is nothing to be coded,
 * removed or resolved are read without libcurl, which takes ten times as long.
 */

#include "probes/url.h"

/* Fills in *out; FALSE, with *out as it was, where libcurl has to see to it. */
gboolean	 url_plain_check(const char *text, struct url *out);
/* RFC 3986 5.2.2 without dot segments; NULL as above.  Caller frees. */
char		*url_plain_resolve(const char *base, const char *ref);

#endif
