#include <arpa/inet.h>
#include <string.h>

#include "probes/fact.h"
#include "probes/guard.h"
#include "probes/origin.h"

#define ZONE	"asn.cymru.com"

enum { ORIGINS = 16, PARTS = 5 };

/* "4.3.2.1.in-addr.arpa." and "....ip6.arpa." are what the two zones stand in
 * place of. */
static const struct {
	const char *arpa, *zone;
} families[] = {
	{ ".in-addr.arpa",	".origin." ZONE },
	{ ".ip6.arpa",		".origin6." ZONE },
};

char *
origin_name(const char *ip)
{
	g_autoptr(GString) s = g_string_new(NULL);

	addr_reverse_name(ip, s);
	if (s->len > 0)
		g_string_truncate(s, s->len - 1);
	for (size_t i = 0; i < G_N_ELEMENTS(families); i++) {
		if (!g_str_has_suffix(s->str, families[i].arpa))
			continue;
		g_string_truncate(s, s->len - strlen(families[i].arpa));
		g_string_append(s, families[i].zone);
		return g_string_free(g_steal_pointer(&s), FALSE);
	}
	return NULL;
}

char *
origin_as_name(const char *as)
{
	return g_strconcat(as, "." ZONE, NULL);
}

/* The number of an "AS13335", or 0. */
static guint64
as_number(const char *text)
{
	guint64 n;

	return g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT32, &n, NULL) ?
	    n : 0;
}

char *
origin_as(const char *name)
{
	g_autofree char *first = g_strndup(name, strcspn(name, "."));

	if (strcmp(name + strlen(first), "." ZONE) != 0 ||
	    g_ascii_strncasecmp(first, "as", 2) != 0 ||
	    as_number(first + 2) == 0)
		return NULL;
	return g_strdup_printf("AS%" G_GUINT64_FORMAT, as_number(first + 2));
}

static char *
address4(char **labels)
{
	g_autofree char *text = NULL;
	struct in_addr in;

	if (g_strv_length(labels) != 4)
		return NULL;
	text = g_strjoin(".", labels[3], labels[2], labels[1], labels[0], NULL);
	return inet_pton(AF_INET, text, &in) == 1 ?
	    g_steal_pointer(&text) : NULL;
}

static char *
address6(char **labels)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr in = { 0 };

	if (g_strv_length(labels) != 32)
		return NULL;
	for (size_t i = 0; i < 32; i++) {
		const char *l = labels[31 - i];

		if (!g_ascii_isxdigit(l[0]) || l[1] != '\0')
			return NULL;
		in.s6_addr[i / 2] |= (uint8_t)(g_ascii_xdigit_value(l[0]) <<
		    (i % 2 == 0 ? 4 : 0));
	}
	if (inet_ntop(AF_INET6, &in, text, sizeof text) == NULL)
		return NULL;
	return g_strdup(text);
}

char *
origin_address(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(families); i++) {
		g_autofree char *head = NULL;
		g_auto(GStrv) labels = NULL;

		if (!g_str_has_suffix(name, families[i].zone))
			continue;
		head = g_strndup(name, strlen(name) -
		    strlen(families[i].zone));
		labels = g_strsplit(head, ".", 64);
		return i == 0 ? address4(labels) : address6(labels);
	}
	return NULL;
}

/* ---- what the texts say */

static char **
parts_of(const char *text)
{
	char **p = g_strsplit(text, "|", PARTS);

	for (char **s = p; *s != NULL; s++)
		g_strstrip(*s);
	return p;
}

/* One fact a network: two that announce the same are two facts. */
static gboolean
origin_facts(const char *ip, char **p, const char *server, GString *out)
{
	g_auto(GStrv) numbers = NULL;
	gboolean any = FALSE;

	if (g_strv_length(p) != PARTS)
		return FALSE;
	numbers = g_strsplit_set(p[0], " ,", ORIGINS);
	for (char **n = numbers; *n != NULL; n++) {
		guint64 as = as_number(*n);

		if (as == 0)
			continue;
		any = TRUE;
		fact_emit(out, FACT_IP_ORIGIN, ip, json_pack(
		    "{s:I, s:s, s:s, s:s, s:s, s:s, s:s}", "asn",
		    (json_int_t)as, "prefix", p[1], "country", p[2], "rir",
		    p[3], "allocated", p[4], "source", ORIGIN_SOURCE, "server",
		    server));
	}
	return any;
}

/* A name may hold bars: it is the last part, and not divided. */
static gboolean
name_fact(const char *as, char **p, const char *server, GString *out)
{
	if (g_strv_length(p) != PARTS || as_number(p[0]) != as_number(as + 2))
		return FALSE;
	fact_emit(out, FACT_AS_NAME, as, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s}", "name", p[4], "country", p[1],
	    "rir", p[2], "allocated", p[3], "source", ORIGIN_SOURCE, "server",
	    server));
	return TRUE;
}

gboolean
origin_text(const char *name, const char *text, const char *server,
    GString *out)
{
	g_autofree char *ip = origin_address(name);
	g_autofree char *as = ip == NULL ? origin_as(name) : NULL;
	g_auto(GStrv) p = NULL;

	if (ip == NULL && as == NULL)
		return FALSE;
	p = parts_of(text);
	return ip != NULL ? origin_facts(ip, p, server, out) :
	    name_fact(as, p, server, out);
}

gboolean
origin_none(const char *name, const char *server, GString *out)
{
	g_autofree char *ip = origin_address(name);

	if (ip == NULL)
		return FALSE;
	fact_emit(out, FACT_IP_UNROUTED, ip, json_pack("{s:s, s:s}", "source",
	    ORIGIN_SOURCE, "server", server));
	return TRUE;
}
