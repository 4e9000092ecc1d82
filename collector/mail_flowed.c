/*
 * Text that flows, with DelSp (RFC 3676): a line that ends in a space goes on in
 * the next one, and the space is no part of the text.  A word may be broken so.
 * Without DelSp the space is one, and a line that goes on reads like any other
 * white space: nothing needs to be done.
 */

#include <string.h>

#include "collector/mail_priv.h"

struct line {
	size_t	 at, len, full;		/* len: without its end */
	size_t	 depth;			/* quotation marks (4.5) */
	size_t	 skip;			/* these, and a stuffed space (4.4) */
	gboolean flows;			/* into the next line (4.1) */
};

static struct line
line_at(const struct mapped *m, size_t at)
{
	const char *s = m->text->str + at;
	size_t left = m->text->len - at;
	const char *lf = memchr(s, '\n', left);
	struct line l = { .at = at, .len = left, .full = left };

	if (lf != NULL) {
		l.len = (size_t)(lf - s);
		l.full = l.len + 1;
		if (l.len > 0 && s[l.len - 1] == '\r')
			l.len--;
	}
	while (l.depth < l.len && s[l.depth] == '>')
		l.depth++;
	l.skip = l.depth;
	if (l.skip < l.len && s[l.skip] == ' ')
		l.skip++;
	l.flows = lf != NULL && l.len > l.skip && s[l.len - 1] == ' ';
	return l;
}

/* "-- " stands above a signature, flows into nothing, and nothing into it (4.3). */
static gboolean
is_mark(const struct mapped *m, const struct line *l)
{
	return l->len - l->depth == 3 &&
	    strncmp(m->text->str + l->at + l->depth, "-- ", 3) == 0;
}

struct mapped *
flowed_text(const struct mapped *in)
{
	struct mapped *out = mapped_new();
	gboolean open = FALSE;		/* the line before flows into this one */

	for (size_t at = 0; at < in->text->len;) {
		struct line l = line_at(in, at), next;
		size_t from = open ? l.skip : 0;

		at += l.full;
		open = FALSE;
		if (l.flows && !is_mark(in, &l) && at < in->text->len) {
			next = line_at(in, at);
			open = next.depth == l.depth && !is_mark(in, &next);
		}
		mapped_copy(out, in, l.at + from, open ? l.len - 1 - from :
		    l.full - from);
	}
	return out;
}
