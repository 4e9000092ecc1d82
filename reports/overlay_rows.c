/* Signals in the rows of what people brought. */

#include "reports/overlay_priv.h"

#include <string.h>

static gboolean
is_us_place(const char *place)
{
	return strcmp(place, "US") == 0 || g_str_has_prefix(place, "US-");
}

guint
us_numbers(const struct overlay_look *l, const char *measure,
    struct overlay_note *n)
{
	guint all = 0;

	for (guint k = 0; k < l->rec->imports->len; k++) {
		const struct import *m = l->rec->imports->pdata[k];
		guint rows = 0;

		for (guint i = 0; m->kind == IMPORT_NUMBERS &&
		    i < m->rows->len; i++) {
			const struct number *x = &g_array_index(m->rows,
			    struct number, i);

			if ((x->faults & (ROW_MALFORMED | ROW_DUPLICATE |
			    ROW_VALUE_BAD | ROW_PLACE_BAD)) != 0 ||
			    !is_us_place(x->place) || (measure != NULL &&
			    g_ascii_strcasecmp(x->measure, measure) != 0))
				continue;
			rows++;
			signal_point_row(n, m, x->row);
		}
		signal_rows(n, rows, m, " with a number of the United States or "
		    "of a state of it");
		all += rows;
	}
	return all;
}

gboolean
signal_us_count(const struct overlay_look *l, struct overlay_note *n)
{
	return us_numbers(l, "downloads", n) > 0;
}

/* ---- addresses and their places --------------------------------------------------- */

gboolean
signal_subscriber(const struct overlay_look *l, struct overlay_note *n)
{
	guint all = 0;

	for (guint k = 0; k < l->rec->imports->len; k++) {
		const struct import *m = l->rec->imports->pdata[k];
		guint rows = 0;

		for (guint i = 0; m->kind == IMPORT_ACTIVITY &&
		    i < m->rows->len; i++) {
			const struct activity *a = &g_array_index(m->rows,
			    struct activity, i);

			if (*a->doe == '\0' || a->ip.family == 0 ||
			    (a->faults & (ROW_MALFORMED | ROW_IP_RANGE)) != 0)
				continue;
			rows++;
			signal_point_row(n, m, a->row);
		}
		signal_rows(n, rows, m, " with a Doe and an address");
		all += rows;
	}
	return all > 0;
}

static guint
bare_rows(const struct import *m, struct overlay_note *n)
{
	guint rows = 0;

	for (guint i = 0; i < m->rows->len; i++) {
		const struct geolocation *g = &g_array_index(m->rows,
		    struct geolocation, i);

		if (*g->database != '\0' && *g->place != '\0' &&
		    *g->declarant != '\0' && *g->looked_up != '\0')
			continue;
		rows++;
		signal_point_row(n, m, g->row);
	}
	return rows;
}

gboolean
signal_geo_bare(const struct overlay_look *l, struct overlay_note *n)
{
	static const char *const words[] = { "geolocat", NULL };
	guint whole = 0, all = 0;

	for (guint k = 0; k < l->rec->imports->len; k++) {
		const struct import *m = l->rec->imports->pdata[k];
		guint rows;

		if (m->kind != IMPORT_GEOLOCATION)
			continue;
		rows = bare_rows(m, n);
		signal_rows(n, rows, m, " without result, database, time or "
		    "declarant");
		all += rows;
		whole += m->rows->len - rows;
	}
	return all > 0 || (whole == 0 && papers_say(l, words, n));
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
is_own(const GArray *own, const struct inet *ip)
{
	for (guint i = 0; i < own->len; i++)
		if (inet_holds(&g_array_index(own, struct inet, i), ip))
			return TRUE;
	return FALSE;
}

gboolean
signal_own_visits(const struct overlay_look *l, struct overlay_note *n)
{
	g_autoptr(GArray) own = own_networks(l->rec);
	guint all = 0;

	for (guint k = 0; own->len > 0 && k < l->rec->imports->len; k++) {
		const struct import *m = l->rec->imports->pdata[k];
		guint rows = 0;

		for (guint i = 0; m->kind == IMPORT_ACTIVITY &&
		    i < m->rows->len; i++) {
			const struct activity *a = &g_array_index(m->rows,
			    struct activity, i);

			if (!is_own(own, &a->ip))
				continue;
			rows++;
			signal_point_row(n, m, a->row);
		}
		signal_rows(n, rows, m, " from addresses of the plaintiff's "
		    "side");
		all += rows;
	}
	return all > 0;
}

