#ifndef PROBES_ASK_H
#define PROBES_ASK_H

/*
 * What an asking half of a probe needs of the loop, and the table of them.
 * For the *_ask.c files and loop.c only.
 *
 * An asker starts one exchange: it makes a job, begins whatever it begins, and
 * returns; when the exchange is over it calls job_done() once.  Nothing blocks.
 */

#include <curl/curl.h>
#include <poll.h>

#include "probes/loop.h"

struct job;
struct pace_server;
struct stock;

struct asker {
	enum probe_kind	  kind;
	const char	 *name;
	enum limit	  timeout;	/* the whole exchange */
	gboolean	  network;	/* has a server: guarded, paced, counted */
	int		(*start)(struct job *);		/* -1: over already */
	/* After all that begin in this turn have started: what start() held
	 * back goes out, so that a server wakes up once for all of it. */
	void		(*send)(struct job *);
	/* A descriptor that job_watch() named is ready. */
	void		(*ready)(struct job *, int fd, short revents);
	void		(*expired)(struct job *);	/* its due time has come */
	void		(*transfer_done)(struct job *, CURLcode);
	void		(*clear)(struct job *);		/* frees own */
	void		(*spare_free)(void *);		/* of job_spare() */
};

struct job {
	struct loop		*loop;
	struct exchange		*x;
	const struct asker	*asker;
	struct pace_server	*server;	/* NULL: burdens nobody */
	void			*own;		/* the asker's */
	CURL			*easy;		/* NULL where it has none */
	int64_t			 due;		/* monotonic ns; 0 none */
	gboolean		 begun, over;
	int			 fd;		/* its socket, -1 none yet */
	int64_t			 tls_messages;
	gboolean		 counted;	/* under way at its server */
};

extern const struct asker local_asker, dns_asker, rdap_asker, whois_asker,
	      tls_asker, http_asker, geo_asker, reach_asker;
extern const struct asker dns_stream_asker;	/* of DNS, through a proxy */
extern const struct asker *const askers[PROBE_KINDS];

const struct net *job_net(const struct job *);
int64_t		 job_limit(const struct job *, enum limit);
void		 job_watch(struct job *, int fd, short events);	/* 0: no longer */
/* What the asker keeps for later jobs of this loop. */
GPtrArray	*job_spare(struct job *);
struct stock	*job_stock(struct job *);	/* of sockets: stock.h */
/* Over: status and detail in the exchange.  The job lives until the turn ends. */
void		 job_done(struct job *, enum xstatus, const char *detail);
/* An easy handle with everything that all transfers share; added by
 * job_transfer(). */
CURL		*job_easy(struct job *, const char *url);
void		 job_transfer(struct job *);
/* For an asker that sets its own function for new TLS contexts (SSL_CTX *): bounds
 * the messages of a handshake (tls.messages). */
void		 job_tls_bound(struct job *, void *ctx);
/* What libcurl's result means: the guard's word first, then the proxy's. */
enum xstatus	 job_curl_status(const struct job *, CURLcode,
		    const char **detail);
/* Fills in local and remote from the handle; through a proxy, remote is the
 * address that the proxy was told. */
void		 job_addresses(struct job *);
/* The request head as sent, appended by libcurl's debug function. */
void		 job_keep_sent(struct job *, GByteArray *);

#endif
