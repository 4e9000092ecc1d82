#ifndef COLLECTOR_MEMBER_H
#define COLLECTOR_MEMBER_H

/*
 * WARC records as gzip members (RFC 1952), one each: head, block, and the two
 * empty lines that end a record.  A member's own head has no name, no time and
 * no system, so the same record is the same bytes anywhere.
 */

#include <glib.h>
#include <stdint.h>

struct members;

struct members	*members_new(void);
void		 members_free(struct members *);
/* The member's length; 0, and nothing appended, where zlib fails. */
uint64_t	 member_append(struct members *, GByteArray *out,
		    const GString *head, const void *block, size_t len);

#endif
