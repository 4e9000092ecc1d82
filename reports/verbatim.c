/* Words apart from how they are set. */

#include "reports/verbatim.h"

#include <stdint.h>
#include <string.h>

/* ---- what is set in one of several ways ------------------------------------------- */

enum set { SET_SPACE, SET_NOTHING, SET_QUOTE, SET_HYPHEN, SET_DASH, SET_MARK,
	SET_LETTERS };

static const struct { const char *bytes; enum set set; const char *letters; }
signs[] = {
	{ " ", SET_SPACE, "" }, { "\t", SET_SPACE, "" }, { "\n", SET_SPACE, "" },
	{ "\r", SET_SPACE, "" }, { "\f", SET_SPACE, "" }, { "\v", SET_SPACE, "" },
	{ "\xc2\xa0", SET_SPACE, "" }, { "\xe2\x80\x82", SET_SPACE, "" },
	{ "\xe2\x80\x83", SET_SPACE, "" }, { "\xe2\x80\x89", SET_SPACE, "" },
	{ "\xe2\x80\x8a", SET_SPACE, "" }, { "\xe2\x80\xaf", SET_SPACE, "" },
	{ "\xc2\xad", SET_NOTHING, "" }, { "\xe2\x80\x8b", SET_NOTHING, "" },
	{ "\xe2\x80\x8c", SET_NOTHING, "" }, { "\xe2\x80\x8d", SET_NOTHING, "" },
	{ "\xe2\x81\xa0", SET_NOTHING, "" }, { "\xef\xbb\xbf", SET_NOTHING, "" },
	{ "\"", SET_QUOTE, "" }, { "'", SET_QUOTE, "" }, { "`", SET_QUOTE, "" },
	{ "\xe2\x80\x98", SET_QUOTE, "" }, { "\xe2\x80\x99", SET_QUOTE, "" },
	{ "\xe2\x80\x9a", SET_QUOTE, "" }, { "\xe2\x80\x9c", SET_QUOTE, "" },
	{ "\xe2\x80\x9d", SET_QUOTE, "" }, { "\xe2\x80\x9e", SET_QUOTE, "" },
	{ "\xe2\x80\xb9", SET_QUOTE, "" }, { "\xe2\x80\xba", SET_QUOTE, "" },
	{ "\xc2\xab", SET_QUOTE, "" }, { "\xc2\xbb", SET_QUOTE, "" },
	{ "-", SET_HYPHEN, "" }, { "\xe2\x80\x90", SET_HYPHEN, "" },
	{ "\xe2\x80\x91", SET_HYPHEN, "" }, { "\xe2\x80\x93", SET_HYPHEN, "" },
	{ "\xe2\x80\x94", SET_DASH, "" }, { "\xe2\x80\x95", SET_DASH, "" },
	{ "\xc2\xb9", SET_MARK, "" }, { "\xc2\xb2", SET_MARK, "" },
	{ "\xc2\xb3", SET_MARK, "" }, { "\xe2\x81\xb0", SET_MARK, "" },
	{ "\xe2\x81\xb4", SET_MARK, "" }, { "\xe2\x81\xb5", SET_MARK, "" },
	{ "\xe2\x81\xb6", SET_MARK, "" }, { "\xe2\x81\xb7", SET_MARK, "" },
	{ "\xe2\x81\xb8", SET_MARK, "" }, { "\xe2\x81\xb9", SET_MARK, "" },
	{ "\xe2\x80\xa0", SET_MARK, "" }, { "\xe2\x80\xa1", SET_MARK, "" },
	{ "\xef\xac\x80", SET_LETTERS, "ff" }, { "\xef\xac\x81", SET_LETTERS, "fi" },
	{ "\xef\xac\x82", SET_LETTERS, "fl" }, { "\xef\xac\x83", SET_LETTERS, "ffi" },
	{ "\xef\xac\x84", SET_LETTERS, "ffl" }, { "\xe2\x80\xa6", SET_LETTERS, "..." },
};

