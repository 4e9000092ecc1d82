#ifndef COLLECTOR_IMPORT_ROWS_H
#define COLLECTOR_IMPORT_ROWS_H

/*
 * A table that somebody brought, read into the rows of reports/import.h.
 *
 * The header line comes first, or behind a title of a few lines that name no
 * column.  Names are compared in lower case, a blank or a hyphen in one is an
 * underscore; their order is free, unknown ones are listed in columns.  Which of
 * comma, semicolon, tab and bar divides cells is the one that makes the most known
 * names of the header (a spreadsheet's "sep=;" line is obeyed), and anything but
 * the comma is said.  Empty lines, and lines of nothing but dividers, are no rows
 * and have no number.  Of more than CSV_COLUMNS columns the first are read.
 *
 * A row with fewer cells than the header, or with more that are not empty, is
 * ROW_MALFORMED: whose cell is missing is not guessed.  What is wrong with the
 * file stands in problems, "log.csv:4:2: ..." (line and column, from 1, in
 * characters); of faults of rows only the first of each kind, with how many
 * there are.  Reading always ends, with what could be read.  Pure.
 */

#include "collector/import_csv.h"
#include "collector/import_zone.h"
#include "reports/import.h"

#define IMPORT_ROWS	4000000u
#define ROW_FAULTS	16u		/* bits of enum row_fault */

struct import_tally {
	uint32_t	 rows;
	unsigned	 known;		/* columns of the kind that are there */
	struct {
		uint32_t count;
		uint64_t line;		/* of the first; 0 where it has no place */
		unsigned column;
	} fault[ROW_FAULTS];		/* by bit */
};

/* Whether files of the kind are tables. */
gboolean	 import_is_table(enum import_kind);
/* "doe,ip,port,...": the header that such a file has. */
const char	*import_columns(enum import_kind);
/*
 * Fills in rows, counted, columns and problems; file, sha256 and at (when it
 * was imported) are set.
 */
void		 import_rows(struct import *, const struct text_survey *,
		    const struct csv_source *, struct tz_set *,
		    struct import_tally *);

#endif
