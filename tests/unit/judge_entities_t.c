/* What the predicates say of providers, and of those who are sought (factor 4). */

#include <string.h>

#include "reports/provider.h"
#include "tests/unit/recordkit.h"

/* ---- providers ---------------------------------------------------------------------------- */

static void
test_foreign_providers(void)
{
	struct kit k;

	/* a US host under a country's domain: the registry is abroad */
	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.is");
	kit_address(&k, "a.is", "192.0.2.1", "ColoCrossing", "US");
	kit_ask(&k, PROBE_WHOIS, "a.is", "tld", "whois.isnic.is",
	    "193.4.58.43");
	kit_fact(&k, FACT_WHOIS_RECORD, "a.is", "{'layout':'generic'}");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "ADV");
	g_assert_cmpstr(kit_status(&k, "K-15", NULL, NULL), ==, "INSUF");
	kit_clear(&k);
	/* none abroad, and not all answered: NC; an entity sought is enough */
	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.com");
	kit_address(&k, "a.com", "192.0.2.1", "ColoCrossing", "US");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "NC");
	kit_entity(&k, "ColoCrossing", "United States");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "NC");
	kit_entity(&k, "ISNIC", "IS");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "ADV");
	kit_clear(&k);
}

/* A page leads to a host abroad: not the site's, and counted for neither. */
static void
test_linked_hosts(void)
{
	struct kit k;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_page(&k, "a.com", "192.0.2.1");
	kit_fact(&k, FACT_PAGE_HOST, "https://a.com/",
	    "{'host':'ads.example','how':'frame'}");
	kit_address(&k, "ads.example", "192.0.2.7", "Cloudflare, Inc.", "US");
	g_assert_cmpstr(kit_status(&k, "K-15", NULL, NULL), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "L-01", "Cloudflare, Inc.", NULL), ==,
	    "PART");
	kit_clear(&k);
}

