/* What is joined when a target has closed: facts in, facts out, by hand. */

#include <string.h>

#include "probes/join.h"

#define NAME	"www.site.ch"
#define ZONE	"site.ch"

/* A target's facts in log order; ids count from 1, each later than the last. */
static GPtrArray *
log_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)fact_free);
}

static void
add(GPtrArray *log, enum fact_kind kind, const char *subject, json_t *value)
{
	struct fact *f = fact_new(kind, subject, value);

	f->id = log->len + 1;
	g_free(f->at);
	f->at = g_strdup_printf("2026-01-01T00:00:%02u.000000Z", log->len % 60);
	g_ptr_array_add(log, f);
}

static void
add_str(GPtrArray *log, enum fact_kind kind, const char *subject,
    const char *field, const char *value)
{
	add(log, kind, subject, json_pack("{s:s}", field, value));
}

static void
add_registrar(GPtrArray *log, const char *subject, const char *role,
    const char *name)
{
	add(log, FACT_RDAP_ENTITY, subject, json_pack("{s:[s], s:s}", "roles",
	    role, "name", name));
}

static void
add_whois(GPtrArray *log, const char *subject, const char *field,
    const char *value)
{
	add(log, FACT_WHOIS_FIELD, subject, json_pack("{s:s, s:s}", "field",
	    field, "value", value));
}

static char *
from_text(const struct fact *f)
{
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < f->from->len; i++)
		g_string_append_printf(s, "%s%u", i > 0 ? " " : "",
		    (unsigned)g_array_index(f->from, uint64_t, i));
	return g_string_free(s, FALSE);
}

/* The joined fact of that kind and subject, of which there is one at most. */
static const struct fact *
find(const GPtrArray *out, enum fact_kind kind, const char *subject)
{
	const struct fact *found = NULL;

	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (f->kind != kind || strcmp(f->subject, subject) != 0)
			continue;
		g_assert_null(found);
		found = f;
	}
	return found;
}

/* value: JSON, the whole value; from: the ids in their order. */
static void
check(const GPtrArray *out, enum fact_kind kind, const char *subject,
    const char *value, const char *from)
{
	const struct fact *f = find(out, kind, subject);
	g_autofree char *ids = NULL, *is = NULL, *should = NULL;
	json_t *want = json_loads(value, 0, NULL);

	g_assert_nonnull(f);
	g_assert_nonnull(want);
	is = json_dumps(f->value, JSON_SORT_KEYS | JSON_COMPACT);
	should = json_dumps(want, JSON_SORT_KEYS | JSON_COMPACT);
	g_assert_cmpstr(is, ==, should);
	g_assert_cmpint(f->type, ==, DERIVED);
	g_assert_cmpstr(f->reader, ==, JOIN_VERSION);
	ids = from_text(f);
	g_assert_cmpstr(ids, ==, from);
	json_decref(want);
}

static void
test_places(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "NL");
	add_str(log, FACT_GEO_PLACE, "9.0.0.2", "country", "NL");
	add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "NL");
	add_str(log, FACT_GEO_PLACE, "9.0.0.2", "country", "US");
	add_str(log, FACT_GEO_PLACE, "9.0.0.2", "country", "NL");
	add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "");
	add_str(log, FACT_GEO_PLACE, "9.0.0.3", "country", "");
	add_str(log, FACT_GEO_NONE, "9.0.0.4", "db", "x.mmdb");
	out = target_join(NAME, ZONE, log);
	g_assert_cmpuint(out->len, ==, 2);
	check(out, FACT_PLACE_COMPARED, "9.0.0.1", "{\"countries\":[\"NL\"],"
	    "\"agree\":true,\"databases\":2,\"geofeed\":[],\"hints\":[],"
	    "\"excluded\":[],\"unlikely\":[],"
	    "\"edge\":\"\"}", "1 3");
	check(out, FACT_PLACE_COMPARED, "9.0.0.2", "{\"countries\":[\"NL\","
	    "\"US\"],\"agree\":false,\"databases\":3,\"geofeed\":[],\"hints\":[],"
	    "\"excluded\":[],\"unlikely\":[],"
	    "\"edge\":\"\"}", "2 4 5");
}

/* Many places share the address of an edge. */
static void
test_edge(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "US");
	add(log, FACT_IP_LISTED, "9.0.0.1", json_pack("{s:s, s:s}", "what",
	    "hosting", "provider", "Other"));
	add(log, FACT_IP_LISTED, "9.0.0.1", json_pack("{s:s, s:s}", "what",
	    "cdn", "provider", "Edges"));
	out = target_join(NAME, ZONE, log);
	g_assert_cmpstr(fact_str(find(out, FACT_PLACE_COMPARED, "9.0.0.1"),
	    "edge"), ==, "Edges");
}

/* Said at the time of the last fact that it rests on, whatever their order. */
static void
test_time(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;
	const struct fact *f;

	for (int i = 0; i < 3; i++)
		add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "NL");
	for (int i = 0; i < 2; i++) {
		struct fact *g = log->pdata[i];

		g_free(g->at);
		g->at = g_strdup(i == 0 ? "2026-01-01T00:00:30.000000Z" :
		    "2026-01-01T00:00:50.000000Z");
	}
	out = target_join(NAME, ZONE, log);
	f = find(out, FACT_PLACE_COMPARED, "9.0.0.1");
	g_assert_nonnull(f);
	g_assert_cmpstr(f->at, ==, "2026-01-01T00:00:50.000000Z");
}

/* --- ns.compared ------------------------------------------------------------ */

