#ifndef REPORTS_POLICY_H
#define REPORTS_POLICY_H

/*
 * What is quoted of a company's terms: which of the things that they can tell of
 * its customers the quoted words tell.  By rows of phrases (phrase.h) in a few
 * languages; words that no row knows are unread, and neither for nor against.
 *
 *	who		who somebody is: asked of a customer, or collected
 *	kept		how long it is kept, or when it is erased
 *	denied		that neither is asked or known
 */

#include "reports/showing.h"

struct policy {
	guint	 quoted;		/* statements */
	guint	 who, who_dated;	/* of them; dated: the statement has a day */
	guint	 kept, denied, unread;
	guint	 dated;
	GString	*languages;		/* of the rows that knew the words: "en, nl" */
};

void	 policy_init(struct policy *);
void	 policy_clear(struct policy *);
/* One statement that quotes them. */
void	 policy_read(struct policy *, const struct statement *);
/* What it alone comes to as a practice of asking: what a document is for its importer
 * says, so that words unread are one; words that tell for how long alone are some of
 * one, and that nobody is asked is none. */
enum status policy_practice(const struct statement *);
/* All that quote documents for the finding's element, of the entity
 * that it is about; policy_clear() after it. */
void	 policy_of(const struct finding *, struct policy *);
/* Notes which facets are quoted, and which are not. */
void	 policy_say(struct finding *, const struct policy *);

#endif
