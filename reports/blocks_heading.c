/* Lines of text that are headings, by their number, capitals, marks and place. */

#include "reports/blocks_priv.h"

#include <string.h>

#define HEADING_MOST	150	/* bytes of a heading of plain text */
#define HEADING_DEEPEST	6	/* of one that looks like a title only */

/* ---- numbers ------------------------------------------------------------------------ */

/* "IV.", "B.", "12.", "(3)", "2)": its length, 0 where there is none. */
static size_t
enumerator_one(const char *s, size_t len, gboolean more)
{
	size_t i = 0, begin;

	i += len > 0 && s[0] == '(';
	begin = i;
	while (i < len && i < 8 && strchr("IVXLC", s[i]) != NULL && s[i])
		i++;
	if (i == begin && i < len && g_ascii_isupper(s[i]))
		i++;
	while (i < len && i - begin < 4 && g_ascii_isdigit(s[i]))
		i++;
	if (i == begin || i + 1 >= len || (s[i] != '.' && s[i] != ')') ||
	    (!more && !g_ascii_isspace(s[i + 1])))
		return 0;
	return i + 1;
}

/* "III.A.2." is three of them; "U.S." is none. */
static size_t
enumerator(const char *s, size_t len)
{
	size_t at = 0, n, k;

	for (unsigned parts = 0; parts < 5; parts++, at += n) {
		n = enumerator_one(s + at, len - at, FALSE);
		if (n > 0)
			return at + n;
		n = enumerator_one(s + at, len - at, TRUE);
		k = at + n;
		if (n == 0 || k >= len || (parts == 0 && strchr("IVX", *s) ==
		    NULL && !g_ascii_isdigit(*s) && !g_ascii_isdigit(s[k])))
			return 0;
	}
	return 0;
}

/* ---- what a line of plain text looks like -------------------------------------------- */

static gboolean
all_capitals(const char *s, size_t len)
{
	size_t letters = 0;

	for (size_t i = 0; i < len; i++) {
		if (g_ascii_islower(s[i]))
			return FALSE;
		letters += g_ascii_isupper(s[i]) != 0;
	}
	return letters >= 4;
}

/* The line that begins the next paragraph. */
static struct line
line_after_blank(const struct mapped *m, size_t at)
{
	struct line l = { NULL, at, 0, 0 };

	while (at < m->text->len && (l = line_at(m, at)).len == 0)
		at += l.full;
	return l;
}

static gboolean
numbered_heading(const struct mapped *m, const struct line *l, size_t num)
{
	struct line next = line_after_blank(m, l->at + l->full);

	if (memchr(l->s + num, '"', l->len - num) != NULL ||
	    g_strstr_len(l->s, (gssize)l->len, "\xe2\x80\x9c") != NULL)
		return FALSE;
	if (l->s[l->len - 1] != '.' && l->s[l->len - 1] != ';')
		return TRUE;
	/* A full stop: a heading where no numbered paragraph follows. */
	return next.len > 0 && enumerator(next.s, next.len) == 0;
}

/* Words that are written small in a title. */
static gboolean
is_small(const char *s, size_t n)
{
	static const char *const small[] = { "a", "an", "the", "of", "to", "and",
		"or", "for", "in", "on", "at", "by", "with", "be", "not", "v.",
		"from", "as", "is", "are", "who", "that", "under", "into" };

	for (size_t i = 0; i < G_N_ELEMENTS(small); i++)
		if (strlen(small[i]) == n && strncmp(small[i], s, n) == 0)
			return TRUE;
	return FALSE;
}

/* "Factor One: The Does Are Identified", and no full stop. */
static gboolean
is_title(const char *s, size_t len)
{
	size_t words = 0;

	if (len < 8 || strchr(".;:,!?\"/", s[len - 1]) != NULL ||
	    !g_ascii_isupper(*s))
		return FALSE;
	for (size_t i = 0, n; i < len; i += n + 1) {
		n = 0;
		while (i + n < len && s[i + n] != ' ')
			n++;
		if (n > 0 && g_ascii_islower(s[i]) && !is_small(s + i, n))
			return FALSE;
		words += n > 0 ? 1u : 0u;
	}
	return words >= 2;
}

unsigned
block_heading(const char *s, size_t len)
{
	size_t num = enumerator(s, len), letters = 0;
	char first = len > 0 ? s[s[0] == '(' && len > 1] : '\0';

	for (size_t i = 0; i < len; i++)
		letters += g_ascii_isalpha(s[i]) ? 1 : 0;
	/* a sentence that somebody wanted to be heard is none */
	if (letters < 3 || len > HEADING_MOST + 50 ||
	    (num == 0 && strchr(".;,", s[len - 1]) != NULL))
		return 0;
	if (num == 0)
		return all_capitals(s, len) ? 1 : HEADING_DEEPEST;
	if (g_ascii_isdigit(first))
		return 4;
	return strchr("IVX", first) != NULL ? 2 : 3;
}

