/*
 * What people bring: tables of tests/data/import/NAME.KIND, each with what it
 * must give in NAME.KIND.facts (FIXTURE_WRITE=1 writes it; read it before you
 * believe it).  And whatever is done to such a file, reading it ends.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "collector/import_rows.h"
#include "collector/import_say.h"
#include "collector/import_value.h"
#include "probes/text.h"

#define FOLDER	"tests/data/import"

/* ---- reading bytes */

struct memory {
	const char	*at;
	size_t		 left, piece;
};

static size_t
from_memory(void *arg, void *to, size_t max)
{
	struct memory *m = arg;
	size_t n = MIN(MIN(max, m->left), m->piece);

	memcpy(to, m->at, n);
	m->at += n;
	m->left -= n;
	return n;
}

static GBytes *
kept_zone(const char *name, void *arg)
{
	g_autofree char *path = g_build_filename(FOLDER, "zones", name, NULL);
	char *text;
	gsize len;

	(void)arg;
	return g_file_get_contents(path, &text, &len, NULL) ?
	    g_bytes_new_take(text, len) : NULL;
}

static struct import *
read_bytes(enum import_kind kind, const char *name, const char *bytes,
    size_t len, size_t piece, struct import_tally *t)
{
	struct import *im = import_new(kind);
	struct text_survey *s = g_new(struct text_survey, 1);
	struct memory m = { bytes, len, piece };
	const struct csv_source source = { from_memory, &m };
	struct tz_set *zones = tz_set_new(kept_zone, NULL);

	g_free(im->file);
	g_free(im->at);
	im->file = g_strdup(name);
	im->at = g_strdup("2026-11-25T12:00:00Z");
	text_survey_begin(s);
	for (size_t i = 0; i < len; i += piece)
		text_survey_add(s, bytes + i, MIN(piece, len - i));
	text_survey_end(s);
	import_rows(im, s, &source, zones, t);
	tz_set_free(zones);
	g_free(s);
	return im;
}

/* ---- in words */

static void
put(GString *out, const char *name, const char *text)
{
	if (*text == '\0')
		return;
	g_string_append_printf(out, " %s=[", name);
	text_term(out, text, -1);
	g_string_append_c(out, ']');
}

static void
put_time(GString *out, int64_t time)
{
	char text[32];

	if (time == TIME_UNKNOWN)
		return;
	text_time(text, time);
	put(out, "time", text);
}

static void
put_ip(GString *out, const struct inet *ip)
{
	g_autofree char *text = inet_words(ip);

	put(out, "ip", text);
}

static void
put_activity(GString *out, const void *row)
{
	const struct activity *a = row;
	char buf[32];

	put(out, "doe", a->is->doe);
	put_ip(out, &a->ip);
	if (a->port != 0)
		g_string_append_printf(out, " port=%u", a->port);
	put_time(out, a->time);
	put(out, "when", activity_when(a, buf));
	put(out, "act", a->is->act);
	put(out, "work", a->is->work);
	put(out, "source", a->is->source);
	put(out, "party", a->is->party);
}

static void
put_number(GString *out, const void *row)
{
	const struct number *n = row;

	put(out, "measure", n->measure);
	put(out, "place", n->place);
	put(out, "from", n->period_start);
	put(out, "to", n->period_end);
	put(out, "value", n->value);
	if ((n->faults & (ROW_VALUE_BAD | ROW_MALFORMED)) == 0)
		g_string_append_printf(out, " %s=%" G_GINT64_FORMAT "..%"
		    G_GINT64_FORMAT, n->band ? "band" : "is", n->low, n->high);
	put(out, "unit", n->unit);
	put(out, "source", n->source);
	put(out, "method", n->method);
	put(out, "scope", n->scope);
}

static void
put_ad(GString *out, const void *row)
{
	const struct ad *a = row;

	put_time(out, a->time);
	put(out, "when", a->when);
	put(out, "vantage", a->vantage);
	put(out, "shown", a->place_shown);
	put(out, "advertiser", a->advertiser);
	put(out, "text", a->text);
	put(out, "about", a->about_place);
	put(out, "source", a->source);
}

static void
put_geolocation(GString *out, const void *row)
{
	const struct geolocation *g = row;

	put(out, "address", g->address);
	put_ip(out, &g->ip);
	put(out, "database", g->database);
	put(out, "build", g->build);
	put(out, "looked_up", g->looked_up);
	put(out, "place", g->place);
	put(out, "radius", g->radius_km);
	put(out, "declarant", g->declarant);
	put(out, "source", g->source);
}

