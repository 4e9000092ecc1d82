#ifndef TESTS_UNIT_TLSKIT_H
#define TESTS_UNIT_TLSKIT_H

/*
 * Certificates made in a test, the exchange that brings a chain, and the facts
 * that its reader wrote.
 */

#include <openssl/x509.h>

#include "probes/exchange.h"
#include "probes/fact.h"

EVP_PKEY	*made_key(void);
/* Version 3, of 2026 to 2099, not yet signed. */
X509		*made_cert(const char *cn, const char *org, int org_len);
/* Answered, with these bytes for a chain. */
struct exchange	*chain_exchange(const void *bytes, size_t len);
/* The first line of a kind, NULL: none. */
struct fact	*chain_first(const GString *out, enum fact_kind kind);

#endif
