#ifndef COLLECTOR_LOAD_H
#define COLLECTOR_LOAD_H

/*
 * From folders on disk to the record that the reports read.
 *
 * A sealed run must be whole: a line that is odd or cut short is an error that
 * names file and line.  Of an unfinished one (.part) the whole lines are read,
 * and what is not there yet is "".  Whether the bytes are the ones that were
 * sealed is not asked here: that is "goodcause verify".
 *
 * Tokens are checked against the system's roots and roots_pem; trust says
 * where the root came from.
 *
 * received holds the answers of WHOIS, RDAP and pages of at most 256 KiB each,
 * at most 32 MiB of a run, in the order of the log.
 */

#include "reports/record.h"

/* Reads a sealed run (or a .part, for show and log). */
struct run	*run_load(const char *dir, GError **);
/* The same, with further roots of authorities; NULL: none. */
struct run	*run_load_roots(const char *dir, const char *roots_pem, GError **);
/* Without tokens and answers, which take most of the time. */
struct run	*run_load_plain(const char *dir, GError **);
/* Nor tokens, but with what was received: what a draft quotes is looked for there. */
struct run	*run_load_quoted(const char *dir, GError **);
/*
 * For a record of many runs, read from the newest to the oldest: without tokens,
 * answers, settings and the list of files, and what runs say alike is held once
 * (reports/share.h).  A run is read whole that is the newest of a target from a
 * place (vantage and exit); any other is lean (reports/record.h), of which lines
 * that are not needed are not looked at closely.
 */
struct many {
	struct share	*share;
	int64_t		 known;		/* runs that ended later are none */
	GHashTable	*seen;		/* targets and places of newer runs */
	GHashTable	*passed;	/* names of kinds that nothing reads */
};
void		 many_begin(struct many *, struct share *, int64_t known);
void		 many_end(struct many *);
/* NULL without an error: not known by then.  said: the same for runs that say the
 * same to an assessment, whole or lean; to be freed. */
struct run	*run_load_lean(struct many *, const char *dir, char **said,
		    GError **);
/* The bytes of record n, which 's' sent or 'r' received, decompressed from
 * evidence.warc.gz by the offset in the log; NULL with error. */
GBytes		*run_bytes(const char *dir, const struct log_row *, char which, GError **);
/* An exchange as it was, for a reader: question, meta, bytes. */
struct exchange	*run_exchange(const char *dir, const struct log_row *, GError **);

#endif