static const struct {
	const char	*parent[3], *child[3];
	const char	*value;		/* NULL: nothing to compare */
	const char	*from;
} zones[] = {
	{ { "a.ns.ch", "b.ns.ch" }, { "b.ns.ch", "a.ns.ch" },
	    "{\"parent\":[\"a.ns.ch\",\"b.ns.ch\"],"
	    "\"child\":[\"b.ns.ch\",\"a.ns.ch\"],\"only_parent\":[],"
	    "\"only_child\":[],\"agree\":true}", "1 2 3 4" },
	/* Two of the parent's servers said the same. */
	{ { "a.ns.ch", "a.ns.ch" }, { "a.ns.ch" },
	    "{\"parent\":[\"a.ns.ch\"],\"child\":[\"a.ns.ch\"],"
	    "\"only_parent\":[],\"only_child\":[],\"agree\":true}", "1 2 3" },
	{ { "a.ns.ch", "b.ns.ch" }, { "a.ns.ch", "c.ns.ch" },
	    "{\"parent\":[\"a.ns.ch\",\"b.ns.ch\"],"
	    "\"child\":[\"a.ns.ch\",\"c.ns.ch\"],\"only_parent\":[\"b.ns.ch\"],"
	    "\"only_child\":[\"c.ns.ch\"],\"agree\":false}", "1 2 3 4" },
	{ { "a.ns.ch" }, { "a.ns.ch", "b.ns.ch" },
	    "{\"parent\":[\"a.ns.ch\"],"
	    "\"child\":[\"a.ns.ch\",\"b.ns.ch\"],\"only_parent\":[],"
	    "\"only_child\":[\"b.ns.ch\"],\"agree\":false}", "1 2 3" },
	{ { "a.ns.ch", "b.ns.ch" }, { "b.ns.ch" },
	    "{\"parent\":[\"a.ns.ch\",\"b.ns.ch\"],"
	    "\"child\":[\"b.ns.ch\"],\"only_parent\":[\"a.ns.ch\"],"
	    "\"only_child\":[],\"agree\":false}", "1 2 3" },
	{ { "a.ns.ch" }, { NULL }, NULL, NULL },
	{ { NULL }, { "a.ns.ch" }, NULL, NULL },
};

static void
test_name_servers(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;

		for (int k = 0; k < 3 && zones[i].parent[k] != NULL; k++)
			add_str(log, FACT_DNS_REFERRAL, ZONE, "ns",
			    zones[i].parent[k]);
		for (int k = 0; k < 3 && zones[i].child[k] != NULL; k++)
			add_str(log, FACT_DNS_NS, ZONE, "ns",
			    zones[i].child[k]);
		out = target_join(NAME, ZONE, log);
		g_assert_true((find(out, FACT_NS_COMPARED, ZONE) != NULL) ==
		    (zones[i].value != NULL));
		if (zones[i].value != NULL)
			check(out, FACT_NS_COMPARED, ZONE, zones[i].value,
			    zones[i].from);
	}
}

/* --- reg.compared ------------------------------------------------------------- */

static const struct {
	const char	*rdap, *whois;
	gboolean	 agree;
} registrars[] = {
	{ "Name House, Inc.", "Name House Inc", TRUE },
	{ "NAME-HOUSE INC", "Name House, Inc.", TRUE },
	{ "B\xC3\xBCro AG", "B\xC3\xBCro  ag.", TRUE },
	{ "B\xC3\xBCro AG", "B\xC3\xB6ro AG", FALSE },
	{ "Name House, Inc.", "Name House, LLC", FALSE },
	{ "Name House 1", "Name House 2", FALSE },
	{ "Name House", "Name House Inc", FALSE },
};

static void
test_registrars(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(registrars); i++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;
		g_autofree char *value = g_strdup_printf(
		    "{\"registrar_rdap\":\"%s\",\"registrar_whois\":\"%s\","
		    "\"field\":\"registrar\",\"rdap\":[\"%s\"],"
		    "\"whois\":[\"%s\"],\"says\":\"%s\",\"agree\":%s}",
		    registrars[i].rdap, registrars[i].whois,
		    registrars[i].rdap, registrars[i].whois,
		    registrars[i].agree ? "agree" : "differ",
		    registrars[i].agree ? "true" : "false");

		add_whois(log, ZONE, "no such field", "CH");
		add_whois(log, ZONE, "registrar", registrars[i].whois);
		add_registrar(log, ZONE, "abuse", "Somebody Else");
		add_registrar(log, ZONE, "registrar", registrars[i].rdap);
		out = target_join(NAME, ZONE, log);
		g_assert_cmpuint(out->len, ==, 1);
		check(out, FACT_REG_COMPARED, ZONE, value, "4 2");
	}
}

/* One field each: what RDAP gives, what WHOIS gives, and what that comes to.
 * More than one of either stand with a bar between. */
