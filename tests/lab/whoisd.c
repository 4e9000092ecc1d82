/*
 * whoisd TABLE: WHOIS servers of the lab, all in one process.
 *
 * TABLE has one listener a line: ADDRESS BEHAVIOUR FOLDER. An answer is the
 * file FOLDER/QUERY, where QUERY is the last word of what was asked, in
 * lower case ("domain example.com", "n + 192.0.2.1" and "-T dn,ace
 * example.de" all name one object at their end). An address that has no
 * file of its own is looked up in FOLDER/_networks, lines of PREFIX FILE,
 * the longest prefix wins. A name that has none gets FOLDER/_TLD, as IANA
 * answers for all names of a registry. Otherwise FOLDER/_notfound.
 *
 * A line "!silent" is where the server says nothing more, for ever; "!reset"
 * where it breaks the connection off; "!repeat N TEXT" is TEXT N times; "!wait
 * MS" a pause.  An empty file closes the connection without a word.  All other
 * bytes go out as they are, in whatever character set.
 *
 * BEHAVIOUR: normal; silent (accepts, reads, says nothing for ever).
 */
#include <ctype.h>
#include <stdio.h>

#include "forkserve.h"

enum { QUERY_MAX = 512 };

static struct listener {
	char addr[64];
	char behaviour[16];
	char folder[400];
} listeners[SERVE_MAX];

static nfds_t read_table(const char *path, int *fds)
{
	FILE *f = fopen(path, "r");
	nfds_t n = 0;

	if (!f)
		err(1, "%s", path);
	while (n < SERVE_MAX &&
	       fscanf(f, "%63s %15s %399s", listeners[n].addr,
		      listeners[n].behaviour, listeners[n].folder) == 3) {
		fds[n] = serve_listen(listeners[n].addr, "43");
		n++;
	}
	fclose(f);
	return n;
}

/* Reads up to the end of the line; 0 or -1. */
static int read_query(int conn, char *query)
{
	size_t len = 0;

	while (len < QUERY_MAX - 1) {
		ssize_t n = read(conn, query + len, QUERY_MAX - 1 - len);

		if (n <= 0)
			return -1;
		len += (size_t)n;
		query[len] = '\0';
		if (strchr(query, '\n'))
			return 0;
	}
	return -1;
}

/* The last word, in lower case; never a path. */
static const char *object_asked(char *query)
{
	char *end = query + strlen(query), *p;

	while (end > query && isspace((unsigned char)end[-1]))
		*--end = '\0';
	for (p = query; *p; p++) {
		*p = (char)tolower((unsigned char)*p);
		if (*p == '/')
			*p = '_';
	}
	p = strrchr(query, ' ');
	p = p ? p + 1 : query;
	return *p == '.' || *p == '_' || *p == '\0' ? "-" : p;
}

static int prefix_holds(const unsigned char *net, const unsigned char *addr,
			int bits)
{
	int whole = bits / 8, rest = bits % 8;

	if (memcmp(net, addr, (size_t)whole) != 0)
		return 0;
	return rest == 0 ||
	       ((net[whole] ^ addr[whole]) >> (8 - rest)) == 0;
}

/* Finds the file of the longest prefix that holds the address asked. */
static int find_network(const char *folder, const char *asked, char *file)
{
	unsigned char addr[16], net[16];
	char path[500], prefix[64], name[128], *slash;
	int family = strchr(asked, ':') ? AF_INET6 : AF_INET, best = -1;
	FILE *f;

	if (inet_pton(family, asked, addr) != 1)
		return -1;
	snprintf(path, sizeof(path), "%s/_networks", folder);
	f = fopen(path, "r");
	if (!f)
		return -1;
	while (fscanf(f, "%63s %127s", prefix, name) == 2) {
		int bits;

		slash = strchr(prefix, '/');
		if (!slash)
			continue;
		*slash = '\0';
		bits = atoi(slash + 1);
		if (bits > best && inet_pton(family, prefix, net) == 1 &&
		    prefix_holds(net, addr, bits)) {
			best = bits;
			memcpy(file, name, sizeof(name));
		}
	}
	fclose(f);
	return best < 0 ? -1 : 0;
}

static FILE *open_in(const char *folder, const char *name)
{
	char path[1024];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return fopen(path, "r");
}

/* The registry of a top-level domain: FOLDER/_ch for any name below ch. */
static FILE *open_top_level(const char *folder, const char *label)
{
	char name[80];

	snprintf(name, sizeof(name), "_%.63s", label);
	return open_in(folder, name);
}

static void keep_silent(void)
{
	for (;;)
		pause();
}

static void send_line(int conn, const char *line)
{
	serve_write(conn, line, strlen(line));
	serve_write(conn, "\r\n", 2);
}

/* What is in the socket goes out, and then a reset instead of an end. */
static void reset(int conn)
{
	struct linger none = { .l_onoff = 1, .l_linger = 0 };

	usleep(200 * 1000);
	setsockopt(conn, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
	close(conn);
	_exit(0);
}

/* A line that says what to do; 0 where it is one to send. */
static int do_line(int conn, const char *line)
{
	long n;
	int at = 0;

	if (strcmp(line, "!silent") == 0)
		keep_silent();
	if (strcmp(line, "!reset") == 0)
		reset(conn);
	if (sscanf(line, "!wait %ld", &n) == 1) {
		usleep((useconds_t)n * 1000);
		return 1;
	}
	if (sscanf(line, "!repeat %ld %n", &n, &at) != 1 || at == 0)
		return 0;
	while (n-- > 0)
		send_line(conn, line + at);
	return 1;
}

/* Sends a text with the line ends that the protocol wants. */
static void send_text(int conn, FILE *f)
{
	char line[4096];

	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (!do_line(conn, line))
			send_line(conn, line);
	}
}

static void answer(int conn, nfds_t which)
{
	unsigned char v4[4];
	const struct listener *l = &listeners[which];
	char query[QUERY_MAX], file[128];
	const char *asked;
	FILE *f;

	if (read_query(conn, query) != 0)
		return;
	if (strcmp(l->behaviour, "silent") == 0)
		keep_silent();
	asked = object_asked(query);
	f = open_in(l->folder, asked);
	if (!f && find_network(l->folder, asked, file) == 0)
		f = open_in(l->folder, file);
	if (!f && inet_pton(AF_INET, asked, v4) != 1) {
		const char *dot = strrchr(asked, '.');

		/* "popcorn-time.ch" or "ch": IANA answers both alike. */
		f = open_top_level(l->folder, dot ? dot + 1 : asked);
	}
	if (!f)
		f = open_in(l->folder, "_notfound");
	if (f) {
		send_text(conn, f);
		fclose(f);
	}
}

int main(int argc, char **argv)
{
	int fds[SERVE_MAX];
	nfds_t n;

	if (argc != 2)
		errx(64, "usage: whoisd TABLE");
	n = read_table(argv[1], fds);
	serve_detach();
	serve_forever(fds, n, answer);
}
