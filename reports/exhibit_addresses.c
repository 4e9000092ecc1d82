/* Section 5: where databases place the addresses. */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/words.h"

/* ---- geolocation ----------------------------------------------------------- */

static void
place_cell(struct html *h, const struct fact *f)
{
	static const char *const parts[] = { "city", "region", "country" };
	gboolean any = FALSE;

	if (f->kind == FACT_GEO_NONE) {
		html_raw(h, "no place for it</td><td>");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		const char *s = fact_str(f, parts[i]);

		if (*s == '\0')
			continue;
		say(h, "%t%t", any ? ", " : "", s);
		any = TRUE;
	}
	if (*fact_str(f, "lat") != '\0')
		say(h, "<br>%t, %t", fact_str(f, "lat"), fact_str(f, "lon"));
	html_raw(h, "</td><td class=\"n\">");
	if (*fact_str(f, "radius_km") != '\0')
		say(h, "%t", fact_str(f, "radius_km"));
}

static void
agreement(struct html *h, const struct view *v, const char *ip)
{
	const struct fact *c = view_first(v, FACT_PLACE_COMPARED, ip);

	if (c == NULL)
		return;
	if (*fact_str(c, "edge") != '\0')
		say(h, "<br>listed as an edge of %t: many places share such an "
		    "address, and it has no place of its own",
		    fact_str(c, "edge"));
	if (fact_int(c, "databases", 0) < 2) {
		html_raw(h, "<br>one database answered");
		return;
	}
	html_raw(h, json_is_true(fact_get(c, "agree")) ?
	    "<br>agree on the country" : "<br>differ on the country: ");
	if (!json_is_true(fact_get(c, "agree")))
		html_json(h, fact_get(c, "countries"));
}

static void
places(struct exhibit_doc *x, const char *ip)
{
	struct html *h = &x->h;
	gboolean first = TRUE;

	for (guint i = 0; i < x->v.facts->len; i++) {
		const struct fact *f = x->v.facts->pdata[i];

		if ((f->kind != FACT_GEO_PLACE && f->kind != FACT_GEO_NONE) ||
		    strcmp(f->subject, ip) != 0)
			continue;
		html_raw(h, "<tr><th scope=\"row\">");
		say(h, first ? "%a" : "<span class=\"vh\">%t</span>", ip);
		if (first)
			agreement(h, &x->v, ip);
		say(h, "</th><td>%n</td><td>", fact_str(f, "db"));
		place_cell(h, f);
		say(h, "</td><td>%a</td><td class=\"n\">",
		    fact_str(f, "network"));
		html_record(h, fact_source(f));
		html_raw(h, "</td></tr>\n");
		first = FALSE;
	}
}

/* ---- distance -------------------------------------------------------------- */

/* "12.345 ms" of nanoseconds, in whole microseconds. */
static void
milliseconds(struct html *h, int64_t ns)
{
	char text[32];

	g_snprintf(text, sizeof(text), "%" G_GINT64_FORMAT ".%03d ms",
	    ns / 1000000, (int)(ns / 1000 % 1000));
	say(h, "%t", text);
}

static void
claim_row(struct html *h, const json_t *p)
{
	const char *kind = json_string_value(json_object_get(p, "kind"));

	say(h, "<br>%t (%t%n): %t", json_string_value(json_object_get(p,
	    "place")), strcmp(kind, "place.hint") == 0 ?
	    "hint in the reverse name, " : "", json_string_value(
	    json_object_get(p, "by")), json_string_value(json_object_get(p,
	    "verdict")));
	if (json_object_get(p, "nearest_km") != NULL)
		say(h, ", at least %d km away", (uint64_t)json_integer_value(
		    json_object_get(p, "nearest_km")));
}

static void
bound_row(struct exhibit_doc *x, const struct fact *f)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	struct html *h = &x->h;
	const json_t *p;
	size_t i;

	cites_fact(records, x->v.run, f);
	say(h, "<tr><th scope=\"row\">%a</th><td class=\"n\">", f->subject);
	milliseconds(h, fact_int(f, "least", 0));
	say(h, "<br>of %d</td><td class=\"n\">%d vacuum<br>%d fibre</td><td>",
	    (uint64_t)fact_int(f, "handshakes", 0),
	    (uint64_t)fact_int(f, "km", 0),
	    (uint64_t)fact_int(f, "fibre_km", 0));
	if (*fact_str(f, "vantage") != '\0')
		say(h, "from %t, as declared", fact_str(f, "vantage"));
	else
		html_raw(h, "vantage\xe2\x80\x99s place not declared: the "
		    "bound is a radius around an unknown point");
	json_array_foreach(fact_get(f, "places"), i, p)
		claim_row(h, p);
	html_raw(h, "</td><td>");
	html_records(h, records);
	html_raw(h, "</td></tr>\n");
}

