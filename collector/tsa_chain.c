/*
 * Step 10 of checking a time-stamp token: the chain from the signer's
 * certificate, as it held at the token's own time.
 */

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "collector/tsa_check_priv.h"

#define CERTS_MAX	20	/* of a token or a chain file */

STACK_OF(X509) *
tsa_read_pem(const char *pem)
{
	STACK_OF(X509) *out = sk_X509_new_null();
	BIO *bio = BIO_new_mem_buf(pem == NULL ? "" : pem, -1);
	X509 *x;

	while ((x = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL)
		sk_X509_push(out, x);
	ERR_clear_error();
	BIO_free(bio);
	return out;
}

static gboolean
self_issued(X509 *x)
{
	return X509_NAME_cmp(X509_get_subject_name(x),
	    X509_get_issuer_name(x)) == 0;
}

/*
 * Roots for the question "does it hold together": the self-issued certificates
 * that came along, else the issuers, else the signer itself.
 */
static void
trust_inside(struct check *c)
{
	STACK_OF(X509) *lists[] = { c->token->d.sign->cert, c->extra };
	int added = 0;

	for (int pass = 0; pass < 3 && added == 0; pass++)
		for (unsigned l = 0; l < G_N_ELEMENTS(lists); l++)
			for (int i = 0; i < sk_X509_num(lists[l]); i++) {
				X509 *x = sk_X509_value(lists[l], i);

				if (pass == 2 || (X509_check_ca(x) > 0 &&
				    (pass == 1 || self_issued(x))))
					added += X509_STORE_add_cert(c->store, x);
			}
	X509_STORE_set_flags(c->store, X509_V_FLAG_PARTIAL_CHAIN);
}

static void
trust_pem(struct check *c)
{
	STACK_OF(X509) *roots = tsa_read_pem(c->roots_pem);

	for (int i = 0; i < sk_X509_num(roots); i++)
		X509_STORE_add_cert(c->store, sk_X509_value(roots, i));
	sk_X509_pop_free(roots, X509_free);
}

static void
make_store(struct check *c, gboolean bundle)
{
	X509_STORE_free(c->store);
	c->store = X509_STORE_new();
	if (c->trust == TRUST_INSIDE)
		trust_inside(c);
	else
		trust_pem(c);
	if (c->trust != TRUST_SYSTEM)
		return;
	/* The folder of hashes reads what is needed (1 ms); the bundle, all of
	 * it (20 ms), so it is the second try. */
	if (bundle)
		X509_STORE_set_default_paths(c->store);
	else
		X509_LOOKUP_add_dir(X509_STORE_add_lookup(c->store,
		    X509_LOOKUP_hash_dir()), NULL, X509_FILETYPE_DEFAULT);
	ERR_clear_error();
}

static STACK_OF(X509) *
all_certs(const struct check *c)
{
	STACK_OF(X509) *out = sk_X509_dup(c->extra);
	STACK_OF(X509) *own = c->token->d.sign->cert;

	for (int i = 0; i < sk_X509_num(own); i++)
		sk_X509_push(out, sk_X509_value(own, i));
	return out;
}

static int
build_chain(struct check *c, STACK_OF(X509) *certs, int *why)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	X509_VERIFY_PARAM *param;
	int ok;

	X509_STORE_CTX_init(ctx, c->store, c->signer, certs);
	param = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_TIMESTAMP_SIGN);
	X509_VERIFY_PARAM_set_time(param, c->at);
	X509_VERIFY_PARAM_set_auth_level(param, 2);
	X509_VERIFY_PARAM_set_depth(param, 10);
	ok = X509_verify_cert(ctx);
	*why = X509_STORE_CTX_get_error(ctx);
	if (ok == 1)
		c->chain = X509_STORE_CTX_get1_chain(ctx);
	X509_STORE_CTX_free(ctx);
	return ok;
}

char *
tsa_step_chain(struct check *c)
{
	STACK_OF(PKCS7_SIGNER_INFO) *all = PKCS7_get_signer_info(c->token);
	PKCS7_SIGNER_INFO *si = sk_PKCS7_SIGNER_INFO_value(all, 0);
	STACK_OF(X509) *certs = all_certs(c);
	int why = 0, ok = 0;

	if (sk_X509_num(certs) > CERTS_MAX) {
		sk_X509_free(certs);
		return g_strdup("it carries too many certificates");
	}
	for (int i = 0; i < sk_X509_num(certs) && c->signer == NULL; i++) {
		X509 *x = sk_X509_value(certs, i);

		if (X509_NAME_cmp(X509_get_issuer_name(x),
		    si->issuer_and_serial->issuer) == 0 &&
		    ASN1_INTEGER_cmp(X509_get0_serialNumber(x),
		    si->issuer_and_serial->serial) == 0) {
			X509_up_ref(x);
			c->signer = x;
		}
	}
	for (int bundle = 0; c->signer != NULL && ok != 1 && bundle < 2; bundle++) {
		if (bundle > 0 && c->trust != TRUST_SYSTEM)
			break;
		make_store(c, bundle);
		ok = build_chain(c, certs, &why);
	}
	sk_X509_free(certs);
	if (c->signer == NULL)
		return g_strdup("the signer's certificate is not there");
	return ok == 1 ? NULL : g_strdup_printf("its certificate does not hold "
	    "at its time: %s", X509_verify_cert_error_string(why));
}
