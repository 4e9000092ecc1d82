/*
 * Signatures of certificate logs and of authorities over a certificate's state,
 * by keys made here.
 */

#include <glib/gstdio.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "probes/reader.h"
#include "probes/text.h"
#include "probes/tls.h"
#include "tests/unit/tlskit.h"

#define AT_S	INT64_C(1790000000)	/* of the handshake */

struct issued {
	EVP_PKEY	*ca_key, *key, *log;
	X509		*ca, *leaf;
};

static void
issued_make(struct issued *t)
{
	t->ca_key = made_key();
	t->key = made_key();
	t->log = made_key();
	t->ca = made_cert("Lab CA", "Lab", -1);
	X509_set_pubkey(t->ca, t->ca_key);
	g_assert_cmpint(X509_sign(t->ca, t->ca_key, EVP_sha256()), >, 0);
	t->leaf = made_cert("a.ch", "x", -1);
	X509_set_issuer_name(t->leaf, X509_get_subject_name(t->ca));
	X509_set_pubkey(t->leaf, t->key);
	g_assert_cmpint(X509_sign(t->leaf, t->ca_key, EVP_sha256()), >, 0);
}

static void
issued_clear(struct issued *t)
{
	EVP_PKEY_free(t->ca_key);
	EVP_PKEY_free(t->key);
	EVP_PKEY_free(t->log);
	X509_free(t->ca);
	X509_free(t->leaf);
}

/* The id of a log is the hash of its key: in the list too. */
static void
test_logs(void)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	guint n = 0;

	g_assert_true(g_file_get_contents("probes/data/ct-logs.tsv", &text,
	    NULL, NULL));
	lines = g_strsplit(text, "\n", -1);
	for (char **l = lines; *l != NULL; l++) {
		g_auto(GStrv) part = g_strsplit(*l, "\t", -1);
		g_autofree guchar *der = NULL;
		g_autofree char *id = NULL, *name = NULL;
		unsigned char hash[32];
		EVP_PKEY *key;
		gsize len = 0;

		if (**l == '#' || **l == '\0')
			continue;
		g_assert_cmpuint(g_strv_length(part), ==, 3);
		der = g_base64_decode(part[2], &len);
		EVP_Digest(der, len, hash, NULL, EVP_sha256(), NULL);
		id = g_base64_encode(hash, sizeof(hash));
		g_assert_cmpstr(id, ==, part[0]);
		key = tls_log(part[0], &name);
		g_assert_nonnull(key);
		g_assert_cmpstr(name, ==, part[1]);
		EVP_PKEY_free(key);
		n++;
	}
	g_assert_cmpuint(n, >=, 40);
}

static SCT *
sct_sign(const struct issued *t, X509 *issuer, uint64_t ms)
{
	SCT *s = SCT_new();
	g_autoptr(GByteArray) data = NULL;
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	unsigned char *der = NULL, hash[32], signature[256];
	size_t n = sizeof(signature);
	int len = i2d_PUBKEY(t->log, &der);

	EVP_Digest(der, (size_t)len, hash, NULL, EVP_sha256(), NULL);
	OPENSSL_free(der);
	g_assert_cmpint(SCT_set_version(s, SCT_VERSION_V1), ==, 1);
	g_assert_cmpint(SCT_set1_log_id(s, hash, sizeof(hash)), ==, 1);
	SCT_set_timestamp(s, ms);
	g_assert_cmpint(SCT_set_signature_nid(s, NID_ecdsa_with_SHA256), ==, 1);
	data = tls_sct_signed(s, t->leaf, issuer);
	g_assert_cmpint(EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL,
	    t->log), ==, 1);
	g_assert_cmpint(EVP_DigestSign(c, signature, &n, data->data,
	    data->len), ==, 1);
	g_assert_cmpint(SCT_set1_signature(s, signature, n), ==, 1);
	EVP_MD_CTX_free(c);
	return s;
}

