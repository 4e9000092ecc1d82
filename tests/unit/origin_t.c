/* Who announces an address: names that are asked, texts that come back. */

#include <string.h>

#include "probes/fact.h"
#include "probes/origin.h"

static void
test_names(void)
{
	static const struct { const char *ip, *name; } rows[] = {
		{ "104.16.0.1", "1.0.16.104.origin.asn.cymru.com" },
		{ "2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
		    "0.0.8.b.d.0.1.0.0.2.origin6.asn.cymru.com" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = origin_name(rows[i].ip);
		g_autofree char *ip = origin_address(rows[i].name);

		g_assert_cmpstr(name, ==, rows[i].name);
		g_assert_cmpstr(ip, ==, rows[i].ip);
	}
	g_assert_null(origin_name("a.ch"));
}

static const struct {
	const char *name, *text, *facts;
} texts[] = {
	{ "1.0.16.104.origin.asn.cymru.com",
	    "13335 | 104.16.0.0/13 | US | arin | 2014-03-28",
	    "{\"kind\":\"ip.origin\",\"subject\":\"104.16.0.1\",\"value\":{"
	    "\"asn\":13335,\"prefix\":\"104.16.0.0/13\",\"country\":\"US\","
	    "\"rir\":\"arin\",\"allocated\":\"2014-03-28\",\"source\":"
	    "\"" ORIGIN_SOURCE "\",\"server\":\"9.9.9.9\"}}\n" },
	{ "as13335.asn.cymru.com",
	    "13335 | US | arin | 2010-07-14 | CLOUDFLARENET | x, US",
	    "{\"kind\":\"as.name\",\"subject\":\"AS13335\",\"value\":{"
	    "\"name\":\"CLOUDFLARENET | x, US\",\"country\":\"US\",\"rir\":"
	    "\"arin\",\"allocated\":\"2010-07-14\",\"source\":\""
	    ORIGIN_SOURCE "\",\"server\":\"9.9.9.9\"}}\n" },
};

static void
test_texts(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GString) out = g_string_new(NULL);

		g_assert_true(origin_text(texts[i].name, texts[i].text,
		    "9.9.9.9", out));
		/* "x | y" is put together again as it was. */
		g_assert_cmpstr(out->str, ==, texts[i].facts);
	}
}

/* Two networks that announce one prefix are two facts. */
static void
test_many(void)
{
	g_autoptr(GString) out = g_string_new(NULL);
	char *second;

	g_assert_true(origin_text("1.2.0.192.origin.asn.cymru.com",
	    "64500 64501 | 192.0.2.0/24 | ZZ | ripencc | ", "9.9.9.9", out));
	g_assert_nonnull(strstr(out->str, "\"asn\":64500"));
	second = strchr(out->str, '\n') + 1;
	g_assert_nonnull(strstr(second, "\"asn\":64501"));
}

static void
test_none_of_it(void)
{
	static const struct { const char *name, *text; } rows[] = {
		{ "1.0.16.104.origin.asn.cymru.com", "" },
		{ "1.0.16.104.origin.asn.cymru.com", "v=spf1 -all" },
		{ "1.0.16.104.origin.asn.cymru.com", "x | y | z | a | b" },
		{ "1.0.16.104.origin.asn.cymru.com", "0 | y | z | a | b" },
		{ "1.0.16.104.origin.asn.cymru.com",
		    "99999999999 | y | z | a | b" },
		{ "1.0.16.origin.asn.cymru.com", "1 | y | z | a | b" },
		{ "300.0.16.1.origin.asn.cymru.com", "1 | y | z | a | b" },
		{ "x.origin6.asn.cymru.com", "1 | y | z | a | b" },
		{ "origin.asn.cymru.com", "1 | y | z | a | b" },
		{ "1.0.16.104.origin.asn.cymru.com.evil.ch",
		    "1 | y | z | a | b" },
		{ "as2.asn.cymru.com", "1 | US | arin | x | NAME" },
		{ "asx.asn.cymru.com", "1 | US | arin | x | NAME" },
		{ "a.ch", "1 | y | z | a | b" },
	};
	g_autoptr(GString) out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("%s %s", rows[i].name, rows[i].text);
		g_assert_false(origin_text(rows[i].name, rows[i].text, "", out));
		g_assert_cmpstr(out->str, ==, "");
	}
	g_assert_false(origin_none("a.ch", "", out));
	g_assert_true(origin_none("1.0.16.104.origin.asn.cymru.com", "", out));
	g_assert_nonnull(strstr(out->str, "ip.unrouted"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/origin/names", test_names);
	g_test_add_func("/origin/texts", test_texts);
	g_test_add_func("/origin/many", test_many);
	g_test_add_func("/origin/none-of-it", test_none_of_it);
	return g_test_run();
}
