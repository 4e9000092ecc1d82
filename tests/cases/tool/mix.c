/*
 * A case folder again, in another order: rows of its tables and of the files
 * that it imports, the imports themselves, addresses and targets; and with
 * beliefs beside what its statements say.
 */

#include <stdio.h>
#include <string.h>

#include "tests/cases/tool/tool.h"

/* Every second row first, then the others, each the other way round. */
static char *
rows_mixed(const char *text)
{
	g_autoptr(GPtrArray) rows = csv_records(text);
	GString *out = g_string_new(NULL);

	if (rows->len > 0)
		g_string_append_printf(out, "%s\n", (char *)rows->pdata[0]);
	for (guint odd = 0; odd < 2; odd++)
		for (guint i = rows->len; i-- > 1;)
			if (i % 2 == odd)
				g_string_append_printf(out, "%s\n",
				    (char *)rows->pdata[i]);
	return g_string_free(out, FALSE);
}

static char *
lines_reversed(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *out = g_string_new(NULL);

	for (guint i = g_strv_length(lines); i-- > 0;)
		if (*lines[i] != '\0')
			g_string_append_printf(out, "%s\n", lines[i]);
	return g_string_free(out, FALSE);
}

/* The file's bytes as the mixed case has them. */
static char *
mixed(const char *name, char *text, gsize *len)
{
	static const char *const lists[] = { "imports.txt",
		"own_addresses.txt", "targets.txt", NULL };
	char *out = NULL;

	if (g_str_has_suffix(name, ".csv") && strlen(text) == *len)
		out = rows_mixed(text);
	else if (g_strv_contains(lists, name))
		out = lines_reversed(text);
	if (out == NULL)
		return text;
	g_free(text);
	*len = strlen(out);
	return out;
}

static int
copy(const char *from, const char *to, const char *name)
{
	g_autofree char *a = g_build_filename(from, name, NULL);
	g_autofree char *b = g_build_filename(to, name, NULL);
	char *text = NULL;
	gsize len;
	gboolean ok;

	if (g_file_test(a, G_FILE_TEST_IS_DIR))
		return 0;
	if (!g_file_get_contents(a, &text, &len, NULL))
		return -1;
	text = mixed(name, text, &len);
	ok = g_file_set_contents(b, text, (gssize)len, NULL);
	g_free(text);
	return ok ? 0 : -1;
}

#define HEADER	"id,type,text,source,date\n"

/* The statements, where there are any, and the beliefs after them: not where
 * its columns stand in another order. */
static int
beliefs_add(const char *to, const char *beliefs)
{
	g_autofree char *path = g_build_filename(to, "statements.csv", NULL);
	g_autofree char *had = NULL, *more = NULL, *all = NULL;

	if (!g_file_get_contents(beliefs, &more, NULL, NULL))
		return -1;
	if (!g_file_get_contents(path, &had, NULL, NULL) || *had == '\0') {
		g_free(had);
		had = g_strdup(HEADER);
	}
	if (!g_str_has_prefix(had, HEADER))
		return 0;
	all = g_strconcat(had, more, NULL);
	return g_file_set_contents(path, all, -1, NULL) ? 0 : -1;
}

int
tool_mix(char **w)
{
	g_autoptr(GDir) dir = g_dir_open(w[0], 0, NULL);
	const char *name;

	if (dir == NULL || g_mkdir_with_parents(w[1], 0755) != 0)
		return tool_fail(w[0]);
	while ((name = g_dir_read_name(dir)) != NULL)
		if (copy(w[0], w[1], name) != 0)
			return tool_fail(name);
	return beliefs_add(w[1], w[2]) == 0 ? 0 : tool_fail(w[2]);
}
