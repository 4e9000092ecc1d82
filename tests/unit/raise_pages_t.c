/* What pages raise. */

#include <string.h>

#include "tests/unit/raisekit.h"

#define PAGE	"https://www.site.ch/"
#define OTHER(rule) \
	"want cdn.house.com A 16 " rule "\n" \
	"want cdn.house.com AAAA 16 " rule "\n" \
	"service house.com " rule "\n" \
	"fetch whois com iana whois.iana.org 43 - " rule "\n"

static void
test_redirect_own(void)
{
	static const struct {
		const char	*to, *host;
	} own[] = {
		{ "https://www.site.ch/home?x=1", "www.site.ch 443" },
		{ "http://site.ch/", "site.ch 80" },
		{ "https://a.b.site.ch/", "a.b.site.ch 443" },
	};
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++) {
		g_autofree char *should = g_strdup_printf("hop " PAGE " > %s\n"
		    "fetch http %s page %s - http.redirect\n", own[i].to,
		    own[i].to, own[i].host);

		raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", own[i].to);
		expect(t, should);
	}
	t->far = TRUE;
	raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", own[0].to);
	g_assert_null(strstr(t->lines->str, "fetch"));
	told_free(t);
}

/* Its names and registration, the registration once; its pages never. */
static void
test_redirect_other(void)
{
	static const char *const alike[] = { "https://notsite.ch/",
	    "https://site.ch.house.com/" };
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to",
	    "https://cdn.house.com/site.ch");
	expect(t, OTHER("http.redirect"));
	raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", "http://cdn.house.com/b");
	expect(t, "want cdn.house.com A 16 http.redirect\n"
	    "want cdn.house.com AAAA 16 http.redirect\n");
	for (size_t i = 0; i < G_N_ELEMENTS(alike); i++) {
		raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", alike[i]);
		g_assert_nonnull(strstr(t->lines->str, " A 16 "));
		g_assert_null(strstr(t->lines->str, "fetch http"));
	}
	told_free(t);
}

static void
test_redirect_to_address(void)
{
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", "http://9.0.0.1/");
	expect(t, LOOKED_INTO
	    "ask tls 9.0.0.1 chain 9.0.0.1 443 address.handshake\n");
	told_free(t);
}

static void
raise_page_link(struct told *t, const char *purpose, const char *href)
{
	raise_value(t, FACT_PAGE_LINK, PAGE, json_pack("{s:s, s:s}", "href",
	    href, "purpose", purpose));
}

static void
test_download(void)
{
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	raise_page_link(t, "download", "https://cdn.house.com/app.apk");
	expect(t, OTHER("page.download"));
	/* A download of its own, and links of other kinds. */
	raise_page_link(t, "download", "https://get.site.ch/app.apk");
	raise_page_link(t, "terms", "https://cdn.house.com/terms");
	raise_page_link(t, "vpn", "https://vpn.house.com/");
	raise_page_link(t, "", "https://cdn.house.com/");
	expect(t, "skip https://get.site.ch/app.apk page.link: "
	    "a program or package\n");
	told_free(t);
}

/* Where a page may not send us. */
static const char *const nowhere_urls[] = {
	"", "site.ch", "/home", "ftp://cdn.house.com/", "file:///etc/passwd",
	"javascript:alert(1)", "gopher://cdn.house.com/", "data:text/html,x",
	"https://user:word@cdn.house.com/", "https://user@www.site.ch/",
	"https://www.site.ch@cdn.house.com/",
	"http://127.0.0.1/", "http://10.0.0.1/", "http://192.168.1.1/admin",
	"http://169.254.169.254/latest/", "http://[::1]/", "http://[fe80::1]/",
	"http://[::ffff:10.0.0.1]/", "http://0x7f000001/",
	"http://2130706433/", "http://0.0.0.0/", "http://localhost/",
	"http://printer.local/",
};

static void
test_nowhere(void)
{
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	for (size_t i = 0; i < G_N_ELEMENTS(nowhere_urls); i++) {
		raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", nowhere_urls[i]);
		expect(t, "");
		raise_page_link(t, "download", nowhere_urls[i]);
		expect(t, "");
	}
	told_free(t);
}

static void
test_retry_page(void)
{
	struct told *t = told_new();

	answered(t, PROBE_HTTP, "https://" NAME "/", "page", NAME);
	g_strlcpy(t->x->detail, "503", sizeof(t->x->detail));
	raise_value(t, FACT_HTTP_HEADER, "https://" NAME "/", json_pack(
	    "{s:s, s:s}", "name", "retry-after", "value", "3"));
	expect(t, "again 3000\n");
	raise_value(t, FACT_HTTP_HEADER, "https://" NAME "/", json_pack(
	    "{s:s, s:s}", "name", "retry-after", "value", "soon"));
	expect(t, "");
	g_strlcpy(t->x->detail, "200", sizeof(t->x->detail));
	raise_value(t, FACT_HTTP_HEADER, "https://" NAME "/", json_pack(
	    "{s:s, s:s}", "name", "retry-after", "value", "3"));
	expect(t, "");
	told_free(t);
}

