/* Quotations in a draft: their marks, and to what is cited they belong. */

#include "reports/motion_quote.h"

#include <string.h>

#define CASE_NEAR	120	/* bytes of a case's name behind a quotation */

/* ---- marks ---------------------------------------------------------------------------- */

void
quote_add(struct motion *m, guint para, size_t at, size_t len, gboolean block)
{
	struct quotation q = { para, at, len, block, FALSE, -1, -1 };

	if (len > 0)
		g_array_append_val(m->quotes, q);
}

/* Marks of quotations, the longest first: '"' straight, 'o' opening, 'c' closing,
 * and single ones, 's' opening and 'e' closing. */
static const struct { const char *bytes; char mark; } quote_marks[] = {
	{ "\xe2\x80\x98\xe2\x80\x98", 'o' }, { "\xe2\x80\x99\xe2\x80\x99", 'c' },
	{ "``", 'o' }, { "''", 'c' }, { "\"", '"' }, { "\xe2\x80\x9c", 'o' },
	{ "\xe2\x80\x9d", 'c' }, { "\xe2\x80\x98", 's' },
	{ "\xe2\x80\x99", 'e' },
};

/* The mark at s, 0 none; its length. */
static char
mark_at(const char *s, size_t left, size_t *n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(quote_marks); i++) {
		*n = strlen(quote_marks[i].bytes);
		if (left >= *n && memcmp(s, quote_marks[i].bytes, *n) == 0)
			return quote_marks[i].mark;
	}
	*n = 1;
	return 0;
}

/* A single mark that opens: after a blank or bracket.  One that closes has no
 * letter after it; at a plural's apostrophe the quotation is taken to end. */
static gboolean
single_counts(char mark, const char *s, const char *begin, const char *end)
{
	char before = s > begin ? s[-1] : ' ';
	char after = s + 3 < end ? s[3] : ' ';

	if (mark == 's')
		return g_ascii_isspace(before) || strchr("([", before) != NULL;
	return !g_ascii_isalnum(after);
}

/* What the open mark makes of the next one. */
static gboolean
closes(char open, char mark)
{
	if (open == 's')
		return mark == 'e';
	return mark == 'c' || (mark == '"' && open == '"');
}

static gboolean
opens(char mark)
{
	return mark == '"' || mark == 'o' || mark == 's';
}

/* ---- straight single marks, which are apostrophes too ---- */

#define SINGLE_WORDS	3	/* fewer between two are a term, and no quotation */

/* "'s-Hertogenbosch", "'til", "'90s": something left out. */
static gboolean
is_left_out(const char *s, const char *end)
{
	static const char *const words[] = { "s", "t", "d", "m", "n", "em",
		"til", "tis", "twas", "cause", "bout", "round", "re", "ve",
		"ll" };

	if (g_ascii_isdigit(*s))
		return TRUE;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(end - s) > n && g_ascii_strncasecmp(s, words[i],
		    n) == 0 && !g_ascii_isalpha(s[n]))
			return TRUE;
	}
	return FALSE;
}

/* At the edge of a word: nothing of one before it, and one begins. */
static gboolean
straight_opens(const char *s, const char *begin, const char *end)
{
	char before = s > begin ? s[-1] : ' ';

	return (g_ascii_isspace(before) || strchr("([{", before) != NULL ||
	    (s - begin >= 3 && memcmp(s - 3, "\xe2\x80\x94", 3) == 0)) &&
	    s + 1 < end && (g_ascii_isalnum(s[1]) || strchr("[.$", s[1]) !=
	    NULL) && !is_left_out(s + 1, end);
}

/* 0: it closes nothing; 1: it may be a plural's ("the Does' names"); 2: it does. */
static int
straight_closes(const char *s, const char *end)
{
	if (g_ascii_isspace(s[-1]) || (s + 1 < end && g_ascii_isalnum(s[1])))
		return 0;
	return (s[-1] == 's' || s[-1] == 'S') && s + 2 < end &&
	    s[1] == ' ' && g_ascii_islower(s[2]) ? 1 : 2;
}

static guint
words_between(const char *s, const char *end)
{
	guint n = 0;

	for (; s < end; s++)
		n += g_ascii_isalnum(*s) && !g_ascii_isalnum(s[1]) &&
		    (s[1] != '\'' || !g_ascii_isalnum(s[2])) ? 1u : 0u;
	return n;
}

/*
 * The mark that closes what s, behind an opening one, begins; NULL: nothing does, or
 * marks of another kind stand between.  A plural's apostrophe closes only where no
 * surer mark comes before the next one that opens.
 */
