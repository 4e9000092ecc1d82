#ifndef PROBES_JSON_READ_H
#define PROBES_JSON_READ_H

/*
 * JSON text to values: the same values as json_loadb() of jansson 2.14 gives
 * with JSON_ALLOW_NUL, and NULL for the same texts, at a third of its cost (save
 * that jansson passes over a NUL byte behind a number).
 *
 * The text is one object or array of RFC 8259, UTF-8 without a byte order mark,
 * nested at most depth deep.  Integers fit into 64 bits and real numbers into a
 * double, or the text is refused.  A key that holds U+0000 is refused, a string
 * that does is not.  Of equal keys the last value stands, or with JSON_ONCE the
 * text is refused.
 */

#include <glib.h>
#include <jansson.h>

#define JSON_DEEPEST	2000	/* whatever depth says */

enum json_read_how {
	JSON_ANY = 0,
	JSON_ONCE = 1,
	JSON_NO_NUL = 2,	/* the text is refused for U+0000 in a string, too */
};

/* how: of enum json_read_how.  New reference. */
json_t	*json_read(const char *, size_t, int depth, unsigned how);
/* numbered: whether a key of any object begins with a digit. */
json_t	*json_read_numbered(const char *, size_t, int depth, unsigned how,
	    gboolean *numbered);

#endif