static void
put_history(GString *out, const void *row)
{
	const struct history *h = row;

	put(out, "subject", h->subject);
	put(out, "type", h->type);
	put(out, "value", h->value);
	put(out, "first", h->first_seen);
	put(out, "last", h->last_seen);
	put(out, "source", h->source);
}

static void (*const put_row[])(GString *, const void *) = {
	[IMPORT_ACTIVITY] = put_activity, [IMPORT_NUMBERS] = put_number,
	[IMPORT_ADS] = put_ad, [IMPORT_GEOLOCATION] = put_geolocation,
	[IMPORT_HISTORY] = put_history,
};

static void
put_all(GString *out, const struct import *im, const struct import_tally *t)
{
	g_string_append_printf(out, "%u rows, %u counted\n", t->rows,
	    im->counted);
	for (guint i = 0; i < im->columns->len; i++) {
		g_string_append(out, "column ");
		text_term(out, im->columns->pdata[i], -1);
		g_string_append(out, ": ");
		text_term(out, im->examples->pdata[i], -1);
		g_string_append_c(out, '\n');
	}
	for (guint i = 0; i < im->problems->len; i++) {
		text_term(out, im->problems->pdata[i], -1);
		g_string_append_c(out, '\n');
	}
	for (guint i = 0; i < im->rows->len; i++) {
		const char *row = im->rows->data + (size_t)i *
		    g_array_get_element_size(im->rows);
		const struct history *any = (const void *)row;

		g_string_append_printf(out, "%u", any->row);
		put_row[im->kind](out, row);
		for (unsigned bit = 0; bit < ROW_FAULTS; bit++)
			if (any->faults & 1u << bit)
				g_string_append_printf(out, " !%s",
				    row_fault_word((enum row_fault)(1u <<
				    bit)));
		g_string_append_c(out, '\n');
	}
}

static char *
words_of(enum import_kind kind, const char *name, const char *bytes,
    size_t len, size_t piece)
{
	struct import_tally t;
	GString *out = g_string_new(NULL);
	struct import *im = read_bytes(kind, name, bytes, len, piece, &t);

	put_all(out, im, &t);
	import_free(im);
	return g_string_free(out, FALSE);
}

/* ---- the fixtures */

static int
kind_of(const char *file)
{
	const char *dot = strrchr(file, '.');

	return dot != NULL ? import_kind_parse(dot + 1) : -1;
}

typedef void file_fn(enum import_kind, const char *file, const char *bytes,
    size_t len);

static void
each_file(file_fn *fn)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	GDir *d = g_dir_open(FOLDER, 0, NULL);
	const char *name;

	g_assert_nonnull(d);
	while ((name = g_dir_read_name(d)) != NULL)
		if (kind_of(name) >= 0)
			g_ptr_array_add(names, g_strdup(name));
	g_dir_close(d);
	g_assert_cmpuint(names->len, >, 15);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *path = g_build_filename(FOLDER,
		    names->pdata[i], NULL);
		g_autofree char *bytes = NULL;
		gsize len;

		g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
		fn((enum import_kind)kind_of(names->pdata[i]),
		    names->pdata[i], bytes, len);
	}
}

static void
file_says(enum import_kind kind, const char *file, const char *bytes,
    size_t len)
{
	g_autofree char *facts = g_strconcat(FOLDER "/", file, ".facts", NULL);
	g_autofree char *got = words_of(kind, file, bytes, len, 65536);
	g_autofree char *small = words_of(kind, file, bytes, len, 1);
	g_autofree char *want = NULL;

	if (g_getenv("FIXTURE_WRITE") != NULL)
		g_file_set_contents(facts, got, -1, NULL);
	g_assert_true(g_file_get_contents(facts, &want, NULL, NULL));
	g_assert_cmpstr(got, ==, want);
	/* Pieces of any size say the same. */
	g_assert_cmpstr(small, ==, want);
}

static void
fixtures(void)
{
	each_file(file_says);
}

static uint64_t
dice(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return *state >> 33;
}

