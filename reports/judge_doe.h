#ifndef REPORTS_JUDGE_DOE_H
#define REPORTS_JUDGE_DOE_H

/*
 * What the predicates on one Doe share (judge_doe.c, judge_doe_file.c):
 * judge_activity.c (addresses, dates, acts), judge_where.c (places), judge_isp.c
 * (providers).
 */

#include "reports/judge.h"

#define DOE_CITED	20	/* rows pointed at, each way */

/* The Doe that the finding is about; NULL where no row of a log is of it. */
const struct doe *doe_of(const struct finding *);
/*
 * Calls fn for each row of the Doe with an address that may be its own; how many
 * there were.  Others are noted, with what stands against them.  An address that
 * the logs also have as a dismissed or named party's, the plaintiff's side's or a
 * third party's is nobody's for certain, and none of them; doe_disputed() cites
 * the other rows and counts such addresses.  A message of the Doe's is a row with
 * the number 0 (audience.h).
 */
typedef void	leg_fn(struct finding *, const struct doing *, void *);
guint		doe_each(struct finding *, const struct doe *, leg_fn *, void *);
guint		doe_disputed(struct finding *, const struct doe *);
#define DOE_MESSAGE(d)	((d)->row->row == 0)
/* The day of the act, as activity_day(); FALSE of a message, and of a row that has
 * the time at which this record was collected or imported in place of its own. */
gboolean	doe_day(struct finding *, const struct doing *, int32_t *day,
		    gboolean *whole);
/* Roles of an address in the logs that leave open whose it is. */
gboolean	doe_is_disputed(const struct audience *, const struct inet *);
/*
 * Where the finding has nothing from logs and messages, and a document that a
 * statement quotes is about this Doe and the element (judge_doe_file.c): SUP where
 * the words quoted hold all that the element asks for together, PART otherwise.
 */
void		doe_documents(struct finding *, const char *id);
void		doe_cite(struct finding *, const struct doing *);
void		doe_cite_against(struct finding *, const struct doing *);
/* NONE: what the record has instead, and why rows do not count. */
void		doe_nothing(struct finding *, const char *missing);
/* SUP where there is a whole one, PART where some; FALSE, and nothing set, where
 * neither. */
gboolean	doe_conclude(struct finding *, guint whole, guint some,
		    const char *missing);
/* Whether a named database places the row's address at about its time, and all
 * sources agree. */
gboolean	doe_placed(const struct finding *, const struct doing *);
void		doe_say_place(struct finding *, const struct doing *,
		    const struct place_said *);

#endif
