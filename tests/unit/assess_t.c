/*
 * What people and programs get: the same bytes for the same record, adverse
 * facts first, no verdict on a factor, no word that the program may not say, no
 * byte of a server that moves a terminal, and JSON as its schema has it.
 *
 * tests/data/showing/popcorn.txt is the assessment of the order's own record at
 * 80 columns; ASSESS_WRITE=1 writes it again.  Read it before committing it.
 */

#include <string.h>

#include "reports/explain.h"
#include "reports/words.h"
#include "tests/unit/recordkit.h"
#include "tests/unit/schema.h"

#define GOLDEN	"tests/data/showing/popcorn.txt"

static void
test_golden(void)
{
	struct kit k;
	g_autofree char *got = NULL, *want = NULL;

	kit_popcorn(&k, 0);
	got = kit_render(&k, render_assess_text, 80, FALSE);
	kit_clear(&k);
	if (g_getenv("ASSESS_WRITE") != NULL)
		g_assert_true(g_file_set_contents(GOLDEN, got, -1, NULL));
	g_assert_true(g_file_get_contents(GOLDEN, &want, NULL, NULL));
	g_assert_cmpstr(got, ==, want);
}

/* The order's own record, no imports: the reasons, in words. */
static void
test_reasons(void)
{
	static const struct { const char *id, *status, *note, *missing; } w[] = {
		{ "P-04", "NONE", "0 of 3 addresses have the role DOE_ACTIVITY",
		    "an address tied to this Doe" },
		{ "P-06", "NONE", "nothing in the record: no activity log "
		    "imported", "a place of an address of this Doe" },
		{ "P-07", "NONE", "nothing in the record: no activity log "
		    "imported", "a place in the forum, of an address of this "
		    "Doe" },
		{ "P-13", "NONE", "0 of 3 addresses have the role DOE_ACTIVITY",
		    "an address tied to this Doe" },
		{ "P-15", "INSUF", "address 5.2.64.1 returned by DNS for "
		    "popcorn-time.ch (role: HOST); allocated, per registry, to "
		    "LiteServer B.V.", "nothing: this row never serves P-04" },
		{ "P-17", "ADV", "host of popcorn-time.ch: sources place "
		    "its address in NL; the host is no party", "an address of a "
		    "Doe in the forum: the order's words are of a record "
		    "without one" },
	};
	struct kit k;
	g_autoptr(GPtrArray) all = NULL;

	kit_popcorn(&k, 0);
	all = showing_assess(k.rec);
	for (size_t i = 0; i < G_N_ELEMENTS(w); i++) {
		const struct finding *f = kit_finding(all, w[i].id, NULL, NULL);

		g_assert_cmpstr(status_name(f->status), ==, w[i].status);
		g_assert_true(g_ptr_array_find_with_equal_func(f->notes,
		    w[i].note, g_str_equal, NULL));
		g_assert_true(g_ptr_array_find_with_equal_func(f->missing,
		    w[i].missing, g_str_equal, NULL));
		g_assert_cmpuint(f->against->len, >, 0);
		g_assert_cmpuint(f->for_->len, ==, 0);
	}
	g_clear_pointer(&all, g_ptr_array_unref);
	kit_clear(&k);
}

static void
test_twice(void)
{
	static renderer_fn *const renders[] = { render_assess_text,
		render_assess_json };

	for (size_t i = 0; i < G_N_ELEMENTS(renders); i++) {
		struct kit a, b;
		g_autofree char *x = NULL, *y = NULL, *z = NULL;

		kit_popcorn(&a, 0);
		kit_popcorn(&b, 0);
		x = kit_render(&a, renders[i], 0, TRUE);
		y = kit_render(&a, renders[i], 0, TRUE);
		z = kit_render(&b, renders[i], 0, TRUE);
		g_assert_cmpstr(x, ==, y);
		g_assert_cmpstr(x, ==, z);
		kit_clear(&a);
		kit_clear(&b);
	}
}

/* ---- words ------------------------------------------------------------------- */

static const char *const forbidden[] = {
	"prove", "establish", "satisf", "admissib", "owner", "forensic",
	"tamper", "score", "percent", "%", "pass mark", "passed",
	"the defendant's address", "has jurisdiction",
};

