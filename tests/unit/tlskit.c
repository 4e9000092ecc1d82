#include "tests/unit/tlskit.h"

#include <string.h>

EVP_PKEY *
made_key(void)
{
	EVP_PKEY *k = EVP_EC_gen("P-256");

	g_assert_nonnull(k);
	return k;
}

X509 *
made_cert(const char *cn, const char *org, int org_len)
{
	X509 *c = X509_new();
	X509_NAME *n = X509_get_subject_name(c);

	X509_set_version(c, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(c), 0x0badcafe);
	ASN1_TIME_set_string(X509_getm_notBefore(c), "20260102030405Z");
	ASN1_TIME_set_string(X509_getm_notAfter(c), "20990102030405Z");
	X509_NAME_add_entry_by_txt(n, "C", MBSTRING_ASC,
	    (const unsigned char *)"NL", -1, -1, 0);
	X509_NAME_add_entry_by_NID(n, NID_organizationName, V_ASN1_UTF8STRING,
	    (unsigned char *)(uintptr_t)org, org_len, -1, 0);
	X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_UTF8,
	    (const unsigned char *)cn, -1, -1, 0);
	X509_set_issuer_name(c, n);
	return c;
}

struct exchange *
chain_exchange(const void *bytes, size_t len)
{
	struct question *q = question_new(PROBE_TLS, "popcorn-time.ch", "chain",
	    "popcorn-time.ch", "198.41.0.4", 443, "");
	struct exchange *x = exchange_new(q);

	x->status = X_ANSWERED;
	x->received.bytes = g_bytes_new(bytes, len);
	question_unref(q);
	return x;
}

struct fact *
chain_first(const GString *out, enum fact_kind kind)
{
	g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);

	for (char **l = lines; *l != NULL && **l != '\0'; l++) {
		struct fact *f = fact_from_line(*l, strlen(*l));

		g_assert_nonnull(f);
		if (f->kind == kind)
			return f;
		fact_free(f);
	}
	return NULL;
}
