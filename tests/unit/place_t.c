/*
 * Where things lie and how far light comes: extents, what is declared of the
 * vantage, hints in reverse names, and the bound over a target's facts.
 */

#include <string.h>

#include "probes/extent.h"
#include "probes/join.h"
#include "probes/place_hint.h"
#include "probes/vantage.h"
#include "reports/bounds.h"
#include "tests/unit/recordkit.h"

static int64_t
apart(const char *lat, const char *lon, const char *code)
{
	struct extent a, b;

	g_assert_true(extent_point(lat, lon, 0, &a));
	g_assert_true(extent_of(code, &b));
	return extent_apart(&a, &b);
}

static void
test_light(void)
{
	/* 1 ms there and back: 149.896 km, rounded up. */
	g_assert_cmpint(light_km(1000000), ==, 150);
	g_assert_cmpint(fibre_km(1000000), ==, 100);
	g_assert_cmpint(light_km(0), ==, 1);
	g_assert_cmpint(light_km(-5), ==, 1);
	g_assert_cmpint(light_km(100000000), ==, 14990);
	/* No figure, however absurd, comes out small or negative. */
	g_assert_cmpint(light_km(INT64_MAX), >, 8000000);
}

/* Too near rather than too far: a true distance is never overstated. */
static void
test_extents(void)
{
	/* Zurich to Honolulu are 12,350 km; the states' nearest point less. */
	g_assert_cmpint(apart("47.37", "8.54", "US-HI"), <, 12350);
	g_assert_cmpint(apart("47.37", "8.54", "US-HI"), >, 11500);
	g_assert_cmpint(apart("47.37", "8.54", "CH"), ==, 0);
	g_assert_cmpint(apart("47.37", "8.54", "IS"), >, 1800);
	/* The sea of the date line is no obstacle. */
	g_assert_cmpint(apart("-17.7", "179.9", "FJ"), ==, 0);
	g_assert_cmpint(apart("-17.7", "-179.9", "FJ"), ==, 0);
	/* French land in America is as much FR as Paris. */
	g_assert_cmpint(apart("4.9", "-52.3", "FR"), ==, 0);
	/* Land that two sides claim lies in both. */
	g_assert_cmpint(apart("42.66", "21.16", "XK"), ==, 0);
	g_assert_cmpint(apart("42.66", "21.16", "RS"), ==, 0);
}

static void
test_codes(void)
{
	struct extent a, b;

	g_assert_true(extent_of("US-HI", &a));
	g_assert_true(extent_of("US-ZZ", &b));
	g_assert_cmpuint(b.n, >, a.n);
	g_assert_false(extent_of("ZZ", &a));
	g_assert_false(extent_of("EU", &a));
	g_assert_false(extent_of("", &a));
	g_assert_cmpstr(extent_name("US-HI"), ==, "Hawaii");
	g_assert_null(extent_name("nl"));
}

static void
test_degrees(void)
{
	static const char *const bad[] = {
		"", "x", "1e3", "nan", "inf", "0x10", "1,5", "91", "-90.1",
		" 1", "1 ", "1.2.3", "--1", "1111111111111111111111111",
	};
	double d;

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(extent_degrees(bad[i], 90, &d));
	g_assert_true(extent_degrees("-90", 90, &d));
	g_assert_true(extent_degrees("21.31", 90, &d));
}

