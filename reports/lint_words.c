/* Rows of phrases in the papers. */

#include <string.h>

#include "reports/lint_priv.h"

static const struct word_set sets[] = {
	{ "held", "information|data|details|records|identity|identities|name|"
	    "names|identification|address|addresses" },
	{ "many", "substantial|substantially|numerous|many|significant|"
	    "considerable|countless|massive|extensive|widespread|vast|popular|"
	    "popularity|prevalent|prevalence|enormous|huge|large|thousands|"
	    "millions|hundreds|sizable|sizeable|multitude|myriad|scores" },
	{ "crowd", "user|users|userbase|audience|download|downloads|visitor|"
	    "visitors|traffic|number|numbers|base|market|viewers|visits|"
	    "subscribers|following|portion|share|residents|people|persons|"
	    "infringers|amount|customers|views|hits|americans|hawaiians|"
	    "households|consumers|fans|installs|installations" },
	{ NULL, NULL },
};

struct phrase_row {
	const char	*pattern;
	const char	*unless;	/* not where the sentence has one of these */
	const char	*element;	/* K-07, L-02: which it is of, or NULL */
};

/* ---- rows over running text ---------------------------------------------------------------- */

struct find {
	struct lint	*l;		/* NULL: a text by itself is looked through */
	const struct lint_check *c;
	enum paper	 paper;
	const char	*what;		/* "%s" is the words found */
	gboolean	 digits;	/* a number of users in the sentence serves */
	gboolean	 cites;		/* so does a citation of the sentence */
};

/*
 * A citation in the sentence, or right behind it and nothing else: "... of its
 * customers. Exhibit R at 3."  One that begins the next sentence's own statement
 * ("Exhibit B shows ...") is that one's.
 */
static gboolean
is_cited(const struct motion *m, guint para, const struct words *w,
    size_t first, size_t end)
{
	const struct para *p = motion_para(m, para);
	size_t from = p->block.at + words_at(w, first)->at;
	const struct token *last = words_at(w, end - 1);
	size_t to = p->block.at + last->at + last->len;

	for (guint i = p->cite; i < p->cite + p->cites; i++) {
		const struct cite *c = motion_cite(m, i);
		const char *after = motion_text(m) + c->at + c->len;

		if (c->at >= from && c->at < to)
			return TRUE;
		if (c->at >= to && c->at < to + 12 &&
		    (strchr(".,;)", *after) != NULL ||
		    g_str_has_prefix(after, " at ") ||
		    g_str_has_prefix(after, " \xc2\xb6")))
			return TRUE;
	}
	return FALSE;
}

/* "because", "since": a step of reasoning, and somewhere a citation that it can
 * rest on. */
static gboolean
is_reasoned(const struct motion *m, guint para, struct words *w, size_t first,
    size_t end)
{
	struct pattern *p = pattern_new(w, "because|since", NULL);
	gboolean is = motion_para(m, para)->cites > 0 &&
	    pattern_among(w, p, first, end - first);

	pattern_free(p);
	return is;
}

/* A sentence that says itself what it is asked for.  m: NULL of a text alone. */
static gboolean
excused(const struct find *f, const struct motion *m, guint para,
    struct words *w, const struct phrase_row *row, size_t i)
{
	size_t first, end;
	gboolean is;
	struct pattern *p;

	words_sentence(w, i, &first, &end);
	if (f->cites && m != NULL && (is_cited(m, para, w, first, end) ||
	    is_reasoned(m, para, w, first, end)))
		return TRUE;
	if (f->digits && sentence_counts(w, first, end))
		return TRUE;
	if (row->unless == NULL)
		return FALSE;
	p = pattern_new(w, row->unless, sets);
	is = pattern_among(w, p, first, end - first);
	pattern_free(p);
	return is;
}

static void
found(const struct find *f, const struct motion *m, guint para, size_t at,
    const char *words, size_t len)
{
	g_autofree char *said = folded(words, len);
	size_t begin;
	struct lint_problem *p;

	p = lint_add(f->l, f->c, f->paper, at, "%s: %s", f->what, said);
	g_free(p->theirs);
	p->theirs = sentence_at(m, para, at, &begin);
	p->factor = para_factor(f->l, f->paper, para);
}

/* The first match of the row in each sentence of the paragraph. */
static void
row_find(const struct find *f, const struct motion *m, guint para,
    struct words *w, const struct phrase_row *row, GHashTable *told)
{
	struct pattern *p = pattern_new(w, row->pattern, sets);
	size_t base = motion_para(m, para)->block.at;

	for (size_t i = 0; i < w->tokens->len; i++) {
		size_t n = pattern_match(w, p, i), at = words_at(w, i)->at;
		gpointer key = GUINT_TO_POINTER(words_at(w, i)->sentence + 1);
		const struct token *last;

		if (n == 0 || in_quotation(m, para, base + at) ||
		    g_hash_table_contains(told, key) ||
		    excused(f, m, para, w, row, i))
			continue;
		g_hash_table_add(told, key);
		last = words_at(w, i + n - 1);
		found(f, m, para, base + at, w->text + at,
		    last->at + last->len - at);
	}
	pattern_free(p);
}

static void
para_find(const struct find *f, guint para, const struct phrase_row *rows,
    size_t n)
{
	const struct motion *m = f->l->paper[f->paper];
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
	g_autofree char *text = NULL;
	struct words w;

	if (!para_runs(m, para))
		return;
	text = para_text(m, para);
	words_init(&w, text, strlen(text));
	for (size_t i = 0; i < n; i++)
		row_find(f, m, para, &w, &rows[i], told);
	words_clear(&w);
}

