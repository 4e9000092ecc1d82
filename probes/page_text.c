#include "probes/page_text.h"

#include <string.h>

#define KEPT_BYTES	65536
#define KEPT_WORDS	8192
#define WORDS_LEAST	512

/* One stays from page to page: most pages need no more room than the last. */
static struct page_text *kept;

static struct page_text *
take_kept(void)
{
	struct page_text *t = g_steal_pointer(&kept);

	g_string_truncate(t->text, 0);
	g_array_set_size(t->words, 0);
	t->line = 0;
	t->open = t->full = FALSE;
	return t;
}

struct page_text *
page_text_new(void)
{
	struct page_text *t;

	if (kept != NULL)
		return take_kept();
	t = g_new0(struct page_text, 1);
	t->text = g_string_sized_new(4096);
	t->words = g_array_new(FALSE, FALSE, sizeof(struct word));
	return t;
}

void
page_text_free(struct page_text *t)
{
	if (t == NULL)
		return;
	if (kept == NULL && t->text->len < KEPT_BYTES &&
	    t->words->len < KEPT_WORDS) {
		kept = t;
		return;
	}
	g_string_free(t->text, TRUE);
	g_array_unref(t->words);
	g_free(t);
}

/* ---- writing */

/* What a byte is to a word.  Of the flags of words, those that it brings. */
enum {
	BYTE_BLANK = 1 << 8,
	BYTE_MARK = 1 << 9,	/* punctuation */
};

#define MARK(c)		[c] = BYTE_MARK
#define OPENS(c)	[c] = BYTE_MARK | WORD_BRACKET
#define BLANK(c)	[c] = BYTE_BLANK

static const guint16 bytes[256] = {
	BLANK(' '), BLANK('\n'), BLANK('\t'), BLANK('\r'), BLANK('\f'),
	MARK('.'), MARK(','), MARK(';'), MARK(':'), MARK('!'), MARK('?'),
	OPENS('('), MARK(')'), OPENS('['), MARK(']'), OPENS('{'), MARK('}'),
	MARK('<'), MARK('>'), MARK('"'), MARK('\''), MARK('`'), MARK('*'),
	MARK('|'), ['@'] = WORD_AT, ['$'] = WORD_ODD,
	[0x80 ... 0xff] = WORD_ODD,
};

/* A mark of punctuation at p, before end: its length, 0 where it is none. */
static size_t
mark(const char *p, const char *end)
{
	const guchar *u = (const guchar *)p;

	if (*u < 0x80)
		return (bytes[*u] & BYTE_MARK) != 0;
	if (end - p >= 2 && u[0] == 0xc2 && (u[1] == 0xab || u[1] == 0xbb))
		return 2;
	if (end - p >= 3 && u[0] == 0xe2 && u[1] == 0x80 && u[2] >= 0x98 &&
	    u[2] <= 0xa6)
		return 3;
	return 0;
}

static size_t
mark_before(const char *start, const char *p)
{
	if (p - start >= 3 && mark(p - 3, p) == 3)
		return 3;
	if (p - start >= 2 && mark(p - 2, p) == 2)
		return 2;
	return p > start && mark(p - 1, p) == 1 ? 1 : 0;
}

/* "U.S." and "Inc." end no sentence by themselves. */
static gboolean
abbreviated(const char *core, size_t n)
{
	return memchr(core, '.', n) != NULL ||
	    (n <= 4 && g_ascii_isupper(*core));
}

static void
core_flags(struct word *w, const char *first)
{
	if (g_ascii_isdigit(*first))
		w->flags |= WORD_DIGIT;
	if (g_ascii_isupper(*first) || (guchar)*first >= 0x80)
		w->flags |= WORD_CAPITAL;
}

/* The core of a word that has marks, or bytes that may be part of one. */
static void
find_core(const struct page_text *t, struct word *w)
{
	const char *p = t->text->str + w->at, *end = p + w->len;
	const char *first = p, *last = end;
	size_t n;

	while (first < last && (n = mark(first, last)) > 0)
		first += n;
	while (last > first && (n = mark_before(first, last)) > 0)
		last -= n;
	if (first == last)
		first = p, last = end;
	w->core = w->at + (guint32)(first - p);
	w->core_len = (guint32)(last - first);
	w->hash = word_hash(first, w->core_len);
	core_flags(w, first);
	if (last < end && (*last == '!' || *last == '?' ||
	    (*last == '.' && !abbreviated(first, w->core_len))))
		w->flags |= WORD_ENDS;
}

/* GLib's appending is a call, and words are many. */
static inline void
word_add(struct page_text *t, const struct word *w)
{
	guint n = t->words->len;

	if (n == t->room) {
		t->room = MAX(2 * n, WORDS_LEAST);
		g_array_set_size(t->words, t->room);
	}
	g_array_index(t->words, struct word, n) = *w;
	t->words->len = n + 1;
}

