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
	databases(x);
}
