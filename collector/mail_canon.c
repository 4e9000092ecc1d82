/* The two canonical forms of header and body (RFC 6376, 3.4). */

#include <string.h>

#include "collector/mail_sign.h"

/* ---- body ---------------------------------------------------------------------------- */

struct sieve {
	canon_fn	*fn;
	void		*arg;
	int64_t		 left;		/* that may go out, -1 all */
	int64_t		 whole;
};

static void
out(struct sieve *b, const char *s, size_t n)
{
	b->whole += (int64_t)n;
	if (b->left >= 0) {
		n = (size_t)MIN((int64_t)n, b->left);
		b->left -= (int64_t)n;
	}
	if (n > 0)
		b->fn(b->arg, s, n);
}

static gboolean
blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Runs of blanks are one, those at the end of the line none. */
static void
out_relaxed(struct sieve *b, const char *s, size_t len)
{
	size_t i = 0, n;

	while (len > 0 && blank(s[len - 1]))
		len--;
	while (i < len) {
		if (blank(s[i])) {
			out(b, " ", 1);
			while (i < len && blank(s[i]))
				i++;
			continue;
		}
		for (n = i; n < len && !blank(s[n]); n++)
			;
		out(b, s + i, n - i);
		i = n;
	}
}

static gboolean
empty(const char *s, size_t len, enum canon canon)
{
	if (canon == CANON_RELAXED)
		while (len > 0 && blank(s[len - 1]))
			len--;
	return len == 0;
}

/* Empty lines count once something follows; those at the end do not. */
int64_t
canon_body(const struct eml *m, size_t at, enum canon canon, int64_t limit,
    canon_fn *fn, void *arg)
{
	struct sieve b = { fn, arg, limit, 0 };
	size_t empties = 0;

	while (at < m->len) {
		const char *s = m->s + at;
		const char *lf = memchr(s, '\n', m->len - at);
		size_t len = lf != NULL ? (size_t)(lf - s) : m->len - at;

		at += len + (lf != NULL);
		if (lf != NULL && len > 0 && s[len - 1] == '\r')
			len--;
		if (empty(s, len, canon)) {
			empties++;
			continue;
		}
		for (; empties > 0; empties--)
			out(&b, "\r\n", 2);
		if (canon == CANON_RELAXED)
			out_relaxed(&b, s, len);
		else
			out(&b, s, len);
		out(&b, "\r\n", 2);
	}
	if (b.whole == 0 && canon == CANON_SIMPLE)
		out(&b, "\r\n", 2);
	return b.whole;
}

/* ---- a field --------------------------------------------------------------------------- */

/* Every line end as CRLF, the last one off. */
static GString *
field_bytes(const struct eml *m, const struct field *f)
{
	GString *s = g_string_new(NULL);
	size_t end = f->value + f->value_len;

	for (size_t i = f->name; i < end; i++) {
		if (m->s[i] == '\n' && (i == f->name || m->s[i - 1] != '\r'))
			g_string_append_c(s, '\r');
		g_string_append_c(s, m->s[i]);
	}
	return s;
}

/* The value of b= taken out of its list, all else as it is. */
static void
empty_b(GString *s, size_t from)
{
	for (size_t i = from; i < s->len;) {
		const char *p = s->str + i, *semi = memchr(p, ';', s->len - i);
		size_t n = semi != NULL ? (size_t)(semi - p) : s->len - i;
		const char *eq = memchr(p, '=', n);
		g_autofree char *name = eq != NULL ? g_strstrip(g_strndup(p,
		    (size_t)(eq - p))) : NULL;

		if (name != NULL && strcmp(name, "b") == 0) {
			size_t at = i + (size_t)(eq - p) + 1;

			g_string_erase(s, (gssize)at, (gssize)(i + n - at));
			return;
		}
		i += n + 1;
	}
}

static void
relaxed_value(const char *s, GString *out_)
{
	gboolean space = FALSE, any = FALSE;

	for (; *s != '\0'; s++) {
		if (blank(*s) || *s == '\r' || *s == '\n') {
			space = TRUE;
			continue;
		}
		if (space && any)
			g_string_append_c(out_, ' ');
		g_string_append_c(out_, *s);
		space = FALSE;
		any = TRUE;
	}
}

void
canon_field(const struct eml *m, const struct field *f, enum canon canon,
    gboolean unsigned_, GString *out_)
{
	g_autoptr(GString) s = field_bytes(m, f);
	g_autofree char *name = g_ascii_strdown(m->s + f->name,
	    (gssize)f->name_len);
	size_t value = f->value - f->name;

	if (unsigned_)
		empty_b(s, value);
	if (canon == CANON_SIMPLE) {
		g_string_append_len(out_, s->str, (gssize)s->len);
		return;
	}
	g_string_append(out_, name);
	g_string_append_c(out_, ':');
	relaxed_value(s->str + value, out_);
}
