/*
 * Quotations held against the exhibits: word for word (verbatim.h), with dots
 * and brackets as lawyers use them (excerpt.h).  One that cites an exhibit is
 * held against that; any other is looked for in all of them.  What is close to
 * the words of an exhibit and not the same is a misquotation, whatever it cites.
 */

#include <string.h>

#include "reports/excerpt.h"
#include "reports/lint_priv.h"
#include "reports/verbatim.h"

#define VERB_LEAST	4	/* letters that two forms of a verb share */
#define WORDS_LEAST	3	/* without a citation, fewer are a term */
/* Close to an exhibit's sentence: so many words in the same order, of the first
 * ones, and so many in a hundred of the quotation's. */
#define CLOSE_LEAST	4
#define CLOSE_PART	65
#define CLOSE_WORDS	80
#define CLOSE_TEXT	(256u << 10)	/* bytes of an exhibit so looked through */

/* ---- in an exhibit ------------------------------------------------------------------------------ */

/* How well a quotation stands: the lower the better. */
enum rank { RANK_CLEAN, RANK_BESIDE, RANK_CHANGED, RANK_APART, RANK_NOT };

struct stand {
	struct source	*src;
	const char	*piece, *form;	/* in which it stands */
	struct standing	 s;
};

static enum rank
rank_of(const struct standing *s)
{
	if (s->how != STANDS)
		return s->how == STANDS_APART ? RANK_APART : RANK_NOT;
	if (s->denied->len > 0 || s->put->len > 0)
		return RANK_CHANGED;
	return s->before != NULL || s->after != NULL || s->verb != NULL ?
	    RANK_BESIDE : RANK_CLEAN;
}

/* Puts the standing in the place of one that is worse. */
static void
stand_better(struct stand *best, const struct stand *at, struct standing *s)
{
	if (rank_of(s) < rank_of(&best->s)) {
		struct standing worse = best->s;

		best->s = *s;
		*s = worse;
		best->src = at->src;
		best->piece = at->piece;
		best->form = at->form;
	}
	standing_clear(s);
}

/* The best of its pieces; what is not text has none. */
static void
stand_in(struct source *src, const struct excerpt *e, struct stand *best)
{
	if (!source_text(src))
		return;
	for (guint i = 0; i < src->pieces->len &&
	    rank_of(&best->s) != RANK_CLEAN; i++) {
		struct stand at = { .src = src,
			.piece = g_ptr_array_index(src->pieces, i),
			.form = g_ptr_array_index(src->forms, i) };

		standing_init(&at.s);
		excerpt_stands(e, NULL, at.form, &at.s);
		stand_better(best, &at, &at.s);
	}
}

/* ---- what is wrong with it ------------------------------------------------------------------------ */

static struct lint_problem *
problem_of(struct lint *l, const struct lint_check *c, enum paper p,
    const struct quotation *q, const struct source *src, const char *what)
{
	struct lint_problem *problem = lint_add(l, c, p, q->at, "%s", what);

	g_free(problem->theirs);
	problem->theirs = lint_shown(motion_text(l->paper[p]) + q->at, q->len);
	if (src != NULL) {
		g_free(problem->exhibit);
		problem->exhibit = g_strdup(src->label);
	}
	return problem;
}

static const char *const conditional = "where|when|whenever|upon|once|after|"
    "before|awaiting|await|requires|require|conditioned|condition|depends";

/* The sentence of the draft has a denial or condition of its own. */
static gboolean
says_so(const struct motion *m, const struct quotation *q)
{
	size_t begin;
	g_autofree char *sentence = sentence_at(m, q->para, q->at, &begin);

	return words_deny(sentence, strlen(sentence)) ||
	    patterns_in(sentence, strlen(sentence), &conditional, 1, NULL);
}

/* "Kestrel holds “name or address”", of "do not hold name or address": the draft's
 * sentence has a word of those between the denial and what is quoted. */
static gboolean
takes_verb(const struct motion *m, const struct quotation *q, const char *verb)
{
	size_t begin;
	g_autofree char *sentence = sentence_at(m, q->para, q->at, &begin);
	struct words own, theirs;
	gboolean is = FALSE;

	words_init(&own, sentence, MIN(strlen(sentence), q->at - MIN(begin,
	    q->at)));
	words_init(&theirs, verb, strlen(verb));
	for (guint i = 1; i < theirs.tokens->len; i++)
		for (guint k = 0; k < own.tokens->len; k++)
			is |= words_at(&theirs, i)->len >= VERB_LEAST &&
			    strncmp(words_at(&theirs, i)->low, words_at(&own,
			    k)->low, VERB_LEAST) == 0;
	words_clear(&own);
	words_clear(&theirs);
	return is;
}

