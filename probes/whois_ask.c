/*
 * WHOIS (RFC 3912) through libcurl, so that proxies and limits are one thing:
 * libcurl connects and no more (CONNECT_ONLY), then the query goes out in one
 * write, and everything is read to end of file.  An error after bytes have
 * come is data and an error; both are kept.
 */

#include <string.h>

#include "probes/ask.h"
#include "probes/seam.h"

struct whois_job {
	char			*query;
	gsize			 written;
	GByteArray		*got;
	struct curl_slist	*connect;
	curl_socket_t		 fd;
	gboolean		 connected;
};

static int
whois_start(struct job *j)
{
	const struct question *q = j->x->q;
	struct whois_job *w = g_new0(struct whois_job, 1);
	gboolean v6 = strchr(q->server, ':') != NULL;
	g_autofree char *url = g_strdup_printf("http://%s:%u/", q->host,
	    q->port);
	g_autofree char *to = g_strdup_printf("::%s%s%s:%u", v6 ? "[" : "",
	    q->server, v6 ? "]" : "", q->port);

	j->own = w;
	w->fd = CURL_SOCKET_BAD;
	w->query = g_strdup_printf("%s\r\n", q->name);
	w->got = g_byte_array_new();
	if (job_easy(j, url) == NULL)
		return -1;
	w->connect = curl_slist_append(NULL, to);
	curl_easy_setopt(j->easy, CURLOPT_CONNECT_TO, w->connect);
	curl_easy_setopt(j->easy, CURLOPT_CONNECT_ONLY, 1L);
	job_transfer(j);
	return 0;
}

static void
whois_end(struct job *j, enum xstatus status, const char *detail)
{
	struct whois_job *w = j->own;

	if (w->got->len > 0) {
		j->x->received.bytes =
		    g_byte_array_free_to_bytes(g_steal_pointer(&w->got));
		j->x->received.media = "text/plain";
	}
	if (w->fd != CURL_SOCKET_BAD)
		job_watch(j, w->fd, 0);
	job_done(j, status, detail);
}

static void
whois_write(struct job *j)
{
	struct whois_job *w = j->own;
	size_t len = strlen(w->query), n = 0;
	CURLcode rc = curl_easy_send(j->easy, w->query + w->written,
	    len - w->written, &n);

	if (rc != CURLE_OK && rc != CURLE_AGAIN) {
		whois_end(j, X_RESET, "connection reset");
		return;
	}
	w->written += n;
	if (w->written < len) {
		job_watch(j, w->fd, POLLOUT);
		return;
	}
	j->x->sent.bytes = g_bytes_new(w->query, len);
	j->x->sent.media = "text/plain";
	job_watch(j, w->fd, POLLIN);
}

static void
whois_done(struct job *j, CURLcode code)
{
	struct whois_job *w = j->own;
	const char *detail;
	enum xstatus status = curl_status(code, &detail);

	job_addresses(j);
	if (code != CURLE_OK) {
		if (exchange_meta_get(j->x, "guard") != NULL) {
			status = X_GUARD;
			detail = exchange_meta_get(j->x, "guard");
		}
		whois_end(j, status, detail);
		return;
	}
	w->connected = TRUE;
	curl_easy_getinfo(j->easy, CURLINFO_ACTIVESOCKET, &w->fd);
	if (w->fd == CURL_SOCKET_BAD)
		whois_end(j, X_RESET, "connection reset");
	else
		whois_write(j);
}

static void
whois_ready(struct job *j, int fd, short revents)
{
	struct whois_job *w = j->own;
	int64_t most = job_limit(j, LIMIT_WHOIS_BODY);
	char buf[16384];
	size_t n = 0;
	CURLcode rc;

	(void)fd;
	if (w->written < strlen(w->query)) {
		if (revents & CURL_WAIT_POLLOUT)
			whois_write(j);
		return;
	}
	rc = curl_easy_recv(j->easy, buf, sizeof(buf), &n);
	if (rc == CURLE_AGAIN)
		return;
	if (rc != CURLE_OK) {
		whois_end(j, X_RESET, "connection reset");
		return;
	}
	if (n == 0) {
		whois_end(j, X_ANSWERED, w->got->len > 0 ? "text" : "empty");
		return;
	}
	n = MIN(n, (size_t)most - w->got->len);
	g_byte_array_append(w->got, (const guint8 *)buf, (guint)n);
	if ((int64_t)w->got->len >= most)
		whois_end(j, X_LIMIT, "longer than the limit");
}

static void
whois_expired(struct job *j)
{
	struct whois_job *w = j->own;

	whois_end(j, X_TIMEOUT, w->got->len > 0 ?
	    "not finished in time" : "no answer in time");
}

static void
whois_clear(struct job *j)
{
	struct whois_job *w = j->own;

	if (w == NULL)
		return;
	if (w->got != NULL)
		g_byte_array_unref(w->got);
	if (j->easy != NULL)
		curl_easy_setopt(j->easy, CURLOPT_CONNECT_TO, NULL);
	curl_slist_free_all(w->connect);
	g_free(w->query);
	g_free(w);
	j->own = NULL;
}

const struct asker whois_asker = {
	.kind = PROBE_WHOIS, .name = "whois", .timeout = LIMIT_WHOIS_TIMEOUT,
	.network = TRUE, .start = whois_start, .ready = whois_ready,
	.expired = whois_expired, .transfer_done = whois_done,
	.clear = whois_clear,
};
