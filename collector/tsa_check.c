/*
 * Checking a time-stamp token (RFC 3161).  The steps and their numbers are
 * those of FORMAT.md, "Tokens"; a step that fails is the sentence returned.
 * Stricter than `openssl ts -verify`, which lets pass MD5 and SHA-1 imprints,
 * a genTime outside the certificate's life and bytes behind the response, and
 * which refuses a good token once the certificate has run out.
 */

#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "collector/tsa_check_priv.h"
#include "probes/text.h"

static char *
say(const char *sentence)
{
	return g_strdup(sentence);
}

/* --- 3 to 5: an answer, granted, holding a signed token -------------------- */

static char *
step_granted(struct check *c)
{
	const TS_STATUS_INFO *si = TS_RESP_get_status_info(c->resp);
	const ASN1_INTEGER *status = si == NULL ? NULL :
	    TS_STATUS_INFO_get0_status(si);
	long n = status == NULL ? -1 : ASN1_INTEGER_get(status);

	if (n != TS_STATUS_GRANTED && n != TS_STATUS_GRANTED_WITH_MODS)
		return g_strdup_printf("the authority refused (status %ld)", n);
	return NULL;
}

static char *
step_signed(struct check *c)
{
	c->token = TS_RESP_get_token(c->resp);
	c->info = TS_RESP_get_tst_info(c->resp);
	if (c->token == NULL || c->info == NULL ||
	    !PKCS7_type_is_signed(c->token) || c->token->d.sign == NULL)
		return say("no signed token in the answer");
	if (TS_TST_INFO_get_version(c->info) != 1)
		return say("a token of another version than 1");
	return NULL;
}

/* --- 6, 7: the imprint and the nonce --------------------------------------- */

static const EVP_MD *
strong_hash(const X509_ALGOR *alg)
{
	static const int nids[] = { NID_sha256, NID_sha384, NID_sha512 };
	const ASN1_OBJECT *object;
	int nid;

	X509_ALGOR_get0(&object, NULL, NULL, alg);
	nid = OBJ_obj2nid(object);
	for (unsigned i = 0; i < G_N_ELEMENTS(nids); i++)
		if (nid == nids[i])
			return EVP_get_digestbynid(nid);
	return NULL;
}

static gboolean
imprint_is_of(TS_MSG_IMPRINT *imprint, GBytes *data)
{
	const EVP_MD *md = strong_hash(TS_MSG_IMPRINT_get_algo(imprint));
	ASN1_OCTET_STRING *hash = TS_MSG_IMPRINT_get_msg(imprint);
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	gsize len;
	const void *bytes = g_bytes_get_data(data, &len);

	if (md == NULL || EVP_Digest(bytes, len, sum, &n, md, NULL) != 1)
		return FALSE;
	return ASN1_STRING_length(hash) == (int)n &&
	    CRYPTO_memcmp(ASN1_STRING_get0_data(hash), sum, n) == 0;
}

static char *
step_imprint(struct check *c)
{
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(c->info);

	if (imprint == NULL ||
	    strong_hash(TS_MSG_IMPRINT_get_algo(imprint)) == NULL)
		return say("its imprint is not SHA-256, SHA-384 or SHA-512");
	if (!imprint_is_of(imprint, c->data))
		return say("it is over other bytes");
	return NULL;
}

static char *
step_query(struct check *c)
{
	const ASN1_INTEGER *asked, *got = TS_TST_INFO_get_nonce(c->info);
	TS_MSG_IMPRINT *a, *b;

	if (c->req == NULL)
		return NULL;
	asked = TS_REQ_get_nonce(c->req);
	if (asked == NULL || got == NULL || ASN1_INTEGER_cmp(asked, got) != 0)
		return say("its nonce is not the one that was asked with");
	a = TS_REQ_get_msg_imprint(c->req);
	b = TS_TST_INFO_get_msg_imprint(c->info);
	if (X509_ALGOR_cmp(TS_MSG_IMPRINT_get_algo(a),
	    TS_MSG_IMPRINT_get_algo(b)) != 0 || !imprint_is_of(a, c->data))
		return say("the question was over other bytes");
	return NULL;
}

/* --- 8: the time ------------------------------------------------------------ */

