#include "collector/show.h"

#include <jansson.h>
#include <ldns/ldns.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#include "probes/http_message.h"
#include "probes/text.h"

#define LINES_MAX	2000u
#define LINE_MAX_BYTES	4000u
#define CERTS_MAX	16
#define JSON_MAX	(2u << 20)

/* ---- lines */

static size_t
text_line(const char *text, size_t len, GString *out)
{
	const char *lf = memchr(text, '\n', len);
	size_t n = lf != NULL ? (size_t)(lf - text) : len;
	size_t shown = n > 0 && text[n - 1] == '\r' ? n - 1 : n;

	g_autofree char *line = g_memdup2(text, MIN(shown, LINE_MAX_BYTES));

	g_string_append(out, "  ");
	for (size_t i = 0; i < MIN(shown, LINE_MAX_BYTES); i++)
		if (line[i] == '\t')
			line[i] = ' ';
	text_term(out, line, (gssize)MIN(shown, LINE_MAX_BYTES));
	if (shown > LINE_MAX_BYTES)
		g_string_append_printf(out, "... (%zu bytes more in this line)",
		    shown - LINE_MAX_BYTES);
	g_string_append_c(out, '\n');
	return lf != NULL ? n + 1 : n;
}

static void
text_lines(const char *text, size_t len, GString *out)
{
	size_t at = 0;

	for (unsigned i = 0; at < len && i < LINES_MAX; i++)
		at += text_line(text + at, len - at, out);
	if (at < len)
		g_string_append_printf(out, "  ... (%zu bytes more: --raw)\n",
		    len - at);
}

/* ---- one a kind */

typedef void decode_fn(const char *bytes, size_t len, GString *out);

/* libldns prints when it asked, and it did not: those lines go. */
static void
drop_times(char *text)
{
	static const char *const begins[] = { ";; Query time:", ";; WHEN:" };

	for (size_t i = 0; i < G_N_ELEMENTS(begins); i++) {
		char *at = strstr(text, begins[i]);
		char *lf = at != NULL ? strchr(at, '\n') : NULL;

		if (lf != NULL && (at == text || at[-1] == '\n'))
			memmove(at, lf + 1, strlen(lf + 1) + 1);
	}
}

static void
decode_dns(const char *bytes, size_t len, GString *out)
{
	ldns_pkt *pkt = NULL;
	char *text;

	if (ldns_wire2pkt(&pkt, (const uint8_t *)bytes, len) !=
	    LDNS_STATUS_OK) {
		g_string_append(out, "  (not a DNS message that libldns "
		    "reads: --raw)\n");
		return;
	}
	text = ldns_pkt2str(pkt);
	if (text != NULL)
		drop_times(text);
	if (text != NULL)
		text_lines(text, strlen(text), out);
	free(text);
	ldns_pkt_free(pkt);
}

static void
decode_text(const char *bytes, size_t len, GString *out)
{
	text_lines(bytes, len, out);
}

static void
decode_json(const char *bytes, size_t len, GString *out)
{
	json_t *o = len <= JSON_MAX ? json_loadb(bytes, len, 0, NULL) : NULL;
	char *text = o != NULL ? json_dumps(o, JSON_INDENT(2)) : NULL;

	if (text != NULL)
		text_lines(text, strlen(text), out);
	else
		text_lines(bytes, len, out);
	free(text);
	json_decref(o);
}

/* Heads end with the first blank line; a request has nothing behind it. */
static size_t
head_length(const char *bytes, size_t len)
{
	const char *crlf = g_strstr_len(bytes, (gssize)len, "\r\n\r\n");
	const char *lf = g_strstr_len(bytes, (gssize)len, "\n\n");
	size_t a = crlf != NULL ? (size_t)(crlf - bytes) + 2 : len;
	size_t b = lf != NULL ? (size_t)(lf - bytes) + 1 : len;

	return MIN(a, b);
}

static void
decode_http(const char *bytes, size_t len, GString *out)
{
	struct http_message m = { .status = 0 };

	if (http_message_parse(bytes, len, &m) != 0) {
		text_lines(bytes, head_length(bytes, len), out);
		return;
	}
	text_lines(bytes, m.start, out);
	g_string_append_printf(out, "  (body: %zu bytes%s%s: --raw)\n",
	    g_bytes_get_size(m.body), m.chunked ? ", came in chunks" : "",
	    m.truncated ? ", cut short" : "");
	http_message_clear(&m);
}

