/*
 * The HTML writer: whatever goes in, only text comes out of it, and what is
 * copied from the page is what was in the record.
 */

#include <string.h>

#include "probes/text.h"
#include "reports/html.h"

static const char hostile[] = "</style><script>alert('x')</script>"
	"\"&\xe2\x80\xae\xe2\x80\x8b\x01\x1b[31m<b>";

struct page_test {
	struct html	 h;
	struct run	*run;
};

static void
set_up(struct page_test *t, gconstpointer unused)
{
	(void)unused;
	t->run = run_new();
	html_open(&t->h, g_string_new(NULL), t->run, "");
}

static void
tear_down(struct page_test *t, gconstpointer unused)
{
	(void)unused;
	html_close(&t->h);
	g_string_free(t->h.out, TRUE);
	run_free(t->run);
}

/* What a browser would copy: the text without its tags. */
static char *
copied(const char *html)
{
	GString *s = g_string_new(NULL);
	gboolean tag = FALSE;

	for (; *html != '\0'; html++) {
		if (*html == '<')
			tag = TRUE;
		if (!tag)
			g_string_append_c(s, *html);
		if (*html == '>')
			tag = FALSE;
	}
	return g_string_free(s, FALSE);
}

static void
assert_tame(const char *html)
{
	g_assert_null(strstr(html, "<script"));
	g_assert_null(strstr(html, "<b>"));
	g_assert_null(strstr(html, "</style"));
	g_assert_null(strstr(html, "\xe2\x80\xae"));
	g_assert_null(strstr(html, "\xe2\x80\x8b"));
	g_assert_null(strchr(html, '\x01'));
	g_assert_null(strchr(html, '\x1b'));
}

static void
test_escapes(struct page_test *t, gconstpointer unused)
{
	static const char *const forms[] = {
		"%t", "%n", "%p", "%P", "%a", "%u", "%U", "%f", "%D", "%h", "%H",
	};

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		g_string_truncate(t->h.out, 0);
		say(&t->h, forms[i], hostile);
		assert_tame(t->h.out->str);
		g_assert_nonnull(strstr(t->h.out->str, "&lt;"));
	}
	g_string_truncate(t->h.out, 0);
	html_json(&t->h, NULL);
	g_assert_cmpstr(t->h.out->str, ==, "");
	json_t *bytes = text_json("\xff\xfe\x00", 3);
	html_json(&t->h, bytes);
	json_decref(bytes);
	g_assert_cmpstr(t->h.out->str, ==, "3 bytes that are not UTF-8 text");
}

/* Breaks are tags, so copying gives the name and nothing else. */
static void
test_breaks(struct page_test *t, gconstpointer unused)
{
	static const char name[] = "ada.ns.cloud-flare.example.com";
	g_autofree char *hash = g_strnfill(64, 'a');

	(void)unused;
	html_name(&t->h, name);
	g_assert_nonnull(strstr(t->h.out->str, "ada.<wbr>ns.<wbr>"
	    "<span class=\"nb\">cloud-flare.</span><wbr>example.<wbr>com"));
	g_autofree char *back = copied(t->h.out->str);
	g_assert_cmpstr(back, ==, name);
	g_string_truncate(t->h.out, 0);
	html_hash(&t->h, hash, 8);
	g_autofree char *digits = copied(t->h.out->str);
	g_assert_cmpstr(digits, ==, hash);
	g_assert_nonnull(strstr(t->h.out->str, "aaaaaaaa<wbr>aaaaaaaa"));
	g_string_truncate(t->h.out, 0);
	html_url(&t->h, "https://a.example/b?c=d");
	g_assert_cmpstr(t->h.out->str, ==,
	    "https://<wbr>a.example/<wbr>b?<wbr>c=<wbr>d");
}

static void
test_long(struct page_test *t, gconstpointer unused)
{
	g_autofree char *much = g_strnfill(100000, 'x');

	(void)unused;
	html_text(&t->h, much);
	g_assert_cmpuint(t->h.out->len, <, 3000);
	g_assert_nonnull(strstr(t->h.out->str,
	    "[cut here; 100000 bytes in the record]"));
	/* A cut falls between characters. */
	g_autoptr(GString) wide = g_string_new(NULL);
	for (int i = 0; i < 2000; i++)
		g_string_append(wide, "\xe2\x82\xac");
	g_string_truncate(t->h.out, 0);
	html_text(&t->h, wide->str);
	g_assert_true(g_utf8_validate(t->h.out->str, -1, NULL));
	g_assert_null(strstr(t->h.out->str, "\\x"));
}

