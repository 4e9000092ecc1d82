#include "reports/figures.h"

#include <string.h>

/* Measures as formats.md has them, and what else people call them; what is none of
 * these ("likes") counts no audience.  adds: a longer period has at least as many. */
static const struct measure { const char *name; enum measured is; gboolean adds; }
measures[] = {
	{ "downloads", MEASURED_DOWNLOADS, TRUE },
	{ "download", MEASURED_DOWNLOADS, TRUE },
	{ "installs", MEASURED_DOWNLOADS, TRUE },
	{ "installations", MEASURED_DOWNLOADS, TRUE },
	{ "visits", MEASURED_AUDIENCE, TRUE },
	{ "sessions", MEASURED_AUDIENCE, TRUE },
	{ "pageviews", MEASURED_AUDIENCE, TRUE },
	{ "pageimpressions", MEASURED_AUDIENCE, TRUE },
	{ "views", MEASURED_AUDIENCE, TRUE },
	{ "streams", MEASURED_AUDIENCE, TRUE },
	{ "users", MEASURED_AUDIENCE, FALSE },
	{ "activeusers", MEASURED_AUDIENCE, FALSE },
	{ "uniqueusers", MEASURED_AUDIENCE, FALSE },
	{ "registeredusers", MEASURED_AUDIENCE, FALSE },
	{ "visitors", MEASURED_AUDIENCE, FALSE },
	{ "uniquevisitors", MEASURED_AUDIENCE, FALSE },
	{ "accounts", MEASURED_AUDIENCE, FALSE },
	{ "subscribers", MEASURED_AUDIENCE, FALSE },
	{ "members", MEASURED_AUDIENCE, FALSE },
	{ "customers", MEASURED_AUDIENCE, FALSE },
	{ "viewers", MEASURED_AUDIENCE, FALSE },
	{ "players", MEASURED_AUDIENCE, FALSE },
	{ "peers", MEASURED_AUDIENCE, FALSE },
	{ "revenue", MEASURED_MONEY, TRUE },
	{ "income", MEASURED_MONEY, TRUE },
	{ "sales", MEASURED_MONEY, TRUE },
	{ "turnover", MEASURED_MONEY, TRUE },
};

static const struct measure *
measure_find(const struct number *n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(measures); i++)
		if (g_ascii_strcasecmp(n->measure, measures[i].name) == 0)
			return &measures[i];
	return NULL;
}

enum measured
figure_measured(const struct number *n)
{
	const struct measure *m = measure_find(n);

	return m != NULL ? m->is : MEASURED_OTHER;
}

static gboolean
is_money(const struct number *n)
{
	return figure_measured(n) == MEASURED_MONEY;
}

static gboolean
is_world(const struct number *n)
{
	return g_ascii_strcasecmp(n->place, "WORLD") == 0;
}

/* Two places: the forum lies in the number's, and is not it. */
static gboolean
is_wider(const struct number *n, const char *forum)
{
	size_t k = strlen(n->place);

	return is_world(n) || (forum != NULL &&
	    g_ascii_strncasecmp(forum, n->place, k) == 0 && forum[k] == '-');
}

static GArray *
list_for(struct figures *g, const struct number *n, const char *forum)
{
	if (figure_is_share(n))
		return place_within(n->place, forum) == WITHIN_IN ?
		    g->shares : NULL;
	if (is_wider(n, forum))
		return is_money(n) ? g->money_wider : g->wider;
	if (place_within(n->place, forum) != WITHIN_IN)
		return NULL;
	if (is_money(n))
		return g->money;
	return g_ascii_strcasecmp(n->place, forum) == 0 ? g->here : g->parts;
}

static void
read_number(struct figures *g, const struct import *i, const struct number *n,
    const char *forum)
{
	struct figure f = { i, n };
	GArray *to;

	if ((n->faults & ROW_DUPLICATE) != 0)
		return;
	if ((n->faults & (ROW_MALFORMED | ROW_VALUE_BAD | ROW_PLACE_BAD)) !=
	    0 || *n->place == '\0') {
		g->bad++;
		return;
	}
	if (figure_measured(n) == MEASURED_OTHER) {
		if (g->other == NULL || strcmp(n->measure, g->other) < 0)
			g->other = n->measure;
		return;
	}
	to = list_for(g, n, forum);
	if (to != NULL)
		g_array_append_val(to, f);
	else
		g->elsewhere++;
}

