#ifndef PROBES_DNS_LINE_H
#define PROBES_DNS_LINE_H

/*
 * A line: a channel of c-ares and the socket of the question that it carries.
 * For dns_ask.c only.
 *
 * A channel has one server and one question at a time.  Its socket is made for
 * that question, from a port of our own choice, more of them than the kernel
 * would choose from; connected, so that only the server is heard; and closed
 * with the answer.  One that gave an answer carries another question later,
 * best one for the same server.
 *
 * Which address of ours the kernel sends from to a server is asked of it where
 * that was not asked within the last second.  Otherwise the socket is bound to
 * that very address, so that what is written down as local is so in any case.
 */

#include <ares.h>
#include <sys/uio.h>

#include "probes/ask.h"
#include "probes/dns.h"

#define HELD_MOST	512

struct line;

struct dns_job {
	struct line		*line;
	GBytes			*query;
	struct dns_put		 put;
	GBytes			*taken;		/* a datagram that c-ares may not see */
	enum dns_datagram	 taken_as;
	unsigned		 dropped[DATAGRAMS];
	gboolean		 shut;		/* the TCP connection was ended */
	gboolean		 good;		/* the channel may serve again */
	gboolean		 holding;	/* the first datagram is held back */
	int			 held_fd;	/* -1: none is */
	size_t			 nheld;
	uint8_t			 held[HELD_MOST];
};

/* For the question's server, or NULL. */
struct line	*line_take(struct job *);
/* The job has ended; the line serves again where it was good. */
void		 line_give(struct job *, struct line *, gboolean good);
void		 line_free(void *);
ares_channel	 line_channel(const struct line *);
const char	*line_remote(const struct line *);	/* "ip#port" */

/* dns_ask.c's.  TRUE: the first datagram of a question, which waits for those of
 * its turn. */
gboolean	 dns_datagram_hold(struct dns_job *, int fd,
		    const struct iovec *, int n);
/* TRUE: c-ares may have it. */
gboolean	 dns_datagram_pass(struct dns_job *, const uint8_t *got, size_t n);

#endif
