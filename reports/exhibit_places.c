/*
 * Section 6: what is said of where each address is, a table an address: every
 * database, the country of the network as registered, the network's own
 * geofeed, words in the reverse name, and the bound that light sets.  Addresses
 * of which all of that is the same are one table.
 */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/alike.h"
#include "reports/bounds.h"
#include "reports/words.h"

enum { COLUMNS = 5, PLACE_TABLES = 200 };

/* ---- rows: each a part ------------------------------------------------------ */

static void
add_row(struct exhibit_doc *x, GPtrArray *parts, GString *before,
    const struct fact *f, gboolean own)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));

	cites_fact(records, x->v.run, f);
	alike_part(parts, html_diverted(&x->h, before), records)->own = own;
}

/* "Amsterdam, North Holland, NL", and the coordinates. */
static void
place_say(struct html *h, const struct fact *f)
{
	static const char *const parts[] = { "city", "region", "country" };
	gboolean any = FALSE;

	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		const char *s = fact_str(f, parts[i]);

		if (*s == '\0')
			continue;
		say(h, "%t%t", any ? ", " : "", s);
		any = TRUE;
	}
	if (!any)
		html_raw(h, "a record without a place");
	if (*fact_str(f, "lat") != '\0')
		say(h, "; %t, %t", fact_str(f, "lat"), fact_str(f, "lon"));
}

static void
database_part(struct exhibit_doc *x, GPtrArray *parts, const struct fact *f)
{
	GString *before = html_divert(&x->h);
	struct html *h = &x->h;
	g_autofree char *day = g_strndup(fact_str(f, "build"), 10);

	say(h, "<th scope=\"row\">%f", fact_str(f, "db"));
	if (*day != '\0')
		say(h, ", built %D", day);
	html_raw(h, "</th><td>");
	if (f->kind == FACT_GEO_NONE)
		html_raw(h, "no place for it");
	else
		place_say(h, f);
	say(h, "</td><td>%t</td><td>%a</td>", fact_str(f, "radius_km"),
	    fact_str(f, "network"));
	add_row(x, parts, before, f, FALSE);
}

static void
databases_of(struct exhibit_doc *x, GPtrArray *parts, const char *ip)
{
	for (guint i = 0; i < x->v.facts->len; i++) {
		const struct fact *f = x->v.facts->pdata[i];

		if ((f->kind == FACT_GEO_PLACE || f->kind == FACT_GEO_NONE) &&
		    strcmp(f->subject, ip) == 0)
			database_part(x, parts, f);
	}
}

/* The country under which a network is registered. */
static void
registry_part(struct exhibit_doc *x, GPtrArray *parts, const char *ip)
{
	const struct fact *f = view_first(&x->v, FACT_IP_NETWORK, ip);
	GString *before;
	struct html *h = &x->h;

	if (f == NULL)
		return;
	before = html_divert(h);
	say(h, "<th scope=\"row\">Registry: %p</th><td>",
	    fact_str(f, "server"));
	if (*fact_str(f, "country") != '\0')
		say(h, "%t, as registered; no place of a server",
		    fact_str(f, "country"));
	else
		html_raw(h, "no country of the network");
	html_raw(h, "</td><td></td><td>");
	if (json_array_size(fact_get(f, "cidr")) == 1)
		html_address(h, json_string_value(json_array_get(
		    fact_get(f, "cidr"), 0)));
	else
		say(h, "%a to %a", fact_str(f, "start"), fact_str(f, "end"));
	html_raw(h, "</td>");
	add_row(x, parts, before, f, FALSE);
}

