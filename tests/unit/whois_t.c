#include <string.h>

#include "probes/limits.h"
#include "tests/unit/fixture.h"

static GString *
facts_of(const GString *answer)
{
	struct exchange *x = fixture_exchange(PROBE_WHOIS, "cinema-alpha.com",
	    "tld", "whois.registry.example", answer->str, answer->len);
	GString *out = g_string_new(NULL);

	g_assert_cmpint(fixture_read(x, out), ==, 0);
	exchange_free(x);
	return out;
}

static guint
lines(const GString *s)
{
	guint n = 0;

	for (gsize i = 0; i < s->len; i++)
		n += s->str[i] == '\n';
	return n;
}

/* A hundred thousand lines give a bounded number of facts. */
static void
many_lines(void)
{
	g_autoptr(GString) a = g_string_new("Domain Name: cinema-alpha.com\n");
	g_autoptr(GString) out = NULL;

	for (int i = 0; i < 100000; i++)
		g_string_append(a, "DNSSEC: x\n");
	out = facts_of(a);
	g_assert_cmpuint(lines(out), ==, 1 + 256);
	g_assert_nonnull(strstr(out->str, "\"lines\":65536"));
	g_assert_nonnull(strstr(out->str, "\"cut\":true"));
}

static void
many_blocks(void)
{
	g_autoptr(GString) a = g_string_new("domain: cinema-alpha.com\n"
	    "nserver: ns.example.net\nregistrant: X\n\n");
	g_autoptr(GString) out = NULL;

	for (int i = 0; i < 20000; i++)
		g_string_append(a, "nic-hdl: X\nperson: y\n\n");
	out = facts_of(a);
	g_assert_cmpuint(lines(out), ==, 1 + 256);
}

/* More than the limit is not looked at. */
static void
too_long(void)
{
	g_autoptr(GString) a = g_string_new(NULL);
	g_autoptr(GString) out = NULL;

	g_string_set_size(a, (gsize)limit_info(LIMIT_WHOIS_BODY)->value);
	memset(a->str, ' ', a->len);
	g_string_append(a, "\nDomain Name: cinema-alpha.com\nRegistrar: x\n");
	out = facts_of(a);
	g_assert_nonnull(strstr(out->str, "\"what\":\"empty\""));
}

/* Every byte value, alone and after a key. */
static void
every_byte(void)
{
	for (int c = 0; c < 256; c++) {
		g_autoptr(GString) a = g_string_new(
		    "Domain Name: cinema-alpha.com\nRegistrar: a");
		g_autoptr(GString) out = NULL;

		g_string_append_c(a, (char)c);
		g_string_append(a, "z\n");
		g_string_append_c(a, (char)c);
		out = facts_of(a);
		g_assert_nonnull(strstr(out->str, "\"registrar\""));
		g_assert_true(g_utf8_validate(out->str, -1, NULL));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_suite("whois", PROBE_WHOIS);
	g_test_add_func("/whois-made/many-lines", many_lines);
	g_test_add_func("/whois-made/many-blocks", many_blocks);
	g_test_add_func("/whois-made/too-long", too_long);
	g_test_add_func("/whois-made/every-byte", every_byte);
	return g_test_run();
}
