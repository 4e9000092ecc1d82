#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "probes/json_read.h"

struct reading {
	const char		*p, *end;
	GString			*text;	/* of a string with escapes, reused */
	int			 left;	/* further nesting allowed */
	unsigned		 how;
	gboolean		 numbered;
};

static json_t	*read_value(struct reading *);

static void
skip_blanks(struct reading *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' ||
	    *r->p == '\r' || *r->p == '\t'))
		r->p++;
}

/* The next character that is no blank, '\0' at the end; it is not taken. */
static char
next_char(struct reading *r)
{
	skip_blanks(r);
	return r->p < r->end ? *r->p : '\0';
}

/* ---- strings */

/* What stands in a string as it is. */
static gboolean
plain(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* Four hexadecimal digits, or -1. */
static long
read_hex(struct reading *r)
{
	long u = 0;

	if (r->end - r->p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int d = g_ascii_xdigit_value(*r->p++);

		if (d < 0)
			return -1;
		u = u << 4 | d;
	}
	return u;
}

/* RFC 8259 section 7: beyond the first plane by two of them. */
static int
read_unicode(struct reading *r)
{
	long u = read_hex(r), low;

	if (u >= 0xd800 && u < 0xdc00) {
		if (r->end - r->p < 2 || r->p[0] != '\\' || r->p[1] != 'u')
			return -1;
		r->p += 2;
		low = read_hex(r);
		if (low < 0xdc00 || low > 0xdfff)
			return -1;
		u = 0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00);
	} else if (u < 0 || (u >= 0xdc00 && u <= 0xdfff) ||
	    (u == 0 && (r->how & JSON_NO_NUL) != 0))
		return -1;
	g_string_append_unichar(r->text, (gunichar)u);
	return 0;
}

static int
read_escape(struct reading *r)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *known;

	if (r->p == r->end || *r->p == '\0')
		return -1;
	if (*r->p == 'u') {
		r->p++;
		return read_unicode(r);
	}
	known = strchr(from, *r->p++);
	if (known == NULL)
		return -1;
	g_string_append_c(r->text, to[known - from]);
	return 0;
}

/* A string with escapes, of which the part before p is plain. */
static int
read_escaped(struct reading *r, const char *begin)
{
	g_string_truncate(r->text, 0);
	for (;;) {
		g_string_append_len(r->text, begin, r->p - begin);
		if (r->p == r->end || (*r->p != '"' && *r->p != '\\'))
			return -1;
		if (*r->p++ == '"')
			return 0;
		if (read_escape(r) != 0)
			return -1;
		for (begin = r->p; r->p < r->end && plain(*r->p);)
			r->p++;
	}
}

/* The string that begins here, its quote included; borrowed until the next. */
static int
read_string(struct reading *r, const char **s, size_t *n)
{
	const char *begin = ++r->p;
	unsigned char high = 0;

	while (r->p < r->end && plain(*r->p))
		high |= (unsigned char)*r->p++;
	if (r->p < r->end && *r->p == '"') {
		*s = begin;
		*n = (size_t)(r->p++ - begin);
		return high < 0x80 || g_utf8_validate_len(*s, *n, NULL) ?
		    0 : -1;
	}
	if (read_escaped(r, begin) != 0)
		return -1;
	*s = r->text->str;
	*n = r->text->len;
	/* Before its escapes are undone: they may make an U+0000. */
	return g_utf8_validate_len(begin, (size_t)(r->p - 1 - begin), NULL) ?
	    0 : -1;
}

static json_t *
string_value(struct reading *r)
{
	const char *s;
	size_t n;

	if (read_string(r, &s, &n) != 0)
		return NULL;
	return json_stringn_nocheck(s, n);
}

/* ---- numbers */

static gboolean
skip_digits(struct reading *r)
{
	const char *begin = r->p;

	while (r->p < r->end && g_ascii_isdigit(*r->p))
		r->p++;
	return r->p > begin;
}

/* Passes a number by its grammar; 1 where it is whole, 0 real, -1 none. */
static int
number_kind(struct reading *r)
{
	int whole = 1;

	r->p += *r->p == '-';
	if (r->p < r->end && *r->p == '0')
		r->p++;
	else if (!skip_digits(r))
		return -1;
	if (r->p < r->end && *r->p == '.') {
		r->p++;
		whole = 0;
		if (!skip_digits(r))
			return -1;
	}
	if (r->p < r->end && (*r->p == 'e' || *r->p == 'E')) {
		r->p++;
		whole = 0;
		if (r->p < r->end && (*r->p == '+' || *r->p == '-'))
			r->p++;
		if (!skip_digits(r))
			return -1;
	}
	return whole;
}

