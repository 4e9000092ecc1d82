#ifndef PROBES_PAGE_CONTACT_H
#define PROBES_PAGE_CONTACT_H

/*
 * Wallets, and mailboxes that a page hides from machines, in its visible text.
 * "name [at] host [dot] example" is told as name@host.example with the detail
 * "obfuscated": the page does not write it so.
 */

#include "probes/page_facts.h"
#include "probes/page_text.h"

/* Word i is as long as a wallet's address. */
void	page_contact_wallet(const struct page_text *, struct page_facts *,
	    size_t i);
/* Word i has a bracket in it. */
void	page_contact_hidden(const struct page_text *, struct page_facts *,
	    size_t i);

#endif