static const char *
straight_end(const char *s, const char *end)
{
	const char *maybe = NULL, *p;
	size_t n;

	for (p = s; p < end; p++) {
		char mark = mark_at(p, (size_t)(end - p), &n);

		if (mark != 0 && mark != 's' && mark != 'e')
			break;
		if (*p != '\'' || p == s)
			continue;
		switch (straight_closes(p, end)) {
		case 2:
			return words_between(s, p) >= SINGLE_WORDS ? p : NULL;
		case 1:
			maybe = maybe != NULL ? maybe : p;
			break;
		default:
			if (straight_opens(p, s, end))
				end = p;
		}
	}
	return maybe != NULL && words_between(s, maybe) >= SINGLE_WORDS ?
	    maybe : NULL;
}

/* The next paragraph begins with an opening mark: the quotation goes on there. */
static gboolean
goes_on(const struct motion *m, guint para)
{
	const struct block *b;
	char mark;
	size_t n;

	if (para + 1 >= m->blocks.list->len)
		return FALSE;
	b = &g_array_index(m->blocks.list, struct block, para + 1);
	mark = mark_at(motion_text(m) + b->at, b->len, &n);
	return mark == '"' || mark == 'o';
}

void
quotes_find(struct motion *m, guint para, const struct block *b)
{
	const char *s = motion_text(m) + b->at, *end = s + b->len;
	size_t open = 0, n;
	char kind = 0;

	for (size_t i = 0; i < b->len; i += n) {
		char mark = mark_at(s + i, b->len - i, &n);
		const char *close = kind == 0 && s[i] == '\'' && mark == 0 &&
		    straight_opens(s + i, s, end) ? straight_end(s + i + 1,
		    end) : NULL;

		if (close != NULL) {
			quote_add(m, para, b->at + i + 1, (size_t)(close - s) -
			    i - 1, FALSE);
			n = (size_t)(close - s) + 1 - i;
			continue;
		}
		if ((mark == 's' || mark == 'e') &&
		    !single_counts(mark, s + i, s, end))
			continue;
		if (kind != 0 && closes(kind, mark)) {
			quote_add(m, para, b->at + open, i - open, FALSE);
			kind = 0;
		} else if ((kind == 0 || kind == 's') && opens(mark)) {
			kind = mark;
			open = i + n;
		}
	}
	if (kind == 0 || kind == 's')
		return;
	if (goes_on(m, para))
		quote_add(m, para, b->at + open, b->len - open, FALSE);
	else
		motion_problem(m, motion_place(m, b->at + open), "a quotation mark "
		    "without its pair in this paragraph");
}

/* ---- what they belong to ------------------------------------------------------------- */

static gboolean
serves_quote(const struct cite *c)
{
	return c->kind == CITE_EXHIBIT || c->kind == CITE_RECORD ||
	    c->kind == CITE_DOCKET;
}

static gboolean
cite_begins(const struct motion *m, const struct cite *c, const char *with)
{
	return strncmp(motion_text(m) + c->at, with, strlen(with)) == 0;
}

static gboolean
is_id(const struct motion *m, const struct cite *c)
{
	return c->kind == CITE_LAW && (cite_begins(m, c, "Id") ||
	    cite_begins(m, c, "Ib") || cite_begins(m, c, "id") ||
	    cite_begins(m, c, "ib"));
}

#define IDS_MOST	1000u	/* one behind the other */

/* What "Id." stands for. */
static guint
resolved(const struct motion *m, guint i)
{
	guint steps = 0;

	while (i > 0 && steps++ < IDS_MOST && is_id(m, motion_cite(m, i)))
		i--;
	return i;
}

/* A rule or section by its number, not a report: it is named more often than it
 * is quoted. */
static gboolean
is_bare_rule(const struct motion *m, const struct cite *c)
{
	return c->kind == CITE_LAW && !g_ascii_isdigit(motion_text(m)[c->at]) &&
	    !cite_begins(m, c, "supra");
}

#define NEAR_MOST	100u	/* citations to each side that are looked at */
#define SENTENCE_MOST	8192u	/* bytes */
#define JOINED	40	/* bytes from a declaration to its exhibit */

/* "Decl. of Counsel, Exhibit A": the exhibit is meant. */
static gboolean
is_joined(const struct motion *m, guint i)
{
	const struct cite *c = motion_cite(m, i), *next;

	if ((c->kind != CITE_DECLARATION && c->kind != CITE_PLEADING) ||
	    i + 1 >= m->cites->len)
		return FALSE;
	next = motion_cite(m, i + 1);
	return next->para == c->para && serves_quote(next) &&
	    next->at < c->at + c->len + JOINED;
}

/* Whether a sentence ends between two places: a full stop and then a capital. */
static gboolean
sentence_ends(const struct motion *m, size_t from, size_t to)
{
	const char *s = motion_text(m);

	if (from < to && to - from > SENTENCE_MOST)
		return TRUE;
	for (size_t i = from; i + 2 < to; i++)
		if (strchr(".!?", s[i]) != NULL && g_ascii_isspace(s[i + 1]) &&
		    g_ascii_isupper(s[i + 2]))
			return TRUE;
	return FALSE;
}

/* Whether the paragraph cites an exhibit after the rule c, or before it in the
 * sentence of the quotation that ends at `at`: then that is meant. */