static json_t *
number_value(struct reading *r)
{
	const char *begin = r->p;
	int whole = number_kind(r);
	gint64 i;
	double d;

	if (whole < 0)
		return NULL;
	g_string_truncate(r->text, 0);
	g_string_append_len(r->text, begin, r->p - begin);
	errno = 0;
	if (whole) {
		i = g_ascii_strtoll(r->text->str, NULL, 10);
		return errno == 0 ? json_integer(i) : NULL;
	}
	d = g_ascii_strtod(r->text->str, NULL);
	return json_real(d);	/* NULL where it is infinite */
}

/* ---- words */

static json_t *
word_value(struct reading *r, const char *word, json_t *value)
{
	size_t n = strlen(word);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
		return NULL;
	r->p += n;
	return value;
}

/* ---- objects and arrays */

static int
read_member(struct reading *r, json_t *o)
{
	char kept[64];
	g_autofree char *longer = NULL;
	const char *s;
	char *key;
	size_t n;
	json_t *v;

	if (next_char(r) != '"' || read_string(r, &s, &n) != 0 ||
	    memchr(s, '\0', n) != NULL)
		return -1;
	r->numbered |= n > 0 && g_ascii_isdigit(*s);
	/* What follows may use the buffer in which it stands. */
	if (s == r->text->str) {
		if (n >= sizeof kept)
			longer = g_malloc(n + 1);
		key = longer != NULL ? longer : kept;
		memcpy(key, s, n);
		s = key;
	}
	if (next_char(r) != ':' || ((r->how & JSON_ONCE) != 0 &&
	    json_object_getn(o, s, n) != NULL))
		return -1;
	r->p++;
	v = read_value(r);
	return v != NULL ? json_object_setn_new_nocheck(o, s, n, v) : -1;
}

static int
read_element(struct reading *r, json_t *a)
{
	json_t *v = read_value(r);

	return v != NULL ? json_array_append_new(a, v) : -1;
}

/* From the bracket that opens it to the one that closes it. */
static json_t *
read_all(struct reading *r, char close, json_t *in,
    int (*one)(struct reading *, json_t *))
{
	int rc = r->left-- > 0 ? 0 : -1;

	r->p++;
	if (rc == 0 && next_char(r) == close) {
		r->p++;
	} else {
		while (rc == 0 && (rc = one(r, in)) == 0) {
			char c = next_char(r);

			if (c != close && c != ',')
				rc = -1;
			else if (*r->p++ == close)
				break;
		}
	}
	r->left++;
	if (rc == 0)
		return in;
	json_decref(in);
	return NULL;
}

static json_t *
read_value(struct reading *r)
{
	switch (next_char(r)) {
	case '{':
		return read_all(r, '}', json_object(), read_member);
	case '[':
		return read_all(r, ']', json_array(), read_element);
	case '"':
		return string_value(r);
	case 't':
		return word_value(r, "true", json_true());
	case 'f':
		return word_value(r, "false", json_false());
	case 'n':
		return word_value(r, "null", json_null());
	default:
		return r->p < r->end && (*r->p == '-' ||
		    g_ascii_isdigit(*r->p)) ? number_value(r) : NULL;
	}
}

json_t *
json_read(const char *s, size_t len, int depth, unsigned how)
{
	gboolean numbered;

	return json_read_numbered(s, len, depth, how, &numbered);
}

json_t *
json_read_numbered(const char *s, size_t len, int depth, unsigned how,
    gboolean *numbered)
{
	struct reading r = { .p = s, .end = s, .how = how,
	    .left = MIN(depth, JSON_DEEPEST) };
	char first;
	json_t *v;

	*numbered = FALSE;
	if (len == 0)
		return NULL;
	r.end += len;
	first = next_char(&r);
	if (first != '{' && first != '[')
		return NULL;
	r.text = g_string_new(NULL);
	v = read_value(&r);
	skip_blanks(&r);
	if (r.p < r.end)
		g_clear_pointer(&v, json_decref);
	g_string_free(r.text, TRUE);
	*numbered = r.numbered;
	return v;
}