/* Every row that is there was read to its end. */
static void
file_ends(enum import_kind kind, const char *file, const char *bytes,
    size_t len)
{
	uint64_t state = len;
	static const char odd[] = "\"\"\n\r,;\t\0\xff\xc3\xed|=0";

	for (size_t cut = 0; cut < len; cut += 1 + len / 64) {
		g_autofree char *part = g_memdup2(bytes, cut + 1);
		g_autofree char *got = words_of(kind, file, part, cut, 4096);

		g_assert_nonnull(got);
	}
	for (int i = 0; i < 200; i++) {
		g_autofree char *part = g_memdup2(bytes, len + 1);
		g_autofree char *got = NULL;

		for (int k = 0; k < 4; k++)
			part[dice(&state) % len] =
			    odd[dice(&state) % (sizeof(odd) - 1)];
		got = words_of(kind, file, part, len, 4096);
		g_assert_nonnull(got);
	}
}

static void
damaged(void)
{
	each_file(file_ends);
}

/* ---- long ones */

static void
long_line(void)
{
	g_autoptr(GString) s = g_string_new("doe,ip,time\nDoe 1,192.0.2.1,"
	    "2026-01-01T00:00:00Z\nDoe 2,");
	struct import_tally t;
	struct import *im;
	const struct activity *a;

	for (int i = 0; i < 10 << 20; i++)
		g_string_append_c(s, 'x');
	g_string_append(s, "\nDoe 3,192.0.2.3,2026-01-01T00:00:00Z\n");
	im = read_bytes(IMPORT_ACTIVITY, "log.csv", s->str, s->len, 65536, &t);
	g_assert_cmpuint(t.rows, ==, 3);
	g_assert_cmpuint(im->counted, ==, 2);
	a = &g_array_index(im->rows, struct activity, 2);
	g_assert_cmpstr(a->is->doe, ==, "Doe 3");
	g_assert_cmpstr(im->problems->pdata[im->problems->len - 1], ==,
	    "log.csv:3:1: the line is longer than 1 MiB; the row is not used");
	import_free(im);
}

/* Lines that open a quote and never close it cost no more than twice. */
static void
open_quotes(void)
{
	g_autoptr(GString) s = g_string_new("doe,ip\n");
	struct import_tally t;
	struct import *im;
	gint64 began = g_get_monotonic_time();

	for (int i = 0; i < 200000; i++)
		g_string_append(s, "\"Doe,192.0.2.1\n");
	im = read_bytes(IMPORT_ACTIVITY, "log.csv", s->str, s->len, 65536, &t);
	g_assert_cmpuint(t.rows, ==, 200000);
	g_assert_cmpuint(im->counted, ==, 0);
	g_assert_cmpint(g_get_monotonic_time() - began, <, 20000000);
	import_free(im);
}

static void
equal_text(void)
{
	static const char text[] = "doe,ip,act\nDoe 1,192.0.2.1,download\n"
	    "Doe 1,192.0.2.2,download\n";
	struct import_tally t;
	struct import *im = read_bytes(IMPORT_ACTIVITY, "log.csv", text,
	    strlen(text), 7, &t);
	const struct activity *a = &g_array_index(im->rows, struct activity,
	    0), *b = a + 1;

	g_assert_true(a->is == b->is);
	import_free(im);
}

/* ---- cells */

