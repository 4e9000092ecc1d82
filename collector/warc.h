#ifndef COLLECTOR_WARC_H
#define COLLECTOR_WARC_H

/*
 * WARC 1.1 (ISO 28500:2017), one gzip member a record (RFC 1952).
 *
 * Writing.  An exchange becomes, adjacent and in this order,
 *	kind		received	sent		WARC-Target-URI
 *	http rdap	response	request		the URL
 *	whois		response	request		whois://host:43/query
 *	dns		resource	resource	dns://server/name?type=A (RFC 4501)
 *	tls		resource	-		urn:goodcause:tls:address/port/name
 *	local		resource	resource	urn:goodcause:local:type/name
 *	geo		resource	resource	urn:goodcause:geo:file/address
 * and, where nothing was received, a metadata record that says how it failed.
 * What stands second names the first in WARC-Concurrent-To.  Goodcause-Record
 * is the line of log.jsonl.  WARC-Block-Digest is over the bytes as they came;
 * WARC-Payload-Digest is left out where a transfer coding was used (the right
 * one is refused by common checkers, the wrong one accepted).  No value that a
 * server chose reaches a header unescaped.
 *
 * Reading.  One member at a time; at most WARC_HEAD_MAX of head and max of
 * block; the member must hold one whole record and nothing behind it.
 */

#include "probes/exchange.h"

#define WARC_HEAD_MAX	65536
#define WARC_BLOCK_MAX	(64u << 20)	/* refuse to read more: LIMIT_WARC_BLOCK is 16 MiB */

struct warc;

struct warc	*warc_new(void);
void		 warc_free(struct warc *);
/* The first record; run and title may be "". */
int		 warc_info(struct warc *, GByteArray *out, int64_t us,
		    const char *run, const char *title);
/* Appends the records of x, which has its n, and sets both kept of x; base is
 * the file's offset of out's first byte.  0, or -1 where zlib fails. */
int		 warc_exchange(struct warc *, GByteArray *out, uint64_t base,
		    struct exchange *x);
/* What the bytes of a kind are; which is 's' or 'r'. */
const char	*warc_media(enum probe_kind, char which);
/* The target URI of a question, for an index; caller frees. */
char		*warc_uri(const struct question *);

struct warc_member {
	uint64_t	 offset, len;		/* in the file */
	char		 type[16];		/* "response", ... */
	char		*uri;			/* "" where none */
	uint64_t	 record;		/* Goodcause-Record, 0 where none */
	GBytes		*block;
	char		 sha256[65];		/* of the block, computed */
	char		 digest[80];		/* WARC-Block-Digest as written, "" */
};

/*
 * Reads the member at offset, whose length is found by reading.  1; 0 at the
 * end of the file; -1 with an error where there is no whole, sound record.
 */
int		 warc_read(int fd, uint64_t offset, size_t max,
		    struct warc_member *, GError **);
void		 warc_member_clear(struct warc_member *);
/* The bytes of a kept record: offset, length, hash and size must all agree. */
GBytes		*warc_kept(int fd, const struct kept *, GError **);

#endif
