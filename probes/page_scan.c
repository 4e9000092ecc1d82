#include "probes/page_scan.h"

#include <string.h>

#define BUCKETS	8192u

#define HEAD	8u		/* literal bytes of a shape looked at at once */

struct shape_head {
	guint64		 bytes, mask;
};

struct shape_index {
	const char	*(*shape)(size_t i);
	struct shape_head *heads;
	guint8		 pairs[65536 / 8];
	guint16		 buckets[BUCKETS];	/* shape plus one */
	guint16		*next;			/* the same, in order */
};

/* ---- one shape */

struct match {
	const char	*p, *end;
	const char	*value, *value_end;
};

static gboolean
of_class(char class, char c)
{
	switch (class) {
	case 'd':
		return g_ascii_isdigit(c);
	case 'x':
		return g_ascii_isxdigit(c);
	case 'U':
		return g_ascii_isdigit(c) || g_ascii_isupper(c);
	case 'a':
		return g_ascii_isalnum(c);
	case 'w':
		return g_ascii_isalnum(c) || c == '_' || c == '-';
	case 'h':
		return g_ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
	case 'p':
		return g_ascii_isalnum(c) || (c != '\0' &&
		    strchr("_-.~%@+/", c) != NULL);
	default:
		return (guchar)c > ' ' && strchr("\"'<>&`()[]{}\\", c) == NULL;
	}
}

/* "{m,n}" at s; returns what follows it. */
static const char *
bounds(const char *s, size_t *least, size_t *most)
{
	char *end;

	*least = (size_t)g_ascii_strtoull(s + 1, &end, 10);
	*most = (size_t)g_ascii_strtoull(end + 1, &end, 10);
	return end + 1;
}

static gboolean
run(struct match *m, char class, size_t least, size_t most)
{
	size_t n = 0;

	while (m->p < m->end && n < most && of_class(class, *m->p))
		m->p++, n++;
	return n >= least && (least == most || n < most ||
	    m->p >= m->end || !of_class(class, *m->p));
}

static gboolean
quote(struct match *m)
{
	static const char *const marks[] = { "\"", "'", "`", "\\\"", "\\'",
		"&quot;", "&#34;", "&#39;", "&#039;", "&apos;" };
	size_t i, n;

	for (i = 0; i < G_N_ELEMENTS(marks); i++) {
		n = strlen(marks[i]);
		if ((size_t)(m->end - m->p) >= n &&
		    memcmp(m->p, marks[i], n) == 0) {
			m->p += n;
			return TRUE;
		}
	}
	return FALSE;
}

static gboolean rest(const char *shape, struct match *m);

static gboolean
gap(const char *shape, struct match *m, size_t most)
{
	struct match try;
	size_t i;

	for (i = 0; i <= most && m->p + i <= m->end; i++) {
		try = *m;
		try.p += i;
		if (rest(shape, &try)) {
			*m = try;
			return TRUE;
		}
	}
	return FALSE;
}

/* What follows a '%'; *shape is moved on, NULL where a gap took all the rest. */
static gboolean
special(const char **shape, struct match *m)
{
	char class = *(*shape)++;
	size_t least, most;

	switch (class) {
	case 'q':
		return quote(m);
	case '_':
		while (m->p < m->end && g_ascii_isspace(*m->p))
			m->p++;
		return TRUE;
	case 'b':
		return m->p >= m->end || !of_class('w', *m->p);
	case '*':
		*shape = bounds(*shape, &least, &most);
		if (!gap(*shape, m, most))
			return FALSE;
		*shape = NULL;
		return TRUE;
	default:
		*shape = bounds(*shape, &least, &most);
		return run(m, class, least, most);
	}
}

static gboolean
rest(const char *shape, struct match *m)
{
	while (*shape != '\0') {
		char c = *shape++;

		if (c == '<') {
			m->value = m->p;
		} else if (c == '>') {
			m->value_end = m->p;
		} else if (c == '%') {
			if (!special(&shape, m))
				return FALSE;
			if (shape == NULL)
				return TRUE;
		} else if (m->p >= m->end || *m->p++ != c) {
			return FALSE;
		}
	}
	return TRUE;
}

