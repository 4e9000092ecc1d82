#ifndef REPORTS_SETTLE_H
#define REPORTS_SETTLE_H

/*
 * A run of a record of many, put away: it is lean (record.h), what its neighbours
 * say for it is gone (told.h), and nothing of it will change.  What is left takes
 * no more memory than it needs, because a thousand of these are held:
 *
 *	facts		one after the other in one piece; of some kinds only those that
 *			are asked of older runs, and what a joined fact rests on
 *	rows		those that did not answer, and those that somebody looks up
 *			by a fact of theirs, or by the address that they asked about,
 *			where nothing came of it
 *	exhibits	for each record, in which one it stands; titles are gone
 *
 * A record with drafts is not settled: a citation may be of any row or exhibit.
 */

#include "reports/record.h"

void		 run_settle(struct run *);
/* For run_exhibit_of(), and run_free(). */
const char	*placed_id(const struct placed *, uint64_t n);
void		 placed_free(struct placed *);	/* NULL is fine */

#endif
