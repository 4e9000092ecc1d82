#include "probes/icon.h"

#include <string.h>

#include "probes/fact.h"
#include "probes/text.h"

static guint32
rotate(guint32 v, unsigned n)
{
	return v << n | v >> (32 - n);
}

static guint32
mix(guint32 k)
{
	return rotate(k * 0xcc9e2d51u, 15) * 0x1b873593u;
}

static guint32
murmur3(const guchar *p, size_t len)
{
	guint32 h = 0, k = 0;
	size_t i, whole = len / 4 * 4;

	for (i = 0; i < whole; i += 4) {
		k = (guint32)p[i] | (guint32)p[i + 1] << 8 |
		    (guint32)p[i + 2] << 16 | (guint32)p[i + 3] << 24;
		h = rotate(h ^ mix(k), 13) * 5 + 0xe6546b64u;
	}
	for (k = 0, i = len; i > whole; i--)
		k = k << 8 | p[i - 1];
	h ^= len > whole ? mix(k) : 0;
	h ^= (guint32)len;
	h = (h ^ h >> 16) * 0x85ebca6bu;
	h = (h ^ h >> 13) * 0xc2b2ae35u;
	return h ^ h >> 16;
}

gint32
icon_mmh3(const void *bytes, size_t len)
{
	g_autofree char *base64 = g_base64_encode(bytes, len);
	size_t n = strlen(base64), i;
	g_autoptr(GString) lines = g_string_sized_new(n + n / 76 + 2);

	for (i = 0; i < n; i += 76) {
		g_string_append_len(lines, base64 + i,
		    (gssize)MIN(76, n - i));
		g_string_append_c(lines, '\n');
	}
	return (gint32)murmur3((const guchar *)lines->str, lines->len);
}

static const struct {
	const char	*type, *first;
	size_t		 n;
} kinds[] = {
	{ "ico", "\0\0\1\0", 4 }, { "png", "\x89PNG\r\n\x1a\n", 8 },
	{ "gif", "GIF8", 4 }, { "jpeg", "\xff\xd8\xff", 3 },
};

const char *
icon_type(const void *bytes, size_t len)
{
	const char *p = bytes;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (len >= kinds[i].n &&
		    memcmp(p, kinds[i].first, kinds[i].n) == 0)
			return kinds[i].type;
	if (len >= 12 && memcmp(p, "RIFF", 4) == 0 &&
	    memcmp(p + 8, "WEBP", 4) == 0)
		return "webp";
	for (i = 0; i < len && i < 64 && g_ascii_isspace(p[i]); i++)
		;
	if (len - i > 5 && (memcmp(p + i, "<?xml", 5) == 0 ||
	    memcmp(p + i, "<svg", 4) == 0))
		return memmem(p + i, MIN(len - i, 1024), "<svg", 4) != NULL ?
		    "svg" : NULL;
	return NULL;
}

void
icon_facts(const struct exchange *x, const char *bytes, size_t len,
    GString *out)
{
	const char *type = icon_type(bytes, len);
	char sha[65];
	json_t *v;

	if (type == NULL)
		return;
	text_sha256(sha, bytes, len);
	v = json_object();
	json_object_set_new(v, "mmh3", json_integer(icon_mmh3(bytes, len)));
	json_object_set_new(v, "sha256", json_string(sha));
	json_object_set_new(v, "bytes", json_integer((json_int_t)len));
	json_object_set_new(v, "type", json_string(type));
	fact_emit(out, FACT_ICON_HASH, x->q->name, v);
}