/* The row of signs at s, -1 none; its length. */
static int
sign_at(const char *s, const char *end, size_t *n)
{
	gboolean may = strchr(" \t\n\r\f\v\"'`-\xc2\xe2\xef", *s) != NULL;

	for (size_t i = 0; may && i < G_N_ELEMENTS(signs); i++) {
		*n = strlen(signs[i].bytes);
		if ((size_t)(end - s) >= *n &&
		    memcmp(s, signs[i].bytes, *n) == 0)
			return (int)i;
	}
	*n = 1;
	return -1;
}

static gboolean
sign_is(const char *s, const char *end, enum set set, size_t *n)
{
	int i = s < end ? sign_at(s, end, n) : -1;

	return i >= 0 && signs[i].set == set;
}

/* A letter or a figure; a byte of what is no ASCII counts as one. */
static gboolean
is_word(char c)
{
	return g_ascii_isalnum(c) || (guchar)c >= 0x80 || c == MARK_CASE;
}

/* Whether a word goes on at s: signs that are no letters are not one. */
static gboolean
word_at(const char *s, const char *end)
{
	size_t n;

	if (s >= end || !is_word(*s))
		return FALSE;
	return (guchar)*s < 0x80 || sign_at(s, end, &n) < 0;
}

/* ---- the form ---------------------------------------------------------------------- */

struct former {
	GString		*out;
	const char	*begin, *s, *end;
	size_t		 wanted;	/* stop when so much is out */
};

static char
last(const struct former *f)
{
	return f->out->len > 0 ? f->out->str[f->out->len - 1] : '\0';
}

static void
space(struct former *f)
{
	if (last(f) != ' ')
		g_string_append_c(f->out, ' ');
}

/* White space; at the beginning of a line, also what mail puts before it. */
static const char *
past_space(const char *s, const char *end, gboolean *line)
{
	size_t n;

	for (*line = FALSE; s < end; s += n) {
		if (sign_is(s, end, SET_SPACE, &n))
			*line |= *s == '\n';
		else if (*line && *s == '>')
			n = 1;
		else
			break;
	}
	return s;
}

/* Inside a word, or between its halves at a line's end: nothing.  Else a dash. */
static void
hyphen(struct former *f, size_t n)
{
	const char *after = f->s + n, *on;
	gboolean line, blank;

	on = past_space(after, f->end, &line);
	blank = on > after;
	if (is_word(last(f)) && word_at(on, f->end) && (!blank ||
	    g_ascii_islower(*on))) {
		f->s = on;
		return;
	}
	f->s = after;
	space(f);
	if (!g_str_has_suffix(f->out->str, "- "))
		g_string_append(f->out, "- ");
}

static void
dash(struct former *f, size_t n)
{
	space(f);
	if (!g_str_has_suffix(f->out->str, "- "))
		g_string_append(f->out, "- ");
	f->s += n;
}

/* An apostrophe stays between letters; other marks go. */
static void
quote(struct former *f, size_t n)
{
	gboolean single = *f->s == '\'' || (n == 3 && f->s[1] == '\x80' &&
	    f->s[2] == '\x99');

	if (single && is_word(last(f)) && word_at(f->s + n, f->end))
		g_string_append_c(f->out, '\'');
	f->s += n;
}

/* Figures right behind a word's full stop, and then a blank: their length. */
static size_t
footnote(const struct former *f)
{
	const char *s = f->s, *p = s;
	size_t len = f->out->len;

	if (!g_ascii_isdigit(*s) || len < 2 || strchr(".,;:", last(f)) == NULL ||
	    !g_ascii_isalpha(f->out->str[len - 2]) ||
	    !g_ascii_isalpha(len > 2 ? f->out->str[len - 3] : '\0'))
		return 0;
	while (p < f->end && p - s < 3 && g_ascii_isdigit(*p))
		p++;
	return p > s && (p == f->end || *p == ' ' || *p == '\n' || *p == '\r') ?
	    (size_t)(p - s) : 0;
}

