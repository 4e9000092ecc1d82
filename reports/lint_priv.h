#ifndef REPORTS_LINT_PRIV_H
#define REPORTS_LINT_PRIV_H

/*
 * Shared by lint*.c only.
 *
 *	lint.c		the table, problems, running it
 *	lint_source.c	exhibits of the record: which one is cited, its text
 *	lint_quote.c	quotations held against exhibits
 *	lint_whose.c	whose words a quotation is, where no exhibit is cited
 *	lint_paraphrase.c	words stronger than the message
 *	lint_exhibit.c	which exhibits are cited, where, and how old they are
 *	lint_section.c	factors and their sections, paragraphs without a citation
 *	lint_words.c	rows of phrases: belief, quantities, assertions
 *	lint_number.c	whether a sentence says how many
 *	lint_party.c	what they say of who is a party
 *	lint_entity.c	from whom data are sought, paper by paper
 *	lint_list.c	names in lists with those
 */

#include "reports/lint.h"
#include "reports/phrase.h"

/* ---- problems ---- */
struct lint_problem *lint_add(struct lint *, const struct lint_check *,
	    enum paper, size_t at, const char *fmt, ...)
	    G_GNUC_PRINTF(5, 6);
void	lint_unchecked(struct lint *, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
/* Verbatim, white space as it is, cut at a character to LINT_SHOWN bytes. */
char	*lint_shown(const char *, size_t len);

/* ---- exhibits ---- */
struct source {
	char		*label;		/* "I-1", "D-2" */
	char		*called;	/* the same with its name, "I-1 (Exhibit B)" */
	const struct import *import;	/* or */
	const struct run *run;		/* ... of a run */
	const struct exhibit *exhibit;
	GPtrArray	*pieces;	/* char *: all that can be quoted of it */
	GPtrArray	*forms;		/* char *: their forms (verbatim.h) */
	gboolean	 loaded;
	gboolean	 partial;	/* bytes of it are not here, or no text */
	unsigned	 cited;		/* in the motion */
	unsigned	 factors;	/* bits of the factors under which it is */
};

/* A quotation that nobody is cited for, and which exhibits have it. */
struct uncited {
	enum paper	 paper;
	const struct quotation *quote;
	guint		 exhibits;	/* how many */
	const struct source *source;	/* one of them */
};

struct lint_sources {
	GPtrArray	*all;		/* struct source * */
	GArray		*uncited;	/* struct uncited: lint_quotes() fills it */
};

void	sources_init(struct lint *);
void	sources_clear(struct lint *);
/* NULL: the record has none by that name. */
struct source	*source_of(const struct lint *, const struct cite *);
/* Loads its text; FALSE where it has none that can be read. */
gboolean	 source_text(struct source *);

/* The sentence of it that shares most words with the quotation, "" where none
 * shares two; caller frees (lint_nearest.c). */
char	*lint_nearest(const struct source *, const char *quote);

/* ---- sections ---- */
#define FACTOR_FEDERAL	5
struct section {
	unsigned	 named[FACTOR_FEDERAL + 1];	/* headings and mentions */
	gboolean	 argued[FACTOR_FEDERAL + 1];
	int		 first[FACTOR_FEDERAL + 1];	/* para, -1 none */
	guint8		*of_para;	/* factor of each paragraph, 0 none */
	gboolean	*plain;		/* introduction, relief, signature: not argument */
};

struct lint_sections {
	struct section	 paper[PAPERS];
};

void	sections_init(struct lint *);
void	sections_clear(struct lint *);
int	para_factor(const struct lint *, enum paper, guint para);

/* ---- lists of names (lint_list.c) ---- */
typedef void lint_name_fn(const char *name, void *);
/* The other names of the list in which a known one stands at that byte. */
void	 lint_list_sentence(const char *text, size_t len, size_t at,
	    lint_name_fn *, void *);
/* How long "2. " or "(b) " at the head is, 0 none; the name with which an item
 * begins, NULL none, caller frees. */
size_t	 lint_enumerator(const char *);
char	*lint_item_name(const char *text, size_t len);

/* ---- for all ---- */
/* Calls fn for each paragraph that is running text. */
gboolean para_runs(const struct motion *, guint para);
gboolean in_quotation(const struct motion *, guint para, size_t at);
/* The sentence around byte at of the paragraph; caller frees. */
char	*sentence_at(const struct motion *, guint para, size_t at, size_t *begin);

/* Whether the words of a sentence have a number of users, visits or the like. */
gboolean sentence_counts(const struct words *, size_t first, size_t end);

/* ---- whose words ---- */
enum whose {
	WHOSE_EXHIBIT,		/* of the exhibit cited */
	WHOSE_LAW,		/* of a court or a rule */
	WHOSE_PAPER,		/* of a pleading, a declaration, an entry of the
				 * docket that the record does not have */
	WHOSE_NAME,		/* a title, or a term that is being defined */
	WHOSE_SAID,		/* nobody's that is cited */
};
enum whose whose_words(const struct lint *, enum paper,
	    const struct quotation *);
gboolean is_title(const char *, size_t len);
/* Whether the citation of so short a quotation is close enough to be its. */
gboolean cite_is_close(const struct motion *, const struct quotation *,
	    unsigned words);

lint_fn	lint_quotes, lint_unsourced, lint_paraphrase;
lint_fn	lint_absent, lint_undiscussed, lint_one_factor, lint_mentioned_once,
	lint_other_filing, lint_after_filing;
lint_fn	lint_factors, lint_uncited;
lint_fn	lint_belief, lint_quantity, lint_assertion, lint_party;
lint_fn	lint_entities;
/* Part of lint_party(): addresses of parties who were dismissed. */
lint_fn	lint_addresses;

#endif
