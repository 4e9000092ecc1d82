/* What is joined of names: the zone's servers beside each other, its parent and
 * public resolvers; glue, kinds of names, CAA. */

#include "tests/unit/joinkit.h"

#include <string.h>

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
			log_add_str(log, FACT_DNS_REFERRAL, ZONE, "ns",
			    zones[i].parent[k]);
		for (int k = 0; k < 3 && zones[i].child[k] != NULL; k++)
			log_add_str(log, FACT_DNS_NS, ZONE, "ns",
			    zones[i].child[k]);
		out = target_join(NAME, ZONE, log);
		g_assert_true((joined_find(out, FACT_NS_COMPARED, ZONE) != NULL) ==
		    (zones[i].value != NULL));
		if (zones[i].value != NULL)
			joined_check(out, FACT_NS_COMPARED, ZONE, zones[i].value,
			    zones[i].from);
	}
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
	const struct fact *f = joined_find(out, kind, subject);

	return f != NULL ? fact_str(f, field) : "(none)";
}

static void
test_servers(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	log_add_line(log, RUNG("9.0.0.1", "EDNS 1232, DO", "FORMERR"));
	log_add_line(log, LAME("9.0.0.1", "format error"));
	log_add_line(log, RUNG("9.0.0.1", "no EDNS", "answer"));
	log_add_line(log, SOA("9.0.0.1", "7"));
	log_add_line(log, RUNG("9.0.0.2", "EDNS 1232, DO", "no answer"));
	log_add_line(log, RUNG("9.0.0.2", "no EDNS, TCP", "no answer"));
	log_add_line(log, RUNG("9.0.0.3", "EDNS 1232, DO", "answer"));
	log_add_line(log, LAME("9.0.0.3", "upward referral"));
	log_add_line(log, RUNG("9.0.0.4", "EDNS 1232, DO", "answer"));
	log_add_line(log, SOA("9.0.0.4", "6"));
	log_add_str(log, FACT_DNS_A, "a.ns.ch", "ip", "9.0.0.1");
	out = target_join(NAME, ZONE, log);
	joined_check(out, FACT_DNS_SERVER, "9.0.0.1", "{\"zone\":\"" ZONE "\","
	    "\"ns\":\"a.ns.ch\",\"state\":\"answers\",\"put\":\"no EDNS\","
	    "\"edns\":false,\"serial\":7,\"rungs\":[\"EDNS 1232, DO: FORMERR\","
	    "\"no EDNS: answer\"]}", "1 2 3 4 11");
	g_assert_cmpstr(field_of(out, FACT_DNS_SERVER, "9.0.0.2", "state"), ==,
	    "silent");
	g_assert_cmpstr(field_of(out, FACT_DNS_SERVER, "9.0.0.3", "state"), ==,
	    "upward referral");
	joined_check(out, FACT_DNS_SERIAL, ZONE, "{\"serials\":[{\"serial\":7,"
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

	log_add_line(log, SOA("9.0.0.1", "7"));
	log_add_line(log, SOA("9.0.0.2", "7"));
	log_add_line(log, SOA("9.0.0.3", "7"));
	log_add_line(log, GIVES("dns.a", "9.0.0.1", "\"ip\":\"9.0.1.1\""));
	log_add_line(log, GIVES("dns.a", "9.0.0.1", "\"ip\":\"9.0.1.2\""));
	log_add_line(log, GIVES("dns.a", "9.0.0.2", "\"ip\":\"9.0.1.2\""));
	log_add_line(log, GIVES("dns.a", "9.0.0.2", "\"ip\":\"9.0.1.1\""));
	log_add_line(log, GIVES("dns.nodata", "9.0.0.3", "\"type\":\"A\""));
	log_add_line(log, GIVES("dns.nodata", "9.0.0.1", "\"type\":\"AAAA\""));
	out = target_join(NAME, ZONE, log);
	joined_check(out, FACT_DNS_DIFFER, NAME, "{\"type\":\"A\",\"answers\":[{"
	    "\"values\":[\"9.0.1.1\",\"9.0.1.2\"],\"servers\":[\"9.0.0.1\","
	    "\"9.0.0.2\"]},{\"values\":[\"no record\"],\"servers\":["
	    "\"9.0.0.3\"]}],\"agree\":false}", "4 5 6 7 8");
}

/* --- glue -------------------------------------------------------------------- */

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

		log_add_line(log, line);
		if (rows[i].own != NULL)
			log_add_str(log, FACT_DNS_A, rows[i].ns, "ip",
			    rows[i].own);
		out = target_join(NAME, ZONE, log);
		g_assert_cmpstr(field_of(out, FACT_DNS_GLUE, rows[i].ns,
		    "what"), ==, rows[i].what);
	}
}

