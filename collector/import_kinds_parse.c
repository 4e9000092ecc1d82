/* What each kind of table has for columns, and a row of it. */

#include <stddef.h>
#include <string.h>

#include "collector/import_date.h"
#include "collector/import_rows_priv.h"
#include "collector/import_value.h"
#include "probes/text.h"
#include "reports/forum.h"

#define DAY_US	INT64_C(86400000000)

/* Rows that are not read have no faults but that. */
static void
fault(struct reading *r, uint32_t faults, unsigned column)
{
	if (faults != 0 && !r->malformed)
		row_fault(r, faults, column);
}

static int64_t
moment(struct reading *r, unsigned column, const char *zone)
{
	int64_t time;

	fault(r, date_read(row_cell(r, column), zone, r->zones, &time), column);
	fault(r, row_future(r, time), column);
	return time;
}

/* A day or a time in one form where it can be read, and as written else. */
static const char *
dated(struct reading *r, unsigned column)
{
	char words[32];
	int64_t time;
	uint32_t f = date_read(row_cell(r, column), "", r->zones, &time);

	fault(r, f & ~(uint32_t)ROW_DATE_ONLY, column);
	fault(r, row_future(r, time), column);
	if (time == TIME_UNKNOWN)
		return row_text(r, column);
	if (f & ROW_DATE_ONLY)
		day_words(words, time / DAY_US - (time % DAY_US < 0));
	else if (time % 1000000 == 0)
		text_time_s(words, time);
	else
		text_time(words, time);
	return row_keep(r, words);
}

/* A code in upper case where it is one, or a country or state by its name, and as
 * written else: a town's number is not its state's. */
static const char *
place(struct reading *r, unsigned column, gboolean needed)
{
	char code[16];
	const char *text = row_cell(r, column);

	if (*text == '\0' && !needed)
		return "";
	if (place_read(text, code) || place_of_name(text, code))
		return row_keep(r, code);
	fault(r, ROW_PLACE_BAD, column);
	return row_text(r, column);
}

/* A look-up's place may be told in words: "Honolulu, Hawaii, US". */
static const char *
place_looked_up(struct reading *r, unsigned column)
{
	char code[PLACE_CODE];

	return place_of_words(row_cell(r, column), code) ?
	    row_text(r, column) : place(r, column, TRUE);
}

/* The whole row but its number and faults. */
static void
key_all(const void *row, void *key, size_t size)
{
	const size_t head = 2 * sizeof(uint32_t);

	memcpy(key, (const char *)row + head, size - head);
}

/* ---- activity */

enum { A_DOE, A_IP, A_PORT, A_TIME, A_ZONE, A_ACT, A_WORK, A_SOURCE, A_PARTY };

/* The time as written, with its zone; equal ones need not be one pointer. */
static const char *
as_written(struct reading *r, int64_t us)
{
	const char *time = row_cell(r, A_TIME), *zone = row_cell(r, A_ZONE);
	char text[128];
	int n;

	if (*zone == '\0' && us != TIME_UNKNOWN && strlen(time) == 20) {
		text_time_s(text, us);
		if (strcmp(text, time) == 0)
			return when_z;
	}
	if (*zone == '\0')
		return *time == '\0' ? "" :
		    g_string_chunk_insert(r->im->chunk, time);
	n = g_snprintf(text, sizeof(text), "%s %s", time, zone);
	if (n < (int)sizeof(text))
		return g_string_chunk_insert_len(r->im->chunk, text, n);
	g_autofree char *whole = g_strconcat(time, " ", zone, NULL);
	return g_string_chunk_insert(r->im->chunk, whole);
}

/* Equal texts are one pointer, so what most rows have in common is found by these;
 * where each row says something else, nothing is gained, and little lost. */
static const struct activity_said *
said_of(struct reading *r)
{
	struct activity_said s = { row_text(r, A_DOE), row_text(r, A_ACT),
		row_text(r, A_WORK), row_text(r, A_SOURCE),
		row_text(r, A_PARTY) };
	uint64_t h = 0, w[sizeof(s) / 8];
	const struct activity_said **slot;

	memcpy(w, &s, sizeof(s));
	for (size_t i = 0; i < G_N_ELEMENTS(w); i++)
		h = (h ^ w[i]) * UINT64_C(0x9e3779b97f4a7c15);
	slot = &r->said[h >> 32 & (ROW_SAID - 1)];
	if (*slot == NULL || memcmp(*slot, &s, sizeof(s)) != 0)
		*slot = import_said(r->im, &s);
	return *slot;
}

