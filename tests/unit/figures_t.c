/*
 * Imported numbers held against a forum: what is of it, of a part, of more; which
 * two cannot both be right; which periods are a series.
 */

#include <string.h>

#include "reports/figures.h"
#include "tests/unit/importkit.h"

/* One row: place, measure, first and last day, value, its bounds. */
struct said {
	const char	*place, *measure, *from, *to;
	int64_t		 low, high;
	uint32_t	 faults;
};

#define SAID	4

static void
number_add(struct import *m, const struct said *s, const char *value)
{
	struct number n = { .row = m->rows->len + 1, .faults = s->faults,
		.measure = s->measure, .place = s->place,
		.period_start = s->from, .period_end = s->to, .value = value,
		.low = s->low, .high = s->high, .band = s->low != s->high,
		.unit = "", .source = "a letter (invented)",
		.method = "a count", .scope = "the site" };

	g_array_append_val(m->rows, n);
}

static void
numbers_make(struct kit *k, const struct said *rows)
{
	struct import *m;

	kit_init(k);
	kit_case(k);
	m = kit_import(k, IMPORT_NUMBERS, "K-1");
	for (size_t i = 0; i < SAID && rows[i].place != NULL; i++)
		number_add(m, &rows[i], rows[i].high < 0 ? "a band" : "so many");
}

#define MAY	"2026-05-01", "2026-05-31"
#define JUNE	"2026-06-01", "2026-06-30"
#define YEAR	"2025-06-01", "2026-05-31"

/* Statuses of J-32 of the state, of J-32, K-06 and K-10 of the country. */
static const struct { const char *what; struct said rows[SAID];
	const char *state, *country, *users, *downloads; } table[] = {
	{ "a state's is a part of the country's",
	    { { "US-HI", "users", MAY, 5000, 5000, 0 } },
	    "SUP", "PART", "PART", "NONE" },
	{ "a country's is no state's",
	    { { "US", "downloads", MAY, 5000, 5000, 0 } },
	    "NONE", "SUP", "SUP", "SUP" },
	{ "the world's is nobody's",
	    { { "WORLD", "downloads", MAY, 50000, -1, 0 } },
	    "NONE", "NONE", "NONE", "PART" },
	{ "two of one month",
	    { { "US", "downloads", MAY, 5000, 5000, 0 },
	      { "US", "downloads", MAY, 700, 700, 0 } },
	    "NONE", "CONF", "CONF", "CONF" },
	{ "a dispute on users is none on downloads",
	    { { "US", "downloads", MAY, 5000, 5000, 0 },
	      { "US", "users", MAY, 90, 90, 0 },
	      { "US", "users", MAY, 900, 900, 0 } },
	    "NONE", "CONF", "CONF", "SUP" },
	{ "two disputes, and neither hides the other",
	    { { "US", "downloads", MAY, 5000, 5000, 0 },
	      { "US", "downloads", MAY, 700, 700, 0 },
	      { "US", "users", MAY, 90, 90, 0 },
	      { "US", "users", MAY, 900, 900, 0 } },
	    "NONE", "CONF", "CONF", "CONF" },
	{ "bands that overlap",
	    { { "US-HI", "users", MAY, 1000, 5000, 0 },
	      { "US-HI", "users", MAY, 2000, -1, 0 } },
	    "SUP", "PART", "PART", "NONE" },
	{ "bands that do not",
	    { { "US-HI", "users", MAY, 1000, 5000, 0 },
	      { "US-HI", "users", MAY, 6000, -1, 0 } },
	    "CONF", "PART", "PART", "NONE" },
	{ "a state above its country",
	    { { "US-HI", "users", MAY, 5000, 5000, 0 },
	      { "US", "users", MAY, 3000, 3000, 0 } },
	    "CONF", "CONF", "CONF", "NONE" },
	{ "a state above its country, in another month",
	    { { "US-HI", "users", MAY, 5000, 5000, 0 },
	      { "US", "users", JUNE, 3000, 3000, 0 } },
	    "SUP", "SUP", "SUP", "NONE" },
	{ "a month above its year adds up to no year",
	    { { "US", "downloads", YEAR, 1000, 1000, 0 },
	      { "US", "downloads", MAY, 3000, 3000, 0 } },
	    "NONE", "CONF", "CONF", "CONF" },
	{ "but users may be an average",
	    { { "US", "users", YEAR, 1000, 1000, 0 },
	      { "US", "users", MAY, 3000, 3000, 0 } },
	    "NONE", "SUP", "SUP", "NONE" },
	{ "likes count nobody",
	    { { "US-HI", "likes", MAY, 5000, 5000, 0 } },
	    "NONE", "NONE", "NONE", "NONE" },
	{ "installs are downloads",
	    { { "US", "installs", MAY, 5000, 5000, 0 } },
	    "NONE", "SUP", "SUP", "SUP" },
	{ "a period that was not over",
	    { { "US-HI", "users", "2026-05-01", "2036-05-31", 5000, 5000,
		ROW_TIME_FUTURE } },
	    "PART", "PART", "PART", "NONE" },
	{ "a territory is a state's place by either code",
	    { { "US-PR", "users", MAY, 5000, 5000, 0 } },
	    "NONE", "PART", "PART", "NONE" },
};

static void
test_table(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		struct kit k;

		numbers_make(&k, table[i].rows);
		g_test_message("%s", table[i].what);
		g_assert_cmpstr(kit_status(&k, "J-32", NULL, "US-HI"), ==,
		    table[i].state);
		g_assert_cmpstr(kit_status(&k, "J-32", NULL, "US"), ==,
		    table[i].country);
		g_assert_cmpstr(kit_status(&k, "K-06", NULL, "US"), ==,
		    table[i].users);
		g_assert_cmpstr(kit_status(&k, "K-10", NULL, "US"), ==,
		    table[i].downloads);
		kit_clear(&k);
	}
}

/* ---- a series -------------------------------------------------------------------- */

static const struct { const char *what; struct said rows[SAID]; guint periods; }
series[] = {
	{ "two months", { { "US-HI", "users", MAY, 9, 9, 0 },
		{ "US-HI", "users", JUNE, 9, 9, 0 } }, 2 },
	{ "a month, and the year in which it lies",
	    { { "US-HI", "users", MAY, 9, 9, 0 },
		{ "US-HI", "users", YEAR, 90, 90, 0 } }, 1 },
	{ "the months of a year that is told as well",
	    { { "US-HI", "users", "2026-01-01", "2026-12-31", 90, 90, 0 },
		{ "US-HI", "users", MAY, 9, 9, 0 },
		{ "US-HI", "users", JUNE, 9, 9, 0 } }, 2 },
	{ "one month by two measures",
	    { { "US-HI", "users", MAY, 9, 9, 0 },
		{ "US-HI", "visits", JUNE, 9, 9, 0 } }, 1 },
	{ "one that was not over", { { "US-HI", "users", MAY, 9, 9, 0 },
		{ "US-HI", "users", JUNE, 9, 9, ROW_TIME_FUTURE } }, 1 },
};

static void
test_series(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(series); i++) {
		struct figures g;
		struct kit k;

		numbers_make(&k, series[i].rows);
		figures_of(k.rec, "US-HI", &g);
		g_test_message("%s", series[i].what);
		g_assert_cmpuint(g.periods, ==, series[i].periods);
		figures_clear(&g);
		kit_clear(&k);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/figures/table", test_table);
	g_test_add_func("/figures/series", test_series);
	return g_test_run();
}
