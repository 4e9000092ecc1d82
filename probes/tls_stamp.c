/*
 * What stands beside a certificate: timestamps of logs (RFC 6962, in the leaf
 * and in the TLS extension) and the stapled OCSP answer (RFC 6960).
 *
 * Neither is verified: keys of logs are not known to this program, and the
 * answer's signature is the authority's.  The facts say what was said.
 */

#include <openssl/ct.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "embed.h"
#include "probes/text.h"
#include "probes/tls.h"

#define SCTS	20	/* of one place */
#define SINGLES	8	/* answers of one staple */

/* --- timestamps ---------------------------------------------------------------- */

/* The log's name, "" where this program does not know it. */
static char *
log_name(const char *id)
{
	const char *at = strstr(embed_probes_data_ct_logs_tsv, id);

	if (at == NULL || at[strlen(id)] != '\t')
		return g_strdup("");
	at += strlen(id) + 1;
	return g_strndup(at, strcspn(at, "\n"));
}

static void
sct_fact(const char *subject, const SCT *s, const char *from, GString *out)
{
	unsigned char *id = NULL;
	size_t n = SCT_get0_log_id(s, &id);
	uint64_t ms = SCT_get_timestamp(s);
	g_autofree char *text = g_base64_encode(id, n);
	g_autofree char *name = NULL;
	char at[32] = "";

	if (n == 0)
		return;
	name = log_name(text);
	if (ms < UINT64_C(253402300800000))
		text_time(at, (int64_t)ms * 1000);
	fact_emit(out, FACT_TLS_SCT, subject, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s}", "log", text, "name", name, "at", at,
	    "from", from, "checked", "not checked: the log's key is not known "
	    "to this program"));
}

static void
sct_facts(const char *subject, STACK_OF(SCT) *all, const char *from,
    GString *out)
{
	for (int i = 0; i < sk_SCT_num(all) && i < SCTS; i++)
		sct_fact(subject, sk_SCT_value(all, i), from, out);
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

static void
single_fact(const char *subject, OCSP_SINGLERESP *one, const X509 *leaf,
    json_t *produced, GString *out)
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
	    X509_get0_serialNumber(leaf)) == 0));
	fact_emit(out, FACT_TLS_STAPLE, subject, v);
}

/* An answer that is none of the certificate: "try later", or not OCSP. */
static void
staple_none(const char *subject, const char *status, GString *out)
{
	fact_emit(out, FACT_TLS_STAPLE, subject, json_pack("{s:s, s:s}",
	    "status", status, "serial", ""));
}

static void
staple(const char *subject, const unsigned char *p, size_t n,
    const X509 *leaf, GString *out)
{
	OCSP_RESPONSE *r = d2i_OCSP_RESPONSE(NULL, &p, (long)n);
	OCSP_BASICRESP *b = NULL;
	json_t *produced;

	if (r == NULL) {
		staple_none(subject, "not readable", out);
		return;
	}
	if (OCSP_response_status(r) != OCSP_RESPONSE_STATUS_SUCCESSFUL ||
	    (b = OCSP_response_get1_basic(r)) == NULL) {
		staple_none(subject, OCSP_response_status(r) == 0 ?
		    "not readable" : OCSP_response_status_str(
		    OCSP_response_status(r)), out);
		OCSP_RESPONSE_free(r);
		return;
	}
	produced = time_or_none(OCSP_resp_get0_produced_at(b));
	for (int i = 0; i < OCSP_resp_count(b) && i < SINGLES; i++)
		single_fact(subject, OCSP_resp_get0(b, i), leaf, produced, out);
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
tls_stamps(const struct exchange *x, const char *subject, X509 *leaf,
    GString *out)
{
	STACK_OF(SCT) *inside = X509_get_ext_d2i(leaf, NID_ct_precert_scts,
	    NULL, NULL);
	STACK_OF(SCT) *beside = NULL;
	gsize n = 0;
	g_autofree guchar *scts = meta_bytes(x, "tls.scts", &n), *ocsp = NULL;
	const unsigned char *p = scts;

	sct_facts(subject, inside, "certificate", out);
	SCT_LIST_free(inside);
	if (scts != NULL && n > 0 &&
	    (beside = o2i_SCT_LIST(NULL, &p, n)) != NULL)
		sct_facts(subject, beside, "handshake", out);
	SCT_LIST_free(beside);
	ocsp = meta_bytes(x, "tls.ocsp", &n);
	if (ocsp != NULL && n > 0)
		staple(subject, ocsp, n, leaf, out);
}
