#ifndef REPORTS_REPLY_H
#define REPORTS_REPLY_H

/*
 * What a reply says, by rows of phrases (reply.def): nothing is concluded from
 * a message but that these words stand in it.
 *
 *	FORWARDED_ONLY		a complaint was passed on; dropped where the
 *				same message states data held
 *	REFUSED_ABSENT_LOCAL_ORDER	no disclosure but on a named condition:
 *				an order, an authority, the customer's consent
 *	STATES_DATA_HELD	the writer says it has data about a customer
 *	STATES_RETENTION	for how long, or that it is not deleted
 *	CLAIMS_CONTROL		the writer says the site or domain is theirs
 *	OFFERS_SALE		the writer offers it
 *	STATES_CUSTOMER		in which country the customer is, or what: a
 *				company, a private person, a reseller
 *	DENIES_DATA		it holds no such data: not kept, not collected, not
 *				known
 *	OTHER			none of these: its first sentence
 *
 * Several may hold.  What is quoted is the whole sentence, so that a condition
 * is never cut off from what it conditions; verbatim, at most REPLY_QUOTE
 * bytes around the phrase.  A sentence that is negated ("we do not store") or
 * hedged ("if we have", "may") states nothing, save where the row is about the
 * negation; so does one that is told the other way round (AGAINST: "sell me your
 * domain", "please forward it", data said to be false).  Each sentence once a
 * class, at most REPLY_WORDS in all.
 *
 * The caller hands over the writer's own words only (mail_own()).
 */

#include "reports/import.h"
#include "reports/mapped.h"

#define REPLY_QUOTE	600
#define REPLY_WORDS	100

/* Appends struct reply_words * in the order of the text. */
void	reply_classify(const struct mapped *own, GPtrArray *words);
/* Whether words of the class are among them. */
gboolean reply_has(const GPtrArray *words, enum reply_class);

#endif
