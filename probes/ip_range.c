#include <arpa/inet.h>
#include <string.h>

#include "probes/ip_range.h"

static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

gboolean
ip_bytes(const char *text, unsigned char out[16])
{
	char plain[INET6_ADDRSTRLEN];
	size_t n = strcspn(text, "/ ");

	if (n >= sizeof plain)
		return FALSE;
	memcpy(plain, text, n);
	plain[n] = '\0';
	memcpy(out, mapped, sizeof mapped);
	return inet_pton(AF_INET, plain, out + 12) == 1 ||
	    inet_pton(AF_INET6, plain, out) == 1;
}

static gboolean
is_v4(const unsigned char ip[16])
{
	return memcmp(ip, mapped, sizeof mapped) == 0;
}

gboolean
ip_range_is_v4(const struct ip_range *r)
{
	return is_v4(r->first) && is_v4(r->last);
}

/* Clears the bits after the first so many, or sets them. */
static void
fill(unsigned char ip[16], guint bits, gboolean ones)
{
	for (guint i = 0; i < 16; i++) {
		guint left = bits > i * 8 ? bits - i * 8 : 0;
		unsigned mask = left >= 8 ? 0 : 0xffU >> left;

		ip[i] = (unsigned char)(ones ? ip[i] | mask : ip[i] & ~mask);
	}
}

gboolean
ip_prefix(const char *text, struct ip_range *r)
{
	const char *slash = strchr(text, '/');
	guint64 len;
	guint base;

	if (!ip_bytes(text, r->first))
		return FALSE;
	memcpy(r->last, r->first, 16);
	base = is_v4(r->first) && strchr(text, ':') == NULL ? 96 : 0;
	if (slash == NULL)
		return TRUE;
	if (!g_ascii_string_to_unsigned(slash + 1, 10, 0, 128 - base, &len,
	    NULL))
		return FALSE;
	fill(r->first, base + (guint)len, FALSE);
	fill(r->last, base + (guint)len, TRUE);
	return TRUE;
}

gboolean
ip_range_ends(const char *first, const char *last, struct ip_range *r)
{
	return ip_bytes(first, r->first) && ip_bytes(last, r->last) &&
	    is_v4(r->first) == is_v4(r->last) &&
	    memcmp(r->first, r->last, 16) <= 0;
}

gboolean
ip_range(const char *text, struct ip_range *r)
{
	const char *dash = strchr(text, '-');
	g_autofree char *first = NULL;

	if (dash == NULL)
		return ip_prefix(text, r);
	first = g_strndup(text, (gsize)(dash - text));
	dash++;
	return ip_range_ends(g_strstrip(first), dash + strspn(dash, " "), r);
}

gboolean
ip_range_holds(const struct ip_range *r, const struct ip_range *inner)
{
	return memcmp(r->first, inner->first, 16) <= 0 &&
	    memcmp(inner->last, r->last, 16) <= 0;
}

static void
size_of(const struct ip_range *r, unsigned char out[16])
{
	int borrow = 0;

	for (int i = 15; i >= 0; i--) {
		int d = r->last[i] - r->first[i] - borrow;

		borrow = d < 0;
		out[i] = (unsigned char)(d & 0xff);
	}
}

int
ip_range_larger(const struct ip_range *a, const struct ip_range *b)
{
	unsigned char x[16], y[16];

	size_of(a, x);
	size_of(b, y);
	return memcmp(x, y, 16);
}

static void
put_ip(GString *out, const unsigned char ip[16])
{
	char text[INET6_ADDRSTRLEN];

	if (inet_ntop(is_v4(ip) ? AF_INET : AF_INET6, is_v4(ip) ? ip + 12 : ip,
	    text, sizeof text) != NULL)
		g_string_append(out, text);
}

char *
ip_range_text(const struct ip_range *r)
{
	GString *out = g_string_new(NULL);

	put_ip(out, r->first);
	g_string_append_c(out, '-');
	put_ip(out, r->last);
	return g_string_free(out, FALSE);
}

/* ---- as prefixes */

/* The shortest prefix that begins at ip and does not end behind last. */
static guint
widest(const unsigned char ip[16], const unsigned char last[16])
{
	unsigned char low[16], high[16];
	guint bits = 128;

	while (bits > 0) {
		memcpy(low, ip, 16);
		memcpy(high, ip, 16);
		fill(low, bits - 1, FALSE);
		fill(high, bits - 1, TRUE);
		if (memcmp(low, ip, 16) != 0 || memcmp(high, last, 16) > 0)
			break;
		bits--;
	}
	return bits;
}

gboolean
ip_range_made(const char *first, const char *last, const char *name)
{
	static const char *const names[] = {
		"NON-RIPE-NCC-MANAGED-", "IANA-BLK", "IANA-NETBLOCK-", "EU-ZZ-",
	};
	struct ip_range r;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_str_has_prefix(name, names[i]))
			return TRUE;
	return ip_range_ends(first, last, &r) &&
	    widest(r.first, r.last) <= (ip_range_is_v4(&r) ? 96U : 0U);
}

static gboolean
next_ip(unsigned char ip[16])
{
	for (int i = 15; i >= 0; i--)
		if (++ip[i] != 0)
			return TRUE;
	return FALSE;
}

static json_t *
prefix_text(const unsigned char ip[16], guint bits)
{
	g_autoptr(GString) s = g_string_new(NULL);

	put_ip(s, ip);
	g_string_append_printf(s, "/%u", is_v4(ip) && bits >= 96 ? bits - 96 :
	    bits);
	return json_string(s->str);
}

json_t *
ip_range_cidrs(const struct ip_range *r)
{
	json_t *list = json_array();
	unsigned char ip[16];

	memcpy(ip, r->first, 16);
	while (memcmp(ip, r->last, 16) <= 0) {
		guint bits = widest(ip, r->last);

		if (json_array_size(list) == RANGE_CIDRS) {
			json_array_clear(list);
			break;
		}
		json_array_append_new(list, prefix_text(ip, bits));
		fill(ip, bits, TRUE);
		if (!next_ip(ip))
			break;
	}
	return list;
}

char *
ip_range_wider(const struct ip_range *r)
{
	guint bits = widest(r->first, r->last);
	struct ip_range wide = *r;
	json_t *text;
	char *s;

	fill(wide.last, bits, TRUE);
	if (bits <= (ip_range_is_v4(r) ? 97U : 1U))
		return NULL;
	fill(wide.first, bits - 1, FALSE);
	text = prefix_text(wide.first, bits - 1);
	s = g_strdup(json_string_value(text));
	json_decref(text);
	return s;
}
