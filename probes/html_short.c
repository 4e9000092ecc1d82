#include "probes/html_short.h"

#include <string.h>

#include "probes/html_bound.h"

/* What keeps a byte from being left out: for sure; unless it is UTF-8; where
 * references are undone. */
enum { ODD = 1, WIDE = 2, REFERS = 4 };
static const guchar odd[256] = {
	[0x00 ... 0x08] = ODD, [0x0b ... 0x1f] = ODD, [0x7f] = ODD,
	[0x80 ... 0xee] = WIDE, [0xef ... 0xff] = ODD, ['&'] = REFERS,
};

/*
 * Whether gumbo gives these bytes back as they are, one character a letter.
 * Of what is not ASCII, C1 controls, U+F000 and above are left alone: some of
 * it is replaced.
 */
static gboolean
is_plain(const char *s, size_t n, gboolean raw)
{
	guchar all = 0, bad = raw ? ODD : ODD | REFERS;
	size_t i;

	for (i = 0; i < n && (all & bad) == 0; i++)
		all |= odd[(guchar)s[i]];
	if ((all & bad) != 0 || (all & WIDE) == 0)
		return (all & bad) == 0;
	for (i = 0; i + 1 < n; i++)
		if ((guchar)s[i] == 0xc2 && (guchar)s[i + 1] < 0xa0)
			return FALSE;
	return g_utf8_validate_len(s, n, NULL);
}

static void
copy(struct html_short *p, const char *html, size_t to)
{
	memcpy(p->own + p->len, html + p->taken, to - p->taken);
	p->len += to - p->taken;
	p->taken = to;
}

static void
cut(struct html_short *p, const char *html, size_t len, size_t from, size_t to,
    gboolean raw)
{
	struct html_cut c = { .sum = to - from, .raw = raw };

	if (p->own == NULL)
		p->own = g_malloc(len);
	copy(p, html, from);
	p->taken = to;
	c.at = p->len;
	if (p->cuts->len > 0)
		c.sum += g_array_index(p->cuts, struct html_cut,
		    p->cuts->len - 1).sum;
	g_array_append_val(p->cuts, c);
}

struct source {
	struct html_short	*page;
	const char		*html;
	size_t			 len;
};

/* The two values for which the parser looks and which are as long as those that
 * are shortened: of annotation-xml, in MathML. */
static gboolean
is_for_parser(const char *s, size_t n)
{
	return (n == 9 && g_ascii_strncasecmp(s, "text/html", n) == 0) ||
	    (n == 21 && g_ascii_strncasecmp(s, "application/xhtml+xml", n) == 0);
}

/* The first letter stays, with the white space before it, if it is of text. */
static void
take(size_t from, size_t to, enum html_stretch what, void *arg)
{
	const struct source *s = arg;
	gboolean value = what == HTML_VALUE, raw = what == HTML_RAW;

	while (!value && from < to && g_ascii_isspace(s->html[from]))
		from++;
	if (to - from <= (value ? SHORT_VALUE : SHORT_TEXT) ||
	    (guchar)s->html[from] >= 0x80 ||
	    (value && is_for_parser(s->html + from, to - from)) ||
	    !is_plain(s->html + from, to - from, raw))
		return;
	cut(s->page, s->html, s->len, from + 1, to, raw);
}

void
html_short_make(struct html_short *p, const char *html, size_t len,
    gboolean whole)
{
	struct source s = { p, html, len };

	memset(p, 0, sizeof(*p));
	p->cuts = g_array_sized_new(FALSE, FALSE, sizeof(struct html_cut), 64);
	p->read = html_bound(html, len, whole ? NULL : take, &s);
	p->html = html;
	/* A value may have been cut of the tag before which the page ends. */
	if (p->own == NULL || p->taken > p->read) {
		g_array_set_size(p->cuts, 0);
		p->len = p->read;
		return;
	}
	copy(p, html, p->read);
	p->html = p->own;
}

void
html_short_clear(struct html_short *p)
{
	g_clear_pointer(&p->cuts, g_array_unref);
	g_clear_pointer(&p->own, g_free);
}

static size_t
cut_at(const struct html_short *p, guint i)
{
	return g_array_index(p->cuts, struct html_cut, i).at;
}

static guint
search(const struct html_short *p, size_t at)
{
	guint lo = 0, hi = p->cuts->len;

	while (lo < hi) {
		guint mid = lo + (hi - lo) / 2;

		if (cut_at(p, mid) <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* A tree is walked from place to place: the next is near the last. */
guint
html_short_cuts(struct html_short *p, size_t at)
{
	guint i = p->last, end = MIN(i + 4, p->cuts->len);

	if (i > 0 && cut_at(p, i - 1) > at && --i > 0 && cut_at(p, i - 1) > at)
		i = search(p, at);
	while (i < end && cut_at(p, i) <= at)
		i++;
	if (i < p->cuts->len && cut_at(p, i) <= at)
		i = search(p, at);
	p->last = i;
	return i;
}

size_t
html_short_pos(struct html_short *p, size_t at)
{
	guint n = html_short_cuts(p, at);

	return n == 0 ? at :
	    at + g_array_index(p->cuts, struct html_cut, n - 1).sum;
}

void
html_short_saw(const struct html_short *p, guint i, guint n, gboolean raw)
{
	for (; i < n; i++) {
		struct html_cut *c = &g_array_index(p->cuts, struct html_cut, i);

		c->seen = raw || !c->raw;
	}
}

gboolean
html_short_seen_all(const struct html_short *p)
{
	for (guint i = 0; i < p->cuts->len; i++)
		if (!g_array_index(p->cuts, struct html_cut, i).seen)
			return FALSE;
	return TRUE;
}
