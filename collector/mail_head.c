/* A header of RFC 5322: where its fields lie, and what they say. */

#include <string.h>

#include "collector/mail_priv.h"

/* ---- problems ----------------------------------------------------------------------- */

void
eml_problem(struct eml *m, size_t at, const char *fmt, ...)
{
	g_autofree char *what = NULL;
	const char *p = m->s, *begin = p, *end = p + MIN(at, m->len);
	unsigned line = 1, column = 1;
	va_list ap;

	if (m->problems->len >= MAIL_PROBLEMS)
		return;
	for (; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; begin = ++p)
		line++;
	for (; begin < end; begin++)
		column += ((guchar)*begin & 0xc0) != 0x80 ? 1 : 0;
	va_start(ap, fmt);
	what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_ptr_array_add(m->problems, g_strdup_printf("%u:%u: %s%s", line, column,
	    what, m->problems->len + 1 == MAIL_PROBLEMS ? "; further ones are "
	    "not told" : ""));
}

/* ---- fields ------------------------------------------------------------------------- */

static size_t
line_end(const struct eml *m, size_t at, size_t end)
{
	const char *lf = memchr(m->s + at, '\n', end - at);

	return lf != NULL ? (size_t)(lf - m->s) + 1 : end;
}

static gboolean
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* After the lines that go on with the field that began before at. */
static size_t
folded_end(const struct eml *m, size_t at, size_t end)
{
	while (at < end && is_blank(m->s[at]))
		at = line_end(m, at, end);
	return at;
}

/* How long the name before the colon is, 0 where the line is no field
 * (RFC 5322, 2.2; blanks before the colon are of the obsolete form). */
static size_t
name_length(const struct eml *m, size_t at, size_t stop, size_t *colon)
{
	size_t n = 0;

	while (at + n < stop && (guchar)m->s[at + n] > 32 &&
	    (guchar)m->s[at + n] < 127 && m->s[at + n] != ':')
		n++;
	*colon = at + n;
	while (*colon < stop && is_blank(m->s[*colon]))
		++*colon;
	return *colon < stop && m->s[*colon] == ':' ? n : 0;
}

static size_t
without_end(const struct eml *m, size_t at, size_t end)
{
	while (end > at && (m->s[end - 1] == '\n' || m->s[end - 1] == '\r'))
		end--;
	return end;
}

/* One field or stray line at at; returns where the next begins. */
static size_t
field_read(struct eml *m, size_t at, size_t end, struct head *h)
{
	struct field f = { .name = at };
	size_t stop = line_end(m, at, end), colon;

	f.name_len = name_length(m, at, stop, &colon);
	f.end = folded_end(m, stop, end);
	if (f.name_len == 0) {
		/* An mbox's first line is no field, and no fault either. */
		if (stop - at < 5 || memcmp(m->s + at, "From ", 5) != 0)
			eml_problem(m, at, "not a header field");
		return f.end;
	}
	f.value = colon + 1;
	f.value_len = without_end(m, f.value, f.end) - f.value;
	if (memchr(m->s + at, '\0', f.end - at) != NULL)
		eml_problem(m, at, "a NUL in the field %.*s",
		    (int)MIN(f.name_len, 60), m->s + at);
	if (h->fields->len < MAIL_FIELDS)
		g_array_append_val(h->fields, f);
	else if (!h->full) {
		h->full = TRUE;
		eml_problem(m, at, "more than %u header fields; the rest is "
		    "not read", MAIL_FIELDS);
	}
	return f.end;
}

void
head_read(struct eml *m, size_t at, size_t end, struct head *h)
{
	if (at == 0 && end >= 3 && memcmp(m->s, "\xef\xbb\xbf", 3) == 0) {
		eml_problem(m, 0, "a byte-order mark, which no message has; it "
		    "is left out");
		at = 3;
	}
	h->begin = at;
	h->full = FALSE;
	h->fields = g_array_new(FALSE, FALSE, sizeof(struct field));
	while (at < end) {
		if (m->s[at] == '\n') {
			at++;
			break;
		}
		if (m->s[at] == '\r' && at + 1 < end && m->s[at + 1] == '\n') {
			at += 2;
			break;
		}
		at = field_read(m, at, end, h);
	}
	h->end = at;
}

void
head_clear(struct head *h)
{
	g_clear_pointer(&h->fields, g_array_unref);
}

const struct field *
head_field(const struct eml *m, const struct head *h, const char *name,
    guint *from)
{
	size_t n = strlen(name);

	for (guint i = from != NULL ? *from : 0; i < h->fields->len; i++) {
		const struct field *f = &g_array_index(h->fields,
		    struct field, i);

		if (f->name_len == n &&
		    g_ascii_strncasecmp(m->s + f->name, name, n) == 0) {
			if (from != NULL)
				*from = i + 1;
			return f;
		}
	}
	return NULL;
}

char *
field_value(const struct eml *m, const struct field *f)
{
	const char *s = m->s + f->value;
	size_t len = MIN(f->value_len, MAIL_VALUE);
	GString *out = g_string_sized_new(len);

	for (size_t i = 0; i < len; i++)
		if (s[i] != '\r' && s[i] != '\n' && s[i] != '\0')
			g_string_append_c(out, s[i] == '\t' ? ' ' : s[i]);
	return g_strstrip(g_string_free(out, FALSE));
}

char *
head_value(const struct eml *m, const struct head *h, const char *name)
{
	const struct field *f = head_field(m, h, name, NULL);

	return f != NULL ? field_value(m, f) : g_strdup("");
}

