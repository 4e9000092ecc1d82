/*
 * What the sites of a case share: when it is called linked, when it is not, and
 * what is left out.
 */

#include <string.h>

#include "reports/link.h"
#include "tests/unit/recordkit.h"

struct at {
	struct kit	 k;
	struct sight	 sight;
	struct links	 l;
};

static void
begin(struct at *t)
{
	kit_init(&t->k);
	kit_case(&t->k);
	kit_run(&t->k, "2026-11-23");
}

static void
site(struct at *t, const char *name, const char *ip)
{
	g_autofree char *url = g_strdup_printf("https://%s/", name);

	kit_target(&t->k, name);
	kit_address(&t->k, name, ip, "Some Host", "NL");
	kit_ask(&t->k, PROBE_HTTP, url, "page", name, ip);
	kit_fact(&t->k, FACT_HTTP_PAGE, url, "{'status':200}");
}

#define TOKEN	"{'service':'Google','token':'abc','listed':true}"

/* A fact about the newest site, or a page of it. */
static void
says(struct at *t, enum fact_kind kind, const char *value)
{
	g_autofree char *url = g_strdup_printf("https://%s/", t->k.target);

	kit_fact(&t->k, kind, kind == FACT_DNS_TOKEN || kind == FACT_DNS_NS ||
	    kind == FACT_DNS_SOA || kind == FACT_RDAP_ENTITY ? t->k.target :
	    url, value);
}

static void
id(struct at *t, const char *class, const char *signal, const char *value,
    const char *where)
{
	g_autofree char *v = g_strdup_printf("{'class':'%s','signal':'%s',"
	    "'value':'%s','where':'%s'}", class, signal, value, where);

	says(t, FACT_PAGE_ID, v);
}

static void
cert(struct at *t, const char *ip, const char *spki, unsigned names)
{
	g_autofree char *subject = g_strdup_printf("%s@%s", t->k.target, ip);
	g_autoptr(GString) v = g_string_new(NULL);

	g_string_printf(v, "{'depth':0,'sha256':'%s','spki':'%s','org':'',"
	    "'subject':'','names':['%s'", spki, spki, t->k.target);
	for (unsigned i = 0; i < names; i++)
		g_string_append_printf(v, ",'n%u.example'", i);
	g_string_append(v, "]}");
	kit_fact(&t->k, FACT_TLS_CERT, subject, v->str);
}

static const struct link_pair *
compare(struct at *t)
{
	sight_init(&t->sight, t->k.rec);
	links_init(&t->l, &t->sight);
	return t->l.pairs->len > 0 ? g_ptr_array_index(t->l.pairs, 0) : NULL;
}

static void
end(struct at *t)
{
	links_clear(&t->l);
	sight_clear(&t->sight);
	kit_clear(&t->k);
}

static const struct link_share *
share_of(const struct link_pair *p, const char *id_)
{
	for (guint i = 0; p != NULL && i < p->shares->len; i++) {
		const struct link_share *s = g_ptr_array_index(p->shares, i);

		if (strcmp(s->sign->id, id_) == 0)
			return s;
	}
	return NULL;
}

/* An account on pages and a token in DNS: two families. */
static void
test_linked(void)
{
	struct at t;
	const struct link_pair *p;

	begin(&t);
	site(&t, "a.example", "192.0.2.1");
	id(&t, "analytics", "google-analytics", "UA-48213907-1", "script");
	says(&t, FACT_DNS_TOKEN, TOKEN);
	site(&t, "b.example", "192.0.2.2");
	id(&t, "analytics", "google-analytics", "UA-48213907-7", "script");
	p = compare(&t);
	g_assert_nonnull(p);
	g_assert_false(p->linked);
	g_assert_cmpstr(share_of(p, "google-analytics")->value, ==,
	    "UA-48213907");
	g_assert_cmpstr(kit_status(&t.k, "L-03", NULL, NULL), ==, "PART");
	links_clear(&t.l);
	sight_clear(&t.sight);
	says(&t, FACT_DNS_TOKEN, TOKEN);
	p = compare(&t);
	g_assert_true(p->linked);
	g_assert_cmpstr(weight_name(share_of(p, "dns-token")->weight), ==,
	    "A-");
	g_assert_cmpstr(kit_status(&t.k, "L-03", NULL, NULL), ==, "SUP");
	end(&t);
}

/* A page copied whole carries all its identifiers, and is one sign. */
static void
test_copied(void)
{
	static const char *const names[] = { "a.example", "b.example" };
	struct at t;
	const struct link_pair *p;

	begin(&t);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		site(&t, names[i], "192.0.2.7");
		id(&t, "analytics", "ga4", "G-7QX2K9WLMZ", "script");
		id(&t, "advertising", "adsense", "pub-7362910485563201", "tag");
		id(&t, "wallet", "BTC", "1KnrgLjixm8Yz1PGC2aGbkJuqyLQzRDDob",
		    "text");
		id(&t, "verification", "google-site-verification", "x", "tag");
		says(&t, FACT_DNS_NS, "{'ns':'ada.ns.cloudflare.com'}");
		says(&t, FACT_DNS_NS, "{'ns':'bob.ns.cloudflare.com'}");
		says(&t, FACT_DNS_SOA, "{'rname':'dns.cloudflare.com'}");
		cert(&t, "192.0.2.7", "k1", 30);
	}
	p = compare(&t);
	g_assert_nonnull(p);
	g_assert_cmpuint(p->shares->len, ==, 9);
	g_assert_false(p->linked);
	g_assert_cmpint(share_of(p, "soa-rname")->weight, ==, W_C);
	g_assert_cmpint(share_of(p, "tls-key")->weight, ==, W_C);
	g_assert_cmpint(share_of(p, "ns")->weight, ==, W_C);
	end(&t);
}

