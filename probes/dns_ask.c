/*
 * Asking one name server one question, by c-ares 1.18.1 and newer.
 *
 * 1. The message is made by libldns: a random id, RD 0, and an OPT record that
 *    comes last and is exactly 11 bytes long (size 1232, DO), because c-ares
 *    cuts 11 bytes off where a server answers FORMERR without OPT.
 * 2. A channel to itself for each question: one server, so that the answer's
 *    source is known; its sockets are closed with the answer, so each question
 *    has fresh ports.  ARES_FLAG_NOCHECKRESP, or REFUSED and SERVFAIL would
 *    never be seen; ARES_FLAG_EDNS with our size, or answers above 512 bytes
 *    would be cut or asked again.  A channel that gave an answer serves again;
 *    after FORMERR, which turns its EDNS flag, or no answer, it does not.
 * 3. Whether TCP was used is learnt from the socket's type.
 * 4. c-ares drops in silence what does not match the question; so a time-out
 *    says "no matching answer".
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include <ares.h>
#include <ldns/ldns.h>

#include "probes/ask.h"
#include "probes/dns.h"
#include "probes/dns_other.h"
#include "probes/seam.h"
#include "probes/text.h"

/* A channel and whose question it carries. */
struct line {
	ares_channel	 channel;
	struct job	*job;		/* NULL: nobody's */
};

struct dns_job {
	struct line	*line;
	GBytes		*query;
	gboolean	 tcp;
	gboolean	 good;		/* the channel may serve again */
};

static void
put16(uint8_t *at, unsigned v)
{
	at[0] = (uint8_t)(v >> 8);
	at[1] = (uint8_t)v;
}

/* The name in wire form is libldns's; the fixed fields around it are ours,
 * because ldns_pkt2wire() takes 64 KiB for every message. */
int
dns_query_make(const char *name, const char *type, uint8_t **wire, size_t *len)
{
	static const uint8_t opt[] = {
		0, 0, 41, DNS_EDNS_SIZE >> 8, DNS_EDNS_SIZE & 255,
		0, 0, 0x80, 0, 0, 0,	/* version 0, DO, no options */
	};
	ldns_rdf *owner = NULL;
	ldns_rr_type t = ldns_get_rr_type_by_name(type);
	size_t n;
	uint8_t *p;

	if (t == 0 || ldns_str2rdf_dname(&owner, name) != LDNS_STATUS_OK)
		return -1;
	n = ldns_rdf_size(owner);
	*len = DNS_HEADER + n + 4 + sizeof(opt);
	*wire = p = calloc(1, *len);
	if (p == NULL)
		g_error("no memory for a question");
	random_bytes(p, 2);
	put16(p + 4, 1);		/* one question */
	put16(p + 10, 1);		/* one additional record: OPT */
	memcpy(p + DNS_HEADER, ldns_rdf_data(owner), n);
	put16(p + DNS_HEADER + n, t);
	put16(p + DNS_HEADER + n + 2, LDNS_RR_CLASS_IN);
	memcpy(p + DNS_HEADER + n + 4, opt, sizeof(opt));
	ldns_rdf_deep_free(owner);
	return 0;
}

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
	struct dns_job *d = j->own;
	struct sockaddr_storage a = { .ss_family = AF_UNSPEC };
	socklen_t len = sizeof(a);

	d->tcp = type == SOCK_STREAM;
	if (getsockname(fd, (struct sockaddr *)&a, &len) == 0)
		sockaddr_text(&a, j->x->local);
	return ARES_SUCCESS;
}

static const char *
rcode_name(unsigned rcode)
{
	static const char *const names[] = {
		"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP",
		"REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH",
		"NOTZONE",
	};

	return rcode < G_N_ELEMENTS(names) ? names[rcode] : "RCODE";
}

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

static void
answered(void *arg, int status, int timeouts, unsigned char *msg, int len)
{
	struct job *j = arg;
	struct exchange *x = j->x;

	if (status == ARES_EDESTRUCTION || j->over)
		return;
	g_snprintf(x->remote, sizeof(x->remote), "%s#%u", x->q->server,
	    x->q->port);
	if (((struct dns_job *)j->own)->tcp)
		exchange_meta(x, "dns.transport", "tcp");
	if (timeouts > 0)
		exchange_meta(x, "dns.again", timeouts == 1 ? "once" : "twice");
	if (msg != NULL && len >= DNS_HEADER) {
		x->received.bytes = g_bytes_new(msg, (gsize)len);
		x->received.media = "application/dns-message";
		((struct dns_job *)j->own)->good = 
		    (msg[3] & 15u) != LDNS_RCODE_FORMERR;
		job_done(j, X_ANSWERED, rcode_name(msg[3] & 15u));
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

static void
line_free(void *p)
{
	struct line *l = p;

	l->job = NULL;
	if (l->channel != NULL)
		ares_destroy(l->channel);
	g_free(l);
}

static struct line *
line_make(const struct job *j)
{
	struct line *l = g_new0(struct line, 1);
	struct in_addr none = { 0 };
	struct ares_options o = {
		.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_EDNS |
		    ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES,
		.timeout = (int)job_limit(j, LIMIT_DNS_TIMEOUT),
		.tries = (int)job_limit(j, LIMIT_DNS_TRIES),
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
	d->line = spare->len > 0 ?
	    g_ptr_array_steal_index_fast(spare, spare->len - 1) :
	    line_make(j);
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
	if (dns_query_make(j->x->q->name, j->x->q->type, &wire, &len) != 0) {
		job_done(j, X_MALFORMED, "not a name that DNS can carry");
		return -1;
	}
	dns_query_extend(j->x->q, &wire, &len);
	d->query = g_bytes_new_with_free_func(wire, len, free, wire);
	j->x->sent.bytes = g_bytes_ref(d->query);
	j->x->sent.media = "application/dns-message";
	if (line_take(j, d) != 0)
		return -1;
	ares_send(d->line->channel, g_bytes_get_data(d->query, NULL), (int)len,
	    answered, j);
	dns_due(j);
	return 0;
}

static void
dns_ready(struct job *j, int fd, short revents)
{
	struct dns_job *d = j->own;

	ares_process_fd(d->line->channel,
	    (revents & ~CURL_WAIT_POLLOUT) ? fd : ARES_SOCKET_BAD,
	    (revents & CURL_WAIT_POLLOUT) ? fd : ARES_SOCKET_BAD);
	if (!j->over)
		dns_due(j);
}

static void
dns_expired(struct job *j)
{
	struct dns_job *d = j->own;

	ares_process_fd(d->line->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	if (!j->over)
		dns_due(j);
}

static void
dns_clear(struct job *j)
{
	struct dns_job *d = j->own;

	if (d == NULL)
		return;
	j->over = TRUE;
	if (d->line != NULL && d->good) {
		d->line->job = NULL;
		g_ptr_array_add(job_spare(j), d->line);
	} else if (d->line != NULL)
		line_free(d->line);
	g_clear_pointer(&d->query, g_bytes_unref);
	g_free(d);
	j->own = NULL;
}

const struct asker dns_asker = {
	.kind = PROBE_DNS, .name = "dns", .timeout = LIMIT_DNS_TIMEOUT,
	.network = TRUE, .start = dns_start, .ready = dns_ready,
	.expired = dns_expired, .clear = dns_clear,
	.spare_free = line_free,
};
