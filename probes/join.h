#ifndef PROBES_JOIN_H
#define PROBES_JOIN_H

/*
 * Joined facts: what follows from several direct facts of one target, computed
 * once the target has closed.  Pure; the facts are given in log order, and what
 * comes out depends on nothing else.  A joined fact is DERIVED and names the
 * facts it rests on.
 */

#include "probes/fact.h"

#define JOIN_VERSION	"join/3"

/* facts: struct fact *, borrowed.  Caller frees the array, which frees its
 * members. */
GPtrArray	*target_join(const char *name, const char *registrable,
		    const GPtrArray *facts);

/*
 * Of the facts of pages and handshakes, which may be many: TRUE for those that a
 * join looks at.  The others need not be remembered until the target closes.
 */
gboolean	 join_looks_at(enum fact_kind);

#endif
