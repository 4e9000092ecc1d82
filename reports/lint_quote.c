/*
 * Quotations held against the exhibit that they cite, and paraphrases against
 * the message.  Byte for byte but for white space and the shape of apostrophes and
 * dashes: a draft's lines break elsewhere, and its printer sets marks.  An ellipsis or brackets split a quotation into pieces, each of
 * which must stand in the exhibit, in order; a comma or full stop that American
 * style puts inside the marks is not counted.
 */

#include <string.h>

#include "reports/lint_priv.h"

#define WORDS_LEAST	3	/* fewer are a term, not a quotation */

/* ---- pieces of a quotation ---------------------------------------------------------------- */

char *
marks_plain(char *s)
{
	static const struct { const char *print; char plain; } marks[] = {
		{ "\xe2\x80\x98", '\'' }, { "\xe2\x80\x99", '\'' },
		{ "\xe2\x80\x9c", '"' }, { "\xe2\x80\x9d", '"' },
		{ "\xe2\x80\x91", '-' }, { "\xe2\x80\x93", '-' },
		{ "\xe2\x80\x94", '-' },
	};
	char *to = s;

	for (const char *p = s; *p != '\0';) {
		size_t i = 0;

		while (i < G_N_ELEMENTS(marks) &&
		    strncmp(p, marks[i].print, 3) != 0)
			i++;
		if (i < G_N_ELEMENTS(marks)) {
			*to++ = marks[i].plain;
			p += 3;
		} else {
			*to++ = *p++;
		}
	}
	*to = '\0';
	return s;
}

/* The next mark of what was left out or altered: where, and how long. */
static const char *
cut_at(const char *s, size_t *n)
{
	for (; *s != '\0'; s++) {
		const char *close = *s == '[' ? strchr(s, ']') : NULL;

		*n = 0;
		if (close != NULL && close - s < 60)
			*n = (size_t)(close - s) + 1;
		else if (strncmp(s, "\xe2\x80\xa6", 3) == 0)
			*n = 3;
		else if (strncmp(s, ". . .", 5) == 0)
			*n = 5;
		else if (strncmp(s, "...", 3) == 0)
			*n = 3;
		if (*n > 0)
			return s;
	}
	return NULL;
}

static char *
piece_trim(char *s)
{
	size_t n;

	g_strstrip(s);
	n = strlen(s);
	while (n > 0 && strchr(".,;:", s[n - 1]) != NULL)
		s[--n] = '\0';
	while (*s == '.' || *s == ',')
		memmove(s, s + 1, strlen(s));
	return g_strstrip(s);
}

static gboolean
stands(const char *quote, const char *source)
{
	const char *at = source;
	g_autofree char *rest = g_strdup(quote);
	char *s = rest;

	for (;;) {
		size_t n = 0;
		char *cut = (char *)(guintptr)cut_at(s, &n);

		if (cut != NULL)
			*cut = '\0';
		piece_trim(s);
		at = strstr(at, s);
		if (at == NULL)
			return FALSE;
		at += strlen(s);
		if (cut == NULL)
			return TRUE;
		s = cut + n;
	}
}

/* ---- what the exhibit says instead ------------------------------------------------------------ */

/* Words of the quotation that the sentence has, of those in it. */
static guint
shared(const struct words *w, size_t first, size_t end, GHashTable *quote)
{
	guint n = 0;

	for (size_t i = first; i < end; i++)
		n += g_hash_table_contains(quote, words_at(w, i)->low) ? 1 : 0;
	return n;
}

static GHashTable *
word_set_of(const char *quote)
{
	GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	struct words w;

	words_init(&w, quote, strlen(quote));
	for (guint i = 0; i < w.tokens->len; i++)
		if (words_at(&w, i)->len > 2)
			g_hash_table_add(set, g_strdup(words_at(&w, i)->low));
	words_clear(&w);
	return set;
}

