#ifndef REPORTS_MATRIX_H
#define REPORTS_MATRIX_H

/*
 * Factor 4: a row an entity (L-09).  Every facet of a row has a status of its
 * own and the records it rests on, and is computed from what is about that
 * entity alone: what is shown for one never changes another's row.
 *
 *	role		seen doing what, for which name or address
 *	date		first and last seen, and whether the newest run still
 *			shows it
 *	data_held	what it says it holds, in its own words (mail of it whose
 *			words are of the class STATES_DATA_HELD); CO never
 *	practice	published terms: sign-up forms and terms on its own site,
 *			documents about it that an IMPORTED statement quotes
 *	statement	requests made to it and its answers: mail with its name
 *	route		for counsel: route candidates and obstacles by country
 *			(overlays R-*), and duties (D-*)
 *	missing		what is missing; its status is that of the row, L-09
 *
 * Words are the entity's, byte for byte in the original file: text, import and
 * offset are kept together so that whoever prints them can quote them.
 */

#include "reports/overlay.h"

struct facet_words {
	const struct import *import;
	const char	*text;		/* verbatim, borrowed */
	uint64_t	 offset;	/* in the original file */
	enum reply_class klass;
};

struct facet {
	enum status	 status;
	GString		*text;		/* in our words; "" */
	GArray		*pointers;	/* struct pointer */
	GArray		*words;		/* struct facet_words */
};

enum facet_kind {
	FACET_ROLE, FACET_DATE, FACET_DATA_HELD, FACET_PRACTICE,
	FACET_STATEMENT, FACET_ROUTE, FACET_MISSING, FACETS,
};

struct matrix_row {
	const struct entity_view *e;
	const char	*first, *last;	/* RFC 3339, "" where never seen */
	enum { CURRENT_UNSEEN, CURRENT_YES, CURRENT_NO, CURRENT_UNKNOWN } current;
	struct facet	 facets[FACETS];
	GPtrArray	*missing;	/* char *: borrowed of the findings, once each */
	GPtrArray	*notes;		/* struct overlay_note *, borrowed: R-* and D-* */
};

struct matrix {
	struct sight	 own;		/* where none was there */
	const struct sight *sight;
	GPtrArray	*rows;		/* struct matrix_row *, as sight.entities */
};

/* sight NULL: its own; overlays NULL: none.  All of them outlive it. */
void	matrix_init(struct matrix *, const struct record *,
	    const struct sight *, const GPtrArray *findings, const GPtrArray *overlays);
void	matrix_clear(struct matrix *);
const char	*facet_name(enum facet_kind);	/* "data_held" */
/* The finding of an element about an entity, or NULL. */
const struct finding *matrix_finding(const GPtrArray *findings,
	    const char *id, const char *scope);

#endif