/* --- kinds of names, CAA ----------------------------------------------------- */

static void
test_names(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	log_add_str(log, FACT_DNS_NXDOMAIN, "gone." ZONE, "type", "TXT");
	log_add_str(log, FACT_DNS_TXT, "child.gone." ZONE, "text", "x");
	log_add_str(log, FACT_DNS_NODATA, "between." ZONE, "type", "A");
	log_add_str(log, FACT_DNS_A, "x.between." ZONE, "ip", "9.0.0.1");
	log_add_str(log, FACT_DNS_NXDOMAIN, "really-gone." ZONE, "type", "A");
	out = target_join(NAME, ZONE, log);
	joined_check(out, FACT_DNS_NAME, "gone." ZONE, "{\"how\":\"fake-nxdomain\","
	    "\"below\":\"child.gone." ZONE "\"}", "1 2");
	joined_check(out, FACT_DNS_NAME, "between." ZONE, "{\"how\":\"empty\","
	    "\"below\":\"x.between." ZONE "\"}", "3 4");
	g_assert_null(joined_find(out, FACT_DNS_NAME, "really-gone." ZONE));
}

/* Random names beside a name, as answered: what they show, and where the name's
 * own addresses come from by that. */
#define NO	"\"there\":false,\"ips\":[],\"to\":\"\",\"signed\":false"
#define YES(ip)	"\"there\":true,\"ips\":[\"" ip "\"],\"to\":\"\",\"signed\":"
#define TO(name) "\"there\":true,\"ips\":[],\"to\":\"" name "\",\"signed\":false"