static void
word_end(struct page_text *t)
{
	struct word w = { .at = t->open_at, .pos = t->open_pos,
	    .line = t->line, .hash = WORD_HASH };
	const char *p = t->text->str + w.at;
	const char *end = t->text->str + t->text->len;
	unsigned all = 0;

	if (!t->open)
		return;
	t->open = FALSE;
	w.core = w.at;
	w.len = w.core_len = (guint32)t->text->len - w.at;
	for (const char *q = p; q < end; q++) {
		all |= bytes[(guchar)*q];
		w.hash = word_hash_add(w.hash, *q);
	}
	w.flags = all & (WORD_AT | WORD_BRACKET | WORD_ODD);
	if (w.len > 1 && *p == '+' && (g_ascii_isdigit(p[1]) || p[1] == '('))
		w.flags |= WORD_PLUS;
	if (all & (BYTE_MARK | WORD_ODD))
		find_core(t, &w);
	else
		core_flags(&w, p);
	word_add(t, &w);
	t->full = t->words->len >= TEXT_WORDS || t->text->len >= TEXT_BYTES;
}

/* Words are short and many, and GLib's appending is a call. */
static inline void
put(GString *s, const char *from, size_t n)
{
	size_t at = s->len;

	if (at + n >= s->allocated_len)
		g_string_set_size(s, at + n);
	memcpy(s->str + at, from, n);
	s->len = at + n;
	s->str[s->len] = '\0';
}

static void
word_begin(struct page_text *t, size_t pos)
{
	if (t->text->len > 0 && t->text->str[t->text->len - 1] != '\n')
		put(t->text, " ", 1);
	t->open = TRUE;
	t->open_at = (guint32)t->text->len;
	t->open_pos = (guint32)pos;
}

void
page_text_break(struct page_text *t)
{
	word_end(t);
	if (t->text->len == 0 || t->text->str[t->text->len - 1] == '\n')
		return;
	put(t->text, "\n", 1);
	t->line++;
}

void
page_text_end(struct page_text *t)
{
	page_text_break(t);
}

/* The bytes of a character reference at s, its ';' included; 0: none. */
static size_t
reference(const char *s, const char *end)
{
	const char *p = s + 1;

	while (p < end && p - s < 34 && (g_ascii_isalnum(*p) || *p == '#'))
		p++;
	if (p == s + 1)
		return 0;
	return (size_t)(p - s) + (p < end && *p == ';');
}

/*
 * How far the source goes on for the one character at d: a reference, a line
 * end, a byte that is not UTF-8, or the character itself.
 */
static size_t
source_step(const char *d, size_t n, const char *s, const char *end)
{
	size_t ref;

	if (s >= end)
		return 0;
	if (*s == '&') {
		ref = reference(s, end);
		if (ref > 0 && (*d != '&' || (ref == 5 &&
		    memcmp(s, "&amp;", 5) == 0)))
			return ref;
		return 1;
	}
	if (*s == *d)
		return MIN(n, (size_t)(end - s));
	if (*s == '\r')
		return s + 1 < end && s[1] == '\n' ? 2 : 1;
	return 1;
}

static size_t
blank(const char *d)
{
	if (bytes[(guchar)*d] & BYTE_BLANK)
		return 1;
	return (guchar)d[0] == 0xc2 && (guchar)d[1] == 0xa0 ? 2 : 0;
}

/* The length of the character at d; d ends in NUL and is UTF-8 from gumbo. */
static size_t
character(const char *d)
{
	size_t n = 1;

	if ((guchar)*d < 0x80)
		return 1;
	while (n < 4 && ((guchar)d[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* Bytes that are the same in both, and nothing but themselves. */
static size_t
same_run(const char *d, const char *s, const char *end)
{
	size_t n = 0;

	while (s + n < end && d[n] == s[n] && d[n] > ' ' && d[n] != '&')
		n++;
	return n;
}

void
page_text_add(struct page_text *t, const char *d, const char *s, size_t len,
    size_t pos)
{
	const char *start = s, *end = s + len;
	size_t n;

	while (*d != '\0' && !t->full) {
		n = blank(d);
		if (n > 0) {
			word_end(t);
			s += source_step(d, n, s, end);
			d += n;
			continue;
		}
		if (!t->open)
			word_begin(t, pos + (size_t)(s - start));
		n = same_run(d, s, end);
		if (n > 0) {
			g_string_append_len(t->text, d, (gssize)n);
			s += n;
		} else {
			n = character(d);
			g_string_append_len(t->text, d, (gssize)n);
			s += source_step(d, n, s, end);
		}
		d += n;
	}
}

void
page_text_plain(struct page_text *t, const char *s, size_t len, size_t pos)
{
	const char *p = s, *end = s + len, *from;

	while (p < end && !t->full) {
		if (blank(p) > 0) {
			word_end(t);
			p += blank(p);
			continue;
		}
		if (!t->open)
			word_begin(t, pos + (size_t)(p - s));
		/* A no-break space begins as other letters do. */
		for (from = p++; p < end &&
		    (bytes[(guchar)*p] & BYTE_BLANK) == 0 &&
		    (guchar)*p != 0xc2; p++)
			;
		put(t->text, from, (size_t)(p - from));
	}
}
