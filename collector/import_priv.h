#ifndef COLLECTOR_IMPORT_PRIV_H
#define COLLECTOR_IMPORT_PRIV_H

/* What the files of the store share. */

#include "collector/import_store.h"

#define ZONES_FROM	"/usr/share/zoneinfo"

/* DIR/imports/NAME */
char		*imports_file(const char *dir, const char *name);
const char	*mail_from_name(enum mail_from);
int		 mail_from_parse(const char *);		/* -1 */
/* The exhibit that the next file of the kind is. */
char		*import_exhibit(enum import_kind, const GPtrArray *known);
/* A line, which an LF follows; NULL where it is none. */
struct stored	*stored_read(const char *line, size_t len);
/* Fills in what the ledger says was withdrawn. */
int		 imports_withdrawn(const char *dir, GPtrArray *known, GError **);
/* The ledger's line about it. */
int		 import_tell(const char *dir, const struct stored *, GError **);
/*
 * Reads an open file into the import, by its kind: rows with zones, or bytes.
 * hash gets the SHA-256 of what was read.
 */
int		 import_fill(int fd, struct stored *, struct tz_set *,
		    struct import_tally *, char hash[65], GError **);

#endif