static const struct random_row {
	const char	*own;		/* kind and value of the name */
	const char	*one, *two;	/* random names; NULL: not answered */
	const char	*invalid;	/* below .invalid; NULL: not asked */
	const char	*random, *how;
} random_rows[] = {
	{ "dns.a\",\"ip\":\"9.0.0.1", YES("9.0.0.1") "false",
	    YES("9.0.0.1") "false", NULL, "wildcard", "as-wildcard" },
	{ "dns.a\",\"ip\":\"9.0.0.1", YES("9.0.0.1") "false",
	    YES("9.0.0.1") "false", "false", "wildcard", "as-wildcard" },
	{ "dns.a\",\"ip\":\"9.0.0.2", YES("9.0.0.1") "false",
	    YES("9.0.0.1") "false", NULL, "wildcard", "own" },
	{ "dns.a\",\"ip\":\"9.0.0.1", NO, NO, NULL, "none", "own" },
	{ "dns.a\",\"ip\":\"9.0.0.1\",\"wildcard\":\"*." ZONE,
	    YES("9.0.0.1") "true", NULL, NULL, "wildcard", "wildcard" },
	/* One name is answered for once: that is no wildcard. */
	{ "dns.a\",\"ip\":\"9.0.0.1", YES("9.0.0.1") "false", NO, NULL,
	    "once", "unclear" },
	{ "dns.a\",\"ip\":\"9.0.0.1", YES("9.0.0.1") "false", NULL, NULL,
	    "not compared", "unclear" },
	/* Both are, with different answers: a server that turns them. */
	{ "dns.a\",\"ip\":\"9.0.0.1", YES("9.0.0.1") "false",
	    YES("9.0.0.2") "false", NULL, "differs", "unclear" },
	{ "dns.a\",\"ip\":\"9.0.0.3", YES("9.0.0.1") "false",
	    YES("9.0.0.2") "false", NULL, "differs", "own" },
	/* "No such type" for whatever is asked. */
	{ "dns.a\",\"ip\":\"9.0.0.1", TO(""), TO(""), NULL, "empty", "own" },
	/* So is what cannot exist. */
	{ "dns.a\",\"ip\":\"9.0.0.1", YES("9.0.0.1") "false",
	    YES("9.0.0.1") "false", "true", "hijack", "as-hijack" },
	{ "dns.a\",\"ip\":\"9.0.0.2", YES("9.0.0.1") "false",
	    YES("9.0.0.1") "false", "true", "hijack", "own" },
	/* A wildcard with an alias; one with IPv6 alone. */
	{ "dns.cname\",\"to\":\"x.net", TO("x.net"), TO("x.net"), NULL,
	    "wildcard", "as-wildcard" },
	{ "dns.cname\",\"to\":\"y.net", TO("x.net"), TO("x.net"), NULL,
	    "wildcard", "own" },
	{ "dns.aaaa\",\"ip\":\"2001:db8::1", YES("2001:db8::1") "false",
	    YES("2001:db8::1") "false", NULL, "wildcard", "as-wildcard" },
};

static void
add_random(GPtrArray *log, const char *label, const char *value)
{
	g_autofree char *line = value != NULL ? g_strdup_printf("{\"kind\":"
	    "\"dns.wildcard\",\"subject\":\"" ZONE "\",\"value\":{"
	    "\"server\":\"9.9.9.1\",\"label\":\"%s\",%s}}", label,
	    value) : NULL;

	if (line != NULL)
		log_add_line(log, line);
}

static void
test_wildcard(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(random_rows); i++) {
		const struct random_row *r = &random_rows[i];
		g_autoptr(GPtrArray) log = log_new(), out = NULL;
		size_t k = strcspn(r->own, "\"");
		g_autofree char *own = g_strdup_printf("{\"kind\":\"%.*s\","
		    "\"subject\":\"n." ZONE "\",\"value\":{%s\"}}", (int)k,
		    r->own, r->own + k + 2);
		g_autofree char *invalid = g_strdup_printf("{\"kind\":"
		    "\"dns.invalid\",\"subject\":\"9.9.9.1\",\"value\":{"
		    "\"there\":%s}}", r->invalid);

		log_add_line(log, own);
		add_random(log, "one", r->one);
		add_random(log, "two", r->two);
		if (r->invalid != NULL)
			log_add_line(log, invalid);
		out = target_join("n." ZONE, ZONE, log);
		g_assert_cmpstr(field_of(out, FACT_DNS_RANDOM, ZONE, "how"),
		    ==, r->random);
		g_assert_cmpstr(field_of(out, FACT_DNS_NAME, "n." ZONE, "how"),
		    ==, r->how);
	}
}

/* The domain itself: only that its address is what its server gives to all. */
static void
test_hijacked_domain(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL, plain = NULL;

	log_add_str(log, FACT_DNS_A, ZONE, "ip", "9.0.0.1");
	add_random(log, "one", YES("9.0.0.1") "false");
	add_random(log, "two", YES("9.0.0.1") "false");
	plain = target_join(ZONE, ZONE, log);
	g_assert_null(joined_find(plain, FACT_DNS_NAME, ZONE));
	log_add_line(log, "{\"kind\":\"dns.invalid\",\"subject\":"
	    "\"9.9.9.1\",\"value\":{\"there\":true}}");
	out = target_join(ZONE, ZONE, log);
	joined_check(out, FACT_DNS_NAME, ZONE, "{\"how\":\"as-hijack\"}",
	    "2 3 4 1");
}

