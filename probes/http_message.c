#include <string.h>

#include "probes/http_coding.h"
#include "probes/http_message.h"

#include "probes/ascii.h"
#include "probes/limits.h"

#define CODINGS	4	/* content codings laid one over another */

struct cursor {
	const char	*p, *end;
};

/* The next line without its line end; FALSE where no line end is left. */
static gboolean
next_line(struct cursor *c, struct cursor *line)
{
	const char *lf = c->p < c->end ?
	    memchr(c->p, '\n', (gsize)(c->end - c->p)) : NULL;

	if (lf == NULL)
		return FALSE;
	line->p = c->p;
	line->end = lf > c->p && lf[-1] == '\r' ? lf - 1 : lf;
	c->p = lf + 1;
	return TRUE;
}

static void
trim(struct cursor *s)
{
	while (s->p < s->end && (*s->p == ' ' || *s->p == '\t'))
		s->p++;
	while (s->end > s->p && (s->end[-1] == ' ' || s->end[-1] == '\t'))
		s->end--;
}

static gsize
left(const struct cursor *c)
{
	return (gsize)(c->end - c->p);
}

static void
field_clear(void *p)
{
	struct http_field *f = p;

	g_free(f->name);
	g_free(f->value);
}

static void
message_init(struct http_message *m)
{
	memset(m, 0, sizeof *m);
	m->fields = g_array_new(FALSE, FALSE, sizeof(struct http_field));
	g_array_set_clear_func(m->fields, field_clear);
	m->pieces = g_array_new(FALSE, FALSE, sizeof(struct http_piece));
}

void
http_message_clear(struct http_message *m)
{
	g_clear_pointer(&m->fields, g_array_unref);
	g_clear_pointer(&m->pieces, g_array_unref);
	g_clear_pointer(&m->body, g_bytes_unref);
}

/* ---- the head */

/* "HTTP/1.1 200 OK"; also "HTTP/2 200". */
static int
status_line(const struct cursor *line, struct http_message *m)
{
	struct cursor c = *line;
	int status = 0, digits = 0;

	if (left(&c) < 5 || memcmp(c.p, "HTTP/", 5) != 0)
		return -1;
	m->minor = left(&c) > 7 && c.p[5] == '1' && c.p[6] == '.' &&
	    g_ascii_isdigit(c.p[7]) ? c.p[7] - '0' : 0;
	while (c.p < c.end && *c.p != ' ')
		c.p++;
	while (c.p < c.end && *c.p == ' ')
		c.p++;
	for (; c.p < c.end && g_ascii_isdigit(*c.p) && digits < 3; digits++)
		status = status * 10 + (*c.p++ - '0');
	if (digits != 3 || status < 100 || (c.p < c.end && *c.p != ' '))
		return -1;
	m->status = status;
	return 0;
}

static void
fold(struct http_message *m, struct cursor line)
{
	struct http_field *f;
	char *joined;

	if (m->fields->len == 0)
		return;
	f = &g_array_index(m->fields, struct http_field, m->fields->len - 1);
	trim(&line);
	if (f->len + left(&line) > (gsize)limit_info(LIMIT_HTTP_HEAD)->value)
		return;
	joined = g_malloc(f->len + 1 + left(&line) + 1);
	memcpy(joined, f->value, f->len);
	joined[f->len] = ' ';
	memcpy(joined + f->len + 1, line.p, left(&line));
	f->len += 1 + left(&line);
	joined[f->len] = '\0';
	g_free(f->value);
	f->value = joined;
}

static void
add_field(struct http_message *m, const struct cursor *line, const char *base)
{
	const char *colon = memchr(line->p, ':', left(line));
	struct http_field *f;
	struct cursor name, value;

	if (colon == NULL || colon == line->p) {
		m->odd++;
		return;
	}
	if (m->fields->len >= HTTP_FIELDS)
		return;
	name = (struct cursor){ line->p, colon };
	value = (struct cursor){ colon + 1, line->end };
	trim(&name);
	trim(&value);
	g_array_set_size(m->fields, m->fields->len + 1);
	f = &g_array_index(m->fields, struct http_field, m->fields->len - 1);
	f->name = g_strndup(name.p, left(&name));
	f->value = g_malloc(left(&value) + 1);
	f->len = left(&value);
	memcpy(f->value, value.p, f->len);
	f->value[f->len] = '\0';
	f->offset = (gsize)(line->p - base);
}

