#ifndef COLLECTOR_CHAIN_H
#define COLLECTOR_CHAIN_H

/*
 * Words for one row of a log: what was asked, of whom, and the chain of causes
 * back to the operator.  What comes out holds foreign text, to be escaped.
 */

#include "reports/record.h"

#define CHAIN_MAX	64u	/* causes followed */

/* "A popcorn-time.ch.", "https://...", ... */
char	*asked_what(const struct log_row *);
/* "192.5.6.30 (b.nic.ch)"; "" for local look-ups. */
char	*asked_of(const struct log_row *);
/* Records from the row's own cause back; uint64_t; the operator is no record. */
GArray	*causes_of(const struct run *, const struct log_row *);
/* The same as JSON. */
json_t	*causes_json(const struct run *, const struct log_row *);

#endif
