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
	    kind == FACT_DNS_SOA || kind == FACT_RDAP_ENTITY ||
	    kind == FACT_DNS_SPF || kind == FACT_DNS_CAA ? t->k.target : url,
	    value);
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
	g_assert_cmpuint(p->shares->len, ==, 8);
	g_assert_false(p->linked);
	g_assert_cmpint(share_of(p, "soa-rname")->weight, ==, W_C);
	g_assert_cmpint(share_of(p, "tls-key")->weight, ==, W_C);
	/* The pair says what each server does. */
	g_assert_null(share_of(p, "ns"));
	g_assert_cmpint(share_of(p, "ns-set")->weight, ==, W_B);
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

/* ---- signs and their near misses: what both sites say, and what that weighs */

static const struct sign_row {
	enum fact_kind	 kind;
	const char	*subject;	/* %s: the site; "" its name */
	const char	*a, *b;		/* b NULL: the same as a */
	const char	*id;		/* NULL: nothing is shared */
	enum weight	 weight;
} sign_rows[] = {
	/* SPF: a sender of their own, a range, a mail house's record, another's */
	{ FACT_DNS_SPF, "%s", "{'ip4':['192.0.2.77'],'includes':[]}", NULL,
	    "spf-address", W_B },
	{ FACT_DNS_SPF, "%s", "{'ip4':['192.0.2.0/24'],'includes':[]}", NULL,
	    "spf-address", W_C },
	{ FACT_DNS_SPF, "%s", "{'ip4':['192.0.2.77']}",
	    "{'ip4':['192.0.2.78']}", NULL, W_C },
	{ FACT_DNS_SPF, "%s", "{'includes':['_spf.google.com']}", NULL,
	    "spf-include", W_C },
	{ FACT_DNS_SPF, "%s", "{'includes':['U1.wl2.SendGrid.net']}", NULL,
	    "spf-include", W_C },
	{ FACT_DNS_SPF, "%s", "{'includes':['spf.our-mailer.example']}", NULL,
	    "spf-include", W_B },
	{ FACT_DNS_SPF, "%s", "{'redirect':'_spf.our-mailer.example'}", NULL,
	    "spf-include", W_B },
	{ FACT_DNS_SPF, "%s", "{'includes':['%{i}.x.example']}", NULL, NULL,
	    W_C },
	{ FACT_DNS_SPF, "spf.%s", "{'ip4':['192.0.2.77']}", NULL, NULL, W_C },

	/* DKIM: a key of their own choice, a mail house's, a revoked one */
	{ FACT_DNS_DKIM, "mail._domainkey.%s", "{'domain':'%s','key':'aa',"
	    "'house':''}", NULL, "dkim-key", W_AM },
	{ FACT_DNS_DKIM, "google._domainkey.%s", "{'domain':'%s','key':'aa',"
	    "'house':'Google Workspace'}", NULL, "dkim-key", W_C },
	{ FACT_DNS_DKIM, "s1._domainkey.%s", "{'domain':'%s','key':'aa',"
	    "'house':'SendGrid'}", NULL, "dkim-key", W_C },
	{ FACT_DNS_DKIM, "mail._domainkey.%s", "{'domain':'%s','key':'',"
	    "'house':'','revoked':true}", NULL, NULL, W_C },
	/* The key at the end of an alias is the mail house's, and nobody's here. */
	{ FACT_DNS_DKIM, "dkim.mail-house.example", "{'domain':'','key':'aa',"
	    "'house':''}", NULL, NULL, W_C },
	{ FACT_DNS_CNAME, "selector1._domainkey.%s", "{'to':'selector1-x."
	    "_domainkey.streams.onmicrosoft.com'}", "{'to':'selector1-y."
	    "_domainkey.streams.onmicrosoft.com'}", "dkim-account", W_BP },
	{ FACT_DNS_CNAME, "selector1._domainkey.%s", "{'to':'selector1-x."
	    "_domainkey.one.onmicrosoft.com'}", "{'to':'selector1-y."
	    "_domainkey.two.onmicrosoft.com'}", NULL, W_C },
	{ FACT_DNS_CNAME, "s1._domainkey.%s", "{'to':'s1.domainkey.u77.wl1."
	    "sendgrid.net'}", NULL, "dkim-account", W_B },
	{ FACT_DNS_CNAME, "k1._domainkey.%s", "{'to':'dkim.mcsv.net'}", NULL,
	    NULL, W_C },
	{ FACT_DNS_CNAME, "www.%s", "{'to':'x._domainkey.a.onmicrosoft.com'}",
	    NULL, NULL, W_C },

	/* CAA */
	{ FACT_DNS_CAA, "%s", "{'tag':'issue','account':'https://ca.example/"
	    "acct/4711'}", NULL, "caa-account", W_AM },
	{ FACT_DNS_CAA, "%s", "{'tag':'issue','account':''}", NULL, NULL, W_C },

	/* applications that the sites say are their own */
	{ FACT_APP_LINK, "https://%s/.well-known/assetlinks.json",
	    "{'platform':'android','app':'com.a','team':'','cert':'0f','site':''"
	    "}", "{'platform':'android','app':'com.b','team':'','cert':'0f',"
	    "'site':''}", "apk-cert", W_AM },
	/* Android's own test key, and two different ones of one application */
	{ FACT_APP_LINK, "https://%s/.well-known/assetlinks.json",
	    "{'platform':'android','app':'com.a','team':'','cert':'a40da80a59d1"
	    "70caa950cf15c18c454d47a39b26989d8b640ecd745ba71bf5dc','site':''}",
	    "{'platform':'android','app':'com.b','team':'','cert':'a40da80a59d1"
	    "70caa950cf15c18c454d47a39b26989d8b640ecd745ba71bf5dc','site':''}",
	    "apk-cert", W_C },
	{ FACT_APP_LINK, "https://%s/.well-known/assetlinks.json",
	    "{'platform':'android','app':'com.a','team':'','cert':'0f','site':''"
	    "}", "{'platform':'android','app':'com.a','team':'','cert':'1f',"
	    "'site':''}", "android-app", W_B },
	{ FACT_APP_LINK, "https://%s/.well-known/apple-app-site-association",
	    "{'platform':'apple','app':'com.a','team':'ABCDE12345','cert':'',"
	    "'site':''}", "{'platform':'apple','app':'com.b','team':"
	    "'ABCDE12345','cert':'','site':''}", "apple-team", W_AM },
	{ FACT_APP_LINK, "https://%s/.well-known/apple-app-site-association",
	    "{'platform':'apple','app':'com.a','team':'ABCDE12345','cert':'',"
	    "'site':''}", "{'platform':'apple','app':'com.a','team':"
	    "'ZZZZZ12345','cert':'','site':''}", NULL, W_C },
	{ FACT_APP_LINK, "https://elsewhere.example/.well-known/assetlinks.json",
	    "{'platform':'android','app':'com.a','team':'','cert':'0f',"
	    "'site':''}", NULL, NULL, W_C },

	/* who sells */
	{ FACT_ADS_LISTED, "https://ads.example/sellers.json", "{'there':true,"
	    "'name':'Streams Ltd','domain':'streams.example','type':'PUBLISHER',"
	    "'confidential':false}", NULL, "seller", W_AM },
	{ FACT_ADS_LISTED, "https://ads.example/sellers.json", "{'there':true,"
	    "'name':'Big Agency','domain':'agency.example','type':"
	    "'INTERMEDIARY','confidential':false}", NULL, "seller", W_C },
	{ FACT_ADS_LISTED, "https://ads.example/sellers.json", "{'there':true,"
	    "'name':'','domain':'','type':'PUBLISHER','confidential':true}",
	    NULL, NULL, W_C },
	{ FACT_ADS_LISTED, "https://ads.example/sellers.json", "{'there':false,"
	    "'name':'','domain':'','type':'','confidential':false}", NULL, NULL,
	    W_C },

	/* companies, by the page on which they stand and by who they are */
	{ FACT_PAGE_WORDS, "https://%s/imprint", "{'rule':'company','text':"
	    "'Stream Media, Ltd.'}", "{'rule':'company','text':"
	    "'STREAM MEDIA Ltd'}", "company", W_B },
	{ FACT_PAGE_WORDS, "https://%s/news", "{'rule':'company','text':"
	    "'Stream Media Ltd'}", NULL, "company", W_CP },
	{ FACT_PAGE_WORDS, "https://%s/terms", "{'rule':'company','text':"
	    "'Google Ireland Limited'}", NULL, "company", W_C },
	{ FACT_PAGE_WORDS, "https://%s/imprint", "{'rule':'company','text':"
	    "'Stream Media Ltd'}", "{'rule':'company','text':"
	    "'Stream Medial Ltd'}", NULL, W_C },

	/* what is framed, and whither visitors are sent */
	{ FACT_PAGE_HOST, "https://%s/", "{'host':'player.streams.example',"
	    "'how':'frame'}", NULL, "stream-host", W_B },
	{ FACT_PAGE_HOST, "https://%s/", "{'host':'www.youtube.com','how':"
	    "'frame'}", NULL, "stream-host", W_C },
	{ FACT_PAGE_HOST, "https://%s/", "{'host':'player.streams.example',"
	    "'how':'link'}", NULL, NULL, W_C },
	{ FACT_PAGE_HOST, "https://%s/", "{'host':'cdn.%s','how':'frame'}",
	    NULL, NULL, W_C },
	{ FACT_HTTP_REDIRECT, "https://%s/", "{'to':'https://gate.example/x'}",
	    NULL, "redirect-to", W_B },
	{ FACT_HTTP_REDIRECT, "https://%s/", "{'to':'https://www.google.com/'}",
	    NULL, "redirect-to", W_C },
	{ FACT_HTTP_REDIRECT, "http://%s/", "{'to':'https://www.%s/'}", NULL,
	    NULL, W_C },
};

