/* The fields of one certificate (RFC 5280). */

#include <arpa/inet.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "probes/text.h"
#include "probes/tls.h"

#define NAMES		200	/* subject alternative names read */
#define NAME_BYTES	2048	/* of a distinguished name, as text */
#define FIELD_BYTES	512	/* of one attribute of it */
#define SERIAL_BYTES	64
#define URLS		8	/* of one kind, of a certificate */
#define POLICIES	8

/* At most max bytes, and no half of a UTF-8 character at the end. */
static json_t *
bounded(const char *s, size_t len, size_t max)
{
	if (len > max) {
		len = max;
		while (len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80)
			len--;
	}
	return text_json(s, len);
}

/* RFC 2253 order, UTF-8, control characters as \XX. */
static json_t *
name_text(const X509_NAME *name)
{
	unsigned long flags = (XN_FLAG_RFC2253 & ~(unsigned long)
	    ASN1_STRFLGS_ESC_MSB) | ASN1_STRFLGS_UTF8_CONVERT |
	    ASN1_STRFLGS_ESC_CTRL;
	BIO *b = BIO_new(BIO_s_mem());
	char *text = NULL;
	json_t *out;
	long n;

	if (b == NULL)
		g_error("tls: no memory");
	X509_NAME_print_ex(b, name, 0, flags);
	n = BIO_get_mem_data(b, &text);
	out = bounded(n > 0 ? text : "", n > 0 ? (size_t)n : 0, NAME_BYTES);
	BIO_free(b);
	return out;
}

static json_t *
name_field(const X509_NAME *name, int nid)
{
	int at = X509_NAME_get_index_by_NID(name, nid, -1), n;
	const ASN1_STRING *s;
	unsigned char *utf8 = NULL;
	json_t *out;

	if (at < 0)
		return json_string("");
	s = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
	n = ASN1_STRING_to_UTF8(&utf8, s);
	if (n < 0)
		return bounded((const char *)ASN1_STRING_get0_data(s),
		    (size_t)ASN1_STRING_length(s), FIELD_BYTES);
	out = bounded((const char *)utf8, (size_t)n, FIELD_BYTES);
	OPENSSL_free(utf8);
	return out;
}

/* RFC 5280 4.2.1.6: a dNSName is IA5, an iPAddress 4 or 16 bytes. */
static json_t *
alt_name(const GENERAL_NAME *g)
{
	char addr[INET6_ADDRSTRLEN];
	const ASN1_STRING *s = g->type == GEN_DNS ? g->d.dNSName :
	    g->d.iPAddress;
	const unsigned char *p = ASN1_STRING_get0_data(s);
	size_t n = (size_t)ASN1_STRING_length(s);
	g_autofree char *low = NULL;

	if (g->type == GEN_IPADD && (n == 4 || n == 16)) {
		inet_ntop(n == 4 ? AF_INET : AF_INET6, p, addr, sizeof(addr));
		return json_string(addr);
	}
	if (n > FIELD_BYTES || memchr(p, '\0', n) != NULL)
		return bounded((const char *)p, n, FIELD_BYTES);
	low = g_ascii_strdown((const char *)p, (gssize)n);
	return text_json(low, n);
}

static json_t *
alt_names(const X509 *cert, int *count)
{
	json_t *list = json_array();
	GENERAL_NAMES *all = X509_get_ext_d2i(cert, NID_subject_alt_name,
	    NULL, NULL);
	int i;

	for (i = 0; i < sk_GENERAL_NAME_num(all); i++) {
		const GENERAL_NAME *g = sk_GENERAL_NAME_value(all, i);

		if (json_array_size(list) < NAMES &&
		    (g->type == GEN_DNS || g->type == GEN_IPADD))
			json_array_append_new(list, alt_name(g));
	}
	*count = MAX(sk_GENERAL_NAME_num(all), 0);
	GENERAL_NAMES_free(all);
	return list;
}

/* "" where it is not a time of RFC 5280 4.1.2.5. */
json_t *
tls_time(const ASN1_TIME *t)
{
	char buf[64];
	struct tm tm;

	if (ASN1_TIME_to_tm(t, &tm) != 1)
		return json_string("");
	g_snprintf(buf, sizeof(buf), "%04d-%02d-%02dT%02d:%02d:%02dZ",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
	    tm.tm_min, tm.tm_sec);
	return json_string(buf);
}

