#include "probes/dkim_selector.h"

#include <string.h>

#include "embed.h"

/* The next row from at, without comments; NULL behind the last. */
static const char *
row_next(const char **at, const char **tab, const char **end)
{
	while ((*end = strchr(*at, '\n')) != NULL) {
		const char *line = *at;

		*at = *end + 1;
		*tab = memchr(line, '\t', (size_t)(*end - line));
		if (*line != '#' && *tab != NULL)
			return line;
	}
	return NULL;
}

char *
dkim_selector(guint row)
{
	const char *at = embed_probes_data_dkim_selectors_tsv, *tab, *end, *line;

	while ((line = row_next(&at, &tab, &end)) != NULL)
		if (row-- == 0)
			return g_strndup(line, (gsize)(tab - line));
	return NULL;
}

char *
dkim_house(const char *selector)
{
	const char *at = embed_probes_data_dkim_selectors_tsv, *tab, *end, *line;
	size_t n = strlen(selector);

	while ((line = row_next(&at, &tab, &end)) != NULL)
		if ((size_t)(tab - line) == n &&
		    g_ascii_strncasecmp(line, selector, n) == 0)
			return tab[1] == '-' ? g_strdup("") :
			    g_strndup(tab + 1, (gsize)(end - tab - 1));
	return g_strdup("");
}
