#ifndef COLLECTOR_COLLECT_H
#define COLLECTOR_COLLECT_H

/*
 * One run over some targets: opened, collected, sealed.
 *
 * In a case (k->dir not NULL) the run is runs/NNNNNN, a line of the ledger, and
 * goes on where a run that was killed within the hour left off, if settings,
 * targets and program are the same; an older one is sealed as incomplete
 * first.  The case's lock is the caller's.  Outside a case the run is a folder
 * in the current one, named after the first target and the time.
 *
 * Ctrl-C once: nothing more is asked, the run is sealed as incomplete.  Twice:
 * the program ends at once, and the run can be resumed.
 */

#include "collector/case.h"
#include "collector/cmd.h"

/*
 * imported: the addresses of imported files are asked about too; that nothing
 * is sent to them holds in any case.  An exit status; *rundir is the sealed run's
 * folder (caller frees) or NULL.
 */
int	collect_run(const struct globals *, struct kase *, char **targets,
	    size_t n, gboolean imported, char **rundir);

#endif
