/* Rows of imported tables. */

#include "reports/imports_html.h"

#include <string.h>

#include "probes/text.h"
#include "reports/audience.h"
#include "reports/keyed.h"
#include "reports/repeat.h"
#include "reports/view.h"

static void
row_open(struct html *h, const struct import *m, uint32_t row)
{
	say(h, "<tr><th scope=\"row\"><span class=\"nb\">%t:%i</span></th>",
	    m->id, (uint64_t)row);
}

static void
cell(struct html *h, const char *text)
{
	say(h, "<td>%t</td>", text);
}

static void
close_faults(struct html *h, const struct import *m, uint32_t row,
    uint32_t faults)
{
	const struct repeat *p = repeat_find(m, row);

	html_raw(h, "<td>");
	imports_faults(h, faults);
	if (p != NULL)
		say(h, ": <span class=\"nb\">%t:%i</span>", p->of->id,
		    (uint64_t)p->of_row);
	html_raw(h, "</td></tr>\n");
}

/* ---- activity ------------------------------------------------------------------ */

/* What a log adds up to; distinct ones as keys of tables.  Most addresses are in
 * order already, and of a million of these a mark is enough. */
struct sums {
	struct keyed	*does, *ips;
	const struct audience *audience;
	uint8_t		*seen;		/* by caller */
	guint		 callers;	/* seen */
	uint32_t	 faulty[32];
	guint		 joined;	/* act, work, address and time in one row */
	int64_t		 first, last;
};

static void
sum_address(struct sums *s, const struct inet *ip)
{
	const struct caller *c = s->audience != NULL ?
	    audience_caller(s->audience, ip) : NULL;
	gsize at;

	if (c == NULL) {
		keyed_add(s->ips, ip, sizeof(*ip));
		return;
	}
	at = (gsize)(c - (const struct caller *)(const void *)
	    s->audience->callers->data);
	s->callers += s->seen[at] == 0;
	s->seen[at] = 1;
}

static void
sum_row(struct sums *s, const struct activity *a)
{
	for (unsigned bit = 0; bit < 32; bit++)
		s->faulty[bit] += (a->faults >> bit) & 1;
	if ((a->faults & (ROW_MALFORMED | ROW_DUPLICATE)) != 0)
		return;
	if (*a->is->doe != '\0')
		keyed_add_text(s->does, a->is->doe);
	if (a->ip.family != 0)
		sum_address(s, &a->ip);
	s->joined += *a->is->act != '\0' && *a->is->work != '\0' &&
	    a->ip.family != 0 && a->time != TIME_UNKNOWN;
	if (a->time == TIME_UNKNOWN)
		return;
	if (s->first == TIME_UNKNOWN || a->time < s->first)
		s->first = a->time;
	if (a->time > s->last)
		s->last = a->time;
}

static void
say_time(struct html *h, int64_t time)
{
	char text[32];

	text_time_s(text, time);
	html_when(h, text);
}

static void
say_sums(struct html *h, const struct import *m, const struct sums *s)
{
	guint does = keyed_size(s->does), ips;

	ips = keyed_size(s->ips) + s->callers;
	say(h, "<p>%d row%t, %d counted: %d label%t of Does, %d distinct "
	    "address%t, %d row%t with act, work, address and time together",
	    (uint64_t)m->rows->len, m->rows->len == 1 ? "" : "s",
	    (uint64_t)m->counted, (uint64_t)does, does == 1 ? "" : "s",
	    (uint64_t)ips, ips == 1 ? "" : "es", (uint64_t)s->joined,
	    s->joined == 1 ? "" : "s");
	if (s->first != TIME_UNKNOWN) {
		html_raw(h, s->last > s->first ? "; from " : "; at ");
		say_time(h, s->first);
		if (s->last > s->first) {
			html_raw(h, " to ");
			say_time(h, s->last);
		}
	}
	say(h, ". <cite>[%t]</cite></p>\n", m->id);
}

static void
fault_counts(struct imports_doc *d, const struct sums *s)
{
	static const struct column columns[] = {
		{ 70, "Fault" }, { 30, ">Rows" },
	};
	gboolean any = FALSE;

	for (unsigned bit = 0; bit < 32; bit++) {
		if (s->faulty[bit] == 0)
			continue;
		if (!any)
			imports_table(d, "Faults of rows", "such a row is shown, "
			    "and serves what the fault leaves", columns,
			    G_N_ELEMENTS(columns));
		any = TRUE;
		say(&d->h, "<tr><th scope=\"row\">%t</th><td class=\"n\">%d</td>"
		    "</tr>\n", row_fault_says((enum row_fault)(1u << bit)),
		    (uint64_t)s->faulty[bit]);
	}
	if (any)
		html_table_end(&d->h);
}

