/*
 * What a log's times rest on: each is read in one way or not at all, and what
 * is not read says why.
 */

#include <string.h>

#include "collector/import_date.h"
#include "probes/text.h"

struct sample {
	const char	*time, *zone, *want;	/* want: RFC 3339, or words of faults */
};

static GBytes *
system_zone(const char *name, void *arg)
{
	g_autofree char *path = g_build_filename("tests/data/import/zones",
	    name, NULL);
	char *text;
	gsize len;

	(void)arg;
	return g_file_get_contents(path, &text, &len, NULL) ?
	    g_bytes_new_take(text, len) : NULL;
}

static void
words(uint32_t faults, int64_t time, GString *out)
{
	static const struct { uint32_t bit; const char *word; } names[] = {
		{ ROW_TIME_NONE, "none" }, { ROW_TIME_NO_ZONE, "no-zone" },
		{ ROW_TIME_AMBIGUOUS, "ambiguous" }, { ROW_TIME_BAD, "bad" },
		{ ROW_DATE_ONLY, "day" },
	};
	char text[32];

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (faults & names[i].bit)
			g_string_append_printf(out, "%s%s", out->len > 0 ?
			    " " : "", names[i].word);
	if (time == TIME_UNKNOWN)
		return;
	text_time(text, time);
	g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", text);
}

static const struct sample samples[] = {
	/* RFC 3339 and its neighbours */
	{ "2019-07-01T12:34:56Z", "", "2019-07-01T12:34:56.000000Z" },
	{ "2019-07-01t12:34:56.5z", "", "2019-07-01T12:34:56.500000Z" },
	{ "2019-07-01 12:34:56,123456789 +09:00", "",
	    "2019-07-01T03:34:56.123456Z" },
	{ "2019-07-01T12:34-10:00", "", "2019-07-01T22:34:00.000000Z" },
	{ "20190701T123456Z", "", "2019-07-01T12:34:56.000000Z" },
	{ "1969-12-31T23:59:59.25Z", "", "1969-12-31T23:59:59.250000Z" },
	{ "  2019-07-01T12:34:56Z", "", "2019-07-01T12:34:56.000000Z" },
	{ "Mon Jul  1 12:34:56 2019", "UTC", "2019-07-01T12:34:56.000000Z" },
	{ "Mon Jul 1 12:34:56 UTC 2019", "", "2019-07-01T12:34:56.000000Z" },
	{ "Jul 1 12:34 2019", "-10:00", "2019-07-01T22:34:00.000000Z" },
	{ "Mon Jul  1 12:34:56 2019", "", "no-zone" },
	{ "Mon Jul 32 12:34:56 2019", "UTC", "bad" },
	{ "Jul 1, 2019 12:34 1000", "UTC", "no-zone" },
	/* what a zone's cell says */
	{ "2019-07-01 12:34:56", "", "no-zone" },
	{ "2019-07-01 12:34:56", "UTC", "2019-07-01T12:34:56.000000Z" },
	{ "2019-07-01 12:34:56", "UTC+2", "2019-07-01T10:34:56.000000Z" },
	{ "2019-07-01 12:34:56", "-1000", "2019-07-01T22:34:56.000000Z" },
	{ "2019-07-01 12:34:56", "+9", "2019-07-01T03:34:56.000000Z" },
	{ "2019-07-01 12:34:56", "\xe2\x88\x92" "10:00",
	    "2019-07-01T22:34:56.000000Z" },
	{ "2019-07-01 12:34:56", "+25:00", "no-zone" },
	{ "2019-07-01 12:34:56", "Pacific/Honolulu",
	    "2019-07-01T22:34:56.000000Z" },
	{ "2019-07-01 12:34:56", "America/New_York",
	    "2019-07-01T16:34:56.000000Z" },
	{ "2019-12-01 12:34:56", "America/New_York",
	    "2019-12-01T17:34:56.000000Z" },
	{ "2045-07-01 12:34:56", "America/New_York",
	    "2045-07-01T16:34:56.000000Z" },
	{ "2045-12-01 12:34:56", "America/New_York",
	    "2045-12-01T17:34:56.000000Z" },
	{ "2019-07-01 12:34:56", "Mars/Olympus", "no-zone" },
	{ "2019-07-01 12:34:56", "../../etc/passwd", "no-zone" },
	{ "2019-07-01 12:34:56", "CST", "ambiguous" },
	/* the hour that is there twice, and the one that is not */
	{ "2019-11-03 01:30:00", "America/New_York", "ambiguous" },
	{ "2019-11-03 00:59:59", "America/New_York",
	    "2019-11-03T04:59:59.000000Z" },
	{ "2019-11-03 02:00:00", "America/New_York",
	    "2019-11-03T07:00:00.000000Z" },
	{ "2019-03-10 02:30:00", "America/New_York", "ambiguous" },
	{ "2045-11-05 01:30:00", "America/New_York", "ambiguous" },
	{ "2019-11-03T01:30:00-05:00", "America/New_York",
	    "2019-11-03T06:30:00.000000Z" },
	/* an offset and a zone that disagree */
	{ "2019-07-01T12:34:56Z", "America/New_York", "ambiguous" },
	{ "2019-07-01T12:34:56-04:00", "America/New_York",
	    "2019-07-01T16:34:56.000000Z" },
	{ "2019-07-01T12:34:56-05:00", "CST", "2019-07-01T17:34:56.000000Z" },
	{ "2019-07-01T12:34:56Z", "UTC", "2019-07-01T12:34:56.000000Z" },
	/* days */
	{ "2019-07-01", "", "day 2019-07-01T00:00:00.000000Z" },
	{ "2019/7/1", "", "day 2019-07-01T00:00:00.000000Z" },
	{ "03/04/2026", "", "ambiguous" },
	{ "03/04/2026 12:00", "UTC", "ambiguous" },
	{ "3.4.2026", "", "ambiguous" },
	{ "05/05/2026", "", "day 2026-05-05T00:00:00.000000Z" },
	{ "13/04/2026", "", "day 2026-04-13T00:00:00.000000Z" },
	{ "04/13/2026", "", "day 2026-04-13T00:00:00.000000Z" },
	{ "13/13/2026", "", "bad" },
	{ "31/04/2026", "", "bad" },
	{ "03/04/26", "", "ambiguous" },
	{ "26-04-13", "", "ambiguous" },
	{ "2019-02-29", "", "bad" },
	{ "2020-02-29", "", "day 2020-02-29T00:00:00.000000Z" },
	{ "1 Jul 2019", "", "day 2019-07-01T00:00:00.000000Z" },
	{ "01-Jul-2019", "", "day 2019-07-01T00:00:00.000000Z" },
	{ "Jul 1, 2019", "", "day 2019-07-01T00:00:00.000000Z" },
	{ "July 1 2019 1:05 PM", "UTC", "2019-07-01T13:05:00.000000Z" },
	{ "July 1 2019 12:05 am", "UTC", "2019-07-01T00:05:00.000000Z" },
	{ "13/04/2026 13:05 PM", "UTC", "bad" },
	{ "01/Jul/2019:12:34:56 +0000", "", "2019-07-01T12:34:56.000000Z" },
	{ "Mon, 1 Jul 2019 12:34:56 GMT", "", "2019-07-01T12:34:56.000000Z" },
	/* leap seconds */
	{ "2016-12-31T23:59:60Z", "", "2017-01-01T00:00:00.000000Z" },
	{ "2016-12-31T13:59:60.5-10:00", "", "2017-01-01T00:00:00.500000Z" },
	{ "2016-11-30T23:59:60Z", "", "bad" },
	{ "2016-12-31T12:00:60Z", "", "bad" },
	/* no times */
	{ "", "", "none" },
	{ "1561939200", "", "bad" },
	{ "43647.5", "", "bad" },
	{ "20190701", "", "bad" },
	{ "yesterday", "", "bad" },
	{ "2019-07-01T24:00:00Z", "", "bad" },
	{ "2019-07-01T12:60:00Z", "", "bad" },
	{ "2019-07-01Tnoon", "", "bad" },
	{ "2019-07-01 12:34:56 and more", "", "no-zone" },
	{ "0019-07-01", "", "bad" },
};