static const struct {
	const char	*field;
	enum fact_kind	 kind;
	const char	*rdap, *whois, *says;
} compared[] = {
	{ "registrar", FACT_RDAP_ENTITY, "{\"roles\":[\"registrar\"],\"name\":"
	    "\"R-1\",\"org\":\"Name House Inc\"}",
	    "{\"value\":\"Name House, Inc.\"}", "agree" },
	{ "registrar_id", FACT_RDAP_ENTITY, "{\"roles\":[\"registrar\"],"
	    "\"iana_id\":\"9999\"}", "{\"value\":\"9999\"}", "agree" },
	{ "registrar_id", FACT_RDAP_ENTITY, "{\"roles\":[\"registrar\"],"
	    "\"iana_id\":\"9999\"}", "{\"value\":\"9998\"}", "differ" },
	/* An id of whom the registrar names is not its own. */
	{ "registrar_id", FACT_RDAP_ENTITY, "{\"roles\":[\"registrar\"],"
	    "\"iana_id\":\"9999\",\"under\":\"registrant\"}",
	    "{\"value\":\"9999\"}", "only WHOIS" },
	{ "created", FACT_RDAP_EVENT, "{\"action\":\"registration\",\"date\":"
	    "\"2015-10-26T00:30:00+02:00\"}", "{\"value\":\"26 Oct 2015\","
	    "\"read\":\"2015-10-26\"}", "agree" },
	{ "created", FACT_RDAP_EVENT, "{\"action\":\"registration\",\"date\":"
	    "\"2015-10-26T12:00:00Z\"}",
	    "{\"value\":\"2015-10-28\",\"read\":\"2015-10-28\"}", "differ" },
	/* Both say a time: the next day is another one. */
	{ "created", FACT_RDAP_EVENT, "{\"action\":\"registration\",\"date\":"
	    "\"2015-10-26T12:00:00Z\"}", "{\"value\":\"x\",\"read\":"
	    "\"2015-10-27T12:00:00Z\"}", "differ" },
	{ "changed", FACT_RDAP_EVENT, "{\"action\":\"last changed\",\"date\":"
	    "\"2026-01-02T00:00:00Z\"}", NULL, "only RDAP" },
	/* When the server's own data is from is no date of the domain. */
	{ "changed", FACT_RDAP_EVENT, "{\"action\":\"last update of RDAP "
	    "database\",\"date\":\"2026-01-02T00:00:00Z\"}",
	    "{\"value\":\"2026-01-02\",\"read\":\"2026-01-02\"}",
	    "only WHOIS" },
	{ "expires", FACT_RDAP_EVENT, "{\"action\":\"expiration\",\"date\":"
	    "\"2027-05-01T00:00:00Z\"}", "{\"value\":\"01.05.2027\","
	    "\"read\":\"2027-05-01\"}", "agree" },
	{ "status", FACT_RDAP_DOMAIN, "{\"status\":[\"client hold\",\"active\"]}",
	    "{\"value\":\"clientHold https://icann.org/epp#clientHold\"}|"
	    "{\"value\":\"ok\"}", "agree" },
	{ "status", FACT_RDAP_DOMAIN, "{\"status\":[\"client hold\",\"active\"]}",
	    "{\"value\":\"ok, clientHold\"}", "agree" },
	{ "status", FACT_RDAP_DOMAIN, "{\"status\":[\"active\"]}",
	    "{\"value\":\"clientHold\"}", "differ" },
	{ "ns", FACT_RDAP_NS, "{\"ns\":\"ns1.example.net\"}|{\"ns\":"
	    "\"ns2.example.net\"}", "{\"value\":\"ns2.example.net\"}|"
	    "{\"value\":\"ns1.example.net\"}", "agree" },
	{ "ns", FACT_RDAP_NS, "{\"ns\":\"ns1.example.net\"}",
	    "{\"value\":\"ns1.example.net\"}|{\"value\":\"ns2.example.net\"}",
	    "differ" },
	{ "holder", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],\"name\":"
	    "\"Ana Prueba\",\"org\":\"Kino Alfa\"}",
	    "{\"value\":\"KINO ALFA\"}", "agree" },
	{ "holder", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],\"name\":"
	    "\"REDACTED\",\"withheld\":true}", "{\"value\":\"Kino Alfa\"}",
	    "withheld by RDAP" },
	{ "holder", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],\"name\":"
	    "\"Kino Alfa\"}", "{\"value\":\"REDACTED\",\"withheld\":true}",
	    "withheld by WHOIS" },
	{ "country", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],"
	    "\"country\":\"AT\"}", "{\"value\":\"Austria\"}",
	    "not compared" },
	{ "country", FACT_RDAP_ENTITY, "{\"roles\":[\"registrant\"],"
	    "\"country\":\"AT\"}", "{\"value\":\"DE\"}", "differ" },
	{ "dnssec", FACT_RDAP_DOMAIN, "{\"dnssec\":\"unsigned\"}",
	    "{\"value\":\"Inactive\"}", "agree" },
	{ "dnssec", FACT_RDAP_DOMAIN, "{\"dnssec\":\"signed\"}",
	    "{\"value\":\"signedDelegation\"}", "agree" },
	{ "dnssec", FACT_RDAP_DOMAIN, "{\"dnssec\":\"signed\"}",
	    "{\"value\":\"N\"}", "differ" },
};

static void
add_each(GPtrArray *log, enum fact_kind kind, const char *values,
    const char *field)
{
	g_auto(GStrv) each = g_strsplit(values, "|", -1);

	for (char **p = each; *p != NULL; p++) {
		json_t *v = json_loads(*p, 0, NULL);

		g_assert_nonnull(v);
		if (field != NULL)
			json_object_set_new(v, "field", json_string(field));
		add(log, kind, ZONE, v);
	}
}

static void
test_compared_fields(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(compared); i++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;
		const struct fact *f = NULL;

		add_whois(log, ZONE, "no such field", "CH");
		add_each(log, compared[i].kind, compared[i].rdap, NULL);
		if (compared[i].whois != NULL)
			add_each(log, FACT_WHOIS_FIELD, compared[i].whois,
			    compared[i].field);
		/* An event alone is no answer about the domain. */
		add(log, FACT_RDAP_ENTITY, ZONE, json_pack("{s:[s]}",
		    "roles", "abuse"));
		out = target_join(NAME, ZONE, log);
		for (guint k = 0; k < out->len; k++) {
			const struct fact *o = out->pdata[k];

			if (o->kind == FACT_REG_COMPARED && strcmp(fact_str(o,
			    "field"), compared[i].field) == 0)
				f = o;
		}
		g_test_message("%s: %s", compared[i].field, compared[i].rdap);
		g_assert_nonnull(f);
		g_assert_cmpstr(fact_str(f, "says"), ==, compared[i].says);
		g_assert_true(json_is_true(fact_get(f, "agree")) ==
		    (strcmp(compared[i].says, "agree") == 0));
	}
}

/* One service alone is not compared with nothing. */
static void
test_one_registrar(void)
{
	for (int i = 0; i < 2; i++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;

		if (i == 0)
			add_registrar(log, ZONE, "registrar", "Name House");
		else
			add_whois(log, ZONE, "registrar", "Name House");
		out = target_join(NAME, ZONE, log);
		g_assert_cmpuint(out->len, ==, 0);
	}
}

