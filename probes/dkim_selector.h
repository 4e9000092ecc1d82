#ifndef PROBES_DKIM_SELECTOR_H
#define PROBES_DKIM_SELECTOR_H

/*
 * Selectors of DKIM keys that are asked for by name: data/dkim-selectors.tsv.
 * Which selectors a domain has cannot be asked (RFC 6376 3.6.2.1), so a short
 * list is tried; others are known from mail only.
 *
 * Pure.
 */

#include <glib.h>

/* The row's selector, or NULL behind the last one; caller frees. */
char		*dkim_selector(guint row);
/* The mail house that hands the selector out; "" where none does, or the list does
 * not know it.  Caller frees. */
char		*dkim_house(const char *selector);

#endif
