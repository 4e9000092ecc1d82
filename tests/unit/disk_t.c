/*
 * What a user relies on: a line of the log is called durable only when its bytes
 * and then the line itself are; what is taken while the disk is slow waits
 * together; after a failure, or a death at any step, what was durable stands.
 */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "collector/disk.h"
#include "collector/files.h"

/* What the other thread did, a letter a call: w or s for a write or a sync, of
 * the archive (a), the log (l), the facts (f). */
static struct {
	pthread_mutex_t	 lock;
	pthread_cond_t	 moved;
	char		 did[256];
	char		 hold[4];	/* the call that waits, "" none */
	char		 fail[4];	/* the call that fails */
	char		 die[4];	/* the call before which the process ends */
	gboolean	 held;
} fake = { .lock = PTHREAD_MUTEX_INITIALIZER,
    .moved = PTHREAD_COND_INITIALIZER };

static int fds[DISK_FILES];

static int
step(char call, int fd)
{
	char what[4] = { call, fd == fds[DISK_WARC] ? 'a' :
	    fd == fds[DISK_LOG] ? 'l' : 'f', '\0' };
	gboolean fails;

	if (strcmp(fake.die, what) == 0)
		_exit(7);
	pthread_mutex_lock(&fake.lock);
	while (strcmp(fake.hold, what) == 0) {
		fake.held = TRUE;
		pthread_cond_broadcast(&fake.moved);
		pthread_cond_wait(&fake.moved, &fake.lock);
	}
	g_strlcat(fake.did, what, sizeof(fake.did));
	g_strlcat(fake.did, " ", sizeof(fake.did));
	fails = strcmp(fake.fail, what) == 0;
	pthread_mutex_unlock(&fake.lock);
	errno = ENOSPC;
	return fails ? -1 : 0;
}

static int
fake_write(int fd, const void *bytes, size_t len)
{
	return step('w', fd) < 0 ? -1 : fd_write(fd, bytes, len);
}

static int
fake_sync(int fd)
{
	return step('s', fd);
}

static const struct disk_calls calls = { fake_write, fake_sync };

static void
set(char *what, const char *call)
{
	pthread_mutex_lock(&fake.lock);
	g_strlcpy(what, call, 4);
	fake.held = FALSE;
	pthread_cond_broadcast(&fake.moved);
	pthread_mutex_unlock(&fake.lock);
}

static void
until_held(void)
{
	pthread_mutex_lock(&fake.lock);
	while (!fake.held)
		pthread_cond_wait(&fake.moved, &fake.lock);
	pthread_mutex_unlock(&fake.lock);
}

struct place {
	char		*dir;
	struct disk	*disk;
	struct batch	 b;
};

static struct disk *
opened(const struct place *p, int flags)
{
	g_autoptr(GError) error = NULL;
	const struct disk_setup setup = { .calls = &calls };
	struct disk *d = disk_open(p->dir, flags, &setup, &error);

	g_assert_no_error(error);
	for (int i = 0; i < DISK_FILES; i++)
		fds[i] = disk_file(d, (enum disk_which)i)->fd;
	return d;
}

static void
set_up(struct place *p, gconstpointer unused)
{
	g_autofree char *data = NULL;

	(void)unused;
	memset(fake.did, 0, sizeof(fake.did));
	fake.hold[0] = fake.fail[0] = fake.die[0] = '\0';
	p->dir = g_dir_make_tmp("disk-XXXXXX", NULL);
	data = g_build_filename(p->dir, "data", NULL);
	g_assert_cmpint(g_mkdir(data, 0755), ==, 0);
	p->disk = opened(p, O_CREAT | O_EXCL);
	batch_init(&p->b, NULL);
}

static void
tear_down(struct place *p, gconstpointer unused)
{
	g_autofree char *data = g_build_filename(p->dir, "data", NULL);

	(void)unused;
	for (int i = 0; i < DISK_FILES; i++)
		g_unlink(disk_file(p->disk, (enum disk_which)i)->path);
	disk_close(p->disk);
	batch_clear(&p->b);
	g_rmdir(data);
	g_rmdir(p->dir);
	g_free(p->dir);
}

static void
take(struct place *p, uint64_t n)
{
	g_autofree char *line = g_strdup_printf("%" G_GUINT64_FORMAT "\n", n);

	g_byte_array_append(p->b.warc, (const guint8 *)line,
	    (guint)strlen(line));
	g_string_append(p->b.log, line);
	g_string_append(p->b.facts, line);
	p->b.n = n;
}

static char *
text_of(const struct place *p, enum disk_which which)
{
	char *text = NULL;

	g_assert_true(g_file_get_contents(disk_file(p->disk, which)->path,
	    &text, NULL, NULL));
	return text;
}

static void
test_order(struct place *p, gconstpointer unused)
{
	(void)unused;
	take(p, 1);
	g_assert_cmpint(disk_give(p->disk, &p->b), ==, 0);
	g_assert_cmpuint(batch_size(&p->b), ==, 0);
	g_assert_cmpint(disk_wait(p->disk), ==, 0);
	g_assert_cmpstr(fake.did, ==, "wa sa wl sl wf ");
	g_assert_cmpuint(disk_durable(p->disk), ==, 1);
}

/* Held before each step: the line is durable after the last sync only, and
 * nobody had to wait to give it. */
