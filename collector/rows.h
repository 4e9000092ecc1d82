#ifndef COLLECTOR_ROWS_H
#define COLLECTOR_ROWS_H

/*
 * The exchanges of a run that is being collected, as far as the list of
 * exhibits needs them: number, kind, type, target, name.  They lie in an
 * unnamed file, not in memory, which must not grow with the number of targets;
 * the file is gone with the program.
 *
 * A write that fails is told by rows_failed(): nothing is lost by it but the
 * list, which cannot be made then.
 */

#include "probes/exchange.h"
#include "reports/exhibit_list.h"

struct rows;

/* In a folder that has room; NULL and error. */
struct rows	*rows_new(const char *dir, GError **);
void		 rows_free(struct rows *);
/* The exchange has its number. */
void		 rows_add(struct rows *, const struct exchange *);
/* 0, or the errno of the first write or read that failed. */
int		 rows_failed(const struct rows *);
/* For exhibits_write(); what next() gives lasts until it is called again. */
struct exhibit_rows	 rows_all(struct rows *);

#endif