/* ---- addresses ------------------------------------------------------------------------ */

/* After the quoted string, comment or character at s. */
static const char *
skip_token(const char *s)
{
	unsigned depth = 0;
	char close = *s == '"' ? '"' : *s == '(' ? ')' : '\0';

	if (close == '\0')
		return s + 1;
	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0')
			s++;
		else if (close == ')' && *s == '(')
			depth++;
		else if (*s == close && (close == '"' ? depth++ > 0 :
		    --depth == 0))
			return s + 1;
	}
	return s;
}

char *
address_first(const char *value, guint *count)
{
	g_autoptr(GString) bare = g_string_new(NULL);
	char *first = NULL;
	guint n = 0;

	for (const char *s = value;; s = skip_token(s)) {
		if (*s == '<' && first == NULL) {
			size_t len = strcspn(s + 1, ">");

			first = g_strndup(s + 1, len);
		} else if (*s == ',' || *s == '\0') {
			if (first == NULL && strchr(bare->str, '@') != NULL)
				first = g_strdup(g_strstrip(bare->str));
			n += strchr(bare->str, '@') != NULL;
			g_string_truncate(bare, 0);
		} else if (*s != '"' && *s != '(') {
			g_string_append_c(bare, *s);
		}
		if (*s == '\0')
			break;
	}
	if (count != NULL)
		*count = n;
	return first != NULL ? g_strstrip(first) : g_strdup("");
}

char *
address_domain(const char *address)
{
	const char *at = strrchr(address, '@');
	char *s = at != NULL ? g_ascii_strdown(at + 1, -1) : g_strdup("");
	size_t n;

	g_strstrip(s);
	n = strlen(s);
	if (n > 0 && s[n - 1] == '.')
		s[n - 1] = '\0';
	return s;
}

/* ---- values with parameters ------------------------------------------------------------- */

char *
value_first(const char *value)
{
	g_autofree char *s = g_strndup(value, strcspn(value, ";("));

	return g_ascii_strdown(g_strstrip(s), -1);
}

/* The value at s, quoted or not; *next: after it. */
static char *
param_value(const char *s, const char **next)
{
	GString *out = g_string_new(NULL);

	if (*s != '"') {
		size_t n = strcspn(s, "; \t");

		*next = s + n;
		return g_string_free(g_string_append_len(out, s, (gssize)n),
		    FALSE);
	}
	for (s++; *s != '\0' && *s != '"'; s++) {
		if (*s == '\\' && s[1] != '\0')
			s++;
		g_string_append_c(out, *s);
	}
	*next = *s == '"' ? s + 1 : s;
	return g_string_free(out, FALSE);
}

/* Parameters in order: name to value; borrowed by fn for the call. */
static void
params_each(const char *value, void (*fn)(const char *name, const char *v,
    void *), void *arg)
{
	const char *s = value + strcspn(value, ";");

	while (*s == ';') {
		g_autofree char *name = NULL, *v = NULL;
		size_t n;

		s += 1 + strspn(s + 1, " \t;");
		n = strcspn(s, "=;");
		name = g_strstrip(g_strndup(s, n));
		s += n;
		if (*s == '=') {
			s += 1 + strspn(s + 1, " \t");
			v = param_value(s, &s);
			fn(name, v, arg);
		}
		while (*s != '\0' && *s != ';')
			s = skip_token(s);
	}
}

#define SECTIONS	100

/* RFC 2231: name, name*, name*0, name*0*. */
struct param {
	const char	*name;
	char		*plain;
	char		*section[SECTIONS];
	gboolean	 coded[SECTIONS];
	gboolean	 any;
};

static void
param_take(const char *name, const char *v, void *arg)
{
	struct param *p = arg;
	size_t n = strlen(p->name);
	const char *star = name + n;
	char *end;
	gint64 at = 0;

	if (g_ascii_strncasecmp(name, p->name, n) != 0)
		return;
	if (*star == '\0') {
		if (p->plain == NULL)
			p->plain = g_strdup(v);
		return;
	}
	if (*star != '*')
		return;
	if (g_ascii_isdigit(star[1])) {
		at = g_ascii_strtoll(star + 1, &end, 10);
		star = end;
	}
	if (at < 0 || at >= SECTIONS || p->section[at] != NULL)
		return;
	p->section[at] = g_strdup(v);
	p->coded[at] = *star == '*';
	p->any = TRUE;
}

/* charset'language'text in the first section, %XX in coded ones. */
static char *
param_join(struct param *p)
{
	g_autoptr(GString) all = g_string_new(NULL);
	g_autofree char *set = g_strdup("utf-8");

	for (size_t i = 0; i < SECTIONS && p->section[i] != NULL; i++) {
		char *s = p->section[i];
		char **part = NULL;

		if (i == 0 && p->coded[0])
			part = g_strsplit(s, "'", 3);
		if (part != NULL && g_strv_length(part) == 3) {
			g_free(set);
			set = g_strdup(part[0]);
			s = part[2];
		}
		g_string_append_len(all, s, (gssize)(p->coded[i] ?
		    percent_decode(s) : strlen(s)));
		g_strfreev(part);
	}
	return bytes_utf8(all->str, all->len, set);
}

char *
value_param(const char *value, const char *name)
{
	struct param p = { .name = name };
	char *out;

	params_each(value, param_take, &p);
	out = p.any && p.section[0] != NULL ? param_join(&p) :
	    p.plain != NULL ? words_decode(p.plain) : NULL;
	g_free(p.plain);
	for (size_t i = 0; i < SECTIONS; i++)
		g_free(p.section[i]);
	return out;
}