/* --- ip.sign -------------------------------------------------------------------- */

static void
test_signs(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_str(log, FACT_DNS_NS, ZONE, "ns", "a.ns.ch");
	add_str(log, FACT_DNS_MX, ZONE, "exchange", "mail.ch");
	add_str(log, FACT_DNS_A, NAME, "ip", "9.0.0.1");
	add_str(log, FACT_DNS_A, "a.ns.ch", "ip", "9.0.0.2");
	add_str(log, FACT_DNS_A, "mail.ch", "ip", "9.0.0.3");
	add_str(log, FACT_DNS_AAAA, "mail.ch", "ip", "2600::3");
	add_str(log, FACT_DNS_A, "on-the-way.ch", "ip", "9.0.0.4");
	out = target_join(NAME, ZONE, log);
	g_assert_cmpuint(out->len, ==, 4);
	check(out, FACT_IP_SIGN, "9.0.0.1", "{\"signs\":[\"serves-name\"],"
	    "\"names\":[\"" NAME "\"]}", "3");
	check(out, FACT_IP_SIGN, "9.0.0.2", "{\"signs\":[\"name-server\"],"
	    "\"names\":[\"a.ns.ch\"]}", "4 1");
	check(out, FACT_IP_SIGN, "9.0.0.3", "{\"signs\":[\"mail-server\"],"
	    "\"names\":[\"mail.ch\"]}", "5 2");
	check(out, FACT_IP_SIGN, "2600::3", "{\"signs\":[\"mail-server\"],"
	    "\"names\":[\"mail.ch\"]}", "6 2");
}

/* One machine for everything is one fact; the parent's word is enough. */
static void
test_signs_of_one_address(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_str(log, FACT_DNS_REFERRAL, ZONE, "ns", "a.ns.ch");
	add_str(log, FACT_DNS_MX, ZONE, "exchange", "mail.ch");
	add_str(log, FACT_DNS_A, "a.ns.ch", "ip", "9.0.0.1");
	add_str(log, FACT_DNS_A, NAME, "ip", "9.0.0.1");
	add_str(log, FACT_DNS_A, "mail.ch", "ip", "9.0.0.1");
	out = target_join(NAME, ZONE, log);
	check(out, FACT_IP_SIGN, "9.0.0.1", "{\"signs\":[\"name-server\","
	    "\"serves-name\",\"mail-server\"],\"names\":[\"a.ns.ch\",\"" NAME
	    "\",\"mail.ch\"]}", "3 1 4 5 2");
}

/* --- the zone's servers -------------------------------------------------------- */

static void
add_line(GPtrArray *log, const char *line)
{
	struct fact *f = fact_from_line(line, strlen(line));
	guint64 id = log->len + 1;

	g_assert_nonnull(f);
	f->id = id;
	g_ptr_array_add(log, f);
}

#define SOA(server, serial) \
	"{\"kind\":\"dns.soa\",\"subject\":\"" ZONE "\",\"value\":{" \
	"\"mname\":\"m\",\"rname\":\"r\",\"serial\":" serial ",\"server\":\"" \
	server "\"}}"
#define RUNG(server, put, gave) \
	"{\"kind\":\"dns.rung\",\"subject\":\"" ZONE "\",\"value\":{" \
	"\"type\":\"SOA\",\"server\":\"" server "\",\"put\":\"" put "\"," \
	"\"gave\":\"" gave "\",\"opt\":false}}"
#define LAME(server, why) \
	"{\"kind\":\"dns.lame\",\"subject\":\"" ZONE "\",\"value\":{" \
	"\"type\":\"SOA\",\"server\":\"" server "\",\"why\":\"" why "\"}}"

static const char *
field_of(const GPtrArray *out, enum fact_kind kind, const char *subject,
    const char *field)
{
	const struct fact *f = find(out, kind, subject);

	return f != NULL ? fact_str(f, field) : "(none)";
}

static void
test_servers(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_line(log, RUNG("9.0.0.1", "EDNS 1232, DO", "FORMERR"));
	add_line(log, LAME("9.0.0.1", "format error"));
	add_line(log, RUNG("9.0.0.1", "no EDNS", "answer"));
	add_line(log, SOA("9.0.0.1", "7"));
	add_line(log, RUNG("9.0.0.2", "EDNS 1232, DO", "no answer"));
	add_line(log, RUNG("9.0.0.2", "no EDNS, TCP", "no answer"));
	add_line(log, RUNG("9.0.0.3", "EDNS 1232, DO", "answer"));
	add_line(log, LAME("9.0.0.3", "upward referral"));
	add_line(log, RUNG("9.0.0.4", "EDNS 1232, DO", "answer"));
	add_line(log, SOA("9.0.0.4", "6"));
	add_str(log, FACT_DNS_A, "a.ns.ch", "ip", "9.0.0.1");
	out = target_join(NAME, ZONE, log);
	check(out, FACT_DNS_SERVER, "9.0.0.1", "{\"zone\":\"" ZONE "\","
	    "\"ns\":\"a.ns.ch\",\"state\":\"answers\",\"put\":\"no EDNS\","
	    "\"edns\":false,\"serial\":7,\"rungs\":[\"EDNS 1232, DO: FORMERR\","
	    "\"no EDNS: answer\"]}", "1 2 3 4 11");
	g_assert_cmpstr(field_of(out, FACT_DNS_SERVER, "9.0.0.2", "state"), ==,
	    "silent");
	g_assert_cmpstr(field_of(out, FACT_DNS_SERVER, "9.0.0.3", "state"), ==,
	    "upward referral");
	check(out, FACT_DNS_SERIAL, ZONE, "{\"serials\":[{\"serial\":7,"
	    "\"servers\":[\"9.0.0.1\"]},{\"serial\":6,\"servers\":["
	    "\"9.0.0.4\"]}],\"agree\":false}", "4 10");
}

