/*
 * Asking one name server one question, by c-ares 1.18.1 and newer.
 *
 * 1. The message is made by libldns: a random id, letters of random case, RD 0,
 *    and OPT last.
 * 2. A channel to itself for each question: one server, so that the answer's
 *    source is known; its sockets are closed with the answer, so each question
 *    has fresh ports, taken at random from all that are not privileged
 *    (dns_line.c).
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

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include <ldns/ldns.h>

#include "probes/dns_line.h"
#include "probes/dns_other.h"
#include "probes/seam.h"

/* --- what is sent and received -------------------------------------------------- */

gboolean
dns_datagram_hold(struct dns_job *d, int fd, const struct iovec *v, int n)
{
	if (!d->holding || d->put.tcp || n != 1 ||
	    v->iov_len > sizeof(d->held))
		return FALSE;
	memcpy(d->held, v->iov_base, v->iov_len);
	d->nheld = v->iov_len;
	d->held_fd = fd;
	return TRUE;
}

gboolean
dns_datagram_pass(struct dns_job *d, const uint8_t *got, size_t n)
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

	g_strlcpy(j->x->remote, line_remote(d->line), sizeof(j->x->remote));
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
	/* c-ares says "refused" as well where a connection was ended, and where
	 * no socket could be connected. */
	if (status == ARES_ECONNREFUSED && ((struct dns_job *)j->own)->shut) {
		job_done(j, X_RESET, "closed without an answer");
		return;
	}
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

/* When c-ares next wants to look at its own clock. */
static void
dns_due(struct job *j)
{
	struct dns_job *d = j->own;
	struct timeval most = { .tv_sec = 60, .tv_usec = 0 }, tv;
	const struct timeval *t = ares_timeout(line_channel(d->line),
	    &most, &tv);

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
	d->line = line_take(j);
	if (d->line == NULL)
		return -1;
	d->holding = TRUE;
	ares_send(line_channel(d->line), g_bytes_get_data(d->query, NULL),
	    (int)len, answered, j);
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

	ares_process_fd(line_channel(d->line), in, out);
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
	if (d->line != NULL)
		line_give(j, d->line, d->good);
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