/* Everything but what stands between “ and ”. */
static char *
own_words(const char *text)
{
	g_autoptr(GString) s = g_string_new(NULL);
	const char *open;

	while ((open = strstr(text, "“")) != NULL) {
		g_string_append_len(s, text, open - text);
		text = strstr(open, "”");
		g_assert_nonnull(text);
		text += strlen("”");
	}
	g_string_append(s, text);
	return g_ascii_strdown(s->str, -1);
}

static void
expect_clean(const char *text)
{
	g_autofree char *low = own_words(text);

	for (size_t i = 0; i < G_N_ELEMENTS(forbidden); i++) {
		const char *at = strstr(low, forbidden[i]);

		if (at != NULL)
			g_test_message("%s: ...%.60s", forbidden[i], at);
		g_assert_null(at);
	}
}

static void
test_words(void)
{
	static const unsigned fails[] = { 0, 1, 3, KIT_ALL };

	for (size_t i = 0; i < G_N_ELEMENTS(fails); i++) {
		struct kit k;
		g_autofree char *text = NULL, *json = NULL;

		kit_popcorn(&k, fails[i]);
		text = kit_render(&k, render_assess_text, 0, TRUE);
		json = kit_render(&k, render_assess_json, 0, TRUE);
		expect_clean(text);
		expect_clean(json);
		kit_clear(&k);
	}
	for (size_t i = 0; i < elements_count; i++) {
		g_autoptr(GString) out = g_string_new(NULL);

		explain_text(&elements[i], NULL, 0, FALSE, out);
		expect_clean(out->str);
	}
	expect_clean(words_worksheet);
	expect_clean(words_identity);
	expect_clean(words_capture);
	expect_clean(words_hash);
}

/* ---- text --------------------------------------------------------------------- */

static void
test_text(void)
{
	struct kit k;
	g_autofree char *narrow = NULL, *pipe = NULL;
	g_auto(GStrv) lines = NULL;
	const char *adverse, *factor;

	kit_popcorn(&k, 0);
	narrow = kit_render(&k, render_assess_text, 80, TRUE);
	pipe = kit_render(&k, render_assess_text, 0, FALSE);
	lines = g_strsplit(narrow, "\n", -1);
	for (char **l = lines; *l != NULL; l++) {
		g_assert_cmpint(g_utf8_strlen(*l, -1), <=, 80);
		g_assert_false(g_str_has_suffix(*l, " "));
	}
	adverse = strstr(pipe, "ADV");
	factor = strstr(pipe, "Factor 1");
	g_assert_true(adverse != NULL && factor != NULL && adverse < factor);
	/* one of two sentences a factor, and a pipe cuts nothing */
	g_assert_cmpuint(kit_count(pipe, words_gaps) + kit_count(pipe, words_no_gap),
	    ==, 4);
	g_assert_cmpuint(kit_count(pipe, words_host), ==, 1);
	g_assert_null(strstr(pipe, "..."));
	/* every element is somewhere in the long one */
	for (size_t i = 0; i < elements_count; i++)
		g_assert_nonnull(strstr(narrow, elements[i].id));
	g_assert_null(strchr(pipe, '\033'));
	kit_clear(&k);
}

/* An escape sequence, a bidi override and a tag in a holder's name. */
static void
test_hostile(void)
{
	struct kit k;
	g_autofree char *text = NULL, *json = NULL;
	json_t *doc;

	kit_popcorn(&k, 0);
	kit_address(&k, "popcorn-time.ch", "192.0.2.66",
	    "\\u001b[2J\\u202e<b>%n%s B.V.", "NL");
	text = kit_render(&k, render_assess_text, 0, TRUE);
	json = kit_render(&k, render_assess_json, 0, TRUE);
	g_assert_null(strchr(text, '\033'));
	g_assert_null(strstr(text, "\342\200\256"));
	g_assert_nonnull(strstr(text, "\\x1B[2J"));
	g_assert_nonnull(strstr(text, "%n%s"));
	doc = json_loads(json, 0, NULL);
	g_assert_nonnull(doc);
	json_decref(doc);
	kit_clear(&k);
}

/* ---- JSON ------------------------------------------------------------------------ */

static void
test_json(void)
{
	static const unsigned fails[] = { 0, 2, KIT_ALL };
	for (size_t i = 0; i < G_N_ELEMENTS(fails); i++) {
		struct kit k;
		g_autofree char *text = NULL;
		json_t *doc;

		kit_popcorn(&k, fails[i]);
		text = kit_render(&k, render_assess_json, 0, FALSE);
		doc = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
		g_assert_nonnull(doc);
		schema_check(doc, "reports/assess.schema.json");
		json_decref(doc);
		kit_clear(&k);
	}
}

