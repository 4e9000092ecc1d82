/*
 * Traps, each in every status that it can have: no motion, one that avoids it,
 * one that does not; and by dates, the papers that came later.
 */

#include <string.h>

#include "tests/unit/paperkit.h"

#define LONG	"They are told here in as many words as an argument needs to " \
		"be one, so that what is said is weighed and not only named, "

/* The motion is the whole one with the text after it; later: an objection. */
static const struct {
	const char *id;
	const char *text;		/* "": the whole one avoids it */
	const char *later;		/* NULL: none */
	gboolean    after;		/* an exhibit that came after */
	const char *status;
} cases[] = {
	{ "G-07", "", NULL, FALSE, "NONE" },
	{ "G-07", LONG LONG "with no citation.", NULL, FALSE, "ADV" },
	{ "P-30", "", NULL, FALSE, "NONE" },
	{ "P-32", "", NULL, FALSE, "NONE" },
	{ "P-32", "", NULL, TRUE, "ADV" },
	{ "K-01", "", NULL, FALSE, "NONE" },
	{ "K-20", "", NULL, FALSE, "NONE" },
	{ "K-20", "", "## Rule 4(k)(2)\n\n" LONG LONG "Exhibit I-1.", FALSE,
	    "NONE" },
	{ "L-07", "", NULL, FALSE, "NONE" },
	{ "L-07", "He wrote “we are glad to tell you all of it.” Exhibit I-1.",
	    NULL, FALSE, "ADV" },
	{ "L-07", "LiteServer B.V. is ready to provide it.", NULL, FALSE,
	    "ADV" },
	{ "L-07", "LiteServer wrote “We can . . . share any customer details "
	    "with third parties.” Exhibit I-1.", NULL, FALSE, "ADV" },
	{ "L-07", "It “[is ready to] share any customer details.” Exhibit I-1.",
	    NULL, FALSE, "ADV" },
	{ "L-07", "It wrote “We can share any customer details with third "
	    "parties.”", NULL, FALSE, "ADV" },
	{ "L-07", "It wrote “We cannot share any customer details with third "
	    "parties.”", NULL, FALSE, "NONE" },
	{ "L-07", "It wrote “we are glad to tell you all of it.”", NULL, FALSE,
	    "NC" },
	{ "L-07", "The Complaint has “goods and chattels of every kind.” FAC ¶ "
	    "6.", NULL, FALSE, "NC" },
	{ "L-07", "“[G]oods and chattels of every kind.” Doe v. Roe, 12 F.3d "
	    "34, 35 (9th Cir. 1999).", NULL, FALSE, "NONE" },
	{ "L-08", "", NULL, FALSE, "NONE" },
	{ "L-08", "ISNIC will have identification information.", NULL, FALSE,
	    "ADV" },
	{ "L-10", "", NULL, FALSE, "NONE" },
	{ "T-01", "", NULL, FALSE, "NONE" },
	{ "T-01", "See Exhibit H-1.", NULL, TRUE, "ADV" },
	{ "T-02", "", NULL, FALSE, "NONE" },
	{ "T-02", "", NULL, TRUE, "ADV" },
	{ "T-03", "", NULL, FALSE, "NONE" },
	{ "T-03", "See Exhibit I-1 to the Motion for Reconsideration.", NULL,
	    FALSE, "ADV" },
	{ "T-03", "See Exhibit Z-9.", NULL, FALSE, "ADV" },
	{ "T-04", "", NULL, FALSE, "NONE" },
	{ "T-04", "A letter goes to Another Host Ltd too.", NULL, FALSE, "ADV" },
	{ "T-05", "", NULL, FALSE, "NONE" },
	{ "T-05", "Defendant Alex Musante used it.", NULL, FALSE, "ADV" },
	{ "G-01", "", NULL, FALSE, "CO" },
	{ "T-06", "", NULL, FALSE, "NONE" },
	{ "T-06", "", NULL, TRUE, "ADV" },
};

static void
expect(const struct kit *k, const char *id, const char *status)
{
	g_autoptr(GPtrArray) findings = showing_assess(k->rec);
	const struct finding *f = kit_finding(findings, id, NULL, NULL);
	const char *got = status_name(f->status);

	for (guint i = 0; i < f->notes->len; i++)
		g_test_message("%s %s: %s", id, got,
		    (char *)g_ptr_array_index(f->notes, i));
	g_assert_cmpuint(f->notes->len, >, 0);
	if (strcmp(got, status) != 0) {
		g_test_message("%s: %s, wanted %s", id, got, status);
		g_test_fail();
	}
	/* What fires points at a file, and asks for something. */
	if (f->status == ST_ADV) {
		g_assert_true(f->adverse);
		g_assert_cmpuint(f->against->len, >, 0);
		g_assert_cmpuint(f->missing->len, >, 0);
	}
}

