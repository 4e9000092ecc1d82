/*
 * The table of elements: all of them, each with the order's own words, found in
 * the order's text, and none without a predicate; and what holds for every
 * assessment whatever the record.
 */

#include <string.h>

#include "embed.h"
#include "tests/unit/recordkit.h"

/* Words with one blank between, as the machine check of the quotations did. */
static char *
squeeze(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
	GString *out = g_string_new(NULL);

	for (char **w = words; *w != NULL; w++)
		if (**w != '\0')
			g_string_append_printf(out, "%s%s",
			    out->len > 0 ? " " : "", *w);
	return g_string_free(out, FALSE);
}

static unsigned
words_in(const char *text)
{
	unsigned n = 1;

	for (; *text != '\0'; text++)
		n += *text == ' ';
	return n;
}

static void
test_ids(void)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) ids = NULL;

	g_assert_true(g_file_get_contents("tests/data/showing/ids.txt", &text,
	    NULL, NULL));
	ids = g_strsplit(g_strchomp(text), "\n", -1);
	g_assert_cmpuint(g_strv_length(ids), ==, 112);
	g_assert_cmpuint(elements_count, ==, 112);
	for (size_t i = 0; i < elements_count; i++) {
		g_assert_cmpstr(elements[i].id, ==, ids[i]);
		g_assert_true(element_find(ids[i]) == &elements[i]);
	}
	g_assert_null(element_find("P-99"));
	g_assert_null(element_find(""));
}

static void
test_kinds(void)
{
	static const struct { char kind; unsigned n; } want[] = {
		{ 'D', 4 }, { 'N', 35 }, { 'R', 25 }, { 'S', 30 }, { 'T', 15 },
		{ 'W', 3 },
	};

	for (size_t k = 0; k < G_N_ELEMENTS(want); k++) {
		unsigned n = 0;

		for (size_t i = 0; i < elements_count; i++)
			n += elements[i].kind == want[k].kind;
		g_assert_cmpuint(n, ==, want[k].n);
	}
}

static void
test_whole_rows(void)
{
	for (size_t i = 0; i < elements_count; i++) {
		const struct element *e = &elements[i];

		g_test_message("%s", e->id);
		g_assert_true(e->judge != NULL);
		g_assert_cmpstr(e->label, !=, "");
		g_assert_cmpint(g_utf8_strlen(e->label, -1), <=, 38);
		g_assert_cmpstr(e->section, !=, "");
		g_assert_cmpstr(e->proposition, !=, "");
		g_assert_cmpstr(e->raises, !=, "");
		g_assert_cmpstr(e->defeats, !=, "");
		g_assert_cmpstr(supply_says(e->supplier), !=, "");
		g_assert_true(e->both_forums == (e->forums == FORUMS_BOTH));
		/* J of both forums (K-04), K of one. */
		if (e->id[0] == 'K')
			g_assert_cmpint(e->forums, ==, FORUMS_US);
		else if (e->id[0] == 'J')
			g_assert_cmpint(e->forums, ==, FORUMS_BOTH);
		else
			g_assert_cmpint(e->forums, ==, FORUMS_NONE);
	}
}

static void
test_quotes(void)
{
	g_autofree char *order = squeeze(embed_reports_law_order_txt);

	for (size_t i = 0; i < elements_count; i++) {
		const struct element *e = &elements[i];
		g_autofree char *quote = squeeze(e->quote);

		g_test_message("%s", e->id);
		if (strcmp(e->id, "K-02") == 0) {
			g_assert_cmpstr(e->quote, ==, "");
			continue;
		}
		g_assert_cmpstr(quote, !=, "");
		g_assert_nonnull(strstr(order, quote));
		g_assert_cmpuint(words_in(quote), <=, 25);
	}
}

/* The editor's lines that stood before the order are not in the tree. */
static void
test_no_headnote(void)
{
	const char *order = embed_reports_law_order_txt;

	g_assert_true(g_str_has_prefix(order, "Civ. No. 19-00139"));
	g_assert_null(strstr(order, "42 Ventures"));
	g_assert_null(strstr(order, "rejecting the plaintiff's argument"));
}

/* What the program may never say; the order may, and stands in quote. */
static const char *const forbidden[] = {
	"prove", "establish", "satisf", "admissib", "owner", "forensic",
	"tamper", "score", "percent", "%", "pass mark",
	"the defendant's address",
};

static void
test_words(void)
{
	for (size_t i = 0; i < elements_count; i++) {
		const struct element *e = &elements[i];
		g_autofree char *all = g_strjoin(" ", e->label, e->proposition,
		    e->raises, e->defeats, supply_says(e->supplier),
		    NULL);
		g_autofree char *low = g_ascii_strdown(all, -1);

		g_test_message("%s: %s", e->id, low);
		for (size_t w = 0; w < G_N_ELEMENTS(forbidden); w++)
			g_assert_null(strstr(low, forbidden[w]));
	}
}

static void
test_statuses(void)
{
	static const char *const words[] = { "SUP", "PART", "INSUF", "ADV",
		"NONE", "NC", "CONF", "STALE", "CO" };

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		int s = status_parse(words[i]);

		g_assert_cmpint(s, >=, 0);
		g_assert_cmpstr(status_name((enum status)s), ==, words[i]);
	}
	g_assert_cmpint(status_parse("PASS"), ==, -1);
	g_assert_cmpint(status_parse(""), ==, -1);
}