/* The sentence of a piece that shares most with the quotation. */
static char *
nearest_in(const char *piece, GHashTable *quote, guint *best)
{
	struct words w;
	char *out = NULL;

	words_init(&w, piece, strlen(piece));
	for (size_t i = 0; i < w.tokens->len;) {
		size_t first, end, at;
		guint n;

		words_sentence(&w, i, &first, &end);
		n = shared(&w, first, end, quote);
		if (n > *best) {
			*best = n;
			at = words_at(&w, first)->at;
			g_free(out);
			out = lint_shown(piece + at, words_at(&w, end - 1)->at +
			    words_at(&w, end - 1)->len - at);
		}
		i = end;
	}
	words_clear(&w);
	return out;
}

/* "" where nothing in it shares two words. */
static char *
nearest(const struct source *s, const char *quote)
{
	g_autoptr(GHashTable) set = word_set_of(quote);
	char *out = NULL;
	guint best = 1;

	for (guint i = 0; i < s->pieces->len; i++) {
		char *found = nearest_in(g_ptr_array_index(s->pieces, i), set,
		    &best);

		if (found != NULL) {
			g_free(out);
			out = found;
		}
	}
	return out != NULL ? out : g_strdup("");
}

/* ---- quotations -------------------------------------------------------------------------------- */

static unsigned
words_in(const char *s)
{
	unsigned n = 0;
	gboolean in = FALSE;

	for (; *s != '\0'; s++) {
		if (*s != ' ' && !in)
			n++;
		in = *s != ' ';
	}
	return n;
}

static gboolean
is_text(struct source *s)
{
	return source_text(s) != NULL;
}

static void
quote_check(struct lint *l, const struct lint_check *c, enum paper p,
    const struct quotation *q)
{
	const struct motion *m = l->paper[p];
	const char *s = motion_text(m) + q->at;
	g_autofree char *quote = marks_plain(folded(s, q->len));
	struct source *src = q->cite < 0 ? NULL : source_of(l, motion_cite(m,
	    (guint)q->cite));
	struct lint_problem *problem;

	if (src == NULL || words_in(quote) < WORDS_LEAST)
		return;
	if (!is_text(src)) {
		l->unread++;
		return;
	}
	if (stands(quote, source_text(src)))
		return;
	/* What is not here may have it. */
	if (src->partial && src->import == NULL) {
		l->unread++;
		return;
	}
	problem = lint_add(l, c, p, q->at, "the quotation is not in Exhibit %s "
	    "byte for byte", src->called);
	g_free(problem->theirs);
	g_free(problem->source);
	g_free(problem->exhibit);
	problem->theirs = lint_shown(s, q->len);
	/* Those past LINT_EACH are only counted. */
	problem->source = l->problems->len <= LINT_EACH ? nearest(src, quote) :
	    g_strdup("");
	problem->exhibit = g_strdup(src->label);
}

void
lint_quotes(struct lint *l, const struct lint_check *c)
{
	if (l->sources->all->len == 0)
		lint_unchecked(l, "quotations: the record has no exhibits");
	for (int p = 0; p < PAPERS; p++) {
		const struct motion *m = l->paper[p];

		for (guint i = 0; m != NULL && i < m->quotes->len; i++)
			quote_check(l, c, (enum paper)p, motion_quote(m, i));
	}
	if (l->unread > 0)
		lint_unchecked(l, "%u quotation%s of exhibits that are no text "
		    "here (pictures, PDF, packed pages): compare them by eye",
		    l->unread,
		    l->unread == 1 ? "" : "s");
}

/* ---- paraphrases ---------------------------------------------------------------------------------- */

static const char *const stronger[] = {
	"can|could|will|would provide|disclose|release|produce|identify|supply",
	"ready|willing|prepared|able|happy to ?now provide|disclose|release|produce|identify|supply|give",
	"agreed|offered|promised|undertaken to ~2 provide|disclose|release|produce|identify|supply|give",
	"awaiting|await|awaits ~3 order ~4 so",
	"confirmed|admitted|acknowledged ~4 has|have|had|holds|hold",
	"has|have|holds|possesses|maintains ?the|all|our|its|such|defendants'|does'|customer|customer's identifying|identification|customer|identity information|data|details|records",
};

