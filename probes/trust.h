#ifndef PROBES_TRUST_H
#define PROBES_TRUST_H

/*
 * The validator: whether a chain as presented leads to a root of the machine's
 * CA bundle, for a name, now.  libcurl's verification is off for everything
 * that is recorded; this is where the question is answered, once for each
 * distinct chain and name, and the answer is kept with the exchange:
 *
 *	tls.version tls.cipher tls.alpn		of the connection
 *	tls.leaf	SHA-256 of the first certificate
 *	trust.result	"ok", or why not, in OpenSSL's words
 *	trust.faults	all that is wrong, words with commas between: "expired",
 *			"not yet valid", "name", "self-signed", "issuer
 *			unknown", "other"; not there where nothing is
 *	trust.root	SHA-256 of the root that was used
 *	trust.bundle	SHA-256 of the bundle's bytes
 *	trust.at	when (RFC 3339)
 *
 * The bundle is read at the first use: parsing it takes some 20 ms.
 * Errors: a bundle that cannot be read is "no CA bundle on this machine".
 */

#include <glib.h>
#include <openssl/ssl.h>

#include "probes/exchange.h"

struct trust;

/* Called once for each root used, with its PEM; may be NULL. */
typedef void trust_root_fn(const char *sha256, GBytes *pem, void *arg);

struct trust	*trust_new(const char *bundle_file, trust_root_fn *, void *arg);
void		 trust_free(struct trust *);
/* The file that this machine's OpenSSL takes its roots from. */
const char	*trust_default_file(void);
/* Appends the meta above; chain gets the DER of what was presented, or NULL. */
void		 trust_look(struct trust *, struct exchange *, SSL *,
		    const char *name, GByteArray *chain, int64_t most);

#endif
