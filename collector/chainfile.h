#ifndef COLLECTOR_CHAINFILE_H
#define COLLECTOR_CHAINFILE_H

/*
 * A file of JSON lines, each with the hash of the line before: ledger.jsonl
 * and imports/imports.jsonl (FORMAT.md).  A line is appended under the file's
 * own lock:
 *
 * 1. Bytes behind the last LF, which a killed writer left, are copied to
 *    FILE.torn and cut off; the new line says how many there were.
 * 2. The last line gives n and prev.
 * 3. The line is written with one write and synced.
 */

#include <glib.h>
#include <jansson.h>

/* {"n","at","event","prev", members...}; without event where that is NULL.
 * Steals members, which may be NULL; *written is the line with its LF, where
 * written is not NULL. */
int	 chainfile_append(const char *path, const char *event, json_t *members,
	    char **written, GError **);
/* SHA-256 of the last whole line, LF included; "" where there is none. */
char	*chainfile_tip(const char *path);

#endif
