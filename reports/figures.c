#include "reports/figures.h"

#include <string.h>

static gboolean
is_money(const struct number *n)
{
	return g_ascii_strcasecmp(n->measure, "revenue") == 0;
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

	if ((n->faults & (ROW_MALFORMED | ROW_DUPLICATE | ROW_VALUE_BAD |
	    ROW_PLACE_BAD)) != 0 || *n->place == '\0') {
		g->bad++;
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

/* Of one measure, scope, unit and period: the lowest upper end below the highest
 * lower end is a pair that cannot both be right. */
static void
find_difference(struct figures *g)
{
	const struct figure *least = NULL;

	for (guint i = 0; i < g->here->len; i++) {
		const struct figure *f = &g_array_index(g->here, struct figure,
		    i);

		if (least == NULL || compare_period(least, f) != 0) {
			least = f;
			continue;
		}
		if (least->n->high >= 0 && f->n->low > least->n->high &&
		    *f->n->period_start != '\0') {
			g->differ[0] = least;
			g->differ[1] = f;
		}
		if (f->n->high >= 0 && (least->n->high < 0 ||
		    f->n->high < least->n->high))
			least = f;
	}
}

/* Periods of the measure that has the most. */
static void
count_periods(struct figures *g)
{
	const struct figure *last = NULL;
	guint n = 0;

	for (guint i = 0; i < g->here->len; i++) {
		const struct figure *f = &g_array_index(g->here, struct figure,
		    i);

		if (!figure_dated(f))
			continue;
		if (last == NULL || compare_series(last, f) != 0)
			n = 1;
		else if (strcmp(last->n->period_start, f->n->period_start) != 0)
			n++;
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
	find_difference(g);
	count_periods(g);
}

void
figures_clear(struct figures *g)
{
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
	return (f->n->faults & ROW_PERIOD_BAD) == 0 &&
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

char *
figure_words(const struct figure *f)
{
	const struct number *n = f->n;
	gboolean share = figure_is_share(n);
	gboolean unit = *n->unit != '\0' && !share &&
	    g_ascii_strcasecmp(n->unit, n->measure) != 0;

	return g_strdup_printf("imported file states %s%s %s%s%s for %s%s, %s%s"
	    "%s%s, source %s, method %s%s%s", n->value, share ?
	    " in a hundred of" : "", n->measure,
	    unit ? " in " : "", unit ? n->unit : "", n->place,
	    is_world(n) ? ", which is no country's number" : "",
	    figure_dated(f) ? "from " : "for a period not told",
	    figure_dated(f) ? n->period_start : "", *n->period_end != '\0' &&
	    figure_dated(f) ? " to " : "", figure_dated(f) ? n->period_end : "",
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