static void
test_vantage(void)
{
	static const struct {
		const char	*text, *country, *region, *lat, *lon;
	} rows[] = {
		{ "US-HI", "US", "US-HI", "", "" },
		{ "CH", "CH", "", "", "" },
		{ "Honolulu, US-HI 21.31,-157.86", "US", "US-HI", "21.31",
		    "-157.86" },
		{ "Honolulu, US-HI 21.31, -157.86 ", "US", "US-HI", "21.31",
		    "-157.86" },
		{ "an office, in Zurich, CH", "CH", "", "", "" },
		{ "a rented server in IT", "", "", "", "" },
		{ "an office, ZZ", "", "", "", "" },
		{ "Honolulu, US-HI 99,-157", "US", "US-HI", "", "" },
		{ "Honolulu", "", "", "", "" },
		{ "21.31,-157.86", "", "", "", "" },
		{ "\xff, CH", "", "", "", "" },
		{ "", "", "", "", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct vantage v;

		vantage_read(rows[i].text, &v);
		g_assert_cmpstr(v.country, ==, rows[i].country);
		g_assert_cmpstr(v.region, ==, rows[i].region);
		g_assert_cmpstr(v.lat, ==, rows[i].lat);
		g_assert_cmpstr(v.lon, ==, rows[i].lon);
	}
}

static void
test_hints(void)
{
	static const struct {
		const char	*name, *words;
	} rows[] = {
		{ "be1.fra02.core.example.net", "fra " },
		{ "vps-12.AMS1.example.com", "ams " },
		{ "nyc2-lax.example.org", "nyc lax " },
		{ "amsterdam.example.com", "amsterdam " },
		/* The domain says who, not where. */
		{ "www.seattle.com", "" },
		{ "fra.example", "" },
		{ "tor-exit.sea.man.example.org", "" },
		{ "francis.amstel.example.org", "" },
		{ "a.fra.fra.fra.fra.fra.fra.example.org",
		    "fra fra fra fra " },
		{ "", "" }, { ".", "" }, { "...", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GString) s = g_string_new(NULL);
		struct place_hint h[PLACE_HINTS];
		unsigned n = place_hints(rows[i].name, h);

		for (unsigned k = 0; k < n; k++)
			g_string_append_printf(s, "%s ", h[k].word);
		g_assert_cmpstr(s->str, ==, rows[i].words);
	}
}

/* --- the bound over facts ------------------------------------------------------ */

static void
add(GPtrArray *log, enum fact_kind kind, const char *subject, json_t *value)
{
	struct fact *f = fact_new(kind, subject, value);

	f->id = log->len + 1;
	g_ptr_array_add(log, f);
}

static void
add_place(GPtrArray *log, const char *country, const char *lat,
    const char *lon)
{
	add(log, FACT_GEO_PLACE, "9.0.0.1", json_pack("{s:s, s:s, s:s, s:s, "
	    "s:s, s:s}", "db", "x.mmdb", "country", country, "city", "",
	    "radius_km", "", "lat", lat, "lon", lon));
}

static const struct fact *
bound(const GPtrArray *out)
{
	for (guint i = 0; i < out->len; i++)
		if (((struct fact *)out->pdata[i])->kind == FACT_PLACE_BOUND)
			return out->pdata[i];
	g_assert_not_reached();
}

/* "CH possible, US excluded, ..." */
static char *
verdicts(const struct fact *f)
{
	GString *s = g_string_new(NULL);
	const json_t *p;
	size_t i;

	json_array_foreach(fact_get(f, "places"), i, p)
		g_string_append_printf(s, "%s%s %s", i > 0 ? ", " : "",
		    json_string_value(json_object_get(p, "place")),
		    json_string_value(json_object_get(p, "verdict")));
	return g_string_free(s, FALSE);
}

static GPtrArray *
facts_of(const char *vantage, int64_t least)
{
	GPtrArray *log = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)fact_free);

	if (vantage != NULL)
		add(log, FACT_VANTAGE_PLACE, "vantage", json_pack("{s:s}",
		    "text", vantage));
	add_place(log, "CH", "", "");
	add_place(log, "IS", "", "");
	add_place(log, "US", "34.05", "-118.24");
	add(log, FACT_NET_RTT, "9.0.0.1", json_pack("{s:I, s:i}", "least",
	    (json_int_t)least + 9000000, "count", 5));
	add(log, FACT_NET_RTT, "9.0.0.1", json_pack("{s:I, s:i}", "least",
	    (json_int_t)least, "count", 4));
	return log;
}

static void
test_bound(void)
{
	static const struct {
		const char	*vantage;
		int64_t		 least;
		const char	*known_by, *says;
	} rows[] = {
		/* 1 ms: nothing outside of Switzerland's surroundings. */
		{ "Zurich, CH 47.37,8.54", 1000000, "coordinates",
		    "CH possible, IS excluded, US excluded, the point given "
		    "excluded" },
		/* 16 ms: 2,399 km in vacuum, 1,600 in glass. */
		{ "Zurich, CH 47.37,8.54", 16000000, "coordinates",
		    "CH possible, IS unlikely, US excluded, the point given "
		    "excluded" },
		{ "Zurich, CH 47.37,8.54", 200000000, "coordinates",
		    "CH possible, IS possible, US possible, the point given "
		    "possible" },
		{ "CH", 1000000, "country", "CH possible, IS excluded, US "
		    "excluded, the point given excluded" },
		{ "a cellar", 1000000, "words only", "CH not tested, IS not "
		    "tested, US not tested, the point given not tested" },
		{ NULL, 1000000, "not declared", "CH not tested, IS not "
		    "tested, US not tested, the point given not tested" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) log = facts_of(rows[i].vantage,
		    rows[i].least);
		g_autoptr(GPtrArray) out = target_join("a.ch", "a.ch", log);
		const struct fact *f = bound(out);
		g_autofree char *says = verdicts(f);

		g_assert_cmpstr(says, ==, rows[i].says);
		g_assert_cmpstr(fact_str(f, "known_by"), ==, rows[i].known_by);
		g_assert_cmpint(fact_int(f, "least", 0), ==, rows[i].least);
		g_assert_cmpint(fact_int(f, "handshakes", 0), ==, 4);
	}
}

