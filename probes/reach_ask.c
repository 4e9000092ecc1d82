/*
 * How long a TCP handshake with an address takes, several times over.
 *
 * One at a time, spaced, each closed (by a reset, so that no state stays behind
 * on the way) as soon as it is done; a port that refuses answers as fast as one
 * that takes it, and counts.  Nothing is sent on the connections.  What is kept
 * is our own account, in JSON:
 *
 *	{"handshakes":[{"how":"established","ns":30412345,"kernel_ns":30398000,
 *	  "local":"203.0.113.9#40000","remote":"192.0.2.80#443"}, ...]}
 *
 * ns is taken from before connect() until the loop sees that it is over, so it
 * is never less than the round trip.  kernel_ns is what Linux measured between
 * its SYN and the answer (TCP_INFO), without our loop's own delay; it is there
 * where the kernel says so and sent its SYN once.
 *
 * Through a proxy nothing is asked: the handshake would be the proxy's.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <jansson.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "probes/ask.h"
#include "probes/guard.h"
#include "probes/seam.h"

#define NS_PER_MS	INT64_C(1000000)

union address {
	struct sockaddr		sa;
	struct sockaddr_in	in;
	struct sockaddr_in6	in6;
};

struct reach_job {
	union address	 to;
	socklen_t	 to_len;
	int		 fd;		/* -1: between two handshakes */
	int64_t		 begun, limit;	/* monotonic ns */
	int64_t		 left;
	unsigned	 timed;		/* handshakes that were answered */
	json_t		*all;
	const char	*last;		/* how the last one ended */
};

static int
address_fill(union address *a, const char *ip, uint16_t port)
{
	memset(a, 0, sizeof(*a));
	if (inet_pton(AF_INET, ip, &a->in.sin_addr) == 1) {
		a->in.sin_family = AF_INET;
		a->in.sin_port = htons(port);
		return sizeof(a->in);
	}
	if (inet_pton(AF_INET6, ip, &a->in6.sin6_addr) == 1) {
		a->in6.sin6_family = AF_INET6;
		a->in6.sin6_port = htons(port);
		return sizeof(a->in6);
	}
	return -1;
}

static void
address_text(const union address *a, char out[64])
{
	char ip[INET6_ADDRSTRLEN] = "";
	gboolean v6 = a->sa.sa_family == AF_INET6;

	inet_ntop(a->sa.sa_family, v6 ? (const void *)&a->in6.sin6_addr :
	    (const void *)&a->in.sin_addr, ip, sizeof(ip));
	g_snprintf(out, 64, "%s#%u", ip, ntohs(v6 ? a->in6.sin6_port :
	    a->in.sin_port));
}

/* The kernel's own figure, 0 where it has none that can be used: after a
 * second SYN nobody knows which of the two was answered. */
static int64_t
kernel_ns(int fd)
{
	struct tcp_info info = { 0 };
	socklen_t len = sizeof(info);

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0 ||
	    info.tcpi_total_retrans != 0 || info.tcpi_retransmits != 0)
		return 0;
	return (int64_t)info.tcpi_rtt * 1000;
}

static const char *
word_of(int error)
{
	switch (error) {
	case 0:
		return "established";
	case ECONNREFUSED:
		return "refused";
	case ETIMEDOUT:
		return "timeout";
	default:
		return "unreachable";
	}
}

