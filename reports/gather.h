#ifndef REPORTS_GATHER_H
#define REPORTS_GATHER_H

/*
 * Facts of the pages of the record's sites, by a table of what is wanted.  Pages
 * are read as received, without scripts: what is not found may still have been
 * there for a browser, and words_capture says so in the documents.
 */

#include "reports/judge.h"

/* Facts of a kind whose field has the value; NULL: any. */
struct want {
	enum fact_kind	 kind;
	const char	*field, *value;
};

/* Whether the fact is one of those; value: of its field, or "". */
gboolean gather_wants(const struct want *, size_t wants, const struct fact *,
	    const char **value);
/* The page of a fact: its URL without scheme and "www."; borrowed. */
const char *gather_page(const struct fact *);
/* TRUE for the first fact that says this of its page: an address, a scheme or a
 * run more is no second time.  seen: a set of strings that it owns. */
gboolean gather_first(GHashTable *seen, const struct fact *);
/* How many different ones of facts that are met one by one; tally_end() gives the
 * number, and ends it. */
struct tally { guint n; GHashTable *seen; };
struct tally tally_new(void);
void	 tally(struct tally *, const struct fact *);
guint	 tally_end(struct tally *);
/* Points at each such fact of a site's own visits; how many different ones. list,
 * which may be NULL, has the values of their fields. */
guint	 gather(struct finding *, const struct want *, size_t wants,
	    gboolean against, GString *list);
/* What was looked for is on no page: NONE with those words where all pages came,
 * NC where one is open, or none was asked for. */
void	 gather_none(struct finding *, const char *words);

/* Calls fn for each fact of the pages of each visit: of the target itself. */
typedef void	page_fn(struct finding *, const struct run *,
		    const struct fact *, void *);
void	 gather_each(struct finding *, page_fn *, void *);

#endif
