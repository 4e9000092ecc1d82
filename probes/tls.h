#ifndef PROBES_TLS_H
#define PROBES_TLS_H

/*
 * What the files that read a handshake share: tls_parse.c (the exchange and its
 * chain), tls_cert.c (the fields of a certificate), tls_stamp.c (timestamps of
 * logs and the stapled answer of the authority), tls_check.c (whether these are
 * signed by whom they name).  Pure.
 */

#include <jansson.h>
#include <openssl/ct.h>
#include <openssl/ocsp.h>
#include <openssl/x509.h>

#include "probes/reader.h"

/* The fields of tls.cert; der: its bytes. */
json_t	*tls_certificate(X509 *, const unsigned char *der, size_t len,
	    int depth);
/* "" where it is not a time of RFC 5280 4.1.2.5. */
json_t	*tls_time(const ASN1_TIME *);
/* Bytes as lower-case hex, at most 64 of them. */
json_t	*tls_hex(const unsigned char *, size_t);
/* tls.sct of the leaf and of the TLS extension, tls.staple; the chain as sent,
 * leaf first. */
void	 tls_stamps(const struct exchange *, const char *subject,
	    const GPtrArray *chain, GString *out);

/* tls_check.c */
/* What a check comes to: a signature by the log or authority that is named, or by
 * another; a certificate that it takes was not sent; the log is none of
 * data/ct-logs.tsv; signed, but at the time of the handshake not yet or no longer
 * in force. */
extern const char tls_good[], tls_bad[], tls_no_issuer[], tls_no_log[],
	    tls_late[];
/* The key of a log by its id in base64, and its name; NULL and NULL where it is
 * not known.  Caller frees both. */
EVP_PKEY *tls_log(const char *id, char **name);
/* Who issued the first of the chain, of those in it; NULL. */
X509	*tls_issuer(const GPtrArray *chain);
/* embedded: it stands in the certificate, so what was logged had none. */
const char *tls_sct_check(const SCT *, X509 *leaf, X509 *issuer,
	    gboolean embedded, EVP_PKEY *log, int64_t at_ms);
/* What the log signed; issuer NULL: the certificate as it is. */
GByteArray *tls_sct_signed(const SCT *, X509 *leaf, X509 *issuer);
const char *tls_staple_check(OCSP_BASICRESP *, X509 *issuer, int64_t at_s);
gboolean tls_in_time(const ASN1_GENERALIZEDTIME *from,
	    const ASN1_GENERALIZEDTIME *to, int64_t at_s);

#endif