/* ---- the shape of an assessment ---------------------------------------------- */

static void
expect_scopes(const struct kit *k, enum scope_kind kind, const char *want)
{
	g_autoptr(GPtrArray) scopes = showing_scopes(k->rec, kind);
	g_autoptr(GString) got = g_string_new(NULL);

	for (guint i = 0; i < scopes->len; i++)
		g_string_append_printf(got, "%s%s", i > 0 ? "|" : "",
		    (const char *)g_ptr_array_index(scopes, i));
	g_assert_cmpstr(got->str, ==, want);
}

static void
test_scopes(void)
{
	struct kit k;

	kit_popcorn(&k, 0);
	expect_scopes(&k, SCOPE_CASE, "case");
	expect_scopes(&k, SCOPE_DOE, "Doe 1|Doe 2|Doe 3|Doe 4|Doe 5|Doe 6|"
	    "Doe 7|Doe 8|Doe 9|Doe 10");
	expect_scopes(&k, SCOPE_DOMAIN, "popcorn-time.ch");
	expect_scopes(&k, SCOPE_ADDRESS, "5.2.64.1|173.245.58.59|"
	    "142.250.102.26");
	expect_scopes(&k, SCOPE_ENTITY, "LiteServer B.V.|ISNIC|Instra "
	    "Corporation|IPSERVER LP|Cloudflare, Inc.|Google LLC");
	kit_clear(&k);
}

/* Doe rows are valid by date, and the date is the assessment's, not today's. */
static void
test_doe_dates(void)
{
	struct kit k;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_party(&k, "Doe 1", "doe", "2026-01-01", "2026-06-30");
	kit_party(&k, "Doe 2", "Doe", "2026-07-01", "");
	expect_scopes(&k, SCOPE_DOE, "Doe 2");
	g_free(k.rec->as_of);
	k.rec->as_of = g_strdup("2026-06-30");
	expect_scopes(&k, SCOPE_DOE, "Doe 1");
	kit_clear(&k);
}

static void
test_order(void)
{
	struct kit k;
	g_autoptr(GPtrArray) findings = NULL;
	const struct element *last = elements;
	unsigned n[3] = { 0 };

	kit_popcorn(&k, 0);
	findings = showing_assess(k.rec);
	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = g_ptr_array_index(findings, i);

		g_assert_true(f->element >= last);
		last = f->element;
		n[0] += strcmp(f->element->id, "P-04") == 0;
		n[1] += strcmp(f->element->id, "J-20") == 0;
		n[2] += strcmp(f->element->id, "L-09") == 0;
		g_assert_null(f->sight);
	}
	g_assert_cmpuint(n[0], ==, 10);
	g_assert_cmpuint(n[1], ==, 2);
	g_assert_cmpuint(n[2], ==, 6);
	g_assert_cmpstr(kit_finding(findings, "J-20", NULL, NULL)->forum, ==,
	    "US-HI");
	g_assert_cmpstr(kit_finding(findings, "K-15", NULL, NULL)->forum, ==,
	    "US");
	g_assert_null(kit_finding(findings, "P-04", NULL, NULL)->forum);
	kit_clear(&k);
}

/* No case: every element once, with "case" and a note where none is there. */
static void
test_empty(void)
{
	struct kit k;
	g_autoptr(GPtrArray) findings = NULL;
	const struct finding *f;

	kit_init(&k);
	findings = showing_assess(k.rec);
	g_assert_cmpuint(findings->len, ==, 112 + 34);
	f = kit_finding(findings, "P-04", NULL, NULL);
	g_assert_cmpstr(f->scope, ==, "case");
	g_assert_cmpstr(g_ptr_array_index(f->notes, f->notes->len - 1), ==,
	    "no Doe is listed in parties.csv");
	f = kit_finding(findings, "J-20", NULL, NULL);
	g_assert_null(f->forum);
	g_assert_cmpstr(status_name(f->status), ==, "NC");
	kit_clear(&k);
}

/* Every finding says something, and every gap what is missing. */
static void
test_words_of_findings(void)
{
	struct kit k;
	g_autoptr(GPtrArray) findings = NULL;

	kit_popcorn(&k, 0);
	findings = showing_assess(k.rec);
	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = g_ptr_array_index(findings, i);

		g_test_message("%s %s", f->element->id, f->scope);
		g_assert_cmpuint(f->notes->len, >, 0);
		if (f->status == ST_PART)
			g_assert_cmpuint(f->missing->len, >, 0);
		if (f->status == ST_PART || f->status == ST_INSUF ||
		    f->status == ST_ADV)
			g_assert_cmpuint(f->for_->len + f->against->len, >, 0);
		g_assert_true(f->adverse || f->status != ST_ADV);
	}
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/showing/ids", test_ids);
	g_test_add_func("/showing/kinds", test_kinds);
	g_test_add_func("/showing/rows", test_whole_rows);
	g_test_add_func("/showing/quotes", test_quotes);
	g_test_add_func("/showing/no-headnote", test_no_headnote);
	g_test_add_func("/showing/words", test_words);
	g_test_add_func("/showing/statuses", test_statuses);
	g_test_add_func("/showing/scopes", test_scopes);
	g_test_add_func("/showing/doe-dates", test_doe_dates);
	g_test_add_func("/showing/order", test_order);
	g_test_add_func("/showing/empty", test_empty);
	g_test_add_func("/showing/words-of-findings", test_words_of_findings);
	return g_test_run();
}
