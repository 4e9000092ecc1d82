#ifndef REPORTS_WANTS_H
#define REPORTS_WANTS_H

/*
 * What is missing, put together by who could supply it: the to-do list of an
 * assessment.  Only findings that leave a gap ask for something; what nobody can
 * supply (SUPPLY_NOBODY) is asked of nobody.
 *
 * Whoever could serve the most elements stands first, then as in supply.def;
 * the number of elements is an order to read in and no mark.
 */

#include "reports/showing.h"

/* One thing that is missing, in the words of its findings. */
struct wanted {
	const char	*what;		/* of the finding */
	gboolean	*of;		/* by place in elements[] */
	GPtrArray	*scopes;	/* const char *: Does and entities that it is asked of */
	enum scope_kind	 kind;		/* of these */
};

struct want {
	enum supply	 by;
	guint		 elements;	/* distinct ones */
	gboolean	*of;
	GPtrArray	*things;	/* struct wanted *, as they came */
};

/* struct want *, owned; text is borrowed from the findings. */
GPtrArray	*wants_of(const GPtrArray *findings);
/* "Doe 1, Doe 2"; "10 Does"; "LiteServer B.V., Google LLC and 3 more"; NULL where
 * it is asked of the case.  Caller frees. */
char		*wanted_scopes(const struct wanted *);

#endif
