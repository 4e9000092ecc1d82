#ifndef PROBES_LOOP_H
#define PROBES_LOOP_H

/*
 * The network loop: takes questions, gives exchanges, in one thread.
 *
 * loop_ask() takes an exchange that has its question, target and cause, and
 * gives it back exactly once through the done function, with status, times,
 * addresses and bytes filled in; never from inside loop_ask() itself.  It
 * waits in line while its server, or the loop, has as many under way as
 * limits.def allows.
 *
 * One turn: curl_multi_perform; reap what is done; admit from the line; poll
 * with the c-ares and WHOIS sockets as extra descriptors, no longer than the
 * least of the next deadline and the given time; process what is ready.
 *
 * An address that guard.h or shield.h keeps from being connected to is never
 * sent a packet: its exchange comes back with status guard.  The check is made before
 * a question is admitted and again where libcurl opens the socket.
 *
 * How often a server is asked, and how often at once, is pace.h's; what stands
 * in line for one server does not keep others waiting.  Of DNS, half as many
 * again as one server may be asked are under way at all servers together, and
 * one at each server besides.  What is no single target's begins first: others
 * wait for it.
 *
 * Every exchange uses a connection, or a channel and port, of its own; but
 * questions to one registration service follow each other on at most rdap.server
 * connections, because its operator has to carry them.
 */

#include "probes/exchange.h"
#include "probes/limits.h"

struct geo_set;
struct lists;
struct loop;
struct services;
struct shield;
struct trust;
struct way;

struct net {				/* borrowed for the loop's life */
	const struct limits	*limits;
	const char		*user_agent;
	const struct geo_set	*geo;
	const struct lists	*lists;
	const struct services	*services;
	struct trust		*trust;	/* NULL: chains are not validated */
	const struct way	*way;	/* the proxy; NULL: straight */
	const struct shield	*shield;	/* never contacted; NULL: none */
};

typedef void loop_done_fn(struct exchange *, void *arg);	/* takes it */

struct loop	*loop_new(const struct net *, loop_done_fn *, void *arg);
void		 loop_ask(struct loop *, struct exchange *);
/* One turn; waits at most so long.  Returns how many are not done yet. */
size_t		 loop_turn(struct loop *, int64_t wait_ms);
/* From now on nothing in line is begun. */
void		 loop_hold(struct loop *);
/* Takes those out of the line for which fn says so; they are the caller's. */
typedef gboolean loop_drop_fn(const struct exchange *, void *arg);
GPtrArray	*loop_drop(struct loop *, loop_drop_fn *, void *arg);
/* The question's server is left alone for so long. */
void		 loop_wait(struct loop *, const struct question *, int64_t ms);
size_t		 loop_waiting(const struct loop *);	/* in line, not sent */
size_t		 loop_flying(const struct loop *);	/* sent, not answered */
/* Drops what is in line and under way, without exchanges. */
void		 loop_free(struct loop *);

/* Versions in use, for the record. */
const char	*loop_curl_version(void);
const char	*loop_ares_version(void);

#endif
