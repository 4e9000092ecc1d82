/* The table of checks, and running it. */

#include "reports/lint.h"

#include <string.h>

#include "reports/lint_priv.h"

#define SENTENCE_NEAR	4096u	/* bytes to each side */

const struct lint_check lint_checks[] = {
	{ "quote", "L-07", "quotations that are not byte for byte in the "
	    "exhibit they cite, that leave a denial or a condition out, or put "
	    "words in", "quote the exhibit's own words with their condition, "
	    "or take the quotation marks off", lint_quotes },
	{ "unsourced", "G-07", "quotations without a citation", "cite the "
	    "exhibit that has the words, or what they are from",
	    lint_unsourced },
	{ "paraphrase", "L-07", "words stronger than the message that they "
	    "rest on", "say what the message says, with its condition; best by "
	    "quoting it", lint_paraphrase },
	{ "absent", "T-03", "cited exhibits that the record does not have",
	    "import the exhibit, or mend the citation", lint_absent },
	{ "other-filing", "T-03", "exhibits that were filed with another "
	    "motion", "attach it to this motion, and cite it there",
	    lint_other_filing },
	{ "undiscussed", "T-06", "exhibits of the record that no paper "
	    "discusses", "explain what it shows and for which factor, or leave "
	    "it out", lint_undiscussed },
	{ "once", "T-06", "exhibits cited once, without an explanation",
	    "say what it shows, and why that serves the factor",
	    lint_mentioned_once },
	{ "one-factor", "P-30", "exhibits cited under one factor only",
	    "cite it under every factor that it serves", lint_one_factor },
	{ "factor", "G-01 K-01", "a factor, or Rule 4(k)(2), without an argued "
	    "section", "give it a section of its own, with argument and "
	    "citations", lint_factors },
	{ "uncited", "G-07", "paragraphs without a citation",
	    "cite the exhibit or the authority that each sentence rests on",
	    lint_uncited },
	{ "belief", "L-02 L-05", "words of belief or suspicion",
	    "state the fact and cite it; a belief is neither evidence nor "
	    "allegation of fact", lint_belief },
	{ "assertion", "L-04 L-08", "that an entity will have what is sought, "
	    "without what that rests on", "cite what shows its role for this "
	    "site and what it asks of its customers", lint_assertion },
	{ "quantity", "K-07", "adjectives of quantity without a number",
	    "give the number, its place, period and source", lint_quantity },
	{ "entities", "T-04", "entity lists that differ between the papers and "
	    "entities.csv", "name the same entities in every paper",
	    lint_entities },
	{ "party", "T-05", "claims of a party's status that parties.csv denies "
	    "on that day, and addresses of a dismissed party", "say what the docket says, or mend parties.csv",
	    lint_party },
	{ "after-filing", "T-01 T-02 P-32 L-10", "exhibits that came into the "
	    "record after the motion was filed", "put it before the magistrate "
	    "judge with a motion that was filed after it", lint_after_filing },
};
const size_t lint_checks_count = G_N_ELEMENTS(lint_checks);

static const char *const names[PAPERS] = { "motion", "declaration",
    "proposed order", "later paper" };

const char *
paper_name(enum paper p)
{
	return names[p];
}

/* ---- problems -------------------------------------------------------------------------- */

static void
problem_free(void *p)
{
	struct lint_problem *l = p;

	g_free(l->what);
	g_free(l->theirs);
	g_free(l->source);
	g_free(l->exhibit);
	g_free(l);
}

unsigned
lint_count(const struct lint *l, const char *check)
{
	unsigned n = 0;

	for (guint i = 0; i < l->problems->len; i++) {
		const struct lint_problem *p = g_ptr_array_index(l->problems,
		    i);

		n += strcmp(p->check->id, check) == 0 ? 1 : 0;
	}
	return n;
}

/* A spare one, kept nowhere, once a check has told enough. */
struct lint_problem *
lint_add(struct lint *l, const struct lint_check *check, enum paper paper,
    size_t at, const char *fmt, ...)
{
	struct lint_problem *p = g_new0(struct lint_problem, 1);
	va_list ap;

	va_start(ap, fmt);
	p->what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	p->check = check;
	p->paper = paper;
	p->place = motion_place(l->paper[paper], at);
	p->theirs = g_strdup("");
	p->source = g_strdup("");
	p->exhibit = g_strdup("");
	g_ptr_array_add(l->problems, p);
	return p;
}

