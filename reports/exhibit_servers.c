/* Section 3, continued: what each name server said, and where they differ. */

#include "reports/exhibit_html.h"

#include <string.h>

/* How a state reads in a cell; others stand as they are. */
static const struct {
	const char	*state, *words;
} states[] = {
	{ "answers",		"answers for the zone" },
	{ "refused",		"lame: refused" },
	{ "server failure",	"lame: server failure" },
	{ "not authoritative",	"lame: not authoritative" },
	{ "upward referral",	"lame: referred upward" },
	{ "silent",		"no answer came, however it was asked" },
	{ "port closed",	"port closed" },
	{ "not reached",	"not reached from here" },
};

static const char *
state_words(const char *state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		if (strcmp(states[i].state, state) == 0)
			return states[i].words;
	return state;
}

static void
records_of(struct exhibit_doc *x, const struct fact *f)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));

	cites_fact(records, x->v.run, f);
	html_records(&x->h, records);
}

/* The rungs before the one reached; an answer is what the state says. */
static void
put_rungs(struct html *h, const struct fact *f)
{
	const json_t *line;
	size_t i;

	json_array_foreach(fact_get(f, "rungs"), i, line) {
		html_raw(h, i > 0 ? "<br>" : "");
		say(h, "%t", json_string_value(line));
	}
}

static void
server_row(struct exhibit_doc *x, const struct fact *f)
{
	struct html *h = &x->h;

	say(h, "<tr><th scope=\"row\">%a", f->subject);
	if (*fact_str(f, "ns") != '\0')
		say(h, "<br>%n", fact_str(f, "ns"));
	say(h, "</th><td>%t</td><td>", state_words(fact_str(f, "state")));
	if (fact_get(f, "serial") != NULL)
		say(h, "%i", (uint64_t)MAX(fact_int(f, "serial", 0), 0));
	html_raw(h, "</td><td>");
	put_rungs(h, f);
	html_raw(h, "</td><td>");
	records_of(x, f);
	html_raw(h, "</td></tr>\n");
}

static gboolean
of_zone(const struct fact *f, const char *zone)
{
	return strcmp(fact_str(f, "zone"), zone) == 0;
}

static void
servers_table(struct exhibit_doc *x, const char *where)
{
	static const struct column columns[] = {
		{ 28, "Server" }, { 21, "How it answers" }, { 14, "Serial" },
		{ 21, "Asked how, and what came" }, { 16, "Records" },
	};
	g_autoptr(GPtrArray) zones = exhibit_subjects(x, FACT_DNS_SERVER,
	    "zone");

	if (zones->len == 0)
		return;
	exhibit_table(x, "", "Name servers of zones, each at every address",
	    where, columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < zones->len; i++) {
		const struct fact *f;
		guint at = 0;

		exhibit_subject(x, zones->pdata[i], G_N_ELEMENTS(columns));
		while ((f = view_next(&x->v, FACT_DNS_SERVER, NULL, &at)) !=
		    NULL)
			if (of_zone(f, zones->pdata[i]))
				server_row(x, f);
	}
	html_table_end(&x->h);
}

/* --- parent and zone -------------------------------------------------------------- */

static const char *
glue_words(const char *what)
{
	static const char *const words[][2] = {
		{ "same", "the same addresses" },
		{ "differs", "other addresses" },
		{ "missing", "no address above, though one is needed" },
		{ "not needed", "no address above, and none is needed" },
		{ "outside", "addresses from a server that may not give them" },
		{ "not compared", "no answer to compare with" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i][0], what) == 0)
			return words[i][1];
	return what;
}

static void
put_addresses(struct html *h, const json_t *ips)
{
	const json_t *ip;
	size_t i;

	json_array_foreach(ips, i, ip) {
		html_raw(h, i > 0 ? "<br>" : "");
		say(h, "%a", json_string_value(ip));
	}
}

static gboolean
named_in(const struct exhibit_doc *x, const char *zone, const char *field,
    const char *ns)
{
	const struct fact *f = view_first(&x->v, FACT_NS_COMPARED, zone);
	const json_t *v;
	size_t i;

	if (f == NULL)
		return FALSE;
	json_array_foreach(fact_get(f, field), i, v)
		if (strcmp(json_string_value(v), ns) == 0)
			return TRUE;
	return FALSE;
}

