#include <string.h>

#include "probes/rdap_bootstrap.h"

static const char dns[] =
    "{\"publication\":\"2026-11-20T19:00:02Z\",\"services\":["
    "[[\"UK\"],[\"http://a.example/\",\"https://b.example/x\"]],"
    "[[\"co.uk\"],[\"https://c.example///\"]],"
    "[[\"kg\"],[\"http://d.example\"]],"
    "[[\"bad\"],[\"ftp://e.example/\"]],"
    "[[\"worse\"],[\"https://u@e.example/\",\"https://\",\"https:// x/\"]],"
    "[[\"void\"],[]], [], 5, [5], [[null,\"odd\"],[\"https://f.example/\"]]]}";

static const char ip[] =
    "{\"services\":["
    "[[\"192.0.0.0/8\",\"2001:db8::/32\"],[\"https://a.example/\"]],"
    "[[\"192.0.2.0/24\",\"2001:db8:8000::/33\"],[\"https://b.example/\"]],"
    "[[\"192.0.2.128/25\"],[\"https://c.example/\"]],"
    "[[\"198.51.100.7\"],[\"https://d.example/\"]],"
    "[[\"0.0.0.0/33\",\"1.2.3.4/x\",\"1.2.3.4/-1\"],[\"https://e.example/\"]]]}";

static void
domain(void)
{
	static const struct {
		const char	*name, *url;
	} cases[] = {
		{ "film.uk", "https://b.example/x/" },
		{ "film.co.uk", "https://c.example/" },
		{ "CO.UK.", "https://c.example/" },
		{ "notco.uk", "https://b.example/x/" },
		{ "film.kg", "http://d.example/" },
		{ "film.bad", NULL }, { "film.worse", NULL },
		{ "film.void", NULL }, { "film.ch", NULL },
		{ "film.odd", "https://f.example/" },
		{ "", NULL }, { ".", NULL }, { "..", NULL }, { "uk..", NULL },
	};
	struct bootstrap *b = bootstrap_parse(dns, strlen(dns));
	const char *when = NULL;

	g_assert_nonnull(b);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(bootstrap_domain(b, cases[i].name, &when), ==,
		    cases[i].url);
	g_assert_cmpstr(when, ==, "2026-11-20T19:00:02Z");
	bootstrap_free(b);
}

static void
address(void)
{
	static const struct {
		const char	*ip, *url;
	} cases[] = {
		{ "192.1.1.1", "https://a.example/" },
		{ "192.0.2.127", "https://b.example/" },
		{ "192.0.2.128", "https://c.example/" },
		{ "198.51.100.7", "https://d.example/" },
		{ "198.51.100.8", NULL }, { "1.2.3.4", NULL },
		{ "2001:db8::1", "https://a.example/" },
		{ "2001:db8:7fff::1", "https://a.example/" },
		{ "2001:db8:8000::1", "https://b.example/" },
		{ "2001:db9::1", NULL }, { "not an address", NULL },
		{ "", NULL }, { "192.0.2.1.5", NULL },
	};
	struct bootstrap *b = bootstrap_parse(ip, strlen(ip));

	g_assert_nonnull(b);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(bootstrap_ip(b, cases[i].ip, NULL), ==,
		    cases[i].url);
	bootstrap_free(b);
}

/* The copies that the program carries are whole and answer. */
static void
carried(void)
{
	static const struct {
		const char	*which, *subject, *url;
	} cases[] = {
		{ "dns", "example.com", "https://rdap.verisign.com/com/v1/" },
		{ "dns", "example.ch", NULL },
		{ "ipv4", "5.2.64.1", "https://rdap.db.ripe.net/" },
		{ "ipv6", "2606:4700::1", "https://rdap.arin.net/registry/" },
		{ "asn", "example.com", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		size_t len;
		const char *s = bootstrap_embedded(cases[i].which, &len);
		struct bootstrap *b = bootstrap_parse(s, len);

		g_assert_nonnull(b);
		g_assert_cmpuint(bootstrap_entries(b), >, 5);
		g_assert_cmpuint(strlen(bootstrap_publication(b)), ==, 20);
		g_assert_cmpstr(g_str_has_prefix(cases[i].which, "ip") ?
		    bootstrap_ip(b, cases[i].subject, NULL) :
		    bootstrap_domain(b, cases[i].subject, NULL), ==,
		    cases[i].url);
		bootstrap_free(b);
	}
}

/* RFC 9224 section 5.3, and RFC 8521 section 3. */
static void
numbers_and_tags(void)
{
	static const struct {
		guint32		 as;
		const char	*url;
	} cases[] = {
		{ 2043, "https://rdap.db.ripe.net/" },
		{ 37887, "https://rdap.afrinic.net/rdap/" },
		{ 0, NULL }, { G_MAXUINT32, NULL },
	};
	size_t len;
	const char *s = bootstrap_embedded("asn", &len), *when = "";
	struct bootstrap *b = bootstrap_parse(s, len);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(bootstrap_asn(b, cases[i].as, &when), ==,
		    cases[i].url);
	g_assert_true(g_str_has_prefix(when, "20"));
	bootstrap_free(b);
	s = bootstrap_embedded("object-tags", &len);
	b = bootstrap_parse(s, len);
	g_assert_cmpstr(bootstrap_tag(b, "entity/XX-1-frnic", NULL), ==,
	    "https://rdap.nic.fr/");
	g_assert_null(bootstrap_tag(b, "entity/FRNIC", NULL));
	g_assert_null(bootstrap_tag(b, "entity/X-info@arin.net", NULL));
	bootstrap_free(b);
}

static void
no_bootstrap(void)
{
	static const char *const bad[] = {
		"", "{}", "[]", "{\"services\":{}}", "{\"services\":[",
		"\xff", "[[[[[[[[[[[]]]]]]]]]]]",
	};
	size_t len = 5;

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_null(bootstrap_parse(bad[i], strlen(bad[i])));
	g_assert_null(bootstrap_embedded("whois", &len));
	g_assert_cmpuint(len, ==, 0);
	bootstrap_free(NULL);
}

static void
unlisted(void)
{
	g_assert_cmpstr(rdap_unlisted("popcorn-time.ch"), ==,
	    "https://rdap.nic.ch/");
	g_assert_cmpstr(rdap_unlisted("A.B.CH."), ==, "https://rdap.nic.ch/");
	g_assert_cmpstr(rdap_unlisted("x.de.com"), ==,
	    "https://rdap.centralnic.com/de.com/");
	g_assert_null(rdap_unlisted("example.com"));
	g_assert_null(rdap_unlisted("h"));
	g_assert_null(rdap_unlisted(""));
	g_assert_null(rdap_unlisted("# Source: xtomcom"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bootstrap/domain", domain);
	g_test_add_func("/bootstrap/address", address);
	g_test_add_func("/bootstrap/carried", carried);
	g_test_add_func("/bootstrap/numbers-and-tags", numbers_and_tags);
	g_test_add_func("/bootstrap/no-bootstrap", no_bootstrap);
	g_test_add_func("/bootstrap/unlisted", unlisted);
	return g_test_run();
}
