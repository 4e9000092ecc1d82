/*
 * Asking one name server one question, by c-ares 1.18.1 and newer.
 *
 * 1. The message is made by libldns: a random id, letters of random case, RD 0,
 *    and OPT last.
 * 2. A channel to itself for each question: one server, so that the answer's
 *    source is known; its sockets are closed with the answer, so each question
 *    has fresh ports, taken at random from all that are not privileged.
 *    ARES_FLAG_NOCHECKRESP, or REFUSED and SERVFAIL would never be seen;
 *    ARES_FLAG_EDNS with our size, or answers above 512 bytes would be cut;
 *    ARES_FLAG_IGNTC, because what was truncated is a record of its own.  A
 *    channel that gave an answer serves again, others do not.
 * 3. c-ares drops in silence what does not match the question, and asks again by
 *    itself after FORMERR.  So it reads through a socket function of ours, which
 *    sees each datagram as received: what is not for the question is counted
 *    (dns.dropped.*); an error without a question section, any FORMERR and an
 *    answer that did not keep the letters' case end the exchange with the
 *    datagram kept, and c-ares never sees them.
 * 4. The datagrams of all questions that begin in one turn go out together, when
 *    each has its socket: a server that is woken for each costs both sides more
 *    than the question does.
 * 5. Not to be seen: datagrams from another address or to another port, which
 *    the kernel drops because the socket is connected; and what does not match
 *    over TCP.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <ares.h>
#include <ldns/ldns.h>

#include "probes/ask.h"
#include "probes/dns.h"
#include "probes/dns_other.h"
#include "probes/seam.h"
#include "probes/text.h"

#define DATAGRAMS_MOST	64	/* read in one turn */
#define PORT_TRIES	8
#define PORT_LEAST	1024
#define HELD_MOST	512

/* A channel and whose question it carries. */
struct line {
	ares_channel	 channel;
	struct job	*job;		/* NULL: nobody's */
};

struct dns_job {
	struct line		*line;
	GBytes			*query;
	struct dns_put		 put;
	GBytes			*taken;		/* a datagram that c-ares may not see */
	enum dns_datagram	 taken_as;
	unsigned		 dropped[DATAGRAMS];
	gboolean		 good;		/* the channel may serve again */
	gboolean		 holding;	/* the first datagram is held back */
	int			 held_fd;	/* -1: none is */
	size_t			 nheld;
	uint8_t			 held[HELD_MOST];
};

static void
sock_state(void *arg, ares_socket_t fd, int readable, int writable)
{
	struct line *l = arg;

	if (l->job != NULL)
		job_watch(l->job, fd, (short)((readable ? POLLIN : 0) |
		    (writable ? POLLOUT : 0)));
}

static void
sockaddr_text(const struct sockaddr_storage *a, char out[64])
{
	char ip[INET6_ADDRSTRLEN] = "";
	const struct sockaddr_in *v4 = (const void *)a;
	const struct sockaddr_in6 *v6 = (const void *)a;

	if (a->ss_family == AF_INET) {
		inet_ntop(AF_INET, &v4->sin_addr, ip, sizeof(ip));
		g_snprintf(out, 64, "%s#%u", ip, ntohs(v4->sin_port));
	} else if (a->ss_family == AF_INET6) {
		inet_ntop(AF_INET6, &v6->sin6_addr, ip, sizeof(ip));
		g_snprintf(out, 64, "%s#%u", ip, ntohs(v6->sin6_port));
	}
}

static int
sock_made(ares_socket_t fd, int type, void *arg)
{
	struct job *j = ((struct line *)arg)->job;
	struct sockaddr_storage a = { .ss_family = AF_UNSPEC };
	socklen_t len = sizeof(a);

	(void)type;
	if (getsockname(fd, (struct sockaddr *)&a, &len) == 0)
		sockaddr_text(&a, j->x->local);
	return ARES_SUCCESS;
}

/* --- the sockets ---------------------------------------------------------------- */

/* A port of our own choice, from more than the kernel's range. */
static void
port_bind(int fd, int family)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	uint16_t port[PORT_TRIES];

	random_bytes(port, sizeof(port));
	for (int i = 0; i < PORT_TRIES; i++) {
		if (port[i] < PORT_LEAST)
			continue;
		v4.sin_port = v6.sin6_port = htons(port[i]);
		if (bind(fd, family == AF_INET ? (struct sockaddr *)&v4 :
		    (struct sockaddr *)&v6, family == AF_INET ? sizeof(v4) :
		    sizeof(v6)) == 0)
			return;
	}
}

