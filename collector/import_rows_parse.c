/*
 * One function a kind makes a row of a record's cells.  Everything else (header,
 * dividers, faults, duplicates) is the same for all of them.
 */

#include "collector/import_rows.h"

#include <string.h>

#include "collector/import_rows_priv.h"
#include "probes/text.h"

#define EXAMPLE_MOST	60	/* characters of a column that nothing reads */

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

/* "1,000" without quotes is two cells, of one digit to three and of three. */
static gboolean
is_number_cut(const struct csv_record *rec)
{
	for (unsigned i = 1; i < rec->n; i++) {
		const char *a = rec->cell[i - 1].text, *b = rec->cell[i].text;
		size_t n;

		a += strspn(a, "$<>=~ ");
		n = strspn(a, "0123456789");
		if (n >= 1 && n <= 3 && a[n] == '\0' &&
		    strspn(b, "0123456789") == 3 && (b[3] == '\0' ||
		    strchr(" +%KkMm", b[3]) != NULL))
			return TRUE;
	}
	return FALSE;
}

/* More cells than the header has are let pass where they are empty, and none came
 * of a number that was cut in two. */
static gboolean
fits(const struct reading *r, const struct csv_record *rec)
{
	if (rec->cells > r->width && is_number_cut(rec))
		return FALSE;
	for (unsigned i = r->width; i < rec->n; i++)
		if (rec->cell[i].len > 0)
			return FALSE;
	return rec->cells >= r->width && rec->filled <= r->width;
}

static void
tell_malformed(struct reading *r, const struct csv_record *rec)
{
	if (rec->why != NULL)
		rows_problem(r, rec->why_line, rec->why_column,
		    "%s; the row is not used", rec->why);
	else
		rows_problem(r, rec->line, 1, "its cells are %u, the header's "
		    "%u; the row is not used", rec->cells, r->width);
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

/* ---- all of it */

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
	struct hash_key key;

	hash_key_of(&key, r->im->sha256, strlen(r->im->sha256));
	make_room(r, s);
	rows_tell_charset(r, s);
	r->scan = csv_scan_new(s, source);
	r->intern = intern_new(r->im->chunk, &key);
	r->other = g_array_new(FALSE, FALSE, sizeof(unsigned));
	r->said = g_new0(const struct activity_said *, ROW_SAID);
	r->seen = seen_new(r->im->rows, r->kind->key_size > 0 ?
	    r->kind->key_size : r->kind->size, r->kind->key, &key);
	if (rows_header(r))
		take_rows(r);
	rows_tell_faults(r);
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
	rows_problems_begin(&r);
	if (s->charset == CHARSET_NONE)
		rows_problem(&r, MAX(s->bad_line, 1u),
		    (unsigned)MAX(s->bad_column, 1u), "%s; nothing of it is "
		    "used", s->refused);
	else
		read_all(&r, s, source);
	rows_problems_tell(&r);
}
