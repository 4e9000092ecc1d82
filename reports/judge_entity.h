#ifndef REPORTS_JUDGE_ENTITY_H
#define REPORTS_JUDGE_ENTITY_H

/*
 * What the record holds of one entity, facet by facet: for judge_entity.c (L-01,
 * L-04, L-09) and judge_holds.c (L-06).
 */

#include "reports/judge.h"

struct facets {
	gboolean role, current, held, about, practice, route, country;
	gboolean here;		/* held, and not said of other addresses only */
	guint	 weak;		/* messages that forward, refuse, keep: no data held */
	unsigned classes;	/* 1 << enum reply_class: what its messages say */
};

/* Its messages: points at them and notes their words. */
void	 facets_mail(struct finding *, struct facets *);

#endif