/* NULL: nothing. */
static char *
fault_of(const struct motion *m, const struct quotation *q,
    const struct stand *at)
{
	const struct standing *s = &at->s;
	const char *label = at->src->called;

	if (s->how == STANDS_APART)
		return g_strdup_printf("the quotation joins words that stand "
		    "%u words apart in Exhibit %s", s->apart, label);
	if (s->denied->len > 0)
		return g_strdup_printf("the quotation leaves %s of Exhibit %s "
		    "out%s%s", s->denied->str, label, s->put->len > 0 ?
		    ", and has " : "", s->put->str);
	if (s->put->len > 0)
		return g_strdup_printf("the quotation of Exhibit %s has %s",
		    label, s->put->str);
	if (says_so(m, q))
		return NULL;
	if (s->verb != NULL && s->before == NULL && takes_verb(m, q, s->verb))
		return g_strdup_printf("the quotation begins behind "
		    "\xe2\x80\x9c%s\xe2\x80\x9d in Exhibit %s, and its sentence "
		    "says the verb without the denial", s->verb, label);
	if (s->before != NULL)
		return g_strdup_printf("the quotation begins right after "
		    "\xe2\x80\x9c%s\xe2\x80\x9d in Exhibit %s, and its sentence "
		    "has no such word", s->before, label);
	return s->after != NULL ? g_strdup_printf("the quotation ends right "
	    "before \xe2\x80\x9c%s\xe2\x80\x9d in Exhibit %s, and its sentence "
	    "has no such word", s->after, label) : NULL;
}

/* It stands there, in some way. */
static void
found_check(struct lint *l, const struct lint_check *c, enum paper p,
    const struct quotation *q, const struct excerpt *e, struct stand *at)
{
	g_autofree char *fault = NULL;
	struct lint_problem *problem;

	if (rank_of(&at->s) == RANK_CLEAN)
		return;
	/* once more, in the text's own words */
	standing_clear(&at->s);
	standing_init(&at->s);
	excerpt_stands(e, at->piece, at->form, &at->s);
	fault = fault_of(l->paper[p], q, at);
	if (fault == NULL)
		return;
	problem = problem_of(l, c, p, q, at->src, fault);
	g_free(problem->source);
	problem->source = lint_shown(at->piece + at->s.from, at->s.to -
	    MIN(at->s.from, at->s.to));
}

/* ---- of the exhibit that it cites ----------------------------------------------------------------- */

static void
missing_check(struct lint *l, const struct lint_check *c, enum paper p,
    const struct quotation *q, const struct source *src)
{
	const char *s = motion_text(l->paper[p]) + q->at;
	g_autofree char *quote = folded(s, q->len);
	g_autofree char *what = g_strdup_printf("the quotation is not in "
	    "Exhibit %s byte for byte", src->called);
	struct lint_problem *problem;

	if (is_title(s, q->len))
		return;
	/* What is not here may have it. */
	if (src->partial && src->import == NULL) {
		l->unread++;
		return;
	}
	problem = problem_of(l, c, p, q, src, what);
	g_free(problem->source);
	/* Those past LINT_EACH are only counted. */
	problem->source = l->problems->len <= LINT_EACH ? lint_nearest(src, quote) :
	    g_strdup("");
}

static void
cited_check(struct lint *l, const struct lint_check *c, enum paper p,
    const struct quotation *q, const struct excerpt *e, struct stand *at)
{
	const struct motion *m = l->paper[p];
	const char *s = motion_text(m) + q->at;
	struct source *src = source_of(l, motion_cite(m, (guint)q->cite));
	unsigned words = verbatim_words(s, s + q->len);

	/* one that is not there is another check's */
	if (src == NULL || (words < WORDS_LEAST && !cite_is_close(m, q, words)))
		return;
	if (!source_text(src)) {
		l->unread++;
		return;
	}
	stand_in(src, e, at);
	if (at->src != NULL)
		found_check(l, c, p, q, e, at);
	else
		missing_check(l, c, p, q, src);
}

/* ---- close to an exhibit ---------------------------------------------------------------------------- */

/* Words of one that the other has in the same order: the longest such row. */
static guint
in_order(const struct words *a, const struct words *b)
{
	guint n = MIN(a->tokens->len, CLOSE_WORDS);
	guint m = MIN(b->tokens->len, CLOSE_WORDS);
	guint row[CLOSE_WORDS + 1] = { 0 };

	for (guint i = 0; i < n; i++) {
		guint diagonal = 0;

		for (guint k = 0; k < m; k++) {
			guint above = row[k + 1];

			/* interned in two chunks: compared as strings */
			row[k + 1] = strcmp(words_at(a, i)->low,
			    words_at(b, k)->low) == 0 ? diagonal + 1 :
			    MAX(above, row[k]);
			diagonal = above;
		}
	}
	return row[m];
}

static gboolean
is_close(const char *quote, const char *said)
{
	struct words q, s;
	guint n, of;

	words_init(&q, quote, strlen(quote));
	words_init(&s, said, strlen(said));
	n = in_order(&q, &s);
	of = MIN(q.tokens->len, CLOSE_WORDS);
	words_clear(&q);
	words_clear(&s);
	return n >= CLOSE_LEAST && n * 100 >= of * CLOSE_PART;
}

/* ---- of none ---------------------------------------------------------------------------------------- */

