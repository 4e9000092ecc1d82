/*
 * Reads a kept handshake: the certificates as presented, DER after DER, leaf
 * first, and what the connection and the validator said (see trust.h).
 *
 * Every certificate must be DER and nothing may follow the last one.  No
 * object of OpenSSL outlives certificate().
 */

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "probes/limits.h"
#include "probes/reader.h"
#include "probes/text.h"

#define NAMES		200	/* subject alternative names read */
#define NAME_BYTES	2048	/* of a distinguished name, as text */
#define FIELD_BYTES	512	/* of one attribute of it */
#define SERIAL_BYTES	64

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
alt_names(const X509 *cert)
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
	GENERAL_NAMES_free(all);
	return list;
}

/* "" where it is not a time of RFC 5280 4.1.2.5. */
static json_t *
time_text(const ASN1_TIME *t)
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

static json_t *
certificate(X509 *cert, const unsigned char *der, size_t len, int depth)
{
	const X509_NAME *subject = X509_get_subject_name(cert);
	json_t *v = json_object();
	char sha[65];

	text_sha256(sha, der, len);
	json_object_set_new(v, "depth", json_integer(depth));
	json_object_set_new(v, "sha256", json_string(sha));
	json_object_set_new(v, "spki", key_sha256(cert));
	json_object_set_new(v, "subject", name_text(subject));
	json_object_set_new(v, "issuer", name_text(X509_get_issuer_name(cert)));
	json_object_set_new(v, "org",
	    name_field(subject, NID_organizationName));
	json_object_set_new(v, "country", name_field(subject, NID_countryName));
	json_object_set_new(v, "names", alt_names(cert));
	json_object_set_new(v, "not_before",
	    time_text(X509_get0_notBefore(cert)));
	json_object_set_new(v, "not_after",
	    time_text(X509_get0_notAfter(cert)));
	json_object_set_new(v, "serial", serial_text(cert));
	return v;
}

/* d2i_X509() takes some BER; what does not come out again is not DER. */
static X509 *
der_read(const unsigned char **p, const unsigned char *end)
{
	const unsigned char *start = *p;
	unsigned char *again = NULL;
	X509 *cert = d2i_X509(NULL, p, (long)(end - start));
	int n;

	if (cert == NULL)
		return NULL;
	n = i2d_X509(cert, &again);
	if (n < 0 || n != *p - start || memcmp(again, start, (size_t)n) != 0) {
		X509_free(cert);
		cert = NULL;
	}
	OPENSSL_free(again);
	return cert;
}

static int
chain(GBytes *bytes, const char *subject, GString *out)
{
	gsize len;
	const unsigned char *p = g_bytes_get_data(bytes, &len);
	const unsigned char *end = p + len, *start;
	int depth, most = (int)limit_info(LIMIT_TLS_CHAIN)->value;

	for (depth = 0; p < end && depth < most; depth++) {
		X509 *cert;

		start = p;
		cert = der_read(&p, end);
		if (cert == NULL)
			return -1;
		fact_emit(out, FACT_TLS_CERT, subject, certificate(cert, start,
		    (size_t)(p - start), depth));
		X509_free(cert);
	}
	return p == end ? 0 : -1;
}

static void
handshake(const struct exchange *x, const char *subject, GString *out)
{
	static const char *const fields[][2] = {
		{ "version", "tls.version" },
		{ "cipher", "tls.cipher" },
		{ "alpn", "tls.alpn" },
	};
	json_t *v = json_object();
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(fields); i++) {
		const char *s = exchange_meta_get(x, fields[i][1]);

		s = s != NULL ? s : "";
		json_object_set_new(v, fields[i][0], text_json(s, strlen(s)));
	}
	fact_emit(out, FACT_TLS_HANDSHAKE, subject, v);
}

static void
trust(const struct exchange *x, const char *subject, GString *out)
{
	const char *why = exchange_meta_get(x, "trust.result");
	const char *bundle = exchange_meta_get(x, "trust.bundle");
	const char *at = exchange_meta_get(x, "trust.at");
	json_t *v;

	if (why == NULL)
		return;
	v = json_object();
	json_object_set_new(v, "ok", json_boolean(strcmp(why, "ok") == 0));
	json_object_set_new(v, "why", text_json(why, strlen(why)));
	json_object_set_new(v, "bundle", json_string(bundle ? bundle : ""));
	json_object_set_new(v, "at", json_string(at ? at : ""));
	fact_emit(out, FACT_TLS_TRUST, subject, v);
}

int
tls_parse(const struct exchange *x, GString *out)
{
	g_autofree char *subject = g_strdup_printf("%s@%s", x->q->name,
	    x->q->server);
	gsize before = out->len;
	int rc;

	if (x->received.bytes == NULL ||
	    g_bytes_get_size(x->received.bytes) == 0)
		return -1;
	handshake(x, subject, out);
	rc = chain(x->received.bytes, subject, out);
	if (rc == 0)
		trust(x, subject, out);
	else
		g_string_truncate(out, before);
	ERR_clear_error();
	return rc;
}