static char *
for_site(const char *text, const char *name)
{
	GString *s = g_string_new(text);

	g_string_replace(s, "%s", name, 0);
	return g_string_free(s, FALSE);
}

static void
test_signs(void)
{
	static const char *const names[] = { "a.example", "b.example" };

	for (size_t i = 0; i < G_N_ELEMENTS(sign_rows); i++) {
		const struct sign_row *r = &sign_rows[i];
		const struct link_pair *p;
		struct at t;

		begin(&t);
		for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
			g_autofree char *subject = for_site(r->subject,
			    names[k]);
			g_autofree char *value = for_site(k == 0 ||
			    r->b == NULL ? r->a : r->b, names[k]);

			site(&t, names[k], k == 0 ? "192.0.2.1" : "192.0.2.2");
			kit_fact(&t.k, r->kind, subject, value);
		}
		p = compare(&t);
		if (r->id == NULL && p != NULL)
			g_error("row %zu: shared %s", i, ((struct link_share *)
			    p->shares->pdata[0])->sign->id);
		if (r->id != NULL && share_of(p, r->id) == NULL)
			g_error("row %zu: no %s", i, r->id);
		if (r->id != NULL) {
			g_assert_cmpstr(weight_name(share_of(p, r->id)->weight),
			    ==, weight_name(r->weight));
			g_assert_false(p->linked);
		}
		end(&t);
	}
}

