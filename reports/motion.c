/* Drafts: from bytes to paragraphs, quotations and places. */

#include "reports/motion.h"

#include <string.h>

#include "reports/footnotes.h"
#include "reports/motion_cite.h"
#include "reports/pages.h"

#define CASE_NEAR	120	/* bytes of a case's name behind a quotation */

/* ---- places --------------------------------------------------------------------------- */

static void
lines_find(struct motion *m, const char *s, gsize len)
{
	uint32_t at = 0;

	g_array_append_val(m->lines, at);
	for (const char *p = s, *end = s + len;
	    (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++) {
		at = (uint32_t)(p - s) + 1;
		g_array_append_val(m->lines, at);
	}
}

static guint
line_of(const struct motion *m, uint32_t offset)
{
	guint low = 0, high = m->lines->len;

	while (high - low > 1) {
		guint mid = low + (high - low) / 2;

		if (g_array_index(m->lines, uint32_t, mid) <= offset)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static struct place
place_of(const struct motion *m, uint32_t offset)
{
	guint line = line_of(m, offset);
	uint32_t begin = g_array_index(m->lines, uint32_t, line);
	const char *s = g_bytes_get_data(m->bytes, NULL);
	struct place p = { line + 1, 1, offset };

	for (uint32_t i = begin; i < offset; i++)
		p.column += ((guchar)s[i] & 0xc0) != 0x80 ? 1 : 0;
	return p;
}

struct place
motion_place(const struct motion *m, size_t at)
{
	size_t len = m->blocks.m->text->len;

	if (len == 0)
		return (struct place){ 1, 1, 0 };
	return place_of(m, mapped_span(m->blocks.m, MIN(at, len - 1), 1).at);
}

static void
problem(struct motion *m, struct place at, const char *what)
{
	if (m->problems->len < MOTION_PROBLEMS)
		g_ptr_array_add(m->problems, g_strdup_printf("%s:%u:%u: %s",
		    m->name, at.line, at.column, what));
}

/* ---- bytes to text -------------------------------------------------------------------------- */

static const struct { const char *bytes, *set; size_t n; } marks[] = {
	{ "\xef\xbb\xbf", "utf-8", 3 },
	{ "\xff\xfe", "utf-16le", 2 },
	{ "\xfe\xff", "utf-16be", 2 },
};

static const char *
charset(struct motion *m, const char *s, gsize len, size_t *skip)
{
	const char *bad;

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (len >= marks[i].n &&
		    memcmp(s, marks[i].bytes, marks[i].n) == 0) {
			*skip = marks[i].n;
			return marks[i].set;
		}
	if (g_utf8_validate(s, (gssize)len, &bad))
		return "utf-8";
	if (*bad == '\0') {
		problem(m, place_of(m, (uint32_t)(bad - s)), "a NUL byte; is "
		    "this a text?");
		return "utf-8";
	}
	problem(m, place_of(m, (uint32_t)(bad - s)), "not UTF-8; the file is "
	    "read as windows-1252. Save it as UTF-8");
	return "windows-1252";
}

static struct mapped *
decode(struct motion *m, const char *s, gsize len)
{
	g_autoptr(mapped_auto) raw = mapped_new();
	unsigned faults = 0;
	size_t skip = 0;
	const char *set;

	if (len > MOTION_BYTES) {
		problem(m, place_of(m, MOTION_BYTES), "more than 16 MiB; the "
		    "rest is not read");
		len = MOTION_BYTES;
	}
	set = charset(m, s, len, &skip);
	mapped_same(raw, s + skip, len - skip, (uint32_t)skip);
	return mapped_convert(raw, set, &faults);
}

static gboolean
named(const char *name, const char *suffix)
{
	size_t n = strlen(name), k = strlen(suffix);

	return n > k && g_ascii_strcasecmp(name + n - k, suffix) == 0;
}

/* A name with no suffix ("standard input") tells nothing: then a page begins with a
 * tag, and Markdown has a heading of its own form. */
static gboolean
begins_tag(const struct motion *m, const char *text)
{
	return strchr(m->name, '.') == NULL &&
	    text[strspn(text, " \t\r\n")] == '<';
}

static gboolean
has_hashes(const struct motion *m, const char *text)
{
	return strchr(m->name, '.') == NULL &&
	    (g_str_has_prefix(text, "# ") || strstr(text, "\n# ") != NULL ||
	    strstr(text, "\n## ") != NULL);
}

static void
blocks_read(struct motion *m, const struct mapped *text)
{
	g_autoptr(mapped_auto) joined = NULL;

	if (named(m->name, ".html") || named(m->name, ".htm") ||
	    begins_tag(m, text->text->str)) {
		blocks_html(&m->blocks, text);
		if (m->blocks.read < text->text->len)
			problem(m, place_of(m, mapped_span(text, m->blocks.read,
			    1).at), "the page is read up to here");
		return;
	}
	joined = pages_joined(text);
	blocks_text(&m->blocks, joined != NULL ? joined : text,
	    named(m->name, ".md") || named(m->name, ".markdown") ||
	    has_hashes(m, text->text->str));
}

/* ---- quotations ---------------------------------------------------------------------------- */

static void
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

static void
quotes_find(struct motion *m, guint para, const struct block *b)
{
	const char *s = motion_text(m) + b->at, *end = s + b->len;
	size_t open = 0, n;
	char kind = 0;

	for (size_t i = 0; i < b->len; i += n) {
		char mark = mark_at(s + i, b->len - i, &n);

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
		problem(m, motion_place(m, b->at + open), "a quotation mark "
		    "without its pair in this paragraph");
}

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

/* What "Id." stands for. */
static guint
resolved(const struct motion *m, guint i)
{
	while (i > 0 && motion_cite(m, i)->kind == CITE_LAW &&
	    (cite_begins(m, motion_cite(m, i), "Id") ||
	    cite_begins(m, motion_cite(m, i), "Ib")))
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

	for (size_t i = from; i + 2 < to; i++)
		if (strchr(".!?", s[i]) != NULL && g_ascii_isspace(s[i + 1]) &&
		    g_ascii_isupper(s[i + 2]))
			return TRUE;
	return FALSE;
}

/* Whether the paragraph cites an exhibit after the rule c, or before it in the
 * sentence of the quotation that ends at `at`: then that is meant. */
static gboolean
exhibit_rather(const struct motion *m, const struct para *p,
    const struct cite *c, size_t at)
{
	for (guint i = p->cite; i < p->cite + p->cites; i++) {
		const struct cite *k = motion_cite(m, i);

		if (serves_quote(k) && (k->at > c->at ||
		    !sentence_ends(m, k->at + k->len, at)))
			return TRUE;
	}
	return FALSE;
}

/* What is cited next in the paragraph after at, or last before; -1: nothing. */
static int
cite_near(const struct motion *m, guint para, size_t at)
{
	const struct para *p = motion_para(m, para);
	int found = -1;

	for (guint i = p->cite; i < p->cite + p->cites; i++) {
		const struct cite *c = motion_cite(m, i);

		if (is_joined(m, i) || (is_bare_rule(m, c) &&
		    exhibit_rather(m, p, c, at)))
			continue;
		found = (int)resolved(m, i);
		if (c->at >= at)
			return found;
	}
	return found;
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

static void
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

/* ---- paragraphs ----------------------------------------------------------------------------- */

static void
paras_find(struct motion *m)
{
	struct cite_finder *finder = cite_finder_new();
	int heading = -1;

	for (guint i = 0; i < m->blocks.list->len; i++) {
		const struct block *b = &g_array_index(m->blocks.list,
		    struct block, i);
		struct para p = { *b, heading, m->cites->len, 0,
		    m->quotes->len, 0 };

		cites_find(finder, m, i, b);
		if (b->kind == BLOCK_QUOTE)
			quote_add(m, i, b->at, b->len, TRUE);
		else
			quotes_find(m, i, b);
		p.cites = m->cites->len - p.cite;
		p.quotes = m->quotes->len - p.quote;
		if (b->kind == BLOCK_HEADING)
			heading = (int)i;
		g_array_append_val(m->paras, p);
	}
	cite_finder_free(finder);
	footnotes_tie(m);
	quotes_tie(m);
}

struct motion *
motion_read(const char *name, GBytes *bytes)
{
	struct motion *m = g_new0(struct motion, 1);
	g_autoptr(mapped_auto) text = NULL;
	gsize len;
	const char *s = g_bytes_get_data(bytes, &len);

	if (s == NULL)
		s = "";		/* an empty file has no bytes to point at */
	m->name = g_strdup(name);
	m->bytes = g_bytes_ref(bytes);
	m->paras = g_array_new(FALSE, FALSE, sizeof(struct para));
	m->cites = g_array_new(FALSE, FALSE, sizeof(struct cite));
	m->quotes = g_array_new(FALSE, FALSE, sizeof(struct quotation));
	m->lines = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	m->chunk = g_string_chunk_new(1024);
	m->problems = g_ptr_array_new_with_free_func(g_free);
	blocks_init(&m->blocks);
	lines_find(m, s, MIN(len, MOTION_BYTES));
	text = decode(m, s, len);
	blocks_read(m, text);
	paras_find(m);
	if (m->paras->len == 0)
		problem(m, (struct place){ 1, 1, 0 }, "no text");
	return m;
}

void
motion_free(struct motion *m)
{
	if (m == NULL)
		return;
	g_free(m->name);
	g_bytes_unref(m->bytes);
	g_array_unref(m->paras);
	g_array_unref(m->cites);
	g_array_unref(m->quotes);
	g_array_unref(m->lines);
	g_string_chunk_free(m->chunk);
	g_ptr_array_unref(m->problems);
	blocks_clear(&m->blocks);
	g_free(m);
}

char *
para_text(const struct motion *m, guint para)
{
	const struct block *b = &motion_para(m, para)->block;

	return g_strndup(motion_text(m) + b->at, b->len);
}
