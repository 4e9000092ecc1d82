/* Drafts: from bytes to paragraphs, quotations and places. */

#include "reports/motion.h"

#include <string.h>

#include "reports/footnotes.h"
#include "reports/motion_cite.h"
#include "reports/motion_quote.h"
#include "reports/pages.h"

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

void
motion_problem(struct motion *m, struct place at, const char *what)
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
		motion_problem(m, place_of(m, (uint32_t)(bad - s)), "a NUL byte; is "
		    "this a text?");
		return "utf-8";
	}
	motion_problem(m, place_of(m, (uint32_t)(bad - s)), "not UTF-8; the file is "
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
		motion_problem(m, place_of(m, MOTION_BYTES), "more than 16 MiB; the "
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
			motion_problem(m, place_of(m, mapped_span(text, m->blocks.read,
			    1).at), "the page is read up to here");
		return;
	}
	joined = pages_joined(text);
	blocks_text(&m->blocks, joined != NULL ? joined : text,
	    named(m->name, ".md") || named(m->name, ".markdown") ||
	    has_hashes(m, text->text->str));
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
		motion_problem(m, (struct place){ 1, 1, 0 }, "no text");
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
