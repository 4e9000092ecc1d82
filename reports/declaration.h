#ifndef REPORTS_DECLARATION_H
#define REPORTS_DECLARATION_H

/*
 * Two drafts for a person to finish: the collector's declaration, and the
 * certifications of Fed. R. Evid. 902(13) and (14).
 *
 * They state what the record states, with its exhibits.  What only a person can
 * know (who declares, training, tests before use, what was looked at by eye, what
 * was done to imported files) is a blank; nothing is worded as if somebody had said
 * it.  They hold no assessment, and no word of the worksheet.
 */

#include "reports/html.h"
#include "reports/view.h"

struct draft {
	const struct report	*rep;
	const struct record	*rec;
	const struct run	*run;
	struct html		 h;
	unsigned		 paragraph;	/* the last number printed */
};

/* Begins a numbered paragraph: "<p>4. ". */
void	draft_paragraph(struct draft *);
/* A line to write on, with a word of what belongs there. */
void	draft_blank(struct html *, const char *what);
/* What the program does, in a few sentences; the settings. */
void	draft_process(struct draft *);
/* How the run went: interval, questions, what had no answer. */
void	draft_course(struct draft *);
/* 28 U.S.C. 1746: both wordings, one to be struck out, and where to sign. */
void	draft_signature(struct draft *);

void	draft_open(struct draft *, const struct report *, GString *out,
	    const char *title, const char *note);
void	draft_close(struct draft *);

#endif
