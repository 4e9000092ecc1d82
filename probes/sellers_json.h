#ifndef PROBES_SELLERS_JSON_H
#define PROBES_SELLERS_JSON_H

/*
 * sellers.json (IAB Tech Lab, 1.0) of a system that sells advertisements: who an
 * account is, by that system's word.  Read only where the case follows hosts, for
 * the accounts that a site's own ads.txt names as DIRECT (option accounts=A,B of
 * the question): ads.listed facts, one an account.
 *
 * Such files are of any size, and ours may be cut: what is read is each object
 * around an account's number, never the whole.  An account that is not found in
 * a file that was cut is not said to be absent.
 */

#include "probes/http_facts.h"

#define SELLERS_ACCOUNTS	8	/* of one question */
#define SELLERS_ACCOUNT		64	/* bytes of an account */

/* An account that may stand in a question. */
gboolean	sellers_account_ok(const char *);
http_file_fn	sellers_facts;

#endif
