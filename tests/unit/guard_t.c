/* The address guard, over the edges of each special range. */

#include "probes/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static const struct {
	const char	*ip, *word;
} rows[] = {
	{ "198.41.0.4", NULL }, { "1.1.1.1", NULL }, { "185.26.237.10", NULL },
	{ "0.0.0.0", "unspecified" }, { "0.255.255.255", "unspecified" },
	{ "1.0.0.0", NULL }, { "9.255.255.255", NULL },
	{ "10.0.0.0", "private" }, { "10.255.255.255", "private" },
	{ "11.0.0.0", NULL },
	{ "100.63.255.255", NULL }, { "100.64.0.0", "shared" },
	{ "100.127.255.255", "shared" }, { "100.128.0.0", NULL },
	{ "126.255.255.255", NULL }, { "127.0.0.1", "loopback" },
	{ "127.255.255.255", "loopback" }, { "128.0.0.0", NULL },
	{ "169.253.255.255", NULL }, { "169.254.169.254", "link-local" },
	{ "169.255.0.0", NULL },
	{ "172.15.255.255", NULL }, { "172.16.0.0", "private" },
	{ "172.31.255.255", "private" }, { "172.32.0.0", NULL },
	{ "192.0.0.8", "reserved" }, { "192.0.1.0", NULL },
	{ "192.0.2.1", "documentation" }, { "192.0.3.0", NULL },
	{ "192.88.99.1", "reserved" }, { "192.167.255.255", NULL },
	{ "192.168.0.1", "private" }, { "192.169.0.0", NULL },
	{ "198.17.255.255", NULL }, { "198.18.0.0", "benchmark" },
	{ "198.19.255.255", "benchmark" }, { "198.20.0.0", NULL },
	{ "198.51.100.7", "documentation" },
	{ "203.0.113.255", "documentation" },
	{ "223.255.255.255", NULL }, { "224.0.0.1", "multicast" },
	{ "239.255.255.255", "multicast" }, { "240.0.0.1", "reserved" },
	{ "255.255.255.255", "reserved" },
	{ "2606:4700::6810:1", NULL }, { "2a00:1450::1", NULL },
	{ "::", "unspecified" }, { "::1", "loopback" },
	{ "::2", "reserved" }, { "::127.0.0.1", "reserved" },
	{ "::ffff:10.0.0.1", "private" }, { "::ffff:127.0.0.1", "loopback" },
	{ "::ffff:198.41.0.4", "mapped" },
	{ "64:ff9b::198.41.0.4", NULL },
	{ "64:ff9b::10.1.2.3", "embedded private" },
	{ "64:ff9b::192.0.2.1", "embedded private" },
	{ "64:ff9b:1::1", "reserved" },
	{ "100::1", "reserved" }, { "100:0:0:1::1", "reserved" },
	/* Teredo: server 192.168.0.1, and client 10.0.0.1 with bits flipped */
	{ "2001:0:c0a8:1::", "embedded private" },
	{ "2001:0:c629:4::f5ff:fffe", "embedded private" },
	{ "2001:0:c629:4::39d6:fffb", NULL },
	{ "2001:2::1", "benchmark" }, { "2001:10::1", "reserved" },
	{ "2001:1ff::1", "reserved" }, { "2001:200::1", NULL },
	{ "2001:db8::1", "documentation" }, { "2001:db9::1", NULL },
	{ "2002:c629:4::1", NULL }, { "2002:a00:1::1", "embedded private" },
	{ "2002:7f00:1::", "embedded private" },
	{ "3fff::1", "documentation" }, { "3fff:1000::1", NULL },
	{ "4000::1", "reserved" }, { "5f00::1", "reserved" },
	{ "fbff::1", "reserved" }, { "fc00::1", "unique-local" },
	{ "fdff::1", "unique-local" }, { "fe80::1", "link-local" },
	{ "febf::1", "link-local" }, { "fec0::1", "site-local" },
	{ "ff02::1", "multicast" },
	{ "", "not an address" }, { "127.1", "not an address" },
	{ "0x7f.0.0.1", "not an address" }, { "010.0.0.1", "not an address" },
	{ "1.2.3.4 ", "not an address" }, { "fe80::1%lo", "not an address" },
	{ "[::1]", "not an address" }, { "localhost", "not an address" },
	{ "1.2.3.4.5", "not an address" }, { "1:2:3", "not an address" },
};

