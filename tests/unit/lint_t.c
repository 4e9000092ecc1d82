/*
 * Each check of lint: a text that it finds something in, and one that says the
 * same as it should be said.  And the motion that the order denied, as far as
 * the order quotes it.
 */

#include <string.h>
#include <time.h>

#include "reports/lint.h"
#include "tests/unit/paperkit.h"
#include "tests/unit/schema.h"

#define FILLER	"These words are here so that the paragraph has enough of " \
		"them to be argument and not a bare mention of something. "
#define CITED	FILLER FILLER "Exhibit I-1 at 2.\n\n"

static const struct { const char *check, *fires, *quiet; } cases[] = {
	{ "quote", "He said “We gladly share any customer details with third "
	    "parties” (Exhibit I-1).",
	    "He said \"cannot share any customer details with third parties, "
	    "unless . . . there is a legal court order\" (Exhibit I-1)." },
	{ "quote", "> We will delete all customer details on short periods.\n\n"
	    "Exhibit I-1.",
	    "> We will not delete any customer details on short\n> periods.\n\n"
	    "Exhibit I-1." },
	{ "quote", "“ha[s] the customer information and are ready to provide "
	    "it,” Exhibit I-1.", "“[f]orwarded your abuse complaint to the "
	    "customer in question,” Exhibit I-1, is no “term” of ours." },
	/* L-07 itself: a quotation that was cut, and one that was filled. */
	{ "quote", "LiteServer wrote “We can . . . share any customer details "
	    "with third parties” (Exhibit I-1).", "LiteServer wrote “We cannot "
	    "share . . . customer details with third parties” (Exhibit I-1)." },
	{ "quote", "“We will . . . delete any customer details on short "
	    "periods.” Exhibit I-1.", "“We will not . . . on short periods.” "
	    "Exhibit I-1." },
	{ "quote", "It “[is ready to] share any customer details with third "
	    "parties,” Exhibit I-1.", "“[w]e cannot share any customer detail[] "
	    "with third parties[,] [sic] unless the customer agree[d],” Exhibit "
	    "I-1." },
	{ "quote", "It can “share any customer details with third parties.” "
	    "Exhibit I-1.", "It cannot “share any customer details with third "
	    "parties.” Exhibit I-1." },
	{ "quote", "It will delete “customer details on short periods.” Exhibit "
	    "I-1.", "It speaks of “customer details on short periods.” Exhibit "
	    "I-1." },
	{ "quote", "It confirms that “the customer agrees.” Exhibit I-1.",
	    "It depends on whether “the customer agrees.” Exhibit I-1." },
	{ "quote", "“We cannot share . . . .” Exhibit I-1.", "“. . . forwarded "
	    "your abuse complaint . . . .” Exhibit I-1." },
	/* two words, and one */
	{ "quote", "LiteServer is “ready to” provide it. Exhibit I-1.",
	    "LiteServer speaks of “customer details.” Exhibit I-1." },
	{ "quote", "LiteServer is “willing” to do so (Exhibit I-1).",
	    "LiteServer (“LSBV”) has what Exhibit I-1 calls an “operator.” "
	    "The “first” and the “third” are argued. Exhibit I-1." },
	/* set in other ways */
	{ "quote", "“We can't share any customer details,” Exhibit I-1.",
	    "‘So’ “we” said: \"We cannot share any cus-\ntomer details with third "
	    "parties\"¹ (Exhibit I-1)." },
	/* with no citation of an exhibit */
	{ "quote", "LiteServer wrote “We can share any customer details with "
	    "third parties.”", "LiteServer wrote “We cannot share any customer "
	    "details with third parties.”" },
	{ "quote", "“We can share any customer details with third parties.” "
	    "Third World Media, 2011 WL 13136257, at *2.", "A plaintiff shares "
	    "“details about each customer and third party alike.” Third World "
	    "Media, 2011 WL 13136257, at *2; see Exhibit I-1." },
	{ "unsourced", "He wrote “we are glad to tell you all of it.”",
	    "“[W]e are glad to tell you all of it.” Doe v. Roe, 12 F.3d 34, 35 "
	    "(9th Cir. 1999)." },
	{ "unsourced", "LiteServer wrote “We cannot share any customer details "
	    "with third parties.”", "LiteServer wrote “We cannot share any "
	    "customer details with third parties.” Exhibit I-1." },
	{ "unsourced", "He wrote “glad to tell you.”", "The court asks “whether "
	    "plaintiff has identified the doe defendants with sufficient "
	    "particularity.” In Mavrix the court held that “websites of wide "
	    "reach are so.” The film “The Hitman's Bodyguard” (“Motion Picture "
	    "of Plaintiff”) is “good cause.”" },
	{ "paraphrase", "LiteServer B.V. is awaiting a court order so that it "
	    "can provide the data.", "LiteServer B.V. will not provide the "
	    "data unless there is an order of a Dutch court." },
	{ "paraphrase", "They are ready to provide it, Exhibit I-1.",
	    "Another firm is ready to provide it." },
	{ "absent", "See Exhibit Z-9.", "See Exhibit I-1." },
	{ "absent", "See I-0007:2.", "See I-0001." },
	{ "other-filing", "See Exhibit I-1 to the Motion for Reconsideration.",
	    "See Exhibit I-1 to the Declaration of Counsel." },
	{ "undiscussed", "Nothing is cited.", "Exhibit I-1 and Exhibit H-1." },
	{ "once", "See Exhibit I-1.", CITED },
	{ "one-factor", "## First factor\n\nExhibit I-1.\n\n## Likely to lead\n"
	    "\nNothing.", "## First factor\n\nExhibit I-1.\n\n## Likely to "
	    "lead\n\nExhibit I-1 again." },
	{ "factor", "# M\n\n" CITED "It is under Rule 4(k)(2).\n", paperkit_whole },
	{ "uncited", "## First factor\n\n" FILLER FILLER, paperkit_whole },
	{ "belief", "Plaintiff believes that Doe 1 is in Hawaii.",
	    "The court wrote that “beliefs are not evidence” and that Doe 1 "
	    "acts from 192.0.2.1." },
	{ "belief", "**Plaintiff believes that Doe 1 is in Hawaii.**",
	    "**A. That Doe 1 is in Hawaii**" },
	{ "belief", "On information and belief, he did it.", "He did it." },
	{ "belief", "Counsel strongly suspects the same individuals.",
	    "Both sites show the same wallet." },
	{ "assertion", "Instra will have identification information.",
	    "Instra will have identification information: its sign-up form "
	    "asks for a name, Exhibit I-1." },
	{ "quantity", "They attract a substantial number of users.",
	    "They attract 50,120 users in Hawaii, a substantial number." },
	{ "quantity", "The app is extremely popular.",
	    "He quoted “a substantial number of users” of it." },
	/* A number of something else is none: a paragraph, an exhibit, a year. */
	{ "quantity", "Defendants target and attract a substantial number of "
	    "users in the United States (FAC ¶ 6).", "Defendants target and "
	    "attract a substantial number of users in the United States: "
	    "50,120 users (FAC ¶ 6)." },
	{ "quantity", "A substantial number of users (Ex. 3).",
	    "A substantial number of users, 3 percent of them in Hawaii "
	    "(Ex. 3)." },
	{ "quantity", "In 2019 a substantial number of users had it.",
	    "In 2019 a substantial number of users had it: 2,019 accounts." },
	{ "quantity", "Since June 7 it has numerous downloads, ECF No. 12, "
	    "§ 4, at 3.", "Numerous downloads were counted, namely 1.2 million "
	    "between January 1 and June 7." },
	{ "quantity", "Doe 1 has many visitors in 50 states.",
	    "Doe 1 has many visitors: fifty thousand visitors in 50 states." },
	{ "quantity", "See Int'l Shoe, 326 U.S. 310: a significant audience.",
	    "A significant audience, that is, 12% of all visits." },
	{ "quantity", "The app is extremely popular under Rule 4(k)(2).",
	    "The app is extremely popular; its users number 4,000." },
	{ "quantity", "Does 1 to 10 purposely target 2 countries.",
	    "They purposely target Hawaii: downloads reached 10,000 there." },
	{ "party", "Defendant Alex Musante used the application.",
	    "Alex Musante, since dismissed, was a defendant." },
	{ "after-filing", "See Exhibit H-1.", "See Exhibit I-1." },
	{ "entities", "The letters go to LiteServer B.V.",
	    "The letters go to LiteServer B.V., IPSERVER LP, Instra "
	    "Corporation and ISNIC." },
	{ "entities", "The letters go to LiteServer B.V., IPSERVER LP, Instra "
	    "Corporation, ISNIC and Unlisted Hosting LLC.",
	    "The letters go to LiteServer B.V., IPSERVER LP, Instra "
	    "Corporation and ISNIC. See Acme Hosting LLC v. Doe, where "
	    "discovery was had." },
};

