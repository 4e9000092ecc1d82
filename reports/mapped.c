/* Text that knows where each of its bytes came from. */

#include "reports/mapped.h"

#include <string.h>

#define STEP	16	/* bytes of one character, escapes included, at most */
#define ODD	"\xef\xbf\xbd"

struct mapped *
mapped_new(void)
{
	struct mapped *m = g_new0(struct mapped, 1);

	m->text = g_string_new(NULL);
	m->spans = g_array_new(FALSE, FALSE, sizeof(struct span));
	return m;
}

void
mapped_free(struct mapped *m)
{
	if (m == NULL)
		return;
	g_string_free(m->text, TRUE);
	g_array_unref(m->spans);
	g_free(m);
}

void
mapped_put(struct mapped *m, const char *s, size_t n, struct span span)
{
	g_string_append_len(m->text, s, (gssize)n);
	for (size_t i = 0; i < n; i++)
		g_array_append_val(m->spans, span);
}

void
mapped_same(struct mapped *m, const char *s, size_t n, uint32_t at)
{
	g_string_append_len(m->text, s, (gssize)n);
	for (uint32_t i = 0; i < n; i++) {
		struct span span = { at + i, at + i + 1 };

		g_array_append_val(m->spans, span);
	}
}

void
mapped_copy(struct mapped *m, const struct mapped *from, size_t i, size_t n)
{
	if (n == 0)
		return;
	g_string_append_len(m->text, from->text->str + i, (gssize)n);
	g_array_append_vals(m->spans,
	    &g_array_index(from->spans, struct span, i), (guint)n);
}

struct span
mapped_span(const struct mapped *m, size_t i, size_t n)
{
	const struct span *s = (const struct span *)(void *)m->spans->data;
	struct span out = { 0, 0 };

	if (n == 0 || i + n > m->spans->len)
		return out;
	out = s[i];
	for (size_t k = i + 1; k < i + n; k++) {
		out.at = MIN(out.at, s[k].at);
		out.end = MAX(out.end, s[k].end);
	}
	return out;
}

char *
folded(const char *s, size_t len)
{
	GString *out = g_string_sized_new(len);
	gboolean space = FALSE;

	for (size_t i = 0; i < len; i++) {
		/* A no-break space is white space too. */
		gboolean nbsp = i + 1 < len && (guchar)s[i] == 0xc2 &&
		    (guchar)s[i + 1] == 0xa0;

		if (nbsp || g_ascii_isspace(s[i])) {
			space = TRUE;
			i += nbsp ? 1 : 0;
			continue;
		}
		if (space && out->len > 0)
			g_string_append_c(out, ' ');
		space = FALSE;
		g_string_append_c(out, s[i] == '\0' ? '\x01' : s[i]);
	}
	return g_string_free(out, FALSE);
}

/* ---- character sets ------------------------------------------------------------ */

/* UTF-8 as it is, but for what is no UTF-8 and for NUL. */
static struct mapped *
from_utf8(const struct mapped *in, unsigned *faults)
{
	struct mapped *out = mapped_new();
	const char *s = in->text->str;
	size_t left = in->text->len, at = 0;

	while (left > 0) {
		const char *end;
		size_t n;

		g_utf8_validate(s + at, (gssize)left, &end);
		n = (size_t)(end - (s + at));
		mapped_copy(out, in, at, n);
		at += n;
		left -= n;
		if (left == 0)
			break;
		mapped_put(out, ODD, strlen(ODD), mapped_span(in, at, 1));
		++*faults;
		at++;
		left--;
	}
	return out;
}

/* One character at s: how many bytes it took, 0 where it has no meaning. */
static size_t
step(GIConv cd, char *s, size_t left, char *out, size_t room, size_t *made)
{
	for (size_t n = 1; n <= MIN(left, STEP); n++) {
		char *in = s, *to = out;
		gsize take = n, space = room;
		gsize rc = g_iconv(cd, &in, &take, &to, &space);

		*made = room - space;
		if (take < n && (rc != (gsize)-1 || *made > 0))
			return n - take;
	}
	return 0;
}

static void
step_put(struct mapped *out, const char *buf, size_t made, struct span span)
{
	if (memchr(buf, '\0', made) != NULL)
		mapped_put(out, ODD, strlen(ODD), span);
	else
		mapped_put(out, buf, made, span);
}

/* Character by character, so that each knows its bytes. */
static struct mapped *
from_set(const struct mapped *in, GIConv cd, unsigned *faults)
{
	struct mapped *out = mapped_new();
	size_t len = in->text->len;

	for (size_t at = 0, n; at < len; at += n) {
		char buf[64];
		size_t made = 0;

		n = step(cd, in->text->str + at, len - at, buf, sizeof(buf),
		    &made);
		if (n == 0) {
			g_iconv(cd, NULL, NULL, NULL, NULL);
			made = strlen(ODD);
			memcpy(buf, ODD, made);
			++*faults;
			n = 1;
		}
		step_put(out, buf, made, mapped_span(in, at, n));
	}
	return out;
}

struct mapped *
mapped_convert(const struct mapped *in, const char *charset, unsigned *faults)
{
	struct mapped *out;
	GIConv cd;

	if (g_ascii_strcasecmp(charset, "utf-8") == 0 ||
	    g_ascii_strcasecmp(charset, "utf8") == 0 ||
	    g_ascii_strcasecmp(charset, "us-ascii") == 0)
		return from_utf8(in, faults);
	if (*charset == '\0' || strpbrk(charset, "/ ,") != NULL)
		return NULL;
	cd = g_iconv_open("UTF-8", charset);
	if (cd == (GIConv)-1)
		return NULL;
	out = from_set(in, cd, faults);
	g_iconv_close(cd);
	return out;
}

struct mapped_line
mapped_line(const struct mapped *m, size_t at)
{
	const char *s = m->text->str + at;
	size_t left = m->text->len - at;
	const char *lf = memchr(s, '\n', left);
	struct mapped_line l = { at, left, left };

	if (lf != NULL) {
		l.len = (size_t)(lf - s);
		l.full = l.len + 1;
	}
	while (l.len > 0 && g_ascii_isspace(s[l.len - 1]))
		l.len--;
	return l;
}