/* A heading that goes over two or three lines, with a number or in capitals, and
 * ends like one: its level, 0 none. */
unsigned
heading_wrapped(const struct mapped *m, const struct line *l)
{
	size_t num = enumerator(l->s, l->len), len = l->len, at = l->at + l->full;
	gboolean capitals = all_capitals(l->s, l->len);
	struct line next = *l;
	unsigned lines = 1;

	for (; at < m->text->len && lines < 5; at += next.full, lines++) {
		struct line n = line_at(m, at);

		if (n.len == 0)
			break;
		next = n;
		len += n.len;
		capitals = capitals && all_capitals(n.s, n.len);
	}
	if (lines < 2 || lines > 3 || len > HEADING_MOST + 50 ||
	    (num == 0 && !capitals) ||
	    memchr(l->s, '"', len + lines) != NULL ||
	    g_strstr_len(l->s, (gssize)len, "\xe2\x80\x9c") != NULL)
		return 0;
	if (!capitals && strchr(".;:,", next.s[next.len - 1]) != NULL)
		return 0;
	return num == 0 ? 1 : g_ascii_isdigit(*l->s) ? 4 :
	    strchr("IVX", *l->s) != NULL ? 2 : 3;
}

/* The level of a heading, 0 where the line is none. */
unsigned
heading_plain(const struct mapped *m, const struct line *l, gboolean alone)
{
	size_t num = enumerator(l->s, l->len);
	char first = l->len > 0 ? l->s[l->s[0] == '(' && l->len > 1] : '\0';

	if (!alone || l->len == 0 || l->len > HEADING_MOST)
		return 0;
	if (num == 0 && l->len < 100 && !all_capitals(l->s, l->len) &&
	    is_title(l->s, l->len))
		return HEADING_DEEPEST;
	if (num == 0)
		return all_capitals(l->s, l->len) ? 1 : 0;
	if (!all_capitals(l->s + num, l->len - num) &&
	    !numbered_heading(m, l, num))
		return 0;
	if (g_ascii_isdigit(first))
		return 4;
	return strchr("IVX", first) != NULL ? 2 : 3;
}

/* ---- Markdown ------------------------------------------------------------------------- */

/* Marks that set a line in bold, or underlined, from its begin to its end. */
static const struct { const char *open, *close; } bold[] = {
	{ "**", "**" }, { "__", "__" }, { "<u>", "</u>" }, { "<b>", "</b>" },
	{ "<ins>", "</ins>" }, { "[", "]{.underline}" }, { "*", "*" },
};

/* Takes off a pair that stands around the line and nowhere in it. */
static gboolean
bold_off(struct line *l, size_t row)
{
	size_t n = strlen(bold[row].open), end = strlen(bold[row].close);

	if (l->len <= n + end || strncmp(l->s, bold[row].open, n) != 0 ||
	    strncmp(l->s + l->len - end, bold[row].close, end) != 0 ||
	    g_strstr_len(l->s + n, (gssize)(l->len - n - end),
	    bold[row].close) != NULL)
		return FALSE;
	l->s += n;
	l->at += n;
	l->len -= n + end;
	return TRUE;
}

/* "**A. Argument**" by itself, also "__A. Argument__" or "**<u>A. Argument</u>**":
 * its level; l is left without the marks. */
unsigned
heading_bold(struct line *l)
{
	struct line in = *l;
	gboolean strong = FALSE;
	unsigned level;

	if (l->len >= HEADING_MOST || l->len <= 5)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(bold);)
		if (bold_off(&in, i)) {
			strong |= bold[i].open[1] != '\0' || *bold[i].close == ']';
			i = 0;
		} else {
			i++;
		}
	level = strong ? block_heading(in.s, in.len) : 0;
	if (level > 0)
		*l = in;
	return level;
}

/* In capitals, or numbered as no list of Markdown is ("II. Facts", "A. Steps"),
 * and a line by itself. */
unsigned
heading_unmarked(const struct mapped *m, const struct line *l, gboolean alone)
{
	size_t num = enumerator(l->s, l->len);

	if (!alone || l->len == 0 || strchr("*_#>|-+", *l->s) != NULL)
		return 0;
	if (num > 0 ? g_ascii_isdigit(*l->s) || *l->s == '(' :
	    !all_capitals(l->s, l->len))
		return 0;
	return heading_plain(m, l, TRUE);
}
