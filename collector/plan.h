#ifndef COLLECTOR_PLAN_H
#define COLLECTOR_PLAN_H

/* collect --plan: what a target raises before any answer is known, and the
 * rules by which answers raise more.  Asks nothing. */

#include "collector/case.h"
#include "collector/cmd.h"

int	plan_print(const struct globals *, struct kase *, char **targets,
	    size_t n, gboolean imported);

#endif
