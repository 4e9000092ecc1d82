#ifndef REPORTS_ADVERSE_H
#define REPORTS_ADVERSE_H

/*
 * What stands at the head of the worksheet and of the listing beside the adverse
 * findings: of whom and of what the record holds nothing.  Sentences without a full
 * stop, NULL where there is nothing to say; caller frees.
 */

#include "reports/showing.h"

/* Entities of entities.csv that no record names in a role, and of which nothing was
 * imported. */
char	*adverse_unnamed(const struct record *, const GPtrArray *findings);
/* Questions of the newest run that had no answer, by what was asked. */
char	*adverse_failed(const struct record *);

#endif
