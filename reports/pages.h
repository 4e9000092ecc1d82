#ifndef REPORTS_PAGES_H
#define REPORTS_PAGES_H

/*
 * Plain text of a paper as it was printed: line numbers at the margin (pleading
 * paper), page numbers, the clerk's line at the head of each page, form feeds.
 * None of it is text of the paper, and a sentence goes on across it.
 */

#include "reports/mapped.h"

/* The text without them, each byte still knowing where it came from; NULL where
 * there is nothing to take off. */
struct mapped	*pages_joined(const struct mapped *);

#endif
