/*
 * Ranges of addresses as registries write them: two addresses, or a prefix.
 */

#include <arpa/inet.h>
#include <string.h>

#include "probes/whois_net_priv.h"

gboolean
whois_address(const char *text, unsigned char out[16])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

	memcpy(out, mapped, sizeof(mapped));
	return inet_pton(AF_INET, text, out + 12) == 1 ||
	    inet_pton(AF_INET6, text, out) == 1;
}

static void
format(const unsigned char a[16], char out[64])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	gboolean v4 = memcmp(a, mapped, sizeof(mapped)) == 0;

	if (inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? a + 12 : a, out, 64) ==
	    NULL)
		*out = '\0';
}

/* "192.0.2.0/24", and LACNIC's "192.0/16" with octets left out. */
static gboolean
by_prefix(const char *text, struct range *r)
{
	const char *slash = strchr(text, '/');
	g_autoptr(GString) s = g_string_new_len(text, slash - text);
	guint64 bits = g_ascii_strtoull(slash + 1, NULL, 10);
	gboolean v4 = strchr(text, ':') == NULL;
	guint dots = 0;

	for (const char *p = s->str; *p != '\0'; p++)
		dots += *p == '.';
	for (; v4 && dots < 3; dots++)
		g_string_append(s, ".0");
	if (!g_ascii_isdigit(slash[1]) || bits > (v4 ? 32 : 128) ||
	    !whois_address(s->str, r->from))
		return FALSE;
	if (v4)
		bits += 96;
	memcpy(r->to, r->from, 16);
	for (guint i = 0; i < 16; i++) {
		guint keep = bits > i * 8 ? (guint)MIN(bits - i * 8, 8) : 0;
		unsigned char host = (unsigned char)(0xff >> keep);

		r->from[i] &= (unsigned char)~host;
		r->to[i] |= host;
	}
	return TRUE;
}

gboolean
whois_range_read(const char *text, struct range *r)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t-(),", -1);
	guint n = 0;

	for (char **p = words; *p != NULL; p++) {
		if (**p == '\0')
			continue;
		if (n == 0 && strchr(*p, '/') != NULL) {
			n = by_prefix(*p, r) ? 2 : 0;
			break;
		}
		if (!whois_address(*p, n == 0 ? r->from : r->to))
			break;
		if (++n == 2)
			break;
	}
	if (n != 2 || memcmp(r->from, r->to, 16) > 0)
		return FALSE;
	format(r->from, r->start);
	format(r->to, r->end);
	return TRUE;
}

gboolean
whois_range_inside(const struct range *a, const struct range *b)
{
	return memcmp(b->from, a->from, 16) <= 0 &&
	    memcmp(a->to, b->to, 16) <= 0;
}
