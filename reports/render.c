#include "reports/render.h"

#include <string.h>

const struct renderer renderers[] = {
	{ "exhibit", "exhibit.html", FALSE, FALSE, FALSE, render_exhibit_html },
	{ "imports", "imports.html", FALSE, TRUE, FALSE, render_imports_html },
	{ "declaration", "declaration.html", FALSE, FALSE, TRUE,
	    render_declaration_html },
	{ "certifications", "certifications.html", FALSE, FALSE, TRUE,
	    render_certifications_html },
	{ "worksheet", "worksheet.html", TRUE, FALSE, FALSE, render_worksheet_html },
	{ "findings", "findings.json", TRUE, FALSE, FALSE, render_assess_json },
	{ "assess", NULL, TRUE, FALSE, FALSE, render_assess_text },
	{ "facts", "facts.csv", FALSE, FALSE, FALSE, render_facts_csv },
	{ "addresses", "addresses.csv", FALSE, FALSE, FALSE, render_tables_csv },
	{ "log", "log.csv", FALSE, FALSE, FALSE, render_log_csv },
	{ "imported", "imports.csv", FALSE, TRUE, FALSE, render_imports_csv },
	{ .name = NULL },
};

const struct renderer *
renderer_find(const char *name)
{
	for (const struct renderer *r = renderers; r->name != NULL; r++)
		if (strcmp(r->name, name) == 0)
			return r;
	return NULL;
}
