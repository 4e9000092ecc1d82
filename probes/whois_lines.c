#include <string.h>

#include "probes/text.h"
#include "probes/whois.h"

static gboolean
blank(char c)
{
	return c == ' ' || c == '\t';
}

/* NULs are no fault of a character set. */
static const char *
charset_of(const char *s, gsize len)
{
	gboolean ascii = TRUE;
	gsize i = 0;

	while (i < len) {
		const char *nul = memchr(s + i, '\0', len - i);
		gsize n = nul != NULL ? (gsize)(nul - (s + i)) : len - i;

		if (!g_utf8_validate_len(s + i, n, NULL))
			return "ISO-8859-1";
		for (gsize k = i; ascii && k < i + n; k++)
			ascii = (s[k] & 0x80) == 0;
		i += n + 1;
	}
	return ascii ? "US-ASCII" : "UTF-8";
}

/* Lower case, one blank for many, no dots that fill up to the colon. */
static char *
normal_key(const char *s, gsize len)
{
	GString *key = g_string_sized_new(len);

	while (len > 0 && (blank(s[len - 1]) || s[len - 1] == '.'))
		len--;
	for (gsize i = 0; i < len; i++) {
		if (!blank(s[i]))
			g_string_append_c(key, g_ascii_tolower(s[i]));
		else if (key->len > 0 && key->str[key->len - 1] != ' ')
			g_string_append_c(key, ' ');
	}
	return g_string_free(key, FALSE);
}

/* Columns side by side are no key: "ns1.example.net    192.0.2.1  2001:db8::1". */
static gboolean
key_like(const char *s, gsize len)
{
	while (len > 0 && blank(s[len - 1]))
		len--;
	if (len == 0 || len > WHOIS_KEY || strchr("%#;>*", s[0]) != NULL)
		return FALSE;
	for (gsize i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || (blank(s[i]) &&
		    blank(s[i + 1])))
			return FALSE;
	return TRUE;
}

/* Where the key ends and the value begins: "key: value" or "[key] value". */
static gsize
split(const char *s, gsize len, gsize *key)
{
	const char *sep;

	if (len > 2 && s[0] == '[') {
		sep = memchr(s, ']', len);
		*key = sep != NULL ? (gsize)(sep - s) + 1 : 0;
		return *key;
	}
	sep = memchr(s, ':', len);
	*key = sep != NULL ? (gsize)(sep - s) : 0;
	/* "https://..." is no key */
	if (sep != NULL && *key + 2 < len && sep[1] == '/' && sep[2] == '/')
		*key = 0;
	return *key + 1;
}

static void
set_value(struct whois_line *l, const char *base, gsize from, gsize to)
{
	while (from < to && blank(base[from]))
		from++;
	while (to > from && blank(base[to - 1]))
		to--;
	l->value = from;
	l->value_len = to - from;
}

static struct whois_line
read_line(const char *base, gsize offset, gsize len)
{
	struct whois_line l = { .offset = offset, .len = len };
	const char *s = base + offset;
	gsize rest, key;

	while (l.indent < len && blank(s[l.indent]))
		l.indent++;
	rest = split(s + l.indent, len - l.indent, &key);
	if (!key_like(s + l.indent, key)) {
		set_value(&l, base, offset + l.indent, offset + len);
		return l;
	}
	l.key_len = key;
	l.key = normal_key(s + l.indent, key);
	set_value(&l, base, offset + l.indent + rest, offset + len);
	return l;
}

static void
line_clear(void *p)
{
	struct whois_line *l = p;

	g_free(l->key);
}

/* Lines end in LF, CR LF, or CR alone. */
void
whois_text_read(struct whois_text *t, const char *s, gsize len)
{
	gsize at = 0;

	memset(t, 0, sizeof *t);
	t->bytes = s;
	t->len = len;
	t->charset = charset_of(s, len);
	t->lines = g_array_new(FALSE, FALSE, sizeof(struct whois_line));
	g_array_set_clear_func(t->lines, line_clear);
	while (at < len) {
		gsize end = at;
		struct whois_line l;

		if (t->lines->len == WHOIS_LINES) {
			t->cut = TRUE;
			break;
		}
		while (end < len && s[end] != '\n' && s[end] != '\r')
			end++;
		l = read_line(s, at, end - at);
		g_array_append_val(t->lines, l);
		at = end + 1;
		if (at < len && s[end] == '\r' && s[at] == '\n')
			at++;
	}
}

void
whois_text_clear(struct whois_text *t)
{
	g_clear_pointer(&t->lines, g_array_unref);
}

const struct whois_line *
whois_line(const struct whois_text *t, guint i)
{
	return &g_array_index(t->lines, struct whois_line, i);
}

gboolean
whois_line_empty(const struct whois_line *l)
{
	return l->indent == l->len;
}

static char *
converted(const struct whois_text *t, gsize offset, gsize len, gsize *n)
{
	GString *out = g_string_sized_new(len + 16);
	gboolean latin1 = strcmp(t->charset, "ISO-8859-1") == 0;

	for (gsize i = offset; i < offset + len; i++) {
		unsigned char c = (unsigned char)t->bytes[i];

		if (latin1 && c >= 0x80)
			g_string_append_unichar(out, c);
		else
			g_string_append_c(out, (char)c);
	}
	*n = out->len;
	return g_string_free(out, FALSE);
}

json_t *
whois_json(const struct whois_text *t, gsize offset, gsize len)
{
	gsize n;
	g_autofree char *s = converted(t, offset, len, &n);

	return text_json(s, n);
}

char *
whois_utf8(const struct whois_text *t, gsize offset, gsize len)
{
	gsize n;

	return converted(t, offset, len, &n);
}
