/*
 * Asking one name server one question over TCP (RFC 7766) through libcurl, for
 * runs that go out through a proxy: c-ares knows none.  libcurl connects and no
 * more, as for WHOIS; then the message goes out with its two bytes of length,
 * and one message is read.  What is kept is the message without them.
 */

#include <string.h>

#include "probes/ask.h"
#include "probes/dns.h"
#include "probes/stream.h"

struct dns_stream {
	struct stream	 stream;
	GByteArray	*got;
};

static int
stream_begin(struct job *j)
{
	struct dns_stream *d = g_new0(struct dns_stream, 1);
	g_autoptr(GByteArray) out = g_byte_array_new();
	uint8_t *wire = NULL, length[2];
	size_t len = 0;

	j->own = d;
	d->got = g_byte_array_new();
	if (dns_query_make(j->x->q, &wire, &len) != 0) {
		job_done(j, X_MALFORMED, "not a name that DNS can carry");
		return -1;
	}
	length[0] = (uint8_t)(len >> 8);
	length[1] = (uint8_t)len;
	g_byte_array_append(out, length, 2);
	g_byte_array_append(out, wire, (guint)len);
	j->x->sent.bytes = g_bytes_new_with_free_func(wire, len, free, wire);
	j->x->sent.media = "application/dns-message";
	exchange_meta(j->x, "dns.transport", "tcp");
	return stream_open(j, &d->stream, out->data, out->len);
}

/* The whole message is there. */
static void
take(struct job *j, const guint8 *message, size_t len)
{
	gsize n = 0;
	const guint8 *sent = g_bytes_get_data(j->x->sent.bytes, &n);

	if (len < DNS_HEADER || memcmp(message, sent, 2) != 0) {
		stream_end(j, X_MALFORMED, "not an answer to the question");
		return;
	}
	j->x->received.bytes = g_bytes_new(message, len);
	j->x->received.media = "application/dns-message";
	stream_end(j, X_ANSWERED, dns_rcode_name(message[3] & 15u));
}

static void
stream_bytes(struct job *j, const void *bytes, size_t len)
{
	struct dns_stream *d = j->own;
	size_t all;

	if (len == 0) {
		stream_end(j, X_RESET, "closed before the end");
		return;
	}
	g_byte_array_append(d->got, bytes, (guint)len);
	if (d->got->len < 2)
		return;
	all = (size_t)d->got->data[0] << 8 | d->got->data[1];
	if (d->got->len - 2 >= all)
		take(j, d->got->data + 2, all);
}

static void
dns_stream_clear(struct job *j)
{
	struct dns_stream *d = j->own;

	if (d == NULL)
		return;
	stream_clear(j, &d->stream);
	g_byte_array_unref(d->got);
	g_free(d);
	j->own = NULL;
}

static const struct stream_calls calls = { .bytes = stream_bytes };

static struct stream *
stream_of(struct job *j)
{
	return &((struct dns_stream *)j->own)->stream;
}

static void
dns_stream_ready(struct job *j, int fd, short revents)
{
	(void)fd;
	stream_ready(j, stream_of(j), &calls, revents);
}

static void
dns_stream_connected(struct job *j, CURLcode code)
{
	stream_connected(j, stream_of(j), code);
}

static void
dns_stream_expired(struct job *j)
{
	stream_end(j, X_TIMEOUT, "no answer in time");
}

const struct asker dns_stream_asker = {
	.kind = PROBE_DNS, .name = "dns", .timeout = LIMIT_CONNECT_TIMEOUT,
	.network = TRUE, .start = stream_begin, .ready = dns_stream_ready,
	.expired = dns_stream_expired, .transfer_done = dns_stream_connected,
	.clear = dns_stream_clear,
};
