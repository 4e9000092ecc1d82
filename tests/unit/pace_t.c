/* Manners: when a server may be asked next. */

#include <glib.h>

#include "probes/pace.h"

#define MS	INT64_C(1000000)

static struct question *
ask(enum probe_kind kind, const char *host, const char *server)
{
	return question_new(kind, "x", "y", host, server, 43, "");
}

/* A registry's addresses are one server; a site's are not. */
static void
test_registry(void)
{
	struct limits limits;
	struct pace *p;
	struct question *one = ask(PROBE_WHOIS, "whois.A.net", "192.0.2.1");
	struct question *two = ask(PROBE_WHOIS, "whois.a.net", "192.0.2.2");
	struct question *other = ask(PROBE_WHOIS, "whois.b.net", "192.0.2.1");
	struct question *page = ask(PROBE_HTTP, "a.net", "192.0.2.1");
	struct question *page2 = ask(PROBE_HTTP, "a.net", "192.0.2.2");

	limits_default(&limits);
	limits_set(&limits, "pace.whois", 100);
	limits_set(&limits, "per.server", 1);
	p = pace_new(&limits);
	pace_begin(p, one, 1000);
	g_assert_cmpint(pace_when(p, two), ==, PACE_NOT_NOW);
	g_assert_cmpint(pace_when(p, other), ==, 0);
	g_assert_cmpint(pace_when(p, page), ==, 0);
	pace_end(p, one, 2000);
	g_assert_cmpint(pace_when(p, two), ==, 1000 + 100 * MS);
	pace_begin(p, page, 0);
	g_assert_cmpint(pace_when(p, page), ==, PACE_NOT_NOW);
	g_assert_cmpint(pace_when(p, page2), ==, 0);
	pace_free(p);
	question_unref(one);
	question_unref(two);
	question_unref(other);
	question_unref(page);
	question_unref(page2);
}

/* What a registry says it bears is not undercut by a limit. */
static void
test_stated(void)
{
	struct limits limits;
	struct pace *p;
	struct question *nl = ask(PROBE_WHOIS, "whois.domain-registry.nl",
	    "192.0.2.1");

	limits_default(&limits);
	limits_set(&limits, "pace.whois", 1);
	p = pace_new(&limits);
	pace_begin(p, nl, 0);
	pace_end(p, nl, 1);
	g_assert_cmpint(pace_when(p, nl), ==, 1000 * MS);
	pace_free(p);
	question_unref(nl);
}

/* A wait is obeyed whatever else happens, and is never shortened. */
static void
test_wait(void)
{
	struct limits limits;
	struct pace *p;
	struct question *q = ask(PROBE_RDAP, "rdap.a.net", "192.0.2.1");

	limits_default(&limits);
	p = pace_new(&limits);
	pace_wait(p, q, 5000 * MS);
	pace_wait(p, q, 3000 * MS);
	g_assert_cmpint(pace_when(p, q), ==, 5000 * MS);
	pace_begin(p, q, 0);
	pace_end(p, q, 1);
	g_assert_cmpint(pace_when(p, q), ==, 5000 * MS);
	pace_free(p);
	question_unref(q);
}

/* Thousands of servers are not remembered when their time is over. */
static void
test_many(void)
{
	struct limits limits;
	struct pace *p;
	struct question *first = ask(PROBE_HTTP, "", "192.0.2.1");

	limits_default(&limits);
	limits_set(&limits, "pace.pages", 10);
	p = pace_new(&limits);
	pace_begin(p, first, 0);
	pace_end(p, first, 1);
	for (int i = 0; i < 2000; i++) {
		g_autofree char *ip = g_strdup_printf("198.51.%d.%d", i / 256,
		    i % 256);
		struct question *q = ask(PROBE_HTTP, "", ip);

		pace_begin(p, q, 20 * MS + i);
		pace_end(p, q, 20 * MS + i + 1);
		question_unref(q);
	}
	g_assert_cmpint(pace_when(p, first), ==, 0);
	pace_free(p);
	question_unref(first);
}

/* Local look-ups burden nobody. */
static void
test_local(void)
{
	struct limits limits;
	struct pace *p;
	struct question *q = ask(PROBE_LOCAL, "", "");

	limits_default(&limits);
	p = pace_new(&limits);
	pace_begin(p, q, 0);
	g_assert_cmpint(pace_when(p, q), ==, 0);
	pace_end(p, q, 0);
	pace_free(p);
	question_unref(q);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pace/registry", test_registry);
	g_test_add_func("/pace/stated", test_stated);
	g_test_add_func("/pace/wait", test_wait);
	g_test_add_func("/pace/many", test_many);
	g_test_add_func("/pace/local", test_local);
	return g_test_run();
}
