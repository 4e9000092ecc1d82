/*
 * What doctor asks the network.
 *
 * Root servers: one datagram each (NS of the root), all at once, 2 s for all
 * of them.  Authorities: a token over a few bytes, 5 s.
 */

#include <arpa/inet.h>
#include <ldns/ldns.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "collector/doctor.h"
#include "collector/files.h"
#include "collector/tsa.h"
#include "probes/seam.h"

#define SERVERS_MAX	64u
#define WAIT_NS		INT64_C(2000000000)
#define WAIT_TSA_MS	5000
#define ROOTS_MAX	(1u << 20)

struct server {
	struct sockaddr_storage addr;
	socklen_t	 len;
	gboolean	 answered;
};

/* An address of a hints line "name ttl A address"; 0, or -1. */
static int
read_hint(const char *line, struct server *s)
{
	const char *at = strrchr(line, ' ');
	const char *tab = strrchr(line, '\t');
	struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)&s->addr;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)&s->addr;

	if (tab != NULL && (at == NULL || tab > at))
		at = tab;
	memset(s, 0, sizeof(*s));
	if (*line == ';' || at == NULL)
		return -1;
	if (inet_pton(AF_INET, at + 1, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(53);
		s->len = sizeof(*v4);
		return 0;
	}
	if (inet_pton(AF_INET6, at + 1, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(53);
		s->len = sizeof(*v6);
		return 0;
	}
	return -1;
}

static size_t
read_hints(struct server *servers)
{
	const char *where;
	g_autofree char *text = doctor_hints(&where);
	g_auto(GStrv) lines = g_strsplit(text, "\n", 1024);
	size_t n = 0;

	for (size_t i = 0; lines[i] != NULL && n < SERVERS_MAX; i++)
		if (read_hint(g_strstrip(lines[i]), &servers[n]) == 0)
			n++;
	return n;
}

/* The question, in wire format; caller frees with free(). */
static uint8_t *
question(uint16_t id, size_t *len)
{
	ldns_rdf *root = ldns_dname_new_frm_str(".");
	ldns_pkt *pkt = ldns_pkt_query_new(root, LDNS_RR_TYPE_NS,
	    LDNS_RR_CLASS_IN, 0);
	uint8_t *wire = NULL;

	if (pkt == NULL)
		return NULL;
	ldns_pkt_set_id(pkt, id);
	if (ldns_pkt2wire(&wire, pkt, len) != LDNS_STATUS_OK)
		wire = NULL;
	ldns_pkt_free(pkt);
	return wire;
}

static void
send_one(const struct server *s, struct pollfd *p, const uint8_t *wire,
    size_t len)
{
	p->events = POLLIN;
	p->fd = socket(s->addr.ss_family, SOCK_DGRAM | SOCK_CLOEXEC |
	    SOCK_NONBLOCK, 0);
	if (p->fd < 0)
		return;
	if (connect(p->fd, (const struct sockaddr *)&s->addr, s->len) == 0 &&
	    send(p->fd, wire, len, 0) == (ssize_t)len)
		return;
	close(p->fd);
	p->fd = -1;		/* poll passes it over */
}

/* An answer: ours by its id, and an answer by its QR bit (RFC 1035 4.1.1). */
static void
receive(struct server *s, struct pollfd *p, uint16_t id)
{
	unsigned char buf[4096];
	ssize_t n;

	if ((p->revents & (POLLIN | POLLERR | POLLHUP)) == 0)
		return;
	n = recv(p->fd, buf, sizeof(buf), 0);
	if (n >= 12 && buf[0] == id >> 8 && buf[1] == (id & 0xff) &&
	    (buf[2] & 0x80) != 0)
		s->answered = TRUE;
	close(p->fd);
	p->fd = -1;
}

static void
ask_all(struct server *servers, size_t n)
{
	struct pollfd fds[SERVERS_MAX];
	int64_t until = clock_mono_ns() + WAIT_NS, left;
	uint16_t id;
	size_t len = 0, waiting = 0;
	uint8_t *wire;

	random_bytes(&id, sizeof(id));
	wire = question(id, &len);
	for (size_t i = 0; i < n; i++) {
		send_one(&servers[i], &fds[i], wire, len);
		waiting += fds[i].fd >= 0;
	}
	while (waiting > 0 && (left = until - clock_mono_ns()) > 0) {
		if (poll(fds, (nfds_t)n, (int)(left / 1000000) + 1) < 0)
			break;
		for (size_t i = 0; i < n; i++) {
			if (fds[i].fd < 0)
				continue;
			receive(&servers[i], &fds[i], id);
			waiting -= fds[i].fd < 0;
		}
	}
	for (size_t i = 0; i < n; i++)
		if (fds[i].fd >= 0)
			close(fds[i].fd);
	free(wire);
}

void
doctor_servers(struct doctor *d)
{
	struct server servers[SERVERS_MAX];
	size_t n = read_hints(servers);
	unsigned all[2] = { 0, 0 }, good[2] = { 0, 0 };

	ask_all(servers, n);
	for (size_t i = 0; i < n; i++) {
		int six = servers[i].addr.ss_family == AF_INET6;

		all[six]++;
		good[six] += servers[i].answered ? 1 : 0;
	}
	doctor_say(d, "servers", good[0] + good[1] == 0 ? DOCTOR_FAULT :
	    good[0] == all[0] && good[1] == all[1] ? DOCTOR_OK : DOCTOR_NOTE,
	    "root: %u of %u answer by IPv4, %u of %u by IPv6", good[0], all[0],
	    good[1], all[1]);
}

static char *
case_roots(const struct kase *k)
{
	g_autoptr(GBytes) b = k->roots == NULL ? NULL :
	    file_get(k->roots, ROOTS_MAX, NULL);
	gsize len;
	const char *data;

	if (b == NULL)
		return NULL;
	data = g_bytes_get_data(b, &len);
	return g_strndup(data != NULL ? data : "", len);
}

void
doctor_stamping(struct doctor *d)
{
	g_autoptr(GBytes) data = g_bytes_new_static("goodcause doctor", 16);
	g_autofree char *roots = case_roots(d->k);
	g_autoptr(GPtrArray) answers = NULL;

	if (d->k->authorities[0] == NULL) {
		doctor_say(d, "stamping", DOCTOR_NOTE,
		    "no authority: runs are sealed untimed");
		return;
	}
	if (d->k->authorities[1] == NULL)
		doctor_say(d, "stamping", DOCTOR_NOTE,
		    "one authority only: none stands in when it is down");
	answers = tsa_ask((const char *const *)d->k->authorities, data,
	    WAIT_TSA_MS, FALSE, roots);
	for (guint i = 0; i < answers->len; i++) {
		const struct tsa_answer *a = answers->pdata[i];

		if (a->problem == NULL)
			doctor_say(d, "stamping", DOCTOR_OK,
			    "%s answers, root known", a->name);
		else
			doctor_say(d, "stamping", DOCTOR_NOTE, "%s: %s",
			    a->name, a->problem);
	}
}