/* "20261123T..." with a fraction as it was: RFC 3339 into out. */
static char *
step_time(struct check *c)
{
	const ASN1_GENERALIZEDTIME *t = TS_TST_INFO_get_time(c->info);
	const char *s = t == NULL ? "" :
	    (const char *)ASN1_STRING_get0_data(t);
	int len = t == NULL ? 0 : ASN1_STRING_length(t);
	char digits[16] = "";
	struct tm tm = { 0 };

	for (int i = 0; i < len; i++)
		if (!g_ascii_isdigit(s[i]) && !(i == 14 && s[i] == '.') &&
		    !(i == len - 1 && s[i] == 'Z'))
			return say("its time is not one");
	if (len < 15 || len > 25 || s[len - 1] != 'Z')
		return say("its time is not one");
	memcpy(digits, s, 14);
	digits[14] = 'Z';
	if (ASN1_TIME_set_string_X509(NULL, digits) != 1 &&
	    ASN1_GENERALIZEDTIME_set_string(NULL, digits) != 1)
		return say("its time is not one");
	if (strptime(digits, "%Y%m%d%H%M%SZ", &tm) == NULL)
		return say("its time is not one");
	c->at = timegm(&tm);
	if (c->out != NULL)
		g_snprintf(c->out->time, sizeof(c->out->time),
		    "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%.*sZ", s, s + 4, s + 6,
		    s + 8, s + 10, s + 12, MIN(len - 15, 10), s + 14);
	return NULL;
}

/* --- 9: one signer, a strong hash, the certificate named in what is signed -- */

static char *
step_signer_info(struct check *c)
{
	STACK_OF(PKCS7_SIGNER_INFO) *all = PKCS7_get_signer_info(c->token);
	PKCS7_SIGNER_INFO *si;

	if (all == NULL || sk_PKCS7_SIGNER_INFO_num(all) != 1)
		return say("it does not have one signer");
	si = sk_PKCS7_SIGNER_INFO_value(all, 0);
	if (strong_hash(si->digest_alg) == NULL)
		return say("it is signed over a weak hash");
	if (PKCS7_get_signed_attribute(si,
	    NID_id_smime_aa_signingCertificate) == NULL &&
	    PKCS7_get_signed_attribute(si,
	    NID_id_smime_aa_signingCertificateV2) == NULL)
		return say("what is signed does not name the certificate");
	return NULL;
}

/* --- 11: the signature ------------------------------------------------------ */

static char *
step_signature(struct check *c)
{
	TS_VERIFY_CTX *v = TS_VERIFY_CTX_new();
	X509_VERIFY_PARAM *param = X509_STORE_get0_param(c->store);
	TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(c->info);
	const ASN1_OCTET_STRING *hash = TS_MSG_IMPRINT_get_msg(imprint);
	int n = ASN1_STRING_length(hash), ok;

	/* Not the time set on a shared store: this store is this check's. */
	X509_VERIFY_PARAM_set_time(param, c->at);
	X509_VERIFY_PARAM_set_auth_level(param, 2);
	X509_STORE_up_ref(c->store);
	TS_VERIFY_CTX_set_store(v, c->store);
	TS_VERIFY_CTX_set_certs(v, sk_X509_deep_copy(c->chain, X509_dup,
	    X509_free));
	TS_VERIFY_CTX_set_imprint(v, OPENSSL_memdup(ASN1_STRING_get0_data(hash),
	    (size_t)n), n);
	TS_VERIFY_CTX_set_flags(v, TS_VFY_VERSION | TS_VFY_SIGNATURE |
	    TS_VFY_IMPRINT | TS_VFY_SIGNER);
	ok = TS_RESP_verify_response(v, c->resp);
	TS_VERIFY_CTX_free(v);
	ERR_clear_error();
	return ok == 1 ? NULL : say("its signature does not hold");
}

/* --- 12: a certificate for stamping time and nothing else ------------------- */

static char *
step_purpose(struct check *c)
{
	int critical = -1, base, good;
	EXTENDED_KEY_USAGE *use = X509_get_ext_d2i(c->signer, NID_ext_key_usage,
	    &critical, NULL);

	good = use != NULL && critical == 1 && sk_ASN1_OBJECT_num(use) == 1 &&
	    OBJ_obj2nid(sk_ASN1_OBJECT_value(use, 0)) == NID_time_stamp;
	EXTENDED_KEY_USAGE_free(use);
	if (!good)
		return say("its certificate is not for time stamps alone");
	if (X509_check_ca(c->signer) != 0)
		return say("its certificate is an authority's own");
	base = EVP_PKEY_get_base_id(X509_get0_pubkey(c->signer));
	if (base != EVP_PKEY_RSA && base != EVP_PKEY_EC &&
	    base != EVP_PKEY_RSA_PSS)
		return say("its key is neither RSA nor elliptic curve");
	return NULL;
}

/* --- what a good token says ------------------------------------------------- */

static char *
integer_hex(const ASN1_INTEGER *i)
{
	BIGNUM *n = i == NULL ? NULL : ASN1_INTEGER_to_BN(i, NULL);
	char *hex = n == NULL ? NULL : BN_bn2hex(n);
	char *out = g_ascii_strdown(hex == NULL ? "" : hex, -1);

	OPENSSL_free(hex);
	BN_free(n);
	return out;
}

