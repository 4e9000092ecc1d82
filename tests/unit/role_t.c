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

/* ---- signs one by one: two of a network make an edge ---------------------------- */

#define LISTED(what, who) "{'list':'x','what':'" what "','provider':'" who \
	"','key':'104.16.0.0/13','date':'2026-08-11'}"
#define CERT(name) "{'depth':0,'names':['" name "']}"
#define HEADER(n, v) "{'name':'" n "','value':'" v "'}"
#define ASN(n) "{'asn':" n ",'source':'s','prefix':'104.16.0.0/13'}"

struct seen {
	const char	*listed, *asn, *cert, *header, *alias;
	enum role	 role;
	const char	*delivery, *platform;
};

static const struct seen seens[] = {
	{ .listed = LISTED("cdn", "Fastly"), .cert = CERT("n.ssl.fastly.net"),
	  .role = ROLE_CDN_EDGE, .delivery = "Fastly" },
	{ .listed = LISTED("cdn", "Amazon CloudFront"),
	  .alias = "d1.cloudfront.net", .role = ROLE_CDN_EDGE,
	  .delivery = "Amazon CloudFront" },
	{ .header = HEADER("server", "AkamaiGHost"),
	  .alias = "a.ch.edgekey.net", .role = ROLE_CDN_EDGE,
	  .delivery = "Akamai" },
	{ .asn = ASN("13335"), .header = HEADER("cf-ray", "1"),
	  .role = ROLE_CDN_EDGE, .delivery = "Cloudflare" },
	/* The network three times is one sign. */
	{ .listed = LISTED("cdn", "Cloudflare"), .asn = ASN("13335"),
	  .role = ROLE_HOST, .delivery = "Cloudflare" },
	{ .listed = LISTED("cdn", "Cloudflare"), .role = ROLE_HOST,
	  .delivery = "Cloudflare" },
	/* Two networks do not agree. */
	{ .listed = LISTED("cdn", "Cloudflare"), .cert = CERT("a.b-cdn.net"),
	  .role = ROLE_HOST, .delivery = "bunny.net" },
	/* All of a cloud is no delivery network. */
	{ .listed = LISTED("cloud", "Google Cloud"),
	  .header = HEADER("server", "nginx"), .role = ROLE_HOST },
	{ .asn = ASN("16276"), .role = ROLE_HOST },
	{ .cert = CERT("a.ch"), .header = HEADER("via", "1.1 varnish"),
	  .role = ROLE_HOST },
	/* A platform is where the pages lie: no host behind it. */
	{ .header = HEADER("server", "GitHub.com"), .alias = "x.github.io",
	  .role = ROLE_HOST, .platform = "GitHub Pages" },
	{ .header = HEADER("x-vercel-id", "1"), .role = ROLE_HOST,
	  .platform = "Vercel" },
};

static void
build_seen(struct kit *k, const struct seen *e)
{
	const char *name = e->alias != NULL ? e->alias : "a.ch";
	g_autofree char *to = g_strdup_printf("{'to':'%s'}", name);

	kit_init(k);
	kit_run(k, "2026-11-23");
	kit_target(k, "a.ch");
	kit_ask(k, PROBE_DNS, "a.ch.", "A", "", "198.41.0.4");
	if (e->alias != NULL)
		kit_fact(k, FACT_DNS_CNAME, "a.ch", to);
	kit_fact(k, FACT_DNS_A, name, "{'ip':'104.16.0.1'}");
	kit_ask(k, PROBE_LOCAL, "104.16.0.1", "listed-ip", "", "");
	if (e->listed != NULL)
		kit_fact(k, FACT_IP_LISTED, "104.16.0.1", e->listed);
	if (e->asn != NULL)
		kit_fact(k, FACT_IP_ORIGIN, "104.16.0.1", e->asn);
	kit_ask(k, PROBE_TLS, "a.ch", "chain", "", "104.16.0.1");
	if (e->cert != NULL)
		kit_fact(k, FACT_TLS_CERT, "a.ch@104.16.0.1", e->cert);
	kit_ask(k, PROBE_HTTP, "https://a.ch/", "page", "a.ch", "104.16.0.1");
	if (e->header != NULL)
		kit_fact(k, FACT_HTTP_HEADER, "https://a.ch/", e->header);
}

