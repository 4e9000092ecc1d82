#ifndef COLLECTOR_IMPORT_INTERN_H
#define COLLECTOR_IMPORT_INTERN_H

/*
 * Equal text is the same pointer, within one import; and rows that are the same
 * bytes are found.  Both are tables with open addressing that live while a file
 * is read: a million rows fit beside the rows themselves.  Pure.
 */

#include <glib.h>
#include <stdint.h>

struct intern;

/* Text goes into the chunk, which outlives this. */
struct intern	*intern_new(GStringChunk *);
void		 intern_free(struct intern *);
const char	*intern_text(struct intern *, const char *, size_t len);

struct seen;

/* The key of an element that was added before, of size bytes. */
typedef void	 seen_key_fn(const void *row, void *key);

struct seen	*seen_new(const GArray *rows, size_t key_size, seen_key_fn *);
void		 seen_free(struct seen *);
/* Whether an earlier row that was added has the key of row i; adds it else. */
gboolean	 seen_before(struct seen *, uint32_t i);

#endif