/* A file whose words are close to the quotation's, and not the same. */
static gboolean
close_check(struct lint *l, const struct lint_check *c, enum paper p,
    const struct quotation *q, const char *quote)
{
	for (guint i = 0; i < l->sources->all->len; i++) {
		struct source *src = g_ptr_array_index(l->sources->all, i);
		g_autofree char *said = NULL, *what = NULL;
		struct lint_problem *problem;

		if (src->import == NULL || src->import->size > CLOSE_TEXT ||
		    !source_text(src))
			continue;
		said = lint_nearest(src, quote);
		if (!is_close(quote, said))
			continue;
		what = g_strdup_printf("the quotation is close to the words of "
		    "Exhibit %s, and not in it byte for byte", src->called);
		problem = problem_of(l, c, p, q, src, what);
		g_free(problem->source);
		problem->source = g_steal_pointer(&said);
		return TRUE;
	}
	return FALSE;
}

/* Where it stands among all exhibits; how many have it. */
static guint
stand_anywhere(struct lint *l, const struct excerpt *e, struct stand *best)
{
	guint n = 0;

	for (guint i = 0; i < l->sources->all->len; i++) {
		struct stand at = { .src = NULL };

		standing_init(&at.s);
		stand_in(g_ptr_array_index(l->sources->all, i), e, &at);
		n += at.src != NULL && at.s.how == STANDS ? 1 : 0;
		if (at.src != NULL)
			stand_better(best, &at, &at.s);
		else
			standing_clear(&at.s);
	}
	return n;
}

static void
uncited_check(struct lint *l, const struct lint_check *c, enum paper p,
    const struct quotation *q, const struct excerpt *e, struct stand *at)
{
	enum whose whose = whose_words(l, p, q);
	const char *s = motion_text(l->paper[p]) + q->at;
	g_autofree char *quote = folded(s, q->len);
	guint n;

	if (whose == WHOSE_NAME || verbatim_words(s, s + q->len) < WORDS_LEAST)
		return;
	n = stand_anywhere(l, e, at);
	if (whose == WHOSE_SAID) {
		struct uncited u = { p, q, n, n > 0 ? at->src : NULL };

		g_array_append_val(l->sources->uncited, u);
	}
	if (at->src != NULL && at->s.how == STANDS)
		found_check(l, c, p, q, e, at);
	else if (close_check(l, c, p, q, quote))
		return;
	else if (whose == WHOSE_LAW)
		l->of_law++;
	else if (whose == WHOSE_PAPER)
		l->of_papers++;
	else
		l->nowhere++;
}

static void
quote_check(struct lint *l, const struct lint_check *c, enum paper p,
    const struct quotation *q)
{
	struct excerpt *e = excerpt_new(motion_text(l->paper[p]) + q->at,
	    q->len);
	struct stand at = { .src = NULL };

	standing_init(&at.s);
	if (whose_words(l, p, q) == WHOSE_EXHIBIT)
		cited_check(l, c, p, q, e, &at);
	else
		uncited_check(l, c, p, q, e, &at);
	standing_clear(&at.s);
	excerpt_free(e);
}

static void
unchecked(struct lint *l, unsigned n, const char *of)
{
	if (n > 0)
		lint_unchecked(l, "%u quotation%s %s", n, n == 1 ? "" : "s",
		    of);
}

void
lint_quotes(struct lint *l, const struct lint_check *c)
{
	if (l->sources->all->len == 0) {
		lint_unchecked(l, "quotations: the record has no exhibits");
		return;
	}
	for (int p = 0; p < PAPERS; p++) {
		const struct motion *m = l->paper[p];

		for (guint i = 0; m != NULL && i < m->quotes->len; i++)
			quote_check(l, c, (enum paper)p, motion_quote(m, i));
	}
	unchecked(l, l->unread, "of exhibits that are no text here (pictures, "
	    "PDF, packed pages): compare by eye");
	unchecked(l, l->of_papers, "of papers that the record does not have as "
	    "an exhibit: compare by eye");
	unchecked(l, l->nowhere, "without a citation, and in no exhibit that is "
	    "text here: say what each is from");
	unchecked(l, l->of_law, "of courts or rules: compare with the "
	    "authority");
}

/* ---- without a citation ----------------------------------------------------------------------------- */

void
lint_unsourced(struct lint *l, const struct lint_check *c)
{
	for (guint i = 0; i < l->sources->uncited->len; i++) {
		const struct uncited *u = &g_array_index(l->sources->uncited,
		    struct uncited, i);
		g_autofree char *what = NULL;

		if (u->exhibits == 0)
			what = g_strdup("a quotation without a citation, and "
			    "in no exhibit that is text here");
		else if (u->exhibits == 1)
			what = g_strdup_printf("a quotation without a "
			    "citation; its words are those of Exhibit %s",
			    u->source->called);
		else
			what = g_strdup_printf("a quotation without a "
			    "citation; %u exhibits have its words, among them "
			    "%s", u->exhibits, u->source->called);
		problem_of(l, c, u->paper, u->quote, u->source, what);
	}
}
