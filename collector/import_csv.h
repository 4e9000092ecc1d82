#ifndef COLLECTOR_IMPORT_CSV_H
#define COLLECTOR_IMPORT_CSV_H

/*
 * RFC 4180, a record at a time, out of a source of any length: memory is one
 * record and one piece.  Line ends are CRLF, LF, or CR where the file has no
 * LF.  Blanks around a cell are taken off, and blanks around its quotes allowed.
 *
 * A record that cannot be read (a quote within an unquoted cell or never closed,
 * a NUL, bytes that are not UTF-8, more than CSV_RECORD bytes) comes with why,
 * and no cells.  Cells behind the CSV_COLUMNSth are counted, not kept.  Of such a record only the
 * first line is given up: reading goes on with the next line, so that an open
 * quote takes no other row with it.  (A line that opens a quote closes the one
 * before, so no byte is read more than twice.)
 *
 * Pure: bytes come from the source's pull().
 */

#include "collector/import_text.h"

#define CSV_RECORD	(1u << 20)
#define CSV_COLUMNS	256u

struct csv_source {
	/* Up to max bytes into to; 0 at the end.  What cannot be read ends the
	 * text; the source remembers it. */
	size_t		(*pull)(void *arg, void *to, size_t max);
	void		*arg;
};

struct csv_cell {
	char		*text;		/* NUL-terminated, blanks taken off */
	size_t		 len;
	size_t		 at;		/* where it began, for csv_column() */
};

struct csv_record {
	uint64_t	 line;		/* of its first character, from 1 */
	gboolean	 mark;		/* a byte-order mark stood before it, left out */
	const char	*why;		/* static: why it cannot be read, or NULL */
	uint64_t	 why_line;
	unsigned	 why_column;	/* in characters from 1 */
	unsigned	 n;		/* cells, CSV_COLUMNS at most */
	unsigned	 cells;		/* all of them */
	unsigned	 filled;	/* the last behind these with text in it; 0 */
	struct csv_cell	 cell[CSV_COLUMNS];
};

struct csv_scan;

struct csv_scan	*csv_scan_new(const struct text_survey *,
		    const struct csv_source *);
void		 csv_scan_free(struct csv_scan *);
/*
 * The first line that is not empty, as it stands and without its end, at most
 * CSV_RECORD bytes of it; NULL where there is none.  Not taken: the next record
 * begins with it.  Valid until the next call.
 */
const char	*csv_scan_line(struct csv_scan *, size_t *len);
/* The line after that many others, NULL where there is none or it is far. */
const char	*csv_scan_ahead(struct csv_scan *, unsigned lines, size_t *len);
/* Passes over a line, which is there. */
void		 csv_scan_pass(struct csv_scan *);
void		 csv_scan_divider(struct csv_scan *, char);
/* The next record, valid until the next call; NULL at the end. */
const struct csv_record	*csv_scan_next(struct csv_scan *);
/* Line and column of a cell of the record that was given last. */
void		 csv_scan_place(const struct csv_scan *, unsigned cell,
		    uint64_t *line, unsigned *column);

#endif
