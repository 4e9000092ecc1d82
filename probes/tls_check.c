/*
 * Whether what stands beside a certificate is signed by whom it names: the
 * timestamps of logs (RFC 6962) and the stapled answer of the authority (RFC
 * 6960).  Pure: against keys carried inside the program, the certificates as
 * sent, and the time of the handshake.
 *
 * OpenSSL reads lists of logs from files only, so what a log signs is put
 * together here (RFC 6962 section 3.2), and OpenSSL verifies the signature.
 */

#include <openssl/x509v3.h>
#include <string.h>

#include "embed.h"
#include "probes/tls.h"

#define SKEW_S	300	/* of clocks, for answers of a later second than ours */

const char tls_good[] = "good signature";
const char tls_bad[] = "bad signature";
const char tls_no_issuer[] = "issuer not sent";
const char tls_no_log[] = "log not known";
const char tls_late[] = "outside its time";

/* --- whose keys -------------------------------------------------------------------- */

EVP_PKEY *
tls_log(const char *id, char **name)
{
	g_autofree char *row = g_strdup_printf("\n%s\t", id);
	const char *at = strstr(embed_probes_data_ct_logs_tsv, row);
	g_autofree guchar *der = NULL;
	g_autofree char *text = NULL;
	const unsigned char *p;
	gsize n = 0;

	*name = NULL;
	if (at == NULL)
		return NULL;
	at += strlen(row);
	*name = g_strndup(at, strcspn(at, "\t"));
	at += strlen(*name) + 1;
	text = g_strndup(at, strcspn(at, "\n"));
	der = g_base64_decode(text, &n);
	p = der;
	return d2i_PUBKEY(NULL, &p, (long)n);
}

X509 *
tls_issuer(const GPtrArray *chain)
{
	X509 *leaf = g_ptr_array_index(chain, 0);

	for (guint i = 0; i < chain->len; i++) {
		X509 *c = g_ptr_array_index(chain, i);

		/* One that signed itself is its own. */
		if (X509_check_issued(c, leaf) == X509_V_OK)
			return c;
	}
	return NULL;
}

/* --- timestamps of logs -------------------------------------------------------------- */

static void
put(GByteArray *out, uint64_t v, int bytes)
{
	while (bytes-- > 0) {
		guint8 b = (guint8)(v >> bytes * 8);

		g_byte_array_append(out, &b, 1);
	}
}

/* With three bytes of length before it; takes der. */
static void
put_der(GByteArray *out, unsigned char *der, int n)
{
	put(out, (uint64_t)MAX(n, 0), 3);
	if (n > 0)
		g_byte_array_append(out, der, (guint)n);
	OPENSSL_free(der);
}

/* What was logged before the certificate was issued: the hash of the issuer's
 * key, and the certificate's body without the list of timestamps. */
static void
put_precertificate(GByteArray *out, X509 *leaf, X509 *issuer)
{
	X509 *body = X509_dup(leaf);
	unsigned char *der = NULL, *key = NULL, hash[32];
	int at = X509_get_ext_by_NID(body, NID_ct_precert_scts, -1), n;

	n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(issuer), &key);
	memset(hash, 0, sizeof(hash));
	if (n > 0)
		EVP_Digest(key, (size_t)n, hash, NULL, EVP_sha256(), NULL);
	OPENSSL_free(key);
	g_byte_array_append(out, hash, sizeof(hash));
	if (at >= 0)
		X509_EXTENSION_free(X509_delete_ext(body, at));
	n = i2d_re_X509_tbs(body, &der);
	put_der(out, der, n);
	X509_free(body);
}

GByteArray *
tls_sct_signed(const SCT *s, X509 *leaf, X509 *issuer)
{
	GByteArray *out = g_byte_array_new();
	unsigned char *der = NULL, *extensions = NULL;
	size_t n = SCT_get0_extensions(s, &extensions);
	int len;

	put(out, SCT_VERSION_V1, 1);
	put(out, 0, 1);			/* certificate_timestamp */
	put(out, SCT_get_timestamp(s), 8);
	if (issuer != NULL) {
		put(out, CT_LOG_ENTRY_TYPE_PRECERT, 2);
		put_precertificate(out, leaf, issuer);
	} else {
		put(out, CT_LOG_ENTRY_TYPE_X509, 2);
		len = i2d_X509(leaf, &der);
		put_der(out, der, len);
	}
	put(out, n, 2);
	if (n > 0)
		g_byte_array_append(out, extensions, (guint)n);
	return out;
}

static gboolean
signed_by(const SCT *s, const GByteArray *data, EVP_PKEY *log)
{
	int nid = SCT_get_signature_nid(s);
	unsigned char *signature = NULL;
	size_t n = SCT_get0_signature(s, &signature);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	gboolean good;

	/* RFC 6962 section 2.1.4 knows these two. */
	good = (nid == NID_ecdsa_with_SHA256 ||
	    nid == NID_sha256WithRSAEncryption) &&
	    EVP_DigestVerifyInit(c, NULL, EVP_sha256(), NULL, log) == 1 &&
	    EVP_DigestVerify(c, signature, n, data->data, data->len) == 1;
	EVP_MD_CTX_free(c);
	return good;
}

const char *
tls_sct_check(const SCT *s, X509 *leaf, X509 *issuer, gboolean embedded,
    EVP_PKEY *log, int64_t at_ms)
{
	g_autoptr(GByteArray) data = NULL;

	if (log == NULL)
		return tls_no_log;
	if (embedded && issuer == NULL)
		return tls_no_issuer;
	data = tls_sct_signed(s, leaf, embedded ? issuer : NULL);
	if (!signed_by(s, data, log))
		return tls_bad;
	return SCT_get_timestamp(s) > (uint64_t)MAX(at_ms, 0) +
	    SKEW_S * 1000 ? tls_late : tls_good;
}

/* --- the staple ------------------------------------------------------------------------ */

const char *
tls_staple_check(OCSP_BASICRESP *b, X509 *issuer, int64_t at_s)
{
	STACK_OF(X509) *certs;
	X509_STORE *store;
	X509_VERIFY_PARAM *param;
	gboolean good;

	if (issuer == NULL)
		return tls_no_issuer;
	store = X509_STORE_new();
	certs = sk_X509_new_null();
	param = X509_STORE_get0_param(store);
	/* The issuer is where trust begins: who issued it is another matter. */
	X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
	X509_VERIFY_PARAM_set_time(param, (time_t)at_s);
	sk_X509_push(certs, issuer);
	good = X509_STORE_add_cert(store, issuer) == 1 &&
	    OCSP_basic_verify(b, certs, store, 0) == 1;
	sk_X509_free(certs);
	X509_STORE_free(store);
	return good ? tls_good : tls_bad;
}

gboolean
tls_in_time(const ASN1_GENERALIZEDTIME *from, const ASN1_GENERALIZEDTIME *to,
    int64_t at_s)
{
	if (from != NULL && ASN1_TIME_cmp_time_t(from,
	    (time_t)(at_s + SKEW_S)) > 0)
		return FALSE;
	return to == NULL || ASN1_TIME_cmp_time_t(to,
	    (time_t)(at_s - SKEW_S)) >= 0;
}
