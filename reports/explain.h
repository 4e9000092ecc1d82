#ifndef REPORTS_EXPLAIN_H
#define REPORTS_EXPLAIN_H

/*
 * An element in plain words: what the order says of it, in its own sentence,
 * what raises it and what cannot, who supplies what is missing, and, where
 * there are findings, how it stands in this record.  Pure.
 *
 * findings may be NULL (no case here).
 */

#include "reports/showing.h"

void	explain_text(const struct element *, const GPtrArray *findings,
	    int columns, gboolean colour, GString *out);
/* All elements, a line each, under their factors. */
void	explain_list(int columns, gboolean colour, GString *out);
/* One element, or all where it is NULL. */
void	explain_json(const struct element *, const GPtrArray *findings,
	    const char *version, GString *out);
/* What somebody may have meant: "p4", "P04", "p 17"; never NULL. */
const struct element	*explain_nearest(const char *id);

#endif
