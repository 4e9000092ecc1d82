/*
 * wire TABLE NEAR FAR: the distance between the collector and the servers.
 *
 * Kernels without netem cannot delay a packet, so this does: it joins two
 * interfaces by packet sockets and holds each frame as long as TABLE says
 * for the server's address in it (the destination on the way from NEAR to
 * FAR, the source on the way back). TABLE has one rule a line:
 *	ADDRESS[/BITS] RTT-MS LOSS-PERCENT RATE-KBIT
 * with `default` in place of the address once; the longest prefix wins. A
 * frame waits half the round trip each way; a rate (0: none) makes frames
 * of one rule and direction queue behind each other, before that wait.
 * What is neither IPv4 nor IPv6, and neighbour discovery, passes at once.
 *
 * 1. read the table, open both sockets, go to the background
 * 2. a frame comes in: find its rule, drop it or give it the time it is due
 * 3. frames wait in a heap, ordered by due time, then by arrival
 * 4. sleep until the first is due or another comes in
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { RULES_MAX = 4096, HEAP_MAX = 65536, FRAME_MAX = 65536 };
enum { NEAR, FAR };

struct rule {
	unsigned char addr[16];
	int family;		/* AF_UNSPEC: the default */
	int bits;
	int64_t half_rtt;	/* ns */
	double loss;		/* 0..1 */
	double ns_per_byte;	/* 0: no limit */
	int64_t free_at[2];	/* when the line is idle again, each way */
};

struct frame {
	int64_t due;
	uint64_t order;
	int to;
	size_t len;
	unsigned char data[];
};

static struct rule rules[RULES_MAX];
static size_t n_rules;
static struct rule *fallback;
static struct frame *heap[HEAP_MAX];
static size_t n_heap;

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void read_address(struct rule *r, char *text)
{
	char *slash = strchr(text, '/');

	if (strcmp(text, "default") == 0) {
		fallback = r;
		return;
	}
	if (slash)
		*slash = '\0';
	r->family = strchr(text, ':') ? AF_INET6 : AF_INET;
	r->bits = slash ? atoi(slash + 1) : r->family == AF_INET ? 32 : 128;
	if (inet_pton(r->family, text, r->addr) != 1 || r->bits < 0 ||
	    r->bits > (r->family == AF_INET ? 32 : 128))
		errx(1, "%s: no address", text);
}

static void read_table(const char *path)
{
	FILE *f = fopen(path, "r");
	char addr[64];
	double rtt, loss, rate;

	if (!f)
		err(1, "%s", path);
	while (n_rules < RULES_MAX &&
	       fscanf(f, "%63s %lf %lf %lf", addr, &rtt, &loss, &rate) == 4) {
		struct rule *r = &rules[n_rules++];

		read_address(r, addr);
		r->half_rtt = (int64_t)(rtt * 1e6 / 2);
		r->loss = loss / 100;
		r->ns_per_byte = rate > 0 ? 8e6 / rate : 0;
	}
	fclose(f);
}

static int open_side(const char *ifname)
{
	struct sockaddr_ll a = { .sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL) };
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
	int one = 1, big = 8 << 20;

	a.sll_ifindex = (int)if_nametoindex(ifname);
	if (fd < 0 || a.sll_ifindex == 0)
		err(1, "%s", ifname);
	setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof(one));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &big, sizeof(big));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &big, sizeof(big));
	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) != 0)
		err(1, "%s", ifname);
	return fd;
}

static int holds(const struct rule *r, int family, const unsigned char *addr)
{
	size_t whole = (size_t)r->bits / 8;
	int rest = r->bits % 8;

	if (r->family != family || memcmp(r->addr, addr, whole) != 0)
		return 0;
	return rest == 0 || ((r->addr[whole] ^ addr[whole]) >> (8 - rest)) == 0;
}

static struct rule *find_rule(int family, const unsigned char *addr)
{
	struct rule *best = fallback;
	size_t i;

	for (i = 0; i < n_rules; i++)
		if (holds(&rules[i], family, addr) &&
		    (!best || best == fallback || rules[i].bits > best->bits))
			best = &rules[i];
	return best;
}

