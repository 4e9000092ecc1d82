#include "collector/tables.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "collector/import_date.h"
#include "probes/text.h"

#define TABLE_MAX	(16u << 20)
#define FIELD_MAX	(64u << 10)
#define COLUMNS_MAX	64u
#define ROWS_MAX	200000u
#define PROBLEMS_MAX	100u
#define DAY_US		INT64_C(86400000000)

/* ---- CSV */

/* Where the reader stands; a row is faulty as soon as why is set. */
struct cursor {
	const char	*at, *end;
	unsigned	 line, column;
	const char	*why;
	unsigned	 why_line, why_column;
};

static void
fault(struct cursor *c, const char *why)
{
	if (c->why != NULL)
		return;
	c->why = why;
	c->why_line = c->line;
	c->why_column = c->column;
}

static void
step(struct cursor *c)
{
	if (*c->at == '\n') {
		c->line++;
		c->column = 1;
	} else if (((unsigned char)*c->at & 0xc0) != 0x80) {
		c->column++;
	}
	c->at++;
}

static gboolean
at_line_end(const struct cursor *c)
{
	return c->at == c->end || *c->at == '\n' ||
	    (*c->at == '\r' && c->at + 1 < c->end && c->at[1] == '\n');
}

static void
keep(struct cursor *c, GString *field)
{
	if (field->len < FIELD_MAX)
		g_string_append_c(field, *c->at);
	else
		fault(c, "the field is longer than 64 KiB");
	step(c);
}

/* RFC 4180 section 2, rules 5 to 7: quotes around a field, doubled within. */
static void
quoted(struct cursor *c, GString *field)
{
	struct cursor opened = *c;

	step(c);
	while (c->at < c->end) {
		if (*c->at != '"') {
			keep(c, field);
			continue;
		}
		if (c->at + 1 == c->end || c->at[1] != '"') {
			step(c);
			if (!at_line_end(c) && *c->at != ',')
				fault(c, "text after the closing quote");
			return;
		}
		step(c);
		keep(c, field);
	}
	c->line = opened.line;
	c->column = opened.column;
	fault(c, "the quote is never closed");
}

static char *
field(struct cursor *c)
{
	GString *s = g_string_new(NULL);

	if (c->at < c->end && *c->at == '"')
		quoted(c, s);
	while (!at_line_end(c) && *c->at != ',') {
		if (*c->at == '"')
			fault(c, "a quote within an unquoted field");
		if (*c->at == '\0')
			fault(c, "a NUL");
		keep(c, s);
	}
	return g_string_free(s, FALSE);
}

/* All fields of the line at the cursor; the line end is taken. */
static GPtrArray *
fields(struct cursor *c)
{
	GPtrArray *a = g_ptr_array_new_with_free_func(g_free);

	for (;;) {
		char *f = field(c);

		if (a->len < COLUMNS_MAX)
			g_ptr_array_add(a, f);
		else
			g_free(f);
		if (a->len == COLUMNS_MAX && !at_line_end(c))
			fault(c, "more than 64 columns");
		if (at_line_end(c))
			break;
		step(c);
	}
	if (c->at < c->end && *c->at == '\r')
		step(c);
	if (c->at < c->end)
		step(c);
	return a;
}

static void
csv_row_free(void *data)
{
	struct csv_row *r = data;

	g_ptr_array_unref(r->cells);
	g_free(r);
}

void
csv_free(struct csv *t)
{
	g_ptr_array_unref(t->header);
	g_ptr_array_unref(t->rows);
	g_ptr_array_unref(t->problems);
	g_free(t);
}

static void G_GNUC_PRINTF(5, 6)
problem(GPtrArray *problems, const char *name, unsigned line, unsigned column,
    const char *fmt, ...)
{
	g_autofree char *what = NULL;
	va_list ap;

	if (problems->len >= PROBLEMS_MAX)
		return;
	va_start(ap, fmt);
	what = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_ptr_array_add(problems, g_strdup_printf("%s:%u:%u: %s", name, line,
	    column, what));
}

static gboolean
is_blank(const GPtrArray *cells)
{
	return cells->len == 1 && *g_strstrip(cells->pdata[0]) == '\0';
}

/* A faulty row, or one of another width than the header, is told and left. */
static void
take_row(struct csv *t, const char *name, struct cursor *c)
{
	unsigned line = c->line;
	GPtrArray *cells;

	c->why = NULL;
	cells = fields(c);
	if (c->why == NULL && is_blank(cells)) {
		g_ptr_array_unref(cells);
		return;
	}
	if (c->why == NULL && cells->len != t->header->len) {
		problem(t->problems, name, line, 1, "%u fields, the header "
		    "has %u; the row is not used", cells->len, t->header->len);
		g_ptr_array_unref(cells);
		return;
	}
	if (c->why != NULL) {
		problem(t->problems, name, c->why_line, c->why_column,
		    "%s; the row is not used", c->why);
		g_ptr_array_unref(cells);
		return;
	}
	struct csv_row *row = g_new0(struct csv_row, 1);
	row->line = line;
	row->cells = cells;
	g_ptr_array_add(t->rows, row);
}

