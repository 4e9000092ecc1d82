#ifndef PROBES_PAGE_REGISTER_H
#define PROBES_PAGE_REGISTER_H

/*
 * Numbers of registers that a page gives for who stands behind it: page.id facts
 * of class "register", by the REGISTER rows of page_rules.def.
 *
 * A number that has a check digit must pass it ("check": "passed"); one that
 * has none is told as it stands ("none").  It is a claim of the page: whether
 * the register holds it was not asked.
 */

#include "probes/page_facts.h"
#include "probes/page_rules.h"
#include "probes/page_text.h"

/* The row's label begins at word i. */
void	page_register_label(const struct page_text *, struct page_facts *,
	    size_t i, const struct reg *);
/* Word i, of letters and digits, may hold label and number in one. */
void	page_register_word(const struct page_text *, struct page_facts *,
	    size_t i);
/* The value alone, without blanks and marks; for tests. */
gboolean page_register_check(const char *check, const char *value);

#endif
