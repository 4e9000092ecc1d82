/*
 * forkserve.h: the part that the lab's small TCP servers share.
 *
 * Listen on many addresses, fork a child for each connection. A child may
 * block as long as it likes: nobody waits for it, and it dies with the
 * lab's process namespace.
 */
#ifndef LAB_FORKSERVE_H
#define LAB_FORKSERVE_H

#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { SERVE_MAX = 256 };

/* Listens on addr (numeric, IPv4 or IPv6) and port; gives up loudly. */
static int serve_listen(const char *addr, const char *port)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
	struct addrinfo *ai;
	int fd, one = 1, rc;

	rc = getaddrinfo(addr, port, &hints, &ai);
	if (rc != 0)
		errx(1, "%s: %s", addr, gai_strerror(rc));
	fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		err(1, "socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, ai->ai_addr, ai->ai_addrlen) != 0 ||
	    listen(fd, 256) != 0)
		err(1, "%s port %s", addr, port);
	freeaddrinfo(ai);
	return fd;
}

/*
 * Detaches: the parent returns to the shell with status 0 only now, when
 * every socket listens, so the caller needs no polling.
 */
static void serve_detach(void)
{
	pid_t pid = fork();

	if (pid < 0)
		err(1, "fork");
	if (pid > 0)
		_exit(0);
	setsid();
}

/* Accepts for ever. answer() runs in a child with the listener's number. */
static void serve_forever(const int *fds, nfds_t n,
			  void (*answer)(int conn, nfds_t which))
{
	struct pollfd p[SERVE_MAX];
	nfds_t i;

	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	for (i = 0; i < n; i++)
		p[i] = (struct pollfd){ .fd = fds[i], .events = POLLIN };
	for (;;) {
		if (poll(p, n, -1) < 0 && errno != EINTR)
			err(1, "poll");
		for (i = 0; i < n; i++) {
			int conn;

			if (!(p[i].revents & POLLIN))
				continue;
			conn = accept(fds[i], NULL, NULL);
			if (conn < 0)
				continue;
			if (fork() == 0) {
				answer(conn, i);
				_exit(0);
			}
			close(conn);
		}
	}
}

/* Writes all of it, or as much as the other side takes: 0 or -1. */
static int serve_write(int conn, const void *data, size_t len)
{
	const char *at = data;

	while (len > 0) {
		ssize_t n = write(conn, at, len);

		if (n <= 0)
			return -1;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

#endif
