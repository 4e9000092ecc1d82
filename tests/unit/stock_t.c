/* Sockets ahead of need: each is new, unbound and as socket() makes it. */

#include <fcntl.h>
#include <glib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probes/stock.h"

/* Of this process now. */
static guint
open_files(void)
{
	GDir *d = g_dir_open("/proc/self/fd", 0, NULL);
	guint n = 0;

	g_assert_nonnull(d);
	while (g_dir_read_name(d) != NULL)
		n++;
	g_dir_close(d);
	return n;
}

static void
is_fresh(int fd, int family)
{
	struct sockaddr_storage a = { 0 };
	socklen_t len = sizeof(a);
	int type = 0;
	socklen_t n = sizeof(type);

	g_assert_cmpint(fd, >=, 0);
	g_assert_cmpint(getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &n), ==, 0);
	g_assert_cmpint(type, ==, SOCK_DGRAM);
	g_assert_cmpint(getsockname(fd, (struct sockaddr *)&a, &len), ==, 0);
	g_assert_cmpint(a.ss_family, ==, family);
	g_assert_cmpint(family == AF_INET ?
	    ((struct sockaddr_in *)(void *)&a)->sin_port :
	    ((struct sockaddr_in6 *)(void *)&a)->sin6_port, ==, 0);
	g_assert_true(fcntl(fd, F_GETFL) & O_NONBLOCK);
	g_assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
}

/* Some machines have no IPv6. */
static gboolean
is_had(int family)
{
	int fd = socket(family, SOCK_DGRAM, 0);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* As a turn: many are taken, used and given, and none is had twice. */
static void
turn(struct stock *s, int family, guint many)
{
	g_autoptr(GHashTable) had = g_hash_table_new(NULL, NULL);
	GHashTableIter i;
	gpointer fd;

	if (!is_had(family))
		return;
	for (guint k = 0; k < many; k++) {
		int one = stock_take(s, family);

		is_fresh(one, family);
		g_assert_true(g_hash_table_add(had, GINT_TO_POINTER(one)));
	}
	g_hash_table_iter_init(&i, had);
	while (g_hash_table_iter_next(&i, &fd, NULL)) {
		struct sockaddr_in a = { .sin_family = AF_INET,
		    .sin_addr = { htonl(INADDR_LOOPBACK) } };

		/* Were it to come again, it would have a port. */
		if (family == AF_INET)
			g_assert_cmpint(bind(GPOINTER_TO_INT(fd),
			    (struct sockaddr *)&a, sizeof(a)), ==, 0);
		g_assert_cmpint(stock_give(s, GPOINTER_TO_INT(fd)), ==, 0);
	}
	stock_turn(s);
}

static void
test_few(void)
{
	guint before = open_files();
	struct stock *s = stock_new();

	turn(s, AF_INET, 3);
	turn(s, AF_INET6, STOCK_MANY - 1);
	g_assert_cmpuint(open_files(), ==, before);	/* none was made ahead */
	stock_free(s);
}

static void
test_many(void)
{
	guint before = open_files();
	struct stock *s = stock_new();

	for (int i = 0; i < 50; i++) {
		turn(s, AF_INET, STOCK_MOST + 20);
		turn(s, i % 2 ? AF_INET6 : AF_INET, 5);
	}
	stock_free(s);
	g_assert_cmpuint(open_files(), ==, before);	/* nor left behind */
}

/* What was taken is the taker's. */
static void
test_taken(void)
{
	struct stock *s = stock_new();
	int fd;

	turn(s, AF_INET, STOCK_MANY);
	fd = stock_take(s, AF_INET);
	stock_free(s);
	is_fresh(fd, AF_INET);
	close(fd);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/stock/few", test_few);
	g_test_add_func("/stock/many", test_many);
	g_test_add_func("/stock/taken", test_taken);
	return g_test_run();
}
