#ifndef PROBES_PAGE_FACTS_H
#define PROBES_PAGE_FACTS_H

/*
 * The facts of one page on their way out: gathered from the tags and from the
 * text, then written in the order in which they stand in the page.
 *
 * Equal ones (kind, rule, text) are one, the first.  At most so many of a kind
 * are written (see page_facts.c); page.words also has a most for each rule, the
 * highest with which all rules together keep within the kind's: a page that is
 * full of one thing does not hide another.
 *
 * Each value gets "offset" and "in": "block" where offset counts in the bytes
 * received, "body" where the body was content-coded and offset counts in it
 * decoded.
 */

#include <glib.h>

#include "probes/fact.h"

struct page_facts;

/* Where byte pos of the page stands in the block; -1: nowhere. */
typedef gssize page_place_fn(const void *arg, size_t pos);

struct page_facts	*page_facts_new(void);
void			 page_facts_free(struct page_facts *);
/* FALSE where one more of that kind and rule would not be kept. */
gboolean		 page_facts_room(const struct page_facts *,
			    enum fact_kind, const char *rule);
/*
 * One more fact at byte pos; the caller writes its members there, by json_put()
 * and its like, before the next is begun.  NULL where it would not be kept, or
 * is known already.  rule: static, "" where the kind has none; text: what, with
 * kind and rule, makes it the same fact.
 */
GString			*page_facts_add(struct page_facts *, enum fact_kind,
			    const char *rule, const char *text, size_t len,
			    size_t pos);
void			 page_facts_emit(struct page_facts *, const char *url,
			    page_place_fn *, const void *arg, GString *out);

#endif