static ares_socket_t
sock_open(int family, int type, int protocol, void *arg)
{
	int fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);

	(void)arg;
	if (fd >= 0 && type == SOCK_DGRAM)
		port_bind(fd, family);
	return fd;
}

static int
sock_close(ares_socket_t fd, void *arg)
{
	(void)arg;
	return close(fd);
}

static int
sock_connect(ares_socket_t fd, const struct sockaddr *to, ares_socklen_t len,
    void *arg)
{
	(void)arg;
	return connect(fd, to, len);
}

/* The first datagram of a question waits for those of its turn (dns_send). */
static gboolean
datagram_hold(struct dns_job *d, int fd, const struct iovec *v, int n)
{
	if (!d->holding || d->put.tcp || n != 1 ||
	    v->iov_len > sizeof(d->held))
		return FALSE;
	memcpy(d->held, v->iov_base, v->iov_len);
	d->nheld = v->iov_len;
	d->held_fd = fd;
	return TRUE;
}

static ares_ssize_t
sock_send(ares_socket_t fd, const struct iovec *v, int n, void *arg)
{
	struct msghdr m = { .msg_iov = (struct iovec *)(uintptr_t)v,
	    .msg_iovlen = (size_t)n };
	struct job *j = ((struct line *)arg)->job;

	if (j != NULL && datagram_hold(j->own, fd, v, n))
		return (ares_ssize_t)v->iov_len;
	return sendmsg(fd, &m, MSG_NOSIGNAL);
}

/* TRUE: c-ares may have it. */
static gboolean
datagram_pass(struct dns_job *d, const uint8_t *got, size_t n)
{
	gsize nsent;
	const uint8_t *sent = g_bytes_get_data(d->query, &nsent);
	enum dns_datagram as = dns_datagram_judge(sent, nsent, got, n);

	if (as == DATAGRAM_GOOD && (got[3] & 15u) != LDNS_RCODE_FORMERR)
		return TRUE;
	d->dropped[as]++;
	if (as <= DATAGRAM_CASE && d->taken == NULL) {
		d->taken = g_bytes_new(got, n);
		d->taken_as = as;
	}
	return FALSE;
}

static ares_ssize_t
sock_receive(ares_socket_t fd, void *buf, size_t len, int flags,
    struct sockaddr *from, ares_socklen_t *fromlen, void *arg)
{
	struct job *j = ((struct line *)arg)->job;
	struct dns_job *d = j != NULL ? j->own : NULL;

	for (int i = 0; i < DATAGRAMS_MOST; i++) {
		ssize_t n = recvfrom(fd, buf, len, flags, from, fromlen);

		if (n < 0 || d == NULL || d->put.tcp ||
		    datagram_pass(d, buf, (size_t)n))
			return n;
		if (d->taken != NULL)
			break;
	}
	errno = EAGAIN;
	return -1;
}

static const struct ares_socket_functions sockets = {
	.asocket = sock_open, .aclose = sock_close, .aconnect = sock_connect,
	.arecvfrom = sock_receive, .asendv = sock_send,
};

/* --- what came back ----------------------------------------------------------------- */

static const struct {
	int		 ares;
	enum xstatus	 status;
	const char	*detail;
} ares_words[] = {
	{ ARES_ETIMEOUT,	X_TIMEOUT,	"no matching answer in time" },
	{ ARES_ECONNREFUSED,	X_REFUSED,	"port closed" },
	{ ARES_EBADRESP,	X_MALFORMED,	"not a DNS answer" },
	{ ARES_EFORMERR,	X_MALFORMED,	"not a DNS answer" },
};

/* BADVERS stands in the OPT record; with no options in it that is the end. */
static gboolean
is_badvers(const uint8_t *m, size_t n)
{
	const uint8_t *opt = m + n - 11;

	return n >= DNS_HEADER + 11 && opt[0] == 0 && opt[1] == 0 &&
	    opt[2] == LDNS_RR_TYPE_OPT && opt[5] == 1 && opt[9] == 0 &&
	    opt[10] == 0;
}

static const char *
answer_detail(const uint8_t *m, size_t n)
{
	if (m[2] & 2)
		return "truncated";
	return is_badvers(m, n) ? "BADVERS" : dns_rcode_name(m[3] & 15u);
}

