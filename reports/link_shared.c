/* What many strangers share, by data/link-shared.tsv. */

#include <string.h>

#include "embed.h"
#include "reports/delivery.h"
#include "reports/link_read.h"

#define NAME	100	/* bytes of a row's name */

struct row {
	char		 name[NAME];
	const char	*whose;		/* interned */
};

/* The next row of that word from *at; FALSE behind the last. */
static gboolean
row_next(const char **at, const char *what, struct row *r)
{
	size_t n = strlen(what);
	const char *end;

	while ((end = strchr(*at, '\n')) != NULL) {
		const char *line = *at, *name = line + n + 1, *tab;

		*at = end + 1;
		if (strncmp(line, what, n) != 0 || line[n] != '\t')
			continue;
		tab = memchr(name, '\t', (size_t)(end - name));
		if (tab == NULL || tab - name >= NAME)
			continue;
		memcpy(r->name, name, (size_t)(tab - name));
		r->name[tab - name] = '\0';
		r->whose = tab + 1;
		return TRUE;
	}
	return FALSE;
}

static const char *
whose(const struct row *r)
{
	g_autofree char *words = g_strndup(r->whose, strcspn(r->whose, "\n"));

	return g_intern_string(words);
}

/* "awsdns-*": a label of the name begins so. */
static gboolean
has_label(const char *name, const char *row)
{
	size_t n = strlen(row) - 1;

	for (const char *p = name; p != NULL; p = strchr(p, '.')) {
		p += *p == '.' ? 1 : 0;
		if (strncmp(p, row, n) == 0)
			return TRUE;
	}
	return FALSE;
}

static const char *
shared_one(const char *what, const char *name)
{
	const char *at = embed_reports_data_link_shared_tsv;
	struct row r;

	while (row_next(&at, what, &r))
		if (g_str_has_suffix(r.name, "*") ? has_label(name, r.name) :
		    name_under(name, r.name))
			return whose(&r);
	return NULL;
}

const char *
link_shared(const char *what, const char *name)
{
	g_auto(GStrv) each = g_strsplit(name, " ", -1);
	const char *first = NULL;

	for (size_t i = 0; each[i] != NULL; i++) {
		const char *one = shared_one(what, each[i]);

		if (one == NULL || (first != NULL && first != one))
			return NULL;
		first = one;
	}
	return first;
}

gboolean
link_shared_beginning(const char *what, const char *text)
{
	const char *at = embed_reports_data_link_shared_tsv;
	struct row r;

	while (row_next(&at, what, &r))
		if (g_str_has_prefix(text, r.name))
			return TRUE;
	return FALSE;
}
