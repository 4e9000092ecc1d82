#ifndef REPORTS_RENDER_H
#define REPORTS_RENDER_H

/*
 * Renderers: pure functions from one argument to bytes.  One table lists them;
 * a new output is one file and one row.
 */

#include "reports/role.h"
#include "reports/showing.h"

struct sight;

struct report {
	const struct record	*rec;
	const struct sight	*sight;		/* of rec, logs and all; NULL: who needs it makes its own */
	const struct run	*run;		/* the run that an exhibit shows */
	const char		*target;	/* the target that it shows, NULL: the run's first */
	GPtrArray		*findings;	/* struct finding *; NULL for an exhibit */
	const GPtrArray		*overlays;	/* struct overlay_note *; NULL: none are printed */
	int			 columns;	/* of the terminal; 0: no limit (a pipe) */
	gboolean		 colour, verbose;
	const char		*version;	/* of this program; NULL: not told */
	const char		*exhibit_file;	/* where the worksheet's links lead: "exhibit.html" */
};

typedef void renderer_fn(const struct report *, GString *out);

struct renderer {
	const char	*name;		/* "exhibit" */
	const char	*file;		/* "exhibit.html"; NULL: not a file of reports/ */
	gboolean	 needs_findings;
	gboolean	 needs_imports;	/* left out where nothing was imported */
	gboolean	 of_target;	/* of the target asked for, where one was */
	renderer_fn	*render;
};

extern const struct renderer renderers[];	/* ends with name NULL */
const struct renderer *renderer_find(const char *name);

renderer_fn render_exhibit_html, render_worksheet_html, render_assess_text,
	    render_assess_json, render_tables_csv, render_facts_csv,
	    render_log_csv, render_imports_html, render_imports_csv,
	    render_declaration_html, render_certifications_html;

#endif
