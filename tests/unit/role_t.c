/*
 * Roles: what DNS says an address is for, and nothing more.  A delivery
 * network's edge needs two signs that agree, and no answer of a name server
 * ever makes an address a Doe's.
 */

#include <string.h>

#include "reports/delivery.h"
#include "tests/unit/recordkit.h"

static const struct role_row *
find(const GPtrArray *rows, const char *ip, const char *target)
{
	for (guint i = 0; i < rows->len; i++) {
		const struct role_row *r = g_ptr_array_index(rows, i);

		if (strcmp(r->ip, ip) == 0 && (target == NULL ||
		    strcmp(r->target, target) == 0))
			return r;
	}
	return NULL;
}

static void
expect(const struct kit *k, const char *ip, enum role role, const char *name)
{
	g_autoptr(GPtrArray) rows = roles_of_run(k->rec, k->run);
	const struct role_row *r = find(rows, ip, NULL);

	g_assert_nonnull(r);
	g_assert_cmpstr(role_name(r->role), ==, role_name(role));
	g_assert_cmpstr(r->name, ==, name);
	g_assert_cmpuint(r->facts->len, >, 0);
}

static void
test_network_roles(void)
{
	struct kit k;

	kit_popcorn(&k, 0);
	expect(&k, "5.2.64.1", ROLE_HOST, "popcorn-time.ch");
	expect(&k, "173.245.58.59", ROLE_DNS, "ada.ns.cloudflare.com");
	expect(&k, "142.250.102.26", ROLE_MAIL, "aspmx.l.google.com");
	kit_clear(&k);
}

/* A name server below the target serves its zone and is not its host. */
static void
test_own_server(void)
{
	struct kit k;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.is");
	kit_ask(&k, PROBE_DNS, "a.is.", "NS", "", "198.41.0.4");
	kit_fact(&k, FACT_DNS_REFERRAL, "a.is",
	    "{'ns':'ns1.a.is','ips':['84.205.64.2','2001:db8::2']}");
	kit_ask(&k, PROBE_DNS, "www.a.is.", "A", "", "84.205.64.2");
	kit_fact(&k, FACT_DNS_A, "www.a.is", "{'ip':'84.205.64.1'}");
	expect(&k, "84.205.64.2", ROLE_DNS, "ns1.a.is");
	expect(&k, "2001:db8::2", ROLE_DNS, "ns1.a.is");
	expect(&k, "84.205.64.1", ROLE_HOST, "www.a.is");
	kit_clear(&k);
}

/* The servers of the zones on the way are nobody's of the target. */
static void
test_parents(void)
{
	struct kit k;
	g_autoptr(GPtrArray) rows = NULL;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "example.co.uk");
	kit_ask(&k, PROBE_DNS, "example.co.uk.", "A", "", "198.41.0.4");
	kit_fact(&k, FACT_DNS_REFERRAL, "uk",
	    "{'ns':'nsa.nic.uk','ips':['156.154.100.3']}");
	kit_fact(&k, FACT_DNS_REFERRAL, "co.uk",
	    "{'ns':'nsb.nic.uk','ips':['156.154.101.3']}");
	kit_ask(&k, PROBE_DNS, "nsa.nic.uk.", "A", "", "198.41.0.4");
	kit_fact(&k, FACT_DNS_A, "nsa.nic.uk", "{'ip':'156.154.100.3'}");
	rows = roles_of_run(k.rec, k.run);
	g_assert_cmpuint(rows->len, ==, 0);
	kit_clear(&k);
}

/* ---- delivery networks ------------------------------------------------------- */

struct edge {
	const char	*org, *alias, *header, *value;
	enum role	 role;
	const char	*delivery;
};

static const struct edge edges[] = {
	{ "Cloudflare, Inc.", NULL, "cf-ray", "8a-AMS", ROLE_CDN_EDGE,
	    "Cloudflare" },
	{ "Cloudflare, Inc.", "x.cdn.cloudflare.net", NULL, NULL,
	    ROLE_CDN_EDGE, "Cloudflare" },
	{ "Cloudflare, Inc.", NULL, "server", "cloudflare", ROLE_CDN_EDGE,
	    "Cloudflare" },
	/* one sign: may be */
	{ "Cloudflare, Inc.", NULL, NULL, NULL, ROLE_HOST, "Cloudflare" },
	{ "LiteServer B.V.", NULL, "cf-ray", "8a-AMS", ROLE_HOST,
	    "Cloudflare" },
	{ "LiteServer B.V.", "x.fastly.net", NULL, NULL, ROLE_HOST,
	    "Fastly" },
	/* two signs that name different networks do not agree */
	{ "Cloudflare, Inc.", NULL, "x-served-by", "cache-ams", ROLE_HOST,
	    "Fastly" },
	/* sells hosting too: the holder alone says nothing */
	{ "Amazon.com, Inc.", NULL, NULL, NULL, ROLE_HOST, NULL },
	{ "Amazon.com, Inc.", NULL, "x-amz-cf-id", "abc", ROLE_CDN_EDGE,
	    "Amazon CloudFront" },
	{ "LiteServer B.V.", NULL, "server", "nginx", ROLE_HOST, NULL },
};

