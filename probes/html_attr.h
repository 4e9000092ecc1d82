#ifndef PROBES_HTML_ATTR_H
#define PROBES_HTML_ATTR_H

/*
 * What attributes say by themselves: wallets, metas that verify a site or name
 * an account, telephone links, forms of path that an advertiser's script has;
 * and where scripts, styles and comments lie, for page_ids.h.
 */

#include "probes/html_walk.h"

/* Every attribute of any tag. */
void	html_attr_values(struct walk *, const GumboNode *);
void	html_attr_meta(struct walk *, const GumboNode *);
/* Remembers a script, a style or a comment. */
void	html_attr_range(struct walk *, const GumboNode *);

#endif
