#ifndef TESTS_UNIT_IMPORTKIT_H
#define TESTS_UNIT_IMPORTKIT_H

/* What people brought, made in a test; added to a kit's record by number.  All
 * names and addresses are invented (RFC 5737). */

#include "tests/unit/recordkit.h"

/* An empty file of the kind, with a hash, a time and the exhibit's number. */
struct import	*kit_import(struct kit *, enum import_kind, const char *exhibit);
void	kit_activity(struct import *, const char *doe, const char *ip,
	    const char *time, const char *act, const char *work,
	    uint32_t faults);
/* A message from an entity: its bytes, whose words of the class begin where the
 * phrase stands in them. */
struct import	*kit_mail(struct kit *, enum mail_from, const char *entity,
		    const char *eml);
void	kit_words(struct import *, enum reply_class, const char *phrase);
/* One of every kind, with faults in some of their rows. */
void	kit_brought(struct kit *);

/* The order's host: forwarded, refused, keeps for a time. */
extern const char kit_reply[];

#endif