/* How it went, and what was dropped on the way. */
static void
conversation(struct job *j)
{
	static const char *const keys[DATAGRAMS] = {
		[DATAGRAM_SHORT] = "dns.dropped.short",
		[DATAGRAM_ID] = "dns.dropped.id",
		[DATAGRAM_QUESTION] = "dns.dropped.question",
	};
	struct dns_job *d = j->own;
	char n[16];

	g_snprintf(j->x->remote, sizeof(j->x->remote), "%s#%u",
	    j->x->q->server, j->x->q->port);
	if (d->put.tcp)
		exchange_meta(j->x, "dns.transport", "tcp");
	for (int i = 0; i < DATAGRAMS; i++) {
		if (keys[i] == NULL || d->dropped[i] == 0)
			continue;
		g_snprintf(n, sizeof(n), "%u", d->dropped[i]);
		exchange_meta(j->x, keys[i], n);
	}
}

/* The datagram that ended the exchange without c-ares. */
static void
taken_over(struct job *j)
{
	struct dns_job *d = j->own;
	gsize n;
	const uint8_t *m = g_bytes_get_data(d->taken, &n);

	conversation(j);
	j->x->received.bytes = g_bytes_ref(d->taken);
	j->x->received.media = "application/dns-message";
	if (d->taken_as == DATAGRAM_CASE)
		job_done(j, X_MALFORMED, "letters in another case");
	else
		job_done(j, X_ANSWERED, answer_detail(m, n));
}

static void
answered(void *arg, int status, int timeouts, unsigned char *msg, int len)
{
	struct job *j = arg;
	struct exchange *x = j->x;

	if (status == ARES_EDESTRUCTION || j->over)
		return;
	conversation(j);
	if (timeouts > 0)
		exchange_meta(x, "dns.again", timeouts == 1 ? "once" : "twice");
	if (msg != NULL && len >= DNS_HEADER) {
		x->received.bytes = g_bytes_new(msg, (gsize)len);
		x->received.media = "application/dns-message";
		((struct dns_job *)j->own)->good = TRUE;
		job_done(j, X_ANSWERED, answer_detail(msg, (size_t)len));
		return;
	}
	/* c-ares says "refused" as well where no socket could be connected. */
	if (status == ARES_ECONNREFUSED && *x->local == '\0') {
		job_done(j, X_UNREACHABLE, "no route");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(ares_words); i++)
		if (ares_words[i].ares == status)
			job_done(j, ares_words[i].status, ares_words[i].detail);
	if (!j->over)
		job_done(j, X_UNREACHABLE, ares_strerror(status));
}

/* --- channels ------------------------------------------------------------------------- */

static void
line_free(void *p)
{
	struct line *l = p;

	l->job = NULL;
	if (l->channel != NULL)
		ares_destroy(l->channel);
	g_free(l);
}

/* One whose question is put in no unusual way; the others' are made for once. */
static gboolean
is_usual(const struct dns_put *p)
{
	return !p->tcp && p->size == DNS_EDNS_SIZE;
}

/* Over TCP without the EDNS flag: it would cut 11 bytes off after FORMERR. */
static struct line *
line_make(const struct job *j, const struct dns_put *put)
{
	struct line *l = g_new0(struct line, 1);
	struct in_addr none = { 0 };
	struct ares_options o = {
		.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC |
		    ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES |
		    (put->tcp ? ARES_FLAG_USEVC : ARES_FLAG_EDNS),
		.timeout = (int)job_limit(j, LIMIT_DNS_TIMEOUT),
		/* A lower rung follows a silence that was long enough. */
		.tries = is_usual(put) ?
		    (int)job_limit(j, LIMIT_DNS_TRIES) : 1,
		.ednspsz = DNS_EDNS_SIZE,
		.lookups = (char *)(uintptr_t)"b",
		.sock_state_cb = sock_state, .sock_state_cb_data = l,
		.servers = &none, .nservers = 1,
	};
	/* All of these, so that no file of the system is read. */
	int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
	    ARES_OPT_EDNSPSZ | ARES_OPT_LOOKUPS | ARES_OPT_SOCK_STATE_CB |
	    ARES_OPT_SERVERS | ARES_OPT_DOMAINS | ARES_OPT_SORTLIST |
	    ARES_OPT_NDOTS;

	if (ares_init_options(&l->channel, &o, mask) != ARES_SUCCESS) {
		line_free(l);
		return NULL;
	}
	ares_set_socket_callback(l->channel, sock_made, l);
	ares_set_socket_functions(l->channel, &sockets, l);
	return l;
}

