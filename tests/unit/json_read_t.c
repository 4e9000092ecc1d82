/* probes/json_read: what jansson reads, and what it refuses. */

#include <string.h>

#include "probes/json_read.h"

#define DEPTH	64

static gboolean
deeper(const char *s, size_t len)
{
	int depth = 0, most = 0;
	gboolean quoted = FALSE;

	for (size_t i = 0; i < len; i++) {
		if (quoted && s[i] == '\\')
			i++;
		else if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && (s[i] == '[' || s[i] == '{'))
			depth++;
		else if (!quoted && (s[i] == ']' || s[i] == '}'))
			depth--;
		most = MAX(most, depth);
	}
	return most > DEPTH;
}

/* In each way to treat keys that stand twice, and U+0000. */
static void
same(const char *s, size_t len)
{
	for (unsigned how = 0; how <= (JSON_ONCE | JSON_NO_NUL); how++) {
		json_t *want = deeper(s, len) ? NULL : json_loadb(s, len,
		    (how & JSON_NO_NUL ? 0u : JSON_ALLOW_NUL) |
		    (how & JSON_ONCE ? JSON_REJECT_DUPLICATES : 0u), NULL);
		json_t *got = json_read(s, len, DEPTH, how);

		if ((got == NULL) != (want == NULL) || (got != NULL &&
		    !json_equal(got, want)))
			g_error("read otherwise (%s, %s): %.*s",
			    want != NULL ? "good" : "bad", got != NULL ?
			    "good" : "bad", (int)len, s);
		if (got != NULL) {
			char *a = json_dumps(got, 0), *b = json_dumps(want, 0);

			g_assert_cmpstr(a, ==, b);	/* the order, too */
			free(a);
			free(b);
		}
		json_decref(got);
		json_decref(want);
	}
}

static void
test_texts(void)
{
	static const char *const texts[] = {
		"{}", "[]", " [ ] \n", "[1,]", "[,1]", "{,}", "[1 2]", "{\"a\"}",
		"{\"a\":1,}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"b\":2,\"a\":3}",
		"[] x", "[]]", "[", "{", "[\"", "[\"\\", "[\"\\u", "[\"a]", "",
		" ", "1", "\"a\"", "null", "[null]", "[nul]", "[nullx]",
		"[true,false]", "[True]", "[0]", "[-0]", "[00]", "[01]", "[-]",
		"[1.]", "[.5]", "[1.5]", "[1e5]", "[1E+5]", "[1e]", "[1e+]",
		"[-1.5e-3]", "[1e400]", "[-1e400]", "[1e-400]", "[+1]",
		"[9223372036854775807]", "[9223372036854775808]",
		"[-9223372036854775808]", "[-9223372036854775809]", "[0x10]",
		"[\"\\u0041\\n\\t\\\"\\\\\\/\\b\\f\\r\"]", "[\"\\a\"]",
		"[\"\\ud83d\\ude00\"]", "[\"\\ud83d\"]", "[\"\\ude00\"]",
		"[\"\\ud83d\\u0041\"]", "[\"\\ud83dx\"]", "[\"\\uD83D\\uDE0\"]",
		"[\"\\u0000\"]", "{\"a\\u0000b\":1}", "[\"\\u00e9\\u20ac\"]",
		"[\"a\nb\"]", "[\"\x7f\"]", "[\"\xc3\xa9\"]", "[\"\xc3\"]",
		"[\"\xff\"]", "[\"\xed\xa0\x80\"]", "[\"\xc0\x80\"]",
		"[\"\xf4\x90\x80\x80\"]", "[\"\xef\xbf\xbe\"]",
		"[\"\\n\xff\"]", "[\"\\u0000\xff\"]", "[\"\\u0000\xc3\xa9\"]",
		"\xef\xbb\xbf[]", "[1]\x01", "{\"\\u0061\":1,\"a\":2}",
		"{\"a\" :\t1 , \"b\"\n:[ ]}", "{1:2}", "{\"a\":}", "{:1}", "[}",
		"{]", "[1;2]", "{\"\":\"\"}", "[\"\\u00zz\"]", "[\"\\U0041\"]",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		same(texts[i], strlen(texts[i]));
	same("[1]\0", 4);
	same("[\"\0\"]", 5);
	same("[\0]", 3);
}

static void
test_depth(void)
{
	for (int n = DEPTH - 1; n <= DEPTH + 1; n++) {
		g_autofree char *open = g_strnfill((gsize)n, '[');
		g_autofree char *close = g_strnfill((gsize)n, ']');
		g_autofree char *text = g_strconcat(open, close, NULL);
		json_t *v = json_read(text, strlen(text), DEPTH, JSON_ANY);

		g_assert_true((v != NULL) == (n <= DEPTH));
		json_decref(v);
	}
	/* However deep one may want it. */
	for (int n = 1; n < 3; n++) {
		g_autofree char *open = g_strnfill((gsize)n * 100000, '[');

		g_assert_null(json_read(open, strlen(open), G_MAXINT,
		    JSON_ANY));
	}
}

static void
test_keys(void)
{
	g_autofree char *pad = g_strnfill(200, 'k');
	g_autofree char *text = g_strdup_printf("{\"\\u0041%s\":\"\\u0042\","
	    "\"%s\":[\"\\n\"],\"\\u0041\":{\"\\t\":\"\\t\"}}", pad, pad);

	same(text, strlen(text));
}

/* Kept answers, with bytes changed, always the same ones. */
static void
test_bent(void)
{
	static const char bytes[] = "\"\\{}[],:0159eE+-.tfn \t\r\n\x1f\xc3\xe2"
	    "\x80\xffu";
	g_autoptr(GDir) d = g_dir_open("tests/data/rdap", 0, NULL);
	guint32 r = 20190139;
	const char *e;

	g_assert_nonnull(d);
	while ((e = g_dir_read_name(d)) != NULL) {
		g_autofree char *path = g_build_filename("tests/data/rdap", e,
		    NULL);
		g_autofree char *text = NULL;
		const char *body;
		gsize len;

		if (!g_str_has_suffix(e, ".in") ||
		    !g_file_get_contents(path, &text, &len, NULL) ||
		    (body = strchr(text, '{')) == NULL)
			continue;
		len -= (gsize)(body - text);
		same(body, len);
		for (int k = 0; k < 300; k++) {
			g_autofree char *copy = g_memdup2(body, len);

			for (int i = 0; i <= k % 3; i++) {
				r = r * 1664525 + 1013904223;
				copy[(r >> 8) % len] =
				    bytes[(r >> 4) % (sizeof bytes - 1)];
			}
			same(copy, k % 7 == 0 ? (r >> 8) % len : len);
		}
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json_read/texts", test_texts);
	g_test_add_func("/json_read/depth", test_depth);
	g_test_add_func("/json_read/keys", test_keys);
	g_test_add_func("/json_read/bent", test_bent);
	return g_test_run();
}
