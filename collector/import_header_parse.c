/*
 * The header line: what divides its cells, which columns of the kind they name,
 * and what rows lack where one is missing.
 */

#include <string.h>

#include "collector/import_rows_priv.h"

#define TITLES_MOST	20u	/* lines above the header */

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

/* A spreadsheet's own first line. */
static gboolean
is_sep(const char *line, size_t len)
{
	return len == 5 && g_ascii_strncasecmp(line, "sep=", 4) == 0;
}

/* TRUE where it was one. */
static gboolean
sep_line(struct reading *r, const char *line, size_t len)
{
	if (!is_sep(line, len))
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

static unsigned
names_most(const struct row_kind *k, const char *line, size_t len)
{
	unsigned most = 0;

	for (unsigned i = 0; i < G_N_ELEMENTS(dividers); i++)
		most = MAX(most, names_known(k, line, MIN(len, 65536u),
		    dividers[i].divider));
	return most;
}

/* A title and a day above the header, as reports have them: what comes first names
 * nothing, and a line soon after it two columns or more. */
static void
pass_titles(struct reading *r, const char *line, size_t len)
{
	unsigned n = 0;

	if (names_most(r->kind, line, len) > 0 || is_sep(line, len))
		return;
	do {
		line = csv_scan_ahead(r->scan, ++n, &len);
		if (line == NULL || n > TITLES_MOST)
			return;
	} while (names_most(r->kind, line, len) < 2);
	rows_problem(r, 1, 1, "%u line%s above the header line; passed over", n,
	    n == 1 ? "" : "s");
	while (n-- > 0)
		csv_scan_pass(r->scan);
}

/* The record's cells as columns of the kind; twice the same name: the first. */
static void
take_names(struct reading *r, const struct csv_record *head)
{
	r->width = head->cells;
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
tell_wide(struct reading *r, const struct csv_record *head)
{
	unsigned column;
	uint64_t line;

	if (head->cells == head->n)
		return;
	csv_scan_place(r->scan, head->n - 1, &line, &column);
	rows_problem(r, line, column, "%u columns; those behind the %uth are "
	    "kept in the file, and read by nothing", head->cells, head->n);
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

gboolean
rows_header(struct reading *r)
{
	const struct csv_record *head;
	const char *line;
	size_t len;

	line = csv_scan_line(r->scan, &len);
	if (line != NULL) {
		pass_titles(r, line, len);
		/* looking ahead has moved what was read */
		line = csv_scan_line(r->scan, &len);
	}
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
	tell_wide(r, head);
	tell_missing(r, head->line);
	return TRUE;
}