/* Sets of name servers: Cloudflare's pair of an account, with how rare it is; a
 * registrar's default; servers of one of the sites; a set that only overlaps. */
static void
test_servers(void)
{
	static const struct {
		const char	*a[3], *b[3];
		const char	*id, *rarity;
		enum weight	 weight;
	} rows[] = {
		{ { "ada.ns.cloudflare.com", "bob.ns.cloudflare.com" },
		    { "bob.ns.cloudflare.com", "ada.ns.cloudflare.com" },
		    "ns-set", "Cloudflare gives an account one of", W_B },
		{ { "ns-1.awsdns-1.com", "ns-600.awsdns-2.net" },
		    { "ns-1.awsdns-1.com", "ns-600.awsdns-2.net" },
		    "ns-set", "Route 53", W_B },
		{ { "ns1.registrar.example", "ns2.registrar.example" },
		    { "ns1.registrar.example", "ns2.registrar.example" },
		    "ns-set", "no list here says", W_C },
		{ { "ns1.a.example", "ns2.a.example" },
		    { "ns1.a.example", "ns2.a.example" }, "ns-set",
		    "how many others do is not known", W_B },
		{ { "ada.ns.cloudflare.com", "bob.ns.cloudflare.com" },
		    { "ada.ns.cloudflare.com", "eve.ns.cloudflare.com" }, "ns",
		    "how many others do is not known", W_C },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *rarity = NULL;
		const struct link_pair *p;
		struct at t;

		begin(&t);
		for (int k = 0; k < 2; k++) {
			const char *const *ns = k == 0 ? rows[i].a : rows[i].b;

			site(&t, k == 0 ? "a.example" : "b.example", k == 0 ?
			    "192.0.2.1" : "192.0.2.2");
			for (; *ns != NULL; ns++) {
				g_autofree char *v = g_strdup_printf(
				    "{'ns':'%s'}", *ns);

				says(&t, FACT_DNS_NS, v);
			}
		}
		p = compare(&t);
		g_assert_nonnull(share_of(p, rows[i].id));
		g_assert_cmpuint(p->shares->len, ==, 1);
		g_assert_cmpint(share_of(p, rows[i].id)->weight, ==,
		    rows[i].weight);
		rarity = link_rarity(&t.l, share_of(p, rows[i].id));
		g_assert_nonnull(strstr(rarity, rows[i].rarity));
		end(&t);
	}
}

