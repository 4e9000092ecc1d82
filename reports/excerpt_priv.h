#ifndef REPORTS_EXCERPT_PRIV_H
#define REPORTS_EXCERPT_PRIV_H

/*
 * Shared by excerpt*.c only.
 *
 *	excerpt.c	a quotation to its pieces
 *	excerpt_find.c	the pieces in a text, and what is between them
 */

#include "reports/excerpt.h"
#include "reports/verbatim.h"

/* What is before a piece: nothing (the first), words left out, or words put in. */
struct piece {
	gboolean	 gap;
	char		*put;		/* with its brackets; NULL */
	char		*pattern;	/* "": the quotation begins or ends so */
};

struct excerpt {
	GArray		*pieces;	/* struct piece; brackets as above */
	GArray		*literal;	/* the same with brackets as words */
};

#endif