static struct motion *
draft(const char *name, const char *text)
{
	g_autoptr(GBytes) b = g_bytes_new(text, strlen(text));

	return motion_read(name, b);
}

static void
lint_draft(const struct kit *k, const char *text, struct lint *l,
    struct motion **m)
{
	*m = draft("draft.md", text);
	lint_run(l, k->rec, (const struct motion *[PAPERS]){ *m });
}

static unsigned
count(const struct kit *k, const char *check, const char *text)
{
	struct motion *m;
	struct lint l;
	unsigned n;

	lint_draft(k, text, &l, &m);
	n = lint_count(&l, check);
	for (guint i = 0; i < l.problems->len; i++) {
		const struct lint_problem *p = g_ptr_array_index(l.problems, i);

		if (strcmp(p->check->id, check) == 0)
			g_test_message("%u:%u: %s", p->place.line,
			    p->place.column, p->what);
	}
	lint_clear(&l);
	motion_free(m);
	return n;
}

static void
test_cases(void)
{
	struct kit k;

	paperkit(&k, TRUE);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%zu %s", i, cases[i].check);
		if (count(&k, cases[i].check, cases[i].fires) == 0) {
			g_test_message("%s: silent on: %s", cases[i].check,
			    cases[i].fires);
			g_test_fail();
		}
		if (count(&k, cases[i].check, cases[i].quiet) > 0) {
			g_test_message("%s: fires on: %s", cases[i].check,
			    cases[i].quiet);
			g_test_fail();
		}
	}
	kit_clear(&k);
}

