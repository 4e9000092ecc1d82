/*
 * Quotations as they are written, held against one message: those that are
 * right in every way of setting them, and those that are not.
 */

#include <string.h>

#include "reports/excerpt.h"
#include "reports/verbatim.h"

static const char text[] =
    "We forwarded your abuse complaint to the customer in question.\r\n"
    "We cannot share any customer details with third parties, unless the\r\n"
    "customer agrees or there is a legal court order by a NL court requesting\r\n"
    "us to forward specific details about this customer.\r\n\r\n"
    "We will not delete any customer details on short periods. They\xe2\x80\x99re "
    "kept in non-\r\npublic files; \"so called\" records [redacted] remain.3 "
    "We share data with courts only. We share the names if a judge asks.\r\n";

struct expect {
	const char	*quote;
	enum stands	 how;
	const char	*denied, *put;
};

/* What counts as the same. */
static const struct expect right[] = {
	{ "We cannot share any customer details", STANDS, "", "" },
	{ "cannot share any customer details with third parties, unless the "
	    "customer agrees", STANDS, "", "" },
	{ "We will not delete any\n  customer details on short periods.",
	    STANDS, "", "" },
	{ "They're kept in non-public files", STANDS, "", "" },
	{ "kept in non\xe2\x80\x91public files; \xe2\x80\x98so called\xe2\x80\x99 "
	    "records", STANDS, "", "" },
	{ "\xe2\x80\x98so called\xe2\x80\x99 records [redacted] remain.",
	    STANDS, "", "" },
	{ "records [redacted] remain. We share data", STANDS, "", "" },
	{ "remain.[3] We share data", STANDS, "", "" },
	{ "third parties,", STANDS, "", "" },
	/* dots */
	{ "cannot share any customer details with third parties, unless . . . "
	    "there is a legal court order", STANDS, "", "" },
	{ "We cannot share . . . details", STANDS, "", "" },
	{ "We forwarded . . . . We cannot share", STANDS, "", "" },
	{ "forwarded your . . . complaint . . . .", STANDS, "", "" },
	{ "a legal court order by a NL court \xe2\x80\xa6", STANDS, "", "" },
	{ "... about this customer", STANDS, "\xe2\x80\x9cWe cannot share any "
	    "customer details with third parties, unless the customer agrees or "
	    "there is a legal court order by a NL court requesting us to forward "
	    "specific details\xe2\x80\x9d", "" },
	/* brackets */
	{ "[w]e cannot share", STANDS, "", "" },
	{ "[F]orwarded your abuse complaint", STANDS, "", "" },
	{ "forward[s] your abuse complaint[] to", STANDS, "", "" },
	{ "We cannot share any customer detail[]", STANDS, "", "" },
	{ "forwarded your [sic] abuse complaint", STANDS, "", "" },
	{ "We cannot share [] details", STANDS, "", "" },
	{ "We cannot share [. . .] details", STANDS, "", "" },
	{ "question. [citation omitted] We cannot", STANDS, "", "" },
	{ "about this customer[.]", STANDS, "", "" },
	{ "any[,] customer details", STANDS, "", "" },
};

static const struct expect wrong[] = {
	{ "We can . . . share any customer details with third parties",
	    STANDS_NOT, "", "" },
	{ "We can share", STANDS_NOT, "", "" },
	{ "We can[] share any customer details", STANDS_NOT, "", "" },
	{ "we cannot share", STANDS_NOT, "", "" },
	{ "customer detail with third", STANDS_NOT, "", "" },
	{ "We cannot share customer details", STANDS_NOT, "", "" },
	{ "details . . . We forwarded", STANDS_NOT, "", "" },
	{ "public files", STANDS_NOT, "", "" },
	{ "ready to", STANDS_NOT, "", "" },
	{ "We will . . . delete any customer details", STANDS,
	    "\xe2\x80\x9cnot\xe2\x80\x9d", "" },
	{ "We will [] delete any customer details", STANDS,
	    "\xe2\x80\x9cnot\xe2\x80\x9d", "" },
	{ "We . . . share any customer details", STANDS,
	    "\xe2\x80\x9c" "cannot\xe2\x80\x9d", "" },
	{ ". . . share any customer details with third parties", STANDS,
	    "\xe2\x80\x9cWe cannot\xe2\x80\x9d", "" },
	{ "We share data with courts . . . .", STANDS,
	    "\xe2\x80\x9conly.\xe2\x80\x9d", "" },
	{ "We share the names . . . .", STANDS,
	    "\xe2\x80\x9cif a judge asks.\xe2\x80\x9d", "" },
	{ "We cannot share any customer details with third parties . . . there "
	    "is a legal court order", STANDS, "\xe2\x80\x9c, unless the customer "
	    "agrees or\xe2\x80\x9d", "" },
	{ "[is ready to] share any customer details", STANDS, "",
	    "\xe2\x80\x9c[is ready to]\xe2\x80\x9d for \xe2\x80\x9cWe "
	    "cannot\xe2\x80\x9d" },
	{ "We can[not] share", STANDS_NOT, "", "" },
	{ "We [gladly] forwarded", STANDS, "", "\xe2\x80\x9c[gladly]\xe2\x80\x9d "
	    "for nothing" },
	{ "complaint to [the operator] in question", STANDS, "",
	    "\xe2\x80\x9c[the operator]\xe2\x80\x9d for \xe2\x80\x9cthe "
	    "customer\xe2\x80\x9d" },
	{ "[I] cannot share", STANDS, "", "\xe2\x80\x9c[I]\xe2\x80\x9d for "
	    "\xe2\x80\x9cWe\xe2\x80\x9d" },
	{ "[the customer] agrees", STANDS, "", "" },
	{ "[the operator] agrees", STANDS, "", "\xe2\x80\x9c[the operator]"
	    "\xe2\x80\x9d for \xe2\x80\x9cthe customer\xe2\x80\x9d" },
	{ "We cannot share any customer details with [counsel]", STANDS, "",
	    "\xe2\x80\x9c[counsel]\xe2\x80\x9d for \xe2\x80\x9cthird\xe2"
	    "\x80\x9d" },
};

