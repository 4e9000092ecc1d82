/*
 * Factors and their sections.  A heading that has words of a factor begins its
 * section; the next heading of its level or a higher one, or one of another
 * factor, ends it.  A section is argued where its paragraphs that carry a citation
 * have ARGUED_WORDS words beside what they cite: a heading alone is no argument, and
 * neither is naming the rule or a case.
 */

#include <string.h>

#include "reports/lint_priv.h"

#define ARGUED_WORDS	20
#define UNCITED_WORDS	20
#define UNCITED_ARGUED	14	/* in the section of a factor */

#define FINDS	"lead|reveal|uncover|disclose|yield|identification|identify|identifying|identity|identities"
#define LOCATES	"locate|identify|find|serve|identification|learn"

/* Words of headings, in the order in which they are tried. */
static const struct { int factor; const char *pattern; } heading_words[] = {
	{ FACTOR_FEDERAL, "4 k 2" }, { FACTOR_FEDERAL, "long-arm" },
	{ FACTOR_FEDERAL, "long arm" },
	{ FACTOR_FEDERAL, "nationwide|national ~1 contacts|jurisdiction" },
	{ 4, "likely|likelihood ~6 " FINDS }, { 4, "likelihood ~6 discovery" },
	{ 4, "service of process" }, { 4, "fourth factor" }, { 4, "factor 4|four|iv" },
	{ 4, "discovery|requested|letters|subpoena|subpoenas ~8 " FINDS },
	{ 2, "steps ~3 taken|described" }, { 2, "steps ~3 " LOCATES },
	{ 2, "taken|previous|prior ~2 steps" }, { 2, "recount*" },
	{ 2, "efforts|attempts|diligen* ~5 " LOCATES },
	{ 2, "plaintiff's|faith|previous|prior|reasonable|diligent ~1 efforts|attempts|search|investigation" },
	{ 2, "due diligence" }, { 2, "second factor" }, { 2, "factor 2|two|ii" },
	{ 3, "withstand*|survive* ~6 dismiss|dismissal|motion|12" },
	{ 3, "motion|motions to dismiss" }, { 3, "personal|specific jurisdiction" },
	{ 3, "purposeful* direct*" }, { 3, "viability|viable|merit|merits|meritorious ~3 claim|claims|case|action|suit|complaint" },
	{ 3, "states|stated|state ~2 claim|claims" }, { 3, "third factor" },
	{ 3, "factor 3|three|iii" },
	{ 1, "particularity|specificity" }, { 1, "missing party|parties" },
	{ 1, "real|natural person|persons|people|individual|individuals|party|parties" },
	{ 1, "first factor" }, { 1, "factor 1|one|i" },
	{ 1, "doe|does|defendants ~4 identified|identifiable|real" },
	{ 1, "identified|identif* ~4 doe|does|defendant|defendants" },
};

static const char *const plain_words[] = {
	"introduction", "background", "conclusion", "relief|prayer",
	"certificate", "table of", "factual|procedural background|history",
	"signature", "standard", "legal standard",
};

static gboolean
matches(struct words *w, const char *pattern)
{
	struct pattern *p = pattern_new(w, pattern, NULL);
	gboolean found = FALSE;

	for (size_t i = 0; i < w->tokens->len && !found; i++)
		found = pattern_match(w, p, i) > 0;
	pattern_free(p);
	return found;
}

static int
heading_factor(struct words *w)
{
	for (size_t i = 0; i < G_N_ELEMENTS(heading_words); i++)
		if (matches(w, heading_words[i].pattern))
			return heading_words[i].factor;
	return 0;
}

static gboolean
heading_plain(struct words *w)
{
	for (size_t i = 0; i < G_N_ELEMENTS(plain_words); i++)
		if (matches(w, plain_words[i]))
			return TRUE;
	return FALSE;
}

/* ---- a paper's sections ------------------------------------------------------------------------ */

struct walk {
	struct section	*s;
	int		 factor;
	unsigned	 level;		/* of the heading that began it */
	gboolean	 plain, any;
};

static void
heading(struct walk *w, const struct motion *m, guint para)
{
	const struct block *b = &motion_para(m, para)->block;
	struct words words;
	int factor;

	words_init(&words, motion_text(m) + b->at, b->len);
	factor = heading_factor(&words);
	w->any = TRUE;
	if (factor != 0) {
		w->factor = factor;
		w->level = b->level;
		w->plain = FALSE;
		w->s->named[factor]++;
		if (w->s->first[factor] < 0)
			w->s->first[factor] = (int)para;
	} else if (b->level <= w->level || w->factor == 0) {
		w->factor = 0;
		w->level = b->level;
		w->plain = heading_plain(&words);
	}
	words_clear(&words);
}

/* Words beside the citations, where the paragraph has any. */
static unsigned
argues(const struct motion *m, guint para)
{
	const struct para *p = motion_para(m, para);
	struct words w;
	unsigned n = 0;

	if (!para_runs(m, para) || p->cites == 0)
		return 0;
	words_init(&w, motion_text(m) + p->block.at, p->block.len);
	for (guint i = 0, k = 0; i < w.tokens->len; i++) {
		size_t at = p->block.at + words_at(&w, i)->at;

		while (k < p->cites && motion_cite(m, p->cite + k)->at +
		    motion_cite(m, p->cite + k)->len <= at)
			k++;
		n += k == p->cites || at < motion_cite(m, p->cite + k)->at;
	}
	words_clear(&w);
	return n;
}

