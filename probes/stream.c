#include <string.h>

#include "probes/stream.h"

int
stream_open(struct job *j, struct stream *s, const void *out, size_t len)
{
	const struct question *q = j->x->q;
	gboolean v6 = strchr(q->server, ':') != NULL;
	g_autofree char *to = g_strdup_printf("::%s%s%s:%u", v6 ? "[" : "",
	    q->server, v6 ? "]" : "", q->port);

	s->fd = CURL_SOCKET_BAD;
	s->out = g_bytes_new(out, len);
	/* The name in the URL is never sent: CONNECT_TO says where to. */
	if (job_easy(j, "http://server.invalid/") == NULL)
		return -1;
	s->connect = curl_slist_append(NULL, to);
	curl_easy_setopt(j->easy, CURLOPT_CONNECT_TO, s->connect);
	curl_easy_setopt(j->easy, CURLOPT_CONNECT_ONLY, 1L);
	job_transfer(j);
	return 0;
}

void
stream_end(struct job *j, enum xstatus status, const char *detail)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (j->easy != NULL)
		curl_easy_getinfo(j->easy, CURLINFO_ACTIVESOCKET, &fd);
	if (fd != CURL_SOCKET_BAD)
		job_watch(j, fd, 0);
	job_done(j, status, detail);
}

static void
stream_write(struct job *j, struct stream *s)
{
	gsize len, n = 0;
	const char *p = g_bytes_get_data(s->out, &len);
	CURLcode rc = curl_easy_send(j->easy, p + s->written, len - s->written,
	    &n);

	if (rc != CURLE_OK && rc != CURLE_AGAIN) {
		stream_end(j, X_RESET, "connection reset");
		return;
	}
	s->written += n;
	job_watch(j, s->fd, s->written < len ? POLLOUT : POLLIN);
}

void
stream_connected(struct job *j, struct stream *s, CURLcode code)
{
	const char *detail;
	enum xstatus status = job_curl_status(j, code, &detail);

	job_addresses(j);
	if (code != CURLE_OK) {
		stream_end(j, status, detail);
		return;
	}
	curl_easy_getinfo(j->easy, CURLINFO_ACTIVESOCKET, &s->fd);
	if (s->fd == CURL_SOCKET_BAD)
		stream_end(j, X_RESET, "connection reset");
	else
		stream_write(j, s);
}

void
stream_ready(struct job *j, struct stream *s, const struct stream_calls *call,
    short revents)
{
	char buf[16384];
	size_t n = 0;
	CURLcode rc;

	if (s->written < g_bytes_get_size(s->out)) {
		if (revents & CURL_WAIT_POLLOUT)
			stream_write(j, s);
		return;
	}
	rc = curl_easy_recv(j->easy, buf, sizeof(buf), &n);
	if (rc == CURLE_AGAIN)
		return;
	if (rc != CURLE_OK)
		stream_end(j, X_RESET, "connection reset");
	else
		call->bytes(j, buf, n);
}

void
stream_clear(struct job *j, struct stream *s)
{
	if (j->easy != NULL)
		curl_easy_setopt(j->easy, CURLOPT_CONNECT_TO, NULL);
	curl_slist_free_all(s->connect);
	if (s->out != NULL)
		g_bytes_unref(s->out);
}
