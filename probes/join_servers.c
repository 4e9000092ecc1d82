/* dns.server, dns.serial, dns.differ: what each server of the zone said. */

#include <string.h>

#include "probes/join_priv.h"

/* The name server that has the address, by referral or by its own record. */
static const char *
server_name(const struct join *j, const char *ip, struct fact *rests)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (!join_is(f, FACT_DNS_REFERRAL, j->registrable) ||
		    !join_array_has(fact_get(f, "ips"), ip))
			continue;
		join_rests_on(rests, f);
		return fact_str(f, "ns");
	}
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if ((f->kind != FACT_DNS_A && f->kind != FACT_DNS_AAAA) ||
		    strcmp(fact_str(f, "ip"), ip) != 0 ||
		    strcmp(f->subject, j->name) == 0)
			continue;
		join_rests_on(rests, f);
		return f->subject;
	}
	return "";
}

/* Whether the fact is of this server's answers to SOA of the zone. */
static gboolean
is_soa_of(const struct join *j, const struct fact *f, const char *ip)
{
	if (strcmp(f->subject, j->registrable) != 0 ||
	    strcmp(fact_str(f, "server"), ip) != 0)
		return FALSE;
	return f->kind == FACT_DNS_SOA || ((f->kind == FACT_DNS_LAME ||
	    f->kind == FACT_DNS_RUNG) &&
	    strcmp(fact_str(f, "type"), "SOA") == 0);
}

static void
rung_note(struct fact *f, const struct fact *rung)
{
	g_autofree char *line = g_strconcat(fact_str(rung, "put"), ": ",
	    fact_str(rung, "gave"), NULL);

	if (fact_get(f, "rungs") == NULL)
		json_object_set_new(f->value, "rungs", json_array());
	join_array_add(fact_get(f, "rungs"), line);
	json_object_set_new(f->value, "put",
	    json_string(fact_str(rung, "put")));
	if (fact_get(rung, "opt") != NULL)
		json_object_set(f->value, "edns", fact_get(rung, "opt"));
}

/* The last word counts, but an answer outweighs all. */
static void
state_note(struct fact *f, const struct fact *g)
{
	static const char *const by_gave[][2] = {
		{ "no answer", "silent" }, { "port closed", "port closed" },
		{ "closed the connection", "closed the connection" },
		{ "not reached", "not reached" }, { "truncated", "truncated" },
		{ "another case", "another case" },
		{ "not a DNS answer", "not a DNS answer" },
	};

	if (strcmp(fact_str(f, "state"), "answers") == 0)
		return;
	if (g->kind == FACT_DNS_SOA) {
		json_object_set_new(f->value, "state",
		    json_string("answers"));
		json_object_set(f->value, "serial", fact_get(g, "serial"));
	} else if (g->kind == FACT_DNS_LAME)
		json_object_set_new(f->value, "state",
		    json_string(fact_str(g, "why")));
	for (size_t i = 0; g->kind == FACT_DNS_RUNG &&
	    i < G_N_ELEMENTS(by_gave); i++)
		if (strcmp(fact_str(g, "gave"), by_gave[i][0]) == 0)
			json_object_set_new(f->value, "state",
			    json_string(by_gave[i][1]));
}

static void
server_fact(struct join *j, const char *ip)
{
	struct fact *f = join_fact(j, FACT_DNS_SERVER, ip, json_pack(
	    "{s:s, s:s, s:s}", "zone", j->registrable, "ns", "", "state",
	    ""));

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];

		if (!is_soa_of(j, g, ip))
			continue;
		join_rests_on(f, g);
		state_note(f, g);
		if (g->kind == FACT_DNS_RUNG)
			rung_note(f, g);
	}
	json_object_set_new(f->value, "ns", json_string(server_name(j, ip,
	    f)));
}

void
join_servers(struct join *j)
{
	json_t *ips = json_array(), *ip;
	size_t k;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (join_is(f, FACT_DNS_RUNG, j->registrable) &&
		    strcmp(fact_str(f, "type"), "SOA") == 0)
			join_array_add(ips, fact_str(f, "server"));
	}
	json_array_foreach(ips, k, ip)
		server_fact(j, json_string_value(ip));
	json_decref(ips);
}

/* --- what all must say alike ------------------------------------------------------------ */

/* The row of groups whose field has the same set, made where there is none. */
static json_t *
group_of(json_t *groups, const char *field, const json_t *values)
{
	json_t *g, *made;
	size_t i;

	json_array_foreach(groups, i, g)
		if (join_array_same(json_object_get(g, field), values))
			return g;
	made = json_pack("{s:O, s:[]}", field, values, "servers");
	json_array_append_new(groups, made);
	return made;
}

