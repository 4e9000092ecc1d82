#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/disk.h"
#include "collector/files.h"

#define KEEP	(1u << 20)	/* a larger buffer is given back to the system */

struct disk {
	struct disk_file	 file[DISK_FILES];
	struct disk_setup	 setup;
	struct disk_calls	 call;
	pthread_t		 thread;
	gboolean		 threaded;
	pthread_mutex_t		 lock;
	pthread_cond_t		 given, taken;
	/* under the lock */
	gboolean		 busy;		/* the batch is the other thread's */
	gboolean		 ending;
	struct batch		 batch;
	uint64_t		 durable;
	char			*error;
};

static const char *const names[DISK_FILES] = {
	[DISK_WARC] = "evidence.warc.gz",
	[DISK_LOG] = "log.jsonl",
	[DISK_FACTS] = "facts.jsonl",
};

/* --- a batch ---------------------------------------------------------------- */

void
batch_init(struct batch *b, GDestroyNotify taken_free)
{
	b->taken = g_ptr_array_new_with_free_func(taken_free);
	b->weight = 0;
	b->warc = g_byte_array_new();
	b->log = g_string_sized_new(65536);
	b->facts = g_string_sized_new(65536);
	b->n = 0;
}

void
batch_clear(struct batch *b)
{
	g_ptr_array_unref(b->taken);
	g_byte_array_unref(b->warc);
	g_string_free(b->log, TRUE);
	g_string_free(b->facts, TRUE);
}

size_t
batch_size(const struct batch *b)
{
	return b->weight + b->warc->len + b->log->len + b->facts->len;
}

static void
batch_empty(struct disk *d)
{
	struct batch *b = &d->batch;

	if (batch_size(b) > KEEP) {
		batch_clear(b);
		batch_init(b, d->setup.taken_free);
	}
	g_ptr_array_set_size(b->taken, 0);
	b->weight = 0;
	g_byte_array_set_size(b->warc, 0);
	g_string_truncate(b->log, 0);
	g_string_truncate(b->facts, 0);
}

/* --- the other thread ------------------------------------------------------- */

/* NULL, or what could not be done; caller frees. */
static char *
append(const struct disk *d, enum disk_which which, const void *bytes,
    size_t len)
{
	const struct disk_file *f = &d->file[which];
	const char *doing = NULL;
	GError *error = NULL;
	char *text;

	if (len > 0 && d->call.write(f->fd, bytes, len) < 0)
		doing = "write";
	else if (len > 0 && which != DISK_FACTS && d->call.sync(f->fd) < 0)
		doing = "sync";
	if (doing == NULL)
		return NULL;
	file_fail(&error, f->path, doing);
	text = g_strdup(error->message);
	g_error_free(error);
	return text;
}

/* What a failed batch left goes, as far as the disk lets us. */
static void
cut_back(const struct disk *d, enum disk_which which)
{
	const struct disk_file *f = &d->file[which];

	if (ftruncate(f->fd, (off_t)f->size) == 0)
		(void)!fdatasync(f->fd);
}

static char *
archive_and_log(struct disk *d, struct batch *b)
{
	char *error;

	if (d->setup.prepare != NULL && d->setup.prepare(b, d->setup.arg) < 0)
		return g_strconcat(d->file[DISK_WARC].path,
		    ": cannot compress", NULL);
	error = append(d, DISK_WARC, b->warc->data, b->warc->len);
	if (error == NULL)
		error = append(d, DISK_LOG, b->log->str, b->log->len);
	if (error == NULL) {
		d->file[DISK_WARC].size += b->warc->len;
		d->file[DISK_LOG].size += b->log->len;
		return NULL;
	}
	cut_back(d, DISK_LOG);
	cut_back(d, DISK_WARC);
	return error;
}

static char *
facts(struct disk *d, const struct batch *b)
{
	char *error = append(d, DISK_FACTS, b->facts->str, b->facts->len);

	if (error == NULL)
		d->file[DISK_FACTS].size += b->facts->len;
	else
		cut_back(d, DISK_FACTS);
	return error;
}

/* The lock is held before and after, not between. */
static void
batch_write(struct disk *d)
{
	char *error;

	pthread_mutex_unlock(&d->lock);
	error = archive_and_log(d, &d->batch);
	pthread_mutex_lock(&d->lock);
	if (error == NULL)
		d->durable = d->batch.n;
	pthread_mutex_unlock(&d->lock);
	if (error == NULL)
		error = facts(d, &d->batch);
	batch_empty(d);
	pthread_mutex_lock(&d->lock);
	d->error = error;
	d->busy = FALSE;
	pthread_cond_signal(&d->taken);
}

