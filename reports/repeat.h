#ifndef REPORTS_REPEAT_H
#define REPORTS_REPEAT_H

/*
 * The same row in two files of one kind, as where two exports of one log overlap.
 * It counts once, wherever it stands first; the other is ROW_DUPLICATE, like a row
 * that its own file has twice, and is shown with the place of the first.
 *
 * The same are rows that say the same in every cell that is read (a time that was
 * read is the same moment, however it was written).  So it is no matter which of
 * the two counts, and none of the order in which files were imported: what two
 * sources say of one event stays two rows, of one address.  A row whose address
 * could not be read is compared with none.
 */

#include "reports/import.h"

struct repeat {
	uint32_t	 row;		/* of the import that has the array */
	uint32_t	 of_row;
	const struct import *of;
};

/* Marks rows of imports (struct import *, by number); once for a record. */
void		 repeats_mark(GPtrArray *imports);
/* NULL: it repeats no row of another file. */
const struct repeat *repeat_find(const struct import *, uint32_t row);

#endif
