/*
 * The reader of certificates, over chains made here: an ordinary one, one that
 * is all hostile text, and each of their prefixes.
 */

#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "probes/reader.h"
#include "probes/text.h"
#include "probes/tls.h"
#include "tests/unit/tlskit.h"

struct made {
	GByteArray	*der;
	size_t		 lens[20];
	int		 count;
};

static void
san_add(X509 *c, int type, const void *bytes, int len)
{
	GENERAL_NAMES *all = X509_get_ext_d2i(c, NID_subject_alt_name, NULL,
	    NULL);
	GENERAL_NAME *g = GENERAL_NAME_new();
	ASN1_STRING *s = ASN1_STRING_type_new(type == GEN_DNS ?
	    V_ASN1_IA5STRING : V_ASN1_OCTET_STRING);

	if (all == NULL)
		all = sk_GENERAL_NAME_new_null();
	ASN1_STRING_set(s, bytes, len);
	GENERAL_NAME_set0_value(g, type, s);
	sk_GENERAL_NAME_push(all, g);
	g_assert_cmpint(X509_add1_ext_i2d(c, NID_subject_alt_name, all, 0,
	    X509V3_ADD_REPLACE), ==, 1);
	GENERAL_NAMES_free(all);
}

static void
cert_add(struct made *m, X509 *c, EVP_PKEY *k)
{
	unsigned char *der = NULL;
	int n;

	X509_set_pubkey(c, k);
	g_assert_cmpint(X509_sign(c, k, EVP_sha256()), >, 0);
	n = i2d_X509(c, &der);
	g_assert_cmpint(n, >, 0);
	if (m->der == NULL)
		m->der = g_byte_array_new();
	g_byte_array_append(m->der, der, (guint)n);
	m->lens[m->count++] = (size_t)n;
	OPENSSL_free(der);
	X509_free(c);
}

static struct fact *
line_at(const GString *out, int wanted)
{
	g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);

	g_assert_cmpuint(g_strv_length(lines), >, (guint)wanted);
	return fact_from_line(lines[wanted], strlen(lines[wanted]));
}

static void
test_chain(void)
{
	struct made m = { 0 };
	EVP_PKEY *k = made_key();
	X509 *c = made_cert("popcorn-time.ch", "LiteServer B.V.", -1);
	GString *out = g_string_new(NULL);
	struct exchange *x;
	struct fact *f;
	char sha[65];

	san_add(c, GEN_DNS, "*.Popcorn-Time.ch", 17);
	san_add(c, GEN_IPADD, "\xc6\x29\x00\x04", 4);
	cert_add(&m, c, k);
	cert_add(&m, made_cert("Z\xc3\xbcrich, \"CA\"", "x", -1), k);
	x = chain_exchange(m.der->data, m.der->len);
	exchange_meta(x, "tls.version", "TLSv1.3");
	exchange_meta(x, "tls.cipher", "TLS_AES_256_GCM_SHA384");
	exchange_meta(x, "trust.result", "hostname mismatch");
	exchange_meta(x, "trust.bundle", "abc");
	exchange_meta(x, "trust.at", "2026-11-23T00:00:00Z");
	g_assert_cmpint(tls_parse(x, out), ==, 0);

	f = line_at(out, 0);
	g_assert_cmpint(f->kind, ==, FACT_TLS_HANDSHAKE);
	g_assert_cmpstr(f->subject, ==, "popcorn-time.ch@198.41.0.4");
	g_assert_cmpstr(fact_str(f, "version"), ==, "TLSv1.3");
	g_assert_cmpstr(fact_str(f, "alpn"), ==, "");
	fact_free(f);
	f = line_at(out, 1);
	text_sha256(sha, m.der->data, m.lens[0]);
	g_assert_cmpint(f->kind, ==, FACT_TLS_CERT);
	g_assert_cmpint(fact_int(f, "depth", -1), ==, 0);
	g_assert_cmpstr(fact_str(f, "sha256"), ==, sha);
	g_assert_cmpuint(strlen(fact_str(f, "spki")), ==, 64);
	g_assert_cmpstr(fact_str(f, "subject"), ==,
	    "CN=popcorn-time.ch,O=LiteServer B.V.,C=NL");
	g_assert_cmpstr(fact_str(f, "org"), ==, "LiteServer B.V.");
	g_assert_cmpstr(fact_str(f, "country"), ==, "NL");
	g_assert_cmpstr(fact_str(f, "not_before"), ==, "2026-01-02T03:04:05Z");
	g_assert_cmpstr(fact_str(f, "not_after"), ==, "2099-01-02T03:04:05Z");
	g_assert_cmpstr(fact_str(f, "serial"), ==, "0badcafe");
	g_assert_cmpuint(json_array_size(fact_get(f, "names")), ==, 2);
	g_assert_cmpstr(json_string_value(json_array_get(fact_get(f, "names"),
	    0)), ==, "*.popcorn-time.ch");
	g_assert_cmpstr(json_string_value(json_array_get(fact_get(f, "names"),
	    1)), ==, "198.41.0.4");
	fact_free(f);
	f = line_at(out, 2);
	g_assert_cmpint(fact_int(f, "depth", -1), ==, 1);
	g_assert_cmpstr(fact_str(f, "subject"), ==,
	    "CN=Z\xc3\xbcrich\\, \\\"CA\\\",O=x,C=NL");
	fact_free(f);
	f = line_at(out, 3);
	g_assert_cmpint(f->kind, ==, FACT_TLS_TRUST);
	g_assert_true(json_is_false(fact_get(f, "ok")));
	g_assert_cmpstr(fact_str(f, "why"), ==, "hostname mismatch");
	fact_free(f);
	exchange_free(x);
	EVP_PKEY_free(k);
	g_byte_array_unref(m.der);
	g_string_free(out, TRUE);
}

