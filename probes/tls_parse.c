/*
 * Reads a kept handshake: the certificates as presented, DER after DER, leaf
 * first, and what the connection and the validator said (see trust.h).
 *
 * Every certificate must be DER and nothing may follow the last one.  No
 * object of OpenSSL outlives chain().
 *
 * A handshake that was tried with one version only (options min, max) is read
 * for whether that version is spoken, and for nothing else.
 */

#include <openssl/err.h>
#include <string.h>

#include "probes/limits.h"
#include "probes/text.h"
#include "probes/tls.h"

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

struct sent {				/* a certificate, and its bytes */
	const unsigned char	*der;
	size_t			 len;
};

static void
cert_free(void *cert)
{
	X509_free(cert);
}

/* All of them, or -1. */
static int
chain_read(const struct exchange *x, GPtrArray *certs, GArray *bytes)
{
	gsize len;
	const unsigned char *p = g_bytes_get_data(x->received.bytes, &len);
	const unsigned char *end = p + len;
	guint most = (guint)limit_info(LIMIT_TLS_CHAIN)->value;

	while (p < end && certs->len < most) {
		struct sent s = { p, 0 };
		X509 *cert = der_read(&p, end);

		if (cert == NULL)
			return -1;
		s.len = (size_t)(p - s.der);
		g_ptr_array_add(certs, cert);
		g_array_append_val(bytes, s);
	}
	return p == end && certs->len > 0 ? 0 : -1;
}

static int
chain(const struct exchange *x, const char *subject, GString *out)
{
	g_autoptr(GPtrArray) certs = g_ptr_array_new_with_free_func(cert_free);
	g_autoptr(GArray) bytes = g_array_new(FALSE, FALSE,
	    sizeof(struct sent));

	if (chain_read(x, certs, bytes) != 0)
		return -1;
	for (guint i = 0; i < certs->len; i++) {
		const struct sent *s = &g_array_index(bytes, struct sent, i);

		fact_emit(out, FACT_TLS_CERT, subject, tls_certificate(
		    certs->pdata[i], s->der, s->len, (int)i));
		if (i == 0)
			tls_stamps(x, subject, certs, out);
	}
	return 0;
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
	json_object_set_new(v, "stapled", json_boolean(exchange_meta_get(x,
	    "tls.ocsp") != NULL));
	fact_emit(out, FACT_TLS_HANDSHAKE, subject, v);
}

/* The validator's words for all that is wrong: see trust.h. */
static json_t *
faults(const struct exchange *x)
{
	const char *s = exchange_meta_get(x, "trust.faults");
	g_auto(GStrv) words = g_strsplit(s != NULL ? s : "", ",", 16);
	json_t *list = json_array();

	for (char **w = words; *w != NULL; w++)
		if (**w != '\0')
			json_array_append_new(list, text_json(*w,
			    strlen(*w)));
	return list;
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
	json_object_set_new(v, "faults", faults(x));
	json_object_set_new(v, "bundle", json_string(bundle ? bundle : ""));
	json_object_set_new(v, "at", json_string(at ? at : ""));
	fact_emit(out, FACT_TLS_TRUST, subject, v);
}

/*
 * Whether one version is spoken.  A far side that ends the handshake, by an
 * alert or by closing, does not, and has answered the question (tls_ask.c);
 * silence and refused connections say nothing.
 */
static void
offer(const struct exchange *x, const char *subject, const char *version,
    GString *out)
{
	g_autofree char *name = g_strconcat("TLSv", version, NULL);
	gboolean spoken = exchange_meta_get(x, "tls.version") != NULL;

	if (x->status != X_ANSWERED)
		return;
	fact_emit(out, FACT_TLS_OFFER, subject, json_pack("{s:s, s:b, s:o}",
	    "version", name, "offered", spoken, "why", text_json(x->detail,
	    strlen(x->detail))));
}

int
tls_parse(const struct exchange *x, GString *out)
{
	g_autofree char *subject = g_strdup_printf("%s@%s", x->q->name,
	    x->q->server);
	g_autofree char *only = question_option(x->q, "max");
	gsize before = out->len;
	int rc;

	if (only != NULL) {
		offer(x, subject, only, out);
		return 0;
	}

	if (x->received.bytes == NULL ||
	    g_bytes_get_size(x->received.bytes) == 0)
		return -1;
	handshake(x, subject, out);
	rc = chain(x, subject, out);
	if (rc == 0)
		trust(x, subject, out);
	else
		g_string_truncate(out, before);
	ERR_clear_error();
	return rc;
}
