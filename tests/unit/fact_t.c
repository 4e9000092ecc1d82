#include <string.h>

#include "probes/fact.h"

#define LINE	"{\"kind\":\"dns.a\",\"subject\":\"popcorn-time.ch\"," \
	"\"value\":{\"ip\":\"192.0.2.1\",\"ttl\":300,\"server\":\"192.0.2.53\"}}"
#define WHOLE	"{\"id\":\"F-000031\",\"kind\":\"dns.a\"," \
	"\"subject\":\"popcorn-time.ch\",\"value\":{\"ip\":\"192.0.2.1\"," \
	"\"ttl\":300,\"server\":\"192.0.2.53\"},\"type\":\"OBSERVED\"," \
	"\"from\":[17],\"at\":\"2026-11-23T22:33:28.123456Z\"," \
	"\"reader\":\"dns/1\",\"target\":\"popcorn-time.ch\"}\n"
#define JOINED	"{\"id\":\"F-1000000\",\"kind\":\"ns.compared\"," \
	"\"subject\":\"x\",\"value\":{},\"type\":\"DERIVED\"," \
	"\"from\":[\"F-000002\",\"F-000003\"],\"at\":\"\",\"reader\":\"join/1\"}\n"

static struct fact *
line(const char *s)
{
	return fact_from_line(s, strlen(s));
}

static struct fact *
whole(const char *s)
{
	return fact_read(s, strlen(s));
}

static void
emit(void)
{
	g_autoptr(GString) out = g_string_new(NULL);

	fact_emit(out, FACT_DNS_A, "popcorn-time.ch", json_pack(
	    "{s:s, s:i, s:s}", "ip", "192.0.2.1", "ttl", 300, "server",
	    "192.0.2.53"));
	g_assert_cmpstr(out->str, ==, LINE "\n");
	g_string_truncate(out, 0);
	fact_emit(out, FACT_DNS_NXDOMAIN, "a\"b\\c\n\x01\x7f\xff", NULL);
	g_assert_cmpstr(out->str, ==, "{\"kind\":\"dns.nxdomain\",\"subject\":"
	    "\"a\\\"b\\\\c\\u000A\\u0001\x7f\xef\xbf\xbd\",\"value\":{}}\n");
}

static void
from_line(void)
{
	struct fact *f = line(LINE);

	g_assert_nonnull(f);
	g_assert_cmpint((int)f->kind, ==, FACT_DNS_A);
	g_assert_cmpstr(fact_str(f, "ip"), ==, "192.0.2.1");
	g_assert_cmpstr(fact_str(f, "ttl"), ==, "");
	g_assert_cmpstr(fact_str(f, "none"), ==, "");
	g_assert_cmpint(fact_int(f, "ttl", -7), ==, 300);
	g_assert_cmpint(fact_int(f, "ip", -7), ==, -7);
	g_assert_cmpuint(fact_source(f), ==, 0);
	fact_free(f);
	fact_free(NULL);
}

/* What the collecting version wrote is what a later one writes again. */
static void
round_trip(void)
{
	static const char *const lines[] = { WHOLE, JOINED };

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		struct fact *f = whole(lines[i]);

		g_assert_nonnull(f);
		fact_write(f, out);
		g_assert_cmpstr(out->str, ==, lines[i]);
		fact_free(f);
	}
}

static void
members(void)
{
	struct fact *f = whole(WHOLE), *j = whole(JOINED);

	g_assert_cmpuint(f->id, ==, 31);
	g_assert_cmpuint(fact_source(f), ==, 17);
	g_assert_cmpstr(f->target, ==, "popcorn-time.ch");
	g_assert_cmpint((int)f->type, ==, OBSERVED);
	g_assert_null(j->target);
	g_assert_cmpuint(j->from->len, ==, 2);
	g_assert_cmpint((int)j->type, ==, DERIVED);
	fact_free(f);
	fact_free(j);
}