#define GIVES(kind, server, rest) \
	"{\"kind\":\"" kind "\",\"subject\":\"" NAME "\",\"value\":{" rest \
	",\"server\":\"" server "\"}}"

static void
test_answers(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_line(log, SOA("9.0.0.1", "7"));
	add_line(log, SOA("9.0.0.2", "7"));
	add_line(log, SOA("9.0.0.3", "7"));
	add_line(log, GIVES("dns.a", "9.0.0.1", "\"ip\":\"9.0.1.1\""));
	add_line(log, GIVES("dns.a", "9.0.0.1", "\"ip\":\"9.0.1.2\""));
	add_line(log, GIVES("dns.a", "9.0.0.2", "\"ip\":\"9.0.1.2\""));
	add_line(log, GIVES("dns.a", "9.0.0.2", "\"ip\":\"9.0.1.1\""));
	add_line(log, GIVES("dns.nodata", "9.0.0.3", "\"type\":\"A\""));
	add_line(log, GIVES("dns.nodata", "9.0.0.1", "\"type\":\"AAAA\""));
	out = target_join(NAME, ZONE, log);
	check(out, FACT_DNS_DIFFER, NAME, "{\"type\":\"A\",\"answers\":[{"
	    "\"values\":[\"9.0.1.1\",\"9.0.1.2\"],\"servers\":[\"9.0.0.1\","
	    "\"9.0.0.2\"]},{\"values\":[\"no record\"],\"servers\":["
	    "\"9.0.0.3\"]}],\"agree\":false}", "4 5 6 7 8");
}

/* --- glue ------------------------------------------------------------------------ */

