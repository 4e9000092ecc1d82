#include <string.h>
#include <time.h>

#include "probes/text.h"

typedef void escaper(GString *, const char *, gssize);

static void
same(escaper *fn, const char *in, gssize len, const char *want)
{
	g_autoptr(GString) out = g_string_new(NULL);

	fn(out, in, len);
	g_assert_cmpstr(out->str, ==, want);
}

/* What a server says can neither move the cursor nor hide or turn text. */
static void
term(void)
{
	same(text_term, "plain \xc3\xa9\xe4\xb8\xad", -1,
	    "plain \xc3\xa9\xe4\xb8\xad");
	same(text_term, "\x1b[2J\x07\n\t\r", -1, "\\x1B[2J\\x07\\x0A\\x09\\x0D");
	same(text_term, "a\0b", 3, "a\\x00b");
	same(text_term, "\x7f\xc2\x9b", -1, "\\x7F\\u009B");
	same(text_term, "\xe2\x80\xae" "gpj.exe", -1, "\\u202Egpj.exe");
	same(text_term, "\xe2\x81\xa6\xe2\x80\x8f\xd8\x9c", -1,
	    "\\u2066\\u200F\\u061C");
	same(text_term, "\xe2\x80\x8b\xe2\x81\xa0\xef\xbb\xbf\xc2\xad", -1,
	    "\\u200B\\u2060\\uFEFF\\u00AD");
	same(text_term, "\xe2\x80\xa8\xe2\x80\xa9", -1, "\\u2028\\u2029");
	same(text_term, "\xf3\xa0\x81\x81", -1, "\\U000E0041");
	same(text_term, "\xff\xc0\x80\xed\xa0\x80\xe2\x80", -1,
	    "\\xFF\\xC0\\x80\\xED\\xA0\\x80\\xE2\\x80");
	same(text_term, "\xe2\x80\x8b", 2, "\\xE2\\x80");
	same(text_term, "%s%n", -1, "%s%n");
	same(text_term, "", 0, "");
}

static void
html(void)
{
	same(text_html, "<script>\"x\" & 'y'</script>\n", -1,
	    "&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;\n");
	same(text_html, "a\0<\x1b", 4, "a\\x00&lt;\\x1B");
	same(text_html, "\xe2\x80\xae", -1, "\\u202E");
}

static void
css(void)
{
	same(text_css, "a\"b\\c</style>\n", -1,
	    "a\\000022b\\00005cc\\00003c/style\\00003e\\00005cx0A");
}

static void
csv(void)
{
	same(text_csv, "plain", -1, "plain");
	same(text_csv, "a,\"b\"\r\nc", -1, "\"a,\"\"b\"\"\r\nc\"");
	same(text_csv, "=cmd()", -1, "\"'=cmd()\"");
	same(text_csv, "@x", -1, "\"'@x\"");
	same(text_csv, "\tx", -1, "\"'\tx\"");
	same(text_csv, "a=b\x1b", -1, "a=b\\x1B");
}

static void
json_same(const char *in, size_t len, const char *want)
{
	json_t *j = text_json(in, len);
	g_autofree char *s = json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY);

	g_assert_cmpstr(s, ==, want);
	json_decref(j);
}

static void
json(void)
{
	json_same("abc\n", 4, "\"abc\\n\"");
	json_same("", 0, "\"\"");
	json_same("a\0b", 3, "{\"b64\":\"YQBi\"}");
	json_same("caf\xe9", 4, "{\"b64\":\"Y2Fm6Q==\"}");
	json_same("\xed\xa0\x80", 3, "{\"b64\":\"7aCA\"}");
}

/* Against the C library's calendar, in steps that meet every month end. */
static void
calendar(void)
{
	char ours[32], theirs[32];

	for (int64_t t = -62167219200; t <= 253402300799; t += 86400 * 13 - 7) {
		time_t tt = (time_t)t;
		struct tm tm;

		gmtime_r(&tt, &tm);
		snprintf(theirs, sizeof theirs, "%04u-%02u-%02uT%02u:%02u:%02uZ",
		    (unsigned)(tm.tm_year + 1900) % 10000,
		    (unsigned)(tm.tm_mon + 1) % 100,
		    (unsigned)tm.tm_mday % 100, (unsigned)tm.tm_hour % 100,
		    (unsigned)tm.tm_min % 100, (unsigned)tm.tm_sec % 100);
		text_time_s(ours, t * 1000000 + 999999);
		g_assert_cmpstr(ours, ==, theirs);
		g_assert_cmpint(text_time_parse(ours), ==, t * 1000000);
	}
}

static void
times(void)
{
	char s[32];

	text_time(s, INT64_C(1795473208123456));
	g_assert_cmpstr(s, ==, "2026-11-23T22:33:28.123456Z");
	text_time(s, -1);
	g_assert_cmpstr(s, ==, "1969-12-31T23:59:59.999999Z");
	text_time(s, INT64_MAX);
	g_assert_cmpstr(s, ==, "9999-12-31T23:59:59.999999Z");
	text_time(s, INT64_MIN);
	g_assert_cmpstr(s, ==, "0000-01-01T00:00:00.000000Z");
	g_assert_cmpint(text_time_parse("2026-11-24T00:33:28.123456789+02:00"),
	    ==, INT64_C(1795473208123456));
	g_assert_cmpint(text_time_parse("2016-12-31T23:59:60Z"), ==,
	    INT64_C(1483228800000000));
}

static void
not_times(void)
{
	static const char *const bad[] = {
		"", "2026", "2026-11-23", "2026-11-23T22:33:28",
		"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
		"2026-11-23T24:00:00Z", "2026-11-23T22:33:28.Z",
		"2026-11-23T22:33:28Zx", "2026-11-23 22:33:28Z",
		"2026-11-23T22:33:28+2:00", "\xff", "20261123T223328Z",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_cmpint(text_time_parse(bad[i]), ==, INT64_MIN);
}

static void
hashes(void)
{
	char s[65];

	text_sha256(s, "abc", 3);
	g_assert_cmpstr(s, ==, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	text_sha256(s, NULL, 0);
	g_assert_cmpstr(s, ==, "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855");
	text_hex(s, (const unsigned char *)"\x00\xff\x1a", 3);
	g_assert_cmpstr(s, ==, "00ff1a");
}

static void
test_day(void)
{
	static const char *const none[] = { "", "2026", "2026-02-30",
	    "0000-01-01", "2026-13-01", "2026-1-01", "2026-01-011",
	    "2026/01/01", "26-01-01", "2026-01-0", "x2026-01-01" };
	GDate d;

	g_assert_true(text_day("2024-02-29T23:59:60Z", &d));
	g_assert_cmpint(g_date_get_year(&d), ==, 2024);
	g_assert_cmpint(g_date_get_month(&d), ==, 2);
	g_assert_cmpint(g_date_get_day(&d), ==, 29);
	g_assert_true(text_day("2026-11-23", &d));
	for (size_t i = 0; i < G_N_ELEMENTS(none); i++)
		g_assert_false(text_day(none[i], &d));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/text/day", test_day);
	g_test_add_func("/text/term", term);
	g_test_add_func("/text/html", html);
	g_test_add_func("/text/css", css);
	g_test_add_func("/text/csv", csv);
	g_test_add_func("/text/json", json);
	g_test_add_func("/text/time/calendar", calendar);
	g_test_add_func("/text/time", times);
	g_test_add_func("/text/time/not", not_times);
	g_test_add_func("/text/hash", hashes);
	return g_test_run();
}
