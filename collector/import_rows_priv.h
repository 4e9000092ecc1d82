#ifndef COLLECTOR_IMPORT_ROWS_PRIV_H
#define COLLECTOR_IMPORT_ROWS_PRIV_H

/* What import_rows_parse.c and the kinds of rows share. */

#include "collector/import_intern.h"
#include "collector/import_rows.h"

#define ROW_COLUMNS	12u
#define MALFORMED_TOLD	50u	/* rows that cannot be read, one by one */
#define ROW_SAID	4096u	/* a power of two */

struct reading {
	struct import	*im;
	struct import_tally *tally;
	const struct row_kind *kind;
	GArray		*problems;	/* of import_problem_parse.c */
	struct csv_scan	*scan;
	struct intern	*intern;
	struct seen	*seen;
	struct tz_set	*zones;
	int64_t		 now;		/* when the file was imported */
	int		 col[ROW_COLUMNS];	/* cell of a column, -1: none */
	unsigned	 width;		/* cells of the header */
	const struct activity_said **said;	/* ROW_SAID of them, by their hash */
	GArray		*other;		/* unsigned: cells of unknown columns */
	unsigned	 unseen;	/* of these, how many had no value yet */
	gboolean	 marked;	/* a mark within the file was told */
	/* the row that is being read: */
	const struct csv_record *record;	/* NULL: all cells are empty */
	uint32_t	 faults;
	gboolean	 malformed;
};

struct row_kind {
	size_t		 size;		/* of a row; begins with row, faults */
	const char	*header;
	struct {
		const char	*name;
		const char	*without;	/* what rows lack without it, or NULL */
	} column[ROW_COLUMNS + 1];
	void		(*read)(struct reading *, void *row);
	seen_key_fn	*key;		/* of key_size bytes at most, 0: size */
	size_t		 key_size;
};

extern const struct row_kind row_kinds[IMPORT_KINDS];

/* ---- the header (import_header_parse.c) */

/* FALSE where nothing of the file can be used; what is wrong is told. */
gboolean	 rows_header(struct reading *);

/* ---- problems (import_problem_parse.c) */

void		 rows_problems_begin(struct reading *);
/* Into the import's problems, in the order of the file; the end of it. */
void		 rows_problems_tell(struct reading *);
void		 rows_tell_charset(struct reading *, const struct text_survey *);
/* The first fault of each kind, and how many there are. */
void		 rows_tell_faults(struct reading *);
void		 rows_problem(struct reading *, uint64_t line, unsigned column,
		    const char *fmt, ...) G_GNUC_PRINTF(4, 5);

/* ---- cells (import_rows_parse.c) */

/* A cell of the row, "" where there is none; valid while the row is read. */
const char	*row_cell(const struct reading *, unsigned column);
/* The same, kept in the import. */
const char	*row_text(struct reading *, unsigned column);
const char	*row_keep(struct reading *, const char *);
/* The row has these faults, for what stands in that column. */
void		 row_fault(struct reading *, uint32_t faults, unsigned column);
/* ROW_TIME_FUTURE where it is. */
uint32_t	 row_future(const struct reading *, int64_t time);

#endif
