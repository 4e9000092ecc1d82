#ifndef COLLECTOR_TABLE_STORE_H
#define COLLECTOR_TABLE_STORE_H

/*
 * The versions of case.ini and of the tables: tables/SHA256, and a line of the
 * ledger ("table kept", or "table gone") whenever a file is found to be another
 * than the ledger said last.  So the ledger tells which version was recorded
 * when, also where an old one comes back.
 */

#include <glib.h>
#include <stdint.h>

#define TABLE_BYTES	(16u << 20)

/* file -> SHA-256 of its bytes, as recorded by then (INT64_MAX: till now). */
GHashTable	*tables_recorded(const char *dir, int64_t by, GError **);
/*
 * The bytes of a file of the case as it lies there, kept; NULL without an error
 * where there is no such file.  recorded is brought up to date.
 */
GBytes		*table_now(const char *dir, const char *file,
		    GHashTable *recorded, GError **);
/* The bytes of the version that is recorded, NULL without an error where none
 * is; a version whose bytes are another's is an error. */
GBytes		*table_then(const char *dir, const char *file,
		    GHashTable *recorded, GError **);
/* Keeps case.ini and every table as they are now. */
int		 tables_keep(const char *dir, GError **);

#endif