/* The same by the text alone, as statements and complaints are looked at. */
static void
test_sentences(void)
{
	g_assert_cmpuint(lint_sentences("K-07", "Defendants target and attract "
	    "a substantial number of users in the United States (FAC ¶ 6). In "
	    "2019 numerous users came."), ==, 2);
	g_assert_cmpuint(lint_sentences("K-07", "A substantial number of users "
	    "came: 50,120 users by the count of its own page."), ==, 0);
	g_assert_cmpuint(lint_sentences("K-07", "Many users came, 60 000 "
	    "visitors a month."), ==, 0);
}

/* Seconds of CPU, many times what it takes; a sanitizer makes it slower. */
#ifdef __SANITIZE_ADDRESS__
#define LONG_S	60
#else
#define LONG_S	12
#endif

/* A draft takes as long as it is, whatever stands in it: each of these took a
 * minute and more while something in it was asked of all the rest. */
static void
test_long(void)
{
	static const struct { const char *unit; guint times; } drafts[] = {
		{ "\"a b c ", 12000 }, { "[a] ", 60000 }, { "we . . . ", 20000 },
		{ "\"as before\" Rule 12(b)(2). ", 4000 },
		{ "(\"so we said to them all\") Id. ", 4000 },
		{ "x[^1] ", 20000 },
	};
	struct kit k;

	paperkit(&k, TRUE);
	for (size_t i = 0; i < G_N_ELEMENTS(drafts); i++) {
		g_autoptr(GString) text = g_string_new("# A\n\nHe said \"");
		clock_t begun = clock();

		for (guint n = 0; n < drafts[i].times; n++)
			g_string_append(text, drafts[i].unit);
		g_string_append(text, "\" Exhibit I-1.\n\n[^1]: ");
		for (guint n = 0; n < 5000; n++)
			g_string_append(text, "Ex. 1; ");
		count(&k, "quote", text->str);
		g_test_message("%s: %ld ms", drafts[i].unit,
		    (long)((clock() - begun) * 1000 / CLOCKS_PER_SEC));
		g_assert_cmpint((clock() - begun) / CLOCKS_PER_SEC, <, LONG_S);
	}
	kit_clear(&k);
}

/* Every check of the table has a case. */
static void
test_all(void)
{
	for (size_t i = 0; i < lint_checks_count; i++) {
		gboolean has = FALSE;

		for (size_t n = 0; n < G_N_ELEMENTS(cases); n++)
			has |= strcmp(cases[n].check, lint_checks[i].id) == 0;
		g_test_message("%s", lint_checks[i].id);
		g_assert_true(has);
	}
}