static void
decode_rdap(const char *bytes, size_t len, GString *out)
{
	struct http_message m = { .status = 0 };
	g_autoptr(GBytes) body = NULL;
	gsize n;
	const char *text;

	if (http_message_parse(bytes, len, &m) != 0) {
		text_lines(bytes, head_length(bytes, len), out);
		return;
	}
	text_lines(bytes, m.start, out);
	body = http_message_content(&m, JSON_MAX, NULL);
	if (body != NULL) {
		text = g_bytes_get_data(body, &n);
		if (n > 0)
			decode_json(text, n, out);
	}
	http_message_clear(&m);
}

static void
name_line(GString *out, const char *label, const X509_NAME *name)
{
	BIO *b = BIO_new(BIO_s_mem());
	char *text = NULL;
	long n;

	g_string_append_printf(out, "  %-11s", label);
	X509_NAME_print_ex(b, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
	n = BIO_get_mem_data(b, &text);
	if (n > 0)
		text_term(out, text, (gssize)MIN(n, (long)LINE_MAX_BYTES));
	g_string_append_c(out, '\n');
	BIO_free(b);
}

static void
time_line(GString *out, const char *label, const ASN1_TIME *t)
{
	struct tm tm;

	if (ASN1_TIME_to_tm(t, &tm) != 1)
		g_string_append_printf(out, "  %-11s(not a time)\n", label);
	else
		g_string_append_printf(out, "  %-11s%04d-%02d-%02dT%02d:%02d:"
		    "%02dZ\n", label, tm.tm_year + 1900, tm.tm_mon + 1,
		    tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void
certificate(GString *out, int i, X509 *x, const unsigned char *der, size_t len)
{
	char hash[65];

	text_sha256(hash, der, len);
	g_string_append_printf(out, "  certificate %d, sha256 %s\n", i, hash);
	name_line(out, "subject", X509_get_subject_name(x));
	name_line(out, "issuer", X509_get_issuer_name(x));
	time_line(out, "not before", X509_get0_notBefore(x));
	time_line(out, "not after", X509_get0_notAfter(x));
}

static void
decode_tls(const char *bytes, size_t len, GString *out)
{
	const unsigned char *p = (const unsigned char *)bytes;
	const unsigned char *end = p + len;

	for (int i = 0; p < end && i < CERTS_MAX; i++) {
		const unsigned char *begin = p;
		X509 *x = d2i_X509(NULL, &p, (long)(end - p));

		if (x == NULL) {
			g_string_append_printf(out, "  (%zu bytes that are no "
			    "certificate: --raw)\n", (size_t)(end - begin));
			return;
		}
		certificate(out, i, x, begin, (size_t)(p - begin));
		X509_free(x);
	}
	if (p < end)
		g_string_append_printf(out, "  ... (%zu bytes more: --raw)\n",
		    (size_t)(end - p));
}

static decode_fn *const sent_by[PROBE_KINDS] = {
	[PROBE_LOCAL] = decode_text, [PROBE_DNS] = decode_dns,
	[PROBE_RDAP] = decode_http, [PROBE_WHOIS] = decode_text,
	[PROBE_TLS] = decode_text, [PROBE_HTTP] = decode_http,
	[PROBE_GEO] = decode_text, [PROBE_REACH] = decode_text,
};

static decode_fn *const received_by[PROBE_KINDS] = {
	[PROBE_LOCAL] = decode_json, [PROBE_DNS] = decode_dns,
	[PROBE_RDAP] = decode_rdap, [PROBE_WHOIS] = decode_text,
	[PROBE_TLS] = decode_tls, [PROBE_HTTP] = decode_http,
	[PROBE_GEO] = decode_json, [PROBE_REACH] = decode_json,
};

void
show_decoded(const struct exchange *x, char which, GString *out)
{
	GBytes *b = which == 's' ? x->sent.bytes : x->received.bytes;
	gsize len = 0;
	const char *bytes = b != NULL ? g_bytes_get_data(b, &len) : NULL;

	if (len > 0)
		(which == 's' ? sent_by : received_by)[x->q->kind](bytes, len,
		    out);
}
