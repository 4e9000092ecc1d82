#ifndef REPORTS_IMPORTS_HTML_H
#define REPORTS_IMPORTS_HTML_H

/*
 * The exhibit of what people brought (imports.html): every imported file with
 * its hash, who brought it and when, and what its rows say, in a section of its
 * own by its exhibit letter.  It assesses nothing: it is drawn from the imports
 * alone, is a factual record like the exhibit of a run, and is left out where
 * nothing was imported.
 *
 * What a row says is the words of whoever made the file; this program did not
 * observe it.  Somebody's look-up of an address stands here as theirs, never in
 * a table with ours.  A log of a million rows is shown by its counts, its first
 * rows, and the first rows of each fault; which rows are not shown is said.
 *
 *	imports_html.c		the page, the list, a section a file
 *	imports_tables.c	rows: activity, numbers, ads, look-ups, history
 *	imports_mail.c		a message: heads, way, signatures, parts, words
 */

#include "reports/html.h"

struct imports_doc {
	const struct record	*rec;
	const struct audience	*audience;	/* of the logs, put in order; or NULL */
	struct html		 h;
	unsigned		 tables;
};

#define IMPORTS_FILE	"imports.html"
enum {
	IMPORT_ROWS = 25,	/* first rows of a log that are shown */
	IMPORT_FAULTY = 10,	/* and rows of each kind of fault */
	IMPORT_ALL = 200,	/* rows of other tables */
};

typedef void imports_fn(struct imports_doc *, const struct import *);

imports_fn imports_activity, imports_numbers, imports_ads,
	   imports_geolocation, imports_history, imports_mail;

/* A table with the next number. */
void	imports_table(struct imports_doc *, const char *caption,
	    const char *small, const struct column *, size_t columns);
/* "a day without a time; no address", of the bits of a row. */
void	imports_faults(struct html *, uint32_t faults);
/* Says which rows stand in the file only; nothing where all are shown. */
void	imports_rest(struct imports_doc *, const struct import *,
	    guint shown, guint all);

#endif
