#include "probes/html_bound.h"

#include <glib.h>
#include <string.h>

#include "probes/ascii.h"

/*
 * An element is known by its name's first 8 bytes in lower case, packed into a
 * number; longer names count by them, which is all that is needed here.
 */
typedef guint64 tagname;

#define N1(a)		((tagname)(a))
#define N2(a, b)	(N1(a) << 8 | N1(b))
#define N3(a, b, c)	(N2(a, b) << 8 | N1(c))
#define N4(a, b, c, d)	(N3(a, b, c) << 8 | N1(d))
#define N5(a, b, c, d, e) (N4(a, b, c, d) << 8 | N1(e))
#define N6(a, b, c, d, e, f) (N5(a, b, c, d, e) << 8 | N1(f))
#define N8(a, b, c, d, e, f, g, h) \
	(N6(a, b, c, d, e, f) << 16 | N2(g, h))

enum treat {
	PLAIN,
	VOID_TAG,	/* has no end tag, or closes itself where it repeats */
	FORMATTING,	/* reopened by the parser until its end tag comes */
	RAW,		/* its content is no markup */
	FOREIGN,	/* svg, math: nothing in it is raw */
	TEMPLATE,	/* what is in it is not read: nobody is told of it */
};

static const struct {
	tagname		 name;
	enum treat	 treat;
} known[] = {
	{ N1('p'), VOID_TAG }, { N2('l', 'i'), VOID_TAG },
	{ N2('d', 't'), VOID_TAG }, { N2('d', 'd'), VOID_TAG },
	{ N2('b', 'r'), VOID_TAG }, { N2('h', 'r'), VOID_TAG },
	{ N3('i', 'm', 'g'), VOID_TAG }, { N2('r', 'p'), VOID_TAG },
	{ N2('r', 't'), VOID_TAG }, { N2('t', 'd'), VOID_TAG },
	{ N2('t', 'h'), VOID_TAG }, { N2('t', 'r'), VOID_TAG },
	{ N1('a'), VOID_TAG }, { N3('w', 'b', 'r'), VOID_TAG },
	{ N3('c', 'o', 'l'), VOID_TAG }, { N4('l', 'i', 'n', 'k'), VOID_TAG },
	{ N4('m', 'e', 't', 'a'), VOID_TAG },
	{ N4('a', 'r', 'e', 'a'), VOID_TAG },
	{ N4('b', 'a', 's', 'e'), VOID_TAG },
	{ N4('h', 't', 'm', 'l'), VOID_TAG },
	{ N4('h', 'e', 'a', 'd'), VOID_TAG },
	{ N4('b', 'o', 'd', 'y'), VOID_TAG },
	{ N5('i', 'n', 'p', 'u', 't'), VOID_TAG },
	{ N5('e', 'm', 'b', 'e', 'd'), VOID_TAG },
	{ N5('t', 'b', 'o', 'd', 'y'), VOID_TAG },
	{ N5('t', 'h', 'e', 'a', 'd'), VOID_TAG },
	{ N5('t', 'f', 'o', 'o', 't'), VOID_TAG },
	{ N5('p', 'a', 'r', 'a', 'm'), VOID_TAG },
	{ N5('t', 'r', 'a', 'c', 'k'), VOID_TAG },
	{ N6('s', 'o', 'u', 'r', 'c', 'e'), VOID_TAG },
	{ N6('o', 'p', 't', 'i', 'o', 'n'), VOID_TAG },
	{ N1('b'), FORMATTING }, { N1('i'), FORMATTING },
	{ N1('s'), FORMATTING }, { N1('u'), FORMATTING },
	{ N2('e', 'm'), FORMATTING }, { N2('t', 't'), FORMATTING },
	{ N3('b', 'i', 'g'), FORMATTING },
	{ N4('c', 'o', 'd', 'e'), FORMATTING },
	{ N4('f', 'o', 'n', 't'), FORMATTING },
	{ N4('n', 'o', 'b', 'r'), FORMATTING },
	{ N5('s', 'm', 'a', 'l', 'l'), FORMATTING },
	{ N6('s', 't', 'r', 'i', 'k', 'e'), FORMATTING },
	{ N6('s', 't', 'r', 'o', 'n', 'g'), FORMATTING },
	{ N3('x', 'm', 'p'), RAW },
	{ N5('s', 't', 'y', 'l', 'e'), RAW },
	{ N5('t', 'i', 't', 'l', 'e'), RAW },
	{ N6('s', 'c', 'r', 'i', 'p', 't'), RAW },
	{ N6('i', 'f', 'r', 'a', 'm', 'e'), RAW },
	{ N6('n', 'o', 'e', 'm', 'b', 'e') << 8 | N1('d'), RAW },
	{ N8('n', 'o', 'f', 'r', 'a', 'm', 'e', 's'), RAW },
	{ N8('t', 'e', 'x', 't', 'a', 'r', 'e', 'a'), RAW },
	{ N8('t', 'e', 'm', 'p', 'l', 'a', 't', 'e'), TEMPLATE },
	{ N3('s', 'v', 'g'), FOREIGN },
	{ N4('m', 'a', 't', 'h'), FOREIGN },
};

