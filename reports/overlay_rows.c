/* Signals in the rows of what people brought. */

#include "reports/overlay_priv.h"

#include <string.h>

#include "reports/figures.h"

static gboolean
is_us_place(const char *place)
{
	return strcmp(place, "US") == 0 || g_str_has_prefix(place, "US-");
}

/* Whether a row fires the signal. */
typedef gboolean row_fn(const void *row, const void *arg);

/* Rows of the imports of a kind that fire: each pointed at, each import said;
 * how many. */
static guint
rows_have(const struct overlay_look *l, enum import_kind kind, row_fn *fires,
    const void *arg, const char *said, struct overlay_note *n)
{
	guint all = 0;

	for (guint k = 0; k < l->rec->imports->len; k++) {
		const struct import *m = l->rec->imports->pdata[k];
		size_t size = m->kind == kind ?
		    g_array_get_element_size(m->rows) : 0;
		guint rows = 0;

		for (guint i = 0; m->kind == kind && i < m->rows->len; i++) {
			const void *row = m->rows->data + i * size;

			if (!fires(row, arg))
				continue;
			rows++;
			/* each kind of row begins with its number */
			signal_point_row(n, m, *(const uint32_t *)row);
		}
		signal_rows(n, rows, m, said);
		all += rows;
	}
	return all;
}

/* arg: downloads alone, or NULL. */
static gboolean
is_us_number(const void *row, const void *arg)
{
	const struct number *x = row;

	return (x->faults & (ROW_MALFORMED | ROW_DUPLICATE | ROW_VALUE_BAD |
	    ROW_PLACE_BAD)) == 0 && is_us_place(x->place) && (arg == NULL ||
	    figure_measured(x) == MEASURED_DOWNLOADS);
}

guint
us_numbers(const struct overlay_look *l, const char *measure,
    struct overlay_note *n)
{
	return rows_have(l, IMPORT_NUMBERS, is_us_number, measure, " with a "
	    "number of the United States or of a state of it", n);
}

gboolean
signal_us_count(const struct overlay_look *l, struct overlay_note *n)
{
	return us_numbers(l, "downloads", n) > 0;
}

/* ---- addresses and their places --------------------------------------------------- */

static gboolean
is_doe_address(const void *row, const void *arg)
{
	const struct activity *a = row;

	(void)arg;
	return *a->is->doe != '\0' && a->ip.family != 0 &&
	    (a->faults & (ROW_MALFORMED | ROW_IP_RANGE)) == 0;
}

gboolean
signal_subscriber(const struct overlay_look *l, struct overlay_note *n)
{
	return rows_have(l, IMPORT_ACTIVITY, is_doe_address, NULL,
	    " with a Doe and an address", n) > 0;
}

static gboolean
is_bare(const void *row, const void *arg)
{
	const struct geolocation *g = row;

	(void)arg;
	return *g->database == '\0' || *g->place == '\0' ||
	    *g->declarant == '\0' || *g->looked_up == '\0';
}

static guint
look_ups(const struct overlay_look *l)
{
	guint n = 0;

	for (guint k = 0; k < l->rec->imports->len; k++) {
		const struct import *m = l->rec->imports->pdata[k];

		n += m->kind == IMPORT_GEOLOCATION ? m->rows->len : 0;
	}
	return n;
}

gboolean
signal_geo_bare(const struct overlay_look *l, struct overlay_note *n)
{
	static const char *const words[] = { "geolocat", NULL };
	guint bare = rows_have(l, IMPORT_GEOLOCATION, is_bare, NULL, " without "
	    "result, database, time or declarant", n);

	return bare > 0 || (look_ups(l) == 0 && papers_say(l, words, n));
}

gboolean
signal_geo_any(const struct overlay_look *l, struct overlay_note *n)
{
	static const struct page_want want[] = {
		{ FACT_GEO_PLACE, NULL, NULL, "places that databases return" },
	};
	gboolean any = pages_have(l, want, G_N_ELEMENTS(want), n);

	for (guint k = 0; k < l->rec->imports->len; k++) {
		const struct import *m = l->rec->imports->pdata[k];

		if (m->kind != IMPORT_GEOLOCATION || m->rows->len == 0)
			continue;
		signal_rows(n, m->rows->len, m, " with somebody's look-ups");
		signal_point_row(n, m, 0);
		any = TRUE;
	}
	return any;
}

/* The plaintiff's own addresses; struct inet. */
static GArray *
own_networks(const struct record *rec)
{
	GArray *own = g_array_new(FALSE, FALSE, sizeof(struct inet));

	for (guint i = 0; i < rec->own->len; i++) {
		struct inet net;

		if (inet_read(rec->own->pdata[i], &net) == 0)
			g_array_append_val(own, net);
	}
	return own;
}

static gboolean
is_own(const void *row, const void *arg)
{
	const struct activity *a = row;
	const GArray *own = arg;

	for (guint i = 0; i < own->len; i++)
		if (inet_holds(&g_array_index(own, struct inet, i), &a->ip))
			return TRUE;
	return FALSE;
}

gboolean
signal_own_visits(const struct overlay_look *l, struct overlay_note *n)
{
	g_autoptr(GArray) own = own_networks(l->rec);

	return own->len > 0 && rows_have(l, IMPORT_ACTIVITY, is_own, own,
	    " from addresses of the plaintiff's side", n) > 0;
}
