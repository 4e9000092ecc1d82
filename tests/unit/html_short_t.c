/*
 * What is kept from the HTML parser changes nothing of what a page says: the
 * pages of tests/data/http and of the lab, as they are and bent, each read
 * shortened and as a whole.
 */

#include "probes/html_short.h"

#include <string.h>

#include "probes/html_parse.h"

#define BENT	60		/* times each page is changed */

static gssize
same_place(const void *arg, size_t pos)
{
	(void)arg;
	return (gssize)pos;
}

static void
says(const char *html, size_t len, gboolean whole, GString *out)
{
	static const char top[] = "HTTP/1.1 200 OK\r\n\r\n";
	struct html_source src = {
		.url = "https://example.com/a/b?c", .html = html, .len = len,
		.http_lang = "", .place = same_place, .whole = whole,
	};
	struct http_message m;
	struct html_head head;

	g_assert_cmpint(http_message_parse(top, sizeof(top) - 1, &m), ==, 0);
	src.m = &m;
	html_parse(&src, &head, out);
	g_string_append_printf(out, "%" G_GSIZE_FORMAT " %s %s\n", head.read,
	    head.refresh, json_string_value(head.title));
	html_head_clear(&head);
	http_message_clear(&m);
}

static void
same(const char *name, const char *html, size_t len)
{
	g_autoptr(GString) one = g_string_new(NULL);
	g_autoptr(GString) two = g_string_new(NULL);

	says(html, len, FALSE, one);
	says(html, len, TRUE, two);
	if (strcmp(one->str, two->str) != 0)
		g_error("%s:\n%.*s\nshortened:\n%s\nwhole:\n%s", name,
		    (int)len, html, one->str, two->str);
}

/* What turns text into something else, or makes the parser move or drop it. */
static const char *const bits[] = { "<", "</", "<!--", "-->", "--!>", "<script>",
	"</script>", "<style>", "</style>", "<textarea>", "</textarea>", "<title>",
	"<table>", "<tr>", "<td>", "</td>", "<select><option>", "</select>",
	"<svg>", "<svg><style>", "</svg>", "<math>", "&amp;", "&", "&nbsp;", "\"",
	"'", "=", "/>", "<p>", "</p>", "<div class=a>", "</div>", "<b>", "<i>",
	"</b>", "<a href=/x>", "</a>", "<frameset>", "<noframes>", "<template>",
	"</template>", "<plaintext>", "<![CDATA[", "]]>", "\r\n", "\r",
	"\xc3\xa9", "\xc2\xa0", "\xff", "\xf0\x9f\x98\x80", "\xef\xbf\xbd",
	"\xc2\x85", "\x0c", "\x01", "<br>", "<body>", "<head>", "</body>",
	"</html>", "<form>", "<pre>\n", "<xmp>", "<iframe>", "<noscript>",
	"<a =\"x>y\">", "<a b==\">\">", "<x y=\"", "<?php ", "<!DOCTYPE html>",
	"</ x>", " a long stretch of plain text that is not parsed ",
	"<script>var a = '//cdn.example/x.js' && 1 & 2;</script>",
	"<style>@import 'https://cdn.example/x.css'; a { b: url(/x.png) }</style>",
	"<script src=\"https://cdn.example/one.js\">", "<svg><script>",
	"<math><annotation-xml encoding=\"text/html\">", "<annotation-xml>",
	"<b class=\"a name that is long\">", "<b class=\"a name that is other\">",
	"<a href=\"https://one.example/a\">", "<div id=\"a long one, twice\" ",
	"<input type=\"hidden\" name=\"a long name\">", "<isindex prompt=\"words here\">",
	"<body class=\"words of a class\">", "<html lang=\"en-GB-oxendict\">",
	"<colgroup>", "<caption>", "<option>", "</table>", "</nosuch>" };