static gboolean
exhibit_rather(const struct motion *m, const struct para *p, guint of, size_t at)
{
	guint end = MIN(p->cite + p->cites, of + NEAR_MOST);

	for (guint i = of + 1; i < end; i++)
		if (serves_quote(motion_cite(m, i)) &&
		    motion_cite(m, i)->at > motion_cite(m, of)->at)
			return TRUE;
	for (guint i = of; i > p->cite && of - i < NEAR_MOST; i--) {
		const struct cite *k = motion_cite(m, i - 1);

		if (serves_quote(k) && !sentence_ends(m, k->at + k->len, at))
			return TRUE;
	}
	return FALSE;
}

/* The first of the paragraph that begins at `at` or later. */
static guint
cite_from(const struct motion *m, const struct para *p, size_t at)
{
	guint low = p->cite, high = p->cite + p->cites;

	while (low < high) {
		guint mid = low + (high - low) / 2;

		if (motion_cite(m, mid)->at < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Not what is meant: something beside it is. */
static gboolean
gives_way(const struct motion *m, const struct para *p, guint i, size_t at)
{
	return is_joined(m, i) || (is_bare_rule(m, motion_cite(m, i)) &&
	    exhibit_rather(m, p, i, at));
}

/* What is cited next in the paragraph after at, or last before; -1: nothing. */
static int
cite_near(const struct motion *m, guint para, size_t at)
{
	const struct para *p = motion_para(m, para);
	guint from = cite_from(m, p, at), end = p->cite + p->cites;

	for (guint i = from; i < end && i - from < NEAR_MOST; i++)
		if (!gives_way(m, p, i, at))
			return (int)resolved(m, i);
	for (guint i = from; i > p->cite && from - i < NEAR_MOST; i--)
		if (!gives_way(m, p, i - 1, at))
			return (int)resolved(m, i - 1);
	return -1;
}

/* Of a cell, its row's: the cells behind it, then those before. */
static int
cite_in_row(const struct motion *m, guint para)
{
	int c = -1;

	for (guint i = para + 1; c < 0 && i < m->paras->len && i < para + 8 &&
	    motion_para(m, i)->block.kind == BLOCK_CELL; i++)
		c = cite_near(m, i, 0);
	for (guint i = para; c < 0 && i > 0 && para - i < 8 &&
	    motion_para(m, i - 1)->block.kind == BLOCK_CELL; i--)
		c = cite_near(m, i - 1, SIZE_MAX);
	return c;
}

static int
cite_around(const struct motion *m, guint para)
{
	int c = -1;

	if (para + 1 < m->paras->len)
		c = cite_near(m, para + 1, 0);
	if (c < 0 && para > 0)
		c = cite_near(m, para - 1, SIZE_MAX);
	return c;
}

/* "..." See Bodyguard Prods., Inc. v. Musante, Civ. No. 19-00139: a court's words,
 * where nothing but the name of a case stands between them and its "v.". */
static gboolean
is_of_a_case(const struct motion *m, const struct quotation *q)
{
	const struct block *b = &motion_para(m, q->para)->block;
	size_t from = q->at + q->len, end = MIN(b->at + b->len, from + CASE_NEAR);
	g_autofree char *after = g_strndup(motion_text(m) + from, end - from);
	char *versus = strstr(after, " v. ");
	g_auto(GStrv) words = NULL;

	if (q->block || versus == NULL)
		return g_str_has_prefix(after, "\xe2\x80\x9d In re ") ||
		    g_str_has_prefix(after, "\" In re ");
	*versus = '\0';
	words = g_strsplit_set(after, " \n(", -1);
	for (guint i = 1; words[i] != NULL; i++)
		if (g_ascii_islower(*words[i]) && strcmp(words[i], "of") != 0 &&
		    strcmp(words[i], "the") != 0 && strcmp(words[i], "also") != 0
		    && strcmp(words[i], "see") != 0 &&
		    strcmp(words[i], "quoting") != 0 &&
		    strcmp(words[i], "citing") != 0)
			return FALSE;
	return !g_str_has_prefix(after, "\xe2\x80\x9d Exhibit") &&
	    strstr(after, "Exhibit ") == NULL && strstr(after, "Ex. ") == NULL;
}

void
quotes_tie(struct motion *m)
{
	for (guint i = 0; i < m->quotes->len; i++) {
		struct quotation *q = &g_array_index(m->quotes,
		    struct quotation, i);
		int c = cite_near(m, q->para, q->at + q->len);

		if ((q->of_case = is_of_a_case(m, q)))
			continue;
		if (c < 0 && q->block)
			c = cite_around(m, q->para);
		else if (c < 0 && motion_para(m, q->para)->block.kind ==
		    BLOCK_CELL)
			c = cite_in_row(m, q->para);
		if (c >= 0 && serves_quote(motion_cite(m, (guint)c)))
			q->cite = c;
		else
			q->other = c;
	}
}
