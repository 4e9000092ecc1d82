#ifndef COLLECTOR_KEY_H
#define COLLECTOR_KEY_H

/*
 * The collector's signing key: ECDSA on P-256 with SHA-256, because
 * `openssl dgst -sha256 -verify` of any age checks it.
 *
 * The private half is one PKCS #8 PEM file, readable by its user alone, in the
 * user's data folder and never in a case.  A fingerprint is the SHA-256 of the
 * public half's SubjectPublicKeyInfo in DER, 64 hex digits.
 */

#include <glib.h>

struct key;

/* ~/.local/share/goodcause/signing.key, by XDG_DATA_HOME; caller frees. */
char		*key_default_path(void);
/* A new key at path (folders are made); an existing file is an error. */
int		 key_create(const char *path, GError **);
/* Refuses a file that others can read, and any other kind of key. */
struct key	*key_load(const char *path, GError **);
/* The public half: PEM "PUBLIC KEY". */
struct key	*key_load_public(const void *pem, size_t len, GError **);
void		 key_free(struct key *);
GBytes		*key_public_pem(const struct key *);
void		 key_fingerprint(const struct key *, char out[65]);
/* DER of an ECDSA signature over bytes; NULL where OpenSSL refuses. */
GBytes		*key_sign(const struct key *, GBytes *bytes);
gboolean	 key_verify(const struct key *, GBytes *bytes, GBytes *signature);

#endif
