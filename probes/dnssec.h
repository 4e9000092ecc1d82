#ifndef PROBES_DNSSEC_H
#define PROBES_DNSSEC_H

/*
 * DNSSEC, read and validated from kept bytes: RFC 4033 to 4035, 5155, 6840.
 *
 * The reading half writes each signed set of records as a fact of its own
 * (dnssec.rrset: the records and their RRSIGs in wire form, names not
 * compressed), so that the joins have what validation needs and nothing else:
 * no message, no file, no clock.
 *
 * The joining half (dnssec_set.c, dnssec_check.c, dnssec_deny.c, dnssec_zone.c,
 * join_dnssec.c) goes from the anchor down:
 *
 * 1. The anchor is a kept local file (dnssec.anchor); of its keys those that
 *    are valid at the time of the answer.
 * 2. A zone's DS records, signed by the zone above, or their signed denial:
 *    no delegation (the name belongs to the zone above), an unsigned one
 *    (insecure), or a span of NSEC3 with opt-out (insecure).
 * 3. A DS of digest type 1 is ignored beside a stronger one (RFC 4509 3).  A
 *    zone all of whose DS have algorithms that are not known here is insecure
 *    (RFC 4035 5.2).
 * 4. The zone's DNSKEY set, signed by a key that such a DS names.
 * 5. The set itself: signer, labels, algorithm, inception and expiration in
 *    serial arithmetic (RFC 4034 3.1.5) at the time at which the answer came.
 *    An expansion of a wildcard needs proof that the name is not there.
 * 6. What is absent needs proof: NSEC, NSEC3 (at most 150 iterations, RFC 9276
 *    3.2), or the compact form (RFC 9824).
 *
 * secure: every step holds.  insecure: a step of the chain says, in signed
 * records, that there is nothing more to hold to.  bogus: a step fails.
 * indeterminate: something was not had.
 */

#include <ldns/ldns.h>

#include "probes/exchange.h"
#include "probes/fact.h"

#define DNSSEC_ITERATIONS	150	/* of NSEC3; more is insecure */
#define DNSSEC_SETS		4096	/* sets looked at for one target */
#define DNSSEC_CHECKS		1024	/* signatures tried for one target */
#define DNSSEC_SIGS		16	/* of one set */
#define DNSSEC_KEYS		32	/* of one zone */

/* --- reading -------------------------------------------------------------- */

/* Lower case, no final dot; "" the root.  Caller frees. */
char	*dnssec_name(const ldns_rdf *);
/* The facts of a message's signed sets; one without RRSIG has none. */
void	 dnssec_read(const ldns_pkt *, const struct exchange *, GString *out);
/* The trust anchor: lines of a zone file, or IANA's XML.  0, or -1 for none. */
int	 anchor_read(const struct exchange *, const char *text, size_t len,
	    GString *out);

/* --- sets ----------------------------------------------------------------- */

struct rrset {
	const struct fact	*f;
	const char		*owner;		/* of f; "" the root */
	const char		*zone;		/* its first signer */
	ldns_rr_type		 type;
	gboolean		 answer;	/* of that section */
	ldns_rr_list		*rrs, *sigs;
	time_t			 at;
	uint64_t		 record;
};

/* NULL where the fact does not hold what it should. */
struct rrset	*rrset_of(const struct fact *);
void		 rrset_free(struct rrset *);
/* Name of a subject: "." is "". */
const char	*subject_name(const char *);

/* --- one signature -------------------------------------------------------- */

/* What is left of the signatures that may be tried. */
struct effort { unsigned left; };

/*
 * Whether one of the set's signatures by the zone holds.  NULL, or static words
 * for why not.  labels: those of the signature that held.
 */
const char	*rrset_check(const struct rrset *, const ldns_rr_list *keys,
		    const char *zone, struct effort *, unsigned *labels);
gboolean	 algorithm_known(unsigned);
/* DS records to hold to, of those of a set; caller frees, shallow. */
ldns_rr_list	*ds_usable(const ldns_rr_list *);
gboolean	 ds_matches(const ldns_rr *ds, const ldns_rr *key);
/* A key that may sign zone data: RFC 4034 2.1.1, RFC 5011 2.1. */
gboolean	 key_signs(const ldns_rr *key);

/* --- what is denied ------------------------------------------------------- */

enum denied {
	DENIED_NOT,	/* the records say nothing of it */
	DENIED_TYPE,	/* the name is there, the type is not */
	DENIED_NAME,	/* no such name */
	DENIED_SPAN,	/* lies in a span with opt-out */
	DENIED_COSTLY,	/* too many iterations to hold to */
};

struct denial {
	enum denied	 what;
	gboolean	 ns;		/* the name is a delegation */
	gboolean	 wildcard;	/* by a wildcard that lacks the type */
	gboolean	 compact;	/* RFC 9824: the name is not there */
	gboolean	 optout;
	const char	*by;		/* "NSEC", "NSEC3" */
	unsigned	 iterations;
};

/* nsecs: those of one message that were checked already. */
void		 denial_of(struct denial *, const ldns_rr_list *nsecs,
		    const char *zone, const char *name, ldns_rr_type);
/* That no closer name than the wildcard's is there: labels of the RRSIG. */
gboolean	 denial_closer(const ldns_rr_list *nsecs, const char *zone,
		    const char *name, unsigned labels, struct denial *);

#endif
