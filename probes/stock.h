#ifndef PROBES_STOCK_H
#define PROBES_STOCK_H

/*
 * Sockets for datagrams: made ahead of need and closed behind it, by a thread of
 * their own.
 *
 * Each DNS question has a socket of its own, and to make and close one takes the
 * kernel about as long as everything else that is done for a question.  So where
 * many are asked, another processor does that.  A socket out of the stock is as
 * socket() made it: used by nobody before, bound to nothing, so that nothing can
 * have reached it; non-blocking, closed on exec.
 *
 * The thread begins with the first turn that took STOCK_MANY or more, and has no
 * more than STOCK_MOST of each family ready.  Before that, and where there is
 * none left, a socket is made when it is taken, and closed when it is given.
 *
 * All functions are for one thread.
 */

struct stock;

#define STOCK_MANY	8
#define STOCK_MOST	48

struct stock	*stock_new(void);
void		 stock_free(struct stock *);	/* with those that are left */
/* The caller's, AF_INET or AF_INET6; -1 with errno. */
int		 stock_take(struct stock *, int family);
/* Takes it, to be closed; as close(). */
int		 stock_give(struct stock *, int fd);
/* A turn is over: what was taken and given in it is seen to. */
void		 stock_turn(struct stock *);

#endif