static void
claim_parts(struct exhibit_doc *x, GPtrArray *parts, const char *ip)
{
	const struct fact *f;
	struct html *h = &x->h;
	guint at = 0;

	while ((f = view_next(&x->v, FACT_GEOFEED_PLACE, ip, &at)) != NULL) {
		GString *before = html_divert(h);

		say(h, "<th scope=\"row\">Geofeed that the network names: %u"
		    "</th><td>", fact_str(f, "url"));
		place_say(h, f);
		say(h, "; the network\xe2\x80\x99s own claim</td><td></td><td>"
		    "%a</td>", fact_str(f, "prefix"));
		add_row(x, parts, before, f, FALSE);
	}
	at = 0;
	while ((f = view_next(&x->v, FACT_PLACE_HINT, ip, &at)) != NULL) {
		GString *before = html_divert(h);

		say(h, "<th scope=\"row\">Hint: <code>%t</code> in "
		    "the reverse name %n</th><td>%t, %t</td><td></td><td></td>",
		    fact_str(f, "word"), fact_str(f, "name"),
		    fact_str(f, "place"), fact_str(f, "country"));
		add_row(x, parts, before, f, FALSE);
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

/* The places of one verdict, each once. */
static void
verdict_say(struct html *h, const struct fact *f, const char *verdict)
{
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	const json_t *p;
	size_t i;

	json_array_foreach(fact_get(f, "places"), i, p) {
		const char *place = json_string_value(json_object_get(p,
		    "place"));

		if (g_strcmp0(json_string_value(json_object_get(p,
		    "verdict")), verdict) != 0 || place == NULL ||
		    !strings_add(seen, place))
			continue;
		if (seen->len == 1)
			say(h, "<br>%t: ", verdict);
		say(h, seen->len > 1 ? ", %t" : "%t", place);
		if (json_object_get(p, "nearest_km") != NULL)
			say(h, " (at least %d km away)", (uint64_t)MAX(
			    json_integer_value(json_object_get(p,
			    "nearest_km")), 0));
	}
}

static void
bound_part(struct exhibit_doc *x, GPtrArray *parts, const char *ip)
{
	static const char *const verdicts[] = {
		"excluded", "unlikely", "possible", "not tested",
	};
	const struct fact *f = view_first(&x->v, FACT_PLACE_BOUND, ip);
	GString *before;
	struct html *h = &x->h;

	if (f == NULL)
		return;
	before = html_divert(h);
	say(h, "<th scope=\"row\">Least of %d TCP handshakes with %a: ",
	    (uint64_t)MAX(fact_int(f, "handshakes", 0), 0), ip);
	milliseconds(h, fact_int(f, "least", 0));
	say(h, "</th><td>at most %d km away by light in vacuum, %d km in fibre, ",
	    (uint64_t)MAX(fact_int(f, "km", 0), 0),
	    (uint64_t)MAX(fact_int(f, "fibre_km", 0), 0));
	if (*fact_str(f, "vantage") != '\0')
		say(h, "from %t, as declared", fact_str(f, "vantage"));
	else
		html_raw(h, "a radius around an unknown point: the vantage"
		    "\xe2\x80\x99s place is not declared, so no place is held "
		    "against it");
	for (size_t i = 0; *fact_str(f, "vantage") != '\0' &&
	    i < G_N_ELEMENTS(verdicts); i++)
		verdict_say(h, f, verdicts[i]);
	html_raw(h, "</td><td></td><td></td>");
	add_row(x, parts, before, f, TRUE);
}

/* ---- distance from several places ------------------------------------------- */

static void
other_part(struct exhibit_doc *x, GPtrArray *parts, const struct bound_from *b)
{
	struct html *h = &x->h;
	GString *before = html_divert(h);

	say(h, "<th scope=\"row\">From another place: run %t of %D, from %t",
	    b->run->name, b->run->started, fact_str(b->fact, "vantage"));
	say(h, "</th><td>at most %d km away by light in vacuum, %d km in fibre",
	    (uint64_t)MAX(fact_int(b->fact, "km", 0), 0),
	    (uint64_t)MAX(fact_int(b->fact, "fibre_km", 0), 0));
	verdict_say(h, b->fact, "excluded");
	verdict_say(h, b->fact, "unlikely");
	html_raw(h, "</td><td></td><td></td>");
	alike_part(parts, html_diverted(h, before), NULL)->own = TRUE;
}

/* The places of one verdict, each with the vantage that gives it. */
static void
together_say(struct html *h, const GArray *places, const char *verdict)
{
	guint n = 0;

	for (guint i = 0; i < places->len; i++) {
		const struct bound_place *p = &g_array_index(places,
		    struct bound_place, i);

		if (strcmp(p->verdict, verdict) != 0)
			continue;
		say(h, n++ == 0 ? "<br>%t: " : ", ", verdict);
		say(h, "%t", p->place);
		if (strcmp(verdict, "possible") != 0)
			say(h, " (from %t, run %t)", fact_str(p->by->fact,
			    "vantage"), p->by->run->name);
	}
}

/* What each vantage leaves, where the runs of the case looked from several. */
static void
together_parts(struct exhibit_doc *x, GPtrArray *parts, const char *ip)
{
	g_autoptr(GArray) from = bounds_from(x->v.rec, x->v.run, ip);
	g_autoptr(GArray) places = NULL;
	struct html *h = &x->h;
	GString *before;

	if (from->len < 2)
		return;
	for (guint i = 1; i < from->len; i++)
		other_part(x, parts, &g_array_index(from, struct bound_from,
		    i));
	before = html_divert(h);
	say(h, "<th scope=\"row\">Bounds of %d places together</th>"
	    "<td colspan=\"3\">", (uint64_t)from->len);
	if (bounds_many(from, ip)) {
		html_raw(h, "Not drawn together: many places share such an "
		    "address, and each vantage may have met another of them.");
	} else {
		html_raw(h, "What answered, if it is one machine at one place, "
		    "is within all of them; a place that one excludes is "
		    "excluded.");
		places = bounds_together(from);
		together_say(h, places, "excluded");
		together_say(h, places, "unlikely");
		together_say(h, places, "possible");
	}
	html_raw(h, "</td>");
	alike_part(parts, html_diverted(h, before), NULL)->own = TRUE;
}

/* ---- what they come to ------------------------------------------------------ */

static void
countries_say(struct html *h, const struct fact *c, const char *field,
    const char *label)
{
	if (json_array_size(fact_get(c, field)) == 0)
		return;
	say(h, "; %t ", label);
	html_json(h, fact_get(c, field));
}

static void
compared_part(struct exhibit_doc *x, GPtrArray *parts, const char *ip)
{
	const struct fact *c = view_first(&x->v, FACT_PLACE_COMPARED, ip);
	GString *before;
	struct html *h = &x->h;

	if (c == NULL)
		return;
	before = html_divert(h);
	html_raw(h, "<th scope=\"row\">Compared</th><td colspan=\"3\">");
	if (*fact_str(c, "edge") != '\0')
		say(h, "In a published range of the delivery network of %t: such "
		    "an address is often announced from many places at once, "
		    "and then no place named here is the place of a server."
		    "<br>", fact_str(c, "edge"));
	if (fact_int(c, "databases", 0) < 2)
		html_raw(h, "one database answered");
	else
		html_raw(h, json_is_true(fact_get(c, "agree")) ?
		    "the databases agree on the country" :
		    "the databases differ on the country");
	countries_say(h, c, "countries", "databases:");
	countries_say(h, c, "geofeed", "geofeed:");
	countries_say(h, c, "hints", "reverse name:");
	countries_say(h, c, "excluded", "excluded by the bound:");
	countries_say(h, c, "unlikely", "unlikely by the bound:");
	html_raw(h, "</td>");
	alike_part(parts, html_diverted(h, before), NULL);
}

/* ---- tables ------------------------------------------------------------------ */

static GPtrArray *
parts_of(struct exhibit_doc *x, const char *ip)
{
	GPtrArray *parts = alike_parts();

	databases_of(x, parts, ip);
	registry_part(x, parts, ip);
	claim_parts(x, parts, ip);
	bound_part(x, parts, ip);
	together_parts(x, parts, ip);
	compared_part(x, parts, ip);
	return parts;
}

/* "HOST of popcorn-time.ch": the first role of the first address. */
static char *
small_of(const struct exhibit_doc *x, const struct alike *a)
{
	for (guint i = 0; i < x->v.roles->len; i++) {
		const struct role_row *r = x->v.roles->pdata[i];

		if (view_role(&x->v, r) &&
		    strcmp(r->ip, a->subjects->pdata[0]) == 0)
			return g_strdup_printf("%s, %s", role_name(r->role),
			    r->name);
	}
	return g_strdup("");
}

static void
part_row(struct exhibit_doc *x, const struct alike_part *p)
{
	struct html *h = &x->h;

	html_raw(h, "<tr>");
	html_raw(h, p->html);
	html_raw(h, "<td class=\"r\">");
	html_records(h, p->records);
	html_raw(h, "</td></tr>\n");
}

/* What was measured of each address stands before what all comes to. */
static void
place_rows(struct exhibit_doc *x, const struct alike *a)
{
	guint last = a->parts->len;

	for (guint i = 0; i < a->parts->len; i++)
		if (!((struct alike_part *)a->parts->pdata[i])->own)
			last = i;
	for (int own = 0; own <= 1; own++)
		for (guint i = 0; i < a->parts->len; i++) {
			const struct alike_part *p = a->parts->pdata[i];

			if (i != last && p->own == own)
				part_row(x, p);
		}
	if (last < a->parts->len)
		part_row(x, a->parts->pdata[last]);
}

static void
place_table(struct exhibit_doc *x, const struct alike *a)
{
	static const struct column columns[COLUMNS] = {
		{ 32, "Said by" }, { 34, "Place" }, { 9, "Radius, km" },
		{ 15, "For" }, { 10, ">Rec." },
	};
	g_autofree char *title = alike_title(a, "addresses, of which the same "
	    "is said");
	g_autofree char *caption = g_strconcat("Where it is said to be: ",
	    title, NULL);
	g_autofree char *small = small_of(x, a);

	exhibit_table(x, "", caption, small, columns, G_N_ELEMENTS(columns));
	place_rows(x, a);
	if (a->subjects->len > ALIKE_SPELLED) {
		say(&x->h, "<tr><th scope=\"row\">The addresses</th>"
		    "<td colspan=\"%i\">", (uint64_t)COLUMNS - 1);
		alike_all(&x->h, a);
		html_raw(&x->h, "</td></tr>\n");
	}
	html_table_end(&x->h);
}

static gboolean
serves(const struct exhibit_doc *x, const char *ip)
{
	for (guint i = 0; i < x->v.roles->len; i++) {
		const struct role_row *r = x->v.roles->pdata[i];

		if (strcmp(r->ip, ip) == 0 && view_role(&x->v, r) &&
		    (r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE))
			return TRUE;
	}
	return FALSE;
}

/* ---- all of it -------------------------------------------------------------- */

/* Addresses that serve names first, then those of name and mail servers. */
static void
place_tables(struct exhibit_doc *x, const GPtrArray *ips)
{
	g_autoptr(GPtrArray) list = alike_list();

	for (int first = 1; first >= 0; first--)
		for (guint i = 0; i < ips->len; i++)
			if (serves(x, ips->pdata[i]) == first)
				alike_add(list, ips->pdata[i],
				    parts_of(x, ips->pdata[i]));
	for (guint i = 0; i < MIN(list->len, PLACE_TABLES); i++)
		place_table(x, list->pdata[i]);
	if (list->len > PLACE_TABLES)
		say(&x->h, "<p class=\"note\">%d further tables are not printed; "
		    "data/facts.jsonl has all.</p>\n",
		    (uint64_t)list->len - PLACE_TABLES);
}

static const char words_bound[] = "Half of the least round trip of a TCP "
    "handshake, at the speed of light: nothing that answered is further away "
    "than the first figure; beyond the second, which light in fibre makes, it "
    "is unlikely. It bounds whatever completed the handshake, which may be a "
    "machine on the way that answers for another. That a place is possible "
    "says nothing for it.";

void
exhibit_geo(struct exhibit_doc *x)
{
	g_autoptr(GPtrArray) ips = view_subjects(&x->v, FACT_GEO_PLACE,
	    FACT_GEO_NONE, FACT_PLACE_BOUND, FACT_GEOFEED_PLACE, FACT_KINDS);

	if (ips->len == 0) {
		html_raw(&x->h, "<p>No geolocation database was asked in this "
		    "run. <cite>[Ex. A-1]</cite></p>\n");
		return;
	}
	place_tables(x, ips);
	say(&x->h, "<p class=\"note\">Addresses here are of hosts, name "
	    "servers and mail servers. The country of a network or of its "
	    "holder is not the place of a server. %t</p>\n", words_place);
	if (view_first(&x->v, FACT_PLACE_BOUND, NULL) != NULL)
		say(&x->h, "<p class=\"note\">%t</p>\n", words_bound);
	exhibit_databases(x);
}
