#include "tests/unit/schema.h"

#include <stdint.h>
#include <string.h>

enum { DEEP = 40 };

struct at {
	const json_t	*root;
	GString		*path;		/* "/findings/3/status" */
	char		*fault;
	unsigned	 depth;
};

static void	check(struct at *, const json_t *value, const json_t *schema);

static void G_GNUC_PRINTF(2, 3)
fault(struct at *a, const char *fmt, ...)
{
	g_autofree char *why = NULL;
	va_list ap;

	if (a->fault != NULL)
		return;
	va_start(ap, fmt);
	why = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	a->fault = g_strdup_printf("%s: %s", a->path->str, why);
}

static void
below(struct at *a, const char *step, const json_t *v, const json_t *schema)
{
	gsize len = a->path->len;

	g_string_append_printf(a->path, "/%s", step);
	check(a, v, schema);
	g_string_truncate(a->path, len);
}

/* ---- parts ---------------------------------------------------------------------- */

static gboolean
is_type(const json_t *v, const char *type)
{
	static const struct { const char *name; json_type type; } types[] = {
		{ "object", JSON_OBJECT }, { "array", JSON_ARRAY },
		{ "string", JSON_STRING }, { "integer", JSON_INTEGER },
		{ "null", JSON_NULL },
	};

	if (strcmp(type, "boolean") == 0)
		return json_is_boolean(v);
	if (strcmp(type, "number") == 0)
		return json_is_number(v);
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (strcmp(types[i].name, type) == 0)
			return json_typeof(v) == types[i].type;
	return FALSE;
}

static void
check_type(struct at *a, const json_t *v, const json_t *type)
{
	gboolean ok = json_is_string(type) &&
	    is_type(v, json_string_value(type));
	json_t *one;
	size_t i;

	json_array_foreach(type, i, one)
		ok |= is_type(v, json_string_value(one));
	if (type != NULL && !ok)
		fault(a, "of another type");
}

static void
check_name(struct at *a, const char *key, const json_t *names)
{
	const char *pattern = json_string_value(json_object_get(names,
	    "pattern"));

	if (pattern != NULL && !g_regex_match_simple(pattern, key, 0, 0))
		fault(a, "the name %s is not as %s", key, pattern);
}

static void
check_object(struct at *a, const json_t *v, const json_t *schema)
{
	const json_t *props = json_object_get(schema, "properties");
	const json_t *rest = json_object_get(schema, "additionalProperties");
	json_t *one;
	const char *key;
	size_t i;

	json_array_foreach(json_object_get(schema, "required"), i, one)
		if (json_object_get(v, json_string_value(one)) == NULL)
			fault(a, "no %s", json_string_value(one));
	json_object_foreach((json_t *)(uintptr_t)v, key, one) {
		const json_t *s = json_object_get(props, key);

		check_name(a, key, json_object_get(schema, "propertyNames"));
		if (s != NULL)
			below(a, key, one, s);
		else if (json_is_object(rest))
			below(a, key, one, rest);
		else if (json_is_false(rest))
			fault(a, "%s is not in the schema", key);
	}
}

static void
check_array(struct at *a, const json_t *v, const json_t *schema)
{
	const json_t *items = json_object_get(schema, "items");
	json_int_t least = json_integer_value(json_object_get(schema,
	    "minItems"));
	json_t *one;
	size_t i;

	if ((json_int_t)json_array_size(v) < least)
		fault(a, "too few items");
	json_array_foreach((json_t *)(uintptr_t)v, i, one) {
		g_autofree char *step = g_strdup_printf("%zu", i);

		if (items != NULL)
			below(a, step, one, items);
	}
}

static void
check_value(struct at *a, const json_t *v, const json_t *schema)
{
	const json_t *fixed = json_object_get(schema, "const");
	const json_t *all = json_object_get(schema, "enum");
	const char *pattern = json_string_value(json_object_get(schema,
	    "pattern"));
	gboolean found = all == NULL;
	json_t *one;
	size_t i;

	if (fixed != NULL && !json_equal((json_t *)(uintptr_t)v,
	    (json_t *)(uintptr_t)fixed))
		fault(a, "not the constant");
	if (pattern != NULL && json_is_string(v) &&
	    !g_regex_match_simple(pattern, json_string_value(v), 0, 0))
		fault(a, "\"%s\" is not as %s", json_string_value(v), pattern);
	json_array_foreach(all, i, one)
		found |= json_equal((json_t *)(uintptr_t)v, one) != 0;
	if (!found)
		fault(a, "none of the words");
	one = json_object_get(schema, "minimum");
	if (one != NULL && json_is_integer(v) &&
	    json_integer_value(v) < json_integer_value(one))
		fault(a, "too small");
}

/* Exactly one of the schemas fits. */
static void
check_one_of(struct at *a, const json_t *v, const json_t *schema)
{
	const json_t *all = json_object_get(schema, "oneOf");
	guint fit = 0;
	json_t *one;
	size_t i;

	json_array_foreach(all, i, one) {
		struct at try = { a->root, g_string_new(a->path->str), NULL,
		    a->depth };

		check(&try, v, one);
		fit += try.fault == NULL;
		g_free(try.fault);
		g_string_free(try.path, TRUE);
	}
	if (all != NULL && fit != 1)
		fault(a, "fits %u of the forms", fit);
}

static const json_t *
referred(struct at *a, const json_t *schema)
{
	const char *ref = json_string_value(json_object_get(schema, "$ref"));
	const json_t *to;

	if (ref == NULL || !g_str_has_prefix(ref, "#/$defs/"))
		return schema;
	to = json_object_get(json_object_get(a->root, "$defs"),
	    ref + strlen("#/$defs/"));
	if (to == NULL)
		fault(a, "the schema has no %s", ref);
	return to != NULL ? to : schema;
}

static void
check(struct at *a, const json_t *v, const json_t *schema)
{
	if (a->fault != NULL || ++a->depth > DEEP)
		return;
	schema = referred(a, schema);
	check_type(a, v, json_object_get(schema, "type"));
	check_value(a, v, schema);
	check_one_of(a, v, schema);
	if (json_is_object(v))
		check_object(a, v, schema);
	if (json_is_array(v))
		check_array(a, v, schema);
	a->depth--;
}

char *
schema_fault(const json_t *value, const json_t *schema)
{
	struct at a = { schema, g_string_new(NULL), NULL, 0 };

	check(&a, value, schema);
	g_string_free(a.path, TRUE);
	return a.fault;
}

json_t *
schema_load(const char *file)
{
	json_error_t e;
	json_t *schema = json_load_file(file, 0, &e);

	if (schema == NULL)
		g_error("%s: %s at line %d", file, e.text, e.line);
	return schema;
}

void
schema_check(const json_t *v, const char *file)
{
	json_t *schema = schema_load(file);
	g_autofree char *why = schema_fault(v, schema);

	json_decref(schema);
	g_assert_cmpstr(why, ==, NULL);
}
