/*
 * A handshake with one address for one name, and no more: the chain is taken
 * when the handshake is done, and the connection is closed before anything is
 * asked on it.  HTTP/2 and HTTP/1.1 are offered, and TLS 1.0 to 1.3, unless the
 * question's options say otherwise:
 *
 *	max=1.1 min=1.1		this version only
 *	sni=none		no name is sent (the name is the address then)
 *
 * OCSP (RFC 6066, 8) and signed certificate timestamps (RFC 6962, 3.3.1) are
 * asked for; what comes is kept as meta, in base64: tls.ocsp, tls.scts.  The
 * alert with which the far side ended it is tls.alert, "70 protocol version".
 *
 * Old versions are offered at OpenSSL's security level 0, on this connection
 * only: what a server is willing to speak is asked, nothing is sent by it.
 */

#include <openssl/ssl.h>
#include <string.h>

#include "probes/ask.h"
#include "probes/trust.h"

#define SCTS_MOST	16384	/* of the extension; RFC 6962 allows 65535 */
#define OCSP_MOST	65536

struct tls_job {
	GByteArray		*chain;
	struct curl_slist	*connect;
	gboolean		 untestable;
	char			 error[CURL_ERROR_SIZE];
};

static const struct {
	const char	*option;
	int		 version;
} versions[] = {
	{ "1.0", TLS1_VERSION }, { "1.1", TLS1_1_VERSION },
	{ "1.2", TLS1_2_VERSION }, { "1.3", TLS1_3_VERSION },
};

static int
version_of(const struct question *q, const char *key, int otherwise)
{
	g_autofree char *s = question_option(q, key);

	for (size_t i = 0; s != NULL && i < G_N_ELEMENTS(versions); i++)
		if (strcmp(s, versions[i].option) == 0)
			return versions[i].version;
	return otherwise;
}

static void
meta_base64(struct exchange *x, const char *key, const unsigned char *p,
    size_t n, size_t most)
{
	g_autofree char *text = NULL;

	if (n == 0 || n > most || exchange_meta_get(x, key) != NULL)
		return;
	text = g_base64_encode(p, n);
	exchange_meta(x, key, text);
}

static int
sct_came(SSL *ssl, unsigned int type, unsigned int context,
    const unsigned char *in, size_t n, X509 *cert, size_t index, int *alert,
    void *arg)
{
	struct job *j = arg;

	(void)ssl, (void)type, (void)context, (void)cert, (void)alert;
	if (index == 0)
		meta_base64(j->x, "tls.scts", in, n, SCTS_MOST);
	return 1;
}

static int
job_index(void)
{
	static int index = -1;

	if (index < 0)
		index = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, NULL);
	return index;
}

static void
alert_came(const SSL *ssl, int where, int value)
{
	struct job *j = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), job_index());
	char text[80];

	if ((where & SSL_CB_READ_ALERT) != SSL_CB_READ_ALERT || j == NULL ||
	    value >> 8 != SSL3_AL_FATAL ||
	    exchange_meta_get(j->x, "tls.alert") != NULL)
		return;
	g_snprintf(text, sizeof(text), "%d %s", value & 0xff,
	    SSL_alert_desc_string_long(value));
	exchange_meta(j->x, "tls.alert", text);
}

static CURLcode
context_made(CURL *c, void *context, void *arg)
{
	SSL_CTX *ctx = context;
	struct job *j = arg;
	struct tls_job *t = j->own;
	const struct question *q = j->x->q;

	(void)c;
	SSL_CTX_set_security_level(ctx, 0);
	SSL_CTX_set_options(ctx, SSL_OP_LEGACY_SERVER_CONNECT);
	SSL_CTX_set_max_cert_list(ctx,
	    (long)job_limit(j, LIMIT_TLS_CHAIN_BYTES));
	SSL_CTX_set_tlsext_status_type(ctx, TLSEXT_STATUSTYPE_ocsp);
	SSL_CTX_add_custom_ext(ctx,
	    TLSEXT_TYPE_signed_certificate_timestamp, SSL_EXT_CLIENT_HELLO |
	    SSL_EXT_TLS1_2_SERVER_HELLO | SSL_EXT_TLS1_3_CERTIFICATE, NULL,
	    NULL, NULL, sct_came, j);
	SSL_CTX_set_ex_data(ctx, job_index(), j);
	job_tls_bound(j, ctx);
	SSL_CTX_set_info_callback(ctx, alert_came);
	if (SSL_CTX_set_min_proto_version(ctx, version_of(q, "min",
	    TLS1_VERSION)) == 1 && SSL_CTX_set_max_proto_version(ctx,
	    version_of(q, "max", 0)) == 1)
		return CURLE_OK;
	t->untestable = TRUE;
	return CURLE_ABORTED_BY_CALLBACK;
}

static int
handshake_done(void *arg, char *remote, char *local, int rport, int lport)
{
	struct job *j = arg;
	struct tls_job *t = j->own;
	struct curl_tlssessioninfo *tls = NULL;
	const unsigned char *ocsp = NULL;
	g_autofree char *bare = question_option(j->x->q, "sni");
	long n;

	(void)remote, (void)local, (void)rport, (void)lport;
	curl_easy_getinfo(j->easy, CURLINFO_TLS_SSL_PTR, &tls);
	if (tls != NULL && tls->internals != NULL) {
		/* Without a name there is none to be held against the chain. */
		trust_look(job_net(j)->trust, j->x, tls->internals,
		    bare != NULL ? "" : j->x->q->name, t->chain,
		    job_limit(j, LIMIT_TLS_CHAIN));
		n = SSL_get_tlsext_status_ocsp_resp(
		    (SSL *)tls->internals, &ocsp);
		if (ocsp != NULL && n > 0)
			meta_base64(j->x, "tls.ocsp", ocsp, (size_t)n,
			    OCSP_MOST);
	}
	job_addresses(j);
	return CURL_PREREQFUNC_ABORT;
}

