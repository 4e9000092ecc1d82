/* Sections 4 and 5: addresses with roles and allocation, and their places. */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/words.h"

static void
network(struct html *h, const struct fact *net)
{
	const json_t *cidr = fact_get(net, "cidr");

	if (json_array_size(cidr) == 1) {
		say(h, "%a", json_string_value(json_array_get(cidr, 0)));
	} else {
		say(h, "%a to ", fact_str(net, "start"));
		say(h, "%a", fact_str(net, "end"));
	}
	if (*fact_str(net, "name") != '\0')
		say(h, "<br>%t", fact_str(net, "name"));
}

static void
allocation(struct exhibit_doc *x, const struct role_row *r, GArray *records)
{
	struct html *h = &x->h;
	const char *country = "";

	html_raw(h, "<td>");
	if (r->network != NULL)
		network(h, r->network);
	else
		html_raw(h, "not in the record");
	html_raw(h, "</td><td>");
	if (r->holder != NULL) {
		say(h, "%t", fact_str(r->holder, "org"));
		country = fact_str(r->holder, "country");
	}
	if (*country == '\0' && r->network != NULL)
		country = fact_str(r->network, "country");
	say(h, "</td><td>%t</td>", country);
	cites_fact(records, x->v.run, r->network);
	cites_fact(records, x->v.run, r->holder);
}

static void
address_row(struct exhibit_doc *x, const struct role_row *r, gboolean same)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	const struct fact *ptr = view_first(&x->v, FACT_DNS_PTR, r->ip);
	struct html *h = &x->h;

	for (guint i = 0; i < r->facts->len; i++)
		cites_fact(records, x->v.run, r->facts->pdata[i]);
	html_raw(h, "<tr><th scope=\"row\">");
	say(h, same ? "<span class=\"vh\">%t</span>" : "%a", r->ip);
	say(h, "</th><td>%t", role_name(r->role));
	if (r->delivery != NULL && r->role == ROLE_HOST)
		say(h, "<br>one sign of %t", r->delivery);
	else if (r->delivery != NULL)
		say(h, "<br>%t", r->delivery);
	say(h, "</td><td>%n", r->name);
	if (!r->own && (r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE))
		html_raw(h, "<br>a host that pages lead to");
	if (ptr != NULL && !same)
		say(h, "<br>reverse: %n", fact_str(ptr, "name"));
	html_raw(h, "</td>");
	if (same)
		html_raw(h, "<td></td><td></td><td></td>");
	else
		allocation(x, r, records);
	if (ptr != NULL && !same)
		cites_fact(records, x->v.run, ptr);
	html_raw(h, "<td>");
	html_records(h, records);
	html_raw(h, "</td></tr>\n");
}

static const struct {
	enum role	 role;
	const char	*says;
} roles[] = {
	{ ROLE_HOST, "a name has the address" },
	{ ROLE_CDN_EDGE, "the same, with two agreeing signs of a delivery "
	    "network" },
	{ ROLE_DNS, "a name server of the zone has it" },
	{ ROLE_MAIL, "a mail server has it" },
	{ ROLE_REGISTRAR_WEB, "a registrar\xe2\x80\x99s or registry\xe2\x80"
	    "\x99s own service has it" },
};

static void
legend(struct html *h)
{
	html_raw(h, "<p class=\"note\">");
	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++)
		say(h, "%t: %t. ", role_name(roles[i].role), roles[i].says);
	say(h, "Country is that of the holder or network as the registry "
	    "states it, never a place. %t</p>\n", words_edge);
}

/* Servers of registries and registrars that were asked: names and addresses. */
static void
services(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 40, "Name" }, { 40, "Address" }, { 20, "Records" },
	};
	guint n = 0;

	for (guint i = 0; i < x->v.roles->len; i++) {
		const struct role_row *r = x->v.roles->pdata[i];
		g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
		    sizeof(uint64_t));

		if (!view_role(&x->v, r) || r->role != ROLE_REGISTRAR_WEB)
			continue;
		if (n == 0)
			exhibit_table(x, "", "Addresses of the registration "
			    "services that were asked", "role REGISTRAR_WEB; "
			    "not looked up further", columns,
			    G_N_ELEMENTS(columns));
		if (exhibit_full(x, n++, 3, x->v.roles->len))
			break;
		for (guint k = 0; k < r->facts->len; k++)
			cites_fact(records, x->v.run, r->facts->pdata[k]);
		say(&x->h, "<tr><th scope=\"row\">%n</th><td>%a</td><td>",
		    r->name, r->ip);
		html_records(&x->h, records);
		html_raw(&x->h, "</td></tr>\n");
	}
	if (n > 0)
		html_table_end(&x->h);
}

void
exhibit_addresses(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 17, "Address" }, { 10, "Role" }, { 22, "Name" },
		{ 19, "Network" }, { 14, "Allocated to, per RDAP" },
		{ 7, "Country" }, { 11, "Records" },
	};
	g_autofree char *where = exhibit_range(x->v.run, 'E');
	const char *before = "";
	guint n = 0, does = 0;
	struct html *h = &x->h;

	exhibit_table(x, "", "Addresses, roles and allocation", where, columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < x->v.roles->len; i++) {
		const struct role_row *r = x->v.roles->pdata[i];

		if (!view_role(&x->v, r) || r->role == ROLE_REGISTRAR_WEB)
			continue;
		if (exhibit_full(x, n++, 7, x->v.roles->len))
			break;
		address_row(x, r, strcmp(before, r->ip) == 0);
		before = r->ip;
		does += r->role == ROLE_DOE_ACTIVITY ? 1 : 0;
	}
	html_table_end(h);
	services(x);
	legend(h);
	say(h, "<p>%t", words_identity);
	if (does == 0)
		say(h, " %t", words_host);
	say(h, " Addresses of the role DOE_ACTIVITY: %d. <cite>[%t]</cite></p>"
	    "\n", (uint64_t)does, *where != '\0' ? where : "Exhibit B-1");
}

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
