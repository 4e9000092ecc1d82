/* Patterns of words in the text of a page, and what is quoted around them. */

#include <string.h>

#include "probes/ascii.h"
#include "probes/page_text.h"

#define NEAR	12	/* words */

/* ---- matching */

gboolean
text_is(const struct page_text *t, size_t i, const char *s, gboolean low)
{
	const struct word *w = text_word(t, i);
	const char *core = t->text->str + w->core;

	if (ascii_low(*s) != ascii_low(*core) || strlen(s) != w->core_len)
		return FALSE;
	return low ? ascii_same(core, s, w->core_len) :
	    memcmp(core, s, w->core_len) == 0;
}

/* One alternative, n bytes of it; "stem~" matches what begins with stem. */
static gboolean
is_alternative(const struct page_text *t, const struct word *w, const char *s,
    size_t n)
{
	const char *core = t->text->str + w->core;

	if (n == 1 && *s == '#')
		return (w->flags & WORD_DIGIT) != 0;
	if (n > 1 && s[n - 1] == '~')
		return w->core_len >= n - 1 && ascii_same(core, s, n - 1);
	return w->core_len == n && ascii_same(core, s, n);
}

static gboolean
is_one_of(const struct page_text *t, const struct word *w, const char *list,
    size_t len)
{
	const char *end = list + len;
	size_t n;

	for (; list < end; list += n + 1) {
		for (n = 0; list + n < end && list[n] != '|' &&
		    list[n] != ' '; n++)
			;
		if (is_alternative(t, w, list, n))
			return TRUE;
	}
	return FALSE;
}

/* The gap of a pattern: the first word within it that fits what follows. */
static size_t
after_gap(const struct page_text *t, size_t i, size_t at, size_t gap,
    const char *list, size_t n)
{
	guint32 line = text_word(t, i)->line;

	for (;; at++) {
		if (at >= t->words->len || text_word(t, at)->line != line)
			return 0;
		if (is_one_of(t, text_word(t, at), list, n))
			return at;
		if (gap-- == 0 || text_word(t, at)->flags & WORD_ENDS)
			return 0;
	}
}

size_t
text_match(const struct page_text *t, size_t i, const char *pattern)
{
	size_t at = i, gap = 0, n;
	gboolean first = TRUE;

	for (; *pattern != '\0'; pattern += n + (pattern[n] == ' ')) {
		/* Most are short, and strcspn() makes a table first. */
		for (n = 0; pattern[n] != '\0' && pattern[n] != ' '; n++)
			;
		if (*pattern == '*') {
			gap = (size_t)(pattern[1] - '0');
			continue;
		}
		if (first) {
			if (!is_one_of(t, text_word(t, i), pattern, n))
				return 0;
			first = FALSE;
		} else {
			if (text_word(t, at)->flags & WORD_ENDS)
				return 0;
			at = after_gap(t, i, at + 1, gap, pattern, n);
			if (at == 0)
				return 0;
		}
		gap = 0;
	}
	return at + 1 - i;
}

/* A bit for how a word begins, by which most words are told from a list's. */
static guint64
beginning(const char *s, size_t n)
{
	return G_GUINT64_CONSTANT(1) << ((ascii_low(s[0]) * 7u +
	    (n > 1 ? ascii_low(s[1]) : 0u)) % 64);
}

/* Those of a list's words; all where one of them is a number or one letter. */
static guint64
beginnings(const char *list)
{
	guint64 all = 0;
	size_t n;

	for (; *list != '\0'; list += n + (list[n] != '\0')) {
		for (n = 0; list[n] != '\0' && list[n] != '|'; n++)
			;
		if (n < 2 || list[1] == '~')
			return G_MAXUINT64;
		all |= beginning(list, n);
	}
	return all;
}

gboolean
text_near(const struct page_text *t, size_t i, const char *words)
{
	size_t from = i > NEAR ? i - NEAR : 0, n = strlen(words);
	size_t to = MIN(i + NEAR + 1, t->words->len);
	guint32 line = text_word(t, i)->line;
	guint64 some = beginnings(words);

	for (; from < to; from++) {
		const struct word *w = text_word(t, from);

		if (from != i && w->line == line && (some & beginning(
		    t->text->str + w->core, w->core_len)) != 0 &&
		    is_one_of(t, w, words, n))
			return TRUE;
	}
	return FALSE;
}

/* ---- quoting */

size_t
text_cut(const char *s, size_t len, size_t max)
{
	if (len <= max)
		return len;
	while (max > 0 && ((guchar)s[max] & 0xc0) == 0x80)
		max--;
	return max;
}

const char *
text_quote(const struct page_text *t, size_t first, size_t last, size_t *len)
{
	guint32 at = text_word(t, first)->at, end;
	const struct word *w;

	for (;;) {
		w = text_word(t, last - 1);
		end = w->at + w->len;
		if (end - at <= TEXT_QUOTE || last - 1 == first)
			break;
		last--;
	}
	*len = text_cut(t->text->str + at, end - at, TEXT_QUOTE);
	return t->text->str + at;
}

void
text_sentence(const struct page_text *t, size_t i, size_t n, size_t *first,
    size_t *last)
{
	guint32 line = text_word(t, i)->line, end;
	size_t back = 0;

	*first = i;
	*last = i + n;
	end = text_word(t, *last - 1)->at + text_word(t, *last - 1)->len;
	while (*first > 0 && back++ < 24) {
		const struct word *w = text_word(t, *first - 1);

		if (w->line != line || w->flags & WORD_ENDS ||
		    end - w->at > TEXT_QUOTE)
			break;
		--*first;
	}
	while (*last < t->words->len && *last - i < 40 &&
	    text_word(t, *last)->line == line &&
	    !(text_word(t, *last - 1)->flags & WORD_ENDS))
		++*last;
}

size_t
text_clause(const struct page_text *t, size_t i)
{
	guint32 line = text_word(t, i)->line;
	size_t last = i + 1;

	while (last < t->words->len && last - i <= 10) {
		const struct word *w = text_word(t, last - 1);

		if (w->flags & WORD_ENDS || text_word(t, last)->line != line ||
		    (last > i + 1 && w->len > 0 &&
		    strchr(",;)", t->text->str[w->at + w->len - 1]) != NULL))
			break;
		last++;
	}
	return last;
}