/* Naming the rule in running text is naming it, no more. */
static void
mention(struct walk *w, const struct motion *m, guint para)
{
	const struct block *b = &motion_para(m, para)->block;

	if (g_strstr_len(motion_text(m) + b->at, (gssize)b->len, "4(k)(2)") !=
	    NULL)
		w->s->named[FACTOR_FEDERAL]++;
}

static void
section_read(struct section *s, const struct motion *m)
{
	struct walk w = { .s = s, .plain = TRUE };
	unsigned words[FACTOR_FEDERAL + 1] = { 0 };

	for (int i = 0; i <= FACTOR_FEDERAL; i++)
		s->first[i] = -1;
	if (m == NULL)
		return;
	s->of_para = g_new0(guint8, m->paras->len + 1);
	s->plain = g_new0(gboolean, m->paras->len + 1);
	for (guint i = 0; i < m->paras->len; i++) {
		if (motion_para(m, i)->block.kind == BLOCK_HEADING)
			heading(&w, m, i);
		else
			mention(&w, m, i);
		s->of_para[i] = (guint8)w.factor;
		s->plain[i] = w.plain;
		words[w.factor] += argues(m, i);
		s->argued[w.factor] = words[w.factor] >= ARGUED_WORDS;
	}
	/* Without headings all of it may be argument. */
	for (guint i = 0; !w.any && i < m->paras->len; i++)
		s->plain[i] = FALSE;
}

void
sections_init(struct lint *l)
{
	l->sections = g_new0(struct lint_sections, 1);
	for (int p = 0; p < PAPERS; p++)
		section_read(&l->sections->paper[p], l->paper[p]);
}

void
sections_clear(struct lint *l)
{
	for (int p = 0; p < PAPERS; p++) {
		g_free(l->sections->paper[p].of_para);
		g_free(l->sections->paper[p].plain);
	}
	g_free(l->sections);
}

int
para_factor(const struct lint *l, enum paper p, guint para)
{
	return l->sections->paper[p].of_para[para];
}

int
lint_argued(const struct lint *l, enum paper p, int factor)
{
	const struct section *s = &l->sections->paper[p];

	if (l->paper[p] == NULL || s->named[factor] == 0)
		return -1;
	return s->argued[factor];
}

/* ---- checks -------------------------------------------------------------------------------------- */

static const char *const subjects[] = { "", "who the Does are (factor 1)",
    "the steps taken (factor 2)", "withstanding a motion to dismiss (factor 3)",
    "likelihood of identification (factor 4)", "Rule 4(k)(2)" };

void
lint_factors(struct lint *l, const struct lint_check *c)
{
	const struct motion *m = l->paper[PAPER_MOTION];
	const struct section *s = &l->sections->paper[PAPER_MOTION];

	for (int i = 1; i <= FACTOR_FEDERAL; i++) {
		size_t at = s->first[i] >= 0 ? motion_para(m,
		    (guint)s->first[i])->block.at : 0;

		if (s->argued[i])
			continue;
		if (s->first[i] >= 0)
			lint_add(l, c, PAPER_MOTION, at, "the section on %s has "
			    "no paragraph that argues it with a citation",
			    subjects[i])->factor = i;
		else
			lint_add(l, c, PAPER_MOTION, at, "no section of its own "
			    "argues %s%s", subjects[i], s->named[i] > 0 ?
			    ", which is named" : "")->factor = i;
	}
}

/* "Plaintiff,    )   No. 1:26-cv-77": of the caption, whose middle is a rule. */
static gboolean
of_caption(const char *text)
{
	unsigned rules = 0;
	int deep = 0;

	for (const char *s = text; *s != '\0'; s++) {
		deep += *s == '(';
		if (*s == ')' && --deep < 0) {
			rules++;
			deep = 0;
		}
		rules += (*s == '|' || *s == ':') && g_ascii_isspace(s[1]) &&
		    s > text && g_ascii_isspace(s[-1]);
	}
	return rules >= 3 || strstr(text, "Plaintiff,\n") != NULL ||
	    strstr(text, "Defendants.\n") != NULL;
}

static gboolean
closing(const char *text)
{
	return of_caption(text) || strstr(text, "espectfully submitted") != NULL ||
	    g_str_has_prefix(text, "DATED") || g_str_has_prefix(text, "/s/");
}

static void
uncited_para(struct lint *l, const struct lint_check *c, guint para)
{
	const struct motion *m = l->paper[PAPER_MOTION];
	const struct para *p = motion_para(m, para);
	g_autofree char *text = NULL;
	struct lint_problem *problem;
	struct words w;
	guint n;

	if (p->block.kind != BLOCK_PARAGRAPH || p->cites > 0 ||
	    l->sections->paper[PAPER_MOTION].plain[para])
		return;
	/* A block quotation below carries its citation. */
	if (para + 1 < m->paras->len && motion_para(m, para + 1)->block.kind ==
	    BLOCK_QUOTE)
		return;
	text = para_text(m, para);
	words_init(&w, text, strlen(text));
	n = w.tokens->len;
	words_clear(&w);
	if (closing(text) || n < (para_factor(l, PAPER_MOTION, para) > 0 ?
	    UNCITED_ARGUED : UNCITED_WORDS))
		return;
	problem = lint_add(l, c, PAPER_MOTION, p->block.at, "a paragraph of %u "
	    "words without a citation", n);
	problem->factor = para_factor(l, PAPER_MOTION, para);
	g_free(problem->theirs);
	problem->theirs = lint_shown(text, strlen(text));
}

void
lint_uncited(struct lint *l, const struct lint_check *c)
{
	for (guint i = 0; i < l->paper[PAPER_MOTION]->paras->len; i++)
		uncited_para(l, c, i);
}