static const char denial[] = "not|cannot|can't|unless|absent|without|only|"
    "refuses|refused|refuse|declined|declines|never|until|no";

static const struct reply_words *
refusal(const struct import *im)
{
	for (guint i = 0; im->mail != NULL && i < im->mail->words->len; i++) {
		const struct reply_words *w = g_ptr_array_index(im->mail->words,
		    i);

		if (w->klass == REPLY_REFUSED_ABSENT_LOCAL_ORDER)
			return w;
	}
	return NULL;
}

/* A message with a refusal that the paragraph cites, or whose sender it names. */
static const struct import *
refused_in(const struct lint *l, const struct motion *m, guint para,
    const char *text)
{
	const struct para *p = motion_para(m, para);
	g_autofree char *low = g_utf8_casefold(text, -1);

	for (guint i = p->cite; i < p->cite + p->cites; i++) {
		const struct source *s = source_of(l, motion_cite(m, i));

		if (s != NULL && s->import != NULL &&
		    refusal(s->import) != NULL)
			return s->import;
	}
	for (guint i = 0; i < l->rec->imports->len; i++) {
		const struct import *im = g_ptr_array_index(l->rec->imports, i);
		g_autofree char *name = g_utf8_casefold(im->entity, -1);

		if (refusal(im) != NULL && ((*name != '\0' &&
		    strstr(low, name) != NULL) || strstr(low,
		    "host provider") != NULL))
			return im;
	}
	return NULL;
}

/* The first word of a phrase stronger than a refusal; -1 none.  A sentence
 * that keeps the condition is none. */
static gssize
stronger_at(struct words *w, const struct motion *m, guint para, size_t base)
{
	struct pattern *deny = pattern_new(w, denial, NULL);
	gssize found = -1;

	for (size_t k = 0; k < G_N_ELEMENTS(stronger) && found < 0; k++) {
		struct pattern *p = pattern_new(w, stronger[k], NULL);

		for (size_t i = 0; i < w->tokens->len && found < 0; i++) {
			size_t first, end;

			if (pattern_match(w, p, i) == 0 ||
			    in_quotation(m, para, base + words_at(w, i)->at))
				continue;
			words_sentence(w, i, &first, &end);
			if (!pattern_among(w, deny, first, end - first))
				found = (gssize)i;
		}
		pattern_free(p);
	}
	pattern_free(deny);
	return found;
}

static void
paraphrase_para(struct lint *l, const struct lint_check *c, enum paper p,
    guint para)
{
	const struct motion *m = l->paper[p];
	g_autofree char *text = para_text(m, para);
	size_t base = motion_para(m, para)->block.at, begin;
	const struct import *im = refused_in(l, m, para, text);
	struct lint_problem *problem;
	struct words w;
	gssize i;

	if (im == NULL)
		return;
	words_init(&w, text, strlen(text));
	i = stronger_at(&w, m, para, base);
	if (i >= 0) {
		const struct reply_words *said = refusal(im);
		g_autofree char *sentence = sentence_at(m, para, base +
		    words_at(&w, (size_t)i)->at, &begin);

		problem = lint_add(l, c, p, begin, "stronger than Exhibit %s, "
		    "which discloses nothing without a condition",
		    im->exhibit);
		g_free(problem->theirs);
		g_free(problem->source);
		g_free(problem->exhibit);
		problem->theirs = g_steal_pointer(&sentence);
		problem->source = lint_shown(said->text, strlen(said->text));
		problem->exhibit = g_strdup(im->exhibit);
	}
	words_clear(&w);
}

void
lint_paraphrase(struct lint *l, const struct lint_check *c)
{
	for (int p = 0; p < PAPERS; p++) {
		const struct motion *m = l->paper[p];

		for (guint i = 0; m != NULL && i < m->paras->len; i++)
			if (para_runs(m, i))
				paraphrase_para(l, c, (enum paper)p, i);
	}
}
