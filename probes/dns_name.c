/* Names as libldns has them: uncompressed, length bytes and labels. */

#include <string.h>

#include "probes/dns_read.h"
#include "probes/guard.h"

/* RFC 1035 5.1, RFC 4343 2.1: what is not a plain sign is \c or \DDD. */
static void
label_text(GString *s, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = (char)p[i];

		if (strchr(".;()\\", c) != NULL && c != '\0')
			g_string_append_printf(s, "\\%c", c);
		else if (g_ascii_isgraph(c))
			g_string_append_c(s, g_ascii_tolower(c));
		else
			g_string_append_printf(s, "\\%03u", p[i]);
	}
}

static char *
wire_text(const uint8_t *p, size_t n)
{
	GString *s = g_string_sized_new(n + 1);

	for (size_t at = 0; at < n && p[at] != 0; at += p[at] + 1u) {
		if (at + 1 + p[at] > n)
			break;
		if (at > 0)
			g_string_append_c(s, '.');
		label_text(s, p + at + 1, p[at]);
	}
	return g_string_free(s, FALSE);
}

char *
dns_name_text(const ldns_rdf *r)
{
	return wire_text(ldns_rdf_data(r), ldns_rdf_size(r));
}

ldns_rdf *
dns_name_make(const char *text)
{
	ldns_rdf *r = NULL;

	return ldns_str2rdf_dname(&r, *text != '\0' ? text : ".") ==
	    LDNS_STATUS_OK ? r : NULL;
}

/* A length byte is below 64, so no letter. */
static gboolean
wire_same(const uint8_t *a, const uint8_t *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i] && g_ascii_tolower((char)a[i]) !=
		    g_ascii_tolower((char)b[i]))
			return FALSE;
	return TRUE;
}

gboolean
dns_name_same(const ldns_rdf *a, const ldns_rdf *b)
{
	size_t n = ldns_rdf_size(a);

	return n == ldns_rdf_size(b) &&
	    wire_same(ldns_rdf_data(a), ldns_rdf_data(b), n);
}

gboolean
dns_name_within(const ldns_rdf *name, const ldns_rdf *zone)
{
	size_t n = ldns_rdf_size(name), z = ldns_rdf_size(zone), at = 0;
	const uint8_t *p = ldns_rdf_data(name);

	if (z > n)
		return FALSE;
	while (at < n - z && p[at] != 0)
		at += p[at] + 1u;
	return at == n - z && wire_same(p + at, ldns_rdf_data(zone), z);
}

unsigned
dns_name_labels(const ldns_rdf *r)
{
	const uint8_t *p = ldns_rdf_data(r);
	unsigned labels = 0;

	for (size_t at = 0; at < ldns_rdf_size(r) && p[at] != 0;
	    at += p[at] + 1u)
		labels++;
	return labels;
}

char *
dns_name_tail(const ldns_rdf *r, unsigned labels)
{
	const uint8_t *p = ldns_rdf_data(r);
	unsigned all = dns_name_labels(r);
	size_t at = 0;

	for (unsigned i = labels; i < all; i++)
		at += p[at] + 1u;
	return wire_text(p + at, ldns_rdf_size(r) - at);
}

/* "4.0.41.198.in-addr.arpa" is 198.41.0.4; the name itself where it is none. */
char *
dns_name_reverse(const char *name)
{
	g_auto(GStrv) part = g_strsplit(name, ".", 40);
	guint n = g_strv_length(part);
	g_autoptr(GString) s = g_string_new(NULL);
	char ip[46];

	if (n == 6 && g_str_has_suffix(name, ".in-addr.arpa"))
		g_string_printf(s, "%s.%s.%s.%s", part[3], part[2], part[1],
		    part[0]);
	else if (n == 34 && g_str_has_suffix(name, ".ip6.arpa"))
		for (guint i = 32; i-- > 0;)
			g_string_append_printf(s, "%s%s", part[i],
			    i > 0 && i % 4 == 0 ? ":" : "");
	if (s->len > 0 && addr_canonical(s->str, ip) == 0)
		return g_strdup(ip);
	return g_strdup(name);
}
