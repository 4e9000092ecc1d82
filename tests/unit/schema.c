/* As much of JSON Schema as the schemas of reports/ use. */

#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "tests/unit/schema.h"

static const json_t *root;

static void	check(const json_t *value, const json_t *schema);

static gboolean
is_type(const json_t *v, const char *type)
{
	if (strcmp(type, "object") == 0)
		return json_is_object(v);
	if (strcmp(type, "array") == 0)
		return json_is_array(v);
	if (strcmp(type, "string") == 0)
		return json_is_string(v);
	if (strcmp(type, "boolean") == 0)
		return json_is_boolean(v);
	if (strcmp(type, "integer") == 0)
		return json_is_integer(v);
	g_assert_cmpstr(type, ==, "null");
	return json_is_null(v);
}

static void
check_type(const json_t *v, const json_t *type)
{
	gboolean ok = FALSE;
	json_t *one;
	size_t i;

	if (json_is_string(type)) {
		g_assert_true(is_type(v, json_string_value(type)));
		return;
	}
	json_array_foreach(type, i, one)
		ok |= is_type(v, json_string_value(one));
	g_assert_true(ok);
}

static void
check_object(const json_t *v, const json_t *schema)
{
	const json_t *props = json_object_get(schema, "properties");
	const json_t *rest = json_object_get(schema, "additionalProperties");
	json_t *one;
	const char *key;
	size_t i;

	json_array_foreach(json_object_get(schema, "required"), i, one)
		g_assert_nonnull(json_object_get(v, json_string_value(one)));
	json_object_foreach((json_t *)(uintptr_t)v, key, one) {
		const json_t *s = json_object_get(props, key);

		if (s != NULL)
			check(one, s);
		else if (json_is_object(rest))
			check(one, rest);
		else
			g_assert_false(json_is_false(rest));
	}
}

static const json_t *
referred(const json_t *schema)
{
	const char *ref = json_string_value(json_object_get(schema, "$ref"));

	if (ref == NULL)
		return schema;
	g_assert_true(g_str_has_prefix(ref, "#/$defs/"));
	schema = json_object_get(json_object_get(root, "$defs"),
	    ref + strlen("#/$defs/"));
	g_assert_nonnull(schema);
	return schema;
}

static void
check_text(const json_t *v, const json_t *schema)
{
	const json_t *s = json_object_get(schema, "const");
	const char *pattern = json_string_value(json_object_get(schema,
	    "pattern"));
	json_t *one;
	size_t i;
	gboolean found = FALSE;

	if (s != NULL)
		g_assert_true(json_equal((json_t *)(uintptr_t)v,
		    (json_t *)(uintptr_t)s));
	if (pattern != NULL)
		g_assert_true(g_regex_match_simple(pattern,
		    json_string_value(v), 0, 0));
	s = json_object_get(schema, "enum");
	json_array_foreach(s, i, one)
		found |= json_equal((json_t *)(uintptr_t)v, one) != 0;
	g_assert_true(s == NULL || found);
}

static void
check(const json_t *v, const json_t *schema)
{
	json_t *one;
	size_t i;

	schema = referred(schema);
	if (json_object_get(schema, "type") != NULL)
		check_type(v, json_object_get(schema, "type"));
	check_text(v, schema);
	if (json_is_object(v))
		check_object(v, schema);
	if (json_is_array(v) && json_object_get(schema, "items") != NULL)
		json_array_foreach((json_t *)(uintptr_t)v, i, one)
			check(one, json_object_get(schema, "items"));
}

void
schema_check(const json_t *doc, const char *path)
{
	json_error_t e;
	json_t *schema = json_load_file(path, 0, &e);

	if (schema == NULL)
		g_error("%s: %s at line %d", path, e.text, e.line);
	g_assert_nonnull(doc);
	root = schema;
	check(doc, schema);
	json_decref(schema);
}
