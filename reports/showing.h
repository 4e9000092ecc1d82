#ifndef REPORTS_SHOWING_H
#define REPORTS_SHOWING_H

/*
 * The showing: 112 elements of the order, each a row and a predicate; and the
 * findings that holding a record against them gives.
 *
 * An element is of one kind:
 *	R requirement, S fact that supports, N fact that does not suffice alone,
 *	W fact that weakens, T procedural trap, D standard or context
 * and of one scope kind, which says what a finding of it is about: the case, a
 * Doe, a domain, an address or an entity.  An element asked of both forums
 * stands twice, once for the state and once for the United States.
 *
 * Statuses are a closed set.  A look-up that failed is NC, never NONE; NONE
 * means looked for and not found.  No finding carries a score, and no factor a
 * verdict.  A BELIEF raises nothing.
 */

#include "reports/record.h"
#include "reports/supply.h"

enum status {
	ST_SUP, ST_PART, ST_INSUF, ST_ADV, ST_NONE, ST_NC, ST_CONF, ST_STALE,
	ST_CO, STATUSES,
};

enum factor { FACTOR_SETTING, FACTOR_1, FACTOR_2, FACTOR_3, FACTOR_4, FACTOR_TRAPS, FACTORS };
enum scope_kind { SCOPE_CASE, SCOPE_DOE, SCOPE_DOMAIN, SCOPE_ADDRESS, SCOPE_ENTITY };
/* Of which forum an element is asked; both: once for each (K-04). */
enum forums { FORUMS_NONE, FORUMS_STATE, FORUMS_US, FORUMS_BOTH };

struct finding;
struct element;
struct sight;

/*
 * A predicate fills in a finding whose element, scope and forum are set and
 * whose status is ST_NC; pure.
 */
typedef void predicate_fn(const struct record *, struct finding *);

struct element {
	const char	*id;		/* "P-04" */
	enum factor	 factor;
	char		 kind;		/* R S N W T D */
	enum scope_kind	 scope;
	enum forums	 forums;
	gboolean	 both_forums;	/* forums == FORUMS_BOTH */
	const char	*label;		/* short, for the matrix: "an address tied to each Doe" */
	const char	*section;	/* of the order: "I", "II.A", ... */
	const char	*proposition;	/* in our words */
	const char	*quote;		/* the order's sentence, byte for byte but for white space; "" for K-02 */
	const char	*raises;	/* what raises it, in words */
	const char	*defeats;	/* what cannot raise it, or defeats it */
	enum supply	 supplier;	/* who can supply what is missing, by which file or command */
	predicate_fn	*judge;
};

/*
 * What a finding points at, one of:
 *	run and fact	a fact of a run, n the record it rests on
 *	run		the log row n of a run
 *	import		row n of an imported file, 0: the file
 *	table		line n of a table of the case ("parties.csv")
 * A statement is pointed at through statements.csv and its line; one of type
 * BELIEF can be pointed at under against only (finding_for_statement).
 */
struct pointer {
	const struct run  *run;
	const struct fact *fact;
	uint64_t	   n;
	const struct import *import;
	const char	  *table;	/* static text */
};
/* "000001/F-000031", "000001:17", "I-0004:17", "parties.csv:3"; caller frees. */
char		*pointer_text(const struct pointer *);
/* The first of them so, and how many more: "I-0004:17, I-0004:18". */
char		*pointers_text(const GArray *);
gboolean	 pointer_same(const struct pointer *, const struct pointer *);

struct finding {
	const struct element *element;
	char		*scope;		/* "case", "Doe 1", a domain, an address, an entity */
	const char	*forum;		/* "US-HI", "US" or NULL */
	enum status	 status;
	gboolean	 adverse;	/* ADV is printed beside the status */
	GArray		*for_, *against;	/* struct pointer */
	GPtrArray	*missing;	/* char *: what is missing, in words */
	GArray		*supply;	/* enum supply: who supplies each of those */
	GPtrArray	*notes;		/* char *: one sentence each, ends in no full stop of law */
	const struct sight *sight;	/* while judging only: reports/sight.h */
};

extern const struct element elements[];
extern const size_t elements_count;		/* 112 */
#define RULES_VERSION	"musante/1"
#define RULES_DATE	"2026-07-31"

const struct element	*element_find(const char *id);	/* NULL if none */
/* "P-01 to P-09, P-11" of the elements whose place is set; caller frees. */
char		*elements_ids(const gboolean *set);
const char	*status_name(enum status);
int		 status_parse(const char *);
const char	*factor_title(enum factor);	/* "Factor 1: who the Doe defendants are" */

/*
 * Every finding, in the order of the table, then scope, then forum.  Where no
 * scope of an element's kind is in the record (no Doe listed), one finding
 * stands with the scope "case" and a note that says so.  Where no forum is set
 * the state's finding has forum NULL.
 */
GPtrArray	*showing_assess(const struct record *);
/* The same of a record that was put in order before, logs and all (sight_init). */
GPtrArray	*showing_assess_sight(const struct sight *);
/* Scopes of a kind in this record: "case", Does' labels, targets, ...; char *,
 * owned by the array. */
GPtrArray	*showing_scopes(const struct record *, enum scope_kind);

/* NC, and points at nothing; forum is borrowed. */
struct finding	*finding_new(const struct sight *, const struct element *,
		    const char *scope, const char *forum);
void		 finding_free(struct finding *);
/* Points at what stands for the other one; at all that it points at. */
void		 finding_for_as(struct finding *, const struct finding *other);
void		 finding_point_as(struct finding *, const struct finding *other);

/* Who supplies what it misses, each once, added to the list (const char *); the
 * element's own where nothing is said to be missing. */
void		 finding_suppliers(const struct finding *, GPtrArray *list);

/* For predicates. */
void	 finding_for(struct finding *, const struct run *, const struct fact *);
void	 finding_against(struct finding *, const struct run *, const struct fact *);
void	 finding_for_row(struct finding *, const struct run *, uint64_t n);
void	 finding_against_row(struct finding *, const struct run *, uint64_t n);
void	 finding_for_import(struct finding *, const struct import *, uint64_t row);
void	 finding_against_import(struct finding *, const struct import *, uint64_t row);
void	 finding_for_table(struct finding *, const char *table, unsigned line);
void	 finding_against_table(struct finding *, const char *table, unsigned line);
/*
 * The only way to rest on a statement.  FALSE, and nothing is pointed at under
 * for, where it is a BELIEF: beliefs raise nothing (L-05).
 */
gboolean finding_for_statement(struct finding *, const struct statement *);
void	 finding_missing(struct finding *, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
/* The same of a part of it, which others supply than the element. */
void	 finding_lacks(struct finding *, enum supply, const char *fmt, ...) G_GNUC_PRINTF(3, 4);
/* Nothing is missing after all. */
void	 finding_missing_none(struct finding *);
void	 finding_note(struct finding *, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
/* The same before all others: a short listing prints it. */
void	 finding_head(struct finding *, const char *fmt, ...) G_GNUC_PRINTF(2, 3);

#endif
