/* What is missing, put together by who could supply it: everything that a gap
 * asks for, once, and nothing else. */

#include <string.h>

#include "reports/wants.h"
#include "reports/words.h"
#include "tests/unit/recordkit.h"

static const struct want *
by(const GPtrArray *wants, enum supply supply)
{
	for (guint i = 0; i < wants->len; i++) {
		const struct want *w = g_ptr_array_index(wants, i);

		if (w->by == supply)
			return w;
	}
	return NULL;
}

static const struct wanted *
thing(const struct want *w, const char *what)
{
	for (guint i = 0; w != NULL && i < w->things->len; i++) {
		const struct wanted *t = g_ptr_array_index(w->things, i);

		if (strcmp(t->what, what) == 0)
			return t;
	}
	return NULL;
}

static gboolean
asks(const struct wanted *t, const struct element *e)
{
	return t != NULL && t->of[e - elements];
}

/* Each thing that a finding misses stands once with whom it says. */
static void
test_nothing_lost(void)
{
	struct kit k;
	g_autoptr(GPtrArray) all = NULL, wants = NULL;

	kit_popcorn(&k, 0);
	all = showing_assess(k.rec);
	wants = wants_of(all);
	for (guint i = 0; i < all->len; i++) {
		const struct finding *f = g_ptr_array_index(all, i);

		for (guint m = 0; m < f->missing->len; m++) {
			enum supply s = g_array_index(f->supply, enum supply, m);
			const struct wanted *t = thing(by(wants, s),
			    g_ptr_array_index(f->missing, m));

			if (words_status[f->status].gap && s != SUPPLY_NOBODY)
				g_assert_true(asks(t, f->element));
		}
	}
	g_assert_null(by(wants, SUPPLY_NOBODY));
	kit_clear(&k);
}

/* Nothing is in it that no gap asks for. */
static void
test_nothing_added(void)
{
	struct kit k;
	g_autoptr(GPtrArray) all = NULL, wants = NULL;
	g_autofree gboolean *gap = g_new0(gboolean, elements_count);

	kit_popcorn(&k, 0);
	all = showing_assess(k.rec);
	wants = wants_of(all);
	for (guint i = 0; i < all->len; i++) {
		const struct finding *f = g_ptr_array_index(all, i);

		if (words_status[f->status].gap && f->missing->len > 0)
			gap[f->element - elements] = TRUE;
	}
	for (guint i = 0; i < wants->len; i++) {
		const struct want *w = g_ptr_array_index(wants, i);

		for (size_t e = 0; e < elements_count; e++)
			g_assert_true(!w->of[e] || gap[e]);
	}
	kit_clear(&k);
}

/* Of the order's own record a log of who did what serves the most; Does are
 * counted where they are many, entities named. */
static void
test_order_of_reading(void)
{
	struct kit k;
	const struct want *first;
	g_autoptr(GPtrArray) all = NULL, wants = NULL;
	g_autofree char *does = NULL, *ids = NULL, *whom = NULL;

	kit_popcorn(&k, 0);
	all = showing_assess(k.rec);
	wants = wants_of(all);
	for (guint i = 1; i < wants->len; i++)
		g_assert_cmpuint(((const struct want *)g_ptr_array_index(wants,
		    i - 1))->elements, >=, ((const struct want *)
		    g_ptr_array_index(wants, i))->elements);
	first = g_ptr_array_index(wants, 0);
	g_assert_cmpint(first->by, ==, SUPPLY_ACTIVITY);
	does = wanted_scopes(thing(first, "an address tied to this Doe"));
	g_assert_cmpstr(does, ==, "10 Does");
	ids = elements_ids(thing(first, "an address tied to this Doe")->of);
	g_assert_cmpstr(ids, ==, "P-04, P-08, P-13");
	whom = wanted_scopes(thing(by(wants, SUPPLY_ENTITIES),
	    "by what route it can be had"));
	g_assert_nonnull(strstr(whom, "Instra Corporation"));
	kit_clear(&k);
}

/* What the findings do not miss is asked of nobody. */
static void
test_no_gap(void)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_autoptr(GPtrArray) wants = NULL;
	struct finding *f = finding_new(NULL, element_find("P-15"),
	    "example.test", NULL);

	f->status = ST_INSUF;
	finding_lacks(f, SUPPLY_NOBODY, "nothing: this row never serves P-04");
	g_ptr_array_add(all, f);
	wants = wants_of(all);
	g_assert_cmpuint(wants->len, ==, 0);
	finding_free(f);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/wants/nothing lost", test_nothing_lost);
	g_test_add_func("/wants/nothing added", test_nothing_added);
	g_test_add_func("/wants/order of reading", test_order_of_reading);
	g_test_add_func("/wants/no gap", test_no_gap);
	return g_test_run();
}