static void
papers_find(struct find *f, const struct phrase_row *rows, size_t n,
    unsigned papers)
{
	for (int p = 0; p < PAPERS; p++) {
		const struct motion *m = f->l->paper[p];

		f->paper = (enum paper)p;
		for (guint i = 0; m != NULL && (papers & 1u << p) &&
		    i < m->paras->len; i++)
			para_find(f, i, rows, n);
	}
}

/* ---- belief ------------------------------------------------------------------------------------- */

static const struct phrase_row belief[] = {
	{ "information and belief", NULL, "L-02" },
	{ "believe|believes|believed|belief", NULL, "L-02" },
	{ "suspect|suspects|suspected|suspicion|suspicions", NULL, "L-02" },
	{ "presumably|probably|undoubtedly|doubtless|evidently|supposedly", NULL,
	    "L-02" },
	{ "assume|assumes|presume|presumes|speculate|surmise", NULL, "L-02" },
	{ "no doubt", NULL, "L-02" },
	{ "plaintiff|plaintiffs|counsel|we|i ?is|are|am|was|remains convinced|confident|certain|sure|persuaded", NULL, "L-02" },
	{ "plaintiff|plaintiffs|counsel|we|i is|are|am|was|remains|feels|feel ?firmly|strongly|quite|entirely convinced|confident|certain|sure|persuaded", NULL, "L-02" },
	{ "our|my|counsel's|plaintiff's|plaintiffs' ?own|considered|firm opinion|view|conviction|understanding|impression", NULL, "L-02" },
	{ "more ?than likely", NULL, NULL },
	{ "apparently|seemingly", NULL, NULL },
	{ "in all likelihood|probability", NULL, NULL },
	{ "appears|appear|seems|seem to be|have|operate", NULL, NULL },
	{ "must|likely|probably have|be the|operated|behind", NULL, NULL },
};

void
lint_belief(struct lint *l, const struct lint_check *c)
{
	struct find f = { .l = l, .c = c, .what = "words of belief" };

	papers_find(&f, belief, G_N_ELEMENTS(belief), 1u << PAPER_MOTION |
	    1u << PAPER_DECLARATION | 1u << PAPER_LATER);
}

/* ---- assertions ------------------------------------------------------------------------------------ */

static const struct phrase_row assertion[] = {
	{ "will|would|should|must ?also|likely|certainly have|possess|hold|know ~3 $held", "unless|if",
	    NULL },
	{ "discovery ~3 will|would ~3 lead|reveal|identify|disclose", NULL, NULL },
	{ "undoubtedly|certainly|surely|clearly|obviously|plainly|doubtless has|have|had|holds|hold|possesses|knows|keeps ~4 $held", NULL, NULL },
};

void
lint_assertion(struct lint *l, const struct lint_check *c)
{
	struct find f = { .l = l, .c = c, .cites = TRUE,
	    .what = "an assertion, and no citation beside it" };

	papers_find(&f, assertion, G_N_ELEMENTS(assertion), 1u << PAPER_MOTION |
	    1u << PAPER_DECLARATION | 1u << PAPER_LATER);
}

/* ---- quantities -------------------------------------------------------------------------------------- */

static const struct phrase_row quantity[] = {
	{ "$many ~5 $crowd", NULL, "K-07" },
	{ "extremely|very|so|highly|widely|increasingly popular|prevalent|used",
	    NULL, NULL },
	{ "$crowd ~4 is|are|was|were ~2 $many", NULL, "K-07" },
	{ "purposely ~3 target*|direct*|aim*|attract*|exploit*", NULL, "K-07" },
};

void
lint_quantity(struct lint *l, const struct lint_check *c)
{
	struct find f = { .l = l, .c = c, .digits = TRUE,
	    .what = "a quantity without a number" };

	papers_find(&f, quantity, G_N_ELEMENTS(quantity), 1u << PAPER_MOTION |
	    1u << PAPER_DECLARATION | 1u << PAPER_LATER);
}

/* ---- a text by itself --------------------------------------------------------------------------------- */

/* Sentences that have a row of the element. */
static guint
text_find(const struct find *f, const char *text,
    const struct phrase_row *rows, size_t n, const char *element)
{
	g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
	struct words w;

	words_init(&w, text, strlen(text));
	for (size_t r = 0; r < n; r++) {
		struct pattern *p;

		if (g_strcmp0(rows[r].element, element) != 0)
			continue;
		p = pattern_new(&w, rows[r].pattern, sets);
		for (size_t i = 0; i < w.tokens->len; i++)
			if (pattern_match(&w, p, i) > 0 &&
			    !excused(f, NULL, 0, &w, &rows[r], i))
				g_hash_table_add(told, GUINT_TO_POINTER(
				    words_at(&w, i)->sentence + 1));
		pattern_free(p);
	}
	words_clear(&w);
	return g_hash_table_size(told);
}

guint
lint_sentences(const char *element, const char *text)
{
	const struct find f = { .digits = strcmp(element, "K-07") == 0 };

	return f.digits ? text_find(&f, text, quantity, G_N_ELEMENTS(quantity),
	    element) : text_find(&f, text, belief, G_N_ELEMENTS(belief),
	    element);
}