static void
activity_row(struct html *h, const struct import *m, const struct activity *a)
{
	g_autofree char *ip = inet_words(&a->ip);
	char buf[32];

	row_open(h, m, a->row);
	say(h, "<td>%t</td><td>%a", a->is->doe, ip);
	if (a->port != 0)
		say(h, " port %i", (uint64_t)a->port);
	html_raw(h, "</td><td>");
	if (a->time != TIME_UNKNOWN)
		say_time(h, a->time);
	else if (*a->when != '\0')
		say(h, "as written: %t", activity_when(a, buf));
	html_raw(h, "</td>");
	say(h, "<td>%t</td><td>%t</td>", a->is->act, a->is->work);
	html_raw(h, "<td>");
	say(h, "%t%t%t", a->is->source, *a->is->source != '\0' && *a->is->party != '\0' ?
	    "; party: " : "", a->is->party);
	html_raw(h, "</td>");
	close_faults(h, m, a->row, a->faults);
}

/* Whether one of the row's faults was not shown often enough yet. */
static gboolean
is_wanted(uint32_t faults, guint *shown)
{
	gboolean wanted = FALSE;

	for (unsigned bit = 0; bit < 32; bit++)
		if ((faults & (1u << bit)) != 0 &&
		    shown[bit] < IMPORT_FAULTY)
			wanted = TRUE;
	for (unsigned bit = 0; wanted && bit < 32; bit++)
		shown[bit] += (faults >> bit) & 1;
	return wanted;
}

static void
activity_rows(struct imports_doc *d, const struct import *m)
{
	static const struct column columns[] = {
		{ 11, "Row" }, { 9, "Doe" }, { 16, "Address" },
		{ 14, "Time (UTC)" }, { 10, "Act" }, { 14, "Work" },
		{ 12, "Source" }, { 14, "Faults" },
	};
	guint faulty[32] = { 0 }, shown = 0;

	imports_table(d, "Rows", "", columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < m->rows->len; i++) {
		const struct activity *a = &g_array_index(m->rows,
		    struct activity, i);
		gboolean wanted = a->faults != 0 &&
		    is_wanted(a->faults, faulty);

		if (i >= IMPORT_ROWS && !wanted)
			continue;
		activity_row(&d->h, m, a);
		shown++;
	}
	html_table_end(&d->h);
	imports_rest(d, m, shown, m->rows->len);
}

void
imports_activity(struct imports_doc *d, const struct import *m)
{
	struct sums s = { .first = TIME_UNKNOWN, .last = TIME_UNKNOWN,
		.audience = d->audience };
	struct hash_key key;

	hash_key_of(&key, m->sha256, strlen(m->sha256));
	s.does = keyed_new(&key);
	s.ips = keyed_new(&key);
	if (s.audience != NULL)
		s.seen = g_malloc0(s.audience->callers->len);
	for (guint i = 0; i < m->rows->len; i++)
		sum_row(&s, &g_array_index(m->rows, struct activity, i));
	say_sums(&d->h, m, &s);
	fault_counts(d, &s);
	activity_rows(d, m);
	keyed_free(s.does);
	keyed_free(s.ips);
	g_free(s.seen);
}

/* ---- numbers ---------------------------------------------------------------------- */

static void
number_row(struct html *h, const struct import *m, const struct number *n)
{
	row_open(h, m, n->row);
	cell(h, n->measure);
	cell(h, n->place);
	say(h, "<td>%D%t%D</td><td class=\"n\">%t", n->period_start,
	    *n->period_end != '\0' ? " to " : "", n->period_end, n->value);
	html_raw(h, n->band ? "<br>a band</td>" : "</td>");
	cell(h, n->unit);
	say(h, "<td>%t%t%t%t%t</td>", n->source, *n->method != '\0' ? "; " : "",
	    n->method, *n->scope != '\0' ? "; of " : "", n->scope);
	close_faults(h, m, n->row, n->faults);
}