static void
tls_options(struct job *j, struct tls_job *t)
{
	CURL *c = j->easy;

	curl_easy_setopt(c, CURLOPT_CONNECT_TO, t->connect);
	curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION,
	    (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(c, CURLOPT_SSL_CTX_FUNCTION, context_made);
	curl_easy_setopt(c, CURLOPT_SSL_CTX_DATA, j);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->error);
	curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, handshake_done);
	curl_easy_setopt(c, CURLOPT_PREREQDATA, j);
}

static int
tls_start(struct job *j)
{
	const struct question *q = j->x->q;
	struct tls_job *t = g_new0(struct tls_job, 1);
	gboolean v6 = strchr(q->server, ':') != NULL;
	gboolean name6 = strchr(q->name, ':') != NULL;
	g_autofree char *url = g_strdup_printf("https://%s%s%s:%u/",
	    name6 ? "[" : "", q->name, name6 ? "]" : "", q->port);
	g_autofree char *to = g_strdup_printf("::%s%s%s:%u", v6 ? "[" : "",
	    q->server, v6 ? "]" : "", q->port);

	j->own = t;
	t->chain = g_byte_array_new();
	if (job_easy(j, url) == NULL)
		return -1;
	t->connect = curl_slist_append(NULL, to);
	tls_options(j, t);
	job_transfer(j);
	return 0;
}

/* What libcurl passes on of OpenSSL's reason, and what it means. */
static const struct {
	const char	*reason;
	enum xstatus	 status;
	const char	*detail;
} reasons[] = {
	{ "wrong version number",	X_MALFORMED,	"not TLS" },
	{ "packet length too long",	X_MALFORMED,	"not TLS" },
	{ "http request",		X_MALFORMED,	"not TLS" },
	{ "excessive message size",	X_LIMIT,	"longer than tls.chain.bytes" },
	{ "unexpected eof",		X_TLS,	"closed in the handshake" },
	{ "SSL_ERROR_SYSCALL",		X_TLS,	"closed in the handshake" },
	{ "SSL_ERROR_ZERO_RETURN",	X_TLS,	"closed in the handshake" },
	{ "Connection reset",		X_TLS,	"reset in the handshake" },
	{ "no protocols available",	X_TLS,	"not testable here" },
	{ "asn1 encoding routines",	X_MALFORMED,
	    "a certificate that cannot be read" },
	{ "too many warn alerts",	X_LIMIT,	"more warnings than are heard" },
	{ "unsupported protocol",	X_TLS,	"another version chosen" },
};

/* Asked for one version only, no is an answer. */
static enum xstatus
turned_down(const struct job *j)
{
	g_autofree char *only = question_option(j->x->q, "max");

	return only != NULL ? X_ANSWERED : X_TLS;
}

static void
tls_failed(struct job *j, enum xstatus status, const char *detail)
{
	struct tls_job *t = j->own;
	const char *alert = exchange_meta_get(j->x, "tls.alert");
	const char *word;
	char text[96];

	if (status == X_GUARD) {
		job_done(j, status, detail);
		return;
	}
	if (t->untestable || alert != NULL) {
		g_snprintf(text, sizeof(text), "%s%s", t->untestable ?
		    "not testable here" : "alert ", t->untestable ? "" :
		    alert);
		job_done(j, t->untestable ? X_TLS : turned_down(j), text);
		return;
	}
	if (status == X_TLS || status == X_ANSWERED)
		for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
			if (strstr(t->error, reasons[i].reason) != NULL) {
				status = reasons[i].status;
				detail = reasons[i].detail;
				break;
			}
	/* Any other reason is in OpenSSL's words, which are none of the server's. */
	word = strstr(t->error, "SSL routines::");
	if (status == X_TLS && word != NULL &&
	    strcmp(detail, "handshake failed") == 0) {
		g_snprintf(text, sizeof(text), "%s: %s", detail,
		    word + strlen("SSL routines::"));
		detail = text;
	}
	if (status == X_TLS && strcmp(detail, "closed in the handshake") == 0)
		status = turned_down(j);
	else if (status == X_ANSWERED)
		status = X_TLS;
	job_done(j, status, detail);
}

static void
tls_done(struct job *j, CURLcode code)
{
	struct tls_job *t = j->own;
	const char *detail, *version;
	enum xstatus status = job_curl_status(j, code, &detail);

	version = exchange_meta_get(j->x, "tls.version");
	if (version != NULL && t->chain->len > 0) {
		j->x->received.bytes =
		    g_byte_array_free_to_bytes(g_steal_pointer(&t->chain));
		j->x->received.media = "application/x-x509-chain";
		job_done(j, X_ANSWERED, version);
		return;
	}
	job_addresses(j);
	tls_failed(j, status, detail);
}

static void
tls_clear(struct job *j)
{
	struct tls_job *t = j->own;

	if (t == NULL)
		return;
	if (t->chain != NULL)
		g_byte_array_unref(t->chain);
	if (j->easy != NULL) {
		curl_easy_setopt(j->easy, CURLOPT_CONNECT_TO, NULL);
		curl_easy_setopt(j->easy, CURLOPT_ERRORBUFFER, NULL);
	}
	curl_slist_free_all(t->connect);
	g_free(t);
	j->own = NULL;
}

const struct asker tls_asker = {
	.kind = PROBE_TLS, .name = "tls", .timeout = LIMIT_TLS_TIMEOUT,
	.network = TRUE, .start = tls_start, .transfer_done = tls_done,
	.clear = tls_clear,
};
