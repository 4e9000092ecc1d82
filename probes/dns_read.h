#ifndef PROBES_DNS_READ_H
#define PROBES_DNS_READ_H

/*
 * What the files of the DNS reader share: dns_parse.c (the message: answer,
 * referral, neither), dns_alias.c (aliases and what stands at their end),
 * dns_record.c (what a record says), dns_text.c (what is
 * said in TXT records), dns_svcb.c (HTTPS records), dns_rung.c (how the server
 * took the question), dns_random.c (names that nobody made), dns_name.c (names
 * as libldns has them).
 *
 * A name is an rdf of libldns, uncompressed, in the case in which it came;
 * nothing here compares two names but by dns_name_same() and dns_name_within().
 */

#include <glib.h>
#include <jansson.h>
#include <ldns/ldns.h>

#include "probes/exchange.h"
#include "probes/fact.h"

#define DNS_RECORDS_MOST	512

struct dns_message {
	const struct exchange	*x;
	GString			*out;
	ldns_pkt		*p;
	ldns_rr_type		 type;
	ldns_rdf		*asked;
	ldns_rdf		*zone;		/* of the server */
	gboolean		 random;	/* the first label is ours */
	gboolean		 invalid;	/* the same, below .invalid */
	gboolean		 looped;	/* the aliases lead back */
	gboolean		 longer;	/* ... or go on after those that are followed */
	gboolean		 recursive;	/* it is the case's resolver */
};

/* dns_name.c */
/* Presentation form in lower case, no final dot, "" the root; caller frees. */
char		*dns_name_text(const ldns_rdf *);
/* NULL where it is none; freed by ldns_rdf_deep_free(). */
ldns_rdf	*dns_name_make(const char *text);
gboolean	 dns_name_same(const ldns_rdf *, const ldns_rdf *);
/* At or below the zone. */
gboolean	 dns_name_within(const ldns_rdf *name, const ldns_rdf *zone);
unsigned	 dns_name_labels(const ldns_rdf *);
/* The last so many labels of a name, as text; caller frees. */
char		*dns_name_tail(const ldns_rdf *, unsigned labels);
/* The address of a reverse name, or the name itself; caller frees. */
char		*dns_name_reverse(const char *name);

/* dns_random.c */
/* A name that nobody made, answered for; last: where its aliases end. */
void		 dns_random_read(struct dns_message *, const ldns_rdf *last,
		    ldns_pkt_rcode);
/* One that cannot exist (RFC 6761 6.4). */
void		 dns_invalid_read(struct dns_message *, ldns_pkt_rcode);

/* dns_record.c */
size_t		 dns_list_count(const ldns_rr_list *);
/* Of that type and owner, class IN, with at least so many fields. */
gboolean	 dns_rr_is(const ldns_rr *, ldns_rr_type, const ldns_rdf *owner,
		    size_t fields);
/* The fact of a record, about the owner's name as text; wildcard: the name by
 * which the server made it, or NULL. */
void		 dns_record_fact(struct dns_message *, const ldns_rr *,
		    const char *subject, const char *wildcard);
/* {"ip": ...} of an A or AAAA record, or NULL. */
json_t		*dns_value_address(const ldns_rr *);
/* Adds what every fact of an answer has: server, and how it was put. */
void		 dns_value_server(const struct dns_message *, json_t *);

/* dns_alias.c */
/* Follows the aliases from the name asked, while they stay in the server's
 * zone, to the last name; their facts are written.  Caller frees. */
ldns_rdf	*dns_alias_chain(struct dns_message *);
/* "*.example.com" where a signature says that the records of that owner and
 * type were made from it, else NULL; caller frees. */
char		*dns_alias_wildcard(const struct dns_message *,
		    const ldns_rdf *owner, ldns_rr_type);
/* The records of the type asked at that name, as facts: how many. */
size_t		 dns_alias_records(struct dns_message *, const ldns_rdf *);

/* dns_text.c */
/* What a TXT record says by its form: SPF, DMARC, MTA-STS, TLS reports,
 * verification tokens. */
void		 dns_text_facts(struct dns_message *, const char *subject,
		    const json_t *text);

/* dns_svcb.c */
json_t		*dns_value_svcb(const ldns_rr *);

/* dns_rung.c */
/* TRUE where the message has nothing more to say. */
gboolean	 dns_rung_read(struct dns_message *);
/* Of an exchange that has no message. */
void		 dns_rung_silent(const struct exchange *, GString *out);

#endif