struct bound {
	const char	*p, *end;
	tagname		 open[HTML_DEPTH];
	unsigned	 depth;
	unsigned	 foreign;	/* of them, svg and math */
	unsigned	 templates;	/* and these */
	unsigned	 formatting[G_N_ELEMENTS(known)];
	unsigned	 unclosed;	/* formatting, in all */
	unsigned	 tags;
	gboolean	 quiet;		/* of this tag's values nobody is told */
	const guchar	*slots;
	const char	*html;
	html_text_fn	*text;
	void		*arg;
};

static tagname
read_name(struct bound *b)
{
	tagname n = 0;
	int i;

	for (i = 0; b->p < b->end; i++, b->p++) {
		if (g_ascii_isspace(*b->p) || *b->p == '/' || *b->p == '>')
			break;
		if (i < 8)
			n = n << 8 | ascii_low(*b->p);
	}
	return n;
}

#define SLOTS	256u

static guint
slot_of(tagname n)
{
	return (guint)((n * 0x9e3779b97f4a7c15u) >> 56);
}

/* Where each row is found by its name: a row plus one, from that slot on. */
static const guchar *
slots(void)
{
	static guchar rows[SLOTS];
	static gsize made;
	size_t i;

	if (g_once_init_enter(&made)) {
		for (i = 0; i < G_N_ELEMENTS(known); i++) {
			guint at = slot_of(known[i].name);

			while (rows[at] != 0)
				at = (at + 1) % SLOTS;
			rows[at] = (guchar)(i + 1);
		}
		g_once_init_leave(&made, 1);
	}
	return rows;
}

static size_t
known_row(const struct bound *b, tagname n)
{
	guint at = slot_of(n);

	for (; b->slots[at] != 0; at = (at + 1) % SLOTS)
		if (known[b->slots[at] - 1].name == n)
			return b->slots[at] - 1u;
	return G_N_ELEMENTS(known);
}

static gboolean
is_a(const struct bound *b, tagname n, enum treat treat)
{
	size_t row = known_row(b, n);

	return row < G_N_ELEMENTS(known) && known[row].treat == treat;
}

static void
skip_quoted(struct bound *b)
{
	const char *q;

	while (b->p < b->end && g_ascii_isspace(*b->p))
		b->p++;
	if (b->p == b->end || (*b->p != '"' && *b->p != '\''))
		return;
	q = memchr(b->p + 1, *b->p, (size_t)(b->end - b->p - 1));
	if (b->text != NULL && q != NULL && b->templates == 0 && !b->quiet)
		b->text((size_t)(b->p + 1 - b->html), (size_t)(q - b->html),
		    HTML_VALUE, b->arg);
	b->p = q != NULL ? q + 1 : b->end;
}

/* Past the '>' of a tag; how many attributes it has at the most. */
static unsigned
skip_attributes(struct bound *b)
{
	unsigned n = 0;

	while (b->p < b->end && *b->p != '>') {
		if (*b->p == '=') {
			b->p++;
			skip_quoted(b);
			n++;
		} else {
			n += g_ascii_isspace(*b->p) || *b->p == '/';
			b->p++;
		}
		if (n > 4 * HTML_ATTRIBUTES)
			return n;
	}
	b->p += b->p < b->end;
	return n;
}

static void
close_tag(struct bound *b, tagname name, size_t row)
{
	unsigned at = b->depth;

	if (row < G_N_ELEMENTS(known) && known[row].treat == FORMATTING &&
	    b->formatting[row] > 0) {
		b->formatting[row]--;
		b->unclosed--;
	}
	while (at > 0 && b->open[at - 1] != name)
		at--;
	if (at == 0)
		return;
	for (; b->depth >= at; b->depth--) {
		tagname n = b->open[b->depth - 1];

		b->foreign -= b->foreign > 0 && is_a(b, n, FOREIGN);
		b->templates -= b->templates > 0 && is_a(b, n, TEMPLATE);
	}
}

/* The content of a script or style sheet that has no '<'. */
static void
tell_raw(const struct bound *b, tagname n, const char *end)
{
	if (b->text != NULL && b->templates == 0 &&
	    (n == N6('s', 'c', 'r', 'i', 'p', 't') ||
	    n == N5('s', 't', 'y', 'l', 'e')))
		b->text((size_t)(b->p - b->html), (size_t)(end - b->html),
		    HTML_RAW, b->arg);
}