/* A hint is held against the bound too, and rests on the reverse name. */
static void
test_hint_bound(void)
{
	g_autoptr(GPtrArray) log = facts_of("Zurich, CH 47.37,8.54", 3000000);
	g_autoptr(GPtrArray) out = NULL;
	g_autofree char *says = NULL;
	const struct fact *f;
	uint64_t last;

	add(log, FACT_DNS_PTR, "9.0.0.1", json_pack("{s:s}", "name",
	    "r1.lax3.example.net"));
	out = target_join("a.ch", "a.ch", log);
	f = bound(out);
	says = verdicts(f);
	g_assert_true(g_str_has_suffix(says,
	    "US excluded, Los Angeles excluded"));
	last = g_array_index(f->from, uint64_t, f->from->len - 1);
	g_assert_cmpuint(last, ==, log->len);
}

/* --- bounds of several runs ------------------------------------------------------ */

static void
bound_run(struct kit *k, const char *day, const char *vantage, int km,
    const char *known, const char *places)
{
	g_autofree char *v = g_strdup_printf("{\"least\":1,\"km\":%d,"
	    "\"fibre_km\":%d,\"vantage\":\"%s\",\"known_by\":\"%s\","
	    "\"places\":[%s]}", km, km * 2 / 3, vantage, known, places);

	kit_run(k, day);
	kit_target(k, "a.ch");
	kit_ask(k, PROBE_LOCAL, "192.0.2.7", "listed-ip", "", "");
	kit_fact(k, FACT_PLACE_BOUND, "192.0.2.7", v);
}

#define PLACE(place, verdict) \
	"{\"place\":\"" place "\",\"verdict\":\"" verdict "\"}"

/* "NL possible; US excluded from Tokyo, JP; ..." */
static char *
together(const struct kit *k, const struct run *run)
{
	g_autoptr(GArray) from = bounds_from(k->rec, run, "192.0.2.7");
	g_autoptr(GArray) places = bounds_together(from);
	GString *s = g_string_new(NULL);

	g_string_append_printf(s, "%u:", from->len);
	for (guint i = 0; i < places->len; i++) {
		const struct bound_place *p = &g_array_index(places,
		    struct bound_place, i);

		g_string_append_printf(s, " %s %s (%s)", p->place, p->verdict,
		    fact_str(p->by->fact, "vantage"));
	}
	return g_string_free(s, FALSE);
}

/* A place that one vantage excludes is excluded; the least of a vantage counts,
 * and an unknown one says nothing. */
static void
test_together(void)
{
	g_autofree char *got = NULL;
	const struct run *first;
	struct kit k;

	kit_init(&k);
	bound_run(&k, "2026-11-01", "Bern, CH", 3000, "country",
	    PLACE("NL", "possible") "," PLACE("US", "excluded") ","
	    PLACE("RU", "possible"));
	first = k.run;
	bound_run(&k, "2026-11-02", "Tokyo, JP", 9000, "country",
	    PLACE("NL", "excluded") "," PLACE("US", "possible") ","
	    PLACE("RU", "possible"));
	bound_run(&k, "2026-11-03", "Tokyo, JP", 8000, "country",
	    PLACE("NL", "excluded") "," PLACE("RU", "unlikely"));
	bound_run(&k, "2026-11-04", "", 10, "not declared",
	    PLACE("RU", "excluded"));
	got = together(&k, first);
	g_assert_cmpstr(got, ==, "2: NL excluded (Tokyo, JP) "
	    "US excluded (Bern, CH) RU unlikely (Tokyo, JP)");
	kit_clear(&k);
}

/* One vantage is no intersection. */
static void
test_alone(void)
{
	g_autofree char *got = NULL;
	struct kit k;

	kit_init(&k);
	bound_run(&k, "2026-11-01", "Bern, CH", 3000, "country",
	    PLACE("NL", "possible"));
	got = together(&k, k.run);
	g_assert_cmpstr(got, ==, "1: NL possible (Bern, CH)");
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/place/light", test_light);
	g_test_add_func("/place/extents", test_extents);
	g_test_add_func("/place/codes", test_codes);
	g_test_add_func("/place/degrees", test_degrees);
	g_test_add_func("/place/vantage", test_vantage);
	g_test_add_func("/place/hints", test_hints);
	g_test_add_func("/place/bound", test_bound);
	g_test_add_func("/place/together", test_together);
	g_test_add_func("/place/alone", test_alone);
	g_test_add_func("/place/hint-and-bound", test_hint_bound);
	return g_test_run();
}
