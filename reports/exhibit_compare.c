/* Section 4, first table: what RDAP and WHOIS say, beside each other. */

#include "reports/exhibit_html.h"

#include <string.h>

static const struct {
	const char	*field, *name;
} fields[] = {
	{ "registrar", "Registrar" }, { "registrar_id", "Registrar's IANA id" },
	{ "created", "Registered" }, { "changed", "Last changed" },
	{ "expires", "Expires" }, { "status", "Status" },
	{ "ns", "Name servers" }, { "holder", "Holder" },
	{ "country", "Country of the holder" }, { "dnssec", "DNSSEC" },
};

static const struct {
	const char	*says, *words;
} outcomes[] = {
	{ "agree", "agree" }, { "differ", "differ" },
	{ "only RDAP", "only RDAP says" }, { "only WHOIS", "only WHOIS says" },
	{ "withheld by RDAP", "RDAP withholds it" },
	{ "withheld by WHOIS", "WHOIS withholds it" },
	{ "not compared", "a code and a name: not compared" },
};

static const struct column columns[] = {
	{ 16, "Field" }, { 28, "RDAP" }, { 28, "WHOIS" }, { 18, "Compared" },
	{ 10, ">Rec." },
};

static void
cell(struct html *h, const struct fact *f, const char *side)
{
	if (json_array_size(fact_get(f, side)) > 0)
		html_json(h, fact_get(f, side));
	else
		html_raw(h, "\342\200\224");
	html_raw(h, "</td><td>");
}

static void
compared(struct html *h, const struct fact *f)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	const char *name = fact_str(f, "field"), *words = "";

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (strcmp(fields[i].field, name) == 0)
			name = fields[i].name;
	for (size_t i = 0; i < G_N_ELEMENTS(outcomes); i++)
		if (strcmp(outcomes[i].says, fact_str(f, "says")) == 0)
			words = outcomes[i].words;
	say(h, "<tr><th scope=\"row\">%t</th><td>", name);
	cell(h, f, "rdap");
	cell(h, f, "whois");
	say(h, "%t</td><td class=\"r\">", words);
	cites_fact(records, h->run, f);
	html_records(h, records);
	html_raw(h, "</td></tr>\n");
}

static void
compared_name(struct exhibit_doc *x, const char *name)
{
	const struct fact *f;
	guint at = 0;

	exhibit_subject(x, name, G_N_ELEMENTS(columns));
	while ((f = view_next(&x->v, FACT_REG_COMPARED, name, &at)) != NULL)
		if (*fact_str(f, "field") != '\0')
			compared(&x->h, f);
}

void
exhibit_compare(struct exhibit_doc *x)
{
	g_autoptr(GPtrArray) names = exhibit_subjects(x, FACT_REG_COMPARED,
	    NULL);

	if (names->len == 0)
		return;
	exhibit_table(x, "", "RDAP and WHOIS compared", "values as published; "
	    "dates by their day", columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < names->len; i++)
		compared_name(x, names->pdata[i]);
	html_table_end(&x->h);
}