static void
build_edge(struct kit *k, const struct edge *e)
{
	const char *name = e->alias != NULL ? e->alias : "a.ch";
	g_autofree char *to = g_strdup_printf("{'to':'%s'}", name);

	kit_init(k);
	kit_run(k, "2026-11-23");
	kit_target(k, "a.ch");
	kit_ask(k, PROBE_DNS, "a.ch.", "A", "", "198.41.0.4");
	if (e->alias != NULL)
		kit_fact(k, FACT_DNS_CNAME, "a.ch", to);
	kit_address(k, name, "104.16.0.1", e->org, "US");
	kit_ask(k, PROBE_HTTP, "https://a.ch/", "page", "a.ch", "104.16.0.1");
	if (e->header != NULL) {
		g_autofree char *v = g_strdup_printf("{'name':'%s','value':"
		    "'%s'}", e->header, e->value);

		kit_fact(k, FACT_HTTP_HEADER, "https://a.ch/", v);
	}
}

static void
test_edges(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(edges); i++) {
		struct kit k;
		g_autoptr(GPtrArray) rows = NULL;
		const struct role_row *r;

		build_edge(&k, &edges[i]);
		rows = roles_of_run(k.rec, k.run);
		r = find(rows, "104.16.0.1", "a.ch");
		g_assert_nonnull(r);
		g_test_message("%s %s", edges[i].org,
		    edges[i].header != NULL ? edges[i].header : "-");
		g_assert_cmpstr(role_name(r->role), ==,
		    role_name(edges[i].role));
		g_assert_cmpstr(r->delivery, ==, edges[i].delivery);
		g_assert_true(r->own);
		kit_clear(&k);
	}
}

/* A header from another address says nothing of this one. */
static void
test_header_elsewhere(void)
{
	struct kit k;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.ch");
	kit_address(&k, "a.ch", "104.16.0.1", "Cloudflare, Inc.", "US");
	kit_ask(&k, PROBE_HTTP, "https://b.ch/", "page", "b.ch", "104.16.0.9");
	kit_fact(&k, FACT_HTTP_HEADER, "https://b.ch/",
	    "{'name':'cf-ray','value':'x'}");
	expect(&k, "104.16.0.1", ROLE_HOST, "a.ch");
	kit_clear(&k);
}

/* An alias that leads to itself ends. */
static void
test_alias_loop(void)
{
	struct kit k;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.ch");
	kit_ask(&k, PROBE_DNS, "a.ch.", "A", "", "198.41.0.4");
	kit_fact(&k, FACT_DNS_CNAME, "a.ch", "{'to':'b.ch'}");
	kit_fact(&k, FACT_DNS_CNAME, "b.ch", "{'to':'a.ch'}");
	kit_fact(&k, FACT_DNS_A, "b.ch", "{'ip':'192.0.2.1'}");
	expect(&k, "192.0.2.1", ROLE_HOST, "b.ch");
	kit_clear(&k);
}

static void
test_shared_server(void)
{
	struct kit k;
	g_autoptr(GPtrArray) rows = NULL;

	kit_popcorn(&k, 0);
	kit_target(&k, "popcorn-time-demo.com");
	kit_ask(&k, PROBE_DNS, "popcorn-time-demo.com.", "NS", "",
	    "192.5.6.30");
	kit_fact(&k, FACT_DNS_NS, "popcorn-time-demo.com",
	    "{'ns':'ada.ns.cloudflare.com'}");
	rows = roles_of_run(k.rec, k.run);
	g_assert_nonnull(find(rows, "173.245.58.59", "popcorn-time.ch"));
	g_assert_nonnull(find(rows, "173.245.58.59", "popcorn-time-demo.com"));
	kit_clear(&k);
}

static void
test_never_doe(void)
{
	struct kit k;
	g_autoptr(GPtrArray) rows = NULL;

	kit_popcorn(&k, 0);
	rows = roles_of_run(k.rec, k.run);
	for (guint i = 0; i < rows->len; i++) {
		const struct role_row *r = g_ptr_array_index(rows, i);

		g_assert_cmpint(r->role, !=, ROLE_DOE_ACTIVITY);
	}
	g_assert_cmpstr(role_name(ROLE_DOE_ACTIVITY), ==, "DOE_ACTIVITY");
	kit_clear(&k);
}

static void
test_names(void)
{
	g_assert_true(name_under("a.ch", "a.ch"));
	g_assert_true(name_under("www.a.ch", "a.ch"));
	g_assert_false(name_under("ba.ch", "a.ch"));
	g_assert_false(name_under("a.ch", ""));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/role/network", test_network_roles);
	g_test_add_func("/role/own-server", test_own_server);
	g_test_add_func("/role/parents", test_parents);
	g_test_add_func("/role/edges", test_edges);
	g_test_add_func("/role/header-elsewhere", test_header_elsewhere);
	g_test_add_func("/role/alias-loop", test_alias_loop);
	g_test_add_func("/role/shared-server", test_shared_server);
	g_test_add_func("/role/never-doe", test_never_doe);
	g_test_add_func("/role/names", test_names);
	return g_test_run();
}