static void
bend(GRand *r, GString *s)
{
	int n = g_rand_int_range(r, 1, 5);

	while (n-- > 0) {
		gssize at = g_rand_int_range(r, 0, (gint32)s->len + 1);
		const char *bit = bits[g_rand_int_range(r, 0,
		    G_N_ELEMENTS(bits))];

		gssize less = g_rand_int_range(r, 0, 20);

		if (g_rand_int_range(r, 0, 4) == 0)
			g_string_erase(s, at, MIN((gssize)s->len - at, less));
		else
			g_string_insert(s, at, bit);
	}
}

static void
both_ways(const char *name, const char *html, size_t len)
{
	g_autoptr(GRand) r = g_rand_new_with_seed((guint32)len);

	same(name, html, len);
	for (int i = 0; i < BENT; i++) {
		g_autoptr(GString) s = g_string_new_len(html, (gssize)len);

		bend(r, s);
		same(name, s->str, s->len);
	}
}

/* The page in a file: of an exchange, what follows the head of the answer. */
static void
test_file(const char *path)
{
	g_autofree char *text = NULL;
	const char *body;
	gsize len;

	g_assert_true(g_file_get_contents(path, &text, &len, NULL));
	body = g_strstr_len(text, (gssize)len, "\r\n\r\n");
	body = g_str_has_suffix(path, ".in") && body != NULL ? body + 4 : text;
	both_ways(path, body, len - (gsize)(body - text));
}

static unsigned
test_folder(const char *folder, const char *suffix)
{
	g_autoptr(GDir) d = g_dir_open(folder, 0, NULL);
	const char *e;
	unsigned n = 0;

	g_assert_nonnull(d);
	while ((e = g_dir_read_name(d)) != NULL) {
		g_autofree char *path = g_build_filename(folder, e, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
			n += test_folder(path, suffix);
		} else if (g_str_has_suffix(e, suffix)) {
			test_file(path);
			n++;
		}
	}
	return n;
}

static void
test_kept(void)
{
	g_assert_cmpuint(test_folder("tests/data/http", ".in"), >, 50);
	g_assert_cmpuint(test_folder("tests/lab/worlds/popcorn", ".html"), >, 3);
	g_assert_cmpuint(test_folder("tests/lab/worlds/links", ".html"), >, 3);
}