/* NULs and terminal sequences in every place for text. */
static void
test_hostile(void)
{
	static const char evil[] = "a\0b.example\x1b[31m";
	struct made m = { 0 };
	EVP_PKEY *k = made_key();
	X509 *c = made_cert("x\x1b]0;y\x07\r\n{\"kind\":1}", evil,
	    sizeof(evil) - 1);
	GString *out = g_string_new(NULL);
	struct exchange *x;
	struct fact *f;
	char name[32];
	int i;

	san_add(c, GEN_DNS, "good.example\0.evil.example", 26);
	san_add(c, GEN_DNS, "\xff\xfe", 2);
	san_add(c, GEN_IPADD, "\x01\x02\x03", 3);
	for (i = 0; i < 300; i++) {
		g_snprintf(name, sizeof(name), "n%d.example", i);
		san_add(c, GEN_DNS, name, (int)strlen(name));
	}
	cert_add(&m, c, k);
	x = chain_exchange(m.der->data, m.der->len);
	g_assert_cmpint(tls_parse(x, out), ==, 0);
	g_assert_null(memchr(out->str, 0x1b, out->len));
	f = line_at(out, 1);
	g_assert_nonnull(f);
	g_assert_true(json_is_object(fact_get(f, "org")));
	g_assert_cmpuint(json_array_size(fact_get(f, "names")), ==, 200);
	for (i = 0; i < 2; i++)
		g_assert_true(json_is_object(json_array_get(
		    fact_get(f, "names"), (size_t)i)));
	fact_free(f);
	exchange_free(x);
	EVP_PKEY_free(k);
	g_byte_array_unref(m.der);
	g_string_free(out, TRUE);
}

static int
parse_bytes(const void *bytes, size_t len, gsize *written)
{
	GString *out = g_string_new("kept");
	struct exchange *x = chain_exchange(bytes, len);
	int rc = tls_parse(x, out);

	g_assert_true(g_str_has_prefix(out->str, "kept"));
	*written = out->len - 4;
	exchange_free(x);
	g_string_free(out, TRUE);
	return rc;
}

/* A prefix is read only where it ends with a certificate. */
static void
test_prefixes(void)
{
	struct made m = { 0 };
	EVP_PKEY *k = made_key();
	gsize written;
	size_t n;

	cert_add(&m, made_cert("a", "o", 1), k);
	cert_add(&m, made_cert("b", "o", 1), k);
	for (n = 0; n <= m.der->len; n++) {
		int whole = n == m.lens[0] || n == m.der->len;

		g_assert_cmpint(parse_bytes(m.der->data, n, &written), ==,
		    whole ? 0 : -1);
		g_assert_cmpint(written > 0, ==, whole);
	}
	g_byte_array_append(m.der, (const guint8 *)"\0", 1);
	g_assert_cmpint(parse_bytes(m.der->data, m.der->len, &written), ==, -1);
	g_byte_array_set_size(m.der, m.der->len - 1);
	while (m.count < 17)
		cert_add(&m, made_cert("c", "o", 1), k);
	g_assert_cmpint(parse_bytes(m.der->data, m.der->len, &written), ==, -1);
	g_assert_cmpint(parse_bytes(m.der->data, m.der->len - m.lens[16],
	    &written), ==, 0);
	EVP_PKEY_free(k);
	g_byte_array_unref(m.der);
}

