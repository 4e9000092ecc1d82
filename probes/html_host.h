#ifndef PROBES_HTML_HOST_H
#define PROBES_HTML_HOST_H

/*
 * Other hosts that a page links to or loads from: page.host facts, and
 * page.words facts for those that a HOST row of page_rules.def knows.
 */

#include "probes/html_walk.h"

void	html_host_init(struct walk *);
void	html_host_clear(struct walk *);
/* The host of "https://host/..." or "//host/...", n bytes; NULL where none. */
const char *html_host_of(const char *, size_t *n);
/* The host of a reference; len bytes of it are quoted where a rule knows it. */
void	html_host_take(struct walk *, const char *ref, const char *how,
	    const char *where, size_t len, size_t pos);
/* After the pass. */
void	html_host_emit(const struct walk *, GString *out);
/* Each of those hosts once, as written, borrowed; caller frees the array. */
GPtrArray *html_host_names(const struct walk *);

#endif