static void
test_glue(void)
{
	static const struct {
		const char	*ns, *glue, *own, *what;
		gboolean	 outside;
	} rows[] = {
		{ "a." ZONE, "9.0.0.1", "9.0.0.1", "same", FALSE },
		{ "a." ZONE, "9.0.0.1", "9.0.0.2", "differs", FALSE },
		{ "a." ZONE, NULL, "9.0.0.2", "missing", FALSE },
		{ "a." ZONE, "9.0.0.1", NULL, "not compared", FALSE },
		{ "a.net", NULL, "9.0.0.2", "not needed", FALSE },
		{ "a.net", NULL, "9.0.0.2", "outside", TRUE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;
		g_autofree char *line = g_strdup_printf("{\"kind\":"
		    "\"dns.referral\",\"subject\":\"" ZONE "\",\"value\":{"
		    "\"ns\":\"%s\",\"ips\":[%s%s%s]%s}}", rows[i].ns,
		    rows[i].glue != NULL ? "\"" : "", rows[i].glue != NULL ?
		    rows[i].glue : "", rows[i].glue != NULL ? "\"" : "",
		    rows[i].outside ? ",\"outside\":[\"9.0.0.7\"]" : "");

		add_line(log, line);
		if (rows[i].own != NULL)
			add_str(log, FACT_DNS_A, rows[i].ns, "ip",
			    rows[i].own);
		out = target_join(NAME, ZONE, log);
		g_assert_cmpstr(field_of(out, FACT_DNS_GLUE, rows[i].ns,
		    "what"), ==, rows[i].what);
	}
}

/* --- kinds of names, CAA ----------------------------------------------------------- */

static void
test_names(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_str(log, FACT_DNS_NXDOMAIN, "gone." ZONE, "type", "TXT");
	add_str(log, FACT_DNS_TXT, "child.gone." ZONE, "text", "x");
	add_str(log, FACT_DNS_NODATA, "between." ZONE, "type", "A");
	add_str(log, FACT_DNS_A, "x.between." ZONE, "ip", "9.0.0.1");
	add_str(log, FACT_DNS_NXDOMAIN, "really-gone." ZONE, "type", "A");
	out = target_join(NAME, ZONE, log);
	check(out, FACT_DNS_NAME, "gone." ZONE, "{\"how\":\"fake-nxdomain\","
	    "\"below\":\"child.gone." ZONE "\"}", "1 2");
	check(out, FACT_DNS_NAME, "between." ZONE, "{\"how\":\"empty\","
	    "\"below\":\"x.between." ZONE "\"}", "3 4");
	g_assert_null(find(out, FACT_DNS_NAME, "really-gone." ZONE));
}

static void
test_wildcard(void)
{
	static const struct {
		const char	*a, *there, *random, *how;
	} rows[] = {
		{ "\"ip\":\"9.0.0.1\"", "true", "[\"9.0.0.1\"]",
		    "as-wildcard" },
		{ "\"ip\":\"9.0.0.2\"", "true", "[\"9.0.0.1\"]", "own" },
		{ "\"ip\":\"9.0.0.1\"", "false", "[]", "own" },
		{ "\"ip\":\"9.0.0.1\",\"wildcard\":\"*." ZONE "\"", "true",
		    "[\"9.0.0.1\"]", "wildcard" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;
		g_autofree char *a = g_strdup_printf("{\"kind\":\"dns.a\","
		    "\"subject\":\"n." ZONE "\",\"value\":{%s}}", rows[i].a);
		g_autofree char *w = g_strdup_printf("{\"kind\":"
		    "\"dns.wildcard\",\"subject\":\"" ZONE "\",\"value\":{"
		    "\"there\":%s,\"ips\":%s}}", rows[i].there,
		    rows[i].random);

		add_line(log, a);
		add_line(log, w);
		out = target_join("n." ZONE, ZONE, log);
		g_assert_cmpstr(field_of(out, FACT_DNS_NAME, "n." ZONE, "how"),
		    ==, rows[i].how);
	}
}

static void
test_caa(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL, none = NULL;

	add_str(log, FACT_DNS_NODATA, "n." ZONE, "type", "CAA");
	/* The name above was not answered for: nothing can be said. */
	none = target_join("n." ZONE, ZONE, log);
	g_assert_null(find(none, FACT_CAA_FOUND, "n." ZONE));
	add_str(log, FACT_DNS_CAA, ZONE, "issuer", "ca.net");
	out = target_join("n." ZONE, ZONE, log);
	check(out, FACT_CAA_FOUND, "n." ZONE, "{\"at\":\"" ZONE "\","
	    "\"issuers\":[\"ca.net\"],\"accounts\":[]}", "1 2");
}

/* --- all --------------------------------------------------------------------------- */

/* The log holds what was met on the way: other zones, other people's names. */
static void
test_others_are_ignored(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_str(log, FACT_DNS_REFERRAL, "ch", "ns", "a.nic.ch");
	add_str(log, FACT_DNS_NS, "other.ch", "ns", "a.ns.ch");
	add_str(log, FACT_DNS_REFERRAL, "other.ch", "ns", "b.ns.ch");
	add_str(log, FACT_DNS_NS, "xsite.ch", "ns", "a.ns.ch");
	add_str(log, FACT_DNS_MX, "other.ch", "exchange", "mail.other.ch");
	add_str(log, FACT_DNS_A, "a.ns.ch", "ip", "9.0.0.1");
	add_str(log, FACT_DNS_A, "a.nic.ch", "ip", "9.0.0.2");
	add_str(log, FACT_DNS_A, "mail.other.ch", "ip", "9.0.0.3");
	add_str(log, FACT_DNS_A, "other.ch", "ip", "9.0.0.4");
	add_registrar(log, "other.ch", "registrar", "Name House");
	add_whois(log, "other.ch", "registrar", "Name House");
	add_whois(log, ZONE, "registrar", "Name House");
	out = target_join(NAME, ZONE, log);
	g_assert_cmpuint(out->len, ==, 0);
}

static char *
joined_text(const GPtrArray *log)
{
	g_autoptr(GPtrArray) out = target_join(NAME, ZONE, log);
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < out->len; i++)
		fact_write(out->pdata[i], s);
	return g_string_free(s, FALSE);
}

/* Addresses come out as the log first has them, not as a table scatters them. */
static void
test_same_bytes(void)
{
	g_autoptr(GPtrArray) log = log_new(), copy = log_new(), out = NULL;
	g_autofree char *one = NULL, *two = NULL;
	static const guint addresses = 50;

	for (guint i = 0; i < addresses; i++) {
		g_autofree char *ip = g_strdup_printf("9.0.%u.1",
		    i * 37 % 101);

		add_str(log, FACT_DNS_A, NAME, "ip", ip);
		add_str(log, FACT_GEO_PLACE, ip, "country", "NL");
	}
	for (guint i = 0; i < log->len; i++) {
		const struct fact *f = log->pdata[i];

		add(copy, f->kind, f->subject, json_deep_copy(f->value));
	}
	one = joined_text(log);
	two = joined_text(copy);
	g_assert_cmpstr(one, ==, two);
	out = target_join(NAME, ZONE, log);
	g_assert_cmpuint(out->len, ==, 2 * addresses);
	for (guint i = 0; i < addresses; i++) {
		const struct fact *a = log->pdata[2 * i];
		const struct fact *sign = out->pdata[i];
		const struct fact *place = out->pdata[addresses + i];

		g_assert_cmpstr(sign->subject, ==, fact_str(a, "ip"));
		g_assert_cmpstr(place->subject, ==, fact_str(a, "ip"));
	}
}

static void
test_nothing(void)
{
	g_autoptr(GPtrArray) log = log_new();
	g_autoptr(GPtrArray) out = target_join("9.0.0.1", "", log);

	g_assert_cmpuint(out->len, ==, 0);
}

static void
add_network(GPtrArray *log, const char *subject, const char *start,
    const char *end, int position, const char *holder)
{
	uint64_t n = 100 + log->len;
	struct fact *f;

	add(log, FACT_IP_NETWORK, subject, json_pack("{s:s, s:s, s:i}",
	    "start", start, "end", end, "position", position));
	f = log->pdata[log->len - 1];
	g_array_append_val(f->from, n);
	add(log, FACT_IP_HOLDER, subject, json_pack("{s:s, s:s}", "org",
	    holder, "relation", position == 0 ? "customer" : "provider"));
	f = log->pdata[log->len - 1];
	g_array_append_val(f->from, n);
}

/* The smallest network first; one above serves all addresses in it, and another
 * address's own network is no link of this one's chain. */
static void
test_chain(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;
	g_autoptr(GString) seen = g_string_new(NULL);

	add_network(log, "198.51.0.0/16", "198.51.0.0", "198.51.255.255", 2,
	    "Provider");
	add_network(log, "198.51.100.9", "198.51.100.0", "198.51.100.127", 0,
	    "Customer");
	add_network(log, "198.51.100.0/24", "198.51.100.0", "198.51.100.255",
	    1, "Reseller");
	add_network(log, "198.51.100.8", "198.51.100.8", "198.51.100.9", 0,
	    "Other");
	add(log, FACT_GEOFEED_LINE, "198.51.100.0/24", json_pack("{s:s, s:s}",
	    "country", "NL", "url", "https://net.example/"));
	add(log, FACT_GEOFEED_LINE, "198.51.100.8/31", json_pack("{s:s, s:s}",
	    "country", "US", "url", "https://net.example/"));
	out = target_join(NAME, ZONE, log);
	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (strcmp(f->subject, "198.51.100.9") != 0)
			continue;
		if (f->kind == FACT_IP_CHAIN)
			g_string_append_printf(seen, "%d %s %s; ",
			    (int)fact_int(f, "position", -1),
			    fact_str(f, "holder"), fact_str(f, "relation"));
		else if (f->kind == FACT_GEOFEED_PLACE)
			g_string_append_printf(seen, "%s %s",
			    fact_str(f, "prefix"), fact_str(f, "country"));
	}
	g_assert_cmpstr(seen->str, ==, "0 Customer customer; "
	    "1 Reseller provider; 2 Provider provider; 198.51.100.8/31 US");
}

