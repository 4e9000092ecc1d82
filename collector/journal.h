#ifndef COLLECTOR_JOURNAL_H
#define COLLECTOR_JOURNAL_H

/*
 * The journal of a run: evidence.warc.gz, log.jsonl and facts.jsonl under
 * RUN.part/data/, written as FORMAT.md says.
 *
 * Durability order (disk.h): WARC bytes, sync, then the log lines, sync, in
 * groups, by a thread of its own, which compresses and hashes as well.
 * journal_exchange() gives the exchange its line number at once; journal_durable() says up to which
 * line all is on disk, and nothing of a later line may be told to a person;
 * journal_flush() waits until that is the last one.  A write that fails is an
 * error of ours: the next call after it returns -1 and journal_error() names
 * the file and the reason; the run then stops, and what was durable before
 * stays sound.
 *
 * n counts the lines of log.jsonl from 1.
 */

#include "probes/exchange.h"
#include "probes/fact.h"

struct journal;

/* A new run folder's data/ (dir exists); first = members of the first line. */
struct journal	*journal_create(const char *rundir, json_t *first, GError **);
/* Goes on with a killed run: moves aside what is past the last whole line
 * (counted in the resume line), and appends a resume line. */
struct journal	*journal_resume(const char *rundir, json_t *resume, GError **);
void		 journal_free(struct journal *);

/* Sets x->n and takes a copy; 0 or -1. */
int		 journal_exchange(struct journal *, struct exchange *);
/* Another line: type (static) limit, skipped, also, checkpoint, clock, close;
 * steals members; returns its n, 0 on error. */
uint64_t	 journal_event(struct journal *, const char *type, json_t *members);
/* A line of facts.jsonl; the fact's id is set here. */
int		 journal_fact(struct journal *, struct fact *);
int		 journal_flush(struct journal *);
/* Gives the disk what was taken, when some time has passed since the last time
 * or much is waiting; does not wait for it unless far too much is. */
int		 journal_tick(struct journal *, int64_t now_mono_ns);
uint64_t	 journal_durable(struct journal *);
const char	*journal_error(const struct journal *);
uint64_t	 journal_lines(const struct journal *);
uint64_t	 journal_exchanges(const struct journal *);
/* SHA-256 of the last line, for the head; after journal_flush(). */
const char	*journal_tip(const struct journal *);
/* For resuming: each exchange that the log already holds, bytes loaded; fn owns
 * it and frees it. */
typedef void journal_seen_fn(struct exchange *, void *);
int		 journal_each(const char *rundir, journal_seen_fn *, void *, GError **);

#endif
