/* Rows of phrases in the papers, and what they say of parties. */

#include <string.h>

#include "reports/lint_priv.h"

static const struct word_set sets[] = {
	{ "held", "information|data|details|records|identity|identities|names|"
	    "identification" },
	{ "many", "substantial|substantially|numerous|many|significant|"
	    "considerable|countless|massive|extensive|widespread|vast|popular|"
	    "popularity|prevalent|prevalence|enormous|huge|large|thousands|"
	    "millions|hundreds|sizable|sizeable|multitude|myriad|scores" },
	{ "crowd", "user|users|userbase|audience|download|downloads|visitor|"
	    "visitors|traffic|number|numbers|base|market|viewers|visits|"
	    "subscribers|following|portion|share|residents|people|persons|"
	    "infringers|amount|customers|views|hits" },
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
	gboolean	 cites;		/* so does a citation in the paragraph */
};

/* A sentence that says itself what it is asked for. */
static gboolean
excused(const struct find *f, struct words *w, const struct phrase_row *row,
    size_t i)
{
	size_t first, end;
	gboolean is;
	struct pattern *p;

	words_sentence(w, i, &first, &end);
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
		    excused(f, w, row, i))
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

	if (!para_runs(m, para) ||
	    (f->cites && motion_para(m, para)->cites > 0))
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
	{ "presumably|undoubtedly|doubtless|evidently|supposedly", NULL,
	    "L-02" },
	{ "assume|assumes|presume|presumes|speculate|surmise", NULL, "L-02" },
	{ "no doubt", NULL, "L-02" },
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
			    !excused(f, &w, &rows[r], i))
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

/* ---- parties ------------------------------------------------------------------------------------------- */

static const char still_party[] = "defendant|defendants|party";
static const char gone[] = "dismissed|dismissal|settled|settlement|former|"
    "formerly|non-party|nonparty|now-dismissed|then|previously|longer|"
    "stipulation|stipulated|released|third|third-party";

/* What parties.csv says of the label on the day; NULL: nothing. */
static const struct party *
standing_of(const struct record *rec, const char *label, const char *day)
{
	const struct party *last = NULL;

	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (g_ascii_strcasecmp(p->label, label) == 0 &&
		    strcmp(p->from, day) <= 0 &&
		    (*p->to == '\0' || strcmp(day, p->to) <= 0))
			last = p;
	}
	return last;
}

static gboolean
is_kind(const struct party *p, const char *kind)
{
	return g_ascii_strcasecmp(p->kind, kind) == 0;
}

static gboolean
word_in(struct words *w, const char *list)
{
	struct pattern *p = pattern_new(w, list, sets);
	gboolean is = pattern_among(w, p, 0, w->tokens->len);

	pattern_free(p);
	return is;
}

/* "Alex Musante" by his last name where that is one of its own. */
static gboolean
names_party(const char *sentence, const char *label)
{
	const char *last = strrchr(label, ' ');

	return strstr(sentence, label) != NULL || (last != NULL &&
	    strlen(last) > 4 && !g_ascii_isdigit(last[1]) &&
	    strstr(sentence, last) != NULL);
}

static void
party_said(struct lint *l, const struct lint_check *c, enum paper paper,
    const struct token *t, const struct motion *m, guint para,
    const struct party *p)
{
	size_t at = motion_para(m, para)->block.at + t->at, begin;
	g_autofree char *sentence = sentence_at(m, para, at, &begin);
	gboolean denied, out = is_kind(p, "dismissed") ||
	    is_kind(p, "third_party");
	struct lint_problem *problem;
	struct words w;

	if (!names_party(sentence, p->label))
		return;
	words_init(&w, sentence, strlen(sentence));
	denied = out ? word_in(&w, still_party) && !word_in(&w, gone) :
	    (is_kind(p, "named") || is_kind(p, "doe")) &&
	    word_in(&w, "dismissed|non-party|nonparty|now-dismissed");
	words_clear(&w);
	if (!denied)
		return;
	problem = lint_add(l, c, paper, begin, "parties.csv:%u has %s as %s "
	    "from %s", p->line, p->label, p->kind, *p->from != '\0' ?
	    p->from : "the beginning");
	g_free(problem->theirs);
	problem->theirs = g_steal_pointer(&sentence);
}

static void
party_para(struct lint *l, const struct lint_check *c, enum paper paper,
    guint para, const char *day)
{
	const struct motion *m = l->paper[paper];
	g_autofree char *text = para_text(m, para);
	struct words w;
	guint32 told = G_MAXUINT32;

	words_init(&w, text, strlen(text));
	for (guint i = 0; i < l->rec->parties->len; i++) {
		const struct party *row = g_ptr_array_index(l->rec->parties, i);
		const struct party *p = standing_of(l->rec, row->label, day);

		if (p != row || !names_party(text, p->label))
			continue;
		told = G_MAXUINT32;
		for (guint k = 0; k < w.tokens->len; k++) {
			const struct token *t = words_at(&w, k);

			if (t->sentence == told)
				continue;
			told = t->sentence;
			party_said(l, c, paper, t, m, para, p);
		}
	}
	words_clear(&w);
}

void
lint_party(struct lint *l, const struct lint_check *c)
{
	const char *day = *l->rec->motion_filed != '\0' ?
	    l->rec->motion_filed : l->rec->as_of;

	if (l->rec->parties->len == 0) {
		lint_unchecked(l, "status of parties: parties.csv is empty");
		return;
	}
	for (int p = 0; p < PAPERS; p++) {
		const struct motion *m = l->paper[p];

		for (guint i = 0; m != NULL && i < m->paras->len; i++)
			if (para_runs(m, i))
				party_para(l, c, (enum paper)p, i, day);
	}
}
