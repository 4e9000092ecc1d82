/* Manners: when a server may be asked next. */

#include <glib.h>

#include "probes/pace.h"

#define MS	INT64_C(1000000)

static struct question *
ask(enum probe_kind kind, const char *host, const char *server)
{
	return question_new(kind, "x", "y", host, server, 43, "");
}

static struct pace_server *
server(struct pace *p, enum probe_kind kind, const char *host,
    const char *address)
{
	struct question *q = ask(kind, host, address);
	struct pace_server *s = pace_server(p, q);

	question_unref(q);
	return s;
}

/* A registry's addresses are one server; a site's are not. */
static void
test_registry(void)
{
	struct limits limits;
	struct pace *p;
	struct pace_server *one, *two, *other, *page, *page2;

	limits_default(&limits);
	limits_set(&limits, "pace.whois", 100);
	limits_set(&limits, "per.server", 1);
	p = pace_new(&limits);
	one = server(p, PROBE_WHOIS, "whois.A.net", "192.0.2.1");
	two = server(p, PROBE_WHOIS, "whois.a.net", "192.0.2.2");
	other = server(p, PROBE_WHOIS, "whois.b.net", "192.0.2.1");
	page = server(p, PROBE_HTTP, "a.net", "192.0.2.1");
	page2 = server(p, PROBE_HTTP, "a.net", "192.0.2.2");
	g_assert_true(one == two);
	pace_begin(one, 1000);
	g_assert_cmpint(pace_when(p, two), ==, PACE_NOT_NOW);
	g_assert_cmpint(pace_when(p, other), ==, 0);
	g_assert_cmpint(pace_when(p, page), ==, 0);
	pace_end(one);
	pace_leave(p, one, 2000);
	g_assert_cmpint(pace_when(p, two), ==, 1000 + 100 * MS);
	pace_begin(page, 0);
	g_assert_cmpint(pace_when(p, page), ==, PACE_NOT_NOW);
	g_assert_cmpint(pace_when(p, page2), ==, 0);
	pace_free(p);
}

/* As many as a name server may have under way begin at one moment, and at no
 * distance: that of the beginning is later than that of the look. */
static void
test_at_once(void)
{
	struct limits limits;
	struct pace *p;
	struct pace_server *s;

	limits_default(&limits);
	limits_set(&limits, "dns.inflight", 32);
	p = pace_new(&limits);
	s = server(p, PROBE_DNS, "", "192.0.2.1");
	for (int i = 0; i < 32; i++) {
		g_assert_cmpint(pace_when(p, s), <=, 1000);
		pace_begin(s, 1001 + i);
	}
	g_assert_cmpint(pace_when(p, s), ==, PACE_NOT_NOW);
	pace_end(s);
	g_assert_cmpint(pace_when(p, s), <=, 1000);
	pace_free(p);
}

/* What a registry says it bears is not undercut by a limit. */
static void
test_stated(void)
{
	struct limits limits;
	struct pace *p;
	struct pace_server *nl;

	limits_default(&limits);
	limits_set(&limits, "pace.whois", 1);
	p = pace_new(&limits);
	nl = server(p, PROBE_WHOIS, "whois.domain-registry.nl", "192.0.2.1");
	pace_begin(nl, 0);
	pace_end(nl);
	g_assert_cmpint(pace_when(p, nl), ==, 1000 * MS);
	pace_free(p);
}

/* A wait is obeyed whatever else happens, is never shortened, and is not
 * forgotten when nobody stands in line. */
static void
test_wait(void)
{
	struct limits limits;
	struct pace *p;
	struct pace_server *s;

	limits_default(&limits);
	p = pace_new(&limits);
	s = server(p, PROBE_RDAP, "rdap.a.net", "192.0.2.1");
	pace_wait(s, 5000 * MS);
	pace_wait(s, 3000 * MS);
	g_assert_cmpint(pace_when(p, s), ==, 5000 * MS);
	pace_begin(s, 0);
	pace_end(s);
	pace_leave(p, s, 1);
	s = server(p, PROBE_RDAP, "rdap.a.net", "192.0.2.1");
	g_assert_cmpint(pace_when(p, s), ==, 5000 * MS);
	pace_leave(p, s, 5000 * MS);
	s = server(p, PROBE_RDAP, "rdap.a.net", "192.0.2.1");
	g_assert_cmpint(pace_when(p, s), ==, 0);
	pace_free(p);
}

/* Thousands of servers are not remembered when their time is over. */
static void
test_many(void)
{
	struct limits limits;
	struct pace *p;
	struct pace_server *s;

	limits_default(&limits);
	limits_set(&limits, "pace.pages", 10);
	p = pace_new(&limits);
	s = server(p, PROBE_HTTP, "", "192.0.2.1");
	pace_begin(s, 0);
	pace_end(s);
	pace_leave(p, s, 1);
	for (int i = 0; i < 2000; i++) {
		g_autofree char *ip = g_strdup_printf("198.51.%d.%d", i / 256,
		    i % 256);

		s = server(p, PROBE_HTTP, "", ip);
		pace_begin(s, 20 * MS + i);
		pace_end(s);
		pace_leave(p, s, 20 * MS + i + 1);
	}
	s = server(p, PROBE_HTTP, "", "192.0.2.1");
	g_assert_cmpint(pace_when(p, s), ==, 0);
	pace_free(p);
}

/* Local look-ups burden nobody. */
static void
test_local(void)
{
	struct limits limits;
	struct pace *p;
	struct pace_server *s;

	limits_default(&limits);
	p = pace_new(&limits);
	s = server(p, PROBE_LOCAL, "", "");
	g_assert_null(s);
	pace_begin(s, 0);
	g_assert_cmpint(pace_when(p, s), ==, 0);
	pace_end(s);
	pace_leave(p, s, 0);
	pace_free(p);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pace/registry", test_registry);
	g_test_add_func("/pace/at-once", test_at_once);
	g_test_add_func("/pace/stated", test_stated);
	g_test_add_func("/pace/wait", test_wait);
	g_test_add_func("/pace/many", test_many);
	g_test_add_func("/pace/local", test_local);
	return g_test_run();
}
