#ifndef REPORTS_FIGURES_H
#define REPORTS_FIGURES_H

/*
 * Imported numbers held against one forum.  A number serves the place it is of and
 * no other: the world's is nobody's country, a country's is no state's.  A band
 * stays a band.  A number of a state is a part of the country's, and told so.
 */

#include "reports/forum.h"
#include "reports/record.h"

struct figure {
	const struct import *import;
	const struct number *n;
};

enum measured { MEASURED_OTHER, MEASURED_AUDIENCE, MEASURED_DOWNLOADS,
	MEASURED_MONEY };

/* The second is more than the first allows. */
struct figure_pair { const struct figure *one, *two; };

struct figures {
	GArray		*here;		/* struct figure: audience, of the forum itself */
	GArray		*parts;		/* audience, of a part of the forum */
	GArray		*wider;		/* audience, of the country or the world */
	GArray		*shares;	/* of the forum, in a hundred: no numbers */
	GArray		*money;		/* revenue, of the forum or a part of it */
	GArray		*money_wider;
	guint		 bad;		/* rows that cannot be read, or are faulty */
	const char	*other;		/* a measure that counts no audience, or NULL */
	guint		 elsewhere;	/* rows of other places */
	guint		 files;		/* numbers imports */
	guint		 periods;	/* of one measure here, none with another's day */
	GArray		*differ;	/* struct figure_pair: they cannot both be right */
};

/* Clear with figures_clear(). here is sorted by measure, scope and period, so
 * that the order of rows and of imports is nothing. */
void		 figures_of(const struct record *, const char *forum,
		    struct figures *);
void		 figures_clear(struct figures *);
/* Two that cannot both be right: two of one period, or a part that is more than its
 * whole; downloads: of those alone.  NULL: none. */
const struct figure_pair *figures_differ(const struct figures *,
		    gboolean downloads);
enum measured	 figure_measured(const struct number *);
/* What a number has beside its value. */
gboolean	 figure_sourced(const struct figure *);
gboolean	 figure_dated(const struct figure *);	/* a period, over when imported */
/* A share of a whole, by its unit or a sign behind the value. */
gboolean	 figure_is_share(const struct number *);
/* "imported file states 5000 downloads for US-HI, from 2026-01-01 to
 * 2026-01-31, source ..., method ..."; caller frees. */
char		*figure_words(const struct figure *);
/* The number of the world for the same measure and period, or NULL. */
const struct figure *figure_world(const struct figures *,
		    const struct figure *);

#endif
