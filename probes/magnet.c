#include "probes/magnet.h"

#include <glib.h>
#include <string.h>

#include "probes/text.h"

struct magnet {
	char	 hash[41], hash_v2[65];
	json_t	*name, *trackers;
	gint64	 bytes;
};

static void
hex_down(char *out, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		out[i] = g_ascii_tolower(s[i]);
	out[n] = '\0';
}

static gboolean
all_hex(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!g_ascii_isxdigit(s[i]))
			return FALSE;
	return TRUE;
}

/* 32 digits of RFC 4648 Base32 are 20 bytes. */
static gboolean
base32(const char *s, char out[41])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned char b[20];
	unsigned bits = 0, have = 0;
	size_t i, n = 0;

	for (i = 0; i < 32; i++) {
		const char *at = strchr(digits, g_ascii_toupper(s[i]));

		if (at == NULL || *at == '\0')
			return FALSE;
		bits = (bits << 5 | (unsigned)(at - digits)) & 0xfff;
		have += 5;
		if (have >= 8) {
			have -= 8;
			b[n++] = (unsigned char)(bits >> have);
		}
	}
	text_hex(out, b, sizeof(b));
	return TRUE;
}

static void
topic(struct magnet *m, const char *v)
{
	size_t n = strlen(v);

	if (g_ascii_strncasecmp(v, "urn:btih:", 9) == 0 && m->hash[0] == '\0') {
		if (n == 49 && all_hex(v + 9, 40))
			hex_down(m->hash, v + 9, 40);
		else if (n == 41)
			base32(v + 9, m->hash);
	} else if (g_ascii_strncasecmp(v, "urn:btmh:1220", 13) == 0 &&
	    n == 77 && all_hex(v + 13, 64)) {
		hex_down(m->hash_v2, v + 13, 64);
	}
}

/* %XX and '+' undone; bytes, not text. */
static GString *
decoded(const char *s, size_t n)
{
	GString *out = g_string_sized_new(n);
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '%' && n - i > 2 && all_hex(s + i + 1, 2)) {
			g_string_append_c(out, (char)
			    (g_ascii_xdigit_value(s[i + 1]) * 16 +
			    g_ascii_xdigit_value(s[i + 2])));
			i += 2;
		} else {
			g_string_append_c(out, s[i] == '+' ? ' ' : s[i]);
		}
	}
	return out;
}

static void
parameter(struct magnet *m, const char *s, size_t n)
{
	const char *eq = memchr(s, '=', n);
	size_t key = eq != NULL ? (size_t)(eq - s) : 0;
	GString *v;

	if (key < 2)
		return;
	v = decoded(eq + 1, n - key - 1);
	if (key == 2 && memcmp(s, "dn", 2) == 0 && m->name == NULL)
		m->name = text_json(v->str, MIN(v->len, 300));
	else if (memcmp(s, "tr", 2) == 0 && (key == 2 || s[2] == '.') &&
	    json_array_size(m->trackers) < MAGNET_TRACKERS)
		json_array_append_new(m->trackers,
		    text_json(v->str, MIN(v->len, 300)));
	else if (memcmp(s, "xt", 2) == 0 && (key == 2 || s[2] == '.'))
		topic(m, v->str);
	else if (key == 2 && memcmp(s, "xl", 2) == 0)
		m->bytes = g_ascii_strtoll(v->str, NULL, 10);
	g_string_free(v, TRUE);
}

json_t *
magnet_read(const char *s, size_t len, char **key)
{
	struct magnet m = { .trackers = json_array() };
	const char *p = s + strlen("magnet:?"), *end = s + len, *amp;
	json_t *v = json_object();

	for (; p < end; p = amp + 1) {
		if (end - p >= 4 && memcmp(p, "amp;", 4) == 0)
			p += 4;
		amp = memchr(p, '&', (size_t)(end - p));
		if (amp == NULL)
			amp = end;
		parameter(&m, p, (size_t)(amp - p));
	}
	json_object_set_new(v, "name", m.name != NULL ? m.name :
	    json_string(""));
	json_object_set_new(v, "hash", json_string(m.hash));
	json_object_set_new(v, "hash_v2", json_string(m.hash_v2));
	json_object_set_new(v, "trackers", m.trackers);
	json_object_set_new(v, "bytes", json_integer(MAX(m.bytes, 0)));
	if (m.hash[0] == '\0' && m.hash_v2[0] == '\0') {
		json_decref(v);
		return NULL;
	}
	*key = g_strdup_printf("%s %s", m.hash, m.hash_v2);
	return v;
}