/* ---- a case that follows hosts */

static const struct raise_set following = { .follow_hosts = TRUE };

static void
raise_app(struct told *t, const char *page, const char *signal,
    const char *value)
{
	raise_value(t, FACT_PAGE_ID, page, json_pack("{s:s, s:s, s:s}",
	    "class", "app", "signal", signal, "value", value));
}

/* The store's page, once, where the case says so and the site itself does. */
static void
test_stores(void)
{
	struct told *t = told_new();

	raise_app(t, "https://" NAME "/", "google-play", "com.site.app");
	expect(t, "");
	t->r.set = &following;
	raise_app(t, "https://" NAME "/", "google-play", "com.site.app");
	raise_app(t, "https://" NAME "/x", "google-play", "com.site.app");
	expect(t, "fetch http https://play.google.com/store/apps/details?id="
	    "com.site.app&hl=en&gl=US store play.google.com 443 - page.app\n");
	raise_app(t, "https://" NAME "/", "app-store", "1234567890");
	expect(t, "fetch http https://apps.apple.com/us/app/id1234567890 store "
	    "apps.apple.com 443 - page.app\n");
	/* A store's own page, a name that is none, another kind of store. */
	raise_app(t, "https://play.google.com/store/apps/details?id=com.site."
	    "app", "google-play", "com.else");
	raise_app(t, "https://" NAME "/", "google-play", "a&id=b");
	raise_app(t, "https://" NAME "/", "apkpure", "com.site.app");
	expect(t, "");
	/* So many, and then it is said. */
	raise_app(t, "https://" NAME "/", "f-droid", "com.b");
	raise_app(t, "https://" NAME "/", "f-droid", "com.c");
	g_string_truncate(t->lines, 0);
	raise_app(t, "https://" NAME "/", "f-droid", "com.d");
	expect(t, "met page.stores: pages of further applications in their "
	    "stores were not fetched\n");
	told_free(t);
}

static void
raise_seller(struct told *t, const char *domain, const char *account,
    const char *relation)
{
	raise_value(t, FACT_ADS_SELLER, "https://" NAME "/ads.txt", json_pack(
	    "{s:s, s:s, s:s}", "domain", domain, "account", account,
	    "relation", relation));
}

/* Direct sellers, all accounts of one system in one question. */
static void
test_sellers(void)
{
	struct told *t = told_new();

	raise_seller(t, "ads.com", "1", "DIRECT");
	raise_pages(&t->r);
	expect(t, "");
	t->r.set = &following;
	raise_seller(t, "ads.com", "7", "DIRECT");
	raise_seller(t, "ads.com", "5", "DIRECT");
	raise_seller(t, "ads.com", "5", "DIRECT");
	raise_seller(t, "ads.com", "8 accounts=9", "DIRECT");
	raise_seller(t, "sold.com", "1", "RESELLER");
	raise_seller(t, "10.0.0.1", "1", "DIRECT");
	raise_seller(t, NAME, "1", "DIRECT");
	expect(t, "");
	raise_pages(&t->r);
	expect(t, "fetch http https://ads.com/sellers.json sellers ads.com 443 "
	    "- ads.seller {accounts=5,7}\n");
	raise_pages(&t->r);
	expect(t, "");
	/* What is there may stand at another name of the same system. */
	answered(t, PROBE_HTTP, "https://ads.com/sellers.json", "sellers",
	    "ads.com");
	question_with(t->x->q, "accounts=5,7");
	raise_str(t, FACT_HTTP_REDIRECT, "https://ads.com/sellers.json", "to",
	    "https://www.ads.com/sellers.json");
	expect(t, "hop https://ads.com/sellers.json > "
	    "https://www.ads.com/sellers.json\n"
	    "fetch http https://www.ads.com/sellers.json sellers www.ads.com "
	    "443 - http.redirect {accounts=5,7}\n");
	raise_str(t, FACT_HTTP_REDIRECT, "https://ads.com/sellers.json", "to",
	    "https://elsewhere.com/sellers.json");
	expect(t, "");
	told_free(t);
}

static const struct raise_test tests[] = {
	{ "a page that says when", test_retry_page },
	{ "a redirect of its own is fetched", test_redirect_own },
	{ "a redirect to others is never fetched", test_redirect_other },
	{ "a redirect to an address", test_redirect_to_address },
	{ "a download at another host", test_download },
	{ "where a page may not send us", test_nowhere },
	{ "stores, where hosts are followed", test_stores },
	{ "sellers, where hosts are followed", test_sellers },
};

int
main(int argc, char **argv)
{
	return raise_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