static json_t *
serial_text(const X509 *cert)
{
	const ASN1_INTEGER *s = X509_get0_serialNumber(cert);
	char hex[2 * SERIAL_BYTES + 1], out[2 * SERIAL_BYTES + 2];
	size_t n = MIN((size_t)ASN1_STRING_length(s), SERIAL_BYTES);

	text_hex(hex, ASN1_STRING_get0_data(s), n);
	g_snprintf(out, sizeof(out), "%s%s",
	    ASN1_STRING_type(s) == V_ASN1_NEG_INTEGER ? "-" : "", hex);
	return json_string(out);
}

static json_t *
key_sha256(const X509 *cert)
{
	unsigned char *der = NULL;
	int n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &der);
	char sha[65] = "";

	if (n > 0)
		text_sha256(sha, der, (size_t)n);
	OPENSSL_free(der);
	return json_string(sha);
}

json_t *
tls_hex(const unsigned char *p, size_t n)
{
	char hex[2 * SERIAL_BYTES + 1];

	text_hex(hex, p, MIN(n, SERIAL_BYTES));
	return json_string(hex);
}

/* "RSA 2048", "EC 256 prime256v1", "ED25519". */
static json_t *
key_text(const X509 *cert)
{
	EVP_PKEY *k = X509_get0_pubkey(cert);
	char curve[64] = "", text[128];
	size_t n = 0;
	const char *type;

	if (k == NULL)
		return json_string("");
	type = EVP_PKEY_get0_type_name(k);
	if (EVP_PKEY_get_base_id(k) == EVP_PKEY_EC)
		EVP_PKEY_get_group_name(k, curve, sizeof(curve), &n);
	g_snprintf(text, sizeof(text), "%s %d%s%s", type != NULL ? type : "?",
	    EVP_PKEY_get_bits(k), *curve != '\0' ? " " : "", curve);
	return json_string(text);
}

static json_t *
signature_text(const X509 *cert)
{
	const char *s = OBJ_nid2ln(X509_get_signature_nid(cert));

	return json_string(s != NULL ? s : "");
}

static void
url_add(json_t *list, const GENERAL_NAME *g)
{
	if (g->type == GEN_URI && json_array_size(list) < URLS)
		json_array_append_new(list, bounded((const char *)
		    ASN1_STRING_get0_data(g->d.uniformResourceIdentifier),
		    (size_t)ASN1_STRING_length(
		    g->d.uniformResourceIdentifier), FIELD_BYTES));
}

/* RFC 5280 4.2.2.1: where the issuer, and the state of this one, is found. */
static json_t *
access_urls(const X509 *cert, int method)
{
	json_t *list = json_array();
	AUTHORITY_INFO_ACCESS *all = X509_get_ext_d2i(cert, NID_info_access,
	    NULL, NULL);

	for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(all); i++) {
		const ACCESS_DESCRIPTION *a = sk_ACCESS_DESCRIPTION_value(all,
		    i);

		if (OBJ_obj2nid(a->method) == method)
			url_add(list, a->location);
	}
	AUTHORITY_INFO_ACCESS_free(all);
	return list;
}

static json_t *
crl_urls(const X509 *cert)
{
	json_t *list = json_array();
	CRL_DIST_POINTS *all = X509_get_ext_d2i(cert,
	    NID_crl_distribution_points, NULL, NULL);

	for (int i = 0; i < sk_DIST_POINT_num(all); i++) {
		const DIST_POINT *p = sk_DIST_POINT_value(all, i);

		for (int k = 0; p->distpoint != NULL && p->distpoint->type ==
		    0 && k < sk_GENERAL_NAME_num(p->distpoint->name.fullname);
		    k++)
			url_add(list, sk_GENERAL_NAME_value(
			    p->distpoint->name.fullname, k));
	}
	CRL_DIST_POINTS_free(all);
	return list;
}

static json_t *
policy_oids(const X509 *cert)
{
	json_t *list = json_array();
	CERTIFICATEPOLICIES *all = X509_get_ext_d2i(cert,
	    NID_certificate_policies, NULL, NULL);
	char text[80];

	for (int i = 0; i < sk_POLICYINFO_num(all) && i < POLICIES; i++) {
		OBJ_obj2txt(text, sizeof(text),
		    sk_POLICYINFO_value(all, i)->policyid, 1);
		json_array_append_new(list, json_string(text));
	}
	CERTIFICATEPOLICIES_free(all);
	return list;
}

