/* What both kinds of expectations are written in. */

#include <string.h>

#include "tests/cases/tool/tool.h"

char **
tsv_cells(const char *line)
{
	static GRegex *blanks;
	char **c;

	if (strchr(line, '\t') != NULL) {
		c = g_strsplit(line, "\t", -1);
	} else {
		if (blanks == NULL)
			blanks = g_regex_new("  +", 0, 0, NULL);
		c = g_regex_split(blanks, line, 0);
	}
	for (size_t i = 0; c[i] != NULL; i++)
		g_strstrip(c[i]);
	return c;
}

/* A run of blanks as one; caller frees. */
static char *
flat(const char *text)
{
	g_autofree char *low = g_utf8_casefold(text, -1);
	GString *out = g_string_new(NULL);

	for (const char *p = low; *p != '\0'; p++)
		if (!g_ascii_isspace(*p))
			g_string_append_c(out, *p);
		else if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
	return g_string_free(out, FALSE);
}

gboolean
words_in(const char *text, const char *words)
{
	g_autofree char *a = flat(text), *b = flat(words);

	return strstr(a, b) != NULL;
}
