/* What people type after "collect", and what they are told. */

#include "probes/target.h"

#include <string.h>

static void
test_domains(void)
{
	static const struct {
		const char	*text, *name, *display, *registrable, *suffix;
	} rows[] = {
		{ "popcorn-time.ch", "popcorn-time.ch", "popcorn-time.ch",
		    "popcorn-time.ch", "ch" },
		{ "  WWW.Example.CO.UK. ", "www.example.co.uk",
		    "www.example.co.uk", "example.co.uk", "co.uk" },
		{ "b\xc3\xbc" "cher.ch", "xn--bcher-kva.ch", "b\xc3\xbc" "cher.ch",
		    "xn--bcher-kva.ch", "ch" },
		{ "a.blogspot.com", "a.blogspot.com", "a.blogspot.com",
		    "blogspot.com", "com" },
		{ "github.io", "github.io", "github.io", "github.io", "io" },
		{ "www.ck", "www.ck", "www.ck", "www.ck", "ck" },
	};
	struct target t;
	char *why;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (target_parse(rows[i].text, &t, &why) != 0)
			g_error("%s", why);
		g_assert_cmpint(t.kind, ==, TARGET_DOMAIN);
		g_assert_cmpstr(t.name, ==, rows[i].name);
		g_assert_cmpstr(t.host, ==, rows[i].name);
		g_assert_cmpstr(t.display, ==, rows[i].display);
		g_assert_cmpstr(t.registrable, ==, rows[i].registrable);
		g_assert_cmpstr(t.suffix, ==, rows[i].suffix);
		g_assert_cmpstr(t.url, ==, "");
		target_clear(&t);
	}
}

static void
test_urls_addresses(void)
{
	struct target t;
	char *why;

	g_assert_cmpint(target_parse("HTTPS://WWW.Popcorn-Time.ch/vpn#x", &t,
	    &why), ==, 0);
	g_assert_cmpstr(t.url, ==, "https://www.popcorn-time.ch/vpn");
	g_assert_cmpstr(t.name, ==, "www.popcorn-time.ch");
	g_assert_cmpstr(t.registrable, ==, "popcorn-time.ch");
	target_clear(&t);
	g_assert_cmpint(target_parse("2606:4700:0:0::6810:1", &t, &why), ==, 0);
	g_assert_cmpint(t.kind, ==, TARGET_ADDRESS);
	g_assert_cmpstr(t.name, ==, "2606:4700::6810:1");
	g_assert_cmpstr(t.host, ==, "[2606:4700::6810:1]");
	g_assert_cmpstr(t.registrable, ==, "");
	target_clear(&t);
	g_assert_cmpint(target_parse("http://198.41.0.4:80/", &t, &why), ==, 0);
	g_assert_cmpint(t.kind, ==, TARGET_ADDRESS);
	g_assert_cmpstr(t.name, ==, "198.41.0.4");
	g_assert_cmpstr(t.url, ==, "http://198.41.0.4/");
	target_clear(&t);
}

/* Each is refused, and the sentence holds the word that helps. */
static void
test_refused(void)
{
	static const char *const rows[][2] = {
		{ "", "give a domain" }, { "   ", "give a domain" },
		{ "popcorn-time", "name with a dot" },
		{ "co.uk", "public suffix" }, { "foo.ck", "public suffix" },
		{ "a..ch", "label between two dots is empty" },
		{ "-a.ch", "hyphen" }, { "a_$.ch", "character" },
		{ "a b.ch", "character" },
		{ "xn--a-.ch", "IDNA" }, { "\xff.ch", "UTF-8" },
		{ "1.2.3", "no top-level domain is a number" },
		{ "2130706433", "no top-level domain is a number" },
		{ "0x7f.1", "no top-level domain is a number" },
		{ "example.0x1f", "no top-level domain is a number" },
		{ "10.0.0.1", "private" }, { "192.0.2.1", "documentation" },
		{ "::1", "loopback" }, { "::ffff:10.0.0.1", "private" },
		{ "http://[fe80::1]/", "link-local" },
		{ "http://127.1/", "loopback" },
		{ "https://u:p@example.com/", "user name or password" },
		{ "user@example.com", "mailbox" },
		{ "ftp://example.com/", "only http and https" },
		{ "https://example.com:8080/", "port 8080" },
		{ "https://localhost/", "this machine" },
		{ "x.onion", "Tor" }, { "a.test", "tests" },
		{ "example.com/vpn", "https://" },
		{ "example.com:443", "https://" },
		{ "1.2.3.0/24", "https://" },
		{ "https://co.uk/", "public suffix" },
	};
	struct target t;
	char *why;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (target_parse(rows[i][0], &t, &why) == 0)
			g_error("%s: taken", rows[i][0]);
		if (strstr(why, rows[i][1]) == NULL)
			g_error("%s", why);
		g_assert_null(t.name);
		g_assert_null(strchr(why, '\n'));
		g_free(why);
	}
}

static void
test_lengths(void)
{
	g_autofree char *l63 = g_strnfill(63, 'a'), *l64 = g_strnfill(64, 'a');
	g_autofree char *good = g_strconcat(l63, ".ch", NULL);
	g_autofree char *bad = g_strconcat(l64, ".ch", NULL);
	g_autofree char *most = g_strconcat(l63, ".", l63, ".", l63, ".", l63,
	    ".ch", NULL);
	g_autofree char *huge = g_strnfill(1 << 20, '.');
	struct target t;
	char *why;

	g_assert_cmpint(target_parse(good, &t, &why), ==, 0);
	target_clear(&t);
	g_assert_cmpint(target_parse(bad, &t, &why), ==, -1);
	g_assert_nonnull(strstr(why, "63 bytes"));
	g_free(why);
	g_assert_cmpint(target_parse(most, &t, &why), ==, -1);
	g_assert_nonnull(strstr(why, "253 bytes"));
	g_free(why);
	g_assert_cmpint(target_parse(huge, &t, &why), ==, -1);
	g_assert_cmpuint(strlen(why), <, 400);
	g_free(why);
}

/* A target's bytes never reach a terminal as they are. */
static void
test_terminal(void)
{
	struct target t;
	char *why;

	g_assert_cmpint(target_parse("a\x1b[31m.ch", &t, &why), ==, -1);
	g_assert_null(strchr(why, 0x1b));
	g_free(why);
	g_assert_cmpint(target_parse("%s%n%s.ch", &t, &why), ==, -1);
	g_assert_nonnull(strstr(why, "%s%n%s.ch"));
	g_free(why);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/target/domains", test_domains);
	g_test_add_func("/target/urls-addresses", test_urls_addresses);
	g_test_add_func("/target/refused", test_refused);
	g_test_add_func("/target/lengths", test_lengths);
	g_test_add_func("/target/terminal", test_terminal);
	return g_test_run();
}
