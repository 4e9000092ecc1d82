#ifndef PROBES_HTML_RESTORE_H
#define PROBES_HTML_RESTORE_H

/*
 * What was kept from the parser (html_short.h), put back into its tree: values of
 * attributes, and the text of scripts and style sheets, which are read from
 * there.  Text between tags is not: html_parse.c takes it from the page.
 */

#include "probes/html_walk.h"

/* Of an element, before anybody looks at it. */
void	 html_restore(struct walk *, const GumboNode *);
/* Whether the parser made of a text's bytes what they say, len bytes of them; a
 * tag that it dropped may follow. */
gboolean html_is_verbatim(const GumboNode *text, size_t len);
/* A script or style element; NULL is none. */
gboolean html_is_code(const GumboNode *);

#endif