void
lint_unchecked(struct lint *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_ptr_array_add(l->not_checked, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

char *
lint_shown(const char *s, size_t len)
{
	if (len > LINT_SHOWN) {
		len = LINT_SHOWN;
		while (len > 0 && ((guchar)s[len] & 0xc0) == 0x80)
			len--;
	}
	return g_strndup(s, len);
}

static gint
by_place(gconstpointer a, gconstpointer b)
{
	const struct lint_problem *x = *(struct lint_problem *const *)a;
	const struct lint_problem *y = *(struct lint_problem *const *)b;

	if (x->paper != y->paper)
		return x->paper < y->paper ? -1 : 1;
	if (x->place.offset != y->place.offset)
		return x->place.offset < y->place.offset ? -1 : 1;
	if (x->check != y->check)
		return x->check < y->check ? -1 : 1;
	return strcmp(x->what, y->what);
}

/* What goes past LINT_EACH is counted, not kept. */
static void
trim(struct lint *l, const struct lint_check *c, guint first)
{
	guint n = l->problems->len - first;

	if (n <= LINT_EACH)
		return;
	g_ptr_array_set_size(l->problems, (gint)(first + LINT_EACH));
	lint_unchecked(l, "%s: %u more are not listed", c->looks,
	    n - LINT_EACH);
}

void
lint_run(struct lint *l, const struct record *rec,
    const struct motion *const papers[PAPERS])
{
	memset(l, 0, sizeof(*l));
	l->rec = rec;
	memcpy(l->paper, papers, sizeof(l->paper));
	l->problems = g_ptr_array_new_with_free_func(problem_free);
	l->not_checked = g_ptr_array_new_with_free_func(g_free);
	sections_init(l);
	sources_init(l);
	for (size_t i = 0; i < lint_checks_count; i++) {
		guint first = l->problems->len;

		lint_checks[i].run(l, &lint_checks[i]);
		trim(l, &lint_checks[i], first);
	}
	g_ptr_array_sort(l->problems, by_place);
}

void
lint_clear(struct lint *l)
{
	sources_clear(l);
	sections_clear(l);
	g_ptr_array_unref(l->problems);
	g_ptr_array_unref(l->not_checked);
}

const struct lint_check *
lint_check_find(const char *id)
{
	for (size_t i = 0; i < lint_checks_count; i++)
		if (strcmp(lint_checks[i].id, id) == 0)
			return &lint_checks[i];
	return NULL;
}

/* ---- which paper an import is ------------------------------------------------------------ */

static const struct { const char *word; enum paper paper; } papers_by_word[] = {
	{ "objection", PAPER_LATER }, { "appeal", PAPER_LATER },
	{ "reply", PAPER_LATER }, { "reconsideration", PAPER_LATER },
	{ "supplemental", PAPER_LATER }, { "declaration", PAPER_DECLARATION },
	{ "affidavit", PAPER_DECLARATION }, { "decl", PAPER_DECLARATION },
	{ "proposed", PAPER_ORDER }, { "order", PAPER_ORDER },
};

enum paper
paper_of(const struct import *im)
{
	const char *s = *im->label != '\0' ? im->label : im->file;
	g_autofree char *low = g_ascii_strdown(s, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(papers_by_word); i++)
		if (strstr(low, papers_by_word[i].word) != NULL)
			return papers_by_word[i].paper;
	return PAPER_MOTION;
}

/* ---- paragraphs ------------------------------------------------------------------------------ */

gboolean
para_runs(const struct motion *m, guint para)
{
	enum block_kind k = motion_para(m, para)->block.kind;

	return k == BLOCK_PARAGRAPH || k == BLOCK_ITEM || k == BLOCK_CELL;
}

gboolean
in_quotation(const struct motion *m, guint para, size_t at)
{
	const struct para *p = motion_para(m, para);

	for (guint i = p->quote; i < p->quote + p->quotes; i++) {
		const struct quotation *q = motion_quote(m, i);

		if (at >= q->at && at < q->at + q->len)
			return TRUE;
	}
	return FALSE;
}

/* Of a paragraph as long as a book only what is near the place is read, so that
 * asking of each of its words takes no longer for its length. */
struct around { size_t from, len; };

static struct around
around(const struct motion *m, guint para, size_t at)
{
	const struct block *b = &motion_para(m, para)->block;
	const char *s = motion_text(m);
	size_t from = MAX(b->at, at - MIN(at, SENTENCE_NEAR));
	size_t to = MIN(b->at + b->len, at + SENTENCE_NEAR);

	while (from > b->at && from < at && !g_ascii_isspace(s[from - 1]))
		from++;
	while (to < b->at + b->len && ((guchar)s[to] & 0xc0) == 0x80)
		to++;
	return (struct around){ from, to - from };
}

char *
sentence_at(const struct motion *m, guint para, size_t at, size_t *begin)
{
	struct around a = around(m, para, at);
	const char *s = motion_text(m) + a.from;
	struct words w;
	size_t first = 0, end = a.len;

	words_init(&w, s, a.len);
	for (guint i = 0; i < w.tokens->len; i++) {
		const struct token *t = words_at(&w, i);
		size_t begins, ends;

		if (t->at + t->len < at - a.from)
			continue;
		words_sentence(&w, i, &begins, &ends);
		first = begins == 0 ? 0 : words_at(&w, begins)->at;
		end = ends < w.tokens->len ? words_at(&w, ends)->at : a.len;
		break;
	}
	while (end > first && g_ascii_isspace(s[end - 1]))
		end--;
	words_clear(&w);
	*begin = a.from + first;
	return lint_shown(s + first, end - first);
}
