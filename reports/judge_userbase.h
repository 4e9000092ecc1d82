#ifndef REPORTS_JUDGE_USERBASE_H
#define REPORTS_JUDGE_USERBASE_H

/*
 * How many there are in one forum, from imported numbers and the logs, for the
 * predicates of judge_figures.c and judge_limbs.c.
 */

#include "reports/figures.h"
#include "reports/judge.h"

/* Numbers of the forum: whole (source, method, period) and in part; wider: of the
 * country or the world; users: households in the logs; shares: of a whole that is
 * not told beside them; differ: two that cannot both be right. */
struct userbase {
	guint	 whole, part, wider, users, shares;
	guint	 sourced;	/* of whole and part: with a source */
	gboolean differ;
};

/* Points at each number and says it. */
void	 userbase_of(struct finding *, struct userbase *);
void	 userbase_cite(struct finding *, const struct figure *, gboolean against);
/* A single user is what the order had, whoever counts it. */
gboolean userbase_one(const struct number *);
/* Numbers of the forum or a part of it that count one, and those that count more;
 * points at them, against and for. */
struct counted { guint one, more; };
void	 userbase_counted(struct finding *, struct counted *);

#endif