static void
read_activity(struct reading *r, void *row)
{
	struct activity *a = row;

	uint32_t f = address_read(row_cell(r, A_IP), row_cell(r, A_PORT),
	    &a->ip, &a->port);

	fault(r, f & ~(uint32_t)ROW_PORT_BAD, A_IP);
	fault(r, f & ROW_PORT_BAD, A_PORT);
	a->time = moment(r, A_TIME, row_cell(r, A_ZONE));
	a->is = said_of(r);
	a->when = as_written(r, a->time);
	/* Unread times are compared as they are written. */
	if (a->time == TIME_UNKNOWN)
		a->when = row_keep(r, a->when);
}

/* The same Doe, address, port, time, act and work: one event told twice. */
struct activity_key {
	int64_t		 time;
	struct inet	 ip;
	uint16_t	 port;
	const char	*doe, *act, *work, *when;
};

static void
key_activity(const void *row, void *key)
{
	const struct activity *a = row;
	struct activity_key *k = key;

	k->time = a->time;
	k->ip = a->ip;
	k->port = a->port;
	k->doe = a->is->doe;
	k->act = a->is->act;
	k->work = a->is->work;
	if (a->time == TIME_UNKNOWN)
		k->when = a->when;
}

/* ---- numbers */

enum { N_MEASURE, N_PLACE, N_START, N_END, N_VALUE, N_UNIT, N_SOURCE, N_METHOD,
    N_SCOPE };

/* "Page views" is pageviews. */
static const char *
measure(struct reading *r)
{
	g_autofree char *s = g_ascii_strdown(row_cell(r, N_MEASURE), -1);
	char *to = s;

	for (const char *p = s; *p != '\0'; p++)
		if (strchr(" -_", *p) == NULL)
			*to++ = *p;
	*to = '\0';
	return row_keep(r, s);
}

static const char *
day_of(struct reading *r, int64_t day)
{
	char words[16];

	day_words(words, day);
	return row_keep(r, words);
}

/*
 * From one day to another, or one month or year alone.  A half that cannot be
 * read stays as it is written.
 */
static void
period(struct reading *r, struct number *n)
{
	int64_t a0 = 0, a1 = 0, b0 = 0, b1 = 0;
	uint32_t f = period_read(row_cell(r, N_START), &a0, &a1);
	uint32_t g = period_read(row_cell(r, N_END), &b0, &b1);

	if (f == 0 && g == ROW_TIME_NONE && a1 > a0) {
		b1 = a1;
		g = 0;
	}
	n->period_start = f == 0 ? day_of(r, a0) : row_text(r, N_START);
	n->period_end = g == 0 ? day_of(r, b1) : row_text(r, N_END);
	if ((f | g) & ROW_TIME_AMBIGUOUS)
		fault(r, ROW_TIME_AMBIGUOUS,
		    f & ROW_TIME_AMBIGUOUS ? N_START : N_END);
	if (f != 0 || g != 0 || b1 < a0)
		fault(r, ROW_PERIOD_BAD, f != 0 ? N_START : N_END);
	else
		fault(r, row_future(r, b1 * DAY_US), N_END);
}

static void
read_numbers(struct reading *r, void *row)
{
	struct number *n = row;

	n->measure = measure(r);
	n->place = place(r, N_PLACE, TRUE);
	n->period_start = n->period_end = "";
	period(r, n);
	n->value = row_text(r, N_VALUE);
	fault(r, amount_read(n->value, n), N_VALUE);
	n->unit = row_text(r, N_UNIT);
	n->source = row_text(r, N_SOURCE);
	n->method = row_text(r, N_METHOD);
	n->scope = row_text(r, N_SCOPE);
}

static void
key_numbers(const void *row, void *key)
{
	key_all(row, key, sizeof(struct number));
}

/* ---- ads */

enum { D_TIME, D_VANTAGE, D_SHOWN, D_ADVERTISER, D_TEXT, D_ABOUT, D_SOURCE,
    D_ZONE };

static void
read_ads(struct reading *r, void *row)
{
	struct ad *a = row;

	a->time = moment(r, D_TIME, row_cell(r, D_ZONE));
	a->when = row_text(r, D_TIME);
	a->vantage = row_text(r, D_VANTAGE);
	a->place_shown = place(r, D_SHOWN, FALSE);
	a->advertiser = row_text(r, D_ADVERTISER);
	a->text = row_text(r, D_TEXT);
	a->about_place = place(r, D_ABOUT, FALSE);
	a->source = row_text(r, D_SOURCE);
}

static void
key_ads(const void *row, void *key)
{
	key_all(row, key, sizeof(struct ad));
}

/* ---- geolocation */

enum { G_IP, G_DATABASE, G_BUILD, G_LOOKED_UP, G_PLACE, G_RADIUS, G_DECLARANT,
    G_SOURCE };