static void
shake_close(struct job *j)
{
	struct reach_job *r = j->own;
	struct linger now = { .l_onoff = 1, .l_linger = 0 };

	if (r->fd < 0)
		return;
	job_watch(j, r->fd, 0);
	setsockopt(r->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(r->fd);
	r->fd = -1;
}

static void
shake_note(struct job *j, const char *how, int64_t ns)
{
	struct reach_job *r = j->own;
	union address self = { .sa = { .sa_family = AF_UNSPEC } };
	socklen_t len = sizeof(self);
	json_t *o = json_object();
	int64_t kernel = 0;

	if (strcmp(how, "established") == 0)
		kernel = kernel_ns(r->fd);
	if (getsockname(r->fd, &self.sa, &len) == 0 &&
	    (self.in.sin_port != 0 || self.in6.sin6_port != 0))
		address_text(&self, j->x->local);
	json_object_set_new(o, "how", json_string(how));
	json_object_set_new(o, "ns", json_integer(ns));
	if (kernel > 0)
		json_object_set_new(o, "kernel_ns", json_integer(kernel));
	json_object_set_new(o, "local", json_string(j->x->local));
	json_object_set_new(o, "remote", json_string(j->x->remote));
	json_array_append_new(r->all, o);
	r->last = how;
	if (strcmp(how, "established") == 0 || strcmp(how, "refused") == 0)
		r->timed++;
}

static void
reach_end(struct job *j)
{
	struct reach_job *r = j->own;
	json_t *o = json_pack("{s:O}", "handshakes", r->all);
	char *text = json_dumps(o, JSON_COMPACT);
	char detail[32];

	json_decref(o);
	j->x->received.bytes = g_bytes_new(text, strlen(text));
	j->x->received.media = "application/json";
	free(text);
	g_snprintf(detail, sizeof(detail), "%u timed", r->timed);
	if (r->timed > 0)
		job_done(j, X_ANSWERED, detail);
	else
		job_done(j, strcmp(r->last, "unreachable") == 0 ?
		    X_UNREACHABLE : X_TIMEOUT, r->last);
}

/* One is over: the next after a while, or the end. */
static void
shake_over(struct job *j, const char *how, int64_t ns)
{
	struct reach_job *r = j->own;
	int64_t now = clock_mono_ns();

	shake_note(j, how, ns);
	shake_close(j);
	/* Where the first is silence or no route, so are the others. */
	if (--r->left <= 0 || now >= r->limit || r->timed == 0)
		reach_end(j);
	else
		j->due = now + NS_PER_MS * job_limit(j, LIMIT_REACH_SPACING);
}

static void
shake_begin(struct job *j)
{
	struct reach_job *r = j->own;
	int64_t most = NS_PER_MS * job_limit(j, LIMIT_CONNECT_TIMEOUT);
	int rc;

	r->fd = socket(r->to.sa.sa_family, SOCK_STREAM | SOCK_CLOEXEC |
	    SOCK_NONBLOCK, 0);
	r->begun = clock_mono_ns();
	if (r->fd < 0) {
		reach_end(j);
		return;
	}
	rc = connect(r->fd, &r->to.sa, r->to_len);
	if (rc == 0 || errno != EINPROGRESS) {
		shake_over(j, word_of(rc == 0 ? 0 : errno),
		    clock_mono_ns() - r->begun);
		return;
	}
	job_watch(j, r->fd, POLLOUT);
	j->due = MIN(r->begun + most, r->limit);
}

static void
reach_ready(struct job *j, int fd, short revents)
{
	struct reach_job *r = j->own;
	int64_t ns = clock_mono_ns() - r->begun;
	int error = 0;
	socklen_t len = sizeof(error);

	(void)revents;
	if (fd != r->fd)
		return;
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
	shake_over(j, word_of(error), ns);
}

static void
reach_expired(struct job *j)
{
	struct reach_job *r = j->own;

	if (r->fd < 0)
		shake_begin(j);
	else
		shake_over(j, "timeout", clock_mono_ns() - r->begun);
}

static int
reach_start(struct job *j)
{
	struct reach_job *r = g_new0(struct reach_job, 1);
	const struct question *q = j->x->q;
	int len = address_fill(&r->to, q->server, q->port);

	j->own = r;
	r->fd = -1;
	r->all = json_array();
	r->last = "unreachable";
	r->left = job_limit(j, LIMIT_REACH_HANDSHAKES);
	r->limit = j->x->mono + NS_PER_MS * job_limit(j, LIMIT_REACH_TIMEOUT);
	if (len < 0)
		return -1;
	if (strcmp(j->x->exit, "direct") != 0) {
		job_done(j, X_GUARD, "not timed through a proxy");
		return 0;
	}
	r->to_len = (socklen_t)len;
	address_text(&r->to, j->x->remote);
	shake_begin(j);
	return 0;
}

static void
reach_clear(struct job *j)
{
	struct reach_job *r = j->own;

	if (r == NULL)
		return;
	shake_close(j);
	json_decref(r->all);
	g_free(r);
	j->own = NULL;
}

const struct asker reach_asker = {
	.kind = PROBE_REACH, .name = "reach", .timeout = LIMIT_REACH_TIMEOUT,
	.network = TRUE, .start = reach_start, .ready = reach_ready,
	.expired = reach_expired, .clear = reach_clear,
};
