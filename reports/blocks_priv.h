#ifndef REPORTS_BLOCKS_PRIV_H
#define REPORTS_BLOCKS_PRIV_H

/*
 * Shared by blocks_text.c and blocks_heading.c: a line of the text, and which
 * lines are headings.
 */

#include "reports/blocks.h"

struct line {
	const char	*s;
	size_t		 at, len;	/* without its end; all of it in full */
	size_t		 full;
};

static inline struct line
line_at(const struct mapped *m, size_t at)
{
	struct mapped_line l = mapped_line(m, at);

	return (struct line){ m->text->str + at, l.at, l.len, l.full };
}

/* Without n bytes at its head, and blanks after them. */
static inline void
line_skip(struct line *l, size_t n)
{
	while (n < l->len && g_ascii_isspace(l->s[n]))
		n++;
	l->s += n;
	l->at += n;
	l->len -= n;
}

static inline gboolean
blank_at(const struct mapped *m, size_t at)
{
	return at >= m->text->len || line_at(m, at).len == 0;
}

/* The level of a heading of plain text, 0 where the line is none; alone: empty
 * lines stand before and behind it. */
unsigned	 heading_plain(const struct mapped *, const struct line *,
		    gboolean alone);
/* The same of one that goes over two or three lines. */
unsigned	 heading_wrapped(const struct mapped *, const struct line *);
/* Of Markdown: in bold by itself, whose marks are taken off the line; with none of
 * its marks. */
unsigned	 heading_bold(struct line *);
unsigned	 heading_unmarked(const struct mapped *, const struct line *,
		    gboolean alone);

#endif