static void
amounts(void)
{
	static const struct { const char *text, *want; } all[] = {
		{ "50000", "50000..50000" }, { "50,000", "50000..50000" },
		{ "1,234,567", "1234567..1234567" },
		{ "1.234.567", "1234567..1234567" },
		{ "50 000", "50000..50000" }, { "50'000", "50000..50000" },
		{ "50\xc2\xa0" "000", "50000..50000" },
		{ "50,000+", "50000..-1 band" }, { "50K+", "50000..-1 band" },
		{ "1M+", "1000000..-1 band" }, { "1.5M", "1500000..1500000" },
		{ "2 million", "2000000..2000000" },
		{ ">= 50,000", "50000..-1 band" },
		{ ">50,000", "50001..-1 band" },
		{ "at least 50,000", "50000..-1 band" },
		{ "10,000 - 50,000", "10000..50000 band" },
		{ "10,000-50,000", "10000..50000 band" },
		{ "10,000\xe2\x80\x93" "50,000", "10000..50000 band" },
		{ "between 10,000 and 50,000", "10000..50000 band" },
		{ "<1,000", "0..999 band" }, { "up to 1,000", "0..1000 band" },
		{ "$1,234.56", "1234..1234" }, { "12.5", "12..12" },
		{ "0", "0..0" }, { "7", "7..7" },
		{ "50.000", "bad" }, { "1,5", "bad" }, { "50,00", "bad" },
		{ "5,0000", "bad" }, { "about 50,000", "50000..50000" },
		{ "4 %", "4..4" }, { "0.5%", "0..0" }, { "-5", "bad" }, { "", "bad" },
		{ "many", "bad" }, { "50,000 - 10,000", "bad" },
		{ "99999999999999999999", "bad" },
		{ "9999999999B", "bad" }, { "10 20", "bad" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		struct number n = { .low = 0 };
		uint32_t f = amount_read(all[i].text, &n);
		g_autofree char *got = f != 0 ? g_strdup("bad") :
		    g_strdup_printf("%" G_GINT64_FORMAT "..%" G_GINT64_FORMAT
		    "%s", n.low, n.high, n.band ? " band" : "");

		if (strcmp(got, all[i].want) != 0)
			g_test_message("%s", all[i].text);
		g_assert_cmpstr(got, ==, all[i].want);
	}
}

static void
addresses(void)
{
	static const struct {
		const char *text, *port, *want;
	} all[] = {
		{ "192.0.2.7", "", "192.0.2.7" },
		{ "192.0.2.7", "51413", "192.0.2.7 51413" },
		{ "192.0.2.7:51413", "", "192.0.2.7 51413" },
		{ "192.0.2.7:51413", "51413", "192.0.2.7 51413" },
		{ "192.0.2.7:51413", "80", "192.0.2.7 !port" },
		{ "[2001:db8::7]:443", "", "2001:db8::7 443" },
		{ "2001:DB8::7", "", "2001:db8::7" },
		{ "::ffff:192.0.2.7", "", "192.0.2.7" },
		{ "192.0.2.7/32", "", "192.0.2.7" },
		{ "192.0.2.0/24", "", "192.0.2.0/24 !range" },
		{ "192.0.2.0 - 192.0.2.255", "", " !range" },
		{ "192.0.2.7/24", "", " !bad" },
		{ "192.000.002.007", "", " !bad" },
		{ "300.0.0.1", "", " !bad" },
		{ "host.example", "", " !bad" },
		{ "fe80::1%eth0", "", " !bad" },
		{ "10.1.2.3", "", "10.1.2.3 !special" },
		{ "127.0.0.1", "", "127.0.0.1 !special" },
		{ "fe80::1", "", "fe80::1 !special" },
		{ "", "", " !none" },
		{ "192.0.2.7", "0", "192.0.2.7 !port" },
		{ "192.0.2.7", "70000", "192.0.2.7 !port" },
		{ "192.0.2.7", "tcp", "192.0.2.7 !port" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		struct inet a;
		uint16_t port;
		uint32_t f = address_read(all[i].text, all[i].port, &a, &port);
		g_autofree char *ip = inet_words(&a);
		g_autoptr(GString) got = g_string_new(ip);

		if (port != 0)
			g_string_append_printf(got, " %u", port);
		g_string_append(got, f & ROW_IP_RANGE ? " !range" :
		    f & ROW_IP_BAD ? " !bad" : f & ROW_IP_NONE ? " !none" :
		    f & ROW_IP_SPECIAL ? " !special" : f & ROW_PORT_BAD ?
		    " !port" : "");
		if (strcmp(got->str, all[i].want) != 0)
			g_test_message("%s %s", all[i].text, all[i].port);
		g_assert_cmpstr(got->str, ==, all[i].want);
	}
}

static void
places(void)
{
	static const struct { const char *text, *want; } all[] = {
		{ "US", "US" }, { "us-hi", "US-HI" }, { "WORLD", "WORLD" },
		{ "world", "WORLD" }, { "USA", "US" }, { "US-PR", "US-PR" },
		{ "PR", "US-PR" }, { "gu", "US-GU" }, { "US-VI", "US-VI" },
		{ "FR-IDF", "FR-IDF" }, { "GB-ENG", "GB-ENG" },
		{ "UK", NULL }, { "US-XX", NULL }, { "HI", NULL },
		{ "Hawaii", NULL }, { "United States", NULL }, { "", NULL },
		{ "U", NULL }, { "US-", NULL }, { "US/HI", NULL },
		{ "global", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		char got[16];
		gboolean ok = place_read(all[i].text, got);

		g_assert_cmpstr(ok ? got : NULL, ==, all[i].want);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/import/fixtures", fixtures);
	g_test_add_func("/import/damaged", damaged);
	g_test_add_func("/import/long-line", long_line);
	g_test_add_func("/import/open-quotes", open_quotes);
	g_test_add_func("/import/equal-text", equal_text);
	g_test_add_func("/import/amounts", amounts);
	g_test_add_func("/import/addresses", addresses);
	g_test_add_func("/import/places", places);
	return g_test_run();
}
