/*
 * WHOIS (RFC 3912): the query goes out in one write, and everything is read to
 * end of file.  An error after bytes have come is data and an error; both are
 * kept.
 */

#include <string.h>

#include "probes/stream.h"

struct whois_job {
	struct stream	 stream;
	GByteArray	*got;
};

static int
whois_start(struct job *j)
{
	struct whois_job *w = g_new0(struct whois_job, 1);
	g_autofree char *query = g_strdup_printf("%s\r\n", j->x->q->name);

	j->own = w;
	w->got = g_byte_array_new();
	return stream_open(j, &w->stream, query, strlen(query));
}

/* Whatever ends it: what was written and what came is kept. */
static void
whois_keep(struct job *j)
{
	struct whois_job *w = j->own;

	if (w->stream.written > 0) {
		j->x->sent.bytes = g_bytes_new_from_bytes(w->stream.out, 0,
		    w->stream.written);
		j->x->sent.media = "text/plain";
	}
	if (w->got->len > 0) {
		j->x->received.bytes =
		    g_byte_array_free_to_bytes(g_steal_pointer(&w->got));
		j->x->received.media = "text/plain";
	}
}

static void
whois_connected(struct job *j, CURLcode code)
{
	struct whois_job *w = j->own;

	stream_connected(j, &w->stream, code);
	if (j->over)
		whois_keep(j);
}

static void
whois_bytes(struct job *j, const void *bytes, size_t len)
{
	struct whois_job *w = j->own;
	size_t most = (size_t)job_limit(j, LIMIT_WHOIS_BODY);

	if (len == 0) {
		stream_end(j, X_ANSWERED, w->got->len > 0 ? "text" : "empty");
		return;
	}
	g_byte_array_append(w->got, bytes,
	    (guint)MIN(len, most - w->got->len));
	if (w->got->len >= most)
		stream_end(j, X_LIMIT, "longer than whois.body");
}

static void
whois_ready(struct job *j, int fd, short revents)
{
	static const struct stream_calls calls = { .bytes = whois_bytes };
	struct whois_job *w = j->own;

	(void)fd;
	stream_ready(j, &w->stream, &calls, revents);
	if (j->over)
		whois_keep(j);
}

static void
whois_expired(struct job *j)
{
	struct whois_job *w = j->own;

	stream_end(j, X_TIMEOUT, w->got->len > 0 ? "not finished in time" :
	    "no answer in time");
	whois_keep(j);
}

static void
whois_clear(struct job *j)
{
	struct whois_job *w = j->own;

	if (w == NULL)
		return;
	stream_clear(j, &w->stream);
	if (w->got != NULL)
		g_byte_array_unref(w->got);
	g_free(w);
	j->own = NULL;
}

const struct asker whois_asker = {
	.kind = PROBE_WHOIS, .name = "whois", .timeout = LIMIT_WHOIS_TIMEOUT,
	.network = TRUE, .start = whois_start, .ready = whois_ready,
	.expired = whois_expired, .transfer_done = whois_connected,
	.clear = whois_clear,
};