static int
line_take(struct job *j, struct dns_job *d)
{
	GPtrArray *spare = job_spare(j);
	struct ares_addr_port_node to = { .udp_port = j->x->q->port,
	    .tcp_port = j->x->q->port };

	if (inet_pton(AF_INET, j->x->q->server, &to.addr.addr4) == 1)
		to.family = AF_INET;
	else if (inet_pton(AF_INET6, j->x->q->server, &to.addr.addr6) == 1)
		to.family = AF_INET6;
	else
		return -1;
	d->line = spare->len > 0 && is_usual(&d->put) ?
	    g_ptr_array_steal_index_fast(spare, spare->len - 1) :
	    line_make(j, &d->put);
	if (d->line == NULL)
		return -1;
	d->line->job = j;
	return ares_set_servers_ports(d->line->channel, &to) ==
	    ARES_SUCCESS ? 0 : -1;
}

/* When c-ares next wants to look at its own clock. */
static void
dns_due(struct job *j)
{
	struct dns_job *d = j->own;
	struct timeval most = { .tv_sec = 60, .tv_usec = 0 }, tv;
	const struct timeval *t = ares_timeout(d->line->channel, &most, &tv);

	j->due = clock_mono_ns() + (int64_t)t->tv_sec * 1000000000 +
	    (int64_t)t->tv_usec * 1000 + 1000000;
}

static int
dns_start(struct job *j)
{
	struct dns_job *d = g_new0(struct dns_job, 1);
	uint8_t *wire = NULL;
	size_t len = 0;

	j->own = d;
	d->held_fd = -1;
	d->put = dns_put_of(j->x->q);
	if (dns_query_make(j->x->q, &wire, &len) != 0) {
		job_done(j, X_MALFORMED, "not a name that DNS can carry");
		return -1;
	}
	dns_query_extend(j->x->q, &wire, &len);
	d->query = g_bytes_new_with_free_func(wire, len, free, wire);
	j->x->sent.bytes = g_bytes_ref(d->query);
	j->x->sent.media = "application/dns-message";
	if (line_take(j, d) != 0)
		return -1;
	d->holding = TRUE;
	ares_send(d->line->channel, g_bytes_get_data(d->query, NULL), (int)len,
	    answered, j);
	d->holding = FALSE;
	dns_due(j);
	return 0;
}

static void
dns_send(struct job *j)
{
	struct dns_job *d = j->own;

	if (d->held_fd < 0)
		return;
	if (send(d->held_fd, d->held, d->nheld, MSG_NOSIGNAL) < 0 &&
	    errno != EAGAIN)
		job_done(j, X_UNREACHABLE, "could not be sent");
	d->held_fd = -1;
}

static void
dns_process(struct job *j, ares_socket_t in, ares_socket_t out)
{
	struct dns_job *d = j->own;

	ares_process_fd(d->line->channel, in, out);
	if (!j->over && d->taken != NULL)
		taken_over(j);
	if (!j->over)
		dns_due(j);
}

static void
dns_ready(struct job *j, int fd, short revents)
{
	dns_process(j, (revents & ~CURL_WAIT_POLLOUT) ? fd : ARES_SOCKET_BAD,
	    (revents & CURL_WAIT_POLLOUT) ? fd : ARES_SOCKET_BAD);
}

static void
dns_expired(struct job *j)
{
	dns_process(j, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

static void
dns_clear(struct job *j)
{
	struct dns_job *d = j->own;

	if (d == NULL)
		return;
	j->over = TRUE;
	if (d->line != NULL && d->good && is_usual(&d->put)) {
		d->line->job = NULL;
		g_ptr_array_add(job_spare(j), d->line);
	} else if (d->line != NULL)
		line_free(d->line);
	g_clear_pointer(&d->query, g_bytes_unref);
	g_clear_pointer(&d->taken, g_bytes_unref);
	g_free(d);
	j->own = NULL;
}

const struct asker dns_asker = {
	.kind = PROBE_DNS, .name = "dns", .timeout = LIMIT_DNS_TIMEOUT,
	.network = TRUE, .start = dns_start, .send = dns_send,
	.ready = dns_ready,
	.expired = dns_expired, .clear = dns_clear,
	.spare_free = line_free,
};
