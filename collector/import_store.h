#ifndef COLLECTOR_IMPORT_STORE_H
#define COLLECTOR_IMPORT_STORE_H

/*
 * What a case was brought, on disk (FORMAT.md, section "Imports"):
 *
 *	imports/SHA256		the bytes of a file, or of a time zone that it names
 *	imports/imports.jsonl	a line a file, each with the hash of the line before
 *
 * A file is there when its line is: bytes are durable under their hash before
 * the line is written, and a line of the ledger follows.  Killed before the
 * line, the bytes lie there unnamed and do no harm; killed before the ledger's,
 * the next import writes that first.  Nothing is changed or removed, ever.
 */

#include "collector/import_rows.h"
#include "reports/import.h"

#define IMPORT_BYTES_TABLE	(1u << 20)	/* tables up to this are in bytes */
#define IMPORT_BYTES_FILE	(96u << 20)	/* and other files up to this */

/* A line of imports.jsonl. */
struct stored {
	struct import	*im;		/* as the line says; no rows before imports_read() */
	enum mail_from	 whose;
	char		**zones;	/* "Pacific/Honolulu", its hash, ..., NULL */
	char		 line[65];	/* SHA-256 of the line */
	char		*program;
};

/* Every line, in order: struct stored *, told which were withdrawn.  An odd line
 * is an error. */
GPtrArray	*imports_stored(const char *dir, GError **);
/* The event of the ledger that takes one back (import_withdraw.c). */
#define IMPORT_WITHDRAWN	"import withdrawn"
struct stored	*import_named(const GPtrArray *known, const char *name);
int		 import_withdraw(const char *dir, const struct stored *,
		    const char *who, const char *reason, GError **);
/* SHA-256 of the last line, "" where nothing was imported. */
char		*imports_tip(const char *dir);
/*
 * Reads the file's rows or bytes.  Bytes that are not those of the hash are an
 * error that names the file; what is wrong in them is a problem of the import.
 * tally may be NULL.
 */
int		 imports_read(const char *dir, struct stored *,
		    struct import_tally *, GError **);

/* What is said of a file when it is brought; strings are borrowed. */
struct import_said {
	enum import_kind kind;
	enum mail_from	 whose;
	const char	*who, *label, *describe, *entity;
	char		**elements;	/* may be NULL */
};

/* What became of it. */
enum taken { TAKEN, TAKEN_ALREADY, TAKEN_NOT };

/*
 * Takes a file into the case, whose lock is held.  known holds what
 * imports_stored() gave, and gets the new one.  *at is the entry that has the
 * bytes; where there is none, TAKEN_NOT and an error that names the file.
 */
enum taken	 import_take(const char *dir, const char *file,
		    const struct import_said *, GPtrArray *known,
		    struct stored **at, struct import_tally *, GError **);
/* Lines of the ledger that a killed import left out. */
int		 imports_mend(const char *dir, const GPtrArray *known,
		    GError **);

void		 stored_free(struct stored *);

#endif
