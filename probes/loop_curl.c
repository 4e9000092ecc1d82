/* The handles of libcurl: what all transfers of the loop share. */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#include <ares.h>
#include <openssl/ssl.h>

#include "probes/guard.h"
#include "probes/loop_priv.h"
#include "probes/shield.h"
#include "probes/way.h"

/* Whether that is the proxy, the only address that may be what it likes. */
static gboolean
is_way(const struct way *w, const struct curl_sockaddr *a)
{
	char ip[ADDR_TEXT];
	const void *raw = a->family == AF_INET ?
	    (const void *)&((const struct sockaddr_in *)
	    (const void *)&a->addr)->sin_addr :
	    (const void *)&((const struct sockaddr_in6 *)
	    (const void *)&a->addr)->sin6_addr;

	return inet_ntop(a->family, raw, ip, sizeof(ip)) != NULL &&
	    strcmp(ip, w->ip) == 0;
}

static curl_socket_t
socket_open(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct job *j = arg;
	const struct way *w = j->loop->net.way;
	const char *word = NULL;

	(void)purpose;
	if (w != NULL && !is_way(w, a))
		word = "not the proxy";
	else if (w == NULL)
		guard_sockaddr(&a->addr, (socklen_t)a->addrlen, &word);
	if (shield_sockaddr(j->loop->net.shield, &a->addr,
	    (socklen_t)a->addrlen))
		word = SHIELD_WORD;
	if (word != NULL) {
		exchange_meta(j->x, "guard", word);
		return CURL_SOCKET_BAD;
	}
	j->fd = socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
	return j->fd;
}

/*
 * OpenSSL reads on within one call as long as there is something to read, so a
 * server that sends messages without end would hold up everything.  The only
 * way out of that call is that the socket has no more to give.
 */
static void
tls_message(int out, int version, int type, const void *buf, size_t len,
    SSL *ssl, void *arg)
{
	struct job *j = arg;

	(void)version, (void)buf, (void)len, (void)ssl;
	if (out != 0 || type != SSL3_RT_HANDSHAKE || j->fd < 0 ||
	    ++j->tls_messages <= job_limit(j, LIMIT_TLS_MESSAGES))
		return;
	shutdown(j->fd, SHUT_RDWR);
}

void
job_tls_bound(struct job *j, void *ctx)
{
	SSL_CTX_set_msg_callback(ctx, tls_message);
	SSL_CTX_set_msg_callback_arg(ctx, j);
}

static CURLcode
tls_made(CURL *c, void *ctx, void *arg)
{
	(void)c;
	job_tls_bound(arg, ctx);
	return CURLE_OK;
}

static void
easy_way(CURL *c, const struct way *w)
{
	curl_easy_setopt(c, CURLOPT_PROXY, w != NULL ? w->url : "");
	curl_easy_setopt(c, CURLOPT_NOPROXY, "");
	if (w == NULL)
		return;
	curl_easy_setopt(c, CURLOPT_HTTPPROXYTUNNEL, 1L);
	curl_easy_setopt(c, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	if (w->user != NULL)
		curl_easy_setopt(c, CURLOPT_PROXYUSERPWD, w->user);
	/* A proxy over TLS shows the system's roots who it is. */
	curl_easy_setopt(c, CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
}

CURL *
job_easy(struct job *j, const char *url)
{
	struct loop *l = j->loop;
	CURL *c = l->spare->len > 0 ?
	    g_ptr_array_steal_index_fast(l->spare, l->spare->len - 1) :
	    curl_easy_init();

	j->easy = c;
	curl_easy_setopt(c, CURLOPT_PRIVATE, j);
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	easy_way(c, l->net.way);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
	/* What a server says of itself is evidence, not a condition: our own
	 * validator looks at the chain, and the result is a fact. */
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 0L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 0L);
	curl_easy_setopt(c, CURLOPT_CAINFO, NULL);
	curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
	curl_easy_setopt(c, CURLOPT_SSL_SESSIONID_CACHE, 0L);
	curl_easy_setopt(c, CURLOPT_SSL_CTX_FUNCTION, tls_made);
	curl_easy_setopt(c, CURLOPT_SSL_CTX_DATA, j);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, socket_open);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, j);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)job_limit(j, LIMIT_CONNECT_TIMEOUT));
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS,
	    (long)job_limit(j, j->asker->timeout));
	return c;
}

