#ifndef REPORTS_HUMAN_H
#define REPORTS_HUMAN_H

/*
 * Acts that a person does, as the act column of a log tells them: "opened a bank
 * account", "sent forged e-mail".  What a program does by itself (seeding,
 * fetching, streaming, announcing to a tracker) is none.
 *
 * An act needs its object near it, in the same sentence ("deleted the app after an
 * e-mail" deletes no e-mail).  It is none where it is told as not done ("did not
 * reply"), as still to come or asked for ("would open", "asked the host to
 * delete"), as somebody's belief ("allegedly", "is suspected of"), or as the act of
 * another than the row is about: of counsel, a provider, a court, or a name that
 * the caller has.
 */

#include <glib.h>

/* Of which examples of the order an act is. */
enum human {
	HUMAN_ACT	= 1 << 0,	/* P-19: any of them, or another */
	HUMAN_MAIL_TAKEN = 1 << 1,	/* P-20 */
	HUMAN_BANK	= 1 << 2,	/* P-21 */
	HUMAN_CONTACT	= 1 << 3,	/* P-22 */
	HUMAN_OFFER	= 1 << 4,	/* P-23 */
	HUMAN_CLAIM	= 1 << 5,	/* P-24 */
	HUMAN_PROMOTED	= 1 << 6,	/* P-12: told somebody of the site */
	HUMAN_SENT	= 1 << 7,	/* J-18: sent to many */
	HUMAN_SOLD	= 1 << 8,	/* J-17: sold something */
};

/* others: names whose acts are not the row's, each a char ** of words in small
 * letters (company_words()); NULL: none. */
unsigned	human_acts(const char *act, const GPtrArray *others);

#endif