/* Router and neighbour messages, 133 to 137: the link's own business. */
static int is_discovery(const unsigned char *ip, size_t len)
{
	return len > 40 && ip[6] == 58 && ip[40] >= 133 && ip[40] <= 137;
}

static struct rule *rule_of_frame(const unsigned char *b, size_t len, int to)
{
	const unsigned char *ip = b + ETH_HLEN;
	int type;

	if (len < ETH_HLEN + 20)
		return NULL;
	type = b[12] << 8 | b[13];
	len -= ETH_HLEN;
	if (type == ETH_P_IP)
		return find_rule(AF_INET, ip + (to == FAR ? 16 : 12));
	if (type == ETH_P_IPV6 && len >= 40 && !is_discovery(ip, len))
		return find_rule(AF_INET6, ip + (to == FAR ? 24 : 8));
	return NULL;
}

static int before(const struct frame *a, const struct frame *b)
{
	return a->due != b->due ? a->due < b->due : a->order < b->order;
}

static void heap_push(struct frame *f)
{
	size_t i = n_heap++;

	while (i > 0 && before(f, heap[(i - 1) / 2])) {
		heap[i] = heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	heap[i] = f;
}

static struct frame *heap_pop(void)
{
	struct frame *first = heap[0], *last = heap[--n_heap];
	size_t i = 0, child;

	while ((child = 2 * i + 1) < n_heap) {
		if (child + 1 < n_heap && before(heap[child + 1], heap[child]))
			child++;
		if (!before(heap[child], last))
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = last;
	return first;
}

/* When the frame is due, or -1 when it is lost on the way. */
static int64_t due_time(struct rule *r, size_t len, int to)
{
	int64_t t = now();

	if (!r)
		return t;
	if (r->loss > 0 && drand48() < r->loss)
		return -1;
	if (r->ns_per_byte > 0) {
		if (r->free_at[to] > t)
			t = r->free_at[to];
		t += (int64_t)(r->ns_per_byte * (double)len);
		r->free_at[to] = t;
	}
	return t + r->half_rtt;
}

static void take_in(int fd, int to)
{
	static unsigned char buf[FRAME_MAX];
	static uint64_t order;
	int i;

	for (i = 0; i < 64 && n_heap < HEAP_MAX; i++) {
		ssize_t n = recv(fd, buf, sizeof(buf), MSG_DONTWAIT);
		struct frame *f;
		int64_t due;

		if (n <= 0)
			return;
		due = due_time(rule_of_frame(buf, (size_t)n, to), (size_t)n,
			       to);
		f = due < 0 ? NULL : malloc(sizeof(*f) + (size_t)n);
		if (!f)
			continue;
		f->due = due;
		f->order = order++;
		f->to = to;
		f->len = (size_t)n;
		memcpy(f->data, buf, (size_t)n);
		heap_push(f);
	}
}

static void send_due(const int *fd)
{
	while (n_heap > 0 && heap[0]->due <= now()) {
		struct frame *f = heap_pop();

		send(fd[f->to], f->data, f->len, 0);
		free(f);
	}
}

static void run(const int *fd)
{
	struct pollfd p[2] = { { .fd = fd[NEAR], .events = POLLIN },
		{ .fd = fd[FAR], .events = POLLIN } };

	for (;;) {
		struct timespec wait = { .tv_sec = 60 };

		if (n_heap > 0) {
			int64_t left = heap[0]->due - now();

			if (left < 0)
				left = 0;
			wait.tv_sec = left / 1000000000;
			wait.tv_nsec = left % 1000000000;
		}
		ppoll(p, 2, &wait, NULL);
		take_in(fd[NEAR], FAR);
		take_in(fd[FAR], NEAR);
		send_due(fd);
	}
}

int main(int argc, char **argv)
{
	int fd[2];

	if (argc != 4)
		errx(64, "usage: wire TABLE NEAR FAR");
	read_table(argv[1]);
	fd[NEAR] = open_side(argv[2]);
	fd[FAR] = open_side(argv[3]);
	prctl(PR_SET_TIMERSLACK, 1);
	srand48(now());
	if (daemon(1, 1) != 0)
		err(1, "daemon");
	run(fd);
}
