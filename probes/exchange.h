#ifndef PROBES_EXCHANGE_H
#define PROBES_EXCHANGE_H

/*
 * An exchange: a question put, and what came back.
 *
 * Never changed once it is in the log.  A refusal, a time-out and an NXDOMAIN
 * are exchanges too: status says how the outside world behaved, detail says it
 * in the protocol's own word ("NOERROR", "200", "TLSv1.3"), never in bytes of
 * the server's choosing.
 *
 * sent and received are the bytes of the protocol:
 *	dns	the message each way, no length prefix (application/dns-message)
 *	rdap	request and response heads and bodies as on the wire, transfer
 *	http	coding kept (application/http;msgtype=request|response)
 *	whois	the query with its CRLF; everything to end of file (text/plain)
 *	tls	nothing sent; received is the chain as presented, DER after DER
 *		(application/x-x509-chain)
 *	local	sent: the key asked; received: the record found
 *	geo	sent: the address; received: the database's record as JSON
 *	reach	nothing sent; received: our own account of the handshakes, JSON
 *		(reach_ask.c)
 *
 * meta is a short list of facts about the conversation that are not in its
 * bytes ("tls.version", "db.sha256").  Keys are ours; a value may be foreign.
 *
 * Times: start and end in microseconds since 1970 UTC by the wall clock; took
 * in nanoseconds by the monotonic clock.
 */

#include "probes/question.h"

enum xstatus {
	X_ANSWERED,	/* an answer, whatever it says */
	X_REFUSED,	/* connection refused, or ICMP says no */
	X_TIMEOUT,	/* nothing, or not all of it, by the deadline */
	X_RESET,	/* closed on us with an error */
	X_UNREACHABLE,	/* no route, network down */
	X_TLS,		/* the handshake failed */
	X_MALFORMED,	/* an answer that is not of the protocol */
	X_LIMIT,	/* cut off by one of our limits; bytes kept */
	X_GUARD,	/* not asked: the address may not be connected to */
	X_SPARED,	/* not asked: the server had asked to be left alone for longer
			 * than retry.after */
	X_STATUSES,
};

struct body {
	GBytes		*bytes;		/* NULL where there is none */
	const char	*media;		/* static */
};

struct meta {
	const char	*key;		/* static, ours */
	char		*value;
};

/* How much of log.jsonl a record's WARC copy takes; filled by the journal. */
struct kept {
	uint64_t	 offset;	/* of the gzip member in evidence.warc.gz */
	uint64_t	 len;		/* of the gzip member */
	char		 sha256[65];	/* of the record's block: the bytes themselves */
	uint64_t	 size;		/* of the block */
	gboolean	 there;
};

struct exchange {
	uint64_t	 n;		/* its line in the log; 0 before that */
	struct question	*q;
	char		*target;	/* NULL: shared by the run */
	uint64_t	 cause;		/* n of what raised it; 0: the operator */
	const char	*rule;		/* static: the rule that raised it */
	GArray		*with;		/* uint64_t n of other records it rests on, or NULL */
	enum xstatus	 status;
	char		 detail[96];
	int64_t		 start, end;	/* us since 1970 UTC */
	int64_t		 mono;		/* ns, monotonic, at the start */
	int64_t		 took;		/* ns, monotonic */
	char		 local[64];	/* "ip#port", "" where none */
	char		 remote[64];
	const char	*exit;		/* "direct", or the proxy's name */
	struct body	 sent, received;
	struct kept	 sent_kept, received_kept;
	GPtrArray	*meta;		/* of struct meta *, or NULL */
};

struct exchange	*exchange_new(struct question *);	/* takes a reference */
void		 exchange_free(struct exchange *);
/* The same for another thread: question and bytes are shared, which nobody
 * changes; whatever else may be is not. */
struct exchange	*exchange_copy(const struct exchange *);
size_t		 exchange_size(const struct exchange *);	/* both bodies */
void		 exchange_meta(struct exchange *, const char *key,
		    const char *value);
/* NULL where the key is not there. */
const char	*exchange_meta_get(const struct exchange *, const char *key);
const char	*xstatus_name(enum xstatus);
int		 xstatus_parse(const char *);

#endif