/* ---- between papers --------------------------------------------------------------------- */

static void
test_papers(void)
{
	struct kit k;
	struct motion *m = draft("m.md", "The letters go to LiteServer B.V. "
	    "and IPSERVER LP.");
	struct motion *d = draft("d.md", "Data are sought from LiteServer B.V.");
	struct motion *o = draft("o.md", "Letters shall issue to LiteServer "
	    "B.V., IPSERVER LP and Extra Hosting Ltd.");
	const struct motion *papers[PAPERS] = { m, d, o, NULL };
	g_autoptr(GString) out = g_string_new(NULL);
	struct lint l;

	kit_init(&k);
	lint_run(&l, k.rec, papers);
	lint_text(&l, &(struct lint_view){ .version = "t" }, out);
	g_test_message("%s", out->str);
	g_assert_nonnull(strstr(out->str, "m.md:1:39: the motion names "
	    "IPSERVER LP, and the declaration does not"));
	g_assert_nonnull(strstr(out->str, "the proposed order names Extra "
	    "Hosting Ltd., and the motion does not"));
	/* What could not be looked at is said. */
	g_assert_nonnull(strstr(out->str, "quotations: the record has no "));
	g_assert_nonnull(strstr(out->str, "case.ini has no motion_filed"));
	g_assert_nonnull(strstr(out->str, "entities.csv is empty"));
	g_assert_nonnull(strstr(out->str, "parties.csv is empty"));
	lint_clear(&l);
	kit_clear(&k);
	motion_free(m);
	motion_free(d);
	motion_free(o);
}

/* ---- the motion that was denied ------------------------------------------------------------- */

static const struct lint_problem *
first(const struct lint *l, const char *check)
{
	for (guint i = 0; i < l->problems->len; i++) {
		const struct lint_problem *p = g_ptr_array_index(l->problems,
		    i);

		if (strcmp(p->check->id, check) == 0)
			return p;
	}
	return NULL;
}

static void
test_order(void)
{
	static const char *const fire[] = { "quote", "paraphrase",
	    "other-filing", "factor", "belief", "assertion",
	    "quantity", "party", "absent", "entities" };
	const struct lint_problem *p;
	struct motion *m;
	struct lint l;
	struct kit k;
	char *s;

	paperkit(&k, TRUE);
	g_assert_true(g_file_get_contents("tests/data/motion/order.md", &s,
	    NULL, NULL));
	lint_draft(&k, s, &l, &m);
	for (size_t i = 0; i < G_N_ELEMENTS(fire); i++) {
		if (first(&l, fire[i]) == NULL) {
			g_test_message("silent: %s", fire[i]);
			g_test_fail();
		}
	}
	p = first(&l, "quote");
	g_assert_cmpuint(p->place.line, ==, 27);
	g_assert_cmpstr(p->exhibit, ==, "I-1");
	g_assert_nonnull(strstr(p->theirs, "ha[s] the customer information"));
	g_assert_nonnull(strstr(p->source, "customer"));
	p = first(&l, "paraphrase");
	g_assert_nonnull(strstr(p->source, "unless the\r\ncustomer agrees"));
	p = first(&l, "party");
	g_assert_nonnull(strstr(p->what, "Alex Musante as dismissed"));
	g_assert_cmpint(lint_argued(&l, PAPER_MOTION, 5), ==, 0);
	lint_clear(&l);
	motion_free(m);
	g_free(s);
	kit_clear(&k);
}

/* ---- the day of an exhibit ------------------------------------------------------------------- */

static const char filed_words[] = "See Exhibit I-1.";

/* What the check says of the message, imported and written on these days; motion:
 * when that came into the record, NULL never. */