static void
test_company_names(void)
{
	static const struct { const char *entity, *name; gboolean is; } c[] = {
		{ "LiteServer B.V.", "LiteServer B.V.", TRUE },
		{ "LiteServer B.V.", "LITESERVER", TRUE },
		{ "LiteServer", "LiteServer Holding B.V.", TRUE },
		{ "Instra Corporation", "Instra Corporation Pty Ltd.", TRUE },
		{ "IPSERVER LP", "IPServer, Ltd", TRUE },
		{ "Cloudflare", "Cloudflare, Inc.", TRUE },
		{ "Lite Server", "LiteServer B.V.", FALSE },
		{ "Instra", "Instrain AG", FALSE },
		{ "LiteServer Holding", "LiteServer B.V.", FALSE },
		{ "Google LLC", "Google Ireland Limited", FALSE },
		{ "Google", "Google Ireland Limited", FALSE },
		{ "Google Ireland", "Google Ireland Limited", TRUE },
		{ "Amazon", "Amazon EU Sarl", FALSE },
		{ "Kino", "Kino United Kingdom Ltd", FALSE },
		{ "Ltd", "Ltd Hosting", TRUE },
		{ "", "LiteServer", FALSE },
		{ "...", "LiteServer", FALSE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(c); i++) {
		g_test_message("%s / %s", c[i].entity, c[i].name);
		g_assert_true(entity_is(c[i].entity, c[i].name) == c[i].is);
	}
	g_assert_true(entity_is_host("ISNIC", "whois.isnic.is"));
	g_assert_true(entity_is_host("ISNIC ehf.", "rdap.isnic.is"));
	g_assert_false(entity_is_host("ISNIC", "whois.nic.is"));
	g_assert_false(entity_is_host("", "whois..is"));
	g_assert_cmpint(country_is_us("us"), ==, 1);
	g_assert_cmpint(country_is_us("NL"), ==, 0);
	g_assert_cmpint(country_is_us(""), ==, -1);
}

static void
test_company_fit(void)
{
	static const struct {
		const char *entity, *name;
		enum company_fit fit;
	} c[] = {
		{ "Instra Corporation Ltd", "INSTRA CORPORATION, LTD.",
		    FIT_WHOLE },
		{ "Instra Corporation Ltd", "Instra Corporation Pty Ltd",
		    FIT_WORDS },
		{ "ISNIC - Internet \303\241 \303\215slandi hf.",
		    "Internet \303\241 \303\215slandi", FIT_PART },
		{ "ISNIC - Internet \303\241 \303\215slandi hf.", "ISNIC",
		    FIT_PART },
		{ "Example Domains d/b/a Instra", "Instra Pty", FIT_PART },
		{ "LiteServer B.V. (the host)", "LITESERVER BV", FIT_PART },
		{ "LiteServer", "LiteServer Reseller B.V.", FIT_BEGINS },
		{ "Hosting - Netherlands", "Netherlands", FIT_NONE },
		{ "Big - ABC", "ABC", FIT_NONE },
		{ "Nameless (LiteServer again)", "LiteServer", FIT_NONE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(c); i++) {
		g_test_message("%s / %s", c[i].entity, c[i].name);
		g_assert_cmpint(company_fit(c[i].entity, c[i].name), ==,
		    c[i].fit);
	}
}

/* Of those in the table, the one that it fits best; else nobody. */
static void
test_who_takes(void)
{
	static const char *const names[] = { "Instra Corporation Ltd",
		"Instra Corporation Pty", "LiteServer B.V.",
		"LiteServer Reseller B.V." };
	static const struct { const char *said; int who; gboolean either; } c[] = {
		{ "Instra Corporation Pty", 1, FALSE },
		{ "Instra", -1, TRUE },
		{ "LiteServer", 2, FALSE },
		{ "LiteServer Reseller", 3, FALSE },
		{ "Somebody Else", -1, FALSE },
		{ "", -1, FALSE },
	};
	struct kit k;

	kit_popcorn(&k, 0);
	for (size_t n = 0; n < G_N_ELEMENTS(names); n++)
		kit_entity(&k, names[n], "NL");
	for (size_t i = 0; i < G_N_ELEMENTS(c); i++)
		for (size_t n = 0; n < G_N_ELEMENTS(names); n++) {
			g_test_message("%s / %s", names[n], c[i].said);
			g_assert_true(entity_takes(k.rec, names[n],
			    c[i].said) == (c[i].who == (int)n));
			g_assert_true(entity_either(k.rec, names[n],
			    c[i].said) == (c[i].either && n < 2));
		}
	kit_clear(&k);
}

/* The registry is seen by its server's name only, and only where asked for. */
static void
test_registry(void)
{
	struct kit k;
	g_autoptr(GPtrArray) scopes = NULL;

	kit_popcorn(&k, 0);
	kit_entity(&k, "Switch", "CH");
	kit_target(&k, "popcorn-time-demo.is");
	kit_ask(&k, PROBE_WHOIS, "popcorn-time-demo.is", "tld",
	    "whois.isnic.is", "193.4.58.43");
	kit_fact(&k, FACT_WHOIS_RECORD, "popcorn-time-demo.is",
	    "{'layout':'generic'}");
	g_assert_cmpstr(kit_status(&k, "L-01", "ISNIC", NULL), ==, "PART");
	g_assert_cmpstr(kit_status(&k, "L-01", "Switch", NULL), ==, "NC");
	scopes = showing_scopes(k.rec, SCOPE_ENTITY);
	for (guint i = 0; i < scopes->len; i++)
		g_assert_null(strstr(g_ptr_array_index(scopes, i), "rdap."));
	kit_clear(&k);
}

/* ---- factor 4 ------------------------------------------------------------------------------ */

/* A new host: the old one's row is about the past. */
static void
test_host_changed(void)
{
	struct kit k;

	kit_popcorn(&k, 0);
	kit_run(&k, "2026-12-01");
	kit_target(&k, "popcorn-time.ch");
	kit_address(&k, "popcorn-time.ch", "23.94.0.1", "ColoCrossing", "US");
	g_assert_cmpstr(kit_status(&k, "L-01", "ColoCrossing", NULL), ==,
	    "PART");
	/* the newest run did not answer all: not yet past */
	g_assert_cmpstr(kit_status(&k, "L-01", "LiteServer B.V.", NULL), ==,
	    "PART");
	kit_ask(&k, PROBE_DNS, "popcorn-time.ch.", "AAAA", "", "1.2.3.4");
	kit_fact(&k, FACT_DNS_NODATA, "popcorn-time.ch", "{'type':'AAAA'}");
	kit_ask(&k, PROBE_DNS, "popcorn-time.ch.", "MX", "", "1.2.3.4");
	kit_fact(&k, FACT_DNS_NODATA, "popcorn-time.ch", "{'type':'MX'}");
	kit_ask(&k, PROBE_DNS, "popcorn-time.ch.", "NS", "", "1.2.3.4");
	kit_fact(&k, FACT_DNS_NODATA, "popcorn-time.ch", "{'type':'NS'}");
	kit_ask(&k, PROBE_RDAP, "https://rdap.nic.ch/domain/popcorn-time.ch",
	    "domain", "rdap.nic.ch", "130.59.31.245");
	kit_fact(&k, FACT_RDAP_DOMAIN, "popcorn-time.ch", "{}");
	g_assert_cmpstr(kit_status(&k, "L-01", "LiteServer B.V.", NULL), ==,
	    "STALE");
	/* what was adverse stays printed, of both hosts */
	g_assert_cmpstr(kit_status(&k, "P-17", NULL, NULL), ==, "ADV");
	kit_clear(&k);
}

static void
test_stale(void)
{
	struct kit k;
	g_autoptr(GPtrArray) all = NULL;
	const struct finding *f;

	kit_popcorn(&k, 0);
	g_free(k.rec->as_of);
	k.rec->as_of = g_strdup("2027-05-22");	/* 180 days on */
	g_assert_cmpstr(kit_status(&k, "P-15", NULL, NULL), ==, "INSUF");
	g_free(k.rec->as_of);
	k.rec->as_of = g_strdup("2027-05-23");
	all = showing_assess(k.rec);
	g_assert_cmpint(kit_finding(all, "P-15", NULL, NULL)->status, ==,
	    ST_STALE);
	f = kit_finding(all, "P-17", NULL, NULL);
	g_assert_cmpint(f->status, ==, ST_STALE);
	g_assert_true(f->adverse);
	g_clear_pointer(&all, g_ptr_array_unref);
	kit_clear(&k);
}

static void
test_links(void)
{
	struct kit k;

	kit_page_alone(&k);
	kit_page(&k, "b.ch", "192.0.2.2");
	g_assert_cmpstr(kit_status(&k, "L-03", NULL, NULL), ==, "NONE");
	kit_fact(&k, FACT_PAGE_HOST, "https://b.ch/",
	    "{'host':'www.a.ch','how':'link'}");
	g_assert_cmpstr(kit_status(&k, "L-03", NULL, NULL), ==, "INSUF");
	kit_clear(&k);
	kit_page_alone(&k);
	kit_page(&k, "b.ch", "192.0.2.1");
	g_assert_cmpstr(kit_status(&k, "L-03", NULL, NULL), ==, "INSUF");
	kit_clear(&k);
	kit_page_alone(&k);
	kit_target(&k, "b.ch");
	k.fail = KIT_ALL;
	kit_ask(&k, PROBE_DNS, "b.ch.", "A", "", "198.41.0.4");
	g_assert_cmpstr(kit_status(&k, "L-03", NULL, NULL), ==, "NC");
	kit_clear(&k);
}

/* What a provider asks of its customers, on its own sign-up page. */
static void
test_holds(void)
{
	struct kit k;

	kit_popcorn(&k, 0);
	kit_page(&k, "liteserver.nl", "192.0.2.9");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "NONE");
	kit_fact(&k, FACT_PAGE_WORDS, "https://liteserver.nl/",
	    "{'rule':'payment-method','text':'Bitcoin'}");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "INSUF");
	kit_fact(&k, FACT_PAGE_FORM, "https://liteserver.nl/join",
	    "{'action':'/join','purpose':'sign-up','fields':['text username',"
	    "'password password','hidden name','text ip-address']}");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "INSUF");
	kit_fact(&k, FACT_PAGE_FORM, "https://liteserver.nl/trial",
	    "{'action':'/trial','purpose':'sign-up','fields':['email mail']}");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "PART");
	kit_fact(&k, FACT_PAGE_FORM, "https://liteserver.nl/order",
	    "{'action':'/order','purpose':'sign-up','fields':['text name',"
	    "'email mail']}");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "SUP");
	g_assert_cmpstr(kit_status(&k, "L-06", "ISNIC", NULL), ==, "NONE");
	kit_clear(&k);
	kit_popcorn(&k, 0);
	kit_target(&k, "liteserver.nl");
	k.fail = KIT_ALL;
	kit_ask(&k, PROBE_DNS, "liteserver.nl.", "A", "", "198.41.0.4");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "NC");
	kit_clear(&k);
}

