/*
 * The window holds the record that is being read, from its first byte, and what
 * was pulled behind it.  A record without a quote is split at its dividers; one
 * with a quote is walked.  Cells are bounded first, and cut out of the window
 * (NULs, doubled quotes) only when the whole record is known to be sound,
 * because one that is not is read again from its second line.
 */

#include "collector/import_csv_priv.h"

#include <string.h>

struct csv_scan *
csv_scan_new(const struct text_survey *s, const struct csv_source *source)
{
	struct csv_scan *c = g_new0(struct csv_scan, 1);

	c->source = *source;
	c->decoder.charset = s->charset;
	c->mark = s->mark;
	c->check_utf8 = s->bad;
	c->check_nul = s->nuls;
	c->end_of_line = s->cr_only ? '\r' : '\n';
	c->divider = ',';
	c->line = 1;
	return c;
}

void
csv_scan_free(struct csv_scan *c)
{
	if (c == NULL)
		return;
	g_free(c->window);
	g_free(c);
}

void
csv_scan_divider(struct csv_scan *c, char divider)
{
	c->divider = divider;
}

/* ---- faults */

static void
fault(struct csv_scan *c, const char *why, size_t at)
{
	struct csv_record *r = &c->record;
	unsigned column = 1;

	r->why = why;
	r->why_line = c->line;
	r->n = r->cells = r->filled = 0;
	at = MIN(at, c->end - c->begin);
	for (size_t i = 0; i < at; i++) {
		if (csv_here(c)[i] == c->end_of_line) {
			r->why_line++;
			column = 1;
		} else if (((unsigned char)csv_here(c)[i] & 0xc0) != 0x80) {
			column++;
		}
	}
	r->why_column = column;
}

/* ---- cells */

static gboolean
is_blank(char b)
{
	return b == ' ' || b == '\t';
}

/* Of cells behind the last one that is kept, whether anything is in them. */
static void
add(struct csv_scan *c, size_t at, size_t end, gboolean quoted)
{
	struct csv_record *r = &c->record;

	r->cells++;
	if (r->n < CSV_COLUMNS) {
		c->span[r->n++] = (struct span){ at, end - at, quoted };
		return;
	}
	while (at < end && (is_blank(csv_here(c)[at]) || csv_here(c)[at] == '\r'))
		at++;
	if (at < end)
		r->filled = r->cells;
}

/* A line without quotes. */
static void
split(struct csv_scan *c, size_t end)
{
	const char *p = csv_here(c);
	size_t at = 0;

	for (;;) {
		const char *d = memchr(p + at, c->divider, end - at);
		size_t stop = d != NULL ? (size_t)(d - p) : end;

		add(c, at, stop, FALSE);
		if (d == NULL)
			return;
		at = stop + 1;
	}
}

/* The byte at i: the end of the text is a line end. */
static char
byte(struct csv_scan *c, size_t i)
{
	return csv_reach(c, i) ? csv_here(c)[i] : c->end_of_line;
}

static gboolean
ends_cell(struct csv_scan *c, size_t i)
{
	char b = byte(c, i);

	return b == c->divider || b == c->end_of_line ||
	    (b == '\r' && byte(c, i + 1) == c->end_of_line);
}

/* A cell whose opening quote is at *i; *i is left where the cell ends. */
static gboolean
quoted(struct csv_scan *c, size_t *i)
{
	size_t open = *i, at = open + 1;

	for (;; at++) {
		if (at > CSV_RECORD || !csv_reach(c, at)) {
			fault(c, at > CSV_RECORD ? "the quote is not closed "
			    "within 1 MiB" : "the quote is never closed", open);
			return FALSE;
		}
		if (csv_here(c)[at] != '"')
			continue;
		if (!csv_reach(c, at + 1) || csv_here(c)[at + 1] != '"')
			break;
		at++;
	}
	add(c, open + 1, at, TRUE);
	for (at++; is_blank(byte(c, at)) && !ends_cell(c, at); at++)
		;
	*i = at;
	if (ends_cell(c, at))
		return TRUE;
	fault(c, "text after the closing quote", at);
	return FALSE;
}

static gboolean
unquoted(struct csv_scan *c, size_t *i)
{
	size_t at = *i;

	while (!ends_cell(c, at)) {
		if (at > CSV_RECORD || csv_here(c)[at] == '"') {
			fault(c, at > CSV_RECORD ? "longer than 1 MiB" :
			    "a quote within an unquoted cell", at);
			return FALSE;
		}
		at++;
	}
	add(c, *i, at, FALSE);
	*i = at;
	return TRUE;
}