/* Names are lower case and stand once. */
static int
take_header(struct csv *t, const char *name, struct cursor *c)
{
	g_ptr_array_unref(t->header);
	t->header = fields(c);
	for (guint i = 0; i < t->header->len; i++) {
		g_autofree char *raw = t->header->pdata[i];

		t->header->pdata[i] = g_ascii_strdown(g_strstrip(raw), -1);
		for (guint k = 0; k < i; k++)
			if (strcmp(t->header->pdata[k],
			    t->header->pdata[i]) == 0)
				fault(c, "a column stands twice");
	}
	if (c->why == NULL)
		return 0;
	problem(t->problems, name, c->why_line, c->why_column,
	    "%s; the table is not used", c->why);
	return -1;
}

struct csv *
csv_read(const char *name, const char *text, size_t len)
{
	struct csv *t = g_new0(struct csv, 1);
	struct cursor c = { .at = text, .end = text + len, .line = 1,
	    .column = 1 };
	const char *bad;

	t->header = g_ptr_array_new_with_free_func(g_free);
	t->rows = g_ptr_array_new_with_free_func(csv_row_free);
	t->problems = g_ptr_array_new_with_free_func(g_free);
	if (len > TABLE_MAX) {
		problem(t->problems, name, 1, 1, "longer than 16 MiB; the "
		    "table is not used");
		return t;
	}
	if (!g_utf8_validate(text, (gssize)len, &bad)) {
		while (c.at < bad)
			step(&c);
		problem(t->problems, name, c.line, c.column,
		    "not UTF-8; the table is not used");
		return t;
	}
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		c.at += 3;
	while (c.at < c.end && (*c.at == '\n' || *c.at == '\r'))
		step(&c);
	if (c.at == c.end || take_header(t, name, &c) != 0)
		return t;
	while (c.at < c.end && t->rows->len < ROWS_MAX)
		take_row(t, name, &c);
	if (c.at < c.end)
		problem(t->problems, name, c.line, 1,
		    "more than 200000 rows; the rest is not used");
	return t;
}

const char *
csv_cell(const struct csv *t, const struct csv_row *r, const char *column)
{
	for (guint i = 0; i < t->header->len && i < r->cells->len; i++)
		if (strcmp(t->header->pdata[i], column) == 0)
			return r->cells->pdata[i];
	return "";
}

/* ---- the tables */

/* Column of a name in the file, from 1, for messages; 1 where it is not. */
static gboolean
one_of(const char *word, const char *const *set)
{
	return g_strv_contains(set, word);
}

static char *
cell(const struct csv *t, const struct csv_row *r, const char *column)
{
	return g_strstrip(g_strdup(csv_cell(t, r, column)));
}

static gboolean
has_column(const struct csv *t, const char *column)
{
	for (guint i = 0; i < t->header->len; i++)
		if (strcmp(t->header->pdata[i], column) == 0)
			return TRUE;
	return FALSE;
}

/* Reads the CSV, tells its problems and the columns that it lacks; NULL where
 * a needed one is not there. */
static struct csv *
open_table(const char *name, const char *text, size_t len, const char *needed,
    GPtrArray *problems)
{
	struct csv *t = csv_read(name, text, len);

	for (guint i = 0; i < t->problems->len; i++)
		g_ptr_array_add(problems, g_strdup(t->problems->pdata[i]));
	if (t->header->len == 0 || has_column(t, needed))
		return t;
	problem(problems, name, 1, 1, "no column \"%s\"; the table is not "
	    "used", needed);
	csv_free(t);
	return NULL;
}

/* "12 June 2019", "June 12, 2019": what can be read in one way only; NULL where it
 * cannot. */
static char *
day_in_words(const char *written)
{
	int64_t time;
	char out[16];

	if ((date_read(written, "UTC", NULL, &time) &
	    ~(uint32_t)ROW_DATE_ONLY) != 0)
		return NULL;
	day_words(out, time / DAY_US);
	return g_strdup(out);
}

/* A day, also of a time: what is no day is told, and no bound. */
static char *
day_cell(const struct csv *t, const struct csv_row *row, const char *column,
    const char *name, GPtrArray *problems)
{
	g_autofree char *written = cell(t, row, column);
	g_autofree char *day = g_strndup(written, strlen("2019-06-12"));
	GDate date;

	if (*written == '\0' || (text_day(day, &date) &&
	    (written[strlen(day)] == '\0' || written[strlen(day)] == 'T' ||
	    written[strlen(day)] == ' ')))
		return g_steal_pointer(&day);
	g_free(day);
	day = day_in_words(written);
	if (day != NULL)
		return g_steal_pointer(&day);
	problem(problems, name, row->line, 1, "%s is no day as in 2019-06-12; "
	    "the row is read without it", written);
	return g_strdup("");
}

static void
read_parties(const char *name, const char *text, size_t len,
    struct record *rec, GPtrArray *problems)
{
	static const char *const kinds[] = {
		"plaintiff", "doe", "named", "dismissed", "third_party", NULL,
	};
	struct csv *t = open_table(name, text, len, "label", problems);

