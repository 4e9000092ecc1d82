#ifndef COLLECTOR_IMPORT_INTERN_H
#define COLLECTOR_IMPORT_INTERN_H

/*
 * Equal text is the same pointer, within one import; and rows that are the same
 * bytes are found.  Both are tables with open addressing that live while a file
 * is read: a million rows fit beside the rows themselves.  Their hashes have a
 * key (reports/keyed.h), the file's own SHA-256, so that no file can be written
 * that makes them slow.  Pure.
 */

#include "reports/keyed.h"

struct intern;

/* Text goes into the chunk, which outlives this. */
struct intern	*intern_new(GStringChunk *, const struct hash_key *);
void		 intern_free(struct intern *);
const char	*intern_text(struct intern *, const char *, size_t len);

struct seen;

/* The key of an element that was added before, of size bytes. */
typedef void	 seen_key_fn(const void *row, void *key);

struct seen	*seen_new(const GArray *rows, size_t key_size, seen_key_fn *,
		    const struct hash_key *);
void		 seen_free(struct seen *);
/* Whether an earlier row that was added has the key of row i; adds it else. */
gboolean	 seen_before(struct seen *, uint32_t i);

#endif
