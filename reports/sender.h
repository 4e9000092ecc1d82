#ifndef REPORTS_SENDER_H
#define REPORTS_SENDER_H

/*
 * Who a message is from, as far as the record can tell: what the importer said of
 * it, held against the domain that it came from.
 *
 * What comes from a provider's domain is a provider's, whatever was said.  What
 * comes from a site of the record is the site's people's, though nobody said so;
 * a From field alone is easily written, so that it counts for less than one that
 * the domain signed.
 */

#include "reports/sight.h"

enum sender {
	SENDER_OTHER,
	SENDER_PROVIDER,
	SENDER_SITE,		/* of the site's people, the importer said */
	SENDER_SITE_SIGNED,	/* by a site's domain, which signed it */
	SENDER_SITE_NAMED,	/* by a site's domain, as the message says */
};

enum sender	 sender_of(const struct sight *, const struct import *);
/* The provider or entity from whose domain it came; NULL: none of the record. */
const char	*sender_provider(const struct sight *, const struct import *);
/* It has headers of a message: who from, and its number, what it answers or a
 * Received line. */
gboolean	 sender_headed(const struct mail *);
/* What of its headers makes it a whole, dated original: TRUE where all does. */
gboolean	 sender_whole(const struct mail *);
gboolean	 sender_broken(const struct mail *);	/* a signature fails */
/*
 * It answers somebody: by In-Reply-To, by its subject, because its importer says
 * so (--describe "reply to ..."), because the record has a message to its writer
 * that is older, or by its words ("your letter").
 */
gboolean	 sender_answers(const struct record *, const struct import *);
/*
 * The address from which its writer gave it to the first server: X-Originating-IP,
 * else the oldest Received field where that server says that the client had logged
 * in (RFC 3848: ESMTPA, ESMTPSA) or came by HTTP.  A server's own address is none.
 * where: the field, in words.
 */
gboolean	 sender_address(const struct mail *, struct inet *,
		    const char **where);
/* The Doe that the importer named as its sender; else the only one there is, and
 * named is FALSE; NULL where it is open. */
const struct party *sender_doe(const struct record *, const struct import *,
		    gboolean *named);
/* A struct doe_message for each message of a Doe that has such an address. */
GArray		*sender_messages(const struct sight *);

#endif
