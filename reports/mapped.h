#ifndef REPORTS_MAPPED_H
#define REPORTS_MAPPED_H

/*
 * Text each byte of which knows where it came from.
 *
 * A message or a draft is decoded on its way to text: transfer encodings,
 * character sets, character references, folded white space.  What a report
 * quotes of the text has to be found again in the file that was hashed, so
 * every byte of text carries the stretch of the file it was made of.
 *
 * Text is UTF-8 without NUL.  Offsets are 32 bits: a file of 4 GiB or more is
 * refused before it gets here.
 */

#include <glib.h>
#include <stdint.h>

struct span { uint32_t at, end; };	/* in the file */

struct mapped {
	GString	*text;
	GArray	*spans;		/* struct span, one a byte of text */
};

struct mapped	*mapped_new(void);
void		 mapped_free(struct mapped *);
typedef struct mapped mapped_auto;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(mapped_auto, mapped_free)

/* n bytes that were all made of one stretch. */
void	mapped_put(struct mapped *, const char *, size_t n, struct span);
/* n bytes that stand in the file as they are, from at on. */
void	mapped_same(struct mapped *, const char *, size_t n, uint32_t at);
/* Bytes i to i + n of another one. */
void	mapped_copy(struct mapped *, const struct mapped *, size_t i, size_t n);
/* The stretch of the file that bytes i to i + n were made of. */
struct span mapped_span(const struct mapped *, size_t i, size_t n);

/* A line from a place on: blanks at its end are not counted in len, its end is in
 * full. */
struct mapped_line { size_t at, len, full; };
struct mapped_line mapped_line(const struct mapped *, size_t at);

/*
 * Bytes in a named character set, as UTF-8; what has no meaning in it is
 * U+FFFD and counted.  NULL where the set is not known.  NUL is U+FFFD too.
 */
struct mapped	*mapped_convert(const struct mapped *, const char *charset,
		    unsigned *faults);

/* White space, no-break spaces too, folded to one blank, the ends off: lines
 * break elsewhere in every rendering.  NUL is \x01. */
char	*folded(const char *, size_t len);

#endif