/* ---- sorting ------------------------------------------------------------------- */

static int
compare_series(const struct figure *a, const struct figure *b)
{
	int d = g_ascii_strcasecmp(a->n->measure, b->n->measure);

	return d != 0 ? d : g_ascii_strcasecmp(a->n->scope, b->n->scope);
}

static int
compare_period(const struct figure *a, const struct figure *b)
{
	int d = compare_series(a, b);

	if (d == 0)
		d = g_ascii_strcasecmp(a->n->unit, b->n->unit);
	if (d == 0)
		d = strcmp(a->n->period_start, b->n->period_start);
	return d != 0 ? d : strcmp(a->n->period_end, b->n->period_end);
}

static int
compare_figures(gconstpointer a, gconstpointer b)
{
	const struct figure *x = a, *y = b;
	int d = compare_period(x, y);

	if (d == 0)
		d = (x->n->low > y->n->low) - (x->n->low < y->n->low);
	if (d == 0)
		d = (x->import->number > y->import->number) -
		    (x->import->number < y->import->number);
	return d != 0 ? d : (x->n->row > y->n->row) - (x->n->row < y->n->row);
}

/* ---- two that cannot both be right --------------------------------------------- */

static void
differ_add(struct figures *g, const struct figure *a, const struct figure *b)
{
	struct figure_pair pair = { a, b };

	g_array_append_val(g->differ, pair);
}

/* Of one measure, scope, unit and period: the lowest upper end below the highest
 * lower end is such a pair; the first of each is kept. */
static void
find_difference(struct figures *g)
{
	const struct figure *least = NULL;
	gboolean told = FALSE;

	for (guint i = 0; i < g->here->len; i++) {
		const struct figure *f = &g_array_index(g->here, struct figure,
		    i);

		if (least == NULL || compare_period(least, f) != 0) {
			least = f;
			told = FALSE;
			continue;
		}
		if (least->n->high >= 0 && f->n->low > least->n->high &&
		    *f->n->period_start != '\0' && !told) {
			differ_add(g, least, f);
			told = TRUE;
		}
		if (f->n->high >= 0 && (least->n->high < 0 ||
		    f->n->high < least->n->high))
			least = f;
	}
}

/* Dates as YYYY-MM-DD: whether the first's period lies in the second's. */
static gboolean
is_during(const struct number *a, const struct number *b)
{
	return strcmp(b->period_start, a->period_start) <= 0 &&
	    strcmp(a->period_end, b->period_end) <= 0;
}

/* What is counted of a part, of a place or a time, is counted of the whole. */
static gboolean
exceeds_whole(const struct figure *part, const struct figure *whole)
{
	const struct measure *m = measure_find(part->n);
	gboolean same = strcmp(part->n->period_start,
	    whole->n->period_start) == 0 && strcmp(part->n->period_end,
	    whole->n->period_end) == 0;

	return whole->n->high >= 0 && part->n->low > whole->n->high &&
	    compare_series(part, whole) == 0 &&
	    g_ascii_strcasecmp(part->n->unit, whole->n->unit) == 0 &&
	    figure_dated(part) && figure_dated(whole) &&
	    (same || (m->adds && is_during(part->n, whole->n)));
}

/* Rows are few, or the first pair is soon found: a bound on both sides. */
static void
find_excess(struct figures *g, const GArray *parts, const GArray *wholes)
{
	enum { LOOKED = 512 };

	for (guint i = 0; i < MIN(parts->len, LOOKED); i++)
		for (guint k = 0; k < MIN(wholes->len, LOOKED); k++) {
			const struct figure *a = &g_array_index(parts,
			    struct figure, i);
			const struct figure *b = &g_array_index(wholes,
			    struct figure, k);

			if ((parts != wholes || compare_period(a, b) != 0) &&
			    exceeds_whole(a, b)) {
				differ_add(g, b, a);
				return;
			}
		}
}

const struct figure_pair *
figures_differ(const struct figures *g, gboolean downloads)
{
	for (guint i = 0; i < g->differ->len; i++) {
		const struct figure_pair *p = &g_array_index(g->differ,
		    struct figure_pair, i);

		if (!downloads ||
		    figure_measured(p->one->n) == MEASURED_DOWNLOADS)
			return p;
	}
	return NULL;
}