gboolean
shape_match(const char *shape, const char *p, const char *end,
    struct shape_hit *hit)
{
	struct match m = { .p = p, .end = MIN(end, p + SHAPE_MOST) };

	if (!rest(shape, &m))
		return FALSE;
	hit->at = p;
	hit->value = m.value != NULL ? m.value : p;
	hit->len = (size_t)((m.value_end != NULL ? m.value_end : m.p) -
	    hit->value);
	hit->end = m.p;
	return TRUE;
}

/* ---- all of them */

static unsigned
bucket_of(const char *p)
{
	const guchar *u = (const guchar *)p;

	return (u[0] * 2503u + u[1] * 59u + u[2]) % BUCKETS;
}

static unsigned
pair_of(const char *p)
{
	return (unsigned)(guchar)p[0] | (unsigned)(guchar)p[1] << 8;
}

/* The literal bytes that a shape begins with, as many as are looked at. */
static struct shape_head
head_of(const char *shape, char out[HEAD])
{
	struct shape_head h;
	char mask[HEAD] = { 0 };
	size_t n = 0;

	memset(out, 0, HEAD);
	for (; n < HEAD && *shape != '\0' && *shape != '%'; shape++)
		if (*shape != '<' && *shape != '>') {
			out[n] = *shape;
			mask[n++] = (char)0xff;
		}
	g_assert(n >= SHAPE_ANCHOR);
	memcpy(&h.bytes, out, HEAD);
	memcpy(&h.mask, mask, HEAD);
	return h;
}

struct shape_index *
shape_index_new(const char *(*shape)(size_t), size_t count)
{
	struct shape_index *x = g_new0(struct shape_index, 1);
	char a[HEAD];
	unsigned pair, bucket;
	size_t i;

	x->shape = shape;
	x->next = g_new0(guint16, count + 1);
	x->heads = g_new(struct shape_head, count);
	for (i = count; i-- > 0;) {
		x->heads[i] = head_of(shape(i), a);
		pair = pair_of(a);
		bucket = bucket_of(a);
		x->pairs[pair / 8] |= (guint8)(1u << pair % 8);
		x->next[i + 1] = x->buckets[bucket];
		x->buckets[bucket] = (guint16)(i + 1);
	}
	return x;
}

void
shape_index_free(struct shape_index *x)
{
	if (x == NULL)
		return;
	g_free(x->next);
	g_free(x->heads);
	g_free(x);
}

/* LETTER: and digits, which begin no shape within a word. */
enum { LETTER = 1, OF_WORD = 2 };
#define LETTERS(a, z)	[a ... z] = LETTER | OF_WORD
static const guchar bytes_are[256] = {
	LETTERS('0', '9'), LETTERS('A', 'Z'), LETTERS('a', 'z'),
	['_'] = OF_WORD,
};

static void
try_here(const struct shape_index *x, const char *p, const char *end,
    shape_fn *fn, void *arg)
{
	guint16 i = x->buckets[bucket_of(p)];
	struct shape_hit hit;
	guint64 here = 0;

	memcpy(&here, p, MIN((size_t)(end - p), HEAD));
	for (; i != 0; i = x->next[i]) {
		const struct shape_head *h = &x->heads[i - 1];

		if ((here & h->mask) == h->bytes &&
		    shape_match(x->shape((size_t)i - 1), p, end, &hit))
			fn((size_t)i - 1, &hit, arg);
	}
}

void
shape_scan(const struct shape_index *x, const char *bytes, size_t len,
    shape_fn *fn, void *arg)
{
	const char *p = bytes, *end = bytes + len;
	unsigned pair, c, begins, within = 0;

	for (; end - p >= SHAPE_ANCHOR; p++) {
		pair = pair_of(p);
		c = bytes_are[(guchar)*p];
		/* One test, because it is rarely passed. */
		begins = (unsigned)x->pairs[pair / 8] >> pair % 8 & 1u;
		if ((begins & ~(within & c)) != 0 &&
		    x->buckets[bucket_of(p)] != 0)
			try_here(x, p, end, fn, arg);
		within = c / OF_WORD;
	}
}
