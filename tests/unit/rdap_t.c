#include <string.h>

#include "tests/unit/fixture.h"

#define URL	"https://rdap.registry.example/domain/cinema-alpha.com"

/* Answers too large or too odd to keep as files: made here. */

static int
read_body(const char *type, const char *url, const GString *body, GString *out)
{
	g_autoptr(GString) m = g_string_new("HTTP/1.1 200 OK\r\n\r\n");
	struct exchange *x;
	int rc;

	g_string_append_len(m, body->str, (gssize)body->len);
	x = fixture_exchange(PROBE_RDAP, url, type, "rdap.registry.example",
	    m->str, m->len);
	rc = fixture_read(x, out);
	exchange_free(x);
	return rc;
}

static void
repeat(GString *s, const char *what, guint n)
{
	while (n-- > 0)
		g_string_append(s, what);
}

static guint
count(const GString *facts, const char *kind)
{
	g_autofree char *start = g_strdup_printf("{\"kind\":\"%s\"", kind);
	guint n = 0;

	for (const char *p = facts->str; (p = strstr(p, start)) != NULL; p++)
		n++;
	return n;
}

/* 64 levels are read, 65 are not, and a million do not reach the stack. */
static void
nesting(void)
{
	static const struct {
		guint	depth;
		int	returns;
	} cases[] = { { 63, 0 }, { 64, -1 }, { 900000, -1 } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) body = g_string_new(
		    "{\"objectClassName\":\"domain\",\"x\":");
		g_autoptr(GString) out = g_string_new(NULL);

		repeat(body, "[", cases[i].depth);
		repeat(body, "]", cases[i].depth);
		g_string_append_c(body, '}');
		g_assert_cmpint(read_body("domain", URL, body, out), ==,
		    cases[i].returns);
	}
}

/* Brackets within strings are text. */
static void
nesting_in_strings(void)
{
	g_autoptr(GString) body = g_string_new(
	    "{\"objectClassName\":\"domain\",\"handle\":\"\\\"");
	g_autoptr(GString) out = g_string_new(NULL);

	repeat(body, "[{", 500);
	g_string_append(body, "\\\\\"}");
	g_assert_cmpint(read_body("domain", URL, body, out), ==, 0);
	g_assert_cmpuint(count(out, "rdap.domain"), ==, 1);
}

static void
list_of(const char *key, const char *member, guint n, const char *kind,
    guint want)
{
	g_autoptr(GString) body = g_string_new("{\"");
	g_autoptr(GString) out = g_string_new(NULL);

	g_string_append_printf(body, "%s\":[%s", key, member);
	for (guint i = 1; i < n; i++)
		g_string_append_printf(body, ",%s", member);
	g_string_append(body, "]}");
	g_assert_cmpint(read_body("domain", URL, body, out), ==, 0);
	g_assert_cmpuint(count(out, kind), ==, want);
}

/* However long a list, what comes of it is bounded. */
static void
huge_lists(void)
{
	list_of("entities", "{\"roles\":[\"abuse\"]}", 20000, "rdap.entity",
	    256);
	list_of("nameservers", "{\"ldhName\":\"ns.example.net\"}", 20000,
	    "rdap.ns", 128);
	list_of("events", "{\"eventAction\":\"x\"}", 20000, "rdap.event", 128);
	list_of("notices", "{\"title\":\"x\"}", 20000, "rdap.notice", 128);
	list_of("redacted", "{\"name\":\"x\"}", 20000, "rdap.redacted", 128);
	list_of("status", "\"active\"", 20000, "rdap.domain", 1);
}

/* A string of a mebibyte does not become a fact of a mebibyte. */
static void
huge_string(void)
{
	g_autoptr(GString) body = g_string_new("{\"handle\":\"");
	g_autoptr(GString) out = g_string_new(NULL);

	repeat(body, "\xe4\xb8\xad", 350000);
	g_string_append(body, "\",\"entities\":[{\"handle\":\"");
	repeat(body, "y", 100000);
	g_string_append(body, "\",\"roles\":[\"");
	repeat(body, "z", 100000);
	g_string_append(body, "\"],\"vcardArray\":[0,[[\"adr\",{},\"text\",\"");
	repeat(body, "w", 100000);
	g_string_append(body, "\"]]]}]}");
	g_assert_cmpint(read_body("domain", URL, body, out), ==, 0);
	g_assert_cmpuint(out->len, <, 20000);
}

/* What is larger than an answer may be is not read in part. */
static void
too_large(void)
{
	g_autoptr(GString) body = g_string_new("{");
	g_autoptr(GString) out = g_string_new(NULL);

	repeat(body, " ", 4000000);
	g_string_append_c(body, '}');
	g_assert_cmpint(read_body("domain", URL, body, out), ==, -1);
}

static void
nothing(void)
{
	struct exchange *x = fixture_exchange(PROBE_RDAP, URL, "domain",
	    "rdap.registry.example", "", 0);
	g_autoptr(GString) out = g_string_new(NULL);

	g_assert_cmpint(fixture_read(x, out), ==, -1);
	g_clear_pointer(&x->received.bytes, g_bytes_unref);
	x->status = X_TIMEOUT;
	g_assert_cmpint(fixture_read(x, out), ==, 0);
	g_assert_cmpuint(out->len, ==, 0);
	exchange_free(x);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_suite("rdap", PROBE_RDAP);
	g_test_add_func("/rdap-made/nesting", nesting);
	g_test_add_func("/rdap-made/nesting-in-strings", nesting_in_strings);
	g_test_add_func("/rdap-made/huge-lists", huge_lists);
	g_test_add_func("/rdap-made/huge-string", huge_string);
	g_test_add_func("/rdap-made/too-large", too_large);
	g_test_add_func("/rdap-made/nothing", nothing);
	return g_test_run();
}