static void
test_words(void)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *word = guard_address(rows[i].ip);

		if (g_strcmp0(word, rows[i].word) != 0)
			g_error("%s: %s, not %s", rows[i].ip,
			    word ? word : "public", rows[i].word);
		g_assert_true((guard_source(rows[i].ip) != NULL) ==
		    (word != NULL));
	}
	g_assert_cmpstr(guard_address(NULL), ==, "not an address");
	g_assert_cmpstr(guard_source("10.1.1.1"), ==, "RFC 1918");
}

/* The callback must say the same of the same addresses. */
static void
test_sockaddr(void)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	struct sockaddr_in6 sin6 = { .sin6_family = AF_INET6 };
	struct sockaddr un = { .sa_family = AF_UNIX };
	const char *word;
	gboolean ok;
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++) {
		word = "unset";
		if (inet_pton(AF_INET, rows[i].ip, &sin.sin_addr) == 1)
			ok = guard_sockaddr((struct sockaddr *)&sin,
			    sizeof(sin), &word);
		else if (inet_pton(AF_INET6, rows[i].ip, &sin6.sin6_addr) == 1)
			ok = guard_sockaddr((struct sockaddr *)&sin6,
			    sizeof(sin6), &word);
		else
			continue;
		g_assert_cmpstr(word, ==, rows[i].word);
		g_assert_cmpint(ok, ==, rows[i].word == NULL);
	}
	g_assert_false(guard_sockaddr(&un, sizeof(un), &word));
	g_assert_cmpstr(word, ==, "not an address");
	g_assert_false(guard_sockaddr(NULL, 0, NULL));
	inet_pton(AF_INET, "1.1.1.1", &sin.sin_addr);
	g_assert_true(guard_sockaddr((struct sockaddr *)&sin, sizeof(sin),
	    NULL));
	g_assert_false(guard_sockaddr((struct sockaddr *)&sin, 4, NULL));
}

static void
test_canonical(void)
{
	static const char *const good[][2] = {
		{ "198.41.0.4", "198.41.0.4" },
		{ "2001:0DB8:0:0:0:0:0:1", "2001:db8::1" },
		{ "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
		{ "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
		{ "::FFFF:1.2.3.4", "::ffff:1.2.3.4" },
	};
	static const char *const bad[] = { "", "1.2.3", "1.2.3.256", "::g",
		"1::2::3", "[::1]", "fe80::1%1", " 1.2.3.4", "1.2.3.4/8" };
	char out[ADDR_TEXT];
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(good); i++) {
		g_assert_cmpint(addr_canonical(good[i][0], out), ==, 0);
		g_assert_cmpstr(out, ==, good[i][1]);
	}
	for (i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_cmpint(addr_canonical(bad[i], out), ==, -1);
	g_assert_cmpint(addr_canonical(NULL, out), ==, -1);
}

static void
test_reverse(void)
{
	GString *s = g_string_new(NULL);

	addr_reverse_name("198.41.0.4", s);
	g_assert_cmpstr(s->str, ==, "4.0.41.198.in-addr.arpa.");
	g_string_truncate(s, 0);
	addr_reverse_name("2001:db8::567:89ab", s);
	g_assert_cmpstr(s->str, ==, "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0."
	    "0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.");
	g_string_truncate(s, 0);
	addr_reverse_name("example.com", s);
	g_assert_cmpstr(s->str, ==, "");
	g_string_free(s, TRUE);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/guard/words", test_words);
	g_test_add_func("/guard/sockaddr", test_sockaddr);
	g_test_add_func("/guard/canonical", test_canonical);
	g_test_add_func("/guard/reverse", test_reverse);
	return g_test_run();
}