/* What one fact says of a name and type, as a line; NULL: nothing. */
static char *
said_of(const struct fact *f, const char *name, enum fact_kind kind,
    const char *type)
{
	if (strcmp(f->subject, name) != 0)
		return NULL;
	if (f->kind == FACT_DNS_CNAME)
		return g_strconcat("alias of ", fact_str(f, "to"), NULL);
	if (f->kind == FACT_DNS_NXDOMAIN &&
	    strcmp(fact_str(f, "type"), type) == 0)
		return g_strdup("no such name");
	if (f->kind == FACT_DNS_NODATA &&
	    strcmp(fact_str(f, "type"), type) == 0)
		return g_strdup("no record");
	if (f->kind != kind)
		return NULL;
	if (kind == FACT_DNS_MX)
		return g_strdup_printf("%d %s", (int)fact_int(f, "preference",
		    0), fact_str(f, "exchange"));
	if (kind == FACT_DNS_TXT && !json_is_string(fact_get(f, "text")))
		return g_strdup("bytes that are no text");
	return g_strdup(fact_str(f, kind == FACT_DNS_NS ? "ns" :
	    kind == FACT_DNS_TXT ? "text" : "ip"));
}

static json_t *
values_of(struct join *j, const char *ip, const char *name,
    enum fact_kind kind, const char *type, struct fact *rests)
{
	json_t *values = json_array();

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];
		g_autofree char *line = NULL;

		if (strcmp(fact_str(f, "server"), ip) == 0)
			line = said_of(f, name, kind, type);
		if (line == NULL)
			continue;
		join_array_add(values, line);
		join_rests_on(rests, f);
	}
	return values;
}

static void
compare(struct join *j, const json_t *ips, const char *name,
    enum fact_kind kind, const char *type)
{
	struct fact *f = fact_new(FACT_DNS_DIFFER, name, json_pack(
	    "{s:s, s:[]}", "type", type, "answers"));
	json_t *groups = fact_get(f, "answers"), *ip;
	size_t k, servers = 0;

	json_array_foreach(ips, k, ip) {
		const char *s = json_string_value(ip);
		json_t *values = values_of(j, s, name, kind, type, f);

		if (json_array_size(values) > 0) {
			json_array_append(json_object_get(group_of(groups,
			    "values", values), "servers"), ip);
			servers++;
		}
		json_decref(values);
	}
	if (servers < 2) {
		fact_free(f);
		return;
	}
	json_object_set_new(f->value, "agree",
	    json_boolean(json_array_size(groups) == 1));
	join_give(j, f);
}

/* Those that answer for the zone. */
static json_t *
answering(const struct join *j)
{
	json_t *ips = json_array();

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (join_is(f, FACT_DNS_SOA, j->registrable))
			join_array_add(ips, fact_str(f, "server"));
	}
	return ips;
}

void
join_answers(struct join *j)
{
	static const struct {
		enum fact_kind	 kind;
		const char	*type;
		gboolean	 zone;
	} asked[] = {
		{ FACT_DNS_NS,	"NS",	TRUE }, { FACT_DNS_MX, "MX", TRUE },
		{ FACT_DNS_TXT,	"TXT",	TRUE }, { FACT_DNS_A, "A", FALSE },
		{ FACT_DNS_AAAA, "AAAA", FALSE },
	};
	json_t *ips = answering(j);

	for (size_t i = 0; i < G_N_ELEMENTS(asked); i++)
		compare(j, ips, asked[i].zone ? j->registrable : j->name,
		    asked[i].kind, asked[i].type);
	json_decref(ips);
}

static json_t *
serial_row(json_t *rows, json_t *serial)
{
	json_t *row;
	size_t k;

	json_array_foreach(rows, k, row)
		if (json_equal(json_object_get(row, "serial"), serial))
			return json_object_get(row, "servers");
	row = json_pack("{s:O, s:[]}", "serial", serial, "servers");
	json_array_append_new(rows, row);
	return json_object_get(row, "servers");
}

/* RFC 1982 aside: any other number is another copy of the zone. */
void
join_serials(struct join *j)
{
	struct fact *f = fact_new(FACT_DNS_SERIAL, j->registrable, json_pack(
	    "{s:[]}", "serials"));
	json_t *rows = fact_get(f, "serials"), *ips = answering(j);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];

		if (!join_is(g, FACT_DNS_SOA, j->registrable) ||
		    fact_get(g, "serial") == NULL)
			continue;
		join_array_add(serial_row(rows, fact_get(g, "serial")),
		    fact_str(g, "server"));
		join_rests_on(f, g);
	}
	if (json_array_size(ips) < 2)
		fact_free(f);
	else {
		json_object_set_new(f->value, "agree",
		    json_boolean(json_array_size(rows) == 1));
		join_give(j, f);
	}
	json_decref(ips);
}
