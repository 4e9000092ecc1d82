/*
 * Pages as they came, from tests/data/http; and pages made here, which would
 * be too large to keep: each is meant to take a parser's time, stack or memory.
 */

#include <string.h>
#include <zlib.h>

#include "probes/html_bound.h"
#include "probes/limits.h"
#include "tests/unit/fixture.h"

static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
static const char url[] = "https://popcorn-time.ch/";

/* Reads a page; TRUE where a fact holds the text. */
static gboolean
page_says(const GString *body, const char *coding, const char *text)
{
	g_autoptr(GString) block = g_string_new(head);
	g_autoptr(GString) out = g_string_new(NULL);
	struct exchange *x;

	if (coding != NULL)
		g_string_append_printf(block, "Content-Encoding: %s\r\n",
		    coding);
	g_string_append(block, "\r\n");
	g_string_append_len(block, body->str, (gssize)body->len);
	x = fixture_exchange(PROBE_HTTP, url, "page", "popcorn-time.ch",
	    block->str, block->len);
	g_assert_cmpint(fixture_read(x, out), ==, 0);
	exchange_free(x);
	return strstr(out->str, text) != NULL;
}

/*
 * What is repeated, and how often; said is of the words before it, which are
 * always found.
 */
static const struct {
	const char	*name, *open, *close;
	unsigned	 times;
	gboolean	 whole;		/* what comes after is found, too */
} heavy[] = {
	{ "nested-500", "<div>", "</div>", 500, TRUE },
	{ "nested-5000", "<div>", "</div>", 5000, FALSE },
	{ "nested-million", "<div>", "", 1000000, FALSE },
	{ "svg", "<svg><g>", "", 100000, FALSE },
	{ "lists", "<ul><li>", "", 100000, FALSE },
	{ "formatting", "<b a=1><p>", "", 100000, FALSE },
	{ "formatting-in-blocks", "<div><b><i><u></div>x", "", 100000, FALSE },
	{ "anchors", "<a href=/x>", "", 50000, TRUE },
	{ "paragraphs", "<p>x", "", 50000, TRUE },
	{ "cells", "<td>", "", 50000, TRUE },
	{ "tables", "<table>", "", 100000, FALSE },
	{ "attributes", "<i a", " b", 100000, FALSE },
	{ "comments", "<!--x-->", "", 200000, TRUE },
	{ "references", "&copy;&#169;", "", 200000, TRUE },
	{ "words", "VPN free get $5 Hawaii Inc. @ a@b.example ", "", 40000,
	    TRUE },
	{ "one-word", "a", "", 4000000, TRUE },
	{ "at-signs", "@", "", 2000000, TRUE },
	{ "currency", "$", "", 2000000, TRUE },
};

static void
test_heavy(gconstpointer arg)
{
	unsigned i = GPOINTER_TO_UINT(arg), n;
	g_autoptr(GString) s = g_string_new("<p>Made in Iceland.</p>");

	for (n = 0; n < heavy[i].times; n++)
		g_string_append(s, heavy[i].open);
	for (n = 0; n < heavy[i].times && *heavy[i].close != '\0'; n++)
		g_string_append(s, heavy[i].close);
	g_string_append(s, "<p>Governed by the laws of France.</p>");
	g_assert_true(page_says(s, NULL, "Made in Iceland"));
	g_assert_cmpint(page_says(s, NULL, "governing-law"), ==,
	    heavy[i].whole);
}

/* A tag with two hundred thousand attributes takes gumbo minutes. */
static void
test_attributes(void)
{
	g_autoptr(GString) s = g_string_new("<p>Made in Iceland.</p><i ");
	unsigned n;

	for (n = 0; n < 200000; n++)
		g_string_append_printf(s, "a%u ", n);
	g_string_append(s, "><p>Made in France.</p>");
	g_assert_true(page_says(s, NULL, "Made in Iceland"));
	g_assert_false(page_says(s, NULL, "Made in France"));
	g_assert_true(page_says(s, NULL, "\"read\":23"));
}

static void
test_megabyte_attribute(void)
{
	g_autofree char *a = g_strnfill(1 << 20, 'x');
	g_autoptr(GString) s = g_string_new(NULL);

	g_string_printf(s, "<a class=\"%s\" href=\"/%s\">Terms</a><form action="
	    "\"%s\"><input name=\"%s\"></form><p>Made in France.", a, a, a, a);
	g_assert_true(page_says(s, NULL, "Made in France"));
	g_string_printf(s, "<title>%s</title><p>%s in France.", a, a);
	g_assert_true(page_says(s, NULL, "\"country\""));
}

