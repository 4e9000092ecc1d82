/*
 * The signing key.
 */

#include <errno.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>
#include <sys/stat.h>

#include "collector/files.h"
#include "collector/key.h"
#include "collector/seal.h"
#include "probes/text.h"

#define KEY_FILE_MAX	16384

struct key {
	EVP_PKEY	*pkey;
};

char *
key_default_path(void)
{
	return g_build_filename(g_get_user_data_dir(), "goodcause",
	    "signing.key", NULL);
}

static GBytes *
bio_bytes(BIO *bio)
{
	char *data = NULL;
	long n = BIO_get_mem_data(bio, &data);
	GBytes *out = g_bytes_new(data, (gsize)MAX(n, 0));

	BIO_free(bio);
	return out;
}

int
key_create(const char *path, GError **error)
{
	g_autofree char *dir = g_path_get_dirname(path);
	g_autoptr(GBytes) pem = NULL;
	EVP_PKEY *pkey = EVP_EC_gen("P-256");
	BIO *bio = BIO_new(BIO_s_mem());
	gsize len;
	const void *bytes;

	if (pkey == NULL || bio == NULL || PEM_write_bio_PKCS8PrivateKey(bio,
	    pkey, NULL, NULL, 0, NULL, NULL) != 1)
		g_error("OpenSSL makes no P-256 key");
	EVP_PKEY_free(pkey);
	pem = bio_bytes(bio);
	if (g_mkdir_with_parents(dir, 0700) < 0)
		return file_fail(error, dir, "make");
	bytes = g_bytes_get_data(pem, &len);
	return file_put_mode(path, bytes, len, 0600, error);
}

/* Ours are P-256 and nothing else; takes pkey. */
static struct key *
key_of(EVP_PKEY *pkey, const char *what, GError **error)
{
	char group[32] = "";
	struct key *key;

	if (pkey == NULL || EVP_PKEY_get_base_id(pkey) != EVP_PKEY_EC ||
	    EVP_PKEY_get_group_name(pkey, group, sizeof(group), NULL) != 1 ||
	    strcmp(group, SN_X9_62_prime256v1) != 0) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		    "%s: not a P-256 key in PEM", what);
		EVP_PKEY_free(pkey);
		return NULL;
	}
	key = g_new0(struct key, 1);
	key->pkey = pkey;
	return key;
}

struct key *
key_load(const char *path, GError **error)
{
	g_autoptr(GBytes) pem = NULL;
	struct stat st;
	EVP_PKEY *pkey;
	BIO *bio;
	gsize len;
	const void *bytes;

	if (stat(path, &st) == 0 && (st.st_mode & 077) != 0) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_PERM,
		    "%s: others can read this private key (chmod 600 %s)", path,
		    path);
		return NULL;
	}
	if ((pem = file_get(path, KEY_FILE_MAX, error)) == NULL)
		return NULL;
	bytes = g_bytes_get_data(pem, &len);
	bio = BIO_new_mem_buf(len == 0 ? "" : bytes, (int)len);
	/* An empty password: a locked key is refused, not asked about. */
	pkey = PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)(uintptr_t)"");
	BIO_free(bio);
	return key_of(pkey, path, error);
}

struct key *
key_load_public(const void *pem, size_t len, GError **error)
{
	BIO *bio = BIO_new_mem_buf(len == 0 ? "" : pem,
	    (int)MIN(len, KEY_FILE_MAX));
	EVP_PKEY *pkey = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);

	BIO_free(bio);
	return key_of(pkey, "public key", error);
}

void
key_free(struct key *key)
{
	if (key == NULL)
		return;
	EVP_PKEY_free(key->pkey);
	g_free(key);
}

GBytes *
key_public_pem(const struct key *key)
{
	BIO *bio = BIO_new(BIO_s_mem());

	if (PEM_write_bio_PUBKEY(bio, key->pkey) != 1)
		g_error("OpenSSL writes no public key");
	return bio_bytes(bio);
}

void
key_fingerprint(const struct key *key, char out[65])
{
	unsigned char *der = NULL;
	int n = i2d_PUBKEY(key->pkey, &der);

	text_sha256(out, der, (size_t)MAX(n, 0));
	OPENSSL_free(der);
}

GBytes *
key_sign(const struct key *key, GBytes *bytes)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char sig[256];
	size_t sig_len = sizeof(sig);
	gsize len;
	const void *data = g_bytes_get_data(bytes, &len);
	int ok = EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL,
	    key->pkey) == 1 && EVP_DigestSign(ctx, sig, &sig_len, data, len) == 1;

	EVP_MD_CTX_free(ctx);
	return ok ? g_bytes_new(sig, sig_len) : NULL;
}

gboolean
key_verify(const struct key *key, GBytes *bytes, GBytes *signature)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	gsize len, sig_len;
	const void *data = g_bytes_get_data(bytes, &len);
	const void *sig = g_bytes_get_data(signature, &sig_len);
	int ok = sig_len > 0 && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL,
	    key->pkey) == 1 && EVP_DigestVerify(ctx, sig, sig_len, data, len) == 1;

	EVP_MD_CTX_free(ctx);
	return ok;
}
