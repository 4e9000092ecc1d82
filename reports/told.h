#ifndef REPORTS_TOLD_H
#define REPORTS_TOLD_H

/*
 * What a run need not say, because the runs before and after it say the same.
 *
 * A predicate asks of runs what was seen, and when first and last.  So of a stretch
 * of runs that say the same in all that is assessed, those between are held by
 * name only (run_tell()); and where runs differ, those of their pages that say
 * the same before and after need not be held either (run_tell_pages()).
 *
 * A page's words, links, forms, prices and languages are read one by one, by what
 * they say and of which site; nothing asks whether two of them stood in one run.
 * They go together or not at all, so that a page whose words changed is whole.
 * That the page came, what it is (page.class) and whom it names (page.host,
 * page.id) stay: roles and links read these with other facts of their run.  So does
 * what a joined fact rests on.
 */

#include "reports/record.h"

/* Lets go of facts, exhibits, and rows but those of questions that were not
 * answered. */
void		 run_tell(struct run *);
/* Ids of facts that joined ones rest on; a set, caller frees. */
GHashTable	*facts_rested_on(const struct run *);
/* Notes a fact of a page; said is share_said()'s. */
void		 pages_add(struct run *, const struct fact *, const uint8_t *said);
/* Once after the last: in order, each once. */
void		 pages_sort(struct run *);
/* Lets go of facts of pages of which the runs before and after say the same. */
void		 run_tell_pages(struct run *, const struct run *before,
		    const struct run *after);

#endif
