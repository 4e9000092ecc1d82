#ifndef PROBES_PAGE_PRICE_H
#define PROBES_PAGE_PRICE_H

/*
 * Prices in a page's visible text: page.price facts.  The amount is as written
 * ("4,99"), the currency its ISO 4217 code, or the sign itself where several
 * countries use it and the page does not say which.
 */

#include "probes/page_facts.h"
#include "probes/page_rules.h"
#include "probes/page_text.h"

/* Word i may hold a sign that touches a number or stands beside one. */
void	page_price_sign(const struct page_text *, struct page_facts *,
	    size_t i);
/* Word i is a currency's word; the number may stand on either side. */
void	page_price_word(const struct page_text *, struct page_facts *,
	    size_t i, const struct currency *);

#endif