/* OpenSSL's own word on the same, with a list of logs as it wants one. */
static gboolean
openssl_holds(const struct issued *t, SCT *s, gboolean embedded)
{
	CT_POLICY_EVAL_CTX *c = CT_POLICY_EVAL_CTX_new();
	CTLOG_STORE *store = CTLOG_STORE_new();
	g_autofree char *path = NULL, *conf = NULL, *key = NULL;
	unsigned char *der = NULL;
	int len = i2d_PUBKEY(t->log, &der), fd, rc;

	key = g_base64_encode(der, (gsize)len);
	OPENSSL_free(der);
	conf = g_strdup_printf("enabled_logs = lab\n[lab]\ndescription = Lab\n"
	    "key = %s\n", key);
	fd = g_file_open_tmp("goodcause-logs-XXXXXX", &path, NULL);
	g_assert_cmpint(fd, >=, 0);
	g_assert_true(g_file_set_contents(path, conf, -1, NULL));
	g_assert_cmpint(CTLOG_STORE_load_file(store, path), ==, 1);
	g_assert_cmpint(remove(path), ==, 0);
	g_assert_true(g_close(fd, NULL));
	CT_POLICY_EVAL_CTX_set_shared_CTLOG_STORE(c, store);
	CT_POLICY_EVAL_CTX_set1_cert(c, t->leaf);
	CT_POLICY_EVAL_CTX_set1_issuer(c, t->ca);
	CT_POLICY_EVAL_CTX_set_time(c, (uint64_t)AT_S * 1000);
	SCT_set_source(s, embedded ? SCT_SOURCE_X509V3_EXTENSION :
	    SCT_SOURCE_TLS_EXTENSION);
	rc = SCT_validate(s, c);
	CT_POLICY_EVAL_CTX_free(c);
	CTLOG_STORE_free(store);
	return rc == 1;
}

static void
test_sct_signature(void)
{
	const uint64_t ms = (uint64_t)(AT_S - 1000) * 1000;
	struct issued t;
	EVP_PKEY *other = made_key();
	SCT *s, *later;

	issued_make(&t);
	s = sct_sign(&t, NULL, ms);
	g_assert_true(openssl_holds(&t, s, FALSE));
	/* The issuer is not needed for what was logged as it is. */
	g_assert_cmpstr(tls_sct_check(s, t.leaf, NULL, FALSE, t.log,
	    AT_S * 1000), ==, tls_good);
	g_assert_cmpstr(tls_sct_check(s, t.leaf, NULL, FALSE, other,
	    AT_S * 1000), ==, tls_bad);
	g_assert_cmpstr(tls_sct_check(s, t.ca, NULL, FALSE, t.log,
	    AT_S * 1000), ==, tls_bad);
	g_assert_cmpstr(tls_sct_check(s, t.leaf, NULL, FALSE, NULL,
	    AT_S * 1000), ==, tls_no_log);
	SCT_set_timestamp(s, ms + 1);
	g_assert_cmpstr(tls_sct_check(s, t.leaf, NULL, FALSE, t.log,
	    AT_S * 1000), ==, tls_bad);
	later = sct_sign(&t, NULL, (uint64_t)(AT_S + 86400) * 1000);
	g_assert_cmpstr(tls_sct_check(later, t.leaf, NULL, FALSE, t.log,
	    AT_S * 1000), ==, tls_late);
	SCT_free(s);
	SCT_free(later);
	EVP_PKEY_free(other);
	issued_clear(&t);
}

/* One in the certificate is of the certificate before it was put there. */
static void
test_sct_embedded(void)
{
	struct issued t;
	STACK_OF(SCT) *list = sk_SCT_new_null();
	SCT *s;

	issued_make(&t);
	s = sct_sign(&t, t.ca, (uint64_t)(AT_S - 1000) * 1000);
	sk_SCT_push(list, s);
	g_assert_cmpint(X509_add1_ext_i2d(t.leaf, NID_ct_precert_scts, list, 0,
	    X509V3_ADD_DEFAULT), ==, 1);
	g_assert_cmpint(X509_sign(t.leaf, t.ca_key, EVP_sha256()), >, 0);
	g_assert_true(openssl_holds(&t, s, TRUE));
	g_assert_cmpstr(tls_sct_check(s, t.leaf, t.ca, TRUE, t.log,
	    AT_S * 1000), ==, tls_good);
	g_assert_cmpstr(tls_sct_check(s, t.leaf, t.leaf, TRUE, t.log,
	    AT_S * 1000), ==, tls_bad);
	g_assert_cmpstr(tls_sct_check(s, t.leaf, NULL, TRUE, t.log,
	    AT_S * 1000), ==, tls_no_issuer);
	SCT_LIST_free(list);
	issued_clear(&t);
}

