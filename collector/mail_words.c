/* Encoded words of RFC 2047, and bytes of a named set. */

#include <string.h>

#include "collector/mail_priv.h"

char *
bytes_utf8(const char *bytes, size_t len, const char *charset)
{
	g_autoptr(mapped_auto) in = mapped_new();
	g_autoptr(mapped_auto) out = NULL;
	unsigned faults = 0;
	char *s;

	mapped_same(in, bytes, len, 0);
	out = mapped_convert(in, charset, &faults);
	if (out == NULL)
		out = mapped_convert(in, "utf-8", &faults);
	s = g_strdup(out->text->str);
	g_strdelimit(s, "\r\n", ' ');
	return s;
}

int
hex_byte(const char *s)
{
	if (!g_ascii_isxdigit(s[0]) || !g_ascii_isxdigit(s[1]))
		return -1;
	return g_ascii_xdigit_value(s[0]) * 16 + g_ascii_xdigit_value(s[1]);
}

size_t
percent_decode(char *s)
{
	char *to = s;

	for (const char *p = s; *p != '\0'; p++) {
		if (*p == '%' && hex_byte(p + 1) >= 0) {
			*to++ = (char)hex_byte(p + 1);
			p += 2;
		} else {
			*to++ = *p;
		}
	}
	*to = '\0';
	return (size_t)(to - s);
}

/* The Q encoding: _ is a blank, =XX a byte. */
static void
q_decode(GString *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '=' && i + 2 < len && hex_byte(s + i + 1) >= 0) {
			g_string_append_c(out, (char)hex_byte(s + i + 1));
			i += 2;
		} else {
			g_string_append_c(out, s[i] == '_' ? ' ' : s[i]);
		}
	}
}

static void
b_decode(GString *out, const char *s, size_t len)
{
	g_autofree guchar *bytes = g_malloc(len + 3);
	gint state = 0;
	guint save = 0;

	g_string_append_len(out, (char *)bytes, (gssize)g_base64_decode_step(s,
	    len, bytes, &state, &save));
}

/* A run of encoded words, bytes of one set: split characters come together. */
struct encoded {
	GString	*bytes;
	char	*set;
};

static void
encoded_flush(struct encoded *r, GString *out)
{
	g_autofree char *s = NULL;

	if (r->bytes->len == 0)
		return;
	s = bytes_utf8(r->bytes->str, r->bytes->len, r->set);
	g_string_append(out, s);
	g_string_truncate(r->bytes, 0);
}

/* The encoded word at s: its length, 0 where there is none; its bytes go to
 * the run, what was in another set before goes out. */
static size_t
encoded_word(const char *s, struct encoded *r, GString *out)
{
	const char *set = s + 2, *how, *text, *end;
	g_autofree char *name = NULL;
	size_t n;

	if (strncmp(s, "=?", 2) != 0 || (how = strchr(set, '?')) == NULL ||
	    how == set || how - set > 60 || how[1] == '\0' || how[2] != '?' ||
	    strchr("qQbB", how[1]) == NULL)
		return 0;
	text = how + 3;
	end = strstr(text, "?=");
	if (end == NULL || memchr(s, ' ', (size_t)(how - s)) != NULL)
		return 0;
	n = strcspn(set, "*?");		/* RFC 2231, 5: *language */
	name = g_ascii_strdown(set, (gssize)n);
	if (r->set == NULL || strcmp(r->set, name) != 0) {
		encoded_flush(r, out);
		g_free(r->set);
		r->set = g_steal_pointer(&name);
	}
	if (how[1] == 'q' || how[1] == 'Q')
		q_decode(r->bytes, text, (size_t)(end - text));
	else
		b_decode(r->bytes, text, (size_t)(end - text));
	return (size_t)(end + 2 - s);
}

char *
words_decode(const char *value)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct encoded r = { g_string_new(NULL), NULL };
	gboolean after = FALSE;		/* an encoded word was the last thing */
	char *all;

	for (const char *s = value; *s != '\0';) {
		size_t blank = strspn(s, " \t");
		size_t n = encoded_word(s + (after ? blank : 0), &r, out);

		if (n > 0) {
			s += n + (after ? blank : 0);
			after = TRUE;
			continue;
		}
		encoded_flush(&r, out);
		g_string_append_c(out, *s++);
		after = FALSE;
	}
	encoded_flush(&r, out);
	all = bytes_utf8(out->str, out->len, "utf-8");
	g_string_free(r.bytes, TRUE);
	g_free(r.set);
	return all;
}
