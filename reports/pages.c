#include "reports/pages.h"

#include <string.h>

#define NUMBERED_LEAST	8	/* lines, before margin numbers are believed */
#define MARGIN_MOST	40	/* lines of a page */

/* The number at the margin, 0 none; what stands before the text behind it. */
static unsigned
margin(const struct mapped *m, const struct mapped_line *l, size_t *skip)
{
	const char *s = m->text->str + l->at;
	size_t i = 0;
	unsigned n = 0;

	while (i < l->len && (s[i] == ' ' || s[i] == '\t' || s[i] == '\f'))
		i++;
	for (unsigned d = 0; i < l->len && d < 2 && g_ascii_isdigit(s[i]);
	    i++, d++)
		n = n * 10 + (unsigned)(s[i] - '0');
	if (n == 0 || n > MARGIN_MOST || (i < l->len && s[i] != ' ' &&
	    s[i] != '\t'))
		return 0;
	while (i < l->len && (s[i] == ' ' || s[i] == '\t'))
		i++;
	*skip = i;
	return n;
}

/* Numbers that go up by one, or begin again at one, at most lines that are not
 * empty. */
static gboolean
is_numbered(const struct mapped *m)
{
	guint lines = 0, numbered = 0;
	unsigned last = 0;

	for (size_t at = 0, skip; at < m->text->len;) {
		struct mapped_line l = mapped_line(m, at);
		unsigned n = margin(m, &l, &skip);

		at += l.full;
		lines += l.len > 0 ? 1u : 0u;
		if (n > 0 && (n == 1 || n == last + 1)) {
			numbered++;
			last = n;
		}
	}
	return numbered >= NUMBERED_LEAST && numbered * 10 >= lines * 7;
}

/* ---- what stands at the edge of a page ------------------------------------------------ */

/* "- 3 -", "3", "Page 3 of 14" */
static gboolean
is_page_number(const char *s, size_t len)
{
	g_autofree char *low = g_ascii_strdown(s, (gssize)len);

	g_strstrip(low);
	return g_regex_match_simple("^(?:-+\\s*\\d{1,4}\\s*-+|\\d{1,4}|"
	    "page\\s+\\d{1,4}(?:\\s+of\\s+\\d{1,4})?)$", low, 0, 0);
}

/* "Case 1:19-cv-00139-ACK-KJM Document 21-1 Filed 06/25/19 Page 2 of 9" */
static gboolean
is_clerks(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && g_ascii_isspace(s[i]))
		i++;
	return len - i > 20 && g_ascii_strncasecmp(s + i, "case ", 5) == 0 &&
	    g_strstr_len(s + i, (gssize)(len - i), "Document ") != NULL &&
	    g_strstr_len(s + i, (gssize)(len - i), "Filed ") != NULL;
}

/* The end of the edge that begins at the line, or its beginning where none does:
 * empty lines and page numbers with a form feed or the clerk's line among them. */
static size_t
edge_end(const struct mapped *m, size_t at, gboolean *sure)
{
	size_t end = at;

	*sure = FALSE;
	for (unsigned n = 0; at < m->text->len && n < 12; n++) {
		struct mapped_line l = mapped_line(m, at);
		const char *s = m->text->str + at;
		gboolean feed = memchr(s, '\f', l.full) != NULL;

		if (is_clerks(s, l.len))
			*sure = TRUE;
		else if (l.len > 0 && !is_page_number(s, l.len) && !feed)
			break;
		else if (feed && l.len > 0 && !is_page_number(s, l.len)) {
			*sure = TRUE;	/* text behind the feed, in its line */
			break;
		}
		*sure = *sure || feed;
		at += l.full;
		end = at;
	}
	return *sure ? end : at;
}

/* A paragraph that has not come to its end goes on behind the edge. */
static gboolean
goes_on(const struct mapped *out)
{
	size_t n = out->text->len;
	char c;

	while (n > 0 && g_ascii_isspace(out->text->str[n - 1]))
		n--;
	if (n == 0)
		return FALSE;
	c = out->text->str[n - 1];
	return g_ascii_isalnum(c) || c == ',' || c == '-' || c == ';' ||
	    (c & 0x80) != 0;
}

static void
put_break(struct mapped *out, const struct mapped *m, size_t at)
{
	mapped_put(out, "\n", 1, mapped_span(m, at, 1));
}

struct mapped *
pages_joined(const struct mapped *m)
{
	gboolean numbered = is_numbered(m), sure, any = numbered;
	struct mapped *out = mapped_new();

	for (size_t at = 0; at < m->text->len;) {
		size_t skip = 0, end = edge_end(m, at, &sure);
		struct mapped_line l;

		if (sure && end > at) {
			any = TRUE;
			if (!goes_on(out))
				put_break(out, m, at);
			at = end;
			continue;
		}
		l = mapped_line(m, at);
		if (numbered)
			margin(m, &l, &skip);
		while (skip < l.len && m->text->str[at + skip] == '\f')
			skip++;
		mapped_copy(out, m, at + skip, MAX(l.len, skip) - skip);
		put_break(out, m, at + l.full - 1);
		at += l.full;
	}
	if (!any) {
		mapped_free(out);
		return NULL;
	}
	return out;
}
