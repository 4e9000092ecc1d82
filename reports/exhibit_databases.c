/*
 * The last table of section 6: the databases of places that were asked, and
 * what their publishers say against them.
 */

#include "reports/exhibit_html.h"

static void
database_row(struct html *h, const struct fact *f)
{
	say(h, "<tr><th scope=\"row\">%f</th><td>%t</td><td>",
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

void
exhibit_databases(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 25, "File" }, { 18, "Type" }, { 14, "Built" },
		{ 18, "Licence" }, { 25, "SHA-256" },
	};
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	const struct fact *f;
	guint at = 0;

	if (view_first(&x->v, FACT_GEO_PLACE, NULL) == NULL)
		return;
	exhibit_table(x, "", "The databases", "as used in this run", columns,
	    G_N_ELEMENTS(columns));
	while ((f = view_next(&x->v, FACT_GEO_PLACE, NULL, &at)) != NULL)
		if (strings_add(seen, fact_str(f, "db")))
			database_row(&x->h, f);
	html_table_end(&x->h);
	cautions(x);
}
