/* Two assessments beside each other. */

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "tests/cases/tool/tool.h"

static const char *
str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

/* "P-04|Doe 1|" of a finding; caller frees. */
static char *
about(const json_t *f)
{
	return g_strdup_printf("%s|%s|%s", str(f, "element"), str(f, "scope"),
	    str(f, "forum"));
}

static char *
status_of(const json_t *f)
{
	return g_strconcat(str(f, "status"), json_is_true(json_object_get(f,
	    "adverse")) ? " ADV" : "", NULL);
}

static json_t *
load(const char *path)
{
	json_error_t why;
	json_t *doc = json_load_file(path, 0, &why);

	if (doc == NULL)
		fprintf(stderr, "%s: %s\n", path, why.text);
	return doc;
}

/* about -> finding, borrowed. */
static GHashTable *
index_of(const json_t *doc)
{
	GHashTable *t = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	json_t *f;
	size_t i;

	json_array_foreach(json_object_get(doc, "findings"), i, f)
		g_hash_table_insert(t, about(f), f);
	return t;
}

static gboolean
wanted(const json_t *f, char **prefixes)
{
	gboolean in = prefixes[0] == NULL;

	for (size_t i = 0; prefixes[i] != NULL; i++)
		in |= g_str_has_prefix(str(f, "element"), prefixes[i]);
	return in;
}

static gboolean
differ(const json_t *f, const json_t *other)
{
	g_autofree char *of = about(f), *was = status_of(f);
	g_autofree char *is = other != NULL ? status_of(other) :
	    g_strdup("not there");

	if (strcmp(was, is) == 0)
		return FALSE;
	printf("%s was %s, is %s\n", of, was, is);
	return TRUE;
}

int
tool_same(char **w)
{
	json_t *a = load(w[0]), *b = load(w[1]), *f;
	g_autoptr(GHashTable) others = NULL;
	int bad = 0;
	size_t i;

	if (a == NULL || b == NULL)
		return 2;
	others = index_of(b);
	json_array_foreach(json_object_get(a, "findings"), i, f) {
		g_autofree char *of = about(f);

		if (wanted(f, w + 2))
			bad += differ(f, g_hash_table_lookup(others, of));
	}
	json_decref(a);
	json_decref(b);
	return bad > 0;
}

/* Rests on a run: "000001/F-000003", "000001:17". */
static gboolean
from_run(const json_t *f)
{
	static const char *const lists[] = { "for", "against" };
	gboolean is = FALSE;
	json_t *s;
	size_t i;

	for (size_t k = 0; k < G_N_ELEMENTS(lists); k++)
		json_array_foreach(json_object_get(f, lists[k]), i, s)
			is |= g_ascii_isdigit(*json_string_value(s));
	return is && strcmp(str(f, "status"), "NONE") != 0;
}

int
tool_never_none(char **w)
{
	json_t *a = load(w[0]), *b = load(w[1]), *f;
	g_autoptr(GHashTable) others = NULL;
	int bad = 0;
	size_t i;

	if (a == NULL || b == NULL)
		return 2;
	others = index_of(b);
	json_array_foreach(json_object_get(a, "findings"), i, f) {
		g_autofree char *of = about(f);
		const json_t *o = g_hash_table_lookup(others, of);

		if (!from_run(f) || o == NULL ||
		    strcmp(str(o, "status"), "NONE") != 0)
			continue;
		printf("%s was %s by a run, and is NONE where nothing "
		    "answered\n", of, str(f, "status"));
		bad++;
	}
	json_decref(a);
	json_decref(b);
	return bad > 0;
}
