/* Which words name which page, what is never fetched, what robots.txt lets. */

#include "probes/crawl.h"
#include "probes/html_part.h"

static const struct {
	const char	*text, *path, *kind;
} links[] = {
	{ "Terms of Use", "/x", "terms" }, { "AGB", "/x", "terms" },
	{ "Mentions légales", "/x", "imprint" },
	{ "Политика конфиденциальности", "/x", "privacy" },
	{ "お問い合わせはこちら", "/x", "contact" },
	{ "關於我們", "/x", "about" }, { "Kayıt ol", "/x", "sign-up" },
	{ "Cennik", "/x", "pricing" }, { "Descargar", "/x", "download" },
	{ "", "/datenschutz.html", "privacy" },
	{ "", "/%D0%BE-site/dmca", "abuse" },
	{ "Log out", "/x", "never" }, { "", "/user/logout", "never" },
	{ "Determination", "/x", NULL }, { "", "/determs", NULL },
	{ "A very long sentence that speaks of terms and of many other things, "
	    "and is no name of a page at all, whatever it holds", "/x", NULL },
};

static void
test_kinds(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(links); i++) {
		enum page_kind k = page_kind_of(links[i].text, links[i].path);

		g_assert_cmpstr(k < PAGE_KINDS ? page_kind_name(k) : NULL, ==,
		    links[i].kind);
	}
	g_assert_true(page_kind_never("Terms", "/index.php?action=delete&id=3"));
	g_assert_false(page_kind_never("Terms", "/terms"));
}

static void
test_works(void)
{
	static const char *const works[] = { "https://a.ch/f.APK",
		"https://a.ch/d/x.tar.gz?y=1", "https://a.ch/x.torrent#z",
		"https://a.ch/film.mkv", "magnet:?xt=urn:btih:0", "ftp://a.ch/x" };
	static const char *const pages[] = { "https://a.ch/", "https://a.zip/",
		"https://a.ch/terms.html", "https://a.ch/exe", "https://a.ch/x?f=a.exe" };

	for (size_t i = 0; i < G_N_ELEMENTS(works); i++)
		g_assert_nonnull(page_work(works[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
		g_assert_null(page_work(pages[i]));
}

static void
rule(GPtrArray *rules, gboolean allow, const char *path)
{
	struct robots_rule *r = g_new0(struct robots_rule, 1);

	r->allow = allow;
	r->path = g_strdup(path);
	g_ptr_array_add(rules, r);
}

/* RFC 9309, section 2.2.2 and 5.1. */
static void
test_robots(void)
{
	g_autoptr(GPtrArray) rules =
	    g_ptr_array_new_with_free_func(robots_rule_free);

	g_assert_true(robots_allow(rules, "/"));
	rule(rules, FALSE, "*.gif$");
	rule(rules, FALSE, "/example/");
	rule(rules, TRUE, "/example/allowed.html");
	rule(rules, FALSE, "/same");
	rule(rules, TRUE, "/same");
	rule(rules, FALSE, "/a*b*c$");
	g_assert_false(robots_allow(rules, "/x.gif"));
	g_assert_true(robots_allow(rules, "/x.gifs"));
	g_assert_false(robots_allow(rules, "/example/x"));
	g_assert_true(robots_allow(rules, "/example/allowed.html"));
	g_assert_true(robots_allow(rules, "/same"));
	g_assert_false(robots_allow(rules, "/aXbYbZc"));
	g_assert_true(robots_allow(rules, "/aXbYbZ"));
}

static void
take(const char *url, size_t len, size_t at, const char *how, void *arg)
{
	g_string_append_printf(arg, "%.*s %zu %s\n", (int)len, url, at, how);
}

static void
test_style(void)
{
	static const char css[] = "@import 'a.css';@import url(\"b.css\");"
	    "x{background:url( c.png )}y{src:url(d.woff2?x)}z{a:url(data:x)}"
	    "w{a:url(#q)}v{a:url(";
	g_autoptr(GString) out = g_string_new(NULL);

	style_scan(css, sizeof(css) - 1, take, out);
	g_assert_cmpstr(out->str, ==, "a.css 9 style\nb.css 29 style\n"
	    "c.png 55 image\nd.woff2?x 73 font\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/crawl/kinds", test_kinds);
	g_test_add_func("/crawl/works", test_works);
	g_test_add_func("/crawl/robots", test_robots);
	g_test_add_func("/crawl/style", test_style);
	return g_test_run();
}
