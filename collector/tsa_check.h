#ifndef COLLECTOR_TSA_CHECK_H
#define COLLECTOR_TSA_CHECK_H

/*
 * The parts of tsa.h that asking and checking share.
 */

#include "collector/tsa.h"

#define TOKEN_MAX	65536

enum trust {
	TRUST_INSIDE,	/* the certificates that came with the token */
	TRUST_GIVEN,	/* these roots, and no others */
	TRUST_SYSTEM,	/* the system's roots, and these */
};

/* A request over data: SHA-256, 128-bit nonce, certificates wanted; DER. */
GBytes	*tsa_query(GBytes *data);
/* tsa_check() with its trust spelt out. */
char	*token_check(GBytes *data, GBytes *query, GBytes *reply,
	    const char *chain_pem, enum trust, const char *roots_pem,
	    struct tsa_answer *out);

#endif
