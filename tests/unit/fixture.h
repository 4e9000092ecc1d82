#ifndef TESTS_UNIT_FIXTURE_H
#define TESTS_UNIT_FIXTURE_H

/*
 * Kept answers as files: tests/data/DIR/NAME.in is one exchange, and
 * tests/data/DIR/NAME.facts the lines that its reader must give, byte for byte.
 * A new case is two files and no code.
 *
 * A .in file is a head, one empty line, and then the received bytes to the end
 * of the file.  The head has one "key: value" a line:
 *
 *	name type host server note options	of the question
 *	status		"answered" where not said
 *	detail		"" where not said
 *	meta.KEY	of the exchange
 *	returns		-1: the reader must refuse, and there is no .facts
 *
 * With FIXTURE_WRITE=1 in the environment the .facts are written instead of
 * compared; read what was written before committing it.
 */

#include "probes/reader.h"

/* Adds for each .in of the folder: /DIR/NAME, its facts; /DIR/NAME/cut and
 * /bent, that no prefix and no change of its bytes breaks the reader. */
void		 fixture_suite(const char *dir, enum probe_kind);
/* The copy k of bytes with one to four of them changed, always the same ones from
 * the same seed; of len bytes and no more, which are not none.  Caller frees. */
#define FIXTURE_SEED	20190139
char		*fixture_bent(const char *, gsize len, int k, guint32 *seed);
/* What a .in file holds, as an exchange; NULL where its head is broken.
 * *returns (may be NULL): what the reader is to return. */
struct exchange	*fixture_parse(enum probe_kind, const char *text, gsize len,
		    int *returns);
/* An exchange for tests that make their bytes themselves. */
struct exchange	*fixture_exchange(enum probe_kind, const char *name,
		    const char *type, const char *host, const void *, gsize);
/*
 * Runs the reader; checks that it appends whole lines that are facts with all
 * their key fields, or nothing at all.  Returns what the reader returned.
 */
int		 fixture_read(const struct exchange *, GString *out);

#endif