/* A name that a page leads to, at the target's own address, is no other host. */
static void
test_own_and_linked(void)
{
	static const struct { const char *ip; guint linked; } cases[] = {
		{ "5.2.64.1", 0 }, { "5.2.64.2", 1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct sight sight;
		struct kit k;
		guint linked = 0;

		kit_init(&k);
		kit_run(&k, "2026-11-23");
		kit_target(&k, "a.com");
		kit_address(&k, "a.com", "5.2.64.1", "Host B.V.", "NL");
		kit_ask(&k, PROBE_HTTP, "https://a.com/", "page", "a.com",
		    "5.2.64.1");
		kit_fact(&k, FACT_PAGE_HOST, "https://a.com/",
		    "{'host':'b.example','how':'script','count':1}");
		kit_address(&k, "b.example", cases[i].ip, "Host B.V.", "NL");
		sight_init_network(&sight, k.rec);
		for (guint p = 0; p < sight.providers->len; p++) {
			const struct provider *x = sight.providers->pdata[p];

			linked += strcmp(x->role, "linked HOST") == 0;
		}
		g_assert_cmpuint(linked, ==, cases[i].linked);
		sight_clear(&sight);
		kit_clear(&k);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/judge/foreign-providers", test_foreign_providers);
	g_test_add_func("/judge/linked-hosts", test_linked_hosts);
	g_test_add_func("/judge/company-names", test_company_names);
	g_test_add_func("/judge/company-fit", test_company_fit);
	g_test_add_func("/judge/who-takes", test_who_takes);
	g_test_add_func("/judge/registry", test_registry);
	g_test_add_func("/judge/host-changed", test_host_changed);
	g_test_add_func("/judge/stale", test_stale);
	g_test_add_func("/judge/links", test_links);
	g_test_add_func("/judge/holds", test_holds);
	g_test_add_func("/judge/own-and-linked", test_own_and_linked);
	return g_test_run();
}