/* 8 GiB of blanks in 8 MiB would be a bomb; 64 MiB in 64 KiB shows the limit. */
static void
test_bomb(void)
{
	g_autofree char *blanks = g_strnfill(64 << 20, ' ');
	g_autoptr(GString) s = g_string_new(NULL);
	z_stream z = { 0 };

	memcpy(blanks, "<p>Made in France.", 18);
	g_assert_cmpint(deflateInit2(&z, 9, Z_DEFLATED, 31, 9, 0), ==, Z_OK);
	g_string_set_size(s, 1 << 20);
	z.next_in = (Bytef *)blanks;
	z.avail_in = 64 << 20;
	z.next_out = (Bytef *)s->str;
	z.avail_out = 1 << 20;
	g_assert_cmpint(deflate(&z, Z_FINISH), ==, Z_STREAM_END);
	g_string_set_size(s, z.total_out);
	deflateEnd(&z);
	g_assert_true(page_says(s, "gzip", "Made in France"));
	g_assert_true(page_says(s, "gzip, gzip, gzip, gzip, gzip",
	    "\"read\":0"));
}

/* The offset of a fact is where its words begin, in the bytes received. */
static void
test_offsets(void)
{
	static const char page[] = "<p>&lt;&amp;&nbsp;\r\n\tx\xff <b>Made</b>\n"
	    "in  Iceland.</p><!-- Made in Norway --><p>Caf&eacute; Made in "
	    "France.</p>";
	static const char *const want[] = { "Made</b>\n", "Caf&eacute;" };
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *block = g_strconcat(head, "\r\n", page, NULL);
	struct exchange *x = fixture_exchange(PROBE_HTTP, url, "page", "",
	    block, strlen(block));
	g_auto(GStrv) lines = NULL;
	unsigned i, n = 0;

	g_assert_cmpint(fixture_read(x, out), ==, 0);
	lines = g_strsplit(out->str, "\n", -1);
	for (i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
		struct fact *f = fact_from_line(lines[i], strlen(lines[i]));
		int64_t at = fact_int(f, "offset", -1);

		if (f->kind == FACT_PAGE_WORDS) {
			g_assert_cmpuint(n, <, G_N_ELEMENTS(want));
			g_assert_cmpstr(fact_str(f, "in"), ==, "block");
			if (n == 0)	/* the sentence begins with "<&" */
				at += strstr(page, "Made") - (page + 3);
			g_assert_true(g_str_has_prefix(block + at, want[n]));
			n++;
		}
		fact_free(f);
	}
	g_assert_cmpuint(n, ==, 2);
	exchange_free(x);
}

/* At most so many of a kind, and no rule drowns the others. */
static void
test_most(void)
{
	g_autoptr(GString) s = g_string_new(NULL);
	unsigned n;

	for (n = 0; n < 500; n++)
		g_string_append_printf(s, "<p>Film %u in Iceland.<p>Pay $%u"
		    "<a href=/download/%u>Download %u</a><form action=/%u>"
		    "</form><img src=//h%u.example/>", n, n, n, n, n, n);
	g_string_append(s, "<p>Governed by the laws of France.");
	g_assert_true(page_says(s, NULL, "\"governing-law\""));
	g_assert_true(page_says(s, NULL, "h59.example"));
	g_assert_false(page_says(s, NULL, "h60.example"));
	g_assert_true(page_says(s, NULL, "/19\",\"method"));
	g_assert_false(page_says(s, NULL, "/20\",\"method"));
	g_assert_true(page_says(s, NULL, "\"amount\":\"39\""));
	g_assert_false(page_says(s, NULL, "\"amount\":\"40\""));
}

static void
test_bound(void)
{
	static const struct {
		const char	*html;
		gboolean	 whole;
	} rows[] = {
		{ "", TRUE }, { "<", TRUE }, { "<a", TRUE }, { "<a b='", TRUE },
		{ "</", TRUE }, { "<!--", TRUE }, { "<!-->", TRUE },
		{ "<script>", TRUE }, { "<script></script", TRUE },
		{ "<svg><script>", TRUE }, { "<svg/>", TRUE },
		{ "<!--\0--><b>", TRUE },
	};
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpint(html_bound(rows[i].html, strlen(rows[i].html),
		    NULL, NULL)
		    == strlen(rows[i].html), ==, rows[i].whole);
}

int
main(int argc, char **argv)
{
	unsigned i;

	g_test_init(&argc, &argv, NULL);
	fixture_suite("http", PROBE_HTTP);
	for (i = 0; i < G_N_ELEMENTS(heavy); i++) {
		g_autofree char *name = g_strdup_printf("/http-made/%s",
		    heavy[i].name);

		g_test_add_data_func(name, GUINT_TO_POINTER(i), test_heavy);
	}
	g_test_add_func("/http-made/attributes-apart", test_attributes);
	g_test_add_func("/http-made/megabyte", test_megabyte_attribute);
	g_test_add_func("/http-made/bomb", test_bomb);
	g_test_add_func("/http-made/offsets", test_offsets);
	g_test_add_func("/http-made/most", test_most);
	g_test_add_func("/http-made/bound", test_bound);
	return g_test_run();
}