/* Text where it is read from the tree, moved, dropped, or not text at all. */
static void
test_corners(void)
{
#define LONG	" a long stretch of plain words: VPN by Lab Inc., $5, Iceland "
	static const char *const rows[] = {
		"<title>" LONG "</title>", "<svg><title>" LONG "</title>",
		"<svg><style>a{b:url(/" LONG ")}</style>",
		"<svg><script>//example.net/" LONG "</script>",
		"<a b==\">\"" LONG "\">x", "<a =\"x>y" LONG "\">x",
		"<a b='>" LONG "'>x", "<!-->" LONG "-->", "<!--->" LONG "-->",
		"<!-- --!>" LONG "-->", "<? >" LONG "<p>",
		"<table>" LONG "<tr>" LONG "<td>" LONG "</table>" LONG,
		"<frameset>" LONG "<noframes>" LONG "</noframes>" LONG,
		"<template>" LONG "</template>" LONG, "<plaintext>" LONG "<p>x",
		"<select>" LONG "<option>" LONG "<style>" LONG "</select>" LONG,
		"<colgroup>" LONG "<pre>\n\n" LONG "</pre>", LONG "</b>" LONG,
		"<p>&amp;" LONG "<p>\xc2\x85" LONG "<p>\xff" LONG "<p>\r\n" LONG,
		"<p><a href='/" LONG "'>" LONG "<p>" LONG "</a><b class=\"" LONG
		"\">" LONG "<p>" LONG, "<p id='x" LONG "' id='y" LONG "'>",
		"</p class='" LONG "'>" LONG, "<body class='" LONG
		"'><body lang='" LONG "'>" LONG, "<img alt='&amp;" LONG "'>",
		"<a href=" LONG ">" LONG, "<svg><path d='" LONG "'/></svg>",
		"<isindex prompt='" LONG "'>", "<math><annotation-xml encoding='"
		LONG "'><b>" LONG, "<input type='" LONG "'><a href='" LONG,
		"<textarea>" LONG "<p></textarea>" LONG, "</body>" LONG "</html>" LONG,
		"<noscript>" LONG "</noscript>" LONG, "<iframe>&amp;" LONG,
		"<script>if (1 && '//a.example/' != \"" LONG "\") x();</script>",
		"<style>@import '//b.example/x.css'; a{b:url(/" LONG ")}</style>",
		"<svg><script>1 &amp;&amp; '//c.example/'" LONG "</script>",
		"<select><script>'//d.example/'" LONG "</script></select>",
		"<div><table><td><math></div><annotation-xml encoding="
		"'text/html'><style>'//e.example/'" LONG "</style>",
		"<frameset><script>'//f.example/'" LONG "</script>",
		"<textarea><script>&amp;'//g.example/'" LONG "</script>",
		"<head>" LONG "<title>x</title>" LONG, "<xmp>" LONG "<p>" LONG,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		both_ways(rows[i], rows[i], strlen(rows[i]));
}

/* It is shortened at all, and places are those of the page. */
static void
test_places(void)
{
	static const char html[] = "<p>\n one two three four five six seven</p>"
	    "<b>short</b><h2 class='a long list of words, longer than forty'>"
	    "eight nine ten eleven twelve thirteen</h2>";
	static const char left[] = "<p>\n o</p><b>short</b><h2 class='a'>e</h2>";
	static const char *const ends[] = { "</p>", "</b>", "</h2>" };
	struct html_short p;

	html_short_make(&p, html, sizeof(html) - 1, FALSE);
	g_assert_cmpuint(p.cuts->len, ==, 3);
	g_assert_cmpuint(p.read, ==, sizeof(html) - 1);
	g_assert_cmpuint(p.len, ==, strlen(left));
	g_assert_true(memcmp(p.html, left, p.len) == 0);
	g_assert_cmpuint(html_short_pos(&p, 5), ==, 5);
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		const char *at = g_strstr_len(p.html, (gssize)p.len, ends[i]);

		g_assert_cmpuint(html_short_pos(&p, (size_t)(at - p.html)), ==,
		    (size_t)(strstr(html, ends[i]) - html));
	}
	html_short_clear(&p);
	html_short_make(&p, html, sizeof(html) - 1, TRUE);
	g_assert_cmpuint(p.cuts->len, ==, 0);
	g_assert_true(p.html == html && p.len == sizeof(html) - 1);
	html_short_clear(&p);
}

static void
left_of(const char *html, const char *left)
{
	struct html_short p;

	html_short_make(&p, html, strlen(html), FALSE);
	g_assert_cmpuint(p.len, ==, strlen(left));
	g_assert_true(memcmp(p.html, left, p.len) == 0);
	html_short_clear(&p);
}

/* What the parser looks at, and what is no text in every state of it. */
static void
test_left_alone(void)
{
	static const char *const rows[] = {
		"<b class='a class by which it is told from others'>",
		"<annotation-xml encoding='text/html'>",
		"<annotation-xml encoding='Application/XHTML+xml'>",
		"</p class='of an end tag, which nobody reads'>",
		"<script>a long one <!-- that may be a comment</script>",
		"<style>a long one &amp; more\r\n of it</style>",
		"<title>a title with a reference &amp; more</title>",
		"<template><p>not looked into, so not shortened</p></template>",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		left_of(rows[i], rows[i]);
	left_of("<script>\n if (a && b) c();\n</script>",
	    "<script>\n i</script>");
	left_of("<style>a:hover{color:red}</style>", "<style>a</style>");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/html_short/places", test_places);
	g_test_add_func("/html_short/left-alone", test_left_alone);
	g_test_add_func("/html_short/corners", test_corners);
	g_test_add_func("/html_short/kept", test_kept);
	return g_test_run();
}
