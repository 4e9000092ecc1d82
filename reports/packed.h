#ifndef REPORTS_PACKED_H
#define REPORTS_PACKED_H

/*
 * Arrays of pointers that take no more memory than they need, for what is held of
 * each of a thousand runs: GLib's own have room for as many again, and a header of
 * its own.  They are read like any GPtrArray, and are const, so that nothing of
 * GLib is called on them.
 */

#include <glib.h>

/* Most are this one: it is nobody's, and may be added to or let go of. */
extern const GPtrArray packed_none;

/* All of the other, in its order. */
const GPtrArray	*packed_of(const GPtrArray *);
/* One more, at the end; the array moves, so only where nobody else has it. */
void		 packed_add(const GPtrArray **, const void *);
gboolean	 packed_has(const GPtrArray *, const void *);
const GPtrArray	*packed_ref(const GPtrArray *);
void		 packed_unref(const GPtrArray *);

#endif