static void
bounds(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 20, "Address" }, { 14, ">Least round trip" },
		{ 16, ">Bound, km" },
		{ 38, "Places named, held against it" }, { 12, "Records" },
	};
	g_autofree char *where = exhibit_range(x->v.run, 'H');
	const struct fact *f;
	guint at = 0, n = 0;

	while ((f = view_next(&x->v, FACT_PLACE_BOUND, NULL, &at)) != NULL) {
		if (n++ == 0)
			exhibit_table(x, "", "How far away what answered can "
			    "be at most", where, columns,
			    G_N_ELEMENTS(columns));
		if (exhibit_full(x, n - 1, 5, x->v.facts->len))
			break;
		bound_row(x, f);
	}
	if (n == 0)
		return;
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">Half of the least round trip of a "
	    "TCP handshake, at the speed of light: nothing that answered is "
	    "further away than the first figure; beyond the second, which "
	    "light in fibre makes, it is unlikely. It bounds whatever "
	    "completed the handshake, which may be a machine on the way that "
	    "answers for another. That a place is possible says nothing for "
	    "it.</p>\n");
}

static void
database_row(struct html *h, const struct fact *f)
{
	say(h, "<tr><th scope=\"row\">%n</th><td>%t</td><td>",
	    fact_str(f, "db"), fact_str(f, "type"));
	html_when(h, fact_str(f, "build"));
	say(h, "</td><td>%t</td><td>", fact_str(f, "licence"));
	html_hash(h, fact_str(f, "sha256"), 16);
	html_raw(h, "</td></tr>\n");
}

/* What a database's publisher says against it stands where it is shown. */
static void
cautions(struct exhibit_doc *x)
{
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(&x->v, FACT_GEO_PLACE, NULL, &at)) != NULL) {
		g_autoptr(GArray) from = g_array_new(FALSE, FALSE,
		    sizeof(uint64_t));

		if (*fact_str(f, "caution") == '\0' ||
		    !strings_add(seen, fact_str(f, "db")))
			continue;
		cites_add(from, fact_source(f));
		say(&x->h, "<p class=\"note\">%t: %t ", fact_str(f, "db"),
		    fact_str(f, "caution"));
		html_cite(&x->h, from);
		html_raw(&x->h, "</p>\n");
	}
}

static void
databases(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 25, "File" }, { 18, "Type" }, { 14, "Built" },
		{ 18, "Licence" }, { 25, "SHA-256" },
	};
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	const struct fact *f;
	guint at = 0;

	exhibit_table(x, "", "The databases", "as used in this run", columns,
	    G_N_ELEMENTS(columns));
	while ((f = view_next(&x->v, FACT_GEO_PLACE, NULL, &at)) != NULL)
		if (strings_add(seen, fact_str(f, "db")))
			database_row(&x->h, f);
	html_table_end(&x->h);
	cautions(x);
}

void
exhibit_geo(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 22, "Address" }, { 26, "Database" }, { 22, "It returns" },
		{ 7, ">Radius, km" }, { 16, "Network in it" }, { 7, ">Rec." },
	};
	g_autoptr(GPtrArray) ips = view_subjects(&x->v, FACT_GEO_PLACE,
	    FACT_GEO_NONE, FACT_KINDS);
	g_autofree char *where = exhibit_range(x->v.run, 'H');

	if (ips->len == 0) {
		html_raw(&x->h, "<p>No geolocation database was asked in this "
		    "run. <cite>[Ex. A-1]</cite></p>\n");
		return;
	}
	exhibit_table(x, "", "What each database returns for each address",
	    where, columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < ips->len; i++) {
		if (exhibit_full(x, i, 6, ips->len))
			break;
		places(x, ips->pdata[i]);
	}
	html_table_end(&x->h);
	say(&x->h, "<p class=\"note\">Addresses here are of hosts, name "
	    "servers and mail servers. %t</p>\n", words_place);
	bounds(x);
	databases(x);
}
