#include "reports/bounds.h"

#include <string.h>

static const struct fact *
bound_in(const struct run *run, const char *ip)
{
	const struct fact *least = NULL;

	for (guint i = 0; i < run->facts->len; i++) {
		const struct fact *f = g_ptr_array_index(run->facts, i);
		const char *known = fact_str(f, "known_by");

		if (f->kind != FACT_PLACE_BOUND || strcmp(f->subject, ip) != 0 ||
		    strcmp(known, "not declared") == 0 ||
		    strcmp(known, "words only") == 0)
			continue;
		if (least == NULL || fact_int(f, "km", INT64_MAX) <
		    fact_int(least, "km", INT64_MAX))
			least = f;
	}
	return least;
}

/* One more of a place that was looked from already: the least one counts. */
static void
from_add(GArray *all, const struct run *run, const struct fact *f)
{
	const struct bound_from one = { run, f };

	for (guint i = 0; i < all->len; i++) {
		struct bound_from *b = &g_array_index(all, struct bound_from,
		    i);

		if (strcmp(fact_str(b->fact, "vantage"), fact_str(f,
		    "vantage")) != 0)
			continue;
		if (i > 0 && fact_int(f, "km", INT64_MAX) <
		    fact_int(b->fact, "km", INT64_MAX))
			*b = one;
		return;
	}
	g_array_append_val(all, one);
}

GArray *
bounds_from(const struct record *rec, const struct run *run, const char *ip)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct bound_from));
	const struct fact *own = bound_in(run, ip);

	if (own == NULL)
		return all;
	from_add(all, run, own);
	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *r = g_ptr_array_index(rec->runs, i);
		const struct fact *f = r != run ? bound_in(r, ip) : NULL;

		if (f != NULL)
			from_add(all, r, f);
	}
	return all;
}

/* ---- together ------------------------------------------------------------------ */

static const char *const verdicts[] = { "possible", "unlikely", "excluded" };

static int
rank_of(const char *verdict)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++)
		if (g_strcmp0(verdicts[i], verdict) == 0)
			return (int)i;
	return -1;
}

static void
place_add(GArray *all, const struct bound_from *by, const json_t *p)
{
	const char *place = json_string_value(json_object_get(p, "place"));
	int rank = rank_of(json_string_value(json_object_get(p, "verdict")));
	struct bound_place one = { place, NULL, by };

	if (place == NULL || rank < 0)
		return;
	one.verdict = verdicts[rank];
	for (guint i = 0; i < all->len; i++) {
		struct bound_place *b = &g_array_index(all, struct bound_place,
		    i);

		if (strcmp(b->place, place) != 0)
			continue;
		if (rank > rank_of(b->verdict))
			*b = one;
		return;
	}
	g_array_append_val(all, one);
}

GArray *
bounds_together(const GArray *from)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct bound_place));

	for (guint i = 0; i < from->len; i++) {
		const struct bound_from *b = &g_array_index(from,
		    struct bound_from, i);
		const json_t *p;
		size_t k;

		json_array_foreach(fact_get(b->fact, "places"), k, p)
			place_add(all, b, p);
	}
	return all;
}

gboolean
bounds_many(const GArray *from, const char *ip)
{
	for (guint i = 0; i < from->len; i++) {
		const struct run *run = g_array_index(from, struct bound_from,
		    i).run;
		const struct fact *f = run_first(run, FACT_PLACE_COMPARED, ip);

		if (f != NULL && *fact_str(f, "edge") != '\0')
			return TRUE;
	}
	return FALSE;
}