/* A 404 of an unlisted server counts where its /help is RDAP. */
static void
test_not_registered(void)
{
	for (int help = 0; help < 2; help++) {
		g_autoptr(GPtrArray) log = log_new(), out = NULL;
		guint n = 0;

		add(log, FACT_RDAP_NONE, ZONE, json_pack("{s:s, s:b}",
		    "server", "rdap.nic.ch", "confirmed", 0));
		add_str(log, FACT_RDAP_HELP, ZONE, "server", help ?
		    "rdap.nic.ch" : "rdap.other.ch");
		out = target_join(NAME, ZONE, log);
		for (guint i = 0; i < out->len; i++)
			n += ((struct fact *)out->pdata[i])->kind ==
			    FACT_REG_NONE;
		g_assert_cmpuint(n, ==, (guint)help);
	}
}

/* ---- addresses: reverse names, who announces them, others of the zone ------------ */

/* The value of the first such fact, as text; "" where none. */
static char *
joined(const GPtrArray *out, enum fact_kind kind, const char *subject)
{
	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (f->kind == kind && strcmp(f->subject, subject) == 0)
			return json_dumps(f->value, JSON_COMPACT |
			    JSON_SORT_KEYS);
	}
	return g_strdup("");
}

static void
test_reverse(void)
{
	static const struct { const char *ip, *said; } rows[] = {
		{ "9.0.0.1", "{\"confirmed\":\"yes\",\"name\":\"h.net\"}" },
		{ "9.0.0.2", "{\"confirmed\":\"no\",\"name\":\"h.net\"}" },
		{ "9.0.0.3", "{\"confirmed\":\"no\",\"name\":\"gone.net\"}" },
		{ "9.0.0.4", "{\"confirmed\":\"not answered\",\"name\":"
		    "\"mute.net\"}" },
		{ "9.0.0.5", "{\"confirmed\":\"yes\",\"name\":\"al.net\"}" },
	};
	static const char *const names[] = {
		"h.net", "h.net", "gone.net", "mute.net", "al.net",
	};
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		add_str(log, FACT_DNS_PTR, rows[i].ip, "name", names[i]);
	/* The same pointer from another server is no second statement. */
	add_str(log, FACT_DNS_PTR, "9.0.0.1", "name", "h.net");
	add_str(log, FACT_DNS_A, "h.net", "ip", "9.0.0.1");
	add_str(log, FACT_DNS_NXDOMAIN, "gone.net", "type", "A");
	add_str(log, FACT_DNS_CNAME, "al.net", "to", "real.net");
	add_str(log, FACT_DNS_CNAME, "real.net", "to", "al.net");
	add_str(log, FACT_DNS_A, "real.net", "ip", "9.0.0.5");
	out = target_join(NAME, ZONE, log);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *said = joined(out, FACT_IP_REVERSE,
		    rows[i].ip);

		g_assert_cmpstr(said, ==, rows[i].said);
	}
}

static void
add_origin(GPtrArray *log, const char *ip, int asn, const char *source)
{
	add(log, FACT_IP_ORIGIN, ip, json_pack("{s:i, s:s}", "asn", asn,
	    "source", source));
}

static void
test_origins(void)
{
	static const struct { const char *ip, *said; } rows[] = {
		{ "9.0.0.1", "{\"agree\":true,\"asns\":[\"AS1\"],"
		    "\"several\":false,\"sources\":[\"dns\",\"db\"]}" },
		{ "9.0.0.2", "{\"agree\":false,\"asns\":[\"AS1\",\"AS2\"],"
		    "\"several\":false,\"sources\":[\"dns\",\"db\"]}" },
		{ "9.0.0.3", "{\"agree\":true,\"asns\":[\"AS1\",\"AS2\"],"
		    "\"several\":true,\"sources\":[\"dns\"]}" },
		{ "9.0.0.4", "" },
	};
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	add_origin(log, "9.0.0.1", 1, "dns");
	add_origin(log, "9.0.0.1", 1, "db");
	add_origin(log, "9.0.0.2", 1, "dns");
	add_origin(log, "9.0.0.2", 2, "db");
	add_origin(log, "9.0.0.3", 1, "dns");
	add_origin(log, "9.0.0.3", 2, "dns");
	out = target_join(NAME, ZONE, log);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *said = joined(out, FACT_ORIGIN_COMPARED,
		    rows[i].ip);

		g_assert_cmpstr(said, ==, rows[i].said);
	}
}

/* What the zone names beside the site: its mail, what SPF allows, other names;
 * not the site's own address, and no stranger's. */
static void
test_zone_addresses(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;
	g_autoptr(GString) all = g_string_new(NULL);

	add_str(log, FACT_DNS_A, ZONE, "ip", "9.0.0.1");
	add_str(log, FACT_DNS_A, NAME, "ip", "9.0.0.1");
	add_str(log, FACT_DNS_MX, ZONE, "exchange", "mx.site.ch");
	add_str(log, FACT_DNS_A, "mx.site.ch", "ip", "9.0.0.25");
	add_str(log, FACT_DNS_A, "direct.site.ch", "ip", "9.0.0.9");
	add_str(log, FACT_DNS_A, "same.site.ch", "ip", "9.0.0.1");
	add_str(log, FACT_DNS_A, "other.ch", "ip", "9.9.9.1");
	add_str(log, FACT_DNS_TXT, ZONE, "text", "v=spf1 ip4:9.0.0.1 "
	    "ip4:9.0.1.0/24 -ip4:9.0.2.1 ip4: ?ip6:2600::1 include:x.ch -all");
	add_str(log, FACT_DNS_TXT, "other.ch", "text", "v=spf1 ip4:9.3.3.3");
	out = target_join(NAME, ZONE, log);
	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (f->kind == FACT_ZONE_ADDRESS)
			g_string_append_printf(all, "%s %s %s\n",
			    fact_str(f, "ip"), fact_str(f, "how"),
			    fact_str(f, "name"));
	}
	g_assert_cmpstr(all->str, ==, "9.0.0.25 mail server mx.site.ch\n"
	    "9.0.0.9 name direct.site.ch\n9.0.1.0/24 SPF site.ch\n"
	    "2600::1 SPF site.ch\n");
}