/* A record with quotes, to its end; *end is where its line end begins. */
static gboolean
walk(struct csv_scan *c, size_t *end)
{
	size_t i = 0;

	for (;;) {
		size_t at = i;

		while (is_blank(byte(c, at)) && !ends_cell(c, at))
			at++;
		if (byte(c, at) == '"' && csv_reach(c, at))
			i = at;
		if (!(byte(c, i) == '"' && csv_reach(c, i) ? quoted(c, &i) :
		    unquoted(c, &i)))
			return FALSE;
		if (byte(c, i) != c->divider || !csv_reach(c, i))
			break;
		i++;
	}
	if (byte(c, i) == '\r' && c->end_of_line == '\n')
		i++;
	*end = i;
	return TRUE;
}

static gboolean
sound(struct csv_scan *c, size_t end)
{
	const char *bad;

	if (c->check_nul && (bad = memchr(csv_here(c), '\0', end)) != NULL) {
		fault(c, "a NUL", (size_t)(bad - csv_here(c)));
		return FALSE;
	}
	if (c->check_utf8 &&
	    !g_utf8_validate(csv_here(c), (gssize)end, &bad)) {
		fault(c, "a byte that is not UTF-8", (size_t)(bad - csv_here(c)));
		return FALSE;
	}
	return TRUE;
}

static void
undouble(struct csv_cell *cell)
{
	char *to = memchr(cell->text, '"', cell->len);
	const char *from = to, *end = cell->text + cell->len;

	if (to == NULL)
		return;
	for (; from < end; from++) {
		*to++ = *from;
		from += *from == '"';
	}
	cell->len = (size_t)(to - cell->text);
}

static void
cut(struct csv_scan *c)
{
	struct csv_record *r = &c->record;

	for (unsigned i = 0; i < r->n; i++) {
		struct csv_cell *cell = &r->cell[i];

		cell->at = c->span[i].at;
		cell->text = csv_here(c) + cell->at;
		cell->len = c->span[i].len;
		if (c->span[i].quoted)
			undouble(cell);
		while (cell->len > 0 && is_blank(*cell->text)) {
			cell->text++;
			cell->len--;
		}
		while (cell->len > 0 &&
		    (is_blank(cell->text[cell->len - 1]) ||
		    cell->text[cell->len - 1] == '\r'))
			cell->len--;
		cell->text[cell->len] = '\0';
	}
}

static uint64_t
lines_in(const struct csv_scan *c, size_t end)
{
	const char *p = csv_here(c), *stop = p + end;
	uint64_t n = 0;

	while ((p = memchr(p, c->end_of_line, (size_t)(stop - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

/* Reads the record at begin, which is there; gives how many bytes it has. */
static size_t
read_record(struct csv_scan *c)
{
	gboolean whole, ok = TRUE;
	size_t end = csv_line_end(c, 0, &whole), first = end;

	if (!whole) {
		fault(c, "the line is longer than 1 MiB", 0);
		return end;
	}
	if (memchr(csv_here(c), '"', end) == NULL)
		split(c, csv_without_cr(c, 0, end));
	else
		ok = walk(c, &end);
	if (ok && sound(c, end))
		return end;
	return first;
}

const struct csv_record *
csv_scan_next(struct csv_scan *c)
{
	struct csv_record *r = &c->record;
	uint64_t lines;
	size_t end;

	r->mark = csv_reach(c, 2) && memcmp(csv_here(c), "\xef\xbb\xbf", 3) == 0;
	c->begin += r->mark ? 3 : 0;
	if (!csv_reach(c, 0))
		return NULL;
	r->why = NULL;
	r->n = r->cells = r->filled = 0;
	r->line = c->line;
	end = read_record(c);
	lines = 1 + (r->why == NULL && r->n > 0 ? lines_in(c, end) : 0);
	if (r->why == NULL)
		cut(c);
	c->given = c->begin;
	if (end >= CSV_RECORD && r->why != NULL)
		csv_skip_line(c);
	else
		csv_take(c, end);
	c->line += lines;
	return r;
}

void
csv_scan_place(const struct csv_scan *c, unsigned cell, uint64_t *line,
    unsigned *column)
{
	const char *p = c->window + c->given;
	size_t at = cell < c->record.n ? c->record.cell[cell].at : 0;

	*line = c->record.line;
	*column = 1;
	for (size_t i = 0; i < at; i++) {
		if (p[i] == c->end_of_line) {
			(*line)++;
			*column = 1;
		} else if (((unsigned char)p[i] & 0xc0) != 0x80) {
			(*column)++;
		}
	}
}