static void
test_numbers(struct page_test *t, gconstpointer unused)
{
	(void)unused;
	say(&t->h, "%d %d %d %i 100%%", (uint64_t)0, (uint64_t)999,
	    (uint64_t)1234567, (uint64_t)1234567);
	g_assert_cmpstr(t->h.out->str, ==, "0 999 1,234,567 1234567 100%");
	g_string_truncate(t->h.out, 0);
	html_when(&t->h, "2026-09-14T18:02:09.123456Z");
	g_assert_cmpstr(t->h.out->str, ==,
	    "<span class=\"nb\">2026-09-14</span> 18:02:09 UTC");
	g_autofree char *cut = html_shorten("a title that is long", 10);
	g_assert_cmpstr(cut, ==, "a title t\xe2\x80\xa6");
	g_autofree char *whole = html_shorten("short", 10);
	g_assert_cmpstr(whole, ==, "short");
}

/* The word is always there; the shape is hidden from readers aloud. */
static void
test_status(struct page_test *t, gconstpointer unused)
{
	(void)unused;
	for (int st = 0; st < STATUSES; st++) {
		g_autofree char *word = NULL;

		g_string_truncate(t->h.out, 0);
		html_status(&t->h, (enum status)st, 0);
		g_assert_nonnull(strstr(t->h.out->str, "aria-hidden=\"true\""));
		word = g_strdup_printf("</i>%s</span>",
		    status_name((enum status)st));
		g_assert_nonnull(strstr(t->h.out->str, word));
	}
	html_status(&t->h, ST_NONE, 10);
	g_assert_nonnull(strstr(t->h.out->str, "NONE 10"));
}

static void
add_exhibit(struct run *run, const char *line)
{
	g_ptr_array_add(run->exhibits, exhibit_read(line, strlen(line)));
}

static void
test_cites(struct page_test *t, gconstpointer unused)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	g_autoptr(GString) out = g_string_new(NULL);
	struct html h;

	(void)unused;
	add_exhibit(t->run, "{\"id\":\"D-1\",\"title\":\"\",\"target\":\"\","
	    "\"records\":[3,4]}");
	add_exhibit(t->run, "{\"id\":\"E-2\",\"title\":\"\",\"target\":\"\","
	    "\"records\":[9]}");
	html_open(&h, out, t->run, "exhibit.html");
	html_cite(&h, records);
	g_assert_cmpstr(out->str, ==, "");
	cites_add(records, 9);
	cites_add(records, 4);
	cites_add(records, 3);
	cites_add(records, 4);
	html_cite(&h, records);
	g_assert_cmpstr(out->str, ==, "<cite>[<a class=\"rec\" data-record=\"3\" "
	    "href=\"exhibit.html#r3\">Ex. D-1, rec. 3</a>, <a class=\"rec\" "
	    "data-record=\"4\" href=\"exhibit.html#r4\">4</a>, <a class=\"rec\" "
	    "data-record=\"9\" href=\"exhibit.html#r9\">Ex. E-2, rec. 9</a>]"
	    "</cite>");
	html_close(&h);
}

/* A case title is text of a person: it must not end the style sheet. */
static void
test_head(struct page_test *t, gconstpointer unused)
{
	const struct page p = {
		.title = hostile, .css = "", .size = "A4",
		.top_left = hostile, .top_right = "a \"title\"\nof two lines",
		.bottom_left = hostile,
	};
	const char *css, *end;

	(void)unused;
	html_head(&t->h, &p);
	css = strstr(t->h.out->str, "<style>");
	end = strstr(css, "</style>");
	g_assert_nonnull(end);
	g_assert_null(strstr(end + 1, "</style>"));
	g_assert_null(strstr(t->h.out->str, "<script"));
	g_assert_nonnull(strstr(css, "@page{size:A4;"));
	g_assert_null(strstr(css, "a \"title\""));
	g_assert_nonnull(strstr(css, "a \\000022title\\000022"));
	g_assert_nonnull(strstr(t->h.out->str, "default-src 'none'; style-src "
	    "'unsafe-inline'"));
}

#define TEST(name, fn) \
	g_test_add(name, struct page_test, NULL, set_up, fn, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	TEST("/html/escapes", test_escapes);
	TEST("/html/breaks", test_breaks);
	TEST("/html/long", test_long);
	TEST("/html/numbers", test_numbers);
	TEST("/html/status", test_status);
	TEST("/html/cites", test_cites);
	TEST("/html/head", test_head);
	return g_test_run();
}
