#ifndef PROBES_HTML_LINK_H
#define PROBES_HTML_LINK_H

/*
 * Links and what a page loads: page.link facts, and page.words facts for
 * schemes, endings, classes and ids of page_rules.def.  Hosts: html_host.h.
 */

#include "probes/html_walk.h"

void	html_link_init(struct walk *);
void	html_link_clear(struct walk *);
void	html_link_enter(struct walk *, const GumboNode *);
void	html_link_leave(struct walk *, const GumboNode *);
/* A tag with src, href or data. */
void	html_link_loads(struct walk *, const GumboNode *);
/* A script: what it loads, and hosts that its text names. */
void	html_link_script(struct walk *, const GumboNode *);
/* Class and id of any tag. */
void	html_link_markup(struct walk *, const GumboNode *);
/* After the pass: what the links seen are for. */
void	html_link_purposes(struct walk *);

#endif
