#include <stdint.h>
#include <string.h>

#include "probes/append.h"
#include "probes/json_text.h"

/* ---- strings */

/* RFC 8259 section 7: what has to be escaped, and how jansson does. */
static inline gboolean
plain(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* How many bytes from here on stand in a string as they are, and are ASCII:
 * eight at a time, by the sign that a borrow or a sum leaves in each byte. */
static gsize
plain_run(const char *s, gsize len)
{
	const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101);
	const guint64 tops = ones << 7;
	gsize i = 0;
	guint64 w, quote, slash;

	for (; i + 8 <= len; i += 8) {
		memcpy(&w, s + i, 8);
		quote = w ^ ones * '"';
		slash = w ^ ones * '\\';
		if (((w | (w - ones * 0x20) | (quote - ones) |
		    (slash - ones)) & tops) != 0)
			break;
	}
	while (i < len && plain(s[i]) && (signed char)s[i] >= 0)
		i++;
	return i;
}

gboolean
json_text_is_plain(const char *s, gsize len)
{
	return plain_run(s, len) == len;
}

static char *
put_escape(char *p, char c)
{
	static const char digits[] = "0123456789ABCDEF";
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *known = c != '\0' ? strchr(from, c) : NULL;

	*p++ = '\\';
	if (known != NULL) {
		*p++ = to[known - from];
		return p;
	}
	memcpy(p, "u00", 3);
	p[3] = digits[(unsigned char)c >> 4];
	p[4] = digits[c & 15];
	return p + 5;
}

void
json_text_string(GString *out, const char *s, gsize len)
{
	char *p = append_room(out, len + 2);
	gsize i = 0, run;

	*p++ = '"';
	for (;;) {
		for (run = i + plain_run(s + i, len - i); run < len &&
		    plain(s[run]);)
			run++;
		memcpy(p, s + i, run - i);
		p += run - i;
		if (run == len)
			break;
		append_wrote(out, p);
		p = put_escape(append_room(out, 6 + len - run + 1), s[run]);
		i = run + 1;
	}
	*p++ = '"';
	append_wrote(out, p);
}

void
json_text_integer(GString *out, json_int_t n)
{
	char digits[24], *p = digits + sizeof digits;
	guint64 left = n < 0 ? -(guint64)n : (guint64)n;

	do {
		*--p = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	if (n < 0)
		*--p = '-';
	append_bytes(out, p, (gsize)(digits + sizeof digits - p));
}

/* ---- values */

void
json_put_members(GString *out, const json_t *v)
{
	json_t *o = (json_t *)(uintptr_t)v;	/* the iterators want it so */
	char before = out->len > 0 ? out->str[out->len - 1] : '{';

	for (void *i = json_object_iter(o); i != NULL;
	    i = json_object_iter_next(o, i)) {
		if (before != '{')
			append_char(out, ',');
		before = ',';
		json_text_string(out, json_object_iter_key(i),
		    json_object_iter_key_len(i));
		append_char(out, ':');
		json_text(out, json_object_iter_value(i));
	}
}

static void
object_text(GString *out, const json_t *v)
{
	append_char(out, '{');
	json_put_members(out, v);
	append_char(out, '}');
}

static void
array_text(GString *out, const json_t *v)
{
	append_char(out, '[');
	for (size_t i = 0; i < json_array_size(v); i++) {
		if (i > 0)
			append_char(out, ',');
		json_text(out, json_array_get(v, i));
	}
	append_char(out, ']');
}

/* How a real number is written is jansson's affair. */
static void
real_text(GString *out, const json_t *v)
{
	char *s = json_dumps(v, JSON_ENCODE_ANY);

	if (s == NULL)
		g_error("a number cannot be written as JSON");
	g_string_append(out, s);
	free(s);
}

void
json_text(GString *out, const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		object_text(out, v);
		break;
	case JSON_ARRAY:
		array_text(out, v);
		break;
	case JSON_STRING:
		json_text_string(out, json_string_value(v),
		    json_string_length(v));
		break;
	case JSON_INTEGER:
		json_text_integer(out, json_integer_value(v));
		break;
	case JSON_REAL:
		real_text(out, v);
		break;
	case JSON_TRUE:
		append_bytes(out, "true", 4);
		break;
	case JSON_FALSE:
		append_bytes(out, "false", 5);
		break;
	case JSON_NULL:
		append_bytes(out, "null", 4);
		break;
	}
}

/* ---- member by member */

void
json_open(GString *out, char bracket)
{
	append_char(out, bracket);
}

void
json_close(GString *out, char bracket)
{
	append_char(out, bracket);
}

void
json_put_plain(GString *out, const char *key, const char *s)
{
	gsize n = strlen(s);
	char *p;

	json_key(out, key);
	p = append_room(out, n + 2);
	*p++ = '"';
	memcpy(p, s, n);
	p += n;
	*p++ = '"';
	append_wrote(out, p);
}

void
json_put_bool(GString *out, const char *key, gboolean b)
{
	json_key(out, key);
	append_bytes(out, b ? "true" : "false", b ? 4 : 5);
}

void
json_put_null(GString *out, const char *key)
{
	json_key(out, key);
	append_bytes(out, "null", 4);
}

void
json_item(GString *out, const char *s)
{
	if (out->len > 0 && out->str[out->len - 1] != '[')
		append_char(out, ',');
	json_text_string(out, s, strlen(s));
}

void
json_put_value(GString *out, const char *key, const json_t *v)
{
	json_key(out, key);
	json_text(out, v);
}

void
json_text_foreign(GString *out, const char *bytes, gsize len)
{
	if (plain_run(bytes, len) == len || (memchr(bytes, '\0', len) == NULL &&
	    g_utf8_validate_len(bytes, len, NULL))) {
		json_text_string(out, bytes, len);
	} else {
		g_autofree char *b64 = g_base64_encode((const guchar *)bytes,
		    len);

		json_open(out, '{');
		json_put(out, "b64", b64);
		json_close(out, '}');
	}
}
