#ifndef REPORTS_ASSESS_PAGE_H
#define REPORTS_ASSESS_PAGE_H

/*
 * The text of an assessment while it is being written: assess_text.c goes
 * through it from the head to the last line, assess_tables.c writes the two
 * tables, jurisdiction by forum and factor 4 by entity, assess_findings.c each
 * finding, for -v.
 */

#include "reports/render.h"
#include "reports/screen.h"
#include "reports/sight.h"

enum {
	PAGE_RECORDS = 8,	/* record numbers listed a line */
	PAGE_TEXT = 18,		/* where words of a fact begin */
};

struct page {
	struct screen		 s;
	const struct report	*r;
	const struct sight	*sight;
};

const struct finding	*page_finding(const struct page *, guint);
/* Appends the record's number to a list once; n counts all of them. */
void	 page_record(GString *, const struct page *, const struct pointer *,
	    guint *n);
/* "  rec 12,26" of what a finding points at, or ""; caller frees. */
char	*page_records(const struct page *, const struct finding *);
const char	*page_note(const struct finding *, guint i);	/* or "" */
/* "  INSUF    P-04   text  rec 12". */
void	 page_line(struct page *, enum status, const char *id, const char *text,
	    const char *records);

/* Elements of factor 3, with a word for the state and one for the United States. */
void	 page_forums(struct page *, const char *state);
void	 page_entities(struct page *);
void	 page_findings(struct page *, enum factor);

#endif
