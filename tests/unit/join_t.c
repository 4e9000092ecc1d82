/* What is joined when a target has closed: facts in, facts out, by hand. */

#include "tests/unit/joinkit.h"

#include <string.h>

static void
test_places(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	log_add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "NL");
	log_add_str(log, FACT_GEO_PLACE, "9.0.0.2", "country", "NL");
	log_add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "NL");
	log_add_str(log, FACT_GEO_PLACE, "9.0.0.2", "country", "US");
	log_add_str(log, FACT_GEO_PLACE, "9.0.0.2", "country", "NL");
	log_add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "");
	log_add_str(log, FACT_GEO_PLACE, "9.0.0.3", "country", "");
	log_add_str(log, FACT_GEO_NONE, "9.0.0.4", "db", "x.mmdb");
	out = target_join(NAME, ZONE, log);
	g_assert_cmpuint(out->len, ==, 2);
	joined_check(out, FACT_PLACE_COMPARED, "9.0.0.1", "{\"countries\":[\"NL\"],"
	    "\"agree\":true,\"databases\":2,\"geofeed\":[],\"hints\":[],"
	    "\"excluded\":[],\"unlikely\":[],"
	    "\"edge\":\"\"}", "1 3");
	joined_check(out, FACT_PLACE_COMPARED, "9.0.0.2", "{\"countries\":[\"NL\","
	    "\"US\"],\"agree\":false,\"databases\":3,\"geofeed\":[],\"hints\":[],"
	    "\"excluded\":[],\"unlikely\":[],"
	    "\"edge\":\"\"}", "2 4 5");
}

/* Many places share the address of an edge. */
static void
test_edge(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	log_add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "US");
	log_add(log, FACT_IP_LISTED, "9.0.0.1", json_pack("{s:s, s:s}", "what",
	    "hosting", "provider", "Other"));
	log_add(log, FACT_IP_LISTED, "9.0.0.1", json_pack("{s:s, s:s}", "what",
	    "cdn", "provider", "Edges"));
	out = target_join(NAME, ZONE, log);
	g_assert_cmpstr(fact_str(joined_find(out, FACT_PLACE_COMPARED, "9.0.0.1"),
	    "edge"), ==, "Edges");
}

/* Said at the time of the last fact that it rests on, whatever their order. */
static void
test_time(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;
	const struct fact *f;

	for (int i = 0; i < 3; i++)
		log_add_str(log, FACT_GEO_PLACE, "9.0.0.1", "country", "NL");
	for (int i = 0; i < 2; i++) {
		struct fact *g = log->pdata[i];

		g_free(g->at);
		g->at = g_strdup(i == 0 ? "2026-01-01T00:00:30.000000Z" :
		    "2026-01-01T00:00:50.000000Z");
	}
	out = target_join(NAME, ZONE, log);
	f = joined_find(out, FACT_PLACE_COMPARED, "9.0.0.1");
	g_assert_nonnull(f);
	g_assert_cmpstr(f->at, ==, "2026-01-01T00:00:50.000000Z");
}

/* The log holds what was met on the way: other zones, other people's names. */
static void
test_others_are_ignored(void)
{
	g_autoptr(GPtrArray) log = log_new(), out = NULL;

	log_add_str(log, FACT_DNS_REFERRAL, "ch", "ns", "a.nic.ch");
	log_add_str(log, FACT_DNS_NS, "other.ch", "ns", "a.ns.ch");
	log_add_str(log, FACT_DNS_REFERRAL, "other.ch", "ns", "b.ns.ch");
	log_add_str(log, FACT_DNS_NS, "xsite.ch", "ns", "a.ns.ch");
	log_add_str(log, FACT_DNS_MX, "other.ch", "exchange", "mail.other.ch");
	log_add_str(log, FACT_DNS_A, "a.ns.ch", "ip", "9.0.0.1");
	log_add_str(log, FACT_DNS_A, "a.nic.ch", "ip", "9.0.0.2");
	log_add_str(log, FACT_DNS_A, "mail.other.ch", "ip", "9.0.0.3");
	log_add_str(log, FACT_DNS_A, "other.ch", "ip", "9.0.0.4");
	log_add_registrar(log, "other.ch", "registrar", "Name House");
	log_add_whois(log, "other.ch", "registrar", "Name House");
	log_add_whois(log, ZONE, "registrar", "Name House");
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

		log_add_str(log, FACT_DNS_A, NAME, "ip", ip);
		log_add_str(log, FACT_GEO_PLACE, ip, "country", "NL");
	}
	for (guint i = 0; i < log->len; i++) {
		const struct fact *f = log->pdata[i];

		log_add(copy, f->kind, f->subject, json_deep_copy(f->value));
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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/join/countries of an address", test_places);
	g_test_add_func("/join/an edge has no one place", test_edge);
	g_test_add_func("/join/at the time of the last fact", test_time);
	g_test_add_func("/join/other names' facts are ignored",
	    test_others_are_ignored);
	g_test_add_func("/join/same facts, same bytes, in log order",
	    test_same_bytes);
	g_test_add_func("/join/nothing from nothing", test_nothing);
	return g_test_run();
}
