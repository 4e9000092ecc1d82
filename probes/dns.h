#ifndef PROBES_DNS_H
#define PROBES_DNS_H

/*
 * What the asking and the reading half of the DNS probe share.
 *
 * A question's name has its final dot; its note is the zone that the server
 * was asked for ("zone ch."), so that the reader can tell a referral from an
 * upward one and glue of that zone from other addresses.
 *
 * Options of a question (probes/question.h), any of them or none:
 *	edns=512	OPT with a size of 512 and without DO
 *	edns=none	no OPT record
 *	tcp		over TCP from the start
 *	label=random	the first label is ours and random: what is below its
 *			parent is asked, not the name
 *	label=invalid	the same below .invalid, which holds no name (RFC 6761
 *			6.4): whether the server answers for what cannot exist
 * and none of these: OPT with 1232 and DO, over UDP.  A datagram that was cut
 * short (TC) is the answer; the same over TCP is another question.
 *
 * The ladder: what came of one rung says which is next (dns_rung_next).  Each
 * rung is a question, so what each gave is a record.
 *
 *	it gave			it was put	next
 *	truncation		over UDP	the same over TCP
 *	another case		over UDP	the same over TCP
 *	FORMERR, NOTIMP		1232, 512	512 and no DO, no OPT
 *	BADVERS			1232, 512	no OPT
 *	no answer		1232, 512, none	512, no OPT, TCP and no OPT
 */

#include "probes/question.h"

#define DNS_HEADER	12
#define DNS_EDNS_SIZE	1232
#define DNS_ZONE_NOTE	"zone "

enum dns_gave {
	DNS_ANSWER, DNS_TRUNCATED, DNS_CASE, DNS_FORMERR, DNS_NOTIMP,
	DNS_BADVERS, DNS_SILENT, DNS_CLOSED, DNS_SHUT, DNS_UNREACHED, DNS_GARBLED,
	DNS_GIVES,
};

/* How a question is put. */
struct dns_put {
	unsigned	 size;		/* of the OPT record; 0: no OPT */
	gboolean	 tcp, own;	/* own: has other options as well */
};

/* dns_query.c */
struct dns_put	 dns_put_of(const struct question *);
/* "EDNS 1232, DO", "no EDNS, TCP", ... */
char		*dns_put_words(const struct dns_put *);
const char	*dns_gave_words(enum dns_gave);
/* The options of the next rung, or NULL; caller frees. */
char		*dns_rung_next(const struct question *, enum dns_gave);
/* The message as sent: RFC 1035, RFC 6891 (OPT last); id and the case of the
 * name's letters are random.  0, or -1 where DNS cannot carry it. */
/* "NXDOMAIN"; "RCODE" where it has no name here. */
const char	*dns_rcode_name(unsigned rcode);
int		 dns_query_make(const struct question *, uint8_t **wire,
		    size_t *len);

/* dns_text.c */
/* The line of data/txt-tokens.tsv by which the text begins, or NULL: service in
 * *service (caller frees), the rest of the text returned. */
const char	*dns_token_listed(const char *text, char **service);

/* dns_datagram.c */
/* What a datagram is to the question as sent; what is dropped is counted. */
enum dns_datagram {
	DATAGRAM_GOOD,		/* an answer to it */
	DATAGRAM_BARE,		/* an error without a question section */
	DATAGRAM_CASE,		/* letters of the name came back otherwise */
	DATAGRAM_SHORT,		/* no header; dropped, as all below */
	DATAGRAM_ID,
	DATAGRAM_QUESTION,
	DATAGRAMS,
};
enum dns_datagram dns_datagram_judge(const uint8_t *sent, size_t nsent,
		    const uint8_t *got, size_t ngot);

#endif
