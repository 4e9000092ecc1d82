#ifndef REPORTS_CONTENT_H
#define REPORTS_CONTENT_H

/*
 * Which answers are pages of a site: those that no page.class fact says are
 * something else (a challenge, a block, parking, a default page, a soft 404).
 * What stands in the others is not the site's own, and no predicate reads it.
 */

#include "reports/record.h"

struct content {			/* all NULL where there is no other page */
	GHashTable	*records;	/* of direct classes: exchange numbers */
	GHashTable	*urls;		/* of joined ones: char *, borrowed */
	GHashTable	*unseen;	/* records whose page was kept from us */
};

void	 content_init(struct content *, const struct run *);
void	 content_clear(struct content *);
/* FALSE of a fact drawn from an answer that is no page of the site. */
gboolean content_has(const struct content *, const struct fact *);
/* The page of that record was held back: a challenge, a geo-block. */
gboolean content_unseen(const struct content *, uint64_t n);
/* The class of the page that the fact is of; NULL where it has none. */
const struct fact *content_class(const struct run *, const struct fact *page);

#endif
