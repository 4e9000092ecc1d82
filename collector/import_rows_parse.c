/*
 * One function a kind makes a row of a record's cells.  Everything else (header,
 * dividers, faults, duplicates) is the same for all of them.
 */

#include "collector/import_rows.h"

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "collector/import_rows_priv.h"
#include "probes/text.h"

#define MALFORMED_TOLD	50u	/* rows that cannot be read, one by one */
#define EXAMPLE_MOST	60	/* characters of a column that nothing reads */

/* ---- problems */

struct problem {
	uint64_t	 line;
	unsigned	 column, order;
	char		*what;
};

static void
problem_clear(void *data)
{
	struct problem *p = data;

	g_free(p->what);
}

void
rows_problem(struct reading *r, uint64_t line, unsigned column,
    const char *fmt, ...)
{
	struct problem p = { .line = line, .column = column,
	    .order = r->problems->len };
	va_list ap;

	va_start(ap, fmt);
	p.what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_array_append_val(r->problems, p);
}

static int
by_place(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* In the order of the file. */
static void
tell_problems(struct reading *r)
{
	g_array_sort(r->problems, by_place);
	for (guint i = 0; i < r->problems->len; i++) {
		const struct problem *p = &g_array_index(r->problems,
		    struct problem, i);

		g_ptr_array_add(r->im->problems, g_strdup_printf("%s:%"
		    G_GUINT64_FORMAT ":%u: %s", r->im->file, p->line,
		    p->column, p->what));
	}
	g_array_unref(r->problems);
}

/* ---- cells */

const char *
row_cell(const struct reading *r, unsigned column)
{
	int i = r->col[column];

	return i < 0 || r->record == NULL || (unsigned)i >= r->record->n ? "" :
	    r->record->cell[i].text;
}

const char *
row_text(struct reading *r, unsigned column)
{
	int i = r->col[column];

	if (i < 0 || r->record == NULL || (unsigned)i >= r->record->n)
		return "";
	return intern_text(r->intern, r->record->cell[i].text,
	    r->record->cell[i].len);
}

const char *
row_keep(struct reading *r, const char *text)
{
	return intern_text(r->intern, text, strlen(text));
}

/* Counts faults; the first of each kind is placed at the cell. */
void
row_fault(struct reading *r, uint32_t faults, unsigned column)
{
	uint32_t new = faults & ~r->faults;

	r->faults |= faults;
	for (unsigned bit = 0; new != 0 && bit < ROW_FAULTS; bit++) {
		uint32_t *count = &r->tally->fault[bit].count;

		if ((new & 1u << bit) == 0 || r->record == NULL ||
		    (*count)++ > 0)
			continue;
		csv_scan_place(r->scan, r->col[column] < 0 ? 0 :
		    (unsigned)r->col[column], &r->tally->fault[bit].line,
		    &r->tally->fault[bit].column);
	}
}

uint32_t
row_future(const struct reading *r, int64_t time)
{
	return time != TIME_UNKNOWN && time > r->now ? ROW_TIME_FUTURE : 0;
}

/* ---- the header */

/* Lower case, blanks and hyphens as underscores. */
static char *
plain_name(const char *s, size_t len)
{
	char *name = g_ascii_strdown(s, (gssize)len);

	g_strstrip(name);
	if (*name == '"' && name[strlen(name) - 1] == '"') {
		name[strlen(name) - 1] = '\0';
		memmove(name, name + 1, strlen(name));
		g_strstrip(name);
	}
	g_strdelimit(name, " -", '_');
	return name;
}

static int
column_of(const struct row_kind *k, const char *name)
{
	for (int i = 0; k->column[i].name != NULL; i++)
		if (strcmp(k->column[i].name, name) == 0)
			return i;
	return -1;
}

static unsigned
names_known(const struct row_kind *k, const char *line, size_t len,
    char divider)
{
	const char *end = line + len;
	unsigned known = 0;

	for (unsigned i = 0; i < CSV_COLUMNS; i++) {
		const char *d = memchr(line, divider, (size_t)(end - line));
		g_autofree char *name = plain_name(line,
		    (size_t)((d != NULL ? d : end) - line));

		known += column_of(k, name) >= 0;
		if (d == NULL)
			break;
		line = d + 1;
	}
	return known;
}

static const struct {
	char		 divider;
	const char	*name;
} dividers[] = {
	{ ',', "commas" }, { ';', "semicolons" }, { '\t', "tabs" },
	{ '|', "bars" },
};

/* A spreadsheet's own first line; TRUE where it was one. */
static gboolean
sep_line(struct reading *r, const char *line, size_t len)
{
	if (len != 5 || g_ascii_strncasecmp(line, "sep=", 4) != 0)
		return FALSE;
	csv_scan_divider(r->scan, line[4]);
	csv_scan_next(r->scan);
	return TRUE;
}

static void
find_divider(struct reading *r, const char *line, size_t len)
{
	unsigned best = 0, most = 0;

	for (unsigned i = 0; i < G_N_ELEMENTS(dividers); i++) {
		unsigned n = names_known(r->kind, line, MIN(len, 65536u),
		    dividers[i].divider);

		if (n > most) {
			most = n;
			best = i;
		}
	}
	csv_scan_divider(r->scan, dividers[best].divider);
	if (best > 0)
		rows_problem(r, 1, 1, "cells are divided by %s, not by commas; "
		    "read so", dividers[best].name);
}

/* The record's cells as columns of the kind; twice the same name: the first. */
static void
take_names(struct reading *r, const struct csv_record *head)
{
	r->width = head->n;
	for (unsigned i = 0; i < head->n; i++) {
		g_autofree char *name = plain_name(head->cell[i].text,
		    head->cell[i].len);
		int c = column_of(r->kind, name);
		unsigned column;
		uint64_t line;

		if (c >= 0 && r->col[c] < 0) {
			r->col[c] = (int)i;
			r->tally->known++;
			continue;
		}
		if (*name == '\0')
			continue;
		g_ptr_array_add(r->im->columns,
		    g_strdup(head->cell[i].text));
		g_ptr_array_add(r->im->examples, g_strdup(""));
		g_array_append_val(r->other, i);
		r->unseen++;
		csv_scan_place(r->scan, i, &line, &column);
		if (c >= 0)
			rows_problem(r, line, column, "column \"%s\" stands "
			    "twice; the first is used", name);
	}
}

/* A word of a row may be the name of a column ("work"); an address is none. */
static gboolean
is_row(const struct csv_record *head)
{
	for (unsigned i = 0; i < head->n; i++)
		if (g_hostname_is_ip_address(head->cell[i].text))
			return TRUE;
	return FALSE;
}

static void
tell_missing(struct reading *r, uint64_t line)
{
	for (int i = 0; r->kind->column[i].name != NULL; i++)
		if (r->col[i] < 0 && r->kind->column[i].without != NULL)
			rows_problem(r, line, 1, "no column \"%s\": %s",
			    r->kind->column[i].name,
			    r->kind->column[i].without);
}

/* FALSE where nothing of the file can be used. */
static gboolean
take_header(struct reading *r)
{
	const struct csv_record *head;
	const char *line;
	size_t len;

	line = csv_scan_line(r->scan, &len);
	if (line != NULL && !sep_line(r, line, len))
		find_divider(r, line, len);
	head = csv_scan_next(r->scan);
	if (head == NULL) {
		rows_problem(r, 1, 1, "nothing is in it");
		return FALSE;
	}
	if (head->why != NULL) {
		rows_problem(r, head->why_line, head->why_column, "the header "
		    "line cannot be read: %s; no row is used", head->why);
		return FALSE;
	}
	take_names(r, head);
	if (is_row(head)) {
		rows_problem(r, head->line, 1, "the first line holds an "
		    "address, as rows do, where names of columns belong; no "
		    "row is used. Wanted are: %s", r->kind->header);
		return FALSE;
	}
	if (r->tally->known == 0) {
		rows_problem(r, head->line, 1, "the first line names no column "
		    "of this kind; no row is used. Wanted are: %s",
		    r->kind->header);
		return FALSE;
	}
	tell_missing(r, head->line);
	return TRUE;
}

/* ---- rows */

/* Addresses that were not read may be different ones. */
static gboolean
is_comparable(const struct reading *r)
{
	return (r->faults & (ROW_MALFORMED | ROW_IP_BAD | ROW_IP_RANGE)) == 0;
}

static void
add_row(struct reading *r)
{
	struct import *im = r->im;
	uint32_t i = im->rows->len;
	uint32_t head[2];
	char *row;

	g_array_set_size(im->rows, i + 1);
	row = im->rows->data + (size_t)i * r->kind->size;
	r->kind->read(r, row);
	if (is_comparable(r) && seen_before(r->seen, i))
		row_fault(r, ROW_DUPLICATE, 0);
	head[0] = i + 1;
	head[1] = r->faults;
	memcpy(row, head, sizeof(head));
	if ((r->faults & (ROW_MALFORMED | ROW_DUPLICATE)) == 0)
		im->counted++;
}

static gboolean
is_empty(const struct csv_record *rec)
{
	for (unsigned i = 0; i < rec->n; i++)
		if (rec->cell[i].len > 0)
			return FALSE;
	return rec->why == NULL;
}

/* More cells than the header has are let pass where they are empty. */
static gboolean
fits(const struct reading *r, const struct csv_record *rec)
{
	for (unsigned i = r->width; i < rec->n; i++)
		if (rec->cell[i].len > 0)
			return FALSE;
	return rec->n >= r->width;
}

static void
tell_malformed(struct reading *r, const struct csv_record *rec)
{
	if (rec->why != NULL)
		rows_problem(r, rec->why_line, rec->why_column,
		    "%s; the row is not used", rec->why);
	else
		rows_problem(r, rec->line, 1, "its cells are %u, the header's "
		    "%u; the row is not used", rec->n, r->width);
}

/* The first value of each column that nothing reads, so that it is seen what is
 * passed over; of a long one the beginning. */
static void
add_examples(struct reading *r, const struct csv_record *rec)
{
	for (guint i = 0; i < r->other->len; i++) {
		unsigned at = g_array_index(r->other, unsigned, i);
		char **to = (char **)&r->im->examples->pdata[i];
		const char *text;

		if (**to != '\0' || at >= rec->n || rec->cell[at].len == 0)
			continue;
		text = rec->cell[at].text;
		g_free(*to);
		*to = g_utf8_strlen(text, -1) <= EXAMPLE_MOST ? g_strdup(text) :
		    g_utf8_substring(text, 0, EXAMPLE_MOST);
		r->unseen--;
	}
}

/* A row that cannot be read: its number, and nothing else. */
static void
add_malformed(struct reading *r, const struct csv_record *rec)
{
	unsigned bit = (unsigned)g_bit_nth_lsf(ROW_MALFORMED, -1);

	if (r->tally->fault[bit].count++ == 0) {
		r->tally->fault[bit].line = rec->line;
		r->tally->fault[bit].column = 1;
	}
	if (r->tally->fault[bit].count <= MALFORMED_TOLD)
		tell_malformed(r, rec);
	r->record = NULL;
	r->faults = ROW_MALFORMED;
	r->malformed = TRUE;
	add_row(r);
	r->malformed = FALSE;
}

static void
take_rows(struct reading *r)
{
	const struct csv_record *rec;

	while ((rec = csv_scan_next(r->scan)) != NULL) {
		if (is_empty(rec))
			continue;
		if (r->im->rows->len == IMPORT_ROWS) {
			rows_problem(r, rec->line, 1, "more than 4000000 rows; "
			    "the rest is not used: divide the file");
			break;
		}
		if (rec->mark && !r->marked) {
			r->marked = TRUE;
			rows_problem(r, rec->line, 1, "a byte-order mark within "
			    "the file, as where files were put together; it is "
			    "left out");
		}
		r->faults = 0;
		r->record = rec;
		if (rec->why != NULL || !fits(r, rec))
			add_malformed(r, rec);
		else
			add_row(r);
		if (r->unseen > 0 && r->record != NULL)
			add_examples(r, rec);
	}
	r->tally->rows = r->im->rows->len;
}

/* ---- what is said of all of it */

static void
tell_charset(struct reading *r, const struct text_survey *s)
{
	if (s->charset == CHARSET_1252 || s->charset == CHARSET_LATIN1)
		rows_problem(r, s->bad_line, (unsigned)s->bad_column, "a byte "
		    "that is not UTF-8: the file is read as %s",
		    charset_name(s->charset));
	else if (s->charset != CHARSET_UTF8)
		rows_problem(r, 1, 1, "the file is read as %s",
		    charset_name(s->charset));
	if (s->cr_only)
		rows_problem(r, 1, 1, "lines end in CR alone; read so");
}

static void
tell_faults(struct reading *r)
{
	for (unsigned bit = 0; bit < ROW_FAULTS; bit++) {
		uint32_t n = r->tally->fault[bit].count;

		if (n == 0 || (1u << bit == ROW_MALFORMED &&
		    n <= MALFORMED_TOLD))
			continue;
		rows_problem(r, r->tally->fault[bit].line,
		    r->tally->fault[bit].column, n == 1 ? "%s" :
		    "%s; %u rows in all",
		    row_fault_says((enum row_fault)(1u << bit)), n);
	}
}

/* Rows are kept apart from what they point into, and sized once. */
static void
make_room(struct reading *r, const struct text_survey *s)
{
	uint64_t most = MIN(MIN(s->lf, s->bytes / 16) + 1, IMPORT_ROWS);

	g_array_unref(r->im->rows);
	r->im->rows = g_array_sized_new(FALSE, TRUE, (guint)r->kind->size,
	    (guint)most);
}

static void
read_all(struct reading *r, const struct text_survey *s,
    const struct csv_source *source)
{
	make_room(r, s);
	tell_charset(r, s);
	r->scan = csv_scan_new(s, source);
	r->intern = intern_new(r->im->chunk);
	r->other = g_array_new(FALSE, FALSE, sizeof(unsigned));
	r->said = g_new0(const struct activity_said *, ROW_SAID);
	r->seen = seen_new(r->im->rows, r->kind->key_size > 0 ?
	    r->kind->key_size : r->kind->size, r->kind->key);
	if (take_header(r))
		take_rows(r);
	tell_faults(r);
	g_array_unref(r->other);
	g_free(r->said);
	seen_free(r->seen);
	intern_free(r->intern);
	csv_scan_free(r->scan);
}

void
import_rows(struct import *im, const struct text_survey *s,
    const struct csv_source *source, struct tz_set *zones,
    struct import_tally *tally)
{
	struct reading r = { .im = im, .tally = tally, .zones = zones,
	    .kind = &row_kinds[im->kind], .now = text_time_parse(im->at) };

	memset(tally, 0, sizeof(*tally));
	memset(r.col, -1, sizeof(r.col));
	r.problems = g_array_new(FALSE, FALSE, sizeof(struct problem));
	g_array_set_clear_func(r.problems, problem_clear);
	if (s->charset == CHARSET_NONE)
		rows_problem(&r, MAX(s->bad_line, 1u),
		    (unsigned)MAX(s->bad_column, 1u), "%s; nothing of it is "
		    "used", s->refused);
	else
		read_all(&r, s, source);
	tell_problems(&r);
}
