/* A document that is written item by item is the one that jansson would write. */

#include <stdlib.h>
#include <string.h>

#include "reports/json_doc.h"
#include "reports/packed.h"

static json_t *
item(int n)
{
	return json_pack("{s:i, s:[s], s:[], s:{s:s}}", "n", n, "words",
	    "\"a\"\n", "none", "in", "ne", "r\303\251");
}

/* member: 'm' a value, 'l' a list of so many items. */
struct part { const char *key; char what; int items; };

static void
check(const struct part *parts, size_t n)
{
	g_autoptr(GString) out = g_string_new(NULL);
	json_t *all = json_object();
	struct json_doc d;

	doc_begin(&d, out);
	for (size_t i = 0; i < n; i++) {
		json_t *list = json_array();

		for (int k = 0; k < parts[i].items; k++) {
			json_array_append_new(list, item(k));
			if (parts[i].what == 'l')
				doc_item(&d, parts[i].key, item(k));
		}
		if (parts[i].what == 'l')
			doc_list_end(&d, parts[i].key);
		else
			doc_member(&d, parts[i].key, json_incref(list));
		json_object_set_new(all, parts[i].key, list);
	}
	doc_end(&d);
	char *whole = json_dumps(all, JSON_INDENT(1) | JSON_PRESERVE_ORDER);

	g_string_truncate(out, out->len - 1);
	g_assert_cmpstr(out->str, ==, whole);
	free(whole);
	json_decref(all);
}

static void
test_same(void)
{
	static const struct part parts[] = {
		{ "first", 'l', 2 }, { "value", 'm', 1 }, { "empty", 'l', 0 },
		{ "nothing", 'm', 0 }, { "one", 'l', 1 }, { "last", 'l', 3 },
	};

	for (size_t n = 0; n <= G_N_ELEMENTS(parts); n++)
		check(parts, n);
	for (size_t n = 1; n <= G_N_ELEMENTS(parts); n++)
		check(parts + n - 1, 1);
}

/* What stands before a document in the text is no matter. */
static void
test_behind(void)
{
	g_autoptr(GString) out = g_string_new("before\n");
	struct json_doc d;

	doc_begin(&d, out);
	doc_item(&d, "a", json_integer(1));
	doc_list_end(&d, "a");
	doc_end(&d);
	g_assert_cmpstr(out->str, ==, "before\n{\n \"a\": [\n  1\n ]\n}\n");
}

static void
test_packed(void)
{
	static const char *const words[] = { "a", "b", "c" };
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	const GPtrArray *a = &packed_none, *b;

	g_assert_true(packed_of(all) == &packed_none);
	packed_unref(packed_ref(a));
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		g_assert_false(packed_has(a, words[i]));
		packed_add(&a, words[i]);
		g_ptr_array_add(all, (gpointer)(guintptr)words[i]);
		g_assert_cmpuint(a->len, ==, i + 1);
	}
	b = packed_ref(a);
	packed_unref(a);
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		g_assert_true(b->pdata[i] == words[i]);
	packed_unref(b);
	b = packed_of(all);
	g_assert_cmpuint(b->len, ==, G_N_ELEMENTS(words));
	g_assert_true(packed_has(b, words[2]));
	packed_unref(b);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json_doc/same", test_same);
	g_test_add_func("/json_doc/behind", test_behind);
	g_test_add_func("/json_doc/packed", test_packed);
	return g_test_run();
}