/* TRUE where the blank line came that ends a head. */
static gboolean
header_lines(struct http_message *m, struct cursor *c, const char *base)
{
	struct cursor line;
	guint folds = 0;

	while (next_line(c, &line)) {
		if (line.p == line.end)
			return TRUE;
		if (*line.p != ' ' && *line.p != '\t')
			add_field(m, &line, base);
		else if (folds++ < HTTP_FIELDS)
			fold(m, line);
	}
	c->p = c->end;
	return FALSE;
}

/* 0 with the cursor at the body, -1 where it is no response. */
static int
head(struct http_message *m, struct cursor *c, const char *base)
{
	struct cursor line;

	for (;;) {
		m->head = (gsize)(c->p - base);
		if (!next_line(c, &line) || status_line(&line, m) != 0)
			return -1;
		m->ended = header_lines(m, c, base);
		if (!m->ended)
			m->truncated = TRUE;
		if (m->status >= 200 || m->status == 101 || m->truncated ||
		    c->p == c->end || m->interim == HTTP_INTERIM)
			return 0;
		m->interim++;
		g_array_set_size(m->fields, 0);
	}
}

/* ---- the body */

static void
piece(struct http_message *m, gsize body, gsize block)
{
	struct http_piece p = { body, block };

	g_array_append_val(m->pieces, p);
}

/* The size that a chunk begins with; -1 where it is none, or over 2^40. */
static gint64
chunk_size(struct cursor line)
{
	gint64 n = 0;
	int digits = 0;

	trim(&line);
	for (; line.p < line.end && g_ascii_isxdigit(*line.p); line.p++) {
		n = n * 16 + g_ascii_xdigit_value(*line.p);
		digits++;
		if (n > INT64_C(1) << 40)
			return -1;
	}
	if (digits == 0)
		return -1;
	trim(&line);
	return line.p == line.end || *line.p == ';' ? n : -1;
}

/* One chunk: 1 there is more, 0 it was the last, -1 broken or cut. */
static int
chunk(struct http_message *m, struct cursor *c, GByteArray *body,
    const char *base)
{
	struct cursor line;
	gint64 n;
	gsize there;

	if (!next_line(c, &line) || (n = chunk_size(line)) < 0)
		return -1;
	if (n == 0)
		return 0;
	there = MIN((gsize)n, left(c));
	if (there > 0)
		piece(m, body->len, (gsize)(c->p - base));
	g_byte_array_append(body, (const guint8 *)c->p, (guint)there);
	c->p += there;
	if (there < (gsize)n || !next_line(c, &line) || line.p != line.end)
		return -1;
	return 1;
}

static void
chunks(struct http_message *m, struct cursor *c, const char *base)
{
	GByteArray *body = g_byte_array_new();
	int n = 0, more;

	while ((more = chunk(m, c, body, base)) > 0)
		if (++n == HTTP_CHUNKS)
			break;
	if (more != 0)
		m->truncated = TRUE;
	m->body = g_byte_array_free_to_bytes(body);
}

/* The length that is announced; FALSE where none is.  One that is no number, or
 * beyond numbers, is more than whatever came. */
static gboolean
announced(struct http_message *m, guint64 *want)
{
	const char *first = NULL;

	for (guint i = 0; i < m->fields->len; i++) {
		const struct http_field *f =
		    &g_array_index(m->fields, struct http_field, i);

		if (!ascii_is(f->name, "Content-Length"))
			continue;
		if (first == NULL)
			first = f->value;
		else if (strcmp(first, f->value) != 0)
			m->unsure = TRUE;
	}
	if (first != NULL && !g_ascii_string_to_unsigned(first, 10, 0,
	    G_MAXINT64, want, NULL))
		*want = G_MAXUINT64;
	return first != NULL;
}

