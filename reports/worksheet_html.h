#ifndef REPORTS_WORKSHEET_HTML_H
#define REPORTS_WORKSHEET_HTML_H

/*
 * The counsel worksheet: findings, adverse ones first, then the matrix, what is
 * missing by who could supply it, the factors element by element, traps, steps, and the map from exhibits to
 * factors.  It has its own page counter and shares no page with the exhibit;
 * its citations are links into the exhibit's file.
 *
 * Findings come from rep->findings in the order of the table of elements; all
 * the findings of one element stand together there.
 */

#include "reports/html.h"
#include "reports/sight.h"
#include "reports/view.h"

struct worksheet_doc {
	const struct report	*rep;
	const struct record	*rec;
	struct view		 v;		/* of the run that is cited */
	struct html		 h;
	const char		*quotes;	/* SHA-256 of the order's text, as data-quote */
};

/* The findings of one element: [first, end) of rep->findings. */
struct span {
	const struct element	*e;
	guint			 first, end;
};

void	worksheet_adverse(struct worksheet_doc *);
void	worksheet_matrix(struct worksheet_doc *);
void	worksheet_wants(struct worksheet_doc *);
void	worksheet_factor(struct worksheet_doc *, enum factor);
void	worksheet_entities(struct worksheet_doc *);
void	worksheet_links(struct worksheet_doc *);
void	worksheet_traps(struct worksheet_doc *);
void	worksheet_overlays(struct worksheet_doc *);
/* "Later authority: O-WILL, O-WANAT" of an element, as links; nothing where
 * none stands beside it. */
void	worksheet_beside(struct worksheet_doc *, const struct span *);
void	worksheet_steps(struct worksheet_doc *);
void	worksheet_map(struct worksheet_doc *);

/* The next element's findings; *at begins at 0; FALSE at the end. */
gboolean worksheet_next(const struct worksheet_doc *, guint *at,
	    struct span *);
const struct finding *worksheet_finding(const struct worksheet_doc *, guint);
/* In the state's column; else in that of the United States. */
gboolean worksheet_of_state(const struct finding *);

/* An element's id, a link to where it is told; "P-01 to P-09" of those whose place
 * is set. */
void	worksheet_id(struct html *, const struct element *);
void	worksheet_ids(struct html *, const gboolean *set);
/* Who supplies something: commands in what is said are set as such. */
void	worksheet_supply(struct html *, const char *says);

enum { COLUMN_ALL, COLUMN_STATE, COLUMN_US };
/* The marks of a span's findings in a column, each with how many hold it. */
void	worksheet_marks(struct worksheet_doc *, const struct span *,
	    int column);
/* Records of pointers as a citation; those of other runs in words. */
void	worksheet_cite(struct worksheet_doc *, const GArray *pointers,
	    const GArray *more);
/* Adds the records of pointers into the run that is cited. */
void	worksheet_records(const struct worksheet_doc *, const GArray *pointers,
	    GArray *records);
/* A note; words between “ and ” in it become a quotation with the hash of what
 * holds them, or <code> where nothing that was loaded does. */
void	worksheet_note(struct worksheet_doc *, const char *);
/* The same as a sentence's beginning. */
void	worksheet_sentence(struct worksheet_doc *, const char *);

#endif
