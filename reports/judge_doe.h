#ifndef REPORTS_JUDGE_DOE_H
#define REPORTS_JUDGE_DOE_H

/*
 * What the predicates on one Doe share: judge_activity.c (rows, addresses, dates,
 * acts), judge_where.c (places, providers).
 */

#include "reports/judge.h"

#define DOE_CITED	20	/* rows pointed at, each way */

/* The Doe that the finding is about; NULL where no row of a log is of it. */
const struct doe *doe_of(const struct finding *);
/*
 * Calls fn for each row of the Doe with an address that may be its own; how many
 * there were.  Others are noted, with what stands against them.
 */
typedef void	leg_fn(struct finding *, const struct doing *, void *);
guint		doe_each(struct finding *, const struct doe *, leg_fn *, void *);
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
