#ifndef REPORTS_DEED_H
#define REPORTS_DEED_H

/*
 * Acts of persons (P-19 to P-24): in a message of the site's people (sender.h), in
 * a row of a log whose words tell one (human.h), in a document that a statement
 * quotes.  What a provider, a third party, a dismissed defendant or the plaintiff's
 * side did is none, whatever it was; a row that names nobody is one of which it is
 * open whose it was.
 */

#include "reports/showing.h"

struct deeds {
	guint	 whole;		/* dated, put down to somebody, headers or source there */
	guint	 part;
};

/* Of whom, and about what. */
struct deed_of {
	const char	*doe;	/* a label; NULL: anybody's */
	gboolean	 open;	/* those of which nobody says whose they are */
	const char	*site;	/* about that site; NULL: any */
};

/* Points at what it finds, notes it, and says what of it is missing. */
void	 deeds_find(struct finding *, const char *id, const struct deed_of *,
	    struct deeds *);
/* Rows of logs in which the site is promoted to a user. */
void	 deeds_promoted(struct finding *, struct deeds *);

#endif
