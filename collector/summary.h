#ifndef COLLECTOR_SUMMARY_H
#define COLLECTOR_SUMMARY_H

/*
 * What is said of a run when it is sealed, on standard output: on a terminal
 * the summary of each target with what was not answered, in a pipe one line a
 * target, with --json one document.
 */

#include "collector/collect_priv.h"

void	summary_write(struct collecting *, const struct globals *);

#endif
