/* probes/json_text: the same bytes as jansson's, for any value. */

#include <string.h>

#include "probes/json_text.h"
#include "probes/text.h"

static void
same(const json_t *v)
{
	char *want = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
	g_autoptr(GString) got = g_string_new("before");

	g_assert_nonnull(want);
	json_text(got, v);
	g_assert_true(g_str_has_prefix(got->str, "before"));
	g_assert_cmpstr(got->str + strlen("before"), ==, want);
	g_assert_cmpuint(got->len, ==, strlen(got->str));
	free(want);
}

static void
same_as(const char *text)
{
	json_t *v = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

	g_assert_nonnull(v);
	same(v);
	json_decref(v);
}

static void
test_values(void)
{
	static const char *const texts[] = {
		"{}", "[]", "\"\"", "null", "true", "false", "0", "-1",
		"9223372036854775807", "-9223372036854775808", "1.5", "1e300",
		"-0.0", "[1,[2,[3,{}]],{\"a\":[{}]}]",
		"{\"b\":1,\"a\":{\"z\":\"\\u0000\",\"y\":[true,null]}}",
		"{\"a key \\\" \\n\":\"\\u001f\\u007f/\\/\"}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		same_as(texts[i]);
}

/* Every character alone, and between others. */
static void
test_characters(void)
{
	for (gunichar c = 1; c < 0x11000; c++) {
		char s[16] = "x";
		int n;
		json_t *v;

		if (!g_unichar_validate(c))
			continue;
		n = g_unichar_to_utf8(c, s + 1);
		s[1 + n] = 'y';
		v = json_pack("[s%, s%]", s, (size_t)n + 2, s + 1, (size_t)n);
		g_assert_nonnull(v);
		same(v);
		json_decref(v);
	}
}

/* Where nothing, something and everything is to be escaped, at lengths about
 * those at which memory grows. */
static void
test_lengths(void)
{
	for (size_t n = 0; n < 300; n++) {
		g_autofree char *s = g_strnfill(n, '\n');
		g_autofree char *t = g_strnfill(n, 'a');
		json_t *v = json_pack("{s:s, s:s}", "s", s, "t", t);

		for (size_t i = 0; i < n; i += 7)
			s[i] = '"';
		same(v);
		json_object_set_new(v, "u", json_string(s));
		same(v);
		json_decref(v);
	}
}

static void
test_members(void)
{
	g_autoptr(GString) got = g_string_new(NULL);
	json_t *list = json_pack("[i, s]", 1, "two");

	json_open(got, '{');
	json_put(got, "name", "a\"b{");
	json_put_integer(got, "ttl", -3600);
	json_put_bool(got, "yes", TRUE);
	json_put_value(got, "list", list);
	json_key(got, "within");
	json_open(got, '{');
	json_put_bool(got, "no", FALSE);
	json_close(got, '}');
	json_put_text(got, "text", "caf\xc3\xa9", 5);
	json_put_text(got, "bytes", "caf\xe9", 4);
	json_put_text(got, "nul", "a\0b", 3);
	json_put_text(got, "none", "", 0);
	json_close(got, '}');
	g_assert_cmpstr(got->str, ==, "{\"name\":\"a\\\"b{\",\"ttl\":-3600,"
	    "\"yes\":true,\"list\":[1,\"two\"],\"within\":{\"no\":false},"
	    "\"text\":\"caf\xc3\xa9\",\"bytes\":{\"b64\":\"Y2Fm6Q==\"},"
	    "\"nul\":{\"b64\":\"YQBi\"},\"none\":\"\"}");
	json_decref(list);
}

/* What text_json() takes as text, json_put_text() does, and nothing else. */
static void
test_foreign(void)
{
	static const char *const odd[] = {
		"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xef\xbf\xbf",
		"\xf0\x9f\x98\x80", "\xe2\x82", "\x80", "\xff", "\xc2\x80",
		"\xef\xb7\x90", "\xf8\x88\x80\x80\x80", "\xe0\x9f\xbf",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
		g_autoptr(GString) got = g_string_new("{");
		g_autoptr(GString) want = g_string_new("{\"k\":");
		json_t *v = text_json(odd[i], strlen(odd[i]));

		json_put_text(got, "k", odd[i], strlen(odd[i]));
		json_text(want, v);
		g_assert_cmpstr(got->str, ==, want->str);
		json_decref(v);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json_text/values", test_values);
	g_test_add_func("/json_text/characters", test_characters);
	g_test_add_func("/json_text/lengths", test_lengths);
	g_test_add_func("/json_text/members", test_members);
	g_test_add_func("/json_text/foreign", test_foreign);
	return g_test_run();
}
