#include "reports/render.h"

#include <string.h>

const struct renderer renderers[] = {
	{ "exhibit", "exhibit.html", FALSE, render_exhibit_html },
	{ "worksheet", "worksheet.html", TRUE, render_worksheet_html },
	{ "findings", "findings.json", TRUE, render_assess_json },
	{ "assess", NULL, TRUE, render_assess_text },
	{ "facts", "facts.csv", FALSE, render_facts_csv },
	{ "addresses", "addresses.csv", FALSE, render_tables_csv },
	{ "log", "log.csv", FALSE, render_log_csv },
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
