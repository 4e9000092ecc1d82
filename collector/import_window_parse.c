/* The window over the bytes of a table: what is read ahead, and lines in it. */

#include "collector/import_csv_priv.h"

#include <string.h>

/* Room for what a piece may become, behind what is not read yet. */
static void
make_room(struct csv_scan *c)
{
	size_t want = TEXT_GROWS * (CSV_PIECE + 4u);

	if (c->begin > 0) {
		memmove(c->window, c->window + c->begin, c->end - c->begin);
		c->end -= c->begin;
		c->begin = 0;
	}
	if (c->size - c->end >= want)
		return;
	c->size = MAX(c->size * 2, c->end + want);
	c->window = g_realloc(c->window, c->size + 1);
}

static gboolean
csv_pull(struct csv_scan *c)
{
	size_t n, skip;

	if (c->over)
		return FALSE;
	make_room(c);
	n = c->source.pull(c->source.arg, c->raw, CSV_PIECE);
	c->over = n == 0;
	skip = MIN(c->mark, n);
	c->mark -= (unsigned)skip;
	c->end += text_decode(&c->decoder, c->raw + skip, n - skip, c->over,
	    c->window + c->end);
	return TRUE;
}

/* Whether there is a byte at i behind begin. */
gboolean
csv_reach(struct csv_scan *c, size_t i)
{
	while (c->end - c->begin <= i)
		if (!csv_pull(c))
			return FALSE;
	return TRUE;
}

/*
 * Where the line that begins at from ends, its end not counted; bounded: at
 * most CSV_RECORD behind the record's start is looked at, and then *whole is
 * FALSE.
 */
size_t
csv_line_end(struct csv_scan *c, size_t from, gboolean *whole)
{
	size_t seen = from;

	*whole = TRUE;
	for (;;) {
		size_t have = c->end - c->begin;
		const char *nl = seen < have ? memchr(csv_here(c) + seen,
		    c->end_of_line, have - seen) : NULL;

		if (nl != NULL && (size_t)(nl - csv_here(c)) <= CSV_RECORD)
			return (size_t)(nl - csv_here(c));
		if (nl != NULL || have > CSV_RECORD) {
			*whole = FALSE;
			return CSV_RECORD;
		}
		seen = have;
		if (!csv_pull(c))
			return have;
	}
}

/* Without the CR of a CRLF. */
size_t
csv_without_cr(const struct csv_scan *c, size_t from, size_t end)
{
	return end > from && csv_here(c)[end - 1] == '\r' ? end - 1 : end;
}

/* Takes n bytes and the line end behind them, where there is one. */
void
csv_take(struct csv_scan *c, size_t n)
{
	c->begin += MIN(n + 1, c->end - c->begin);
}

/* Of a line that is too long nothing is kept while its end is looked for. */
void
csv_skip_line(struct csv_scan *c)
{
	for (;;) {
		size_t have = c->end - c->begin;
		const char *nl = have > 0 ? memchr(csv_here(c), c->end_of_line,
		    have) : NULL;

		if (nl != NULL) {
			csv_take(c, (size_t)(nl - csv_here(c)));
			return;
		}
		c->begin = c->end;
		if (!csv_pull(c))
			return;
	}
}

const char *
csv_scan_line(struct csv_scan *c, size_t *len)
{
	gboolean whole;
	size_t end;

	while (csv_reach(c, 0) && (*csv_here(c) == '\n' || *csv_here(c) == '\r')) {
		c->line += *csv_here(c) == c->end_of_line;
		c->begin++;
	}
	if (!csv_reach(c, 0))
		return NULL;
	end = csv_line_end(c, 0, &whole);
	*len = csv_without_cr(c, 0, end);
	return csv_here(c);
}

const char *
csv_scan_ahead(struct csv_scan *c, unsigned lines, size_t *len)
{
	gboolean whole;
	size_t from = 0, end = csv_line_end(c, 0, &whole);

	for (; lines > 0 && whole && csv_reach(c, end + 1); lines--) {
		from = end + 1;
		end = csv_line_end(c, from, &whole);
	}
	if (lines > 0 || !whole)
		return NULL;
	*len = csv_without_cr(c, from, end) - from;
	return csv_here(c) + from;
}

void
csv_scan_pass(struct csv_scan *c)
{
	gboolean whole;

	csv_take(c, csv_line_end(c, 0, &whole));
	c->line++;
}
