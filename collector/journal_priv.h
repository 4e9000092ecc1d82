#ifndef COLLECTOR_JOURNAL_PRIV_H
#define COLLECTOR_JOURNAL_PRIV_H

/*
 * What the files of the journal share: journal.c (beginning, taking, making
 * durable), journal_resume.c (going on after a kill, reading what there is).
 */

#include "collector/disk.h"
#include "collector/journal.h"
#include "collector/warc.h"

struct journal {
	char		*dir;
	struct disk	*disk;
	struct batch	 taken;		/* not yet given to the disk */
	uint64_t	 n, exchanges, fact_count;
	int64_t		 flushed;	/* monotonic ns, of the last tick that gave */
	char		*error;
	/* while a batch is under way, the disk's thread's */
	struct warc	*writer;
	uint64_t	 archived;	/* where the next record will stand */
	char		 tip[65];
};

struct journal	*journal_new(const char *rundir);
int		 journal_open(struct journal *, int flags, GError **);
/* The line that begins, or goes on, is on disk before anything is asked. */
int		 journal_flush_first(struct journal *, GError **);

#endif
