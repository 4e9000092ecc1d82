#ifndef PROBES_HTML_FORM_H
#define PROBES_HTML_FORM_H

/*
 * Forms: where they are sent, which fields they ask for, and what for, by the
 * FIELD rows of page_rules.def.  A field is "type name"; at most FORM_FIELDS.
 */

#include "probes/html_walk.h"

#define FORM_FIELDS	30

void	html_form_enter(struct walk *, const GumboNode *);
void	html_form_leave(struct walk *, const GumboNode *);
void	html_form_field(struct walk *, const GumboNode *);
/* A table ends, and with it a form between its rows. */
void	html_form_table(struct walk *, const GumboNode *);
void	html_form_end(struct walk *);
void	html_form_free(struct form *);

#endif