static void
read_geolocation(struct reading *r, void *row)
{
	struct geolocation *g = row;
	uint16_t port;

	g->address = row_text(r, G_IP);
	fault(r, address_read(g->address, "", &g->ip, &port), G_IP);
	g->database = row_text(r, G_DATABASE);
	g->build = row_text(r, G_BUILD);
	g->looked_up = dated(r, G_LOOKED_UP);
	g->place = place_looked_up(r, G_PLACE);
	g->radius_km = row_text(r, G_RADIUS);
	g->declarant = row_text(r, G_DECLARANT);
	g->source = row_text(r, G_SOURCE);
}

static void
key_geolocation(const void *row, void *key)
{
	key_all(row, key, sizeof(struct geolocation));
}

/* ---- history */

enum { H_SUBJECT, H_TYPE, H_VALUE, H_FIRST, H_LAST, H_SOURCE };

/* One of the two days is enough. */
static void
read_history(struct reading *r, void *row)
{
	struct history *h = row;
	gboolean first = *row_cell(r, H_FIRST) != '\0';
	gboolean last = *row_cell(r, H_LAST) != '\0';

	h->subject = row_text(r, H_SUBJECT);
	h->type = row_text(r, H_TYPE);
	h->value = row_text(r, H_VALUE);
	h->first_seen = first || !last ? dated(r, H_FIRST) : "";
	h->last_seen = last ? dated(r, H_LAST) : "";
	h->source = row_text(r, H_SOURCE);
}

static void
key_history(const void *row, void *key)
{
	key_all(row, key, sizeof(struct history));
}

/* ---- all of them */

const struct row_kind row_kinds[IMPORT_KINDS] = {
	[IMPORT_ACTIVITY] = { .size = sizeof(struct activity),
	    .header = "doe,ip,port,time,zone,act,work,source,party",
	    .column = {
		{ "doe", "its rows are tied to no Doe" },
		{ "ip", "its rows tie no address to anybody" },
		{ "port", NULL },
		{ "time", "its rows have no date" },
		{ "zone", NULL },
		{ "act", "its rows say of nobody what was done" },
		{ "work", "its rows name no work" },
		{ "source", "who says so is not in its rows" },
		{ "party", NULL } },
	    .read = read_activity, .key = key_activity,
	    .key_size = sizeof(struct activity_key) },
	[IMPORT_NUMBERS] = { .size = sizeof(struct number),
	    .header = "measure,place,period_start,period_end,value,unit,source,"
		"method,scope",
	    .column = {
		{ "measure", "what was counted is not in its rows" },
		{ "place", "its rows serve no place" },
		{ "period_start", "its rows serve no period" },
		{ "period_end", NULL },
		{ "value", "its rows hold no number" },
		{ "unit", NULL },
		{ "source", "who says so is not in its rows" },
		{ "method", "how it was counted is not in its rows" },
		{ "scope", NULL } },
	    .read = read_numbers, .key = key_numbers },
	[IMPORT_ADS] = { .size = sizeof(struct ad),
	    .header = "time,vantage,place_shown,advertiser,text,about_place,"
		"source",
	    .column = {
		{ "time", "its rows have no date" },
		{ "vantage", "from where they were seen is not in its rows" },
		{ "place_shown", NULL },
		{ "advertiser", "its rows name no advertiser" },
		{ "text", NULL },
		{ "about_place", "which place they are about is not in its "
		    "rows" },
		{ "source", "who says so is not in its rows" },
		{ "zone", NULL } },
	    .read = read_ads, .key = key_ads },
	[IMPORT_GEOLOCATION] = { .size = sizeof(struct geolocation),
	    .header = "ip,database,build,looked_up,place,radius_km,declarant,"
		"source",
	    .column = {
		{ "ip", "its rows are about no address" },
		{ "database", "which database was asked is not in its rows" },
		{ "build", NULL },
		{ "looked_up", "when it was looked up is not in its rows" },
		{ "place", "its rows name no place" },
		{ "radius_km", NULL },
		{ "declarant", "whose look-up it was is not in its rows" },
		{ "source", NULL } },
	    .read = read_geolocation, .key = key_geolocation },
	[IMPORT_HISTORY] = { .size = sizeof(struct history),
	    .header = "subject,type,value,first_seen,last_seen,source",
	    .column = {
		{ "subject", "its rows are about nothing" },
		{ "type", "what kind of record it was is not in its rows" },
		{ "value", "its rows hold no value" },
		{ "first_seen", NULL },
		{ "last_seen", NULL },
		{ "source", "who says so is not in its rows" } },
	    .read = read_history, .key = key_history },
};

gboolean
import_is_table(enum import_kind kind)
{
	return row_kinds[kind].size > 0;
}

const char *
import_columns(enum import_kind kind)
{
	return row_kinds[kind].header;
}
