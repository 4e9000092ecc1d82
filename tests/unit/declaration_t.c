/*
 * Drafts that a person finishes: they state what the record states and cite it,
 * they leave blank what only a person knows, and nothing in them is assessed.
 */

#include <string.h>

#include "reports/facts_list.h"
#include "reports/render.h"
#include "tests/unit/recordkit.h"

static char *
drawn(const struct kit *k, renderer_fn *render)
{
	const struct report rep = { .rec = k->rec, .run = k->run,
		.exhibit_file = "exhibit.html" };
	GString *out = g_string_new(NULL);

	render(&rep, out);
	return g_string_free(out, FALSE);
}

/* Every fact of the exhibit's list is a numbered paragraph, with its records. */
static void
test_facts(void)
{
	struct kit k;
	struct report rep = { .exhibit_file = "exhibit.html" };
	g_autoptr(GString) own = g_string_new(NULL);
	g_autoptr(GPtrArray) list = NULL;
	g_autofree char *text = NULL, *again = NULL;
	struct html h;
	struct view v;

	kit_popcorn(&k, 0);
	rep.rec = k.rec;
	rep.run = k.run;
	text = drawn(&k, render_declaration_html);
	again = drawn(&k, render_declaration_html);
	g_assert_cmpstr(text, ==, again);
	view_open(&v, &rep);
	html_open(&h, own, rep.run, "exhibit.html");
	list = facts_list(&v, &h);
	g_assert_cmpuint(list->len, >, 5);
	for (guint i = 0; i < list->len; i++) {
		const struct sentence *s = list->pdata[i];

		g_assert_nonnull(strstr(text, s->html));
	}
	g_assert_cmpuint(kit_count(text, "<p class=\"fact\">"), ==, list->len);
	g_assert_cmpuint(kit_count(text, "</cite></p>\n<p class=\"fact\">"), >,
	    0);
	html_close(&h);
	view_close(&v);
	kit_clear(&k);
}

/* What only a person knows is a blank, and nobody has signed. */
static void
test_blanks(void)
{
	static const char *const blanks[] = { "name", "employer",
		"training, experience", "local time and zone", "place",
		"whom, how", "result", "date", "signature, name" };
	struct kit k;
	g_autofree char *text = NULL;

	kit_popcorn(&k, 0);
	g_free(k.rec->collector_name);
	k.rec->collector_name = g_strdup("Kim Invented");
	text = drawn(&k, render_declaration_html);
	for (size_t i = 0; i < G_N_ELEMENTS(blanks); i++) {
		g_autofree char *blank = g_strdup_printf("<span class=\"blank\">"
		    "[%s]</span>", blanks[i]);

		g_assert_nonnull(strstr(text, blank));
	}
	/* Who runs the program is not said to be who declares. */
	g_assert_null(strstr(text, "Kim Invented"));
	g_assert_nonnull(strstr(text, "draft, not signed"));
	kit_clear(&k);
}

/* No element, no status, no word of the worksheet. */
static void
test_nothing_assessed(void)
{
	static renderer_fn *const drafts[] = { render_declaration_html,
		render_certifications_html };
	struct kit k;

	kit_popcorn(&k, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(drafts); i++) {
		g_autofree char *text = drawn(&k, drafts[i]);

		for (size_t e = 0; e < elements_count; e++) {
			g_autofree char *id = g_strdup_printf("%s ",
			    elements[e].id);

			g_assert_null(strstr(text, id));
		}
		g_assert_null(strstr(text, "class=\"s "));
		g_assert_null(strstr(text, "Worksheet"));
	}
	kit_clear(&k);
}

/* A run that is not sealed has no head hash and no list of hashes: said so. */
static void
test_not_sealed(void)
{
	struct kit k;
	g_autofree char *open = NULL, *sealed = NULL;
	struct file_hash *f = g_new0(struct file_hash, 1);

	kit_popcorn(&k, 0);
	open = drawn(&k, render_certifications_html);
	g_assert_nonnull(strstr(open, "it is not sealed and has no head hash"));
	g_assert_nonnull(strstr(open, "No values were recorded"));
	g_free(k.run->head);
	k.run->head = g_strnfill(64, 'a');
	f->path = g_strdup("data/log.jsonl");
	f->sha256 = g_strnfill(64, 'b');
	g_ptr_array_add(k.run->files, f);
	sealed = drawn(&k, render_certifications_html);
	g_assert_null(strstr(sealed, "not sealed"));
	g_assert_nonnull(strstr(sealed, "The values of 1 file was recorded"));
	kit_clear(&k);
}

/* Two targets: each has its facts, and what people brought is told once. */
static void
test_targets(void)
{
	struct kit k;
	g_autofree char *text = NULL;

	kit_popcorn(&k, 0);
	g_ptr_array_add(k.run->targets, g_strdup("second.example"));
	text = drawn(&k, render_declaration_html);
	g_assert_cmpuint(kit_count(text, "Nothing was imported"), ==, 1);
	g_assert_cmpuint(kit_count(text, "<h2>"), ==, 2);
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/declaration/facts", test_facts);
	g_test_add_func("/declaration/blanks", test_blanks);
	g_test_add_func("/declaration/nothing assessed",
	    test_nothing_assessed);
	g_test_add_func("/declaration/not sealed", test_not_sealed);
	g_test_add_func("/declaration/targets", test_targets);
	return g_test_run();
}
