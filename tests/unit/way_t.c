/* The way out: how a proxy is named, and what of it stands in records. */

#include <glib.h>

#include "probes/way.h"

static void
is(const char *url, const char *file, const char *plain, const char *user,
    const char *label)
{
	struct way w;
	const char *why = NULL;

	g_assert_cmpint(way_parse(url, file, &w, &why), ==, 0);
	g_assert_cmpstr(w.url, ==, plain);
	g_assert_cmpstr(w.user, ==, user);
	g_assert_cmpstr(w.label, ==, label);
	way_clear(&w);
}

static void
test_forms(void)
{
	is("socks5h://127.0.0.1:9050", NULL, "socks5h://127.0.0.1:9050", NULL,
	    "socks5 127.0.0.1#9050");
	is("socks5://localhost", NULL, "socks5://127.0.0.1:1080", NULL,
	    "socks5 127.0.0.1#1080");
	is("http://[2001:DB8::1]:80", NULL, "http://[2001:db8::1]:80", NULL,
	    "http 2001:db8::1#80");
	is("https://192.0.2.1", NULL, "https://192.0.2.1:3128", NULL,
	    "https 192.0.2.1#3128");
}

/* User and password are taken, and stand in neither URL nor label. */
static void
test_password(void)
{
	is("socks5://me:secret@192.0.2.1:1", NULL, "socks5://192.0.2.1:1",
	    "me:secret", "socks5 192.0.2.1#1");
	is("socks5://me:secret@192.0.2.1:1", "you:other\r\nmore\n",
	    "socks5://192.0.2.1:1", "you:other", "socks5 192.0.2.1#1");
	is("socks5://192.0.2.1:1", "\n", "socks5://192.0.2.1:1", "",
	    "socks5 192.0.2.1#1");
}

static void
test_refused(void)
{
	static const char *const bad[] = {
		"", "x", "127.0.0.1:9050", "socks5://", "ftp://192.0.2.1",
		"http://proxy.example:3128", "socks5://192.0.2.999",
		"socks5h://.onion", "http://192.0.2.1:99999",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		struct way w;
		const char *why = NULL;

		g_assert_cmpint(way_parse(bad[i], NULL, &w, &why), ==, -1);
		g_assert_nonnull(why);
		way_clear(&w);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/way/forms", test_forms);
	g_test_add_func("/way/password", test_password);
	g_test_add_func("/way/refused", test_refused);
	return g_test_run();
}
