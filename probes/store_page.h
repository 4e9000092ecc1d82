#ifndef PROBES_STORE_PAGE_H
#define PROBES_STORE_PAGE_H

/*
 * A page of an application store, read from its title and its lines of text: a
 * store.app fact.
 *
 * Stores are other hosts than the target's.  goodcause never goes there by
 * itself: such a page is in the record only where it is a target of its own, or
 * the case follows hosts ([collect] follow_hosts).  What the target's own page
 * says of an application are page.id facts of class "app".
 *
 * A band of downloads ("50,000+", "1M+") stays the band that the store writes:
 * no number is made of it.
 */

#include <glib.h>
#include <jansson.h>

#include "probes/page_text.h"

/* Nothing is appended where url is not of a store's page of an application. */
void	store_page(const char *url, const json_t *title,
	    const struct page_text *, GString *out);

#endif
