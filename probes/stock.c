#include "probes/stock.h"

#include <errno.h>
#include <glib.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

enum { V4, V6, FAMILIES };

struct shelf {
	int	 fd[STOCK_MOST];
	guint	 n, wanted;
};

struct stock {
	pthread_t	 thread;
	gboolean	 threaded;
	guint		 took;		/* in this turn */
	pthread_mutex_t	 lock;
	pthread_cond_t	 work;
	/* under the lock */
	struct shelf	 ready[FAMILIES];
	GArray		*closing;	/* int */
	gboolean	 ending;
};

static int
make(int family)
{
	return socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/* --- the thread ------------------------------------------------------------- */

static gboolean
is_short(const struct shelf *s)
{
	return s->n < s->wanted;
}

static gboolean
has_work(const struct stock *s)
{
	return s->closing->len > 0 || is_short(&s->ready[V4]) ||
	    is_short(&s->ready[V6]);
}

/* The lock is held before and after, not while the kernel is asked. */
static void
fill(struct stock *s, struct shelf *shelf, int family)
{
	guint n = shelf->wanted - shelf->n, made = 0;
	int fd[STOCK_MOST];

	if (!is_short(shelf))
		return;
	pthread_mutex_unlock(&s->lock);
	while (made < n && (fd[made] = make(family)) >= 0)
		made++;
	pthread_mutex_lock(&s->lock);
	/* Where the kernel has none to give, it is not asked on and on. */
	if (made < n)
		shelf->wanted = shelf->n + made;
	while (made > 0)
		shelf->fd[shelf->n++] = fd[--made];
}

static void
close_all(struct stock *s, GArray **spare)
{
	GArray *all = s->closing;

	s->closing = *spare;
	pthread_mutex_unlock(&s->lock);
	for (guint i = 0; i < all->len; i++)
		close(g_array_index(all, int, i));
	g_array_set_size(all, 0);
	*spare = all;
	pthread_mutex_lock(&s->lock);
}

static void *
work(void *arg)
{
	struct stock *s = arg;
	GArray *spare = g_array_new(FALSE, FALSE, sizeof(int));

	pthread_mutex_lock(&s->lock);
	while (!s->ending) {
		fill(s, &s->ready[V4], AF_INET);
		fill(s, &s->ready[V6], AF_INET6);
		if (s->closing->len > 0)
			close_all(s, &spare);
		if (!has_work(s) && !s->ending)
			pthread_cond_wait(&s->work, &s->lock);
	}
	pthread_mutex_unlock(&s->lock);
	g_array_unref(spare);
	return NULL;
}

/* A signal is for the thread that waits in poll(). */
static void
thread_start(struct stock *s)
{
	sigset_t all, was;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &was);
	s->threaded = pthread_create(&s->thread, NULL, work, s) == 0;
	pthread_sigmask(SIG_SETMASK, &was, NULL);
}

/* --- the other side --------------------------------------------------------- */

struct stock *
stock_new(void)
{
	struct stock *s = g_new0(struct stock, 1);

	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->work, NULL);
	s->closing = g_array_new(FALSE, FALSE, sizeof(int));
	return s;
}

void
stock_free(struct stock *s)
{
	if (s == NULL)
		return;
	if (s->threaded) {
		pthread_mutex_lock(&s->lock);
		s->ending = TRUE;
		pthread_cond_signal(&s->work);
		pthread_mutex_unlock(&s->lock);
		pthread_join(s->thread, NULL);
	}
	for (guint i = 0; i < s->closing->len; i++)
		close(g_array_index(s->closing, int, i));
	for (int k = 0; k < FAMILIES; k++)
		while (s->ready[k].n > 0)
			close(s->ready[k].fd[--s->ready[k].n]);
	g_array_unref(s->closing);
	pthread_cond_destroy(&s->work);
	pthread_mutex_destroy(&s->lock);
	g_free(s);
}

int
stock_take(struct stock *s, int family)
{
	struct shelf *shelf = &s->ready[family == AF_INET6 ? V6 : V4];
	int fd = -1;

	s->took++;
	if (!s->threaded)
		return make(family);
	pthread_mutex_lock(&s->lock);
	if (shelf->n > 0)
		fd = shelf->fd[--shelf->n];
	shelf->wanted = STOCK_MOST;
	pthread_mutex_unlock(&s->lock);
	return fd >= 0 ? fd : make(family);
}

int
stock_give(struct stock *s, int fd)
{
	if (!s->threaded)
		return close(fd);
	pthread_mutex_lock(&s->lock);
	g_array_append_val(s->closing, fd);
	pthread_mutex_unlock(&s->lock);
	return 0;
}

void
stock_turn(struct stock *s)
{
	if (!s->threaded && s->took >= STOCK_MANY)
		thread_start(s);
	s->took = 0;
	if (!s->threaded)
		return;
	pthread_mutex_lock(&s->lock);
	if (has_work(s))
		pthread_cond_signal(&s->work);
	pthread_mutex_unlock(&s->lock);
}
