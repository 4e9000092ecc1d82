/*
 * What the predicates say of small records, each in every status that it can
 * give; and what has to hold for all of them: an answer that did not come is
 * never "nothing found", and nobody's address but a Doe's own serves factor 1.
 */

#include <string.h>

#include "tests/unit/recordkit.h"

/* ---- three whole records ------------------------------------------------------- */

/* popcorn: the order's record. nothing: all answered, with nothing. failed: the
 * order's record, and no answer to any question. */
static const struct { const char *id, *scope, *forum, *popcorn, *nothing,
	*failed; } table[] = {
	{ "G-01", NULL, NULL, "CO", "CO", "CO" },
	{ "G-06", NULL, NULL, "NC", "NC", "NC" },
	{ "P-01", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-04", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-06", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-07", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-11", NULL, NULL, "INSUF", "NONE", "NC" },
	{ "P-13", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-14", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-15", NULL, NULL, "INSUF", "NONE", "NC" },
	{ "P-16", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-17", NULL, NULL, "ADV", "NONE", "NC" },
	{ "P-18", NULL, NULL, "NONE", "NONE", "NC" },
	{ "P-23", NULL, NULL, "NONE", "NONE", "NC" },
	{ "P-30", NULL, NULL, "NC", "NC", "NC" },
	{ "P-31", NULL, NULL, "INSUF", "NONE", "NC" },
	{ "S-01", NULL, NULL, "PART", "PART", "PART" },
	{ "S-02", NULL, NULL, "CO", "CO", "CO" },
	{ "S-03", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "J-03", NULL, "US", "CO", "CO", "CO" },
	{ "J-08", NULL, "US-HI", "PART", "NONE", "NC" },
	{ "J-09", NULL, "US-HI", "INSUF", "NONE", "NC" },
	{ "J-11", NULL, "US-HI", "NONE", "NONE", "NC" },
	{ "J-12", NULL, "US-HI", "SUP", "NONE", "NC" },
	{ "J-13", NULL, "US-HI", "SUP", "NONE", "NC" },
	{ "J-14", NULL, "US-HI", "NONE", "NONE", "NC" },
	{ "J-14", NULL, "US", "PART", "NONE", "NC" },
	{ "J-20", NULL, "US", "INSUF", "NONE", "NC" },
	{ "J-21", NULL, "US", "NONE", "NONE", "NC" },
	{ "J-22", NULL, "US", "NONE", "NONE", "NC" },
	{ "J-29", NULL, "US", "NONE", "NONE", "NC" },
	{ "J-32", NULL, "US-HI", "NONE", "NONE", "NONE" },
	{ "K-01", NULL, "US", "NC", "NC", "NC" },
	{ "K-05", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-12", NULL, "US", "NONE", "NONE", "NC" },
	{ "K-14", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-15", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-16", NULL, "US", "ADV", "NONE", "ADV" },
	{ "K-17", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-18", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-19", NULL, "US", "NC", "NONE", "NC" },
	{ "L-01", "LiteServer B.V.", NULL, "PART", "not there", "NC" },
	{ "L-01", "Instra Corporation", NULL, "PART", "not there", "NC" },
	{ "L-01", "IPSERVER LP", NULL, "NONE", "not there", "NC" },
	{ "L-02", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "L-03", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "L-04", "LiteServer B.V.", NULL, "PART", "not there", "NC" },
	{ "L-05", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "L-06", "LiteServer B.V.", NULL, "NONE", "not there", "NONE" },
	{ "L-09", "LiteServer B.V.", NULL, "PART", "not there", "NC" },
	{ "L-09", "IPSERVER LP", NULL, "NONE", "not there", "NC" },
	{ "T-05", NULL, NULL, "CO", "CO", "CO" },
	{ "T-06", NULL, NULL, "NC", "NC", "NC" },
};

static const char *
word(const GPtrArray *findings, size_t i)
{
	const struct finding *f = kit_finding(findings, table[i].id,
	    table[i].scope, table[i].forum);

	return f != NULL ? status_name(f->status) : "not there";
}

static void
test_table(void)
{
	struct kit popcorn, nothing, failed;
	g_autoptr(GPtrArray) a = NULL, b = NULL, c = NULL;

	kit_popcorn(&popcorn, 0);
	kit_nothing(&nothing, 0);
	kit_popcorn(&failed, KIT_ALL);
	a = showing_assess(popcorn.rec);
	b = showing_assess(nothing.rec);
	c = showing_assess(failed.rec);
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_test_message("%s %s", table[i].id,
		    table[i].scope != NULL ? table[i].scope : "");
		g_assert_cmpstr(word(a, i), ==, table[i].popcorn);
		g_assert_cmpstr(word(b, i), ==, table[i].nothing);
		g_assert_cmpstr(word(c, i), ==, table[i].failed);
	}
	g_assert_true(kit_finding(a, "P-17", NULL, NULL)->adverse);
	g_assert_true(kit_finding(a, "K-16", NULL, NULL)->adverse);
	g_clear_pointer(&a, g_ptr_array_unref);
	g_clear_pointer(&b, g_ptr_array_unref);
	g_clear_pointer(&c, g_ptr_array_unref);
	kit_clear(&popcorn);
	kit_clear(&nothing);
	kit_clear(&failed);
}

/* ---- what holds whatever the record ---------------------------------------------- */

static gboolean
says_something(enum status s)
{
	return s != ST_NONE && s != ST_NC && s != ST_CO;
}

static void
no_none_instead(const GPtrArray *whole, const GPtrArray *cut, unsigned at)
{
	for (guint i = 0; i < whole->len; i++) {
		const struct finding *f = g_ptr_array_index(whole, i);
		const struct finding *g = kit_finding(cut, f->element->id,
		    f->scope, f->forum);

		if (!says_something(f->status) || g == NULL)
			continue;
		g_test_message("%s %s without answer %u: %s", f->element->id,
		    f->scope, at, status_name(g->status));
		g_assert_cmpint(g->status, !=, ST_NONE);
	}
}

/* Take away one answer after the other: what rested on it turns to NC, never
 * to NONE. */
static void
test_failed_is_not_none(void)
{
	struct kit whole;
	g_autoptr(GPtrArray) findings = NULL;

	kit_popcorn(&whole, 0);
	findings = showing_assess(whole.rec);
	for (unsigned i = 1; i <= whole.asked; i++) {
		struct kit cut;
		GPtrArray *without;

		kit_popcorn(&cut, i);
		without = showing_assess(cut.rec);
		no_none_instead(findings, without, i);
		g_ptr_array_unref(without);
		kit_clear(&cut);
	}
	g_clear_pointer(&findings, g_ptr_array_unref);
	kit_clear(&whole);
}

/* And where all was answered with nothing, one answer less is NC. */
static void
test_nothing_needs_answers(void)
{
	struct kit k;

	kit_nothing(&k, 1);
	g_assert_cmpstr(kit_status(&k, "P-15", NULL, NULL), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "J-20", NULL, "US"), ==, "NC");
	kit_clear(&k);
	kit_nothing(&k, 4);
	g_assert_cmpstr(kit_status(&k, "K-17", NULL, NULL), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "P-15", NULL, NULL), ==, "NONE");
	kit_clear(&k);
	kit_nothing(&k, 5);
	g_assert_cmpstr(kit_status(&k, "P-18", NULL, NULL), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "NC");
	kit_clear(&k);
}

