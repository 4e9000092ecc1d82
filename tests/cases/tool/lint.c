/*
 * What lint said of a draft, held against expect-lint.tsv: a line of TAP for
 * each of its lines.
 */

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/cases/tool/tool.h"

enum { CHECK, STATUS, LINE, WORDS, COLUMNS };

static const char *
str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

/* By its own name, or by an element that the check serves; "*": any. */
static gboolean
is_check(const json_t *p, const char *want)
{
	json_t *e;
	size_t i;

	if (strcmp(want, "*") == 0 || strcmp(str(p, "check"), want) == 0)
		return TRUE;
	json_array_foreach(json_object_get(p, "elements"), i, e)
		if (strcmp(json_string_value(e), want) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
fits(const json_t *p, char *const *cell)
{
	g_autofree char *line = g_strdup_printf("%" JSON_INTEGER_FORMAT,
	    json_integer_value(json_object_get(p, "line")));
	g_autofree char *all = g_strjoin(" ", str(p, "what"),
	    str(p, "exhibit"), str(p, "draft_says"), str(p, "exhibit_says"),
	    NULL);

	return is_check(p, cell[CHECK]) && (*cell[LINE] == '\0' ||
	    strcmp(cell[LINE], "*") == 0 || strcmp(cell[LINE], line) == 0) &&
	    words_in(all, cell[WORDS]);
}

static void
say(const json_t *p)
{
	printf("#   %s:%" JSON_INTEGER_FORMAT ": %s: %s\n", str(p, "file"),
	    json_integer_value(json_object_get(p, "line")), str(p, "check"),
	    str(p, "what"));
	if (*str(p, "draft_says") != '\0')
		printf("#     draft: %.120s\n", str(p, "draft_says"));
	if (*str(p, "exhibit_says") != '\0')
		printf("#     exhibit: %.120s\n", str(p, "exhibit_says"));
}

static gboolean
hold(const char *where, char *const *cell, const char *what,
    const json_t *problems)
{
	gboolean fires = strcmp(cell[STATUS], "FIRES") == 0, got = FALSE, ok;
	json_t *p;
	size_t i;

	json_array_foreach(problems, i, p)
		got |= fits(p, cell);
	ok = got == fires;
	printf("%sok - %s %s %s %s %s%s%s\n", ok ? "" : "not ", what, where,
	    cell[CHECK], cell[STATUS], cell[LINE],
	    *cell[WORDS] != '\0' ? " " : "", cell[WORDS]);
	if (ok)
		return TRUE;
	printf("# %s: %s: expected %s, got %s\n", where, cell[CHECK],
	    cell[STATUS], got ? "FIRES" : "SILENT");
	json_array_foreach(problems, i, p)
		if (is_check(p, cell[CHECK]))
			say(p);
	return FALSE;
}

/* 0: nothing to hold; 1: held; -1: not what it should be. */
static int
line_read(const char *line, char *cell[COLUMNS], char ***all)
{
	*all = tsv_cells(line);
	for (unsigned i = 0; i < COLUMNS; i++)
		cell[i] = i < g_strv_length(*all) ? (*all)[i] :
		    (char *)(uintptr_t)"";
	if (strcmp(cell[CHECK], "check") == 0)
		return 0;
	return strcmp(cell[STATUS], "FIRES") == 0 ||
	    strcmp(cell[STATUS], "SILENT") == 0 ? 1 : -1;
}

static int
lines_hold(const char *file, char **lines, const char *what,
    const json_t *problems)
{
	int bad = 0;

	for (unsigned i = 0; lines[i] != NULL; i++) {
		g_autofree char *where = g_strdup_printf("%s:%u", file, i + 1);
		g_auto(GStrv) all = NULL;
		char *cell[COLUMNS];
		int rc;

		g_strchomp(lines[i]);
		if (*lines[i] == '\0' || strchr("#!", *lines[i]) != NULL)
			continue;
		rc = line_read(lines[i], cell, &all);
		if (rc < 0) {
			printf("# %s: as in: quote, a tab, FIRES or SILENT\n",
			    where);
			return 2;
		}
		if (rc > 0)
			bad += hold(where, cell, what, problems) ? 0 : 1;
	}
	return bad > 0;
}

int
tool_lint(char **w)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	json_error_t why;
	json_t *doc;
	int rc;

	if (!g_file_get_contents(w[0], &text, NULL, NULL))
		return tool_fail(w[0]);
	doc = json_load_file(w[1], 0, &why);
	if (doc == NULL)
		return tool_fail(why.text);
	lines = g_strsplit(text, "\n", -1);
	rc = lines_hold(w[0], lines, w[2] != NULL ? w[2] : "",
	    json_object_get(doc, "problems"));
	json_decref(doc);
	return rc;
}