void
job_transfer(struct job *j)
{
	curl_multi_add_handle(j->loop->multi, j->easy);
}

/* What the proxy is told is no part of what the server is told, and may hold a
 * password. */
static int
keep_sent(CURL *c, curl_infotype type, char *data, size_t len, void *arg)
{
	GByteArray *sent = arg;

	(void)c;
	if (type != CURLINFO_HEADER_OUT || sent->len + len >= 65536 ||
	    (len > 8 && memcmp(data, "CONNECT ", 8) == 0))
		return 0;
	g_byte_array_append(sent, (const guint8 *)data, (guint)len);
	return 0;
}

void
job_keep_sent(struct job *j, GByteArray *sent)
{
	curl_easy_setopt(j->easy, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(j->easy, CURLOPT_DEBUGFUNCTION, keep_sent);
	curl_easy_setopt(j->easy, CURLOPT_DEBUGDATA, sent);
}

void
job_addresses(struct job *j)
{
	struct exchange *x = j->x;
	const char *ip = NULL;
	long port = 0;

	curl_easy_getinfo(j->easy, CURLINFO_PRIMARY_IP, &ip);
	curl_easy_getinfo(j->easy, CURLINFO_PRIMARY_PORT, &port);
	if (ip != NULL && *ip != '\0' && j->loop->net.way != NULL)
		g_snprintf(x->remote, sizeof(x->remote), "%s#%u", x->q->server,
		    x->q->port);
	else if (ip != NULL && *ip != '\0')
		g_snprintf(x->remote, sizeof(x->remote), "%s#%ld", ip, port);
	curl_easy_getinfo(j->easy, CURLINFO_LOCAL_IP, &ip);
	curl_easy_getinfo(j->easy, CURLINFO_LOCAL_PORT, &port);
	if (ip != NULL && *ip != '\0')
		g_snprintf(x->local, sizeof(x->local), "%s#%ld", ip, port);
}

static const struct {
	CURLcode	 code;
	enum xstatus	 status;
	const char	*detail;
} curl_words[] = {
	{ CURLE_OK,			X_ANSWERED,	"" },
	{ CURLE_COULDNT_CONNECT,	X_REFUSED,	"connection refused" },
	{ CURLE_OPERATION_TIMEDOUT,	X_TIMEOUT,	"no answer in time" },
	{ CURLE_SSL_CONNECT_ERROR,	X_TLS,		"handshake failed" },
	{ CURLE_PEER_FAILED_VERIFICATION, X_TLS,	"handshake failed" },
	{ CURLE_SSL_CIPHER,		X_TLS,		"no common cipher" },
	{ CURLE_GOT_NOTHING,		X_RESET,	"closed without an answer" },
	{ CURLE_RECV_ERROR,		X_RESET,	"connection reset" },
	{ CURLE_SEND_ERROR,		X_RESET,	"connection reset" },
	{ CURLE_PARTIAL_FILE,		X_RESET,	"closed before the end" },
	{ CURLE_WEIRD_SERVER_REPLY,	X_MALFORMED,	"not an HTTP answer" },
	{ CURLE_UNSUPPORTED_PROTOCOL,	X_MALFORMED,	"not an HTTP/1 answer" },
	{ CURLE_WRITE_ERROR,		X_LIMIT,	"longer than the limit" },
};

static enum xstatus
curl_status(CURLcode code, const char **detail)
{
	for (size_t i = 0; i < G_N_ELEMENTS(curl_words); i++) {
		if (curl_words[i].code == code) {
			*detail = curl_words[i].detail;
			return curl_words[i].status;
		}
	}
	*detail = curl_easy_strerror(code);
	return X_MALFORMED;
}

/* RFC 1928, section 6: what a proxy says of the server. */
static const struct {
	CURLproxycode	 code;
	enum xstatus	 status;
	const char	*detail;
} proxy_words[] = {
	{ CURLPX_REPLY_CONNECTION_REFUSED, X_REFUSED,
	    "connection refused, says the proxy" },
	{ CURLPX_REPLY_HOST_UNREACHABLE, X_UNREACHABLE,
	    "host unreachable, says the proxy" },
	{ CURLPX_REPLY_NETWORK_UNREACHABLE, X_UNREACHABLE,
	    "network unreachable, says the proxy" },
	{ CURLPX_REPLY_TTL_EXPIRED, X_TIMEOUT, "TTL expired, says the proxy" },
	{ CURLPX_REPLY_NOT_ALLOWED, X_UNREACHABLE,
	    "not allowed by the proxy" },
	{ CURLPX_REPLY_GENERAL_SERVER_FAILURE, X_UNREACHABLE,
	    "failed, says the proxy" },
	{ CURLPX_USER_REJECTED, X_UNREACHABLE,
	    "the proxy does not take user and password" },
	{ CURLPX_NO_AUTH, X_UNREACHABLE,
	    "the proxy wants user and password" },
};

/* What went wrong between us and the proxy, or what it says went wrong behind
 * it; FALSE where the code is about neither. */
static gboolean
proxy_status(const struct job *j, CURLcode code, enum xstatus *status,
    const char **detail)
{
	long px = 0, http = 0;

	curl_easy_getinfo(j->easy, CURLINFO_PROXY_ERROR, &px);
	curl_easy_getinfo(j->easy, CURLINFO_HTTP_CONNECTCODE, &http);
	*status = X_UNREACHABLE;
	for (size_t i = 0; i < G_N_ELEMENTS(proxy_words); i++) {
		if ((long)proxy_words[i].code != px)
			continue;
		*status = proxy_words[i].status;
		*detail = proxy_words[i].detail;
		return TRUE;
	}
	if (http >= 300)
		*detail = http == 407 ? "the proxy wants user and password" :
		    "the proxy would not connect";
	else if (code == CURLE_COULDNT_CONNECT)
		*detail = "the proxy could not be reached";
	else if (code == CURLE_PROXY)
		*detail = "the proxy failed";
	else
		return FALSE;
	return TRUE;
}

enum xstatus
job_curl_status(const struct job *j, CURLcode code, const char **detail)
{
	const char *word = exchange_meta_get(j->x, "guard");
	enum xstatus status;

	if (word != NULL) {
		*detail = word;
		return X_GUARD;
	}
	if (code != CURLE_OK &&
	    j->tls_messages > job_limit(j, LIMIT_TLS_MESSAGES)) {
		*detail = "more messages than tls.messages";
		return X_LIMIT;
	}
	/* Received, and not what HTTP may be: no fault of the connection. */
	if (code == CURLE_RECV_ERROR && j->easy != NULL) {
		long os = 0;

		curl_easy_getinfo(j->easy, CURLINFO_OS_ERRNO, &os);
		if (os != ECONNRESET && os != EPIPE && os != ETIMEDOUT &&
		    os != ENOTCONN && j->loop->net.way == NULL) {
			*detail = "the coding of the answer is broken";
			return X_MALFORMED;
		}
	}
	if (code != CURLE_OK && j->loop->net.way != NULL && j->easy != NULL &&
	    proxy_status(j, code, &status, detail))
		return status;
	return curl_status(code, detail);
}

const char *
loop_curl_version(void)
{
	return curl_version_info(CURLVERSION_NOW)->version;
}

const char *
loop_ares_version(void)
{
	return ares_version(NULL);
}