static void *
work(void *arg)
{
	struct disk *d = arg;

	pthread_mutex_lock(&d->lock);
	while (d->busy || !d->ending) {
		if (d->busy)
			batch_write(d);
		else
			pthread_cond_wait(&d->given, &d->lock);
	}
	pthread_mutex_unlock(&d->lock);
	return NULL;
}

/* A signal is for the thread that waits in poll(). */
static int
thread_start(struct disk *d, GError **error)
{
	sigset_t all, was;
	int rc;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &was);
	rc = pthread_create(&d->thread, NULL, work, d);
	pthread_sigmask(SIG_SETMASK, &was, NULL);
	d->threaded = rc == 0;
	errno = rc;
	return rc == 0 ? 0 : file_fail(error, d->file[DISK_LOG].path,
	    "start a thread to write");
}

/* --- opening ---------------------------------------------------------------- */

static int
open_one(struct disk_file *f, const char *data, const char *name, int flags,
    GError **error)
{
	struct stat st;

	f->path = g_build_filename(data, name, NULL);
	f->fd = open(f->path, O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC |
	    flags, 0644);
	if (f->fd < 0 || fstat(f->fd, &st) < 0)
		return file_fail(error, f->path, "open");
	f->size = (uint64_t)st.st_size;
	return 0;
}

static int
open_all(struct disk *d, const char *rundir, int flags, GError **error)
{
	g_autofree char *data = g_build_filename(rundir, "data", NULL);

	for (int i = 0; i < DISK_FILES; i++)
		if (open_one(&d->file[i], data, names[i], flags, error) < 0)
			return -1;
	return dir_sync(data, error);
}

struct disk *
disk_open(const char *rundir, int flags, const struct disk_setup *setup,
    GError **error)
{
	static const struct disk_calls of_system = { fd_write, fdatasync };
	struct disk *d = g_new0(struct disk, 1);

	d->setup = *setup;
	d->call = setup->calls != NULL ? *setup->calls : of_system;
	for (int i = 0; i < DISK_FILES; i++)
		d->file[i].fd = -1;
	batch_init(&d->batch, setup->taken_free);
	pthread_mutex_init(&d->lock, NULL);
	pthread_cond_init(&d->given, NULL);
	pthread_cond_init(&d->taken, NULL);
	if (open_all(d, rundir, flags, error) == 0 &&
	    thread_start(d, error) == 0)
		return d;
	disk_close(d);
	return NULL;
}

void
disk_close(struct disk *d)
{
	if (d == NULL)
		return;
	if (d->threaded) {
		pthread_mutex_lock(&d->lock);
		d->ending = TRUE;
		pthread_cond_signal(&d->given);
		pthread_mutex_unlock(&d->lock);
		pthread_join(d->thread, NULL);
	}
	for (int i = 0; i < DISK_FILES; i++) {
		if (d->file[i].fd >= 0)
			close(d->file[i].fd);
		g_free(d->file[i].path);
	}
	batch_clear(&d->batch);
	pthread_cond_destroy(&d->given);
	pthread_cond_destroy(&d->taken);
	pthread_mutex_destroy(&d->lock);
	g_free(d->error);
	g_free(d);
}

struct disk_file *
disk_file(struct disk *d, enum disk_which which)
{
	return &d->file[which];
}

/* --- giving ----------------------------------------------------------------- */

gboolean
disk_busy(struct disk *d)
{
	gboolean busy;

	pthread_mutex_lock(&d->lock);
	busy = d->busy;
	pthread_mutex_unlock(&d->lock);
	return busy;
}

/* With the lock held. */
static int
wait_idle(struct disk *d)
{
	while (d->busy)
		pthread_cond_wait(&d->taken, &d->lock);
	return d->error == NULL ? 0 : -1;
}

int
disk_give(struct disk *d, struct batch *b)
{
	struct batch empty;
	int rc;

	pthread_mutex_lock(&d->lock);
	rc = wait_idle(d);
	if (rc == 0 && batch_size(b) > 0) {
		empty = d->batch;
		d->batch = *b;
		*b = empty;
		d->busy = TRUE;
		pthread_cond_signal(&d->given);
	}
	pthread_mutex_unlock(&d->lock);
	return rc;
}

int
disk_wait(struct disk *d)
{
	int rc;

	pthread_mutex_lock(&d->lock);
	rc = wait_idle(d);
	pthread_mutex_unlock(&d->lock);
	return rc;
}

uint64_t
disk_durable(struct disk *d)
{
	uint64_t n;

	pthread_mutex_lock(&d->lock);
	n = d->durable;
	pthread_mutex_unlock(&d->lock);
	return n;
}

/* Set once, and then never again. */
const char *
disk_error(struct disk *d)
{
	const char *error;

	pthread_mutex_lock(&d->lock);
	error = d->error;
	pthread_mutex_unlock(&d->lock);
	return error;
}