/* The same key by itself weighs A, with the same mail in registration two. */
static void
test_key(void)
{
	static const char *const names[] = { "a.example", "b.example" };
	struct at t;
	const struct link_pair *p;

	begin(&t);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		site(&t, names[i], i == 0 ? "192.0.2.1" : "192.0.2.2");
		cert(&t, "192.0.2.1", "k1", 1);
		says(&t, FACT_RDAP_ENTITY, "{'roles':['registrant'],'email':"
		    "'x@lab.example','withheld':false,'service':false}");
		id(&t, "analytics", "gtm", "GTM-K4T7PQ2", "comment");
	}
	p = compare(&t);
	g_assert_true(p->linked);
	g_assert_cmpint(share_of(p, "tls-key")->weight, ==, W_A);
	g_assert_cmpint(share_of(p, "gtm")->weight, ==, W_CP);
	g_assert_cmpstr(share_of(p, "gtm")->lowered, !=, "");
	end(&t);
}

/* Two customers of one server, which shows its own certificate to whoever sends
 * no name; and one copied account. */
static void
test_default_certificate(void)
{
	static const char *const names[] = { "a.example", "b.example" };
	struct at t;
	const struct link_pair *p;

	begin(&t);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		site(&t, names[i], "192.0.2.1");
		kit_fact(&t.k, FACT_TLS_CERT, "192.0.2.1@192.0.2.1",
		    "{'depth':0,'sha256':'k9','spki':'k9','org':'','subject':"
		    "'CN=panel.hoster.example','names':['panel.hoster.example']}");
		id(&t, "analytics", "ga4", "G-7QX2K9WLMZ", "script");
	}
	p = compare(&t);
	g_assert_nonnull(p);
	g_assert_cmpint(share_of(p, "tls-key")->weight, ==, W_C);
	g_assert_false(p->linked);
	end(&t);
}

/* The account in ads.txt that pages name as well is one sign, not two. */
static void
test_derived(void)
{
	static const char *const names[] = { "a.example", "b.example" };
	struct at t;
	const struct link_pair *p;

	begin(&t);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		site(&t, names[i], i == 0 ? "192.0.2.1" : "192.0.2.2");
		id(&t, "advertising", "adsense", "pub-7362910485563201", "tag");
		says(&t, FACT_ADS_SELLER, "{'domain':'google.com','account':"
		    "'pub-7362910485563201','relation':'DIRECT'}");
		says(&t, FACT_ADS_SELLER, "{'domain':'other.example',"
		    "'account':'77','relation':'RESELLER'}");
	}
	p = compare(&t);
	g_assert_cmpuint(p->shares->len, ==, 2);
	g_assert_false(p->linked);
	end(&t);
}

/* What the plaintiff's own site has, or case.ini lists, is left out. */
static void
test_own(void)
{
	static const char *const names[] = { "a.example", "b.example",
		"www.victim.example" };
	const struct link_pair *p;
	struct at t;

	begin(&t);
	g_ptr_array_add(t.k.rec->own_domains, g_strdup("victim.example"));
	g_ptr_array_add(t.k.rec->own_ids, g_strdup("UA-48213907"));
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *ip = g_strdup_printf("192.0.2.%zu", i + 1);

		site(&t, names[i], ip);
		id(&t, "analytics", "ga4", "G-7QX2K9WLMZ", "script");
		says(&t, FACT_DNS_NS, "{'ns':'ada.ns.cloudflare.com'}");
		if (i < 2)
			id(&t, "analytics", "google-analytics",
			    "UA-48213907-2", "script");
	}
	/* A server is not copied with a page: it stays, for what it is. */
	p = compare(&t);
	g_assert_cmpuint(t.l.pairs->len, ==, 1);
	g_assert_cmpuint(p->shares->len, ==, 1);
	g_assert_cmpint(share_of(p, "ns")->weight, ==, W_C);
	g_assert_cmpuint(t.l.drops->len, ==, 4);
	end(&t);
}

/* A page of somebody else's that was fetched on the way says nothing. */
static void
test_other_host(void)
{
	struct at t;

	begin(&t);
	site(&t, "a.example", "192.0.2.1");
	kit_fact(&t.k, FACT_PAGE_ID, "https://elsewhere.example/", "{'class':"
	    "'analytics','signal':'ga4','value':'G-1','where':'tag'}");
	site(&t, "b.example", "192.0.2.2");
	id(&t, "analytics", "ga4", "G-1", "tag");
	g_assert_null(compare(&t));
	end(&t);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/link/a server's own certificate",
	    test_default_certificate);
	g_test_add_func("/link/linked", test_linked);
	g_test_add_func("/link/copied", test_copied);
	g_test_add_func("/link/key", test_key);
	g_test_add_func("/link/derived", test_derived);
	g_test_add_func("/link/own", test_own);
	g_test_add_func("/link/other-host", test_other_host);
	return g_test_run();
}
