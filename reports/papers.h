#ifndef REPORTS_PAPERS_H
#define REPORTS_PAPERS_H

/*
 * The drafts among what was imported, read and held against the record once an
 * assessment: of each kind of paper (paper_of()) the newest counts.
 */

#include "reports/lint.h"
#include "reports/sight.h"

struct papers {
	gboolean	 done;		/* the rest is filled in */
	const struct import *import[PAPERS];
	struct motion	*motion[PAPERS];
	struct lint	 lint;		/* where there is a motion */
};

/* The drafts of the record; NULL where there is none. */
void	 papers_read(const struct record *, struct motion *[PAPERS]);
struct papers	*papers_new(void);
void		 papers_free(struct papers *);
/*
 * Whether the motion argues from an import: cites it under one of the factors (1 << 3,
 * 1 << FACTOR_FEDERAL), in a paragraph that says what it shows and is no mere belief.
 * What the paragraph says is counsel's; place: where it begins to.
 */
gboolean	 papers_argue(const struct sight *, const struct import *,
		    unsigned factors, struct place *);
/* NULL: no motion was imported. */
const struct papers *papers_of(const struct sight *);

#endif
