/*
 * The exhibit's drawings: each address of a role is in the first with its
 * holder, each kind of question has a lane in the second, foreign text is text,
 * and however much there is the drawing is bounded and well formed.
 */

#include <string.h>

#include "reports/drawing.h"
#include "tests/unit/linekit.h"

/* The section's markup, of a record made of lines. */
static char *
drawn(const char *const *lines, size_t n)
{
	struct kit k = { .rec = NULL };
	GString *out = g_string_new(NULL);
	struct exhibit_doc x = { .tables = 0 };

	for (size_t i = 0; i < n; i++)
		linekit_line(&k, lines[i]);
	const struct report rep = { .rec = k.rec, .run = k.run, .target =
	    "popcorn-time.ch", .version = "0", .exhibit_file = "exhibit.html" };
	view_open(&x.v, &rep);
	html_open(&x.h, out, k.run, "");
	html_raw(&x.h, "<section>");
	exhibit_drawn(&x);
	html_raw(&x.h, "</section>");
	html_close(&x.h);
	view_close(&x.v);
	kit_clear(&k);
	return g_string_free(out, FALSE);
}

/* Well formed as XML but for the two names of HTML that it has. */
static void
well_formed(const char *markup)
{
	g_autoptr(GMarkupParseContext) c = g_markup_parse_context_new(
	    &(GMarkupParser){ .text = NULL }, 0, NULL, NULL);
	g_autoptr(GError) e = NULL;

	g_markup_parse_context_parse(c, markup, -1, &e);
	g_assert_no_error(e);
	g_markup_parse_context_end_parse(c, &e);
	g_assert_no_error(e);
}

static void
test_popcorn(void)
{
	static const char *const lines[] = { "base popcorn" };
	g_autofree char *out = drawn(lines, 1);
	static const char *const words[] = { "Figure 1.", "Figure 2.",
		"popcorn-time.ch", "LiteServer B.V.", ">HOST<", ">DNS<",
		">MAIL<", ">NL<", "Name servers", "Mail servers", ">RDAP<",
		">page (HTTP)<", "it does not say who used an address",
		"not the place of a server" };

	well_formed(out);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		g_assert_nonnull(strstr(out, words[i]));
	g_assert_nonnull(strstr(out, "<circle"));
}

/* Fifty addresses of one holder are a few lines and a number. */
static void
test_many(void)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *out = NULL;

	g_ptr_array_add(lines, g_strdup("base popcorn"));
	for (int i = 0; i < 50; i++)
		g_ptr_array_add(lines, g_strdup_printf("address popcorn-time.ch "
		    "| 192.0.2.%d | One Holder | US", i + 1));
	out = drawn((const char *const *)lines->pdata, lines->len);
	well_formed(out);
	g_assert_cmpuint(kit_count(out, ">One Holder<"), ==, DRAWING_EQUAL);
	g_assert_nonnull(strstr(out, "and 47 more of the same holder"));
}

/* Two hundred names are not two hundred lines. */
static void
test_bounded(void)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *out = NULL;

	g_ptr_array_add(lines, g_strdup("base popcorn"));
	for (int i = 0; i < 200; i++)
		g_ptr_array_add(lines, g_strdup_printf("address "
		    "n%d.popcorn-time.ch | 192.0.2.%d | Holder %d | US", i,
		    i + 1, i));
	out = drawn((const char *const *)lines->pdata, lines->len);
	well_formed(out);
	g_assert_cmpuint(kit_count(out, ">HOST<"), <=, DRAWING_ROWS);
	g_assert_nonnull(strstr(out, "further addresses are not drawn"));
}

static void
test_hostile(void)
{
	static const char *const lines[] = { "base popcorn",
		"address popcorn-time.ch | 192.0.2.1 | </text></svg><script>"
		"alert(1)</script> \342\200\256 & and as long as a "
		"holder likes to be, so that no column of any drawing has room "
		"for it | US" };
	g_autofree char *out = drawn(lines, G_N_ELEMENTS(lines));

	well_formed(out);
	g_assert_null(strstr(out, "<script"));
	g_assert_null(strstr(out, "\342\200\256"));
	g_assert_nonnull(strstr(out, "\342\200\246</text>"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/drawing/the order's own site", test_popcorn);
	g_test_add_func("/drawing/many addresses of one holder", test_many);
	g_test_add_func("/drawing/bounded", test_bounded);
	g_test_add_func("/drawing/hostile words", test_hostile);
	return g_test_run();
}