static void
test_durable(struct place *p, gconstpointer unused)
{
	static const struct { const char *call; uint64_t durable; } steps[] = {
		{ "wa", 0 }, { "sa", 0 }, { "wl", 0 }, { "sl", 0 },
		{ "wf", 1 },
	};

	(void)unused;
	set(fake.hold, steps[0].call);
	take(p, 1);
	g_assert_cmpint(disk_give(p->disk, &p->b), ==, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		set(fake.hold, steps[i].call);
		until_held();
		g_assert_true(disk_busy(p->disk));
		g_assert_cmpuint(disk_durable(p->disk), ==, steps[i].durable);
	}
	set(fake.hold, "");
	g_assert_cmpint(disk_wait(p->disk), ==, 0);
	g_assert_false(disk_busy(p->disk));
}

/* What comes while a sync lasts goes together, with one sync for all. */
static void
test_group(struct place *p, gconstpointer unused)
{
	g_autofree char *log = NULL;

	(void)unused;
	set(fake.hold, "sl");
	take(p, 1);
	g_assert_cmpint(disk_give(p->disk, &p->b), ==, 0);
	until_held();
	for (uint64_t n = 2; n <= 100; n++)
		take(p, n);
	set(fake.hold, "");
	g_assert_cmpint(disk_give(p->disk, &p->b), ==, 0);
	g_assert_cmpint(disk_wait(p->disk), ==, 0);
	g_assert_cmpstr(fake.did, ==, "wa sa wl sl wf wa sa wl sl wf ");
	g_assert_cmpuint(disk_durable(p->disk), ==, 100);
	log = text_of(p, DISK_LOG);
	g_assert_true(g_str_has_prefix(log, "1\n2\n3\n"));
	g_assert_true(g_str_has_suffix(log, "\n99\n100\n"));
}

/* The second batch fails at this call: the first stands, nothing follows, and
 * the reason names the file. */
static void
test_failed(struct place *p, gconstpointer call)
{
	g_autofree char *warc = NULL, *log = NULL;

	take(p, 1);
	g_assert_cmpint(disk_give(p->disk, &p->b), ==, 0);
	g_assert_cmpint(disk_wait(p->disk), ==, 0);
	set(fake.fail, call);
	take(p, 2);
	g_assert_cmpint(disk_give(p->disk, &p->b), ==, 0);
	g_assert_cmpint(disk_wait(p->disk), ==, -1);
	g_assert_cmpuint(disk_durable(p->disk), ==, 1);
	g_assert_nonnull(strstr(disk_error(p->disk),
	    ((const char *)call)[1] == 'a' ? "evidence.warc.gz" :
	    "log.jsonl"));
	g_assert_nonnull(strstr(disk_error(p->disk), g_strerror(ENOSPC)));
	take(p, 3);
	g_assert_cmpint(disk_give(p->disk, &p->b), ==, -1);
	warc = text_of(p, DISK_WARC);
	log = text_of(p, DISK_LOG);
	g_assert_cmpstr(warc, ==, "1\n");
	g_assert_cmpstr(log, ==, "1\n");
}

/* In a child that ends before this call of the second batch: no line stands in
 * the log whose bytes are not in the archive. */
static void
test_died(struct place *p, gconstpointer call)
{
	g_autofree char *warc = NULL, *log = NULL;
	pid_t pid;
	int status = 0;

	disk_close(p->disk);
	pid = fork();
	if (pid == 0) {
		p->disk = opened(p, 0);
		take(p, 1);
		if (disk_give(p->disk, &p->b) != 0 ||
		    disk_wait(p->disk) != 0)
			_exit(1);
		g_strlcpy(fake.die, call, sizeof(fake.die));
		take(p, 2);
		disk_give(p->disk, &p->b);
		disk_wait(p->disk);
		_exit(2);
	}
	waitpid(pid, &status, 0);
	g_assert_cmpint(WEXITSTATUS(status), ==, 7);
	p->disk = opened(p, 0);
	warc = text_of(p, DISK_WARC);
	log = text_of(p, DISK_LOG);
	g_assert_true(g_str_has_prefix(warc, "1\n"));
	g_assert_true(g_str_has_prefix(log, "1\n"));
	g_assert_true(g_str_has_prefix(warc, log));
}

int
main(int argc, char **argv)
{
	static const char *const failing[] = { "wa", "sa", "wl", "sl" };
	static const char *const dying[] = { "wa", "sa", "wl", "sl", "wf" };
	static const struct {
		const char *name;
		void (*fn)(struct place *, gconstpointer);
	} tests[] = {
		{ "/disk/order", test_order },
		{ "/disk/durable after the last sync", test_durable },
		{ "/disk/a group has one sync", test_group },
	};

	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].name, struct place, NULL, set_up,
		    tests[i].fn, tear_down);
	for (unsigned i = 0; i < G_N_ELEMENTS(failing); i++) {
		g_autofree char *name = g_strconcat("/disk/failed at ",
		    failing[i], NULL);

		g_test_add(name, struct place, failing[i], set_up,
		    test_failed, tear_down);
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(dying); i++) {
		g_autofree char *name = g_strconcat("/disk/died before ",
		    dying[i], NULL);

		g_test_add(name, struct place, dying[i], set_up, test_died,
		    tear_down);
	}
	return g_test_run();
}
