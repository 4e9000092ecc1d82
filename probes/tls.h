#ifndef PROBES_TLS_H
#define PROBES_TLS_H

/*
 * What the files that read a handshake share: tls_parse.c (the exchange and its
 * chain), tls_cert.c (the fields of a certificate), tls_stamp.c (timestamps of
 * logs and the stapled answer of the authority).  Pure.
 */

#include <jansson.h>
#include <openssl/x509.h>

#include "probes/reader.h"

/* The fields of tls.cert; der: its bytes. */
json_t	*tls_certificate(X509 *, const unsigned char *der, size_t len,
	    int depth);
/* "" where it is not a time of RFC 5280 4.1.2.5. */
json_t	*tls_time(const ASN1_TIME *);
/* Bytes as lower-case hex, at most 64 of them. */
json_t	*tls_hex(const unsigned char *, size_t);
/* tls.sct of the leaf and of the TLS extension, tls.staple. */
void	 tls_stamps(const struct exchange *, const char *subject, X509 *leaf,
	    GString *out);

#endif
