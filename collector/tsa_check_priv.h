#ifndef COLLECTOR_TSA_CHECK_PRIV_H
#define COLLECTOR_TSA_CHECK_PRIV_H

/* What the steps of checking a token share. */

#include <openssl/ts.h>
#include <openssl/x509.h>
#include <time.h>

#include "collector/tsa_check.h"

struct check {
	GBytes		*data;
	const char	*chain_pem, *roots_pem;
	enum trust	 trust;
	TS_RESP		*resp;		/* owned */
	TS_REQ		*req;		/* owned, or NULL */
	PKCS7		*token;		/* within resp */
	TS_TST_INFO	*info;		/* within resp */
	STACK_OF(X509)	*extra;		/* of chain_pem, owned */
	X509_STORE	*store;		/* owned */
	X509		*signer;	/* owned */
	STACK_OF(X509)	*chain;		/* as built, leaf first, owned */
	time_t		 at;		/* genTime */
	struct tsa_answer *out;
};

/* A step: NULL, or the sentence that says what fails; caller frees. */
typedef char *step_fn(struct check *);

/* Step 10: the signer's certificate is there, and a chain from it held at the
 * token's time.  Sets signer, store and chain. */
step_fn	tsa_step_chain;
/* The certificates of a PEM text; never NULL, freed by the caller. */
STACK_OF(X509) *tsa_read_pem(const char *);

#endif