/* Page and files of applications are copied together: strong signs of both do not
 * link; with a key of mail they do. */
static void
test_files(void)
{
	static const char *const names[] = { "a.example", "b.example" };
	struct at t;

	for (int mail = 0; mail < 2; mail++) {
		begin(&t);
		for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
			g_autofree char *dkim = g_strdup_printf("{'domain':'%s'"
			    ",'key':'aa','house':''}", names[i]);

			site(&t, names[i], i == 0 ? "192.0.2.1" : "192.0.2.2");
			id(&t, "analytics", "ga4", "G-7QX2K9WLMZ", "script");
			says(&t, FACT_APP_LINK, "{'platform':'android','app':"
			    "'com.a','team':'','cert':'0f','site':''}");
			if (mail)
				kit_fact(&t.k, FACT_DNS_DKIM, names[i], dkim);
		}
		g_assert_cmpint(compare(&t)->linked, ==, mail);
		end(&t);
	}
}

/* One that says that the other is its own. */
static void
test_names_other(void)
{
	const struct link_pair *p;
	struct at t;

	begin(&t);
	site(&t, "a.example", "192.0.2.1");
	says(&t, FACT_APP_LINK, "{'platform':'web','app':'','team':'','cert':"
	    "'','site':'www.b.example'}");
	site(&t, "b.example", "192.0.2.2");
	p = compare(&t);
	g_assert_cmpstr(share_of(p, "app-site")->value, ==, "b.example");
	g_assert_true(share_of(p, "app-site")->a.site ==
	    share_of(p, "app-site")->b.site);
	end(&t);
}

/* A key at a selector that only imported mail names: asked for no target's sake. */
static void
test_imported_key(void)
{
	static const char *const names[] = { "a.example", "b.example" };
	struct at t;

	begin(&t);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *subject = g_strdup_printf("q7._domainkey.%s",
		    names[i]);
		g_autofree char *value = g_strdup_printf("{'domain':'%s','key'"
		    ":'aa','house':''}", names[i]);
		const char *target;

		site(&t, names[i], i == 0 ? "192.0.2.1" : "192.0.2.2");
		target = t.k.target;
		t.k.target = NULL;
		kit_fact(&t.k, FACT_DNS_DKIM, subject, value);
		t.k.target = target;
	}
	g_assert_nonnull(share_of(compare(&t), "dkim-key"));
	end(&t);
}

/* What the plaintiff's own site says of applications is dropped. */
static void
test_own_application(void)
{
	static const char *const names[] = { "a.example", "b.example",
		"victim.example" };
	struct at t;

	begin(&t);
	g_ptr_array_add(t.k.rec->own_domains, g_strdup("victim.example"));
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *ip = g_strdup_printf("192.0.2.%zu", i + 1);

		site(&t, names[i], ip);
		says(&t, FACT_APP_LINK, "{'platform':'android','app':'com.v',"
		    "'team':'','cert':'0f','site':''}");
		says(&t, FACT_PAGE_HOST, "{'host':'player.example','how':"
		    "'frame'}");
	}
	g_assert_null(compare(&t));
	g_assert_cmpuint(t.l.drops->len, ==, 6);
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
	g_test_add_func("/link/signs", test_signs);
	g_test_add_func("/link/name servers", test_servers);
	g_test_add_func("/link/files", test_files);
	g_test_add_func("/link/one names the other", test_names_other);
	g_test_add_func("/link/own applications", test_own_application);
	g_test_add_func("/link/a key by imported mail", test_imported_key);
	g_test_add_func("/link/other-host", test_other_host);
	return g_test_run();
}