static char *
after_filing(const char *written, const char *imported, const char *motion)
{
	const struct lint_problem *p;
	struct import *im;
	struct motion *m;
	struct lint l;
	struct kit k;
	char *said;

	paperkit(&k, FALSE);
	im = g_ptr_array_index(k.rec->imports, 0);
	g_free(im->at);
	im->at = g_strdup(imported);
	g_free(im->mail->date);
	im->mail->date = g_strdup(written);
	if (motion != NULL) {
		paperkit_add(&k, "Motion", filed_words);
		im = g_ptr_array_index(k.rec->imports, 1);
		g_free(im->at);
		im->at = g_strdup(motion);
	}
	lint_draft(&k, filed_words, &l, &m);
	p = first(&l, "after-filing");
	said = g_strdup(p != NULL ? p->what : "");
	for (guint i = 0; i < l.not_checked->len; i++) {
		const char *line = l.not_checked->pdata[i];

		if (strstr(line, "as the motion itself did") == NULL)
			continue;
		g_free(said);
		said = g_strconcat("unchecked: ", line, NULL);
	}
	lint_clear(&l);
	motion_free(m);
	kit_clear(&k);
	return said;
}

static void
test_dates(void)
{
	g_autofree char *late = after_filing("2019-07-03T10:00:00Z",
	    "2019-07-10T00:00:00Z", "2019-06-22T00:00:00Z");
	g_autofree char *clock = after_filing("2019-07-03T10:00:00Z",
	    "2019-06-10T00:00:00Z", "2019-06-22T00:00:00Z");
	g_autofree char *old = after_filing("2019-04-30T09:15:04Z",
	    "2019-07-10T00:00:00Z", "2019-06-22T00:00:00Z");
	g_autofree char *all_later = after_filing("2019-04-30T09:15:04Z",
	    "2019-07-10T00:00:00Z", "2019-07-10T00:00:00Z");
	g_autofree char *even_so = after_filing("2019-07-03T10:00:00Z",
	    "2019-07-10T00:00:00Z", "2019-07-10T00:00:00Z");
	g_autofree char *before = after_filing("2019-04-30T09:15:04Z",
	    "2019-06-10T00:00:00Z", "2019-06-22T00:00:00Z");
	g_autofree char *undated = after_filing("", "2019-07-10T00:00:00Z",
	    NULL);

	g_assert_cmpstr(late, ==, "Exhibit I-1 (ECF 17-1) is a message of 2019-07-03, "
	    "after the motion was filed on 2019-06-23; it came into the record "
	    "on 2019-07-10");
	g_assert_cmpstr(clock, ==, "Exhibit I-1 (ECF 17-1) is a message of 2019-07-03, "
	    "after the motion was filed on 2019-06-23; it came into the record "
	    "on 2019-06-10");
	g_assert_cmpstr(old, ==, "Exhibit I-1 (ECF 17-1) came into the record on "
	    "2019-07-10, after the motion was filed on 2019-06-23; it is a "
	    "message of 2019-04-30");
	g_assert_true(g_str_has_prefix(all_later, "unchecked: "));
	g_assert_cmpstr(even_so, ==, late);
	g_assert_cmpstr(before, ==, "");
	g_assert_cmpstr(undated, ==, "Exhibit I-1 (ECF 17-1) came into the record on "
	    "2019-07-10, after the motion was filed on 2019-06-23; it has no "
	    "date of its own");
}

/* ---- what programs get ------------------------------------------------------------------------ */

static void
test_json(void)
{
	g_autoptr(GString) one = g_string_new(NULL), two = g_string_new(NULL);
	const struct lint_view v = { .version = "t" };
	json_t *doc, *p;
	struct motion *m;
	struct lint l;
	struct kit k;

	paperkit(&k, TRUE);
	lint_draft(&k, cases[0].fires, &l, &m);
	lint_json(&l, &v, one);
	lint_json(&l, &v, two);
	g_assert_cmpstr(one->str, ==, two->str);
	doc = json_loads(one->str, 0, NULL);
	schema_check(doc, "reports/lint.schema.json");
	g_assert_cmpstr(json_string_value(json_object_get(doc, "schema")), ==,
	    "lint/1");
	p = json_array_get(json_object_get(doc, "problems"), 0);
	g_assert_true(json_is_integer(json_object_get(p, "line")));
	json_decref(doc);
	lint_clear(&l);
	motion_free(m);
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lint/cases", test_cases);
	g_test_add_func("/lint/long", test_long);
	g_test_add_func("/lint/sentences", test_sentences);
	g_test_add_func("/lint/all", test_all);
	g_test_add_func("/lint/papers", test_papers);
	g_test_add_func("/lint/order", test_order);
	g_test_add_func("/lint/dates", test_dates);
	g_test_add_func("/lint/json", test_json);
	return g_test_run();
}
