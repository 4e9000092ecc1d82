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
/*
 * For a record of many runs: besides, without the lines of the log, the list
 * of files, and a copy of what earlier runs said alike (reports/share.h).
 */
struct run	*run_load_lean(const char *dir, struct share *, GError **);
/* The bytes of record n, which 's' sent or 'r' received, decompressed from
 * evidence.warc.gz by the offset in the log; NULL with error. */
GBytes		*run_bytes(const char *dir, const struct log_row *, char which, GError **);
/* An exchange as it was, for a reader: question, meta, bytes. */
struct exchange	*run_exchange(const char *dir, const struct log_row *, GError **);

#endif
