#ifndef TESTS_TSAKIT_H
#define TESTS_TSAKIT_H

/*
 * A time-stamp authority inside the test: keys made when the test runs, honest
 * answers and every wrong one that a checker must see through; and a server on
 * 127.0.0.1 that gives them.
 */

#include <glib.h>

enum flaw {
	FLAW_NONE,
	FLAW_IMPRINT,		/* over other bytes */
	FLAW_NONCE,		/* another nonce */
	FLAW_NO_NONCE,
	FLAW_SHA1,		/* a SHA-1 imprint */
	FLAW_TRAILING,		/* bytes behind the answer */
	FLAW_EARLY,		/* genTime before the certificate's life */
	FLAW_LATE,		/* genTime behind it */
	FLAW_EKU_TWO,		/* a certificate for two purposes */
	FLAW_EKU_PLAIN,		/* the purpose is not critical */
	FLAW_EKU_NONE,
	FLAW_CA,		/* signed by an authority's own certificate */
	FLAW_REJECTION,
	FLAW_NO_CERT,		/* the signer's certificate left out */
	FLAW_FOREIGN,		/* signed by a stranger of the same name */
	FLAW_GARBAGE,
	FLAW_EMPTY,
	FLAW_SIGNATURE,		/* one bit of the signature */
	FLAW_HTTP_500,
	FLAW_SILENT,		/* never answers */
	FLAWS,
};

struct tsakit;

/* rsa: an RSA key of 2048 bits in place of P-256. */
struct tsakit	*tsakit_new(gboolean rsa);
void		 tsakit_free(struct tsakit *);
const char	*tsakit_root(const struct tsakit *);	/* PEM */
GBytes		*tsakit_answer(struct tsakit *, GBytes *query, enum flaw);
/* Serves answers with this flaw from a thread; the URL, owned by the kit. */
const char	*tsakit_serve(struct tsakit *, enum flaw);

#endif
