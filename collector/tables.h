#ifndef COLLECTOR_TABLES_H
#define COLLECTOR_TABLES_H

/*
 * The tables of a case: RFC 4180 CSV in UTF-8 (a byte-order mark is accepted)
 * with a header line.  Columns may stand in any order; unknown ones are kept.
 * Line ends are CRLF or LF.
 *
 * A malformed row (a stray quote, a field too many, an unknown word in a
 * column with a fixed set) is not used; it stays in the file, and a problem
 * "parties.csv:4:2: ..." (line and column of the fault, in characters from 1)
 * names it.  A fault that leaves no row readable (an open quote at the end, no
 * header) ends the table there.  Nothing here is an error of ours.
 *
 * Limits: 16 MiB a table, 64 columns, 64 KiB a field, 200 000 rows.
 */

#include "reports/record.h"

struct csv_row {
	unsigned	 line;		/* of its first character */
	GPtrArray	*cells;		/* char *, as many as the header has */
};

struct csv {
	GPtrArray	*header;	/* char *: names, lower case */
	GPtrArray	*rows;		/* struct csv_row * */
	GPtrArray	*problems;	/* char * */
};

struct csv	*csv_read(const char *name, const char *text, size_t len);
void		 csv_free(struct csv *);
/* "" where there is no such column. */
const char	*csv_cell(const struct csv *, const struct csv_row *,
		    const char *column);

/* A table of a case: its file, its header line, and who reads it. */
struct table {
	const char	*file;		/* "parties.csv" */
	const char	*columns;	/* "label,kind,from,to,note" */
	const char	*says;		/* comment lines of the file that "init" makes, or NULL */
	void		(*read)(const char *name, const char *text, size_t len,
			    struct record *, GPtrArray *problems);
};

extern const struct table tables[];	/* ends with file NULL */

#endif
