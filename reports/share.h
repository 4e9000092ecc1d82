#ifndef REPORTS_SHARE_H
#define REPORTS_SHARE_H

/*
 * What the runs of a case say alike is held once.
 *
 * A site that is collected again every day says nearly the same every day:
 * names, servers, readers, values.  A record of many runs would not fit into
 * memory if each run held its own copy.  A fact or a log row that was shared
 * borrows its texts, and its value where an equal one was there, from here; so
 * this must live longer than they do (struct record frees it last).
 *
 * Values are the same object only where they are the same bytes, so nothing
 * that is written from them differs.  Nobody may change a shared value.
 */

#include "probes/fact.h"

struct share;
struct log_row;

struct share	*share_new(void);
void		 share_free(struct share *);	/* NULL is fine */
/* before is the fact read just before, from the same run, or NULL. */
void		 share_fact(struct share *, struct fact *, const struct fact *before);
/* Lets go of the row's line, which only show, log and a report need. */
void		 share_row(struct share *, struct log_row *);

#endif
