#include "probes/dns_line.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probes/seam.h"
#include "probes/stock.h"

#define DATAGRAMS_MOST	64	/* read in one turn */
#define PORT_TRIES	8
#define PORT_LEAST	1024
#define SOURCE_NS	INT64_C(1000000000)	/* then the kernel is asked again */
#define END_TEXT	64		/* "ip#port" */

union address {
	struct sockaddr		any;
	struct sockaddr_in	v4;
	struct sockaddr_in6	v6;
};

struct line {
	ares_channel	 channel;
	struct job	*job;		/* NULL: nobody's */
	struct stock	*stock;		/* of sockets; the loop's */
	char		 server[INET6_ADDRSTRLEN];	/* asked last, or "" */
	uint16_t	 port;
	char		 remote[END_TEXT];
	union address	 source;	/* from where; AF_UNSPEC: not known */
	char		 source_ip[INET6_ADDRSTRLEN];
	int64_t		 source_seen;
	uint16_t	 bound;		/* the socket's port, from source; else 0 */
};

/* --- how ends are written ----------------------------------------------------------- */

static void
end_text(char out[END_TEXT], const char *ip, uint16_t port)
{
	char digits[8], *d = digits + sizeof(digits);
	size_t n = g_strlcpy(out, ip, END_TEXT - sizeof(digits));

	*--d = '\0';
	do {
		*--d = (char)('0' + port % 10);
		port /= 10;
	} while (port > 0);
	*--d = '#';
	memcpy(out + MIN(n, END_TEXT - sizeof(digits) - 1), d,
	    (size_t)(digits + sizeof(digits) - d));
}

static uint16_t
address_port(const union address *a)
{
	return ntohs(a->any.sa_family == AF_INET ? a->v4.sin_port :
	    a->v6.sin6_port);
}

static gboolean
address_ip(const union address *a, char ip[INET6_ADDRSTRLEN])
{
	const void *from = a->any.sa_family == AF_INET ?
	    (const void *)&a->v4.sin_addr : &a->v6.sin6_addr;

	return (a->any.sa_family == AF_INET || a->any.sa_family == AF_INET6) &&
	    inet_ntop(a->any.sa_family, from, ip, INET6_ADDRSTRLEN) != NULL;
}

/* --- the socket ----------------------------------------------------------------------- */

static gboolean
address_bind(int fd, union address *a, uint16_t port)
{
	gboolean v4 = a->any.sa_family == AF_INET;

	if (v4)
		a->v4.sin_port = htons(port);
	else
		a->v6.sin6_port = htons(port);
	return bind(fd, &a->any, v4 ? sizeof(a->v4) : sizeof(a->v6)) == 0;
}

/* A port of our own choice; the address is the kernel's where a is empty. */
static uint16_t
port_bind(int fd, union address *a)
{
	uint16_t port[PORT_TRIES];

	random_bytes(port, sizeof(port));
	for (int i = 0; i < PORT_TRIES; i++) {
		if (port[i] < PORT_LEAST)
			continue;
		if (address_bind(fd, a, port[i]))
			return port[i];
		if (errno == EADDRNOTAVAIL)
			break;
	}
	return 0;
}

static gboolean
source_known(const struct line *l, int family)
{
	return l->source.any.sa_family == family &&
	    clock_mono_ns() - l->source_seen < SOURCE_NS;
}

static void
line_bind(struct line *l, int fd, int family)
{
	union address any = { .any.sa_family = (sa_family_t)family };

	l->bound = source_known(l, family) ? port_bind(fd, &l->source) : 0;
	if (l->bound == 0) {
		l->source.any.sa_family = AF_UNSPEC;
		port_bind(fd, &any);
	}
}

static ares_socket_t
sock_open(int family, int type, int protocol, void *arg)
{
	struct line *l = arg;
	int fd;

	l->bound = 0;
	if (type != SOCK_DGRAM)
		return socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC,
		    protocol);
	fd = stock_take(l->stock, family);
	if (fd >= 0)
		line_bind(l, fd, family);
	return fd;
}

static int
sock_close(ares_socket_t fd, void *arg)
{
	return stock_give(((struct line *)arg)->stock, fd);
}

static int
sock_connect(ares_socket_t fd, const struct sockaddr *to, ares_socklen_t len,
    void *arg)
{
	(void)arg;
	return connect(fd, to, len);
}

/* Connected: from where is known, or is asked. */
static int
sock_made(ares_socket_t fd, int type, void *arg)
{
	struct line *l = arg;
	union address a = { .any.sa_family = AF_UNSPEC };
	socklen_t len = sizeof(a);
	char ip[INET6_ADDRSTRLEN];

	if (l->bound != 0) {
		end_text(l->job->x->local, l->source_ip, l->bound);
		return ARES_SUCCESS;
	}
	if (getsockname(fd, &a.any, &len) != 0 || !address_ip(&a, ip))
		return ARES_SUCCESS;
	end_text(l->job->x->local, ip, address_port(&a));
	if (type == SOCK_DGRAM) {
		l->source = a;
		memcpy(l->source_ip, ip, sizeof(ip));
		l->source_seen = clock_mono_ns();
	}
	return ARES_SUCCESS;
}