	for (guint i = 0; t != NULL && i < t->rows->len; i++) {
		const struct csv_row *row = t->rows->pdata[i];
		g_autofree char *written = cell(t, row, "kind");
		g_autofree char *kind = g_ascii_strdown(written, -1);
		g_autofree char *label = cell(t, row, "label");

		g_strdelimit(kind, " -", '_');	/* "Third party" */
		if (*label == '\0' || !one_of(kind, kinds)) {
			problem(problems, name, row->line, 1, *label == '\0' ?
			    "no label; the row is not used%s" : "kind \"%s\" is "
			    "none of plaintiff, doe, named, dismissed, "
			    "third_party; the row is not used",
			    *label == '\0' ? "" : kind);
			continue;
		}
		struct party *p = g_new0(struct party, 1);
		p->line = row->line;
		p->label = g_steal_pointer(&label);
		p->kind = g_steal_pointer(&kind);
		p->from = day_cell(t, row, "from", name, problems);
		p->to = day_cell(t, row, "to", name, problems);
		p->note = cell(t, row, "note");
		g_ptr_array_add(rec->parties, p);
	}
	if (t != NULL)
		csv_free(t);
}

static void
read_entities(const char *name, const char *text, size_t len,
    struct record *rec, GPtrArray *problems)
{
	struct csv *t = open_table(name, text, len, "name", problems);

	for (guint i = 0; t != NULL && i < t->rows->len; i++) {
		const struct csv_row *row = t->rows->pdata[i];
		g_autofree char *who = cell(t, row, "name");

		if (*who == '\0') {
			problem(problems, name, row->line, 1,
			    "no name; the row is not used");
			continue;
		}
		struct entity *en = g_new0(struct entity, 1);
		en->line = row->line;
		en->name = g_steal_pointer(&who);
		en->country = cell(t, row, "country");
		en->sought_for = cell(t, row, "sought_for");
		en->letter = cell(t, row, "letter");
		en->note = cell(t, row, "note");
		g_ptr_array_add(rec->entities, en);
	}
	if (t != NULL)
		csv_free(t);
}

static void
read_statements(const char *name, const char *text, size_t len,
    struct record *rec, GPtrArray *problems)
{
	struct csv *t = open_table(name, text, len, "id", problems);

	for (guint i = 0; t != NULL && i < t->rows->len; i++) {
		const struct csv_row *row = t->rows->pdata[i];
		g_autofree char *type = cell(t, row, "type");
		gboolean imported = g_ascii_strcasecmp(type, "IMPORTED") == 0;

		if (!imported && g_ascii_strcasecmp(type, "BELIEF") != 0) {
			problem(problems, name, row->line, 1, "type \"%s\" is "
			    "neither IMPORTED nor BELIEF; the row is not used",
			    type);
			continue;
		}
		struct statement *s = g_new0(struct statement, 1);
		s->line = row->line;
		s->id = cell(t, row, "id");
		s->text = cell(t, row, "text");
		s->source = cell(t, row, "source");
		s->date = cell(t, row, "date");
		s->type = imported ? IMPORTED : BELIEF;
		g_ptr_array_add(rec->statements, s);
	}
	if (t != NULL)
		csv_free(t);
}

/* An address, or an address and the length of a prefix. */
static gboolean
is_network(const char *text)
{
	g_auto(GStrv) part = g_strsplit(text, "/", 2);
	unsigned char a[16];
	gboolean v6 = part[0] != NULL && inet_pton(AF_INET6, part[0], a) == 1;
	guint64 n;

	if (part[0] == NULL || (!v6 && inet_pton(AF_INET, part[0], a) != 1))
		return FALSE;
	return part[1] == NULL || g_ascii_string_to_unsigned(part[1], 10, 0,
	    v6 ? 128 : 32, &n, NULL);
}

static void
read_own(const char *name, const char *text, size_t len, struct record *rec,
    GPtrArray *problems)
{
	g_autofree char *copy = g_strndup(text, MIN(len, TABLE_MAX));
	g_auto(GStrv) lines = g_strsplit(copy, "\n", ROWS_MAX);

	for (unsigned i = 0; lines[i] != NULL; i++) {
		char *comment = strchr(lines[i], '#');

		if (comment != NULL)
			*comment = '\0';
		g_strstrip(lines[i]);
		if (*lines[i] == '\0')
			continue;
		if (is_network(lines[i]))
			g_ptr_array_add(rec->own, g_strdup(lines[i]));
		else
			problem(problems, name, i + 1, 1, "neither an address "
			    "nor a CIDR; the line is not used");
	}
}

const struct table tables[] = {
	{ .file = "parties.csv", .columns = "label,kind,from,to,note",
	    .read = read_parties },
	{ .file = "entities.csv",
	    .columns = "name,country,sought_for,letter,note",
	    .read = read_entities },
	{ .file = "statements.csv", .columns = "id,type,text,source,date",
	    .read = read_statements },
	{ .file = "own_addresses.txt",
	    .says = "# Addresses of the plaintiff's side (investigators, "
		"counsel, client), an address\n# or a CIDR a line: never "
		"counted as anybody else's.\n",
	    .read = read_own },
	{ .file = NULL },
};
