/*
 * Section 5, further tables: the networks in which each address lies, the
 * smallest first, each with its holder, in which relation to the network it
 * stands, the registry, dates and abuse contact; addresses with the same chain
 * are one.  Then the services that were asked about them.
 */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/alike.h"

/* The registry's own fact that a link of a chain was made of. */
static const struct fact *
network_of(const struct view *v, const struct fact *link)
{
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(v, FACT_IP_NETWORK, NULL, &at)) != NULL)
		if (strcmp(fact_str(f, "start"), fact_str(link, "start")) == 0 &&
		    strcmp(fact_str(f, "end"), fact_str(link, "end")) == 0 &&
		    strcmp(fact_str(f, "server"),
		    fact_str(link, "server")) == 0)
			return f;
	return NULL;
}

static void
range_say(struct html *h, const struct fact *f)
{
	const json_t *cidr = fact_get(f, "cidr");
	size_t n = json_array_size(cidr);

	if (n == 0 || n > 3)
		say(h, "%a to %a", fact_str(f, "start"), fact_str(f, "end"));
	for (size_t i = 0; n <= 3 && i < n; i++)
		say(h, i > 0 ? "<br>%a" : "%a",
		    json_string_value(json_array_get(cidr, i)));
	if (*fact_str(f, "name") != '\0')
		say(h, "<br>%t", fact_str(f, "name"));
	if (*fact_str(f, "type") != '\0')
		say(h, "<br>%t", fact_str(f, "type"));
}

static void
holder_say(struct html *h, const struct fact *f)
{
	const char *relation = fact_str(f, "relation");

	if (*fact_str(f, "holder") != '\0')
		say(h, "%t", fact_str(f, "holder"));
	else
		html_raw(h, "none named");
	if (*fact_str(f, "country") != '\0')
		say(h, ", %t", fact_str(f, "country"));
	if (*relation != '\0' && strcmp(relation, "unknown") != 0)
		say(h, "<br>as %t", relation);
}

static void
registry_say(struct html *h, const struct fact *f)
{
	say(h, "%t", fact_str(f, "rir"));
	if (*fact_str(f, "nir") != '\0')
		say(h, ", %t", fact_str(f, "nir"));
	say(h, "<br>%n", fact_str(f, "server"));
	if (json_is_true(fact_get(f, "last")))
		html_raw(h, "<br>nothing above it was found");
}

/* Dates and abuse contact stand in the answer that has the network. */
static void
dates_say(struct html *h, const struct view *v, const struct fact *network)
{
	const struct fact *f;
	guint at = 0, n = 0;

	while (network != NULL && n < 4 &&
	    (f = view_next(v, FACT_IP_EVENT, NULL, &at)) != NULL) {
		g_autofree char *day = NULL;

		if (fact_source(f) != fact_source(network))
			continue;
		day = g_strndup(fact_str(f, "date"), 10);
		say(h, n++ > 0 ? "<br>%t %D" : "%t %D", fact_str(f, "action"),
		    day);
	}
	if (n == 0)
		html_raw(h, "none stated");
}

static void
abuse_say(struct html *h, const struct view *v, const struct fact *network)
{
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	const struct fact *f;
	guint at = 0;

	while (network != NULL &&
	    (f = view_next(v, FACT_IP_ABUSE, NULL, &at)) != NULL)
		if (fact_source(f) == fact_source(network) &&
		    *fact_str(f, "email") != '\0' && seen->len < 3 &&
		    strings_add(seen, fact_str(f, "email")))
			say(h, seen->len > 1 ? ", %p" : "<br>abuse: %p",
			    fact_str(f, "email"));
	if (seen->len == 0)
		html_raw(h, "<br>no abuse contact named");
}

static void
link_part(struct exhibit_doc *x, GPtrArray *parts, const struct fact *f)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	const struct fact *network = network_of(&x->v, f);
	struct html *h = &x->h;
	GString *before = html_divert(h);

	html_raw(h, "<td>");
	range_say(h, f);
	html_raw(h, "</td><td>");
	holder_say(h, f);
	abuse_say(h, &x->v, network);
	html_raw(h, "</td><td>");
	registry_say(h, f);
	html_raw(h, "</td><td>");
	dates_say(h, &x->v, network);
	html_raw(h, "</td>");
	cites_fact(records, x->v.run, f);
	alike_once(parts, html_diverted(h, before), records);
}

static GPtrArray *
parts_of(struct exhibit_doc *x, const char *ip)
{
	GPtrArray *parts = alike_parts();
	const struct fact *f;
	guint at = 0;

	while ((f = view_next(&x->v, FACT_IP_CHAIN, ip, &at)) != NULL)
		link_part(x, parts, f);
	return parts;
}

static void
chain_rows(struct exhibit_doc *x, const struct alike *a)
{
	g_autofree char *title = alike_title(a, "addresses, below");
	struct html *h = &x->h;

	for (guint i = 0; i < a->parts->len; i++) {
		const struct alike_part *p = a->parts->pdata[i];

		say(h, i == 0 ? "<tr><th scope=\"row\">%t</th>" :
		    "<tr><th scope=\"row\"><span class=\"vh\">%t</span></th>",
		    title);
		html_raw(h, p->html);
		html_raw(h, "<td class=\"r\">");
		html_records(h, p->records);
		html_raw(h, "</td></tr>\n");
	}
	if (a->subjects->len <= ALIKE_SPELLED)
		return;
	html_raw(h, "<tr><td colspan=\"6\">");
	alike_all(h, a);
	html_raw(h, "</td></tr>\n");
}

static void
feeds(struct exhibit_doc *x)
{
	const struct fact *f;
	guint at = 0, n = 0;

	while (n < 20 &&
	    (f = view_next(&x->v, FACT_IP_GEOFEED, NULL, &at)) != NULL) {
		g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
		    sizeof(uint64_t));

		cites_fact(records, x->v.run, f);
		say(&x->h, "<p class=\"note\">The network %t names a file of "
		    "places for its own addresses (RFC 9632): %u",
		    fact_str(f, "within"), fact_str(f, "url"));
		if (*fact_str(f, "why") != '\0')
			say(&x->h, "; not fetched: %t", fact_str(f, "why"));
		html_stop(&x->h);
		html_cite(&x->h, records);
		html_raw(&x->h, "</p>\n");
		n++;
	}
}

/* ---- services ------------------------------------------------------------------------ */

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

static void
chains(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 17, "Address" }, { 19, "Network" },
		{ 24, "Holder, abuse contact" }, { 17, "Registry" },
		{ 15, "Dates" }, { 8, ">Rec." },
	};
	g_autoptr(GPtrArray) ips = view_subjects(&x->v, FACT_IP_CHAIN,
	    FACT_KINDS);
	g_autoptr(GPtrArray) list = alike_list();
	g_autofree char *where = exhibit_range(x->v.run, 'E');

	if (ips->len == 0)
		return;
	for (guint i = 0; i < ips->len; i++)
		alike_add(list, ips->pdata[i], parts_of(x, ips->pdata[i]));
	exhibit_table(x, "", "The networks in which each address lies, the "
	    "smallest first", where, columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < list->len; i++) {
		if (exhibit_full(x, i, G_N_ELEMENTS(columns), list->len))
			break;
		chain_rows(x, list->pdata[i]);
	}
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">Provider: the registry gave it to "
	    "hand on; customer: a provider handed it on; assignee: for its own "
	    "use. As each registry states it.</p>\n");
	feeds(x);
}

void
exhibit_networks(struct exhibit_doc *x)
{
	chains(x);
	services(x);
}
