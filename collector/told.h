#ifndef COLLECTOR_TOLD_H
#define COLLECTOR_TOLD_H

/*
 * What -v says of each exchange, held back until its record is on disk
 * (journal.h): what a person has been told can be found again after any kill.
 */

#include "collector/journal.h"

struct told;

struct told	*told_new(struct journal *);	/* borrowed */
void		 told_free(struct told *);
void		 told_add(struct told *, const struct exchange *);
/* Prints those that are durable by now to standard error. */
void		 told_print(struct told *);

#endif
