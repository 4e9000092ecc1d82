#include "probes/html_short.h"

#include <string.h>

#include "probes/html_bound.h"

/*
 * Whether gumbo gives these bytes back as they are, one character a letter.
 * Of what is not ASCII, C1 controls, U+F000 and above are left alone: some of
 * it is replaced.
 */
static gboolean
is_plain(const char *s, size_t n)
{
	guchar all = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		guchar c = (guchar)s[i];

		if (c < 0x20 ? c != '\n' && c != '\t' : c == '&' || c == 0x7f ||
		    c >= 0xef)
			return FALSE;
		all |= c;
	}
	if (all < 0x80)
		return TRUE;
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
cut(struct html_short *p, const char *html, size_t len, size_t from, size_t to)
{
	struct html_cut c = { .sum = to - from };

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

/* Text, as html_bound() sees it: the first letter stays, with what is before. */
static void
take_text(size_t from, size_t to, void *arg)
{
	const struct source *s = arg;

	while (from < to && g_ascii_isspace(s->html[from]))
		from++;
	if (to - from <= SHORT_LEAST || (guchar)s->html[from] >= 0x80 ||
	    !is_plain(s->html + from, to - from))
		return;
	cut(s->page, s->html, s->len, from + 1, to);
}

void
html_short_make(struct html_short *p, const char *html, size_t len,
    gboolean whole)
{
	struct source s = { p, html, len };

	memset(p, 0, sizeof(*p));
	p->cuts = g_array_new(FALSE, FALSE, sizeof(struct html_cut));
	p->read = html_bound(html, len, whole ? NULL : take_text, &s);
	p->html = html;
	if (p->own == NULL) {
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

guint
html_short_cuts(const struct html_short *p, size_t at)
{
	guint lo = 0, hi = p->cuts->len;

	while (lo < hi) {
		guint mid = lo + (hi - lo) / 2;

		if (g_array_index(p->cuts, struct html_cut, mid).at <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t
html_short_pos(const struct html_short *p, size_t at)
{
	guint n = html_short_cuts(p, at);

	return n == 0 ? at :
	    at + g_array_index(p->cuts, struct html_cut, n - 1).sum;
}