static void
test_cases(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = g_strconcat(paperkit_whole,
		    cases[i].text, NULL);
		struct kit k;

		paperkit(&k, cases[i].after);
		paperkit_add(&k, "", text);
		if (cases[i].later != NULL)
			paperkit_add(&k, "Objection", cases[i].later);
		expect(&k, cases[i].id, cases[i].status);
		kit_clear(&k);
	}
}

/* Nothing to look at is never "nothing found". */
static void
test_no_motion(void)
{
	static const char *const ids[] = { "G-07", "P-30", "K-01", "K-20",
	    "L-07", "L-08", "L-10", "T-01", "T-03", "T-04", "T-06" };
	struct kit k;

	paperkit(&k, FALSE);
	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
		expect(&k, ids[i], "NC");
	expect(&k, "P-32", "NONE");
	expect(&k, "T-05", "CO");
	expect(&k, "G-01", "CO");
	g_free(k.rec->motion_filed);
	k.rec->motion_filed = g_strdup("");
	expect(&k, "P-32", "NC");
	expect(&k, "T-02", "NC");
	kit_clear(&k);
	kit_init(&k);
	paperkit_add(&k, "", paperkit_whole);
	expect(&k, "L-07", "NC");
	expect(&k, "T-04", "NC");
	expect(&k, "T-05", "NC");
	kit_clear(&k);
	/* A run after the filing is as late as a file. */
	paperkit(&k, FALSE);
	kit_run(&k, "2019-06-24");
	expect(&k, "T-02", "ADV");
	kit_clear(&k);
}

/* What the motion leaves out and the objection argues. */
static void
test_later(void)
{
	static const char objection[] = "# O\n\n## Rule 4(k)(2)\n\n" LONG LONG
	    "Exhibit I-1.\n\n## Likelihood of identification\n\n" LONG LONG
	    "Exhibit I-1.\n";
	static const char motion[] = "# M\n\n## First factor\n\nNone.\n\n"
	    "## Steps taken to locate the Does\n\n" LONG LONG "Exhibit "
	    "I-1. It was asked. Exhibit I-1. Under Rule 4(k)(2).\n";
	struct kit k;

	paperkit(&k, FALSE);
	paperkit_add(&k, "", motion);
	expect(&k, "K-20", "NC");
	expect(&k, "L-10", "NC");
	expect(&k, "K-01", "ADV");
	expect(&k, "P-30", "ADV");
	paperkit_add(&k, "Objection", objection);
	expect(&k, "K-20", "ADV");
	expect(&k, "L-10", "ADV");
	expect(&k, "T-01", "ADV");
	expect(&k, "P-32", "NONE");
	kit_clear(&k);
}

/* A record that was made after the filing, motion and all, does not tell what
 * was before the court; a message later than the motion was not. */
static void
test_made_later(void)
{
	struct import *mail, *motion;
	struct kit k;

	paperkit(&k, FALSE);
	paperkit_add(&k, "", paperkit_whole);
	mail = g_ptr_array_index(k.rec->imports, 0);
	motion = g_ptr_array_index(k.rec->imports, 1);
	g_free(mail->at);
	mail->at = g_strdup("2019-11-27T00:00:00Z");
	expect(&k, "T-02", "ADV");
	g_free(motion->at);
	motion->at = g_strdup("2019-11-27T00:00:00Z");
	expect(&k, "T-01", "NC");
	expect(&k, "T-02", "NC");
	expect(&k, "P-32", "NC");
	expect(&k, "L-10", "NC");
	g_free(mail->mail->date);
	mail->mail->date = g_strdup("2019-07-03T10:00:00Z");
	expect(&k, "T-01", "ADV");
	expect(&k, "T-02", "ADV");
	kit_clear(&k);
}

/* The same motion is right on the day before the dismissal. */
static void
test_party_by_date(void)
{
	g_autofree char *text = g_strconcat(paperkit_whole, "Defendant Alex "
	    "Musante used it.", NULL);
	struct kit k;

	paperkit(&k, FALSE);
	paperkit_add(&k, "", text);
	expect(&k, "T-05", "ADV");
	g_free(k.rec->motion_filed);
	k.rec->motion_filed = g_strdup("2019-06-11");
	expect(&k, "T-05", "NONE");
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/trap/cases", test_cases);
	g_test_add_func("/trap/no-motion", test_no_motion);
	g_test_add_func("/trap/later", test_later);
	g_test_add_func("/trap/made-later", test_made_later);
	g_test_add_func("/trap/party-by-date", test_party_by_date);
	return g_test_run();
}
