#ifndef REPORTS_LINK_PAST_H
#define REPORTS_LINK_PAST_H

/*
 * What imports of past data (history) say that two names shared: with each other,
 * or with what a run saw of a site.  The signs, their weights and how else each
 * comes about are those of link.h; whose the data are stands in the row.  Values
 * of the plaintiff's own sites and ids, and withheld ones, are left out.
 *
 * An archive asked about one address answers with all that stood there.  Where one of
 * the names is a site of the record, or below one, it is told beside each other, and
 * these not beside one another; where two are, what is generic is told of those alone.
 * The strangers beside a pair are counted.  How many the imports know is a fact, how few
 * are few is not said, and none known is not none.
 *
 * Borrows from the sight and its record.
 */

#include "reports/link.h"

struct past_at {
	const char	*name;
	const struct import *import;	/* and its row, or */
	const struct history *row;
	const struct run *run;		/* a fact of a run */
	const struct fact *fact;
};

struct past_share {
	const struct link_sign *sign;
	char		*value;
	enum weight	 weight;
	const char	*lowered;
	struct past_at	 a, b;		/* a is always of an import */
	guint		 others;	/* names of neither that the imports give the value */
};

/* struct past_share *; frees itself with its array. */
GPtrArray	*link_past(const struct sight *);

#endif