static void
hold(const struct expect *x)
{
	struct excerpt *e = excerpt_new(x->quote, strlen(x->quote));
	g_autofree char *form = verbatim(text, strlen(text));
	struct standing s;

	standing_init(&s);
	excerpt_stands(e, text, form, &s);
	g_test_message("%s: %d, denied %s, put %s", x->quote, s.how,
	    s.denied->str, s.put->str);
	g_assert_cmpint(s.how, ==, x->how);
	g_assert_cmpstr(s.denied->str, ==, x->denied);
	g_assert_cmpstr(s.put->str, ==, x->put);
	standing_clear(&s);
	excerpt_free(e);
}

static void
test_right(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(right); i++)
		hold(&right[i]);
}

static void
test_wrong(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		hold(&wrong[i]);
}

/* Pieces of two ends of a long text are no quotation of it. */
static void
test_apart(void)
{
	g_autoptr(GString) s = g_string_new("We share ");
	g_autofree char *form = NULL;
	struct excerpt *e = excerpt_new("We share . . . details", 22);
	struct standing st;

	for (int i = 0; i < EXCERPT_APART + 1; i++)
		g_string_append(s, "word ");
	g_string_append(s, "details");
	form = verbatim(s->str, s->len);
	standing_init(&st);
	excerpt_stands(e, s->str, form, &st);
	g_assert_cmpint(st.how, ==, STANDS_APART);
	g_assert_cmpuint(st.apart, ==, EXCERPT_APART + 1);
	standing_clear(&st);
	excerpt_free(e);
}

/* Of two places the fair one counts. */
static void
test_fair(void)
{
	static const char two[] = "We will not share names. We will soon share "
	    "names.";
	g_autofree char *form = verbatim(two, strlen(two));
	struct excerpt *e = excerpt_new("We will . . . share names", 25);
	struct standing s;

	standing_init(&s);
	excerpt_stands(e, two, form, &s);
	g_assert_cmpint(s.how, ==, STANDS);
	g_assert_cmpstr(s.denied->str, ==, "");
	g_assert_cmpstr(two + s.from, ==, "We will soon share names.");
	standing_clear(&s);
	excerpt_free(e);
}

static void
beside(const char *quote, const char *before, const char *after)
{
	g_autofree char *form = verbatim(text, strlen(text));
	struct excerpt *e = excerpt_new(quote, strlen(quote));
	struct standing s;

	standing_init(&s);
	excerpt_stands(e, text, form, &s);
	g_assert_cmpint(s.how, ==, STANDS);
	g_assert_cmpstr(s.before, ==, before);
	g_assert_cmpstr(s.after, ==, after);
	standing_clear(&s);
	excerpt_free(e);
}

static void
test_beside(void)
{
	beside("share any customer details", "cannot", NULL);
	beside("We share data with courts", NULL, "only.");
	beside("share the names", NULL, "if a judge asks.");
	beside("We share data with courts only.", NULL, NULL);
	beside("your abuse complaint", NULL, NULL);
	beside("any customer details", NULL, NULL);
	beside("third parties,", NULL, NULL);
	beside("the\ncustomer agrees", "unless", NULL);
	beside("customer details on short periods", NULL, NULL);
}

/* Much of the same word, and a quotation of many pieces: no time to speak of. */
static void
test_bounded(void)
{
	g_autoptr(GString) many = g_string_new(NULL), q = g_string_new("a");
	g_autofree char *form = NULL;
	struct excerpt *e;
	struct standing s;

	for (int i = 0; i < 100000; i++)
		g_string_append(many, "a ");
	for (int i = 0; i < 50; i++)
		g_string_append(q, " . . . a");
	g_string_append(q, " . . . b");
	form = verbatim(many->str, many->len);
	e = excerpt_new(q->str, q->len);
	standing_init(&s);
	excerpt_stands(e, many->str, form, &s);
	g_assert_cmpint(s.how, ==, STANDS_NOT);
	standing_clear(&s);
	excerpt_free(e);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/excerpt/right", test_right);
	g_test_add_func("/excerpt/wrong", test_wrong);
	g_test_add_func("/excerpt/apart", test_apart);
	g_test_add_func("/excerpt/fair", test_fair);
	g_test_add_func("/excerpt/beside", test_beside);
	g_test_add_func("/excerpt/bounded", test_bounded);
	return g_test_run();
}
