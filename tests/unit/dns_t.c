/* What the reader makes of DNS messages, and what the asker sends. */

#include <stdlib.h>
#include <string.h>

#include "probes/dns.h"
#include "tests/unit/fixture.h"

/* An id that can be guessed lets a stranger answer. */
static void
test_ids_differ(void)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (int i = 0; i < 64; i++) {
		uint8_t *wire = NULL;
		size_t len = 0;

		g_assert_cmpint(dns_query_make("example.com.", "A", &wire,
		    &len), ==, 0);
		g_hash_table_add(seen, GUINT_TO_POINTER(wire[0] * 256u +
		    wire[1] + 1u));
		free(wire);
	}
	g_assert_cmpuint(g_hash_table_size(seen), >, 55);
}

/* RFC 1035 4.1, RFC 6891 6.1: one question, RD 0, OPT last with DO. */
static void
test_message(void)
{
	static const uint8_t rest[] = {
		0, 0, 0, 1, 0, 0, 0, 0, 0, 1,
		2, 'e', 'X', 3, 'C', 'o', 'm', 0, 0, 16, 0, 1,
		0, 0, 41, 0x04, 0xd0, 0, 0, 0x80, 0, 0, 0,
	};
	uint8_t *wire = NULL;
	size_t len = 0;

	g_assert_cmpint(dns_query_make("eX.Com.", "TXT", &wire, &len), ==, 0);
	g_assert_cmpuint(len, ==, 2 + sizeof(rest));
	g_assert_true(memcmp(wire + 2, rest, sizeof(rest)) == 0);
	free(wire);
}

static void
test_no_name(void)
{
	g_autofree char *label = g_strnfill(64, 'a');
	g_autofree char *name = g_strconcat(label, ".com.", NULL);
	uint8_t *wire = NULL;
	size_t len = 0;

	g_assert_cmpint(dns_query_make(name, "A", &wire, &len), ==, -1);
	g_assert_cmpint(dns_query_make("a..b.", "A", &wire, &len), ==, -1);
	g_assert_cmpint(dns_query_make("a.", "NOTYPE", &wire, &len), ==, -1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_suite("dns", PROBE_DNS);
	g_test_add_func("/dns/query/ids differ", test_ids_differ);
	g_test_add_func("/dns/query/the case of the name is kept",
	    test_message);
	g_test_add_func("/dns/query/what DNS cannot carry", test_no_name);
	return g_test_run();
}
