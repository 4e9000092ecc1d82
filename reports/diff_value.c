/*
 * Two values of a statement: whether they are one, and which fields of a kind
 * change by themselves.
 */

#include "reports/diff_priv.h"

#include <stdlib.h>
#include <string.h>

#include "probes/text.h"

/* ---- what does not count */

/* Fields of a kind that change by themselves. */
static const struct {
	enum fact_kind	 kind;
	const char	*fields;
} restless[] = {
	{ FACT_DNS_SOA, " serial " },
	{ FACT_TLS_TRUST, " bundle at " },
	{ FACT_HTTP_PAGE, " bytes sha256 " },
	{ FACT_GEO_PLACE, " build sha256 licence " },
	{ FACT_GEO_NONE, " build sha256 licence " },
};

/* ... and of any kind. */
static const char everywhere[] = " ttl ";

/* Where an answer came from, and where in it: no part of what was said. */
static const char whence[] = " server line offset ";

static gboolean
listed(const char *fields, const char *field)
{
	g_autofree char *blanked = g_strdup_printf(" %s ", field);

	return strstr(fields, blanked) != NULL;
}

static gboolean
is_restless(enum fact_kind kind, const char *field)
{
	if (listed(everywhere, field) || listed(whence, field))
		return TRUE;
	for (size_t i = 0; i < G_N_ELEMENTS(restless); i++)
		if (restless[i].kind == kind && listed(restless[i].fields, field))
			return TRUE;
	return FALSE;
}

gboolean
diff_counts(enum fact_kind kind, const char *field)
{
	return !is_restless(kind, field);
}

/* ---- values */

static void
append_dump(GString *out, const json_t *v)
{
	char *s = json_dumps(v, JSON_COMPACT | JSON_SORT_KEYS |
	    JSON_ENCODE_ANY);

	g_string_append(out, s != NULL ? s : "null");
	free(s);
}

/* Lists are sets here: servers give them in any order. */
static void
append_value(GString *out, const json_t *v)
{
	g_autoptr(GPtrArray) all = NULL;
	size_t i;
	json_t *member;

	if (!json_is_array(v)) {
		append_dump(out, v);
		return;
	}
	all = g_ptr_array_new_with_free_func(free);
	json_array_foreach((json_t *)(uintptr_t)v, i, member)
		g_ptr_array_add(all, json_dumps(member, JSON_COMPACT |
		    JSON_SORT_KEYS | JSON_ENCODE_ANY));
	g_ptr_array_sort(all, text_order);
	for (guint k = 0; k < all->len; k++) {
		g_string_append(out, all->pdata[k]);
		g_string_append_c(out, ',');
	}
}

gboolean
diff_same(const json_t *a, const json_t *b)
{
	g_autoptr(GString) x = g_string_new(NULL), y = g_string_new(NULL);

	append_value(x, a);
	append_value(y, b);
	return strcmp(x->str, y->str) == 0;
}

char *
diff_canonical(const struct fact *f, gboolean quiet)
{
	GString *out = g_string_new(NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const char *name;
	json_t *v;

	json_object_foreach(f->value, name, v)
		if (!listed(whence, name) &&
		    (!quiet || !is_restless(f->kind, name)))
			g_ptr_array_add(names, (void *)(uintptr_t)name);
	g_ptr_array_sort(names, text_order);
	for (guint i = 0; i < names->len; i++) {
		g_string_append_printf(out, "%s=",
		    (const char *)names->pdata[i]);
		append_value(out, json_object_get(f->value, names->pdata[i]));
		g_string_append_c(out, ';');
	}
	return g_string_free(out, FALSE);
}
