#ifndef REPORTS_LINT_H
#define REPORTS_LINT_H

/*
 * A draft's text held against the record.  Nothing in a draft is evidence, and
 * nothing here says that a draft is good: it says where words of it are not
 * those of the exhibit, where the record lacks what is cited, and where the
 * order's losing side stumbled.
 *
 * One table of checks (lint.c): what each looks for, the element of the order
 * that it serves, and what to do.  A check that could not be made, because the
 * record has no exhibits or case.ini no date, is told in not_checked: silence
 * is not a pass.
 *
 * Pure; the same record and papers give the same problems in the same order:
 * by paper, place, check.  At most LINT_EACH problems of one check.
 */

#include "reports/motion.h"
#include "reports/record.h"

#define LINT_EACH	200
#define LINT_SHOWN	400	/* bytes of a quotation that are shown */

enum paper {
	PAPER_MOTION,
	PAPER_DECLARATION,
	PAPER_ORDER,		/* the proposed one */
	PAPER_LATER,		/* an objection, an appeal, a reply */
	PAPERS,
};

struct lint;
struct lint_check;
typedef void lint_fn(struct lint *, const struct lint_check *);

struct lint_check {
	const char	*id;		/* "quote" */
	const char	*elements;	/* "L-07"; "T-01 T-02" */
	const char	*looks;		/* for what, in words */
	const char	*remedy;	/* what to do */
	lint_fn		*run;
};

struct lint_problem {
	const struct lint_check *check;
	enum paper	 paper;
	struct place	 place;
	char		*what;		/* one sentence */
	char		*theirs;	/* the draft's words, verbatim; "" */
	char		*source;	/* the exhibit's, verbatim; "" */
	char		*exhibit;	/* "I-1"; "" where it is about none */
	int		 factor;	/* 1 to 4, 5 for Rule 4(k)(2); 0 */
};

struct lint {
	const struct record *rec;
	const struct motion *paper[PAPERS];	/* borrowed; NULL: not given */
	GPtrArray	*problems;	/* struct lint_problem * */
	GPtrArray	*not_checked;	/* char *: "quotations: the record has no exhibits" */
	/* Quotations that could not be compared, or with nothing: of exhibits
	 * that are no text here; of papers that the record does not have; of
	 * nothing cited, and in no exhibit; of courts and rules. */
	unsigned	 unread, of_papers, nowhere, of_law;
	struct lint_sources *sources;	/* lint_priv.h */
	struct lint_sections *sections;
};

extern const struct lint_check lint_checks[];
extern const size_t lint_checks_count;

/* PAPER_MOTION must be given.  Clear with lint_clear(). */
void	lint_run(struct lint *, const struct record *,
	    const struct motion *const papers[PAPERS]);
void	lint_clear(struct lint *);
const char *paper_name(enum paper);	/* "motion" */
/* What an imported draft is, by its label, or else its file's name. */
enum paper	paper_of(const struct import *);
/*
 * An earlier motion beside the one that was held: adds to T-04's problems the
 * entities that one of them names and the other does not, where the motion is a
 * later one by its name or says that it asks again.  exhibit is the earlier one's.
 */
void	lint_earlier(struct lint *, const struct import *now,
	    const struct import *before, const struct motion *earlier);
/* Problems of the check. */
unsigned	lint_count(const struct lint *, const char *check);
const struct lint_check *lint_check_find(const char *id);
/* Whether a factor (1 to 4, 5 for Rule 4(k)(2)) has an argued section; -1
 * where it is not named at all. */
int	lint_argued(const struct lint *, enum paper, int factor);

/* Whether run i has an exhibit that a paper cites, or may quote: its bytes are
 * wanted. */
gboolean lint_wants_run(const struct record *,
	    const struct motion *const papers[PAPERS], guint i);

struct lint_view {
	const char	*version;
	gboolean	 colour;
};
void	lint_text(const struct lint *, const struct lint_view *, GString *);
void	lint_json(const struct lint *, const struct lint_view *, GString *);

/*
 * How many sentences of a text have words that the element is about, by the same
 * rows as the check: K-07, a quantity of users or an aim with no number beside
 * it; L-02, words of belief.
 */
guint	 lint_sentences(const char *element, const char *text);

#endif
