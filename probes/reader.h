#ifndef PROBES_READER_H
#define PROBES_READER_H

/*
 * Readers: from the bytes of one exchange to lines of facts.
 *
 * A reader is pure.  It looks at the exchange it is given (question, status,
 * detail, meta, sent and received bytes, end time) and at nothing else: no
 * file, no clock, no environment, no global that changes.  The same exchange
 * gives the same lines, today and in ten years.
 *
 * It returns 0 and appends whole lines made by fact_emit(); or -1 where the
 * bytes are not of the protocol, and then appends nothing (reader_run() cuts
 * back what was appended).  Every loop over foreign data is bounded by a
 * constant of probes/limits.def; what is beyond a bound is left out.
 *
 * The version is part of what a sealed run says about its facts: raise it with
 * any change of what a reader says of the same bytes.
 */

#include "probes/exchange.h"
#include "probes/fact.h"

typedef int reader_fn(const struct exchange *, GString *out);

struct reader {
	enum probe_kind	 kind;
	const char	*version;	/* "dns/1" */
	reader_fn	*read;
};

/* One reader a kind; never NULL. */
const struct reader	*reader_of(enum probe_kind);
/* Reads an exchange that has bytes; 0, or -1 and nothing appended. */
int			 reader_run(const struct exchange *, GString *out);

reader_fn local_parse, dns_parse, rdap_parse, whois_parse, tls_parse,
	  http_parse, geo_parse, reach_parse;

#endif