static void
sized(struct http_message *m, struct cursor *c, const char *base)
{
	guint64 want;

	if (!announced(m, &want))
		want = left(c);
	if (want > left(c)) {
		m->truncated = TRUE;
		want = left(c);
	}
	piece(m, 0, (gsize)(c->p - base));
	m->body = g_bytes_new(c->p, (gsize)want);
}

/* Whether the last transfer coding is chunked (RFC 9112 section 6.1). */
static gboolean
is_chunked(const struct http_message *m)
{
	const char *s = http_header(m, "Transfer-Encoding");
	const char *last = s != NULL ? strrchr(s, ',') : NULL;
	g_autofree char *word = g_strdup(last != NULL ? last + 1 : s);

	return word != NULL &&
	    g_ascii_strcasecmp(g_strstrip(word), "chunked") == 0;
}

int
http_message_parse(const void *bytes, gsize len, struct http_message *m)
{
	const char *base = len > 0 ? bytes : "";
	struct cursor c = { base, base + len };

	message_init(m);
	if (len > G_MAXINT32 || head(m, &c, base) != 0) {
		http_message_clear(m);
		return -1;
	}
	m->start = (gsize)(c.p - base);
	m->ended = m->ended && m->status >= 200;
	m->chunked = is_chunked(m);
	if (m->status < 200 || m->status == 204 || m->status == 304)
		m->body = g_bytes_new(NULL, 0);
	else if (m->chunked)
		chunks(m, &c, base);
	else
		sized(m, &c, base);
	return 0;
}

const char *
http_header(const struct http_message *m, const char *name)
{
	for (guint i = 0; i < m->fields->len; i++) {
		const struct http_field *f =
		    &g_array_index(m->fields, struct http_field, i);

		if (ascii_is(f->name, name))
			return f->value;
	}
	return NULL;
}

gssize
http_message_offset(const struct http_message *m, gsize pos)
{
	const char *coding = http_header(m, "Content-Encoding");
	const struct http_piece *p;
	guint lo = 0, hi = m->pieces->len;

	if (coding != NULL && *coding != '\0' &&
	    !ascii_is(coding, "identity"))
		return -1;
	if (hi == 0 || pos > g_bytes_get_size(m->body))
		return -1;
	while (hi - lo > 1) {
		guint mid = lo + (hi - lo) / 2;

		p = &g_array_index(m->pieces, struct http_piece, mid);
		if (p->body <= pos)
			lo = mid;
		else
			hi = mid;
	}
	p = &g_array_index(m->pieces, struct http_piece, lo);
	return (gssize)(p->block + (pos - p->body));
}

/* ---- content codings */

static GBytes *
limited(GBytes *in, gsize max, gboolean *cut)
{
	GBytes *part;

	if (g_bytes_get_size(in) <= max)
		return in;
	*cut = TRUE;
	part = g_bytes_new_from_bytes(in, 0, max);
	g_bytes_unref(in);
	return part;
}

GBytes *
http_message_content(const struct http_message *m, gsize max, gboolean *cut)
{
	const char *all = http_header(m, "Content-Encoding");
	g_auto(GStrv) list = g_strsplit(all != NULL ? all : "", ",", CODINGS + 1);
	guint n = g_strv_length(list);
	GBytes *b = g_bytes_ref(m->body);
	gboolean ignored = FALSE;

	cut = cut != NULL ? cut : &ignored;
	*cut = m->truncated;
	max = MIN(max, (gsize)G_MAXINT32);
	if (n > CODINGS)
		g_clear_pointer(&b, g_bytes_unref);
	while (b != NULL && n-- > 0) {
		GBytes *next = http_coding_undo(b, g_strstrip(list[n]), max,
		    cut);

		g_bytes_unref(b);
		b = next;
	}
	return b != NULL ? limited(b, max, cut) : NULL;
}