static OCSP_BASICRESP *
answer_make(const struct issued *t, EVP_PKEY *key, X509 *signer, int64_t from,
    int64_t to)
{
	OCSP_BASICRESP *b = OCSP_BASICRESP_new();
	OCSP_CERTID *id = OCSP_cert_to_id(NULL, t->leaf, t->ca);
	ASN1_TIME *a = ASN1_TIME_set(NULL, (time_t)from);
	ASN1_TIME *z = ASN1_TIME_set(NULL, (time_t)to);

	g_assert_nonnull(OCSP_basic_add1_status(b, id, V_OCSP_CERTSTATUS_GOOD,
	    0, NULL, a, z));
	g_assert_cmpint(OCSP_basic_sign(b, signer, key, EVP_sha256(), NULL, 0),
	    ==, 1);
	OCSP_CERTID_free(id);
	ASN1_TIME_free(a);
	ASN1_TIME_free(z);
	return b;
}

static void
test_staple_signature(void)
{
	struct issued t;
	OCSP_BASICRESP *good, *others;

	issued_make(&t);
	good = answer_make(&t, t.ca_key, t.ca, AT_S - 100, AT_S + 100);
	g_assert_cmpstr(tls_staple_check(good, t.ca, AT_S), ==, tls_good);
	g_assert_cmpstr(tls_staple_check(good, NULL, AT_S), ==, tls_no_issuer);
	((ASN1_OCTET_STRING *)(uintptr_t)OCSP_resp_get0_signature(good))
	    ->data[20] ^= 1;
	g_assert_cmpstr(tls_staple_check(good, t.ca, AT_S), ==, tls_bad);
	/* Signed by the certificate itself, which is no authority's. */
	others = answer_make(&t, t.key, t.leaf, AT_S - 100, AT_S + 100);
	g_assert_cmpstr(tls_staple_check(others, t.ca, AT_S), ==, tls_bad);
	OCSP_BASICRESP_free(good);
	OCSP_BASICRESP_free(others);
	issued_clear(&t);
}

/* "good signature", ... of a staple beside a chain, as the reader says it. */
static char *
staple_said(const struct issued *t, gboolean with_ca, int64_t from, int64_t to)
{
	OCSP_BASICRESP *b = answer_make(t, t->ca_key, t->ca, from, to);
	OCSP_RESPONSE *r = OCSP_response_create(
	    OCSP_RESPONSE_STATUS_SUCCESSFUL, b);
	g_autoptr(GByteArray) chain = g_byte_array_new();
	g_autoptr(GString) out = g_string_new(NULL);
	unsigned char *der = NULL;
	X509 *certs[] = { t->leaf, t->ca };
	g_autofree char *meta = NULL;
	struct exchange *x;
	struct fact *f;
	char *said;
	int n;

	for (int i = 0; i < (with_ca ? 2 : 1); i++) {
		der = NULL;
		n = i2d_X509(certs[i], &der);
		g_byte_array_append(chain, der, (guint)n);
		OPENSSL_free(der);
	}
	der = NULL;
	n = i2d_OCSP_RESPONSE(r, &der);
	meta = g_base64_encode(der, (gsize)n);
	OPENSSL_free(der);
	x = chain_exchange(chain->data, chain->len);
	x->end = AT_S * G_USEC_PER_SEC;
	exchange_meta(x, "tls.ocsp", meta);
	g_assert_cmpint(tls_parse(x, out), ==, 0);
	f = chain_first(out, FACT_TLS_STAPLE);
	g_assert_nonnull(f);
	g_assert_true(json_is_true(fact_get(f, "of_leaf")));
	said = g_strdup(fact_str(f, "checked"));
	fact_free(f);
	exchange_free(x);
	OCSP_RESPONSE_free(r);
	OCSP_BASICRESP_free(b);
	return said;
}

static void
test_staple_of_chain(void)
{
	static const struct {
		gboolean	 with_ca;
		int64_t		 from, to;
		const char	*said;
	} rows[] = {
		{ TRUE, AT_S - 1000, AT_S + 1000, "good signature" },
		{ FALSE, AT_S - 1000, AT_S + 1000, "issuer not sent" },
		{ TRUE, AT_S - 9000, AT_S - 8000, "outside its time" },
		{ TRUE, AT_S + 8000, AT_S + 9000, "outside its time" },
	};
	struct issued t;

	issued_make(&t);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *said = staple_said(&t, rows[i].with_ca,
		    rows[i].from, rows[i].to);

		g_assert_cmpstr(said, ==, rows[i].said);
	}
	issued_clear(&t);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tls/logs", test_logs);
	g_test_add_func("/tls/sct-signature", test_sct_signature);
	g_test_add_func("/tls/sct-embedded", test_sct_embedded);
	g_test_add_func("/tls/staple-signature", test_staple_signature);
	g_test_add_func("/tls/staple-of-chain", test_staple_of_chain);
	return g_test_run();
}
