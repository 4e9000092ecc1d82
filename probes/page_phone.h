#ifndef PROBES_PAGE_PHONE_H
#define PROBES_PAGE_PHONE_H

/*
 * Telephone numbers: page.id facts of class "phone".
 *
 * Told as +digits where the page writes a plus (ITU-T E.164, 7 to 15 digits);
 * a number without one is told as it stands, only after a word that says what
 * it is ("Tel.", "Fax", ...) or in a tel: link.  "of" says which.
 */

#include "probes/page_facts.h"
#include "probes/page_text.h"

/* The part of a tel: link after the colon. */
void	page_phone_link(struct page_facts *, const char *number, size_t pos);
/* Word i begins with a plus. */
void	page_phone_plus(const struct page_text *, struct page_facts *, size_t i);
/* Word i is "Tel", "Phone", "Fax", ...; the number follows it. */
void	page_phone_label(const struct page_text *, struct page_facts *,
	    size_t i, const char *signal);

#endif
