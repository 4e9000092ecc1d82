#ifndef COLLECTOR_LOAD_H
#define COLLECTOR_LOAD_H

/*
 * From folders on disk to the record that the reports read.
 */

#include "reports/record.h"

/* Reads a sealed run (or a .part, for show and log). */
struct run	*run_load(const char *dir, GError **);
/* The bytes of record n, which 's' sent or 'r' received, decompressed from
 * evidence.warc.gz by the offset in the log; NULL with error. */
GBytes		*run_bytes(const char *dir, const struct log_row *, char which, GError **);
/* An exchange as it was, for a reader: question, meta, bytes. */
struct exchange	*run_exchange(const char *dir, const struct log_row *, GError **);

#endif