static void
sign(struct former *f, int row, size_t n)
{
	gboolean line;

	switch (signs[row].set) {
	case SET_SPACE:
		f->s = past_space(f->s, f->end, &line);
		space(f);
		return;
	case SET_QUOTE:
		quote(f, n);
		return;
	case SET_HYPHEN:
		if (f->end - f->s > 1 && memcmp(f->s, "--", 2) == 0)
			dash(f, strspn(f->s, "-"));
		else
			hyphen(f, n);
		return;
	case SET_DASH:
		dash(f, n);
		return;
	case SET_LETTERS:
		g_string_append(f->out, signs[row].letters);
		f->s += n;
		return;
	default:
		f->s += n;
	}
}

static void
form(struct former *f)
{
	while (f->s < f->end && f->out->len < f->wanted) {
		size_t n = footnote(f);
		int row;

		if (n > 0) {
			f->s += n;
			continue;
		}
		row = sign_at(f->s, f->end, &n);
		if (row >= 0)
			sign(f, row, n);
		else
			g_string_append_c(f->out, *f->s++);
	}
}

char *
verbatim(const char *s, size_t len)
{
	struct former f = { g_string_sized_new(len), s, s, s + len, SIZE_MAX };

	form(&f);
	return g_string_free(f.out, FALSE);
}

size_t
verbatim_origin(const char *s, size_t len, size_t at)
{
	struct former f = { g_string_sized_new(at + 1), s, s, s + len, at };

	form(&f);
	g_string_free(f.out, TRUE);
	return (size_t)(f.s - s);
}

/* ---- finding it ------------------------------------------------------------------------ */

/* What a word may end in, where a quotation puts another number or tense. */
static const char *const endings[] = { "", "s", "es", "ed", "d", "ing", "e",
	"y", "ies", "ied", "ve", "ving", "en", "n", "'s" };

/* The end of the word at s, where what is left of it is an ending; NULL. */
static const char *
past_ending(const char *s)
{
	const char *p = s;

	while (is_word(*p) || *p == '\'')
		p++;
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
		if (strlen(endings[i]) == (size_t)(p - s) &&
		    strncmp(s, endings[i], (size_t)(p - s)) == 0)
			return p;
	return NULL;
}

/* Where the pattern ends that begins at s; NULL: it does not stand there. */
static const char *
match(const char *s, const char *pattern)
{
	for (; *pattern != '\0'; pattern++) {
		if (*pattern == MARK_ENDING) {
			if ((s = past_ending(s)) == NULL)
				return NULL;
			continue;
		}
		if (*pattern == MARK_CASE) {
			pattern++;
			if (g_ascii_tolower(*s++) != g_ascii_tolower(*pattern))
				return NULL;
			continue;
		}
		if (*s++ != *pattern)
			return NULL;
	}
	return s;
}

/* No word goes on across s; the "'s" of a name is not of its word. */
static gboolean
is_edge(const char *form, const char *s)
{
	if (s == form || *s == '\0')
		return TRUE;
	if (s[0] == '\'')
		return s[1] == 's' && !is_word(s[2]);
	return !is_word(s[0]) || !(is_word(s[-1]) || s[-1] == '\'');
}

/* The next place where the pattern's first letter stands; NULL: none. */
static const char *
next_first(const char *s, const char *limit, const char *pattern)
{
	size_t n = (size_t)(limit - s);
	const char *a, *b;

	if (*pattern != MARK_CASE)
		return memchr(s, *pattern, n);
	a = memchr(s, g_ascii_tolower(pattern[1]), n);
	b = memchr(s, g_ascii_toupper(pattern[1]), n);
	return a == NULL || (b != NULL && b < a) ? b : a;
}

const char *
verbatim_find(const char *form, const char *from, const char *limit,
    const char *pattern, const char **end)
{
	for (const char *s = from; s < limit; s++) {
		s = next_first(s, limit, pattern);
		if (s == NULL)
			return NULL;
		if (!is_edge(form, s) || (*end = match(s, pattern)) == NULL ||
		    !is_edge(form, *end))
			continue;
		return s;
	}
	return NULL;
}

unsigned
verbatim_words(const char *s, const char *end)
{
	unsigned n = 0;

	for (gboolean in = FALSE; s < end; s++) {
		n += is_word(*s) && !in ? 1 : 0;
		in = is_word(*s) || *s == '\'';
	}
	return n;
}
