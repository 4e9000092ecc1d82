/*
 * Files beside the pages: lists of sellers, and icons as hashes.
 */

#include <string.h>

#include "probes/ads_txt.h"
#include "probes/fact.h"
#include "probes/icon.h"
#include "tests/unit/fixture.h"

static char *
read_with(void (*fn)(const struct exchange *, const char *, size_t, GString *),
    const void *bytes, size_t n)
{
	struct exchange *x = fixture_exchange(PROBE_HTTP,
	    "https://a.example/ads.txt", "ads", "a.example", bytes, n);
	GString *out = g_string_new(NULL);

	fn(x, bytes, n, out);
	exchange_free(x);
	return g_string_free(out, FALSE);
}

static void
test_ads(void)
{
	static const char text[] = "\xef\xbb\xbf# ours\r\n"
	    "Google.com, pub-7362910485563201, direct, f08c47fec0942fa0\r\n"
	    "other.example , 77, RESELLER # sold on\n"
	    "OWNERDOMAIN = Stream-Alpha.com\ncontact=ads@a.example\n"
	    "no list\nx.example, 5, MAYBE\n";
	g_autofree char *out = read_with(ads_facts, text, sizeof(text) - 1);

	g_assert_nonnull(strstr(out, "\"domain\":\"google.com\",\"account\":"
	    "\"pub-7362910485563201\",\"relation\":\"DIRECT\",\"cert\":"
	    "\"f08c47fec0942fa0\",\"line\":2,\"offset\":11"));
	g_assert_nonnull(strstr(out, "\"other.example\",\"account\":\"77\","
	    "\"relation\":\"RESELLER\",\"cert\":\"\",\"line\":3"));
	g_assert_nonnull(strstr(out, "\"name\":\"OWNERDOMAIN\",\"value\":"
	    "\"stream-alpha.com\",\"line\":4"));
	g_assert_nonnull(strstr(out, "\"lines\":7,\"direct\":1,\"resellers\":1,"
	    "\"variables\":2,\"faults\":2"));
}

/* Not a list: a page, nothing, bytes, and a line without end. */
static void
test_hostile(void)
{
	g_autofree char *commas = g_strnfill(1 << 20, ',');
	g_autofree char *a = read_with(ads_facts, commas, 1 << 20);
	g_autofree char *b = read_with(ads_facts, "<html>\n\0\xff=,\n", 11);
	g_autofree char *c = read_with(ads_facts, "", 0);

	g_assert_null(strstr(a, "ads.seller"));
	g_assert_null(strstr(b, "ads.seller"));
	g_assert_nonnull(strstr(b, "\"faults\":2"));
	g_assert_nonnull(strstr(c, "\"lines\":0"));
}

static void
test_icon(void)
{
	char bytes[300];
	g_autofree char *out = NULL, *none = NULL;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 7);
	g_assert_cmpint(icon_mmh3(bytes, sizeof(bytes)), ==, 1507977274);
	g_assert_cmpint(icon_mmh3("\x89PNG\r\n\x1a\n", 8), ==, 651593099);
	out = read_with(icon_facts, "\x89PNG\r\n\x1a\n", 8);
	g_assert_nonnull(strstr(out, "\"type\":\"png\""));
	none = read_with(icon_facts, "<!doctype html><p>404", 21);
	g_assert_cmpstr(none, ==, "");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ads/list", test_ads);
	g_test_add_func("/ads/hostile", test_hostile);
	g_test_add_func("/ads/icon", test_icon);
	return g_test_run();
}
