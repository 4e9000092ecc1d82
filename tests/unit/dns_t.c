/* What the reader makes of DNS messages, and what the asker sends. */

#include <stdlib.h>
#include <string.h>

#include "probes/dns.h"
#include "tests/unit/fixture.h"

static int
made(const char *name, const char *type, const char *options, GByteArray *out)
{
	struct question *q = question_with(question_new(PROBE_DNS, name, type,
	    "", "192.0.2.53", 53, "zone com."), options);
	uint8_t *wire = NULL;
	size_t len = 0;
	int rc = dns_query_make(q, &wire, &len);

	if (rc == 0)
		g_byte_array_append(out, wire, (guint)len);
	free(wire);
	question_unref(q);
	return rc;
}

/* An id that can be guessed lets a stranger answer; so does a fixed case. */
static void
test_random(void)
{
	g_autoptr(GHashTable) ids = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) cases = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);

	for (int i = 0; i < 64; i++) {
		g_autoptr(GByteArray) b = g_byte_array_new();

		g_assert_cmpint(made("an-example-of-a-name.com.", "A", NULL,
		    b), ==, 0);
		g_hash_table_add(ids, GUINT_TO_POINTER(b->data[0] * 256u +
		    b->data[1] + 1u));
		g_hash_table_add(cases, g_strndup((char *)b->data + 12, 26));
	}
	g_assert_cmpuint(g_hash_table_size(ids), >, 55);
	g_assert_cmpuint(g_hash_table_size(cases), >, 55);
}

/* RFC 1035 4.1, RFC 6891 6.1: one question, RD 0, OPT last with DO. */
static void
test_message(void)
{
	static const char question[] = "\2ex\3com\0\0\x10\0\1";
	static const struct {
		const char	*options;
		size_t		 n;
		uint8_t		 opt[11];
	} puts[] = {
		{ "", 11, { 0, 0, 41, 0x04, 0xd0, 0, 0, 0x80, 0, 0, 0 } },
		{ "edns=512", 11, { 0, 0, 41, 2, 0, 0, 0, 0, 0, 0, 0 } },
		{ "edns=none", 0, { 0 } },
		{ "tcp", 11, { 0, 0, 41, 0x04, 0xd0, 0, 0, 0x80, 0, 0, 0 } },
		{ "edns=none tcp", 0, { 0 } },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(puts); i++) {
		g_autoptr(GByteArray) b = g_byte_array_new();
		g_autofree char *asked = NULL;

		g_assert_cmpint(made("ex.com.", "TXT", puts[i].options, b),
		    ==, 0);
		g_assert_cmpuint(b->len, ==, 12 + sizeof(question) - 1 +
		    puts[i].n);
		g_assert_true(memcmp(b->data + 2, "\0\0\0\1\0\0\0\0\0", 9) ==
		    0);
		g_assert_cmpuint(b->data[11], ==, puts[i].n > 0 ? 1 : 0);
		for (guint k = 12; k < 20; k++)
			b->data[k] = (guint8)g_ascii_tolower(
			    (gchar)b->data[k]);
		g_assert_true(memcmp(b->data + 12, question,
		    sizeof(question) - 1) == 0);
		g_assert_true(memcmp(b->data + 12 + sizeof(question) - 1,
		    puts[i].opt, puts[i].n) == 0);
	}
}

static void
test_no_name(void)
{
	g_autofree char *label = g_strnfill(64, 'a');
	g_autofree char *name = g_strconcat(label, ".com.", NULL);
	g_autoptr(GByteArray) b = g_byte_array_new();

	g_assert_cmpint(made(name, "A", NULL, b), ==, -1);
	g_assert_cmpint(made("a..b.", "A", NULL, b), ==, -1);
	g_assert_cmpint(made("a.", "NOTYPE", NULL, b), ==, -1);
}

/* --- the ladder ------------------------------------------------------------- */