/* Periods of the measure that has the most, and that have no day in common: a
 * month and its quarter are no series.  Sorted by their beginnings. */
static void
count_periods(struct figures *g)
{
	const struct figure *last = NULL;
	const char *end = "";
	guint n = 0;

	for (guint i = 0; i < g->here->len; i++) {
		const struct figure *f = &g_array_index(g->here, struct figure,
		    i);

		if (!figure_dated(f))
			continue;
		if (last == NULL || compare_series(last, f) != 0 ||
		    g_ascii_strcasecmp(last->n->unit, f->n->unit) != 0)
			n = 0, end = "";
		if (strcmp(f->n->period_start, end) > 0)
			n++, end = f->n->period_end;
		else if (strcmp(f->n->period_end, end) < 0)
			end = f->n->period_end;
		last = f;
		g->periods = MAX(g->periods, n);
	}
}

/* ---- all of it -------------------------------------------------------------------- */

void
figures_of(const struct record *rec, const char *forum, struct figures *g)
{
	GArray **lists[] = { &g->here, &g->parts, &g->wider, &g->shares,
	    &g->money, &g->money_wider };

	*g = (struct figures){ 0 };
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		*lists[i] = g_array_new(FALSE, FALSE, sizeof(struct figure));
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		if (m->kind != IMPORT_NUMBERS)
			continue;
		g->files++;
		for (guint k = 0; k < m->rows->len; k++)
			read_number(g, m, &g_array_index(m->rows,
			    struct number, k), forum);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		g_array_sort(*lists[i], compare_figures);
	g->differ = g_array_new(FALSE, FALSE, sizeof(struct figure_pair));
	find_difference(g);
	find_excess(g, g->here, g->here);
	find_excess(g, g->here, g->wider);
	find_excess(g, g->parts, g->here);
	count_periods(g);
}

void
figures_clear(struct figures *g)
{
	g_array_unref(g->differ);
	g_array_unref(g->here);
	g_array_unref(g->parts);
	g_array_unref(g->wider);
	g_array_unref(g->shares);
	g_array_unref(g->money);
	g_array_unref(g->money_wider);
}

gboolean
figure_sourced(const struct figure *f)
{
	return *f->n->source != '\0';
}

gboolean
figure_dated(const struct figure *f)
{
	return (f->n->faults & (ROW_PERIOD_BAD | ROW_TIME_FUTURE)) == 0 &&
	    *f->n->period_start != '\0';
}

gboolean
figure_is_share(const struct number *n)
{
	static const char *const units[] = { "%", "percent", "per cent",
	    "percentage", "percents", "share", "pct", NULL };

	for (size_t i = 0; units[i] != NULL; i++)
		if (g_ascii_strcasecmp(n->unit, units[i]) == 0)
			return TRUE;
	return g_str_has_suffix(n->value, "%");
}

static char *
period_words(const struct figure *f)
{
	const struct number *n = f->n;

	if ((n->faults & ROW_PERIOD_BAD) != 0 || *n->period_start == '\0')
		return g_strdup("for a period not told");
	return g_strdup_printf("from %s%s%s%s", n->period_start,
	    *n->period_end != '\0' ? " to " : "", n->period_end,
	    figure_dated(f) ? "" : ", which was not over when it was imported");
}

char *
figure_words(const struct figure *f)
{
	const struct number *n = f->n;
	gboolean share = figure_is_share(n);
	gboolean unit = *n->unit != '\0' && !share &&
	    g_ascii_strcasecmp(n->unit, n->measure) != 0;
	g_autofree char *period = period_words(f);

	return g_strdup_printf("imported file states %s%s %s%s%s for %s%s, %s, "
	    "source %s, method %s%s%s", n->value, share ?
	    " in a hundred of" : "", n->measure,
	    unit ? " in " : "", unit ? n->unit : "", n->place,
	    is_world(n) ? ", which is no country's number" : "", period,
	    *n->source != '\0' ? n->source : "not told",
	    *n->method != '\0' ? n->method : "not told",
	    *n->scope != '\0' ? ", of " : "", n->scope);
}

const struct figure *
figure_world(const struct figures *g, const struct figure *f)
{
	for (guint i = 0; i < g->wider->len; i++) {
		const struct figure *w = &g_array_index(g->wider,
		    struct figure, i);

		if (is_world(w->n) && compare_period(w, f) == 0)
			return w;
	}
	return NULL;
}