static void
test_signs(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(seens); i++) {
		struct kit k;
		g_autoptr(GPtrArray) rows = NULL;
		const struct role_row *r;

		build_seen(&k, &seens[i]);
		rows = roles_of_run(k.rec, k.run);
		r = find(rows, "104.16.0.1", "a.ch");
		g_test_message("%zu", i);
		g_assert_nonnull(r);
		g_assert_cmpstr(role_name(r->role), ==,
		    role_name(seens[i].role));
		g_assert_cmpstr(r->delivery, ==, seens[i].delivery);
		g_assert_cmpstr(r->platform, ==, seens[i].platform);
		kit_clear(&k);
	}
}

/* ---- lists and tables -------------------------------------------------------------- */

static const struct role_row *
find_role(const GPtrArray *rows, const char *ip, enum role role)
{
	for (guint i = 0; i < rows->len; i++) {
		const struct role_row *r = g_ptr_array_index(rows, i);

		if (strcmp(r->ip, ip) == 0 && r->role == role)
			return r;
	}
	return NULL;
}

/* A list of exits gives a role beside the one that DNS gives; a list of hosting
 * gives none. */
static void
test_exits(void)
{
	static const struct { const char *what; gboolean is_exit; } lists[] = {
		{ "tor", TRUE }, { "vpn", TRUE }, { "hosting", FALSE },
		{ "cloud", FALSE }, { "sinkhole", FALSE }, { "parking", FALSE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autofree char *v = g_strdup_printf("{'list':'x','what':'%s',"
		    "'date':'2024-02-27'}", lists[i].what);
		g_autoptr(GPtrArray) rows = NULL;
		const struct role_row *r;
		struct kit k;

		kit_init(&k);
		kit_run(&k, "2026-11-23");
		kit_target(&k, "a.ch");
		kit_address(&k, "a.ch", "192.0.2.7", "Somebody", "NL");
		kit_ask(&k, PROBE_LOCAL, "192.0.2.7", "listed-ip", "", "");
		kit_fact(&k, FACT_IP_LISTED, "192.0.2.7", v);
		rows = roles_of_run(k.rec, k.run);
		r = find_role(rows, "192.0.2.7", ROLE_EXIT_PROXY);
		g_assert_nonnull(find_role(rows, "192.0.2.7", ROLE_HOST));
		g_assert_cmpint(r != NULL, ==, lists[i].is_exit);
		if (r != NULL)
			g_assert_cmpstr(fact_str(r->facts->pdata[0], "date"),
			    ==, "2024-02-27");
		kit_clear(&k);
	}
}

static void
test_own_addresses(void)
{
	g_autoptr(GPtrArray) rows = NULL;
	struct kit k;

	kit_init(&k);
	g_ptr_array_add(k.rec->own, g_strdup("192.0.2.0/28"));
	g_ptr_array_add(k.rec->own, g_strdup("no address"));
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.ch");
	kit_address(&k, "a.ch", "192.0.2.7", "Somebody", "NL");
	kit_address(&k, "a.ch", "192.0.2.77", "Somebody", "NL");
	rows = roles_of_run(k.rec, k.run);
	g_assert_nonnull(find_role(rows, "192.0.2.7", ROLE_PLAINTIFF_SIDE));
	g_assert_null(find_role(rows, "192.0.2.77", ROLE_PLAINTIFF_SIDE));
	kit_clear(&k);
}

static void
test_unknown(void)
{
	g_autoptr(GPtrArray) rows = NULL;
	struct kit k;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.ch");
	kit_ask(&k, PROBE_LOCAL, "192.0.2.9", "listed-ip", "", "");
	kit_fact(&k, FACT_IP_ORIGIN, "192.0.2.9", ASN("64500"));
	rows = roles_of_run(k.rec, k.run);
	g_assert_cmpuint(rows->len, ==, 1);
	g_assert_nonnull(find_role(rows, "192.0.2.9", ROLE_UNKNOWN));
	kit_clear(&k);
}

static void
test_parked(void)
{
	g_autoptr(GPtrArray) rows = NULL;
	const struct role_row *r;
	struct kit k;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.ch");
	kit_ask(&k, PROBE_DNS, "a.ch.", "NS", "", "198.41.0.4");
	kit_fact(&k, FACT_DNS_NS, "a.ch", "{'ns':'ns1.bodis.com'}");
	kit_ask(&k, PROBE_LOCAL, "ns1.bodis.com", "listed-ns", "", "");
	kit_fact(&k, FACT_NAME_LISTED, "ns1.bodis.com",
	    "{'list':'parking-ns','what':'parking','of':'ns'}");
	kit_address(&k, "a.ch", "192.0.2.7", "Somebody", "NL");
	rows = roles_of_run(k.rec, k.run);
	r = find_role(rows, "192.0.2.7", ROLE_HOST);
	g_assert_nonnull(r->parked);
	kit_clear(&k);
}

/* ---- behind an edge: hints, where there is an edge -------------------------------------- */

static void
build_hints(struct kit *k, const char *header)
{
	kit_init(k);
	kit_run(k, "2026-11-22");
	kit_target(k, "a.ch");
	kit_address(k, "a.ch", "198.51.100.9", "Somebody", "NL");
	kit_run(k, "2026-11-23");
	kit_target(k, "a.ch");
	kit_address(k, "a.ch", "104.16.0.1", "Cloudflare, Inc.", "US");
	kit_ask(k, PROBE_HTTP, "https://a.ch/", "page", "a.ch", "104.16.0.1");
	kit_fact(k, FACT_HTTP_HEADER, "https://a.ch/", header);
	kit_fact(k, FACT_ZONE_ADDRESS, "a.ch",
	    "{'ip':'198.51.100.25','how':'mail server','name':'mx.a.ch'}");
	kit_fact(k, FACT_ZONE_ADDRESS, "a.ch",
	    "{'ip':'104.16.0.1','how':'name','name':'cdn.a.ch'}");
}

static void
test_hints(void)
{
	static const struct { const char *header; guint hints; } rows[] = {
		{ HEADER("cf-ray", "1"), 2 },
		{ HEADER("server", "nginx"), 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) roles = NULL;
		g_autoptr(GArray) hints = NULL;
		struct kit k;

		build_hints(&k, rows[i].header);
		roles = roles_of_run(k.rec, k.run);
		hints = role_hints(k.rec, k.run, "a.ch", roles);
		g_assert_cmpuint(hints->len, ==, rows[i].hints);
		if (hints->len > 0) {
			struct role_hint *h = &g_array_index(hints,
			    struct role_hint, 0);

			g_assert_cmpstr(h[0].ip, ==, "198.51.100.25");
			g_assert_false(h[0].earlier);
			g_assert_cmpstr(h[1].ip, ==, "198.51.100.9");
			g_assert_true(h[1].earlier);
		}
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
	g_test_add_func("/role/signs", test_signs);
	g_test_add_func("/role/exits", test_exits);
	g_test_add_func("/role/own-addresses", test_own_addresses);
	g_test_add_func("/role/unknown", test_unknown);
	g_test_add_func("/role/parked", test_parked);
	g_test_add_func("/role/hints", test_hints);
	g_test_add_func("/role/header-elsewhere", test_header_elsewhere);
	g_test_add_func("/role/alias-loop", test_alias_loop);
	g_test_add_func("/role/shared-server", test_shared_server);
	g_test_add_func("/role/never-doe", test_never_doe);
	g_test_add_func("/role/names", test_names);
	return g_test_run();
}
