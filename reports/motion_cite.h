#ifndef REPORTS_MOTION_CITE_H
#define REPORTS_MOTION_CITE_H

/*
 * Citations in a draft, by rows of patterns; for motion.c.  A label of an
 * exhibit is letters, or letters and a number, or a number ("A", "B-3", "12");
 * a list of them gives each, a range of letters ("A through D") all.
 */

#include "reports/motion.h"

struct cite_finder;

struct cite_finder	*cite_finder_new(void);
void			 cite_finder_free(struct cite_finder *);
/* Appends to cites, by place. */
void	cites_find(struct cite_finder *, struct motion *, guint para,
	    const struct block *);

#endif
