/*
 * rawd TABLE: TCP servers of the lab that say, byte by byte, what their script
 * says, whatever they are asked.  For answers that no sane server gives.
 *
 * TABLE has one listener a line: ADDRESS PORT SCRIPT CERT, where CERT is a file
 * name before .pem and .key, used by scripts that begin with "tls".
 *
 * A script has one command a line; "#" comments.  Texts know \r \n \t \\ \s (a
 * blank at an end) \0 and \xHH.
 *
 *	tls		first of all: a handshake, and all that follows in it
 *	line		reads to the end of a line; gives up after 5 s
 *	request		reads to an empty line (HTTP)
 *	send TEXT	writes it
 *	repeat N TEXT	writes it N times; 0: until the other side is gone
 *	file NAME	writes the file that lies beside the script
 *	drip MS TEXT	writes it a byte at a time, so far apart
 *	wait MS
 *	hang		says nothing more, and stays
 *	half		closes its writing side, and stays
 *	reset		closes with RST
 *
 * At the end of the script the connection is closed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>

#include <openssl/ssl.h>

#include "forkserve.h"

enum { TEXT_MAX = 8192 };

static struct listener {
	char addr[64];
	char port[8];
	char script[400];
	char cert[400];
} listeners[SERVE_MAX];

/* One connection; ssl NULL where it is plain. */
struct wire {
	int conn;
	SSL *ssl;
	const struct listener *l;
};


/* Undoes escapes in place; returns the length. */
static size_t unescape(char *s)
{
	static const char from[] = "rnts0\\", to[] = "\r\n\t \0\\";
	char *out = s;

	for (char *p = s; *p; p++) {
		const char *e;

		if (*p != '\\' || !p[1]) {
			*out++ = *p;
		} else if (p[1] == 'x' && p[2] && p[3]) {
			*out++ = (char)(strtol((char[]){ p[2], p[3], 0 }, NULL,
					       16));
			p += 3;
		} else if ((e = strchr(from, *++p)) != NULL) {
			*out++ = to[e - from];
		} else {
			*out++ = *p;
		}
	}
	return (size_t)(out - s);
}

/* 0, or -1 where the other side is gone. */
static int put(const struct wire *w, const char *p, size_t len)
{
	if (!w->ssl)
		return serve_write(w->conn, p, len);
	while (len > 0) {
		int piece = len > 65536 ? 65536 : (int)len;
		int n = SSL_write(w->ssl, p, piece);

		if (n <= 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

static int take_byte(const struct wire *w, char *c)
{
	struct timeval five = { .tv_sec = 5 };

	setsockopt(w->conn, SOL_SOCKET, SO_RCVTIMEO, &five, sizeof(five));
	return (w->ssl ? SSL_read(w->ssl, c, 1) : (int)read(w->conn, c, 1)) ==
			       1 ?
		       0 :
		       -1;
}

/* Reads to the end of a line, or to an empty one. */
static int take(const struct wire *w, int empty)
{
	size_t in_line = 0;
	char c;

	while (take_byte(w, &c) == 0) {
		if (c == '\n' && (!empty || in_line == 0))
			return 0;
		in_line = c == '\n' ? 0 : in_line + (c != '\r');
	}
	return -1;
}

static void nap(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static int repeat(const struct wire *w, char *args)
{
	long n = strtol(args, &args, 10);
	size_t len = unescape(args += strspn(args, " "));

	static char many[65536];
	size_t fit = len > 0 && len < sizeof(many) ? sizeof(many) / len : 0;
	long i = 0;

	for (size_t k = 0; k < fit; k++)
		memcpy(many + k * len, args, len);
	for (; fit > 0 && (n == 0 || i + (long)fit <= n); i += (long)fit)
		if (put(w, many, fit * len) != 0)
			return -1;
	if (fit > 0)
		return n > i ? put(w, many, (size_t)(n - i) * len) : 0;
	for (; i < n; i++)
		if (put(w, args, len) != 0)
			return -1;
	return 0;
}

static int drip(const struct wire *w, char *args)
{
	long ms = strtol(args, &args, 10);
	size_t len = unescape(args += strspn(args, " "));

	for (size_t i = 0; i < len; i++) {
		if (put(w, args + i, 1) != 0)
			return -1;
		nap(ms);
	}
	return 0;
}

static int put_file(const struct wire *w, const char *name)
{
	char path[900], buf[65536];
	const char *slash = strrchr(w->l->script, '/');
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%.*s/%s", (int)(slash - w->l->script),
		 w->l->script, name);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		err(1, "%s", path);
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		if (put(w, buf, (size_t)n) != 0)
			break;
	close(fd);
	return n == 0 ? 0 : -1;
}

static void hang(void)
{
	for (;;)
		nap(60000);
}

static int reset(const struct wire *w)
{
	struct linger now = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(w->conn, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(w->conn);
	_exit(0);
}

static int start_tls(struct wire *w)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	char pem[410], key[410];

	snprintf(pem, sizeof(pem), "%s.pem", w->l->cert);
	snprintf(key, sizeof(key), "%s.key", w->l->cert);
	if (!ctx || SSL_CTX_use_certificate_chain_file(ctx, pem) != 1 ||
	    SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1)
		errx(1, "%s: no certificate", pem);
	w->ssl = SSL_new(ctx);
	SSL_set_fd(w->ssl, w->conn);
	return SSL_accept(w->ssl) == 1 ? 0 : -1;
}

/* 0 to go on, -1 where the connection is over. */
static int command(struct wire *w, char *line)
{
	char *args = line + strcspn(line, " ");

	if (*args)
		*args++ = '\0';
	if (!strcmp(line, "tls"))
		return start_tls(w);
	if (!strcmp(line, "line") || !strcmp(line, "request"))
		return take(w, line[0] == 'r');
	if (!strcmp(line, "send"))
		return put(w, args, unescape(args));
	if (!strcmp(line, "repeat"))
		return repeat(w, args);
	if (!strcmp(line, "drip"))
		return drip(w, args);
	if (!strcmp(line, "file"))
		return put_file(w, args);
	if (!strcmp(line, "wait"))
		return nap(strtol(args, NULL, 10)), 0;
	if (!strcmp(line, "half"))
		return shutdown(w->conn, SHUT_WR);
	if (!strcmp(line, "reset"))
		return reset(w);
	if (!strcmp(line, "hang"))
		hang();
	errx(1, "%s: what is \"%s\"?", w->l->script, line);
}

static void answer(int conn, nfds_t which)
{
	struct wire w = { .conn = conn, .l = &listeners[which] };
	char line[TEXT_MAX];
	FILE *f = fopen(w.l->script, "r");

	if (!f)
		err(1, "%s", w.l->script);
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] && line[0] != '#' && command(&w, line) != 0)
			break;
	}
	if (w.ssl)
		SSL_shutdown(w.ssl);
}

static nfds_t read_table(const char *path, int *fds)
{
	FILE *f = fopen(path, "r");
	nfds_t n = 0;

	if (!f)
		err(1, "%s", path);
	while (n < SERVE_MAX &&
	       fscanf(f, "%63s %7s %399s %399s", listeners[n].addr,
		      listeners[n].port, listeners[n].script,
		      listeners[n].cert) == 4) {
		fds[n] = serve_listen(listeners[n].addr, listeners[n].port);
		n++;
	}
	fclose(f);
	return n;
}

int main(int argc, char **argv)
{
	static int fds[SERVE_MAX];
	nfds_t n;

	if (argc != 2)
		errx(64, "usage: rawd TABLE");
	n = read_table(argv[1], fds);
	serve_detach();
	serve_forever(fds, n, answer);
}
