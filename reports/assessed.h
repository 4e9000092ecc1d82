#ifndef REPORTS_ASSESSED_H
#define REPORTS_ASSESSED_H

/*
 * Which kinds of facts an assessment reads: predicates, roles, links, places,
 * the matrix, overlays, and signatures of mail.  Of runs that a later one
 * replaces nothing else is held in memory; of the run that a report shows, and
 * of the newest run of each target, everything is.
 *
 * A predicate that reads another kind adds it to the table; assessed_t looks
 * for kinds named in those files and not here.  One that reads when a fact of
 * another kind was said makes it timed; of others "at" is "" in those runs.
 */

#include "probes/fact.h"

gboolean	 fact_assessed(enum fact_kind);
gboolean	 fact_timed(enum fact_kind);

#endif