/* How the applicant was looked into, by the CA/Browser Forum's policies. */
static const struct {
	const char	*oid, *says;
} validations[] = {
	{ "2.23.140.1.1",	"extended" },
	{ "2.23.140.1.2.1",	"domain" },
	{ "2.23.140.1.2.2",	"organisation" },
	{ "2.23.140.1.2.3",	"individual" },
};

static const char *
validation(const json_t *oids)
{
	const json_t *o;
	size_t i;

	json_array_foreach(oids, i, o)
		for (size_t k = 0; k < G_N_ELEMENTS(validations); k++)
			if (strcmp(json_string_value(o),
			    validations[k].oid) == 0)
				return validations[k].says;
	return "";
}

/* How many different endings (last two labels) the names have: many of them
 * on one certificate is the mark of a shared one. */
static int
names_apart(const json_t *names)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	const json_t *n;
	size_t i;

	json_array_foreach(names, i, n) {
		const char *s = json_string_value(n), *dot;

		if (s == NULL || g_hostname_is_ip_address(s))
			continue;
		dot = strrchr(s, '.');
		while (dot != NULL && dot > s && dot[-1] != '.')
			dot--;
		g_hash_table_add(seen, (void *)(uintptr_t)(dot != NULL ? dot :
		    s));
	}
	return (int)g_hash_table_size(seen);
}

#define SHARED	5	/* endings from which it is called shared */

/* The parts of the subject that have a field of their own. */
static const struct {
	const char	*field;
	int		 nid;
} subject_fields[] = {
	{ "org",	NID_organizationName },
	{ "country",	NID_countryName },
	{ "unit",	NID_organizationalUnitName },
	{ "locality",	NID_localityName },
	{ "state",	NID_stateOrProvinceName },
	{ "registered",	NID_serialNumber },
};

static void
add_issued(json_t *v, const X509 *cert)
{
	json_t *oids = policy_oids(cert);

	json_object_set_new(v, "validation", json_string(validation(oids)));
	json_object_set_new(v, "policies", oids);
	json_object_set_new(v, "key", key_text(cert));
	json_object_set_new(v, "signature", signature_text(cert));
	json_object_set_new(v, "issuer_urls", access_urls(cert,
	    NID_ad_ca_issuers));
	json_object_set_new(v, "ocsp_urls", access_urls(cert, NID_ad_OCSP));
	json_object_set_new(v, "crl_urls", crl_urls(cert));
	json_object_set_new(v, "self_signed", json_boolean(X509_NAME_cmp(
	    X509_get_subject_name(cert), X509_get_issuer_name(cert)) == 0));
}

json_t *
tls_certificate(X509 *cert, const unsigned char *der, size_t len, int depth)
{
	const X509_NAME *subject = X509_get_subject_name(cert);
	json_t *v = json_object();
	int all = 0, apart;
	char sha[65];

	text_sha256(sha, der, len);
	json_object_set_new(v, "depth", json_integer(depth));
	json_object_set_new(v, "sha256", json_string(sha));
	json_object_set_new(v, "spki", key_sha256(cert));
	json_object_set_new(v, "subject", name_text(subject));
	json_object_set_new(v, "issuer", name_text(X509_get_issuer_name(cert)));
	for (size_t i = 0; i < G_N_ELEMENTS(subject_fields); i++)
		json_object_set_new(v, subject_fields[i].field,
		    name_field(subject, subject_fields[i].nid));
	json_object_set_new(v, "names", alt_names(cert, &all));
	json_object_set_new(v, "names_all", json_integer(all));
	apart = names_apart(json_object_get(v, "names"));
	json_object_set_new(v, "endings", json_integer(apart));
	json_object_set_new(v, "shared", json_boolean(apart >= SHARED));
	json_object_set_new(v, "not_before",
	    tls_time(X509_get0_notBefore(cert)));
	json_object_set_new(v, "not_after",
	    tls_time(X509_get0_notAfter(cert)));
	json_object_set_new(v, "serial", serial_text(cert));
	add_issued(v, cert);
	return v;
}