static void
bad_lines(void)
{
	static const char *const bad[] = {
		"", "{}", "[]", "null", "{\"kind\":\"dns.a\"}",
		"{\"kind\":\"dns.a\",\"subject\":\"x\",\"value\":[]}",
		"{\"kind\":\"no.such\",\"subject\":\"x\",\"value\":{}}",
		"{\"kind\":\"dns.a\",\"subject\":5,\"value\":{}}",
		"{\"kind\":\"dns.a\",\"subject\":\"x\",\"value\":{},\"more\":1}",
		LINE " trailing", LINE LINE,
		"{\"kind\":\"dns.a\",\"kind\":\"dns.ns\",\"value\":{}}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_null(line(bad[i]));
}

static void
bad_whole(void)
{
	static const char *const changes[][2] = {
		{ "F-000031", "F-000000" }, { "F-000031", "31" },
		{ "F-000031", "F-31x" }, { "F-000031", "F- 31" },
		{ "OBSERVED", "PROVED" }, { "[17]", "[\"F-000017\"]" },
		{ "[17]", "17" }, { "[17]", "[0]" }, { "[17]", "[null]" },
		{ "\"at\"", "\"when\"" }, { "\"reader\"", "\"by\"" },
		{ "dns.a", "dns.b" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
		g_auto(GStrv) parts = g_strsplit(WHOLE, changes[i][0], 2);
		g_autofree char *s = g_strjoinv(changes[i][1], parts);

		g_assert_null(whole(s));
	}
}

static void
identity_is(const char *s, const char *want)
{
	struct fact *f = line(s);
	g_autofree char *id = fact_identity(f);

	g_assert_cmpstr(id, ==, want);
	fact_free(f);
}

static void
identity(void)
{
	identity_is(LINE, "[\"dns.a\",\"popcorn-time.ch\",\"192.0.2.1\"]");
	identity_is("{\"kind\":\"dns.soa\",\"subject\":\"a\",\"value\":"
	    "{\"mname\":\"m\",\"serial\":1}}",
	    "[\"dns.soa\",\"a\",\"m\",null]");
	identity_is("{\"kind\":\"dns.nxdomain\",\"subject\":\"a\",\"value\":{}}",
	    "[\"dns.nxdomain\",\"a\"]");
	identity_is("{\"kind\":\"dns.txt\",\"subject\":\"a\",\"value\":"
	    "{\"text\":{\"b64\":\"/w==\"}}}",
	    "[\"dns.txt\",\"a\",{\"b64\":\"/w==\"}]");
}

/* The dictionary: names are unique, keys are words, letters are exhibits. */
static void
dictionary(void)
{
	for (int i = 0; i < FACT_KINDS; i++) {
		const struct fact_info *info = fact_info((enum fact_kind)i);

		g_assert_cmpint(fact_kind_parse(info->name), ==, i);
		g_assert_null(strstr(info->key, "  "));
		g_assert_nonnull(strchr("ACDEFGH", info->letter));
		g_assert_cmpuint(strlen(info->says), >, 0);
	}
	for (int i = 0; i <= BELIEF; i++)
		g_assert_cmpint(fact_type_parse(fact_type_name(
		    (enum fact_type)i)), ==, i);
}

/* A thousand facts written and read: the figure is for the bench log. */
static void
speed(void)
{
	g_autoptr(GString) out = g_string_new(NULL);
	double s;

	if (!g_test_perf()) {
		g_test_skip("run with -m perf");
		return;
	}
	g_test_timer_start();
	for (int i = 0; i < 1000; i++) {
		struct fact *f = whole(WHOLE);

		fact_write(f, out);
		fact_free(f);
	}
	s = g_test_timer_elapsed();
	g_test_minimized_result(s * 1000, "%.2f us a fact", s * 1000);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fact/emit", emit);
	g_test_add_func("/fact/from-line", from_line);
	g_test_add_func("/fact/round-trip", round_trip);
	g_test_add_func("/fact/members", members);
	g_test_add_func("/fact/bad-lines", bad_lines);
	g_test_add_func("/fact/bad-whole", bad_whole);
	g_test_add_func("/fact/identity", identity);
	g_test_add_func("/fact/dictionary", dictionary);
	g_test_add_func("/fact/speed", speed);
	return g_test_run();
}
