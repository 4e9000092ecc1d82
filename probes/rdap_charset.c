/*
 * Registration data that is not the UTF-8 that RFC 8259 asks for.
 *
 * What the answer names as its character set is believed where it can be read
 * as that.  Else each byte that is no UTF-8 is read as windows-1252, the set
 * that holds ISO-8859-1, and what is UTF-8 stays: answers that were put together
 * of both are read right in both parts.
 */

#include <string.h>

#include "probes/rdap_json.h"

/* windows-1252, 0x80 to 0x9f; 0 where it has none. */
static const gunichar upper[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static void
put_byte(GString *out, unsigned char c)
{
	gunichar u = c >= 0xa0 ? c : c >= 0x80 ? upper[c - 0x80] : c;

	g_string_append_unichar(out, u != 0 ? u : 0xfffd);
}

/* Every stretch of UTF-8 as it is, every other byte by the table. */
static GString *
mixed(const char *s, size_t len)
{
	GString *out = g_string_sized_new(len + len / 8);

	while (len > 0) {
		const char *end = s;

		g_utf8_validate_len(s, len, &end);
		g_string_append_len(out, s, end - s);
		len -= (size_t)(end - s);
		s = end;
		if (len > 0) {
			put_byte(out, (unsigned char)*s++);
			len--;
		}
	}
	return out;
}

/* "iso-8859-1" of "application/rdap+json; charset=ISO-8859-1"; NULL where the
 * answer names none, or one that needs no table. */
static char *
named(const char *media)
{
	g_autofree char *low = g_ascii_strdown(media != NULL ? media : "", -1);
	const char *at = strstr(low, "charset=");
	size_t n;

	if (at == NULL)
		return NULL;
	at += strlen("charset=");
	at += *at == '"';
	n = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-_:.");
	if (n == 0 || n > 32 || strncmp(at, "utf-8", 5) == 0)
		return NULL;
	return g_strndup(at, n);
}

/* UTF-16 is known by its mark. */
static const char *
marked(const char *s, size_t len)
{
	if (len < 2)
		return NULL;
	return memcmp(s, "\xff\xfe", 2) == 0 ? "UTF-16LE" :
	    memcmp(s, "\xfe\xff", 2) == 0 ? "UTF-16BE" : NULL;
}

/* As almost all answers are.  UTF-16 without its mark is, but for its zeros. */
static gboolean
is_ascii(const char *s, size_t len)
{
	const guint64 tops = G_GUINT64_CONSTANT(0x8080808080808080);
	guint64 w, high = 0;

	if (len > 0 && memchr(s, '\0', len) != NULL)
		return FALSE;
	for (; len >= sizeof w; s += sizeof w, len -= sizeof w) {
		memcpy(&w, s, sizeof w);
		high |= w;
	}
	while (len-- > 0)
		high |= (guint64)(unsigned char)*s++;
	return (high & tops) == 0;
}

GString *
rdap_utf8(const char *s, size_t len, const char *media, const char **said)
{
	g_autofree char *name = NULL, *whole = NULL;
	const char *mark;
	gsize n = 0;

	*said = "";
	if (is_ascii(s, len))
		return NULL;
	mark = marked(s, len);
	if (mark == NULL && g_utf8_validate_len(s, len, NULL))
		return NULL;
	name = named(media);
	if (mark != NULL || name != NULL)
		whole = g_convert(mark != NULL ? s + 2 : s,
		    (gssize)(mark != NULL ? len - 2 : len), "UTF-8",
		    mark != NULL ? mark : name, NULL, &n, NULL);
	if (whole != NULL) {
		*said = g_intern_string(mark != NULL ? mark : name);
		return g_string_new_len(whole, (gssize)n);
	}
	*said = "not UTF-8; read as windows-1252";
	return mixed(s, len);
}