static void
glue_row(struct exhibit_doc *x, const struct fact *f)
{
	struct html *h = &x->h;

	say(h, "<tr><th scope=\"row\">%n", f->subject);
	if (named_in(x, fact_str(f, "zone"), "only_parent", f->subject))
		html_raw(h, "<br>only the zone above names it");
	html_raw(h, "</th><td>");
	put_addresses(h, fact_get(f, "glue"));
	html_raw(h, "</td><td>");
	put_addresses(h, fact_get(f, "own"));
	say(h, "</td><td>%t</td><td>", glue_words(fact_str(f, "what")));
	records_of(x, f);
	html_raw(h, "</td></tr>\n");
}

static void
child_rows(struct exhibit_doc *x, const char *zone)
{
	const struct fact *f = view_first(&x->v, FACT_NS_COMPARED, zone);
	struct html *h = &x->h;
	const json_t *v;
	size_t i;

	if (f == NULL)
		return;
	json_array_foreach(fact_get(f, "only_child"), i, v) {
		say(h, "<tr><th scope=\"row\">%n</th><td></td><td></td>"
		    "<td>only the zone itself names it</td><td>",
		    json_string_value(v));
		records_of(x, f);
		html_raw(h, "</td></tr>\n");
	}
}

static void
glue_table(struct exhibit_doc *x, const char *where)
{
	static const struct column columns[] = {
		{ 27, "Name server" }, { 20, "Address given above" },
		{ 20, "By the zone\xe2\x80\x99s servers" },
		{ 17, "Compared" }, { 16, "Records" },
	};
	g_autoptr(GPtrArray) zones = exhibit_subjects(x, FACT_DNS_GLUE, "zone");

	if (zones->len == 0)
		return;
	exhibit_table(x, "", "The zone above and the zone itself", where,
	    columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < zones->len; i++) {
		const struct fact *f;
		guint at = 0;

		exhibit_subject(x, zones->pdata[i], G_N_ELEMENTS(columns));
		while ((f = view_next(&x->v, FACT_DNS_GLUE, NULL, &at)) != NULL)
			if (of_zone(f, zones->pdata[i]))
				glue_row(x, f);
		child_rows(x, zones->pdata[i]);
	}
	html_table_end(&x->h);
}

/* --- what differs ------------------------------------------------------------------- */

static void
put_strings(struct html *h, const json_t *list)
{
	const json_t *v;
	size_t i;

	json_array_foreach(list, i, v) {
		html_raw(h, i > 0 ? "<br>" : "");
		say(h, "%p", json_string_value(v));
	}
}

static void
differ_rows(struct exhibit_doc *x, const struct fact *f)
{
	struct html *h = &x->h;
	const json_t *a;
	size_t i;

	json_array_foreach(fact_get(f, "answers"), i, a) {
		say(h, "<tr><th scope=\"row\">%n</th><td>%t</td><td>",
		    f->subject, fact_str(f, "type"));
		put_strings(h, json_object_get(a, "values"));
		html_raw(h, "</td><td>");
		put_addresses(h, json_object_get(a, "servers"));
		html_raw(h, "</td><td>");
		records_of(x, f);
		html_raw(h, "</td></tr>\n");
	}
}

static void
differ_table(struct exhibit_doc *x, const char *where)
{
	static const struct column columns[] = {
		{ 22, "Name" }, { 8, "Type" }, { 30, "Answer" },
		{ 24, "Of these servers" }, { 16, "Records" },
	};
	const struct fact *f;
	guint at = 0, rows = 0;

	while ((f = view_next(&x->v, FACT_DNS_DIFFER, NULL, &at)) != NULL) {
		if (json_is_true(fact_get(f, "agree")))
			continue;
		if (rows++ == 0)
			exhibit_table(x, "", "Where the zone\xe2\x80\x99s "
			    "servers do not say the same", where, columns,
			    G_N_ELEMENTS(columns));
		differ_rows(x, f);
	}
	if (rows > 0)
		html_table_end(&x->h);
}

void
exhibit_servers(struct exhibit_doc *x)
{
	g_autofree char *where = exhibit_range(x->v.run, 'D');

	servers_table(x, where);
	glue_table(x, where);
	differ_table(x, where);
}