/* To the end tag of an element whose content is no markup. */
static void
skip_raw(struct bound *b, tagname n, const char *name, size_t len)
{
	const char *p = b->p;
	gboolean first = TRUE;

	while ((p = memchr(p, '<', (size_t)(b->end - p))) != NULL) {
		if ((size_t)(b->end - p) > len + 2 && p[1] == '/' &&
		    g_ascii_strncasecmp(p + 2, name, len) == 0) {
			if (first)
				tell_raw(b, n, p);
			b->p = p;
			return;
		}
		first = FALSE;
		if (b->end - p > 1 && g_ascii_isalpha(p[1]))
			b->tags++;
		p++;
	}
	b->p = b->end;
}

/* FALSE where this tag goes over a limit. */
static gboolean
open_tag(struct bound *b)
{
	const char *name = b->p;
	tagname n = read_name(b);
	size_t row = known_row(b, n), len = (size_t)(b->p - name);
	enum treat treat = row < G_N_ELEMENTS(known) ? known[row].treat : PLAIN;

	/* Of formatting elements the parser compares the values. */
	b->quiet = treat == FORMATTING;
	if (skip_attributes(b) > 2 * HTML_ATTRIBUTES)
		return FALSE;
	if (treat == FORMATTING) {
		b->formatting[row]++;
		return ++b->unclosed <= HTML_FORMATTING;
	}
	if (treat == RAW && b->foreign == 0) {
		skip_raw(b, n, name, len);
		return TRUE;
	}
	if (treat == VOID_TAG && b->foreign == 0)
		return TRUE;
	if (b->foreign > 0 && b->p[-1] == '>' && b->p[-2] == '/')
		return TRUE;
	if (b->depth == HTML_DEPTH)
		return FALSE;
	b->open[b->depth++] = n;
	b->foreign += treat == FOREIGN;
	b->templates += treat == TEMPLATE;
	return TRUE;
}

static void
skip_comment(struct bound *b)
{
	const char *p;

	if (b->p < b->end && *b->p == '>') {
		b->p++;
		return;
	}
	p = memmem(b->p, (size_t)(b->end - b->p), "-->", 3);
	b->p = p != NULL ? p + 3 : b->end;
}

/* At the byte after a '<'. */
static gboolean
markup(struct bound *b)
{
	tagname n;

	if (b->end - b->p >= 3 && memcmp(b->p, "!--", 3) == 0) {
		b->p += 3;
		skip_comment(b);
		return TRUE;
	}
	if (b->end - b->p >= 2 && *b->p == '/' && g_ascii_isalpha(b->p[1])) {
		b->p++;
		n = read_name(b);
		b->quiet = TRUE;
		if (skip_attributes(b) > 2 * HTML_ATTRIBUTES)
			return FALSE;
		close_tag(b, n, known_row(b, n));
		return ++b->tags <= HTML_TAGS;
	}
	if (b->p < b->end && g_ascii_isalpha(*b->p))
		return ++b->tags <= HTML_TAGS && open_tag(b);
	/* A doctype, and what is read as a comment ("<?php"), end here. */
	if (b->p < b->end && strchr("!?/", *b->p) != NULL) {
		const char *gt = memchr(b->p, '>', (size_t)(b->end - b->p));

		b->p = gt != NULL ? gt + 1 : b->p;
	}
	return TRUE;
}

/* What is open is written before it is looked at, so it needs no zeros. */
static void
bound_begin(struct bound *b, const char *html, size_t len)
{
	b->p = b->html = html;
	b->end = html + len;
	b->slots = slots();
	b->depth = b->foreign = b->templates = b->unclosed = b->tags = 0;
	memset(b->formatting, 0, sizeof(b->formatting));
}

size_t
html_bound(const char *html, size_t len, html_text_fn *text, void *arg)
{
	struct bound all, *b = &all;	/* 5 KiB */
	const char *lt = html;
	size_t safe = len;

	bound_begin(b, html, len);
	b->text = text;
	b->arg = arg;
	while (b->p < b->end && (lt = memchr(b->p, '<',
	    (size_t)(b->end - b->p))) != NULL) {
		if (text != NULL && lt > b->p && b->foreign == 0 &&
		    b->templates == 0)
			text((size_t)(b->p - html), (size_t)(lt - html),
			    HTML_TEXT, arg);
		b->p = lt + 1;
		if (!markup(b) || b->tags > HTML_TAGS) {
			safe = (size_t)(lt - html);
			break;
		}
	}
	return safe;
}
