#ifndef COLLECTOR_DISK_H
#define COLLECTOR_DISK_H

/*
 * The three files that a run appends to, and the thread that makes durable
 * what it is given.
 *
 * A batch is what was taken since the last one was given, for each file, and the
 * number of the last line of its log.  One batch is under way at a time, in this
 * order:
 *
 *	0. its records and lines are made of what was taken (prepare)
 *	1. the gzip members are appended to evidence.warc.gz, sync
 *	2. the lines that name them are appended to log.jsonl, sync
 *	3. the batch is durable: disk_durable() is its last line
 *	4. the facts' lines are appended to facts.jsonl (synced when sealing:
 *	   they can be drawn again)
 *
 * So a line never names bytes that are not there.  What is taken meanwhile is
 * the next batch: where the disk is slow, fewer and larger batches come, and
 * the loop goes on asking.  Where a step fails, the archive and the log are cut
 * back to the last whole batch, and nothing is appended any more.
 *
 * All functions are for one thread, the one that opened it.  The other thread
 * touches the batch under way and the files, and nothing else; the lock hands
 * the batch over and back.  Files may be touched from outside only while nothing
 * is under way.
 */

#include <glib.h>
#include <stdint.h>

enum disk_which { DISK_WARC, DISK_LOG, DISK_FACTS, DISK_FILES };

struct disk_file {
	char		*path;
	int		 fd;
	uint64_t	 size;		/* up to the last whole batch */
};

struct batch {
	GPtrArray	*taken;		/* what prepare() makes warc and log of */
	size_t		 weight;	/* about how many bytes that is */
	GByteArray	*warc;
	GString		*log, *facts;
	uint64_t	 n;		/* the last line of log */
};

/* Called by the other thread before it writes: appends to warc and log what
 * taken says.  0, or -1 where it cannot, which is a failure of the archive. */
typedef int disk_prepare_fn(struct batch *, void *arg);

/* How bytes reach a file; for tests.  As fd_write() and fdatasync(). */
struct disk_calls {
	int	(*write)(int fd, const void *, size_t);
	int	(*sync)(int fd);
};

struct disk;

void		 batch_init(struct batch *, GDestroyNotify taken_free);
void		 batch_clear(struct batch *);
size_t		 batch_size(const struct batch *);

/* How a batch is prepared and written. */
struct disk_setup {
	disk_prepare_fn		*prepare;	/* NULL: it is prepared */
	void			*arg;
	GDestroyNotify		 taken_free;
	const struct disk_calls	*calls;		/* NULL: the system's */
};

/* The files of rundir/data, with these flags of open(). */
struct disk	*disk_open(const char *rundir, int flags,
		    const struct disk_setup *, GError **);
/* Waits for what is under way. */
void		 disk_close(struct disk *);
struct disk_file *disk_file(struct disk *, enum disk_which);
gboolean	 disk_busy(struct disk *);
/* Takes what is in the batch and leaves it empty; waits for one under way
 * first.  0, or -1 once anything has failed. */
int		 disk_give(struct disk *, struct batch *);
/* Until nothing is under way; 0, or -1 once anything has failed. */
int		 disk_wait(struct disk *);
uint64_t	 disk_durable(struct disk *);
/* "PATH: cannot write: reason", NULL where nothing has failed. */
const char	*disk_error(struct disk *);

#endif