/* An entity a row, with its rows of L; no member that sums up a factor. */
static void
test_json_entities(void)
{
	struct kit k;
	g_autofree char *text = NULL;
	json_t *doc, *entities, *rows;

	kit_popcorn(&k, 0);
	text = kit_render(&k, render_assess_json, 0, FALSE);
	doc = json_loads(text, 0, NULL);
	entities = json_object_get(doc, "entities");
	g_assert_cmpuint(json_array_size(entities), ==, 6);
	for (size_t i = 0; i < 6; i++) {
		json_t *e = json_array_get(entities, i);

		rows = json_object_get(e, "rows");
		g_assert_cmpuint(json_object_size(rows), ==, 4);
		g_assert_true(json_is_true(json_object_get(e, "listed")) ==
		    (i < 4));
	}
	/* no paper was compared: no trap is sprung */
	g_assert_cmpuint(json_array_size(json_object_get(doc, "traps")), ==,
	    0);
	g_assert_cmpuint(json_array_size(json_object_get(doc, "overlays")), >,
	    10);
	g_assert_null(json_object_get(doc, "factors"));
	json_decref(doc);
	kit_clear(&k);
}

/* ---- explain ------------------------------------------------------------------------ */

static void
test_explain(void)
{
	struct kit k;
	g_autoptr(GString) out = g_string_new(NULL), list = g_string_new(NULL);
	g_autoptr(GPtrArray) findings = NULL;

	kit_popcorn(&k, 0);
	findings = showing_assess(k.rec);
	explain_text(element_find("P-17"), findings, 80, FALSE, out);
	g_assert_nonnull(strstr(out->str, "“ties the website to a"));
	g_assert_nonnull(strstr(out->str, "Here         ADV  popcorn-time.ch"));
	explain_list(0, FALSE, list);
	for (size_t i = 0; i < elements_count; i++)
		g_assert_nonnull(strstr(list->str, elements[i].label));
	g_clear_pointer(&findings, g_ptr_array_unref);
	kit_clear(&k);
}

static void
test_nearest(void)
{
	static const char *const meant[][2] = { { "p4", "P-04" },
		{ "P17", "P-17" }, { "p 17", "P-17" }, { "K-21", "K-20" },
		{ "l-6", "L-06" }, { "T-99", "T-06" }, { "", "G-01" },
		{ "Z-03", "G-03" } };

	for (size_t i = 0; i < G_N_ELEMENTS(meant); i++)
		g_assert_cmpstr(explain_nearest(meant[i][0])->id, ==,
		    meant[i][1]);
	g_assert_nonnull(explain_nearest("P-99999999999999999999"));
}

/* Of whom and of what the record holds nothing stands among the adverse first. */
static void
test_nothing_of(void)
{
	struct kit k;
	g_autofree char *whole = NULL, *part = NULL;

	kit_popcorn(&k, 0);
	whole = kit_render(&k, render_assess_text, 0, FALSE);
	kit_clear(&k);
	kit_popcorn(&k, 3);
	part = kit_render(&k, render_assess_text, 0, FALSE);
	kit_clear(&k);
	g_assert_nonnull(strstr(whole, "2 entities of entities.csv are named in "
	    "no record: ISNIC; IPSERVER LP"));
	g_assert_null(strstr(whole, "had no answer"));
	g_assert_nonnull(strstr(part, "NC       S-01   1 of "));
	g_assert_nonnull(strstr(part, "of run 000001 had no answer (1 "));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/assess/golden", test_golden);
	g_test_add_func("/assess/reasons", test_reasons);
	g_test_add_func("/assess/twice", test_twice);
	g_test_add_func("/assess/words", test_words);
	g_test_add_func("/assess/text", test_text);
	g_test_add_func("/assess/hostile", test_hostile);
	g_test_add_func("/assess/json", test_json);
	g_test_add_func("/assess/entities", test_json_entities);
	g_test_add_func("/assess/explain", test_explain);
	g_test_add_func("/assess/nearest", test_nearest);
	g_test_add_func("/assess/nothing-of", test_nothing_of);
	return g_test_run();
}