static void
test_ladder(void)
{
	static const struct {
		const char	*put;
		enum dns_gave	 gave;
		const char	*next;
	} rungs[] = {
		{ "", DNS_ANSWER, NULL },
		{ "", DNS_TRUNCATED, "tcp" },
		{ "edns=512", DNS_TRUNCATED, "edns=512 tcp" },
		{ "edns=none", DNS_TRUNCATED, "edns=none tcp" },
		{ "tcp", DNS_TRUNCATED, NULL },
		{ "", DNS_FORMERR, "edns=512" },
		{ "edns=512", DNS_NOTIMP, "edns=none" },
		{ "edns=none", DNS_FORMERR, NULL },
		{ "tcp", DNS_FORMERR, "edns=512 tcp" },
		{ "", DNS_BADVERS, "edns=none" },
		{ "", DNS_SILENT, "edns=512" },
		{ "edns=512", DNS_SILENT, "edns=none" },
		{ "edns=none", DNS_SILENT, "edns=none tcp" },
		{ "edns=none tcp", DNS_SILENT, NULL },
		{ "", DNS_CASE, "tcp" },
		{ "", DNS_CLOSED, NULL },
		/* Without OPT a question with an option is another one. */
		{ "ecs=192.0.2.0/24", DNS_FORMERR, NULL },
		{ "ecs=192.0.2.0/24", DNS_TRUNCATED, "ecs=192.0.2.0/24 tcp" },
		{ "label=random", DNS_FORMERR, "edns=512 label=random" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rungs); i++) {
		struct question *q = question_with(question_new(PROBE_DNS,
		    "a.", "A", "", "192.0.2.53", 53, ""), rungs[i].put);
		g_autofree char *next = dns_rung_next(q, rungs[i].gave);

		g_assert_cmpstr(next, ==, rungs[i].next);
		question_unref(q);
	}
}

/* Whatever is given, the ladder ends. */
static void
test_ladder_ends(void)
{
	for (int gave = 0; gave < DNS_GIVES; gave++) {
		g_autofree char *put = g_strdup("");

		for (int steps = 0; put != NULL; steps++) {
			struct question *q = question_with(question_new(
			    PROBE_DNS, "a.", "A", "", "192.0.2.53", 53, ""),
			    put);

			g_assert_cmpint(steps, <, 5);
			g_free(put);
			put = dns_rung_next(q, (enum dns_gave)gave);
			question_unref(q);
		}
	}
}

/* --- datagrams ----------------------------------------------------------------- */

static void
test_datagrams(void)
{
	static const uint8_t sent[] = { 1, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
	    2, 'e', 'X', 3, 'c', 'O', 'm', 0, 0, 1, 0, 1 };
	static const struct {
		size_t			 at;
		uint8_t			 is;
		enum dns_datagram	 want;
	} changes[] = {
		{ 2, 0x84, DATAGRAM_GOOD }, { 0, 9, DATAGRAM_ID },
		{ 2, 0x00, DATAGRAM_QUESTION }, { 14, 'x', DATAGRAM_CASE },
		{ 14, 'y', DATAGRAM_QUESTION }, { 21, 28, DATAGRAM_QUESTION },
		{ 5, 2, DATAGRAM_QUESTION },
		{ 12, 200, DATAGRAM_QUESTION },
	};
	uint8_t got[sizeof(sent)];

	for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
		memcpy(got, sent, sizeof(sent));
		got[2] = 0x84;
		got[changes[i].at] = changes[i].is;
		g_assert_cmpint(dns_datagram_judge(sent, sizeof(sent), got,
		    sizeof(got)), ==, changes[i].want);
		for (size_t n = 0; n < sizeof(got); n++)
			g_assert_cmpint(dns_datagram_judge(sent, sizeof(sent),
			    got, n), >=, DATAGRAM_SHORT);
	}
	memset(got + 4, 0, 8);
	memcpy(got, "\1\2\x80\1", 4);
	g_assert_cmpint(dns_datagram_judge(sent, sizeof(sent), got, 12), ==,
	    DATAGRAM_BARE);
	got[3] = 0;
	g_assert_cmpint(dns_datagram_judge(sent, sizeof(sent), got, 12), ==,
	    DATAGRAM_QUESTION);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_suite("dns", PROBE_DNS);
	g_test_add_func("/dns/query/ids and case are random", test_random);
	g_test_add_func("/dns/query/the message", test_message);
	g_test_add_func("/dns/query/what DNS cannot carry", test_no_name);
	g_test_add_func("/dns/ladder/each rung", test_ladder);
	g_test_add_func("/dns/ladder/it ends", test_ladder_ends);
	g_test_add_func("/dns/datagram", test_datagrams);
	return g_test_run();
}