static void
sock_state(void *arg, ares_socket_t fd, int readable, int writable)
{
	struct line *l = arg;

	if (l->job != NULL)
		job_watch(l->job, fd, (short)((readable ? POLLIN : 0) |
		    (writable ? POLLOUT : 0)));
}

static ares_ssize_t
sock_send(ares_socket_t fd, const struct iovec *v, int n, void *arg)
{
	struct msghdr m = { .msg_iov = (struct iovec *)(uintptr_t)v,
	    .msg_iovlen = (size_t)n };
	struct job *j = ((struct line *)arg)->job;

	if (j != NULL && dns_datagram_hold(j->own, fd, v, n))
		return (ares_ssize_t)v->iov_len;
	return sendmsg(fd, &m, MSG_NOSIGNAL);
}

static ares_ssize_t
sock_receive(ares_socket_t fd, void *buf, size_t len, int flags,
    struct sockaddr *from, ares_socklen_t *fromlen, void *arg)
{
	struct job *j = ((struct line *)arg)->job;
	struct dns_job *d = j != NULL ? j->own : NULL;

	for (int i = 0; i < DATAGRAMS_MOST; i++) {
		ssize_t n = recvfrom(fd, buf, len, flags, from, fromlen);

		if (d != NULL && d->put.tcp && (n == 0 ||
		    (n < 0 && errno == ECONNRESET)))
			d->shut = TRUE;
		if (n < 0 || d == NULL || d->put.tcp ||
		    dns_datagram_pass(d, buf, (size_t)n))
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

/* --- channels ------------------------------------------------------------------------- */

void
line_free(void *p)
{
	struct line *l = p;

	l->job = NULL;
	if (l->channel != NULL)
		ares_destroy(l->channel);
	g_free(l);
}

ares_channel
line_channel(const struct line *l)
{
	return l->channel;
}

const char *
line_remote(const struct line *l)
{
	return l->remote;
}

/* One whose question is put in no unusual way; the others' are made for once. */
static gboolean
is_usual(const struct dns_put *p)
{
	return !p->tcp && p->size == DNS_EDNS_SIZE;
}

/*
 * ARES_FLAG_NOCHECKRESP, or REFUSED and SERVFAIL would never be seen;
 * ARES_FLAG_EDNS with our size, or answers above 512 bytes would be cut, but not
 * over TCP, where it would cut 11 bytes off after FORMERR; ARES_FLAG_IGNTC,
 * because what was truncated is a record of its own.
 */
static struct line *
line_make(struct job *j, const struct dns_put *put)
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

	l->stock = job_stock(j);
	if (ares_init_options(&l->channel, &o, mask) != ARES_SUCCESS) {
		line_free(l);
		return NULL;
	}
	ares_set_socket_callback(l->channel, sock_made, l);
	ares_set_socket_functions(l->channel, &sockets, l);
	return l;
}

static gboolean
is_for(const struct line *l, const struct question *q)
{
	return l->port == q->port && strcmp(l->server, q->server) == 0;
}

/* A spare one, of this server if there is one. */
static struct line *
line_spare(struct job *j)
{
	GPtrArray *spare = job_spare(j);
	guint i = spare->len;

	while (i > 0 && !is_for(spare->pdata[i - 1], j->x->q))
		i--;
	if (i == 0)
		i = spare->len;
	return i > 0 ? g_ptr_array_steal_index_fast(spare, i - 1) : NULL;
}

static int
line_aim(struct line *l, const struct question *q)
{
	struct ares_addr_port_node to = { .udp_port = q->port,
	    .tcp_port = q->port };

	if (is_for(l, q))
		return 0;
	if (inet_pton(AF_INET, q->server, &to.addr.addr4) == 1)
		to.family = AF_INET;
	else if (inet_pton(AF_INET6, q->server, &to.addr.addr6) == 1)
		to.family = AF_INET6;
	else
		return -1;
	g_strlcpy(l->server, q->server, sizeof(l->server));
	l->port = q->port;
	end_text(l->remote, q->server, q->port);
	l->source.any.sa_family = AF_UNSPEC;
	return ares_set_servers_ports(l->channel, &to) == ARES_SUCCESS ?
	    0 : -1;
}

struct line *
line_take(struct job *j)
{
	const struct dns_put *put = &((struct dns_job *)j->own)->put;
	struct line *l = is_usual(put) ? line_spare(j) : NULL;

	if (l == NULL)
		l = line_make(j, put);
	if (l == NULL)
		return NULL;
	l->job = j;
	if (line_aim(l, j->x->q) == 0)
		return l;
	line_free(l);
	return NULL;
}

void
line_give(struct job *j, struct line *l, gboolean good)
{
	const struct dns_put *put = &((struct dns_job *)j->own)->put;

	if (!good || !is_usual(put)) {
		line_free(l);
		return;
	}
	l->job = NULL;
	g_ptr_array_add(job_spare(j), l);
}
