#ifndef REPORTS_LINK_READ_H
#define REPORTS_LINK_READ_H

/*
 * What the files that turn facts into signs share: link_read.c (pages, files,
 * applications, and which file reads what), link_zone.c (DNS, mail, certificates,
 * registration), link_past.c (rows of past data), link_shared.c (what many strangers
 * share: data/link-shared.tsv).
 */

#include "reports/link.h"

/* A fact being read, and who is told its signs. */
struct link_reading {
	const struct site	*site;
	link_take_fn		*fn;
	void			*arg;
};

/* A sign by its id, with a copy of the value; FALSE, and nothing to free, where
 * there is no such sign or no value. */
gboolean	 link_see(struct link_seen *, const char *id, const char *value);
/* It weighs no more than that, and why (static). */
void		 link_lower(struct link_seen *, enum weight, const char *why);
/* Tells it, and frees its value. */
void		 link_take(const struct link_reading *, struct link_seen *);
gboolean	 link_see_token(const char *service, const char *token,
		    struct link_seen *);

/* link_zone.c */
gboolean	 link_zone(const struct site *, const struct fact *,
		    struct link_seen *);
void		 link_zone_spf(const struct link_reading *, const struct fact *);

/* link_shared.c: whose it is (static), by a row of that word; NULL where none is.
 * name may be several with blanks between, of which each has to be known. */
const char	*link_shared(const char *what, const char *name);
/* The same of text that begins as a row does. */
gboolean	 link_shared_beginning(const char *what, const char *text);

#endif
