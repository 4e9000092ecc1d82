/*
 * What stands beside a certificate: timestamps of logs (RFC 6962, in the leaf
 * and in the TLS extension) and the stapled OCSP answer (RFC 6960).
 *
 * Both are verified against what the program carries and the server sent
 * (tls_check.c), at the time of the handshake; the facts say what was said, and
 * what of its signature.
 */

#include <openssl/ct.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "probes/text.h"
#include "probes/tls.h"

#define SCTS	20	/* of one place */
#define SINGLES	8	/* answers of one staple */

/* --- timestamps ---------------------------------------------------------------- */

struct stamped {
	const struct exchange	*x;
	const char		*subject;
	X509			*leaf, *issuer;
	GString			*out;
};

static void
sct_fact(const struct stamped *t, const SCT *s, gboolean embedded)
{
	unsigned char *id = NULL;
	size_t n = SCT_get0_log_id(s, &id);
	uint64_t ms = SCT_get_timestamp(s);
	g_autofree char *text = g_base64_encode(id, n);
	g_autofree char *name = NULL;
	EVP_PKEY *log;
	char at[32] = "";

	if (n == 0)
		return;
	log = tls_log(text, &name);
	if (ms < UINT64_C(253402300800000))
		text_time(at, (int64_t)ms * 1000);
	fact_emit(t->out, FACT_TLS_SCT, t->subject, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s}", "log", text, "name", name != NULL ?
	    name : "", "at", at, "from", embedded ? "certificate" :
	    "handshake", "checked", tls_sct_check(s, t->leaf, t->issuer,
	    embedded, log, t->x->end / 1000)));
	EVP_PKEY_free(log);
}

static void
sct_facts(const struct stamped *t, STACK_OF(SCT) *all, gboolean embedded)
{
	for (int i = 0; i < sk_SCT_num(all) && i < SCTS; i++)
		sct_fact(t, sk_SCT_value(all, i), embedded);
}

/* --- the staple ---------------------------------------------------------------- */

static const char *
single_status(int status)
{
	switch (status) {
	case V_OCSP_CERTSTATUS_GOOD:
		return "good";
	case V_OCSP_CERTSTATUS_REVOKED:
		return "revoked";
	default:
		return "unknown";
	}
}

static json_t *
time_or_none(const ASN1_GENERALIZEDTIME *t)
{
	return t != NULL ? tls_time(t) : json_string("");
}

/* signature: of the answer that holds it. */
static void
single_fact(const struct stamped *t, OCSP_SINGLERESP *one, json_t *produced,
    const char *signature)
{
	ASN1_GENERALIZEDTIME *revoked = NULL, *from = NULL, *to = NULL;
	ASN1_INTEGER *serial = NULL;
	int reason = -1, status;
	json_t *v = json_object();

	status = OCSP_single_get0_status(one, &reason, &revoked, &from, &to);
	OCSP_id_get0_info(NULL, NULL, NULL, &serial,
	    (OCSP_CERTID *)(uintptr_t)OCSP_SINGLERESP_get0_id(one));
	json_object_set_new(v, "status", json_string(single_status(status)));
	json_object_set(v, "produced", produced);
	json_object_set_new(v, "this_update", time_or_none(from));
	json_object_set_new(v, "next_update", time_or_none(to));
	json_object_set_new(v, "revoked_at", time_or_none(revoked));
	json_object_set_new(v, "reason", json_string(reason >= 0 ?
	    OCSP_crl_reason_str(reason) : ""));
	json_object_set_new(v, "serial", tls_hex(ASN1_STRING_get0_data(serial),
	    (size_t)ASN1_STRING_length(serial)));
	json_object_set_new(v, "of_leaf", json_boolean(ASN1_INTEGER_cmp(serial,
	    X509_get0_serialNumber(t->leaf)) == 0));
	json_object_set_new(v, "checked", json_string(signature == tls_good &&
	    !tls_in_time(from, to, t->x->end / G_USEC_PER_SEC) ? tls_late :
	    signature));
	fact_emit(t->out, FACT_TLS_STAPLE, t->subject, v);
}

/* An answer that is none of the certificate: "try later", or not OCSP. */
static void
staple_none(const char *subject, const char *status, GString *out)
{
	fact_emit(out, FACT_TLS_STAPLE, subject, json_pack("{s:s, s:s}",
	    "status", status, "serial", ""));
}

static void
staple(const struct stamped *t, const unsigned char *p, size_t n)
{
	OCSP_RESPONSE *r = d2i_OCSP_RESPONSE(NULL, &p, (long)n);
	OCSP_BASICRESP *b = NULL;
	const char *signature;
	json_t *produced;

	if (r == NULL) {
		staple_none(t->subject, "not readable", t->out);
		return;
	}
	if (OCSP_response_status(r) != OCSP_RESPONSE_STATUS_SUCCESSFUL ||
	    (b = OCSP_response_get1_basic(r)) == NULL) {
		staple_none(t->subject, OCSP_response_status(r) == 0 ?
		    "not readable" : OCSP_response_status_str(
		    OCSP_response_status(r)), t->out);
		OCSP_RESPONSE_free(r);
		return;
	}
	produced = time_or_none(OCSP_resp_get0_produced_at(b));
	signature = tls_staple_check(b, t->issuer, t->x->end / G_USEC_PER_SEC);
	for (int i = 0; i < OCSP_resp_count(b) && i < SINGLES; i++)
		single_fact(t, OCSP_resp_get0(b, i), produced, signature);
	json_decref(produced);
	OCSP_BASICRESP_free(b);
	OCSP_RESPONSE_free(r);
}

/* --- both ------------------------------------------------------------------------ */

static guchar *
meta_bytes(const struct exchange *x, const char *key, gsize *n)
{
	const char *s = exchange_meta_get(x, key);

	return s != NULL ? g_base64_decode(s, n) : NULL;
}

void
tls_stamps(const struct exchange *x, const char *subject,
    const GPtrArray *chain, GString *out)
{
	const struct stamped t = {
		x, subject, g_ptr_array_index(chain, 0), tls_issuer(chain), out,
	};
	STACK_OF(SCT) *inside = X509_get_ext_d2i(t.leaf, NID_ct_precert_scts,
	    NULL, NULL);
	STACK_OF(SCT) *beside = NULL;
	gsize n = 0;
	g_autofree guchar *scts = meta_bytes(x, "tls.scts", &n), *ocsp = NULL;
	const unsigned char *p = scts;

	sct_facts(&t, inside, TRUE);
	SCT_LIST_free(inside);
	if (scts != NULL && n > 0 &&
	    (beside = o2i_SCT_LIST(NULL, &p, n)) != NULL)
		sct_facts(&t, beside, FALSE);
	SCT_LIST_free(beside);
	ocsp = meta_bytes(x, "tls.ocsp", &n);
	if (ocsp != NULL && n > 0)
		staple(&t, ocsp, n);
}
