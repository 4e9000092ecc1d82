#include <string.h>

#include "probes/text.h"
#include "reports/whereabouts.h"

/* When runs collected and logs were imported: times that are nobody's act. */

#define SECOND	INT64_C(1000000)

struct span { int64_t from, to; char *says; };

static void
span_clear(void *p)
{
	g_free(((struct span *)p)->says);
}

static gint
by_from(gconstpointer a, gconstpointer b)
{
	int64_t x = ((const struct span *)a)->from;
	int64_t y = ((const struct span *)b)->from;

	return (x > y) - (x < y);
}

void
book_spans(struct book *b)
{
	b->spans = g_array_new(FALSE, FALSE, sizeof(struct span));
	g_array_set_clear_func(b->spans, span_clear);
	for (guint i = 0; i < b->rec->runs->len; i++) {
		const struct run *run = g_ptr_array_index(b->rec->runs, i);
		struct span s = { text_time_parse(run->started),
			text_time_parse(run->ended), NULL };

		if (s.from == INT64_MIN)
			continue;
		s.to = MAX(s.to, s.from);
		s.from -= s.from % SECOND;	/* logs tell seconds */
		s.says = g_strdup_printf("run %s", run->name);
		g_array_append_val(b->spans, s);
	}
	for (guint i = 0; i < b->rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(b->rec->imports, i);
		struct span s = { text_time_parse(m->at), 0, NULL };

		if (m->kind != IMPORT_ACTIVITY || s.from == INT64_MIN)
			continue;
		s.from -= s.from % SECOND;
		s.to = s.from + SECOND - 1;
		s.says = g_strdup_printf("the import of %s", m->id);
		g_array_append_val(b->spans, s);
	}
	g_array_sort(b->spans, by_from);
}

/* A day alone is that of collecting only where it is the day on which the log
 * itself was brought. */
static const char *
day_of_import(const struct import *i, const struct activity *a)
{
	int32_t day = day_read(i->at);
	char buf[32];

	return day != DAY_UNKNOWN && day == day_read(activity_when(a, buf)) ?
	    "the day of its import" : NULL;
}

/* Runs of a case follow one another, and few files are imported during one: the
 * last spans that began by then are asked. */
const char *
book_collecting(const struct book *b, const struct import *i,
    const struct activity *a)
{
	guint low = 0, high = b->spans->len;

	if ((a->faults & ROW_DATE_ONLY) != 0)
		return day_of_import(i, a);
	if (a->time == TIME_UNKNOWN)
		return NULL;
	while (low < high) {
		guint mid = (low + high) / 2;

		if (g_array_index(b->spans, struct span, mid).from <= a->time)
			low = mid + 1;
		else
			high = mid;
	}
	for (guint k = 0; k < 4 && k < low; k++) {
		const struct span *s = &g_array_index(b->spans, struct span,
		    low - 1 - k);

		if (s->to >= a->time)
			return s->says;
	}
	return NULL;
}
