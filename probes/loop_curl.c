/* The handles of libcurl: what all transfers of the loop share. */

#include <ares.h>

#include "probes/guard.h"
#include "probes/loop_priv.h"

static curl_socket_t
socket_open(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct job *j = arg;
	const char *word = NULL;

	(void)purpose;
	if (!guard_sockaddr(&a->addr, (socklen_t)a->addrlen, &word)) {
		exchange_meta(j->x, "guard", word);
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
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
	curl_easy_setopt(c, CURLOPT_PROXY, "");
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

static int
keep_sent(CURL *c, curl_infotype type, char *data, size_t len, void *arg)
{
	GByteArray *sent = arg;

	(void)c;
	if (type == CURLINFO_HEADER_OUT && sent->len + len < 65536)
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
	if (ip != NULL && *ip != '\0')
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

enum xstatus
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