static void
read_samples(void)
{
	struct tz_set *zones = tz_set_new(system_zone, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
		const struct sample *s = &samples[i];
		g_autoptr(GString) got = g_string_new(NULL);
		int64_t time;
		uint32_t f = date_read(s->time, s->zone, zones, &time);

		words(f, time, got);
		if (strcmp(got->str, s->want) != 0)
			g_test_message("%s | %s", s->time, s->zone);
		g_assert_cmpstr(got->str, ==, s->want);
	}
	tz_set_free(zones);
}

static void
periods(void)
{
	static const struct { const char *text, *want; } all[] = {
		{ "2019-02", "2019-02-01 2019-02-28" },
		{ "2020", "2020-01-01 2020-12-31" },
		{ "2020-02-29", "2020-02-29 2020-02-29" },
		{ "13/04/2026", "2026-04-13 2026-04-13" },
		{ "2019-13", "bad" }, { "03/04/2026", "bad" }, { "", "bad" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		int64_t a, b;
		char first[16], last[16];
		g_autofree char *got = NULL;

		if (period_read(all[i].text, &a, &b) == 0) {
			day_words(first, a);
			day_words(last, b);
			got = g_strdup_printf("%s %s", first, last);
		}
		g_assert_cmpstr(got != NULL ? got : "bad", ==, all[i].want);
	}
}

/* A zone's file cut after every byte is none, or says the same. */
static void
zone_cut(void)
{
	g_autoptr(GBytes) b = system_zone("America/New_York", NULL);
	gsize len;
	const char *data = g_bytes_get_data(b, &len);
	struct tz *whole = tz_read(data, len);

	g_assert_nonnull(whole);
	for (gsize i = 0; i < len; i++) {
		g_autofree char *part = g_memdup2(data, i + 1);
		struct tz *z = tz_read(part, i);

		g_assert_null(z);
	}
	tz_free(whole);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/date/samples", read_samples);
	g_test_add_func("/date/periods", periods);
	g_test_add_func("/date/zone-cut", zone_cut);
	return g_test_run();
}