/* Every byte changed, one at a time: read or refused, never a half. */
static void
test_changed(void)
{
	struct made m = { 0 };
	EVP_PKEY *k = made_key();
	gsize written;
	size_t n;

	cert_add(&m, made_cert("a", "o", 1), k);
	for (n = 0; n < m.der->len; n++) {
		m.der->data[n] ^= (guint8)(1u << n % 8);
		if (parse_bytes(m.der->data, m.der->len, &written) != 0)
			g_assert_cmpuint(written, ==, 0);
		m.der->data[n] ^= (guint8)(1u << n % 8);
	}
	/* The length of the outer sequence, in more bytes than DER allows. */
	g_assert_cmphex(m.der->data[1], ==, 0x82);
	m.der->data[1] = 0x83;
	g_byte_array_append(m.der, (const guint8 *)"", 1);
	memmove(m.der->data + 3, m.der->data + 2, m.der->len - 3);
	m.der->data[2] = 0;
	g_assert_cmpint(parse_bytes(m.der->data, m.der->len, &written), ==, -1);
	EVP_PKEY_free(k);
	g_byte_array_unref(m.der);
}

/* A list with one timestamp of RFC 6962: version, log, time, no extensions, a
 * signature that nobody checks. */
static GByteArray *
sct_list(void)
{
	static const guint8 body[] = { 0, 0, 0x01, 0x9b, 0x76, 0xda, 0xa8, 0x00,
	    0, 0, 4, 3, 0, 4, 1, 2, 3, 4 };
	static const guint8 head[] = { 0, 51, 0, 49, 0 };
	GByteArray *a = g_byte_array_new();
	guint8 id[32];

	memset(id, 0xab, sizeof(id));
	g_byte_array_append(a, head, sizeof(head));
	g_byte_array_append(a, id, sizeof(id));
	g_byte_array_append(a, body, sizeof(body));
	a->data[1] = (guint8)(a->len - 2);
	a->data[3] = (guint8)(a->len - 4);
	return a;
}

static char *
base64_meta(const void *p, size_t n)
{
	return g_base64_encode(p, n);
}

/* A chain of one certificate, with what else the handshake brought. */
static GString *
parse_with(X509 *c, const char *key, const char *value, const char *options)
{
	struct made m = { 0 };
	EVP_PKEY *k = made_key();
	GString *out = g_string_new(NULL);
	struct exchange *x;

	cert_add(&m, c, k);
	x = chain_exchange(m.der->data, m.der->len);
	if (options != NULL)
		question_with(x->q, options);
	if (key != NULL)
		exchange_meta(x, key, value);
	g_assert_cmpint(tls_parse(x, out), ==, 0);
	exchange_free(x);
	EVP_PKEY_free(k);
	g_byte_array_unref(m.der);
	return out;
}

static void
test_scts(void)
{
	g_autoptr(GByteArray) list = sct_list();
	g_autofree char *text = base64_meta(list->data, list->len);
	GString *out = parse_with(made_cert("a.ch", "x", -1), "tls.scts", text,
	    NULL);
	struct fact *f = chain_first(out, FACT_TLS_SCT);

	g_assert_nonnull(f);
	g_assert_cmpstr(fact_str(f, "from"), ==, "handshake");
	g_assert_cmpstr(fact_str(f, "log"), ==,
	    "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=");
	g_assert_cmpstr(fact_str(f, "name"), ==, "");
	g_assert_cmpstr(fact_str(f, "checked"), ==, "log not known");
	fact_free(f);
	g_string_free(out, TRUE);
	/* Cut anywhere, or with any byte changed, it is no crash. */
	for (guint i = 0; i < list->len; i++) {
		g_autofree char *cut = base64_meta(list->data, i);
		g_autofree char *bent = NULL;

		list->data[i] ^= 0xff;
		bent = base64_meta(list->data, list->len);
		list->data[i] ^= 0xff;
		g_string_free(parse_with(made_cert("a.ch", "x", -1),
		    "tls.scts", cut, NULL), TRUE);
		g_string_free(parse_with(made_cert("a.ch", "x", -1),
		    "tls.scts", bent, NULL), TRUE);
	}
}