static void
test_caa(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL, none = NULL;

	log_add_str(log, FACT_DNS_NODATA, "n." ZONE, "type", "CAA");
	/* The name above was not answered for: nothing can be said. */
	none = target_join("n." ZONE, ZONE, log);
	g_assert_null(joined_find(none, FACT_CAA_FOUND, "n." ZONE));
	log_add_str(log, FACT_DNS_CAA, ZONE, "issuer", "ca.net");
	out = target_join("n." ZONE, ZONE, log);
	joined_check(out, FACT_CAA_FOUND, "n." ZONE, "{\"at\":\"" ZONE "\","
	    "\"issuers\":[\"ca.net\"],\"accounts\":[]}", "1 2");
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
	log_add(log, FACT_RESOLVER_ANSWER, NAME, json_pack("{s:s, s:s, s:s, s:o}",
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
	log_add(log, FACT_DNS_NODATA, NAME, json_pack("{s:s}", "type", "A"));
	g_assert_true(json_is_true(agreed(log)));
	g_ptr_array_unref(log);
	log = log_new();
	log_add_str(log, FACT_DNS_CNAME, NAME, "to", "x.net");
	log_add_str(log, FACT_DNS_A, "x.net", "ip", "192.0.2.1");
	add_opinion(log, "NOERROR", json_pack("[s]", "192.0.2.2"));
	g_assert_true(json_is_false(agreed(log)));
	g_ptr_array_unref(log);
	log = log_new();
	log_add_str(log, FACT_DNS_A, NAME, "ip", "192.0.2.1");
	add_opinion(log, "SERVFAIL", json_array());
	g_assert_true(json_is_null(agreed(log)));
	g_ptr_array_unref(log);
	/* No record, and no SOA that says there is none. */
	log = log_new();
	log_add_str(log, FACT_DNS_A, NAME, "ip", "192.0.2.1");
	log_add(log, FACT_RESOLVER_ANSWER, NAME, json_pack(
	    "{s:s, s:s, s:s, s:[], s:b}", "type", "A", "resolver", "R",
	    "rcode", "NOERROR", "answers", "bare", TRUE));
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

	log_add(log, FACT_DNS_SOA, ZONE, json_pack("{s:i, s:s, s:s}", "serial", 1,
	    "server", "192.0.2.53", "by", "recursive"));
	log_add(log, FACT_DNS_SOA, ZONE, json_pack("{s:i, s:s, s:s}", "serial", 2,
	    "server", "192.0.2.54", "by", "recursive"));
	log_add(log, FACT_DNS_RUNG, ZONE, json_pack("{s:s, s:s, s:s, s:s, s:s}",
	    "type", "SOA", "server", "192.0.2.53", "put", "EDNS 1232, DO",
	    "gave", "no answer", "by", "recursive"));
	log_add(log, FACT_DNS_A, NAME, json_pack("{s:s, s:s, s:s}", "ip",
	    "192.0.2.7", "server", "192.0.2.53", "by", "recursive"));
	log_add(log, FACT_RESOLVER_ANSWER, NAME, json_pack(
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
	g_test_add_func("/join/resolvers beside the zone's servers",
	    test_opinions);
	g_test_add_func("/join/name servers of parent and zone",
	    test_name_servers);
	g_test_add_func("/join/each server of the zone", test_servers);
	g_test_add_func("/join/what servers say otherwise", test_answers);
	g_test_add_func("/join/glue", test_glue);
	g_test_add_func("/join/names there and not there", test_names);
	g_test_add_func("/join/names made from wildcards", test_wildcard);
	g_test_add_func("/join/a domain that anything is", test_hijacked_domain);
	g_test_add_func("/join/CAA of the nearest name", test_caa);
	g_test_add_func("/join/recursive-answers", recursive_answers);
	return g_test_run();
}