/* Twenty hosts, servers and mail exchangers more, in Hawaii or anywhere: no
 * element of factor 1 that asks for a Doe's address moves. */
static void
test_hosts_never_serve(void)
{
	static const char *const ids[] = { "P-04", "P-06", "P-07", "P-13",
		"P-14" };
	struct kit k;

	kit_popcorn(&k, 0);
	for (int i = 10; i < 30; i++) {
		g_autofree char *ip = g_strdup_printf("192.0.2.%d", i);
		g_autofree char *mx = g_strdup_printf("mx%d.example", i);
		g_autofree char *v = g_strdup_printf("{'exchange':'%s'}", mx);

		kit_address(&k, "popcorn-time.ch", ip, "Cloudflare, Inc.",
		    "US");
		kit_fact(&k, FACT_DNS_MX, "popcorn-time.ch", v);
		kit_address(&k, mx, ip, "Aloha Hosting LLC", "US");
		kit_address(&k, "ada.ns.cloudflare.com", ip, "Aloha", "US");
	}
	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
		g_assert_cmpstr(kit_status(&k, ids[i], "Doe 1", NULL), ==,
		    "NONE");
	kit_clear(&k);
}

static void
test_beliefs_change_nothing(void)
{
	struct kit a, b;
	g_autoptr(GPtrArray) x = NULL, y = NULL;

	kit_popcorn(&a, 0);
	kit_popcorn(&b, 0);
	for (int i = 0; i < 5; i++)
		kit_statement(&b, BELIEF, "Plaintiff believes that LiteServer "
		    "B.V. has identification information");
	x = showing_assess(a.rec);
	y = showing_assess(b.rec);
	g_assert_cmpuint(x->len, ==, y->len);
	for (guint i = 0; i < x->len; i++) {
		const struct finding *f = x->pdata[i], *g = y->pdata[i];

		g_test_message("%s", f->element->id);
		g_assert_cmpint(f->status, ==, g->status);
		g_assert_cmpuint(f->for_->len, ==, g->for_->len);
	}
	g_clear_pointer(&x, g_ptr_array_unref);
	g_clear_pointer(&y, g_ptr_array_unref);
	kit_clear(&a);
	kit_clear(&b);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void
test_service_date(void)
{
	struct kit k;
	g_autoptr(GPtrArray) all = NULL;
	const struct finding *f;

	kit_popcorn(&k, 0);
	g_free(k.rec->service_date);
	k.rec->service_date = g_strdup("2019-11-20");
	all = showing_assess(k.rec);
	f = kit_finding(all, "G-06", NULL, NULL);
	g_assert_cmpint(f->status, ==, ST_CO);
	g_assert_nonnull(strstr(g_ptr_array_index(f->notes, 0), "2019-12-04"));
	g_clear_pointer(&all, g_ptr_array_unref);
	kit_clear(&k);
}

static void
test_after_motion(void)
{
	struct kit k;
	g_autoptr(GPtrArray) all = NULL;
	const struct finding *f;

	kit_popcorn(&k, 0);
	g_free(k.rec->motion_filed);
	k.rec->motion_filed = g_strdup("2026-11-22");
	all = showing_assess(k.rec);
	f = kit_finding(all, "T-02", NULL, NULL);
	g_assert_cmpuint(f->notes->len, ==, 1);
	g_assert_nonnull(strstr(g_ptr_array_index(f->notes, 0), "000001"));
	g_clear_pointer(&all, g_ptr_array_unref);
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/judge/table", test_table);
	g_test_add_func("/judge/failed-is-not-none", test_failed_is_not_none);
	g_test_add_func("/judge/nothing-needs-answers",
	    test_nothing_needs_answers);
	g_test_add_func("/judge/hosts-never-serve", test_hosts_never_serve);
	g_test_add_func("/judge/beliefs", test_beliefs_change_nothing);
	g_test_add_func("/judge/service-date", test_service_date);
	g_test_add_func("/judge/after-motion", test_after_motion);
	return g_test_run();
}
