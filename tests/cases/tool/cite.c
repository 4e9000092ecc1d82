/* What a citation of an assessment points at, as text. */

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "tests/cases/tool/tool.h"

static char *
text_of(const char *dir, const char *a, const char *b, const char *c)
{
	g_autofree char *path = g_build_filename(dir, a, b, c, NULL);
	char *text = NULL;

	g_file_get_contents(path, &text, NULL, NULL);
	return text != NULL ? text : g_strdup("");
}

static char *
line_of(const char *text, unsigned n)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	return n > 0 && n <= g_strv_length(lines) ? g_strdup(lines[n - 1]) :
	    g_strdup("");
}

static char *
line_with(const char *text, const char *what)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++)
		if (strstr(lines[i], what) != NULL)
			return g_strdup(lines[i]);
	return g_strdup("");
}

GPtrArray *
csv_records(const char *text)
{
	GPtrArray *a = g_ptr_array_new_with_free_func(g_free);
	const char *from = text;
	gboolean quoted = FALSE;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '"')
			quoted = !quoted;
		if (*p != '\n' || quoted)
			continue;
		g_ptr_array_add(a, g_strndup(from, (gsize)(p - from)));
		from = p + 1;
	}
	if (*from != '\0')
		g_ptr_array_add(a, g_strdup(from));
	return a;
}

static char *
cited_fact(const char *dir, const char *cite, const char *slash)
{
	g_autofree char *run = g_strndup(cite, (gsize)(slash - cite));
	g_autofree char *path = g_build_filename("runs", run, NULL);
	g_autofree char *text = text_of(dir, path, "data", "facts.jsonl");
	g_autofree char *id = g_strdup_printf("\"%s\"", slash + 1);

	return line_with(text, id);
}

/* Rows without a word in them are not numbered. */
static const char *
row_numbered(const GPtrArray *rows, unsigned n)
{
	for (guint i = 0; i < rows->len; i++) {
		const char *row = rows->pdata[i];

		if (row[strspn(row, ",;\t \r\"")] != '\0' && n-- == 0)
			return row;
	}
	return "";
}

/* The row of a file; without one, the file's line in imports.jsonl and what the
 * file holds. */
static char *
cited_import(const char *dir, const char *cite)
{
	const char *colon = strchr(cite, ':');
	g_autofree char *list = text_of(dir, "imports", "imports.jsonl", NULL);
	g_autofree char *id = g_strdup_printf("{\"n\":%d,", atoi(cite + 2));
	g_autofree char *line = line_with(list, id), *text = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	json_t *o = json_loads(line, 0, NULL);
	const char *sha = json_string_value(json_object_get(o, "sha256"));
	unsigned n = colon != NULL ? (unsigned)atoi(colon + 1) : 0;

	text = text_of(dir, "imports", sha != NULL ? sha : "", NULL);
	json_decref(o);
	if (n == 0)
		return g_strconcat(line, " ", text, NULL);
	rows = csv_records(text);
	return g_strdup(row_numbered(rows, n));
}

char *
cited(const char *dir, const char *cite)
{
	const char *slash = strchr(cite, '/');
	const char *colon = strrchr(cite, ':');
	g_autofree char *file = NULL, *text = NULL, *path = NULL;

	if (slash != NULL)
		return cited_fact(dir, cite, slash);
	if (g_str_has_prefix(cite, "I-"))
		return cited_import(dir, cite);
	if (colon == NULL)
		return g_strdup("");
	file = g_strndup(cite, (gsize)(colon - cite));
	if (!g_ascii_isdigit(*file)) {
		text = text_of(dir, file, NULL, NULL);
		return line_of(text, (unsigned)atoi(colon + 1));
	}
	path = g_build_filename("runs", file, NULL);
	text = text_of(dir, path, "data", "log.jsonl");
	return line_of(text, (unsigned)atoi(colon + 1));
}