void
imports_numbers(struct imports_doc *d, const struct import *m)
{
	static const struct column columns[] = {
		{ 11, "Row" }, { 12, "Measure" }, { 9, "Place" },
		{ 17, "Period" }, { 14, ">Value" }, { 8, "Unit" },
		{ 17, "Source; method; of what" }, { 12, "Faults" },
	};
	guint n = MIN(m->rows->len, IMPORT_ALL);

	imports_table(d, "Numbers", "as written; a band stays a band", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < n; i++)
		number_row(&d->h, m, &g_array_index(m->rows, struct number, i));
	html_table_end(&d->h);
	imports_rest(d, m, n, m->rows->len);
}

/* ---- advertisements ------------------------------------------------------------------ */

static void
ad_row(struct html *h, const struct import *m, const struct ad *a)
{
	row_open(h, m, a->row);
	cell(h, a->when);
	say(h, "<td>%t%t%t</td>", a->vantage, *a->place_shown != '\0' ?
	    "; shown in " : "", a->place_shown);
	cell(h, a->advertiser);
	cell(h, a->text);
	cell(h, a->about_place);
	cell(h, a->source);
	close_faults(h, m, a->row, a->faults);
}

void
imports_ads(struct imports_doc *d, const struct import *m)
{
	static const struct column columns[] = {
		{ 11, "Row" }, { 13, "Time" }, { 14, "Seen from" },
		{ 13, "Advertiser" }, { 19, "Text" }, { 9, "About" },
		{ 10, "Source" }, { 11, "Faults" },
	};
	guint n = MIN(m->rows->len, IMPORT_ALL);

	imports_table(d, "Advertisements", "about: the place that it is about, "
	    "as the file says", columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < n; i++)
		ad_row(&d->h, m, &g_array_index(m->rows, struct ad, i));
	html_table_end(&d->h);
	imports_rest(d, m, n, m->rows->len);
}

/* ---- look-ups, history ------------------------------------------------------------------ */

static void
look_up_row(struct html *h, const struct import *m,
    const struct geolocation *g)
{
	row_open(h, m, g->row);
	say(h, "<td>%a</td><td>%t%t%t</td>", g->address, g->database,
	    *g->build != '\0' ? ", " : "", g->build);
	cell(h, g->looked_up);
	say(h, "<td>%t%t%t%t</td>", g->place, *g->radius_km != '\0' ?
	    ", radius " : "", g->radius_km, *g->radius_km != '\0' ? " km" :
	    "");
	say(h, "<td>%t%t%t</td>", g->declarant, *g->source != '\0' ? "; " : "",
	    g->source);
	close_faults(h, m, g->row, g->faults);
}

void
imports_geolocation(struct imports_doc *d, const struct import *m)
{
	static const struct column columns[] = {
		{ 11, "Row" }, { 17, "Address" }, { 16, "Database" },
		{ 14, "Looked up" }, { 16, "Place, as they say" },
		{ 14, "Whose look-up" }, { 12, "Faults" },
	};
	guint n = MIN(m->rows->len, IMPORT_ALL);

	imports_table(d, "Their look-ups", "none of them was made by this "
	    "program", columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < n; i++)
		look_up_row(&d->h, m, &g_array_index(m->rows,
		    struct geolocation, i));
	html_table_end(&d->h);
	imports_rest(d, m, n, m->rows->len);
}

static void
history_row(struct html *h, const struct import *m, const struct history *x)
{
	row_open(h, m, x->row);
	say(h, "<td>%p</td><td>%t</td><td>%t</td><td>%t</td><td>%t</td>",
	    x->subject, x->type, x->value, x->first_seen, x->last_seen);
	cell(h, x->source);
	close_faults(h, m, x->row, x->faults);
}

void
imports_history(struct imports_doc *d, const struct import *m)
{
	static const struct column columns[] = {
		{ 11, "Row" }, { 18, "Of" }, { 8, "Type" }, { 18, "Value" },
		{ 12, "First seen" }, { 12, "Last seen" }, { 11, "Source" },
		{ 10, "Faults" },
	};
	guint n = MIN(m->rows->len, IMPORT_ALL);

	imports_table(d, "What was, from whom", "as written", columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < n; i++)
		history_row(&d->h, m, &g_array_index(m->rows,
		    struct history, i));
	html_table_end(&d->h);
	imports_rest(d, m, n, m->rows->len);
}
