#ifndef REPORTS_BOUNDS_H
#define REPORTS_BOUNDS_H

/*
 * Distance bounds of one address from several places (place.bound; how one is
 * drawn stands in probes/join_bounds.c).
 *
 * What answered is within each bound, so a place that one of them excludes is
 * excluded, whatever the others leave.  That holds for one machine at one place:
 * of an address that is announced from many places (anycast) each vantage may
 * have met another, and nothing is drawn together.
 *
 * Of a vantage counts the least bound; only a place that was declared counts,
 * because from an unknown one nothing is near or far.
 */

#include "reports/record.h"

/* One vantage's. */
struct bound_from {
	const struct run	*run;
	const struct fact	*fact;	/* place.bound */
};

/* One place that any of them names. */
struct bound_place {
	const char		*place;
	const char		*verdict;	/* the worst: "excluded", "unlikely",
						 * "possible" */
	const struct bound_from	*by;		/* who gives it, the first */
};

/* By run, this one's own first; one a vantage.  Caller frees (struct bound_from). */
GArray	*bounds_from(const struct record *, const struct run *, const char *ip);
/* In the order in which they are named; borrows from the array.  Caller frees
 * (struct bound_place). */
GArray	*bounds_together(const GArray *from);
/* Whether any run says that the address is announced from many places, or is a
 * delivery network's. */
gboolean bounds_many(const GArray *from, const char *ip);

#endif