static void
test_staple(void)
{
	static const struct {
		const char	*bytes;
		size_t		 len;
		const char	*status;
	} rows[] = {
		{ "\x30\x03\x0a\x01\x03", 5, "trylater" },
		{ "\x30\x03\x0a\x01\x00", 5, "not readable" },
		{ "\x30\x84\xff\xff\xff\xff", 6, "not readable" },
		{ "HTTP/1.1 200 OK", 15, "not readable" },
		{ "\x30\x03\x0a\x01\x7f", 5, "(UNKNOWN)" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = base64_meta(rows[i].bytes,
		    rows[i].len);
		GString *out = parse_with(made_cert("a.ch", "x", -1),
		    "tls.ocsp", text, NULL);
		struct fact *f = chain_first(out, FACT_TLS_STAPLE);

		g_assert_nonnull(f);
		g_assert_cmpstr(fact_str(f, "status"), ==, rows[i].status);
		fact_free(f);
		f = chain_first(out, FACT_TLS_HANDSHAKE);
		g_assert_true(json_is_true(fact_get(f, "stapled")));
		fact_free(f);
		g_string_free(out, TRUE);
	}
}

/* One version by itself: no chain is read again, and no is a fact too. */
static void
test_offer(void)
{
	GString *out = parse_with(made_cert("a.ch", "x", -1), "tls.version",
	    "TLSv1.1", "max=1.1 min=1.1");
	struct exchange *x;

	g_assert_cmpstr(out->str, ==, "{\"kind\":\"tls.offer\",\"subject\":"
	    "\"popcorn-time.ch@198.41.0.4\",\"value\":{\"version\":"
	    "\"TLSv1.1\",\"offered\":true,\"why\":\"\"}}\n");
	g_string_truncate(out, 0);
	x = chain_exchange("", 0);
	question_with(x->q, "max=1.0 min=1.0");
	g_strlcpy(x->detail, "alert 70 protocol version", sizeof(x->detail));
	g_assert_cmpint(tls_parse(x, out), ==, 0);
	g_assert_nonnull(strstr(out->str, "\"offered\":false,\"why\":"
	    "\"alert 70 protocol version\""));
	g_string_truncate(out, 0);
	x->status = X_TIMEOUT;
	g_assert_cmpint(tls_parse(x, out), ==, 0);
	g_assert_cmpstr(out->str, ==, "");
	exchange_free(x);
	g_string_free(out, TRUE);
}

static void
extension_add(X509 *c, int nid, const char *value)
{
	X509_EXTENSION *e;
	X509V3_CTX ctx;

	X509V3_set_ctx(&ctx, c, c, NULL, NULL, 0);
	X509V3_set_ctx_nodb(&ctx);
	e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	g_assert_nonnull(e);
	g_assert_cmpint(X509_add_ext(c, e, -1), ==, 1);
	X509_EXTENSION_free(e);
}

static void
policies_add(X509 *c, const char *const *oids)
{
	CERTIFICATEPOLICIES *all = sk_POLICYINFO_new_null();

	for (; *oids != NULL; oids++) {
		POLICYINFO *p = POLICYINFO_new();

		p->policyid = OBJ_txt2obj(*oids, 1);
		sk_POLICYINFO_push(all, p);
	}
	g_assert_cmpint(X509_add1_ext_i2d(c, NID_certificate_policies, all, 0,
	    X509V3_ADD_DEFAULT), ==, 1);
	CERTIFICATEPOLICIES_free(all);
}

static void
test_fields(void)
{
	static const char *const names[] = { "a.one.ch", "b.one.ch", "two.ch",
	    "three.ch", "four.ch", "five.ch" };
	static const char *const oids[] = { "1.3.6.1.4.1.99999.1",
	    "2.23.140.1.2.2", NULL };
	X509 *c = made_cert("a.one.ch", "LiteServer B.V.", -1);
	GString *out;
	struct fact *f;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		san_add(c, GEN_DNS, names[i], (int)strlen(names[i]));
	policies_add(c, oids);
	extension_add(c, NID_info_access, "OCSP;URI:http://ocsp.ca.example/,"
	    "caIssuers;URI:http://ca.example/i.crt");
	extension_add(c, NID_crl_distribution_points,
	    "URI:http://ca.example/l.crl");
	out = parse_with(c, NULL, NULL, NULL);
	f = chain_first(out, FACT_TLS_CERT);
	g_assert_cmpstr(fact_str(f, "validation"), ==, "organisation");
	g_assert_cmpstr(fact_str(f, "key"), ==, "EC 256 prime256v1");
	g_assert_cmpstr(fact_str(f, "signature"), ==, "ecdsa-with-SHA256");
	g_assert_cmpint(fact_int(f, "endings", 0), ==, 5);
	g_assert_true(json_is_true(fact_get(f, "shared")));
	g_assert_true(json_is_true(fact_get(f, "self_signed")));
	g_assert_nonnull(strstr(out->str, "\"ocsp_urls\":["
	    "\"http://ocsp.ca.example/\"],\"crl_urls\":["
	    "\"http://ca.example/l.crl\"]"));
	g_assert_nonnull(strstr(out->str, "\"issuer_urls\":["
	    "\"http://ca.example/i.crt\"]"));
	fact_free(f);
	g_string_free(out, TRUE);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tls/chain", test_chain);
	g_test_add_func("/tls/hostile", test_hostile);
	g_test_add_func("/tls/prefixes", test_prefixes);
	g_test_add_func("/tls/changed", test_changed);
	g_test_add_func("/tls/timestamps of logs", test_scts);
	g_test_add_func("/tls/staple", test_staple);
	g_test_add_func("/tls/one version", test_offer);
	g_test_add_func("/tls/fields", test_fields);
	return g_test_run();
}