static char *
accuracy_words(const TS_TST_INFO *info)
{
	TS_ACCURACY *a = TS_TST_INFO_get_accuracy((TS_TST_INFO *)(uintptr_t)info);
	const ASN1_INTEGER *s = a == NULL ? NULL : TS_ACCURACY_get_seconds(a);
	const ASN1_INTEGER *ms = a == NULL ? NULL : TS_ACCURACY_get_millis(a);
	const ASN1_INTEGER *us = a == NULL ? NULL : TS_ACCURACY_get_micros(a);

	if (a == NULL)
		return g_strdup("");
	return g_strdup_printf("%ld.%03ld%03ld s",
	    s == NULL ? 0L : ASN1_INTEGER_get(s),
	    ms == NULL ? 0L : ASN1_INTEGER_get(ms),
	    us == NULL ? 0L : ASN1_INTEGER_get(us));
}

static char *
chain_text(STACK_OF(X509) *chain)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *data = NULL, *out;
	long n;

	for (int i = 0; i < sk_X509_num(chain); i++)
		PEM_write_bio_X509(bio, sk_X509_value(chain, i));
	n = BIO_get_mem_data(bio, &data);
	out = g_strndup(data, (gsize)MAX(n, 0));
	BIO_free(bio);
	return out;
}

static void
replace(char **field, char *value)
{
	g_free(*field);
	*field = value;
}

static void
describe(const struct check *c)
{
	struct tsa_answer *out = c->out;
	X509 *top = sk_X509_value(c->chain, sk_X509_num(c->chain) - 1);
	unsigned char sum[32];
	unsigned int n = 0;
	char oid[80] = "", hex[65];

	OBJ_obj2txt(oid, sizeof(oid), TS_TST_INFO_get_policy_id(c->info), 1);
	replace(&out->policy, g_strdup(oid));
	replace(&out->serial, integer_hex(TS_TST_INFO_get_serial(c->info)));
	replace(&out->accuracy, accuracy_words(c->info));
	replace(&out->chain_pem, chain_text(c->chain));
	if (c->trust != TRUST_INSIDE &&
	    X509_digest(top, EVP_sha256(), sum, &n) == 1) {
		text_hex(hex, sum, sizeof(sum));
		replace(&out->root_sha256, g_strdup(hex));
	}
}

/* --- the whole -------------------------------------------------------------- */

static step_fn *const steps[] = {
	step_granted, step_signed, step_imprint, step_query, step_time,
	step_signer_info, tsa_step_chain, step_signature, step_purpose,
};

/* 1, 2: of a sane size, one DER object, nothing behind it. */
static char *
decode(struct check *c, GBytes *query, GBytes *reply)
{
	gsize len;
	const unsigned char *bytes = g_bytes_get_data(reply, &len), *p = bytes;

	if (len == 0 || len > TOKEN_MAX)
		return say("the answer is empty or too large");
	c->resp = d2i_TS_RESP(NULL, &p, (long)len);
	if (c->resp == NULL)
		return say("the answer is not one of a time-stamp authority");
	if (p != bytes + len)
		return say("bytes stand behind the answer");
	if (query == NULL)
		return NULL;
	bytes = p = g_bytes_get_data(query, &len);
	c->req = len == 0 || len > TOKEN_MAX ? NULL :
	    d2i_TS_REQ(NULL, &p, (long)len);
	if (c->req == NULL || p != bytes + len)
		return say("the question kept with it is not one");
	return NULL;
}

char *
token_check(GBytes *data, GBytes *query, GBytes *reply, const char *chain_pem,
    enum trust trust, const char *roots_pem, struct tsa_answer *out)
{
	struct check c = { .data = data, .trust = trust, .roots_pem = roots_pem,
	    .out = out };
	char *problem = decode(&c, query, reply);

	c.extra = tsa_read_pem(chain_pem);
	for (unsigned i = 0; i < G_N_ELEMENTS(steps) && problem == NULL; i++)
		problem = steps[i](&c);
	if (problem == NULL && out != NULL)
		describe(&c);
	else if (out != NULL)
		out->time[0] = '\0';
	ERR_clear_error();
	sk_X509_pop_free(c.chain, X509_free);
	sk_X509_pop_free(c.extra, X509_free);
	X509_free(c.signer);
	X509_STORE_free(c.store);
	TS_RESP_free(c.resp);
	TS_REQ_free(c.req);
	return problem;
}

char *
tsa_check(GBytes *data, GBytes *query, GBytes *reply, const char *chain_pem,
    const char *roots_pem, gboolean *trusted, struct tsa_answer *out)
{
	enum trust trust = roots_pem == NULL ? TRUST_INSIDE : TRUST_GIVEN;

	if (trusted != NULL)
		*trusted = trust == TRUST_GIVEN;
	return token_check(data, query, reply, chain_pem, trust, roots_pem, out);
}