/* --- what resolvers say beside the zone's servers ----------------------------- */

static const json_t *
agreed(GPtrArray *log)
{
	g_autoptr(GPtrArray) out = target_join(NAME, ZONE, log);
	static json_t *v;

	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (f->kind != FACT_RESOLVER_COMPARED)
			continue;
		v = fact_get(f, "agree");
		return json_is_true(v) ? json_true() : json_is_false(v) ?
		    json_false() : json_null();
	}
	return NULL;
}

static void
add_opinion(GPtrArray *log, const char *rcode, json_t *answers)
{
	add(log, FACT_RESOLVER_ANSWER, NAME, json_pack("{s:s, s:s, s:s, s:o}",
	    "type", "A", "resolver", "R", "rcode", rcode, "answers",
	    answers));
}

/* Silence on one side is no difference, and no agreement. */
static void
test_opinions(void)
{
	GPtrArray *log = log_new();

	add_opinion(log, "NOERROR", json_array());
	g_assert_true(json_is_null(agreed(log)));
	add(log, FACT_DNS_NODATA, NAME, json_pack("{s:s}", "type", "A"));
	g_assert_true(json_is_true(agreed(log)));
	g_ptr_array_unref(log);
	log = log_new();
	add_str(log, FACT_DNS_CNAME, NAME, "to", "x.net");
	add_str(log, FACT_DNS_A, "x.net", "ip", "192.0.2.1");
	add_opinion(log, "NOERROR", json_pack("[s]", "192.0.2.2"));
	g_assert_true(json_is_false(agreed(log)));
	g_ptr_array_unref(log);
	log = log_new();
	add_str(log, FACT_DNS_A, NAME, "ip", "192.0.2.1");
	add_opinion(log, "SERVFAIL", json_array());
	g_assert_true(json_is_null(agreed(log)));
	g_ptr_array_unref(log);
}

/* What a recursive server of the case's says is no server's of the zone: it is
 * compared with nothing, and no second opinion agrees with it. */
static void
recursive_answers(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;
	gboolean opinion = FALSE;

	add(log, FACT_DNS_SOA, ZONE, json_pack("{s:i, s:s, s:s}", "serial", 1,
	    "server", "192.0.2.53", "by", "recursive"));
	add(log, FACT_DNS_SOA, ZONE, json_pack("{s:i, s:s, s:s}", "serial", 2,
	    "server", "192.0.2.54", "by", "recursive"));
	add(log, FACT_DNS_RUNG, ZONE, json_pack("{s:s, s:s, s:s, s:s, s:s}",
	    "type", "SOA", "server", "192.0.2.53", "put", "EDNS 1232, DO",
	    "gave", "no answer", "by", "recursive"));
	add(log, FACT_DNS_A, NAME, json_pack("{s:s, s:s, s:s}", "ip",
	    "192.0.2.7", "server", "192.0.2.53", "by", "recursive"));
	add(log, FACT_RESOLVER_ANSWER, NAME, json_pack(
	    "{s:s, s:s, s:s, s:[s], s:[], s:[]}", "resolver", "Quad9", "type",
	    "A", "rcode", "NOERROR", "answers", "192.0.2.7", "aliases", "ede"));
	out = target_join(NAME, ZONE, log);
	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		g_assert_cmpint(f->kind, !=, FACT_DNS_SERVER);
		g_assert_cmpint(f->kind, !=, FACT_DNS_SERIAL);
		g_assert_cmpint(f->kind, !=, FACT_DNS_DIFFER);
		if (f->kind != FACT_RESOLVER_COMPARED)
			continue;
		opinion = TRUE;
		g_assert_true(json_is_null(fact_get(f, "authoritative")));
		g_assert_false(json_is_true(fact_get(f, "agree")));
	}
	g_assert_true(opinion);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/join/countries of an address", test_places);
	g_test_add_func("/join/the networks around an address", test_chain);
	g_test_add_func("/join/said not to be registered",
	    test_not_registered);
	g_test_add_func("/join/resolvers beside the zone's servers",
	    test_opinions);
	g_test_add_func("/join/an edge has no one place", test_edge);
	g_test_add_func("/join/at the time of the last fact", test_time);
	g_test_add_func("/join/name servers of parent and zone",
	    test_name_servers);
	g_test_add_func("/join/registrars, punctuation aside",
	    test_registrars);
	g_test_add_func("/join/compared-fields", test_compared_fields);
	g_test_add_func("/join/one registrar is not compared",
	    test_one_registrar);
	g_test_add_func("/join/signs of addresses", test_signs);
	g_test_add_func("/join/one address, every sign",
	    test_signs_of_one_address);
	g_test_add_func("/join/each server of the zone", test_servers);
	g_test_add_func("/join/what servers say otherwise", test_answers);
	g_test_add_func("/join/glue", test_glue);
	g_test_add_func("/join/names there and not there", test_names);
	g_test_add_func("/join/names made from wildcards", test_wildcard);
	g_test_add_func("/join/CAA of the nearest name", test_caa);
	g_test_add_func("/join/other names' facts are ignored",
	    test_others_are_ignored);
	g_test_add_func("/join/same facts, same bytes, in log order",
	    test_same_bytes);
	g_test_add_func("/join/reverse names asked back", test_reverse);
	g_test_add_func("/join/who announces an address", test_origins);
	g_test_add_func("/join/other addresses of the zone",
	    test_zone_addresses);
	g_test_add_func("/join/nothing from nothing", test_nothing);
	g_test_add_func("/join/recursive-answers", recursive_answers);
	return g_test_run();
}
