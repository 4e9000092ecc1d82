/* What is added to a question, and the tables of whom to ask. */

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "embed.h"
#include "probes/dns.h"
#include "probes/dns_other.h"

#define OPT_SIZE	11
#define OPTION_ECS	8
#define PORT_DNS	53

/* --- tables ----------------------------------------------------------------- */

static void
resolver_free(void *p)
{
	struct resolver *r = p;

	g_free(r->name);
	g_free(r->operator);
	g_free(r->host);
	g_strfreev(r->addresses);
	g_free(r);
}

static void
echo_free(void *p)
{
	struct echo *e = p;

	g_free(e->operator);
	g_free(e->name);
	g_free(e->type);
	g_free(e->options);
	g_free(e->host);
	g_strfreev(e->addresses);
	g_free(e);
}

static gboolean
chosen(char *const *names, const char *name)
{
	return names == NULL || g_strv_contains((const char *const *)names,
	    name);
}

GPtrArray *
resolvers_load(char *const *names)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(resolver_free);
	g_auto(GStrv) line = g_strsplit(embed_probes_data_resolvers_tsv, "\n",
	    -1);

	for (char **l = line; *l != NULL; l++) {
		g_auto(GStrv) col = g_strsplit(*l, "\t", -1);
		struct resolver *r;

		if (**l == '#' || g_strv_length(col) != 5 ||
		    !chosen(names, col[0]))
			continue;
		r = g_new0(struct resolver, 1);
		r->name = g_strdup(col[0]);
		r->operator = g_strdup(col[1]);
		r->host = g_strdup(col[2]);
		r->addresses = g_strsplit(col[3], ",", -1);
		r->ecs = strcmp(col[4], "yes") == 0;
		g_ptr_array_add(all, r);
	}
	return all;
}

GPtrArray *
echoes_load(void)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(echo_free);
	g_auto(GStrv) line = g_strsplit(embed_probes_data_echo_tsv, "\n", -1);

	for (char **l = line; *l != NULL; l++) {
		g_auto(GStrv) col = g_strsplit(*l, "\t", -1);
		struct echo *e;

		if (**l == '#' || g_strv_length(col) != 6)
			continue;
		e = g_new0(struct echo, 1);
		e->operator = g_strdup(col[0]);
		e->name = g_strdup(col[1]);
		e->type = g_strdup(col[2]);
		e->options = g_strdup(col[3]);
		e->host = g_strdup(col[4]);
		e->addresses = g_strsplit(col[5], ",", -1);
		g_ptr_array_add(all, e);
	}
	return all;
}

/* --- the case's recursive servers ------------------------------------------- */

int
dns_server_read(const char *text, char ip[ADDR_TEXT], uint16_t *port)
{
	g_auto(GStrv) part = g_strsplit(text, "#", 3);
	guint64 n = PORT_DNS;

	if (part[0] == NULL || addr_canonical(part[0], ip) != 0 ||
	    (part[1] != NULL && (part[2] != NULL ||
	    !g_ascii_string_to_unsigned(part[1], 10, 1, 65535, &n, NULL))))
		return -1;
	*port = (uint16_t)n;
	return 0;
}

uint16_t
dns_server_port(char *const *servers, const char *ip)
{
	char at[ADDR_TEXT];
	uint16_t port;

	for (; servers != NULL && *servers != NULL; servers++)
		if (dns_server_read(*servers, at, &port) == 0 &&
		    strcmp(at, ip) == 0)
			return port;
	return PORT_DNS;
}

gboolean
dns_is_recursive(const struct question *q)
{
	return q->kind == PROBE_DNS && strcmp(q->note, NOTE_RECURSIVE) == 0;
}

/* --- the message ------------------------------------------------------------ */

size_t
subnet_wire(const char *text, uint8_t out[20])
{
	g_auto(GStrv) part = g_strsplit(text, "/", 3);
	uint8_t a[16] = { 0 };
	guint64 bits;
	size_t n;
	int family = 0;

	if (g_strv_length(part) != 2)
		return 0;
	if (inet_pton(AF_INET, part[0], a) == 1)
		family = 1;
	else if (inet_pton(AF_INET6, part[0], a) == 1)
		family = 2;
	if (family == 0 || !g_ascii_string_to_unsigned(part[1], 10, 1,
	    family == 1 ? 32 : 128, &bits, NULL))
		return 0;
	n = ((size_t)bits + 7) / 8;
	/* Bits beyond the prefix are zero: RFC 7871 6. */
	if (bits % 8 != 0)
		a[n - 1] &= (uint8_t)(0xff << (8 - bits % 8));
	out[0] = 0;
	out[1] = (uint8_t)family;
	out[2] = (uint8_t)bits;
	out[3] = 0;
	memcpy(out + 4, a, n);
	return 4 + n;
}

static void
ecs_add(const char *prefix, uint8_t **wire, size_t *len)
{
	uint8_t option[20], *p;
	size_t n = subnet_wire(prefix, option);

	if (n == 0 || *len < OPT_SIZE)
		return;
	p = realloc(*wire, *len + 4 + n);
	if (p == NULL)
		g_error("no memory for a question");
	/* The OPT record is last, and had no options. */
	p[*len - 1] = (uint8_t)(4 + n);
	p[*len] = 0;
	p[*len + 1] = OPTION_ECS;
	p[*len + 2] = 0;
	p[*len + 3] = (uint8_t)n;
	memcpy(p + *len + 4, option, n);
	*len += 4 + n;
	*wire = p;
}

/* Where the question's class stands: after its name and type. */
static size_t
class_at(const uint8_t *wire, size_t len)
{
	size_t at = DNS_HEADER;

	while (at < len && wire[at] != 0)
		at += 1u + wire[at];
	return at + 3;
}

void
dns_query_extend(const struct question *q, uint8_t **wire, size_t *len)
{
	g_autofree char *rd = question_option(q, "rd");
	g_autofree char *ch = question_option(q, "ch");
	g_autofree char *ecs = question_option(q, "ecs");

	if (rd != NULL)
		(*wire)[2] |= 1;
	if (ch != NULL && class_at(*wire, *len) + 1 < *len)
		(*wire)[class_at(*wire, *len) + 1] = 3;
	if (ecs != NULL)
		ecs_add(ecs, wire, len);
}
