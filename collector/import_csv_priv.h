#ifndef COLLECTOR_IMPORT_CSV_PRIV_H
#define COLLECTOR_IMPORT_CSV_PRIV_H

/*
 * Shared by import_csv_parse.c, which makes cells of records, and
 * import_window_parse.c, which keeps the bytes that they are made of.
 */

#include "collector/import_csv.h"

#define CSV_PIECE	(64u << 10)

struct span {
	size_t		 at, len;	/* from the start of the record */
	gboolean	 quoted;	/* may hold doubled quotes */
};

struct csv_scan {
	struct csv_source  source;
	struct text_decoder decoder;
	unsigned	 mark;		/* of the byte-order mark, to be left out */
	gboolean	 check_utf8, check_nul;
	char		 end_of_line, divider;
	unsigned char	 raw[CSV_PIECE];
	char		*window;
	size_t		 size;		/* bytes allocated, one spare not counted */
	size_t		 begin, end;	/* of what is not read yet */
	gboolean	 over;		/* the source is */
	uint64_t	 line;		/* at begin */
	size_t		 given;		/* begin of the record that was given */
	struct span	 span[CSV_COLUMNS];
	struct csv_record record;
};

static inline char *
csv_here(const struct csv_scan *c)
{
	return c->window + c->begin;
}

/* Whether there is a byte at i behind begin. */
gboolean	 csv_reach(struct csv_scan *, size_t i);
/*
 * Where the line that begins at from ends, its end not counted; bounded: at most
 * CSV_RECORD behind the record's start is looked at, and then *whole is FALSE.
 */
size_t		 csv_line_end(struct csv_scan *, size_t from, gboolean *whole);
/* Without the CR of a CRLF. */
size_t		 csv_without_cr(const struct csv_scan *, size_t from, size_t end);
/* Takes n bytes and the line end behind them, where there is one. */
void		 csv_take(struct csv_scan *, size_t n);
/* Of a line that is too long nothing is kept while its end is looked for. */
void		 csv_skip_line(struct csv_scan *);

#endif
