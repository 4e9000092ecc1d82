/*
 * Whose words a quotation is, where it cites no exhibit.  Courts and rules are
 * quoted in every motion, titles and defined terms stand in quotation marks:
 * none of them is a quotation of the record.
 */

#include <string.h>

#include "reports/lint_priv.h"
#include "reports/showing.h"
#include "reports/verbatim.h"

#define TERM_NEAR	400u	/* bytes before it */
#define TERM_WORDS	6	/* of a definition: (the “First Motion”) */
#define CLOSE_WORDS	12	/* from a short quotation to its citation */

/* ---- courts and rules -------------------------------------------------------------------- */

static const char *const of_law[] = {
	"court|courts|court's|judge|judges|circuit|panel|congress|statute|rule|section|treaty|convention|restatement|committee|opinion|order ~6 held|holds|hold|holding|said|says|stated|states|wrote|writes|found|finds|noted|notes|explained|explains|asked|asks|ask|examine|examines|requires|require|provides|provide|reads|defines|denied|granted|concluded|reasoned|quoted|quoting|recited|adopted|called|calls|considers|consider",
	"held|stated|explained|wrote|found|noted|quoted ~1 by|in ~2 court|circuit|judge|opinion|order",
	"v|vs",
	"factor|factors|test|standard|element|elements|doctrine|prong ~2 is|are|asks|whether|of|requires",
};

/* The sentence without the quotation: who speaks in it. */
static gboolean
law_speaks(const struct motion *m, const struct quotation *q)
{
	size_t begin, skip;
	g_autofree char *sentence = sentence_at(m, q->para, q->at, &begin);
	size_t len = strlen(sentence);
	g_autoptr(GString) rest = g_string_new(NULL);

	skip = q->at > begin ? MIN(q->at - begin, len) : 0;
	g_string_append_len(rest, sentence, (gssize)skip);
	skip = q->at + q->len > begin ? q->at + q->len - begin : 0;
	g_string_append(rest, sentence + MIN(skip, len));
	return patterns_in(rest->str, rest->len, of_law, G_N_ELEMENTS(of_law),
	    NULL);
}

/* The order itself, as far as this program quotes it. */
static gboolean
is_of_order(const char *s, size_t len)
{
	g_autofree char *form = verbatim(s, len);
	size_t n = strlen(form);
	gboolean is = FALSE;

	while (n > 0 && strchr(" .,;:", form[n - 1]) != NULL)
		form[--n] = '\0';
	for (size_t i = 0; n > 0 && i < elements_count && !is; i++) {
		g_autofree char *quote = verbatim(elements[i].quote,
		    strlen(elements[i].quote));
		const char *end;

		is = verbatim_find(quote, quote, quote + strlen(quote), form,
		    &end) != NULL;
	}
	return is;
}

/* ---- titles and terms ----------------------------------------------------------------------- */

/* "The Hitman's Bodyguard", "VPN": every long word has a capital. */
gboolean
is_title(const char *s, size_t len)
{
	struct words w;
	guint n = 0;
	gboolean is = TRUE;

	words_init(&w, s, len);
	for (guint i = 0; i < w.tokens->len && is; i++) {
		const struct token *t = words_at(&w, i);

		if (t->len < 4 && w.tokens->len > 1)
			continue;
		n++;
		is = g_unichar_isupper(g_utf8_get_char(s + t->at)) ||
		    g_ascii_isdigit(s[t->at]);
	}
	words_clear(&w);
	return is && n > 0;
}

/* The bytes that are the mark of a quotation at s. */
static size_t
mark_len(const char *s)
{
	return (guchar)*s == 0xe2 ? 3 : 1;
}

/* ("Plaintiff"), (the “First Motion”), (together, “Does” or “Defendants”). */
static gboolean
is_definition(const struct motion *m, const struct quotation *q)
{
	const struct block *b = &motion_para(m, q->para)->block;
	const char *text = motion_text(m), *end = text + b->at + b->len;
	const char *s = text + q->at, *after = s + q->len;
	g_autofree char *before = NULL;
	const char *open;
	size_t near;

	if (q->block || after >= end)
		return FALSE;
	after += mark_len(after);
	while (after < end && g_ascii_isspace(*after))
		after++;
	if (after >= end || (*after != ')' && strncmp(after, "or ", 3) != 0 &&
	    strncmp(after, "and ", 4) != 0))
		return FALSE;
	near = MIN(q->at - b->at, TERM_NEAR);
	before = g_strndup(text + q->at - near, near);
	open = strrchr(before, '(');
	return open != NULL && strchr(open, ')') == NULL &&
	    verbatim_words(open, open + strlen(open)) <= TERM_WORDS;
}

/* ---- all of it ---------------------------------------------------------------------------------- */

enum whose
whose_words(const struct lint *l, enum paper p, const struct quotation *q)
{
	const struct motion *m = l->paper[p];
	const char *s = motion_text(m) + q->at;
	unsigned words = verbatim_words(s, s + q->len);
	const struct cite *c = q->cite < 0 ? NULL : motion_cite(m,
	    (guint)q->cite);

	if (words <= TERM_WORDS && is_definition(m, q))
		return WHOSE_NAME;
	if (c != NULL && source_of(l, c) != NULL)
		return WHOSE_EXHIBIT;
	if (is_title(s, q->len))
		return WHOSE_NAME;
	if (c != NULL)
		return c->kind == CITE_EXHIBIT ? WHOSE_EXHIBIT : WHOSE_PAPER;
	if (q->of_case)
		return WHOSE_LAW;
	if (q->other >= 0)
		return motion_cite(m, (guint)q->other)->kind == CITE_LAW ?
		    WHOSE_LAW : WHOSE_PAPER;
	return law_speaks(m, q) || is_of_order(s, q->len) ? WHOSE_LAW :
	    WHOSE_SAID;
}

/*
 * One word in quotation marks is a quotation where its citation follows in the
 * sentence; two are where it stands before them in it, or soon after it, too.
 */
gboolean
cite_is_close(const struct motion *m, const struct quotation *q, unsigned words)
{
	const struct cite *c = motion_cite(m, (guint)q->cite);
	const char *text = motion_text(m);
	g_autofree char *sentence = NULL;
	size_t begin;

	if (c->para != q->para)
		return FALSE;
	sentence = sentence_at(m, q->para, q->at, &begin);
	if (words > 1 && c->at >= q->at + q->len)
		return verbatim_words(text + q->at + q->len, text + c->at) <=
		    CLOSE_WORDS;
	if (c->at < begin || c->at >= begin + strlen(sentence))
		return FALSE;
	return words > 1 || c->at > q->at;
}
