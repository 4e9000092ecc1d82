/* What is alike is shown once, and loses no subject and no record. */

#include <string.h>

#include "reports/alike.h"

static GArray *
record(uint64_t n)
{
	GArray *a = g_array_new(FALSE, FALSE, sizeof n);

	g_array_append_val(a, n);
	return a;
}

static void
add(GPtrArray *list, const char *subject, const char *first,
    const char *own, uint64_t n)
{
	g_autoptr(GArray) one = record(n), two = record(n + 100);
	GPtrArray *parts = alike_parts();

	alike_part(parts, g_strdup(first), one);
	alike_part(parts, g_strdup(own), two)->own = TRUE;
	alike_add(list, subject, parts);
}

static void
equal_parts(void)
{
	g_autoptr(GPtrArray) list = alike_list();
	const struct alike *a;
	const struct alike_part *p;

	add(list, "192.0.2.1", "<td>x</td>", "5 ms", 3);
	add(list, "192.0.2.2", "<td>y</td>", "5 ms", 2);
	add(list, "192.0.2.3", "<td>x</td>", "7 ms", 1);
	g_assert_cmpuint(list->len, ==, 2);
	a = list->pdata[0];
	g_assert_cmpuint(a->subjects->len, ==, 2);
	g_assert_cmpstr(a->subjects->pdata[1], ==, "192.0.2.3");
	p = a->parts->pdata[0];
	g_assert_cmpuint(p->records->len, ==, 2);
	g_assert_cmpuint(g_array_index(p->records, uint64_t, 0), ==, 1);
	/* Each keeps its own. */
	g_assert_cmpuint(a->parts->len, ==, 3);
	p = a->parts->pdata[2];
	g_assert_cmpstr(p->html, ==, "7 ms");
	g_assert_cmpuint(g_array_index(p->records, uint64_t, 0), ==, 101);
}

static void
titles(void)
{
	static const char *const want[] = {
		"a0", "a0 and a1", "a0, a1 and a2", "4 servers",
	};
	g_autoptr(GPtrArray) list = alike_list();

	for (guint i = 0; i < G_N_ELEMENTS(want); i++) {
		g_autofree char *name = g_strdup_printf("a%u", i);
		g_autofree char *title = NULL;

		add(list, name, "same", "", i + 1);
		title = alike_title(list->pdata[0], "servers");
		g_assert_cmpstr(title, ==, want[i]);
	}
	g_assert_cmpuint(list->len, ==, 1);
}

/* Fewer parts are not the same, though all of them fit. */
static void
fewer_parts(void)
{
	g_autoptr(GPtrArray) list = alike_list();
	GPtrArray *parts = alike_parts();

	alike_part(parts, g_strdup("x"), NULL);
	alike_part(parts, g_strdup("y"), NULL);
	alike_add(list, "a", parts);
	parts = alike_parts();
	alike_part(parts, g_strdup("x"), NULL);
	alike_add(list, "b", parts);
	g_assert_cmpuint(list->len, ==, 2);
}

static void
quotations(void)
{
	g_autofree char *plain = html_unquoted("a <q data-quote=\"00ff\">b</q> "
	    "<q data-quote=\"11\">c</q> <b>d</b>");
	g_autofree char *odd = html_unquoted("x <q data-quote=\"");

	g_assert_cmpstr(plain, ==, "a <q>b</q> <q>c</q> <b>d</b>");
	g_assert_cmpstr(odd, ==, "x <q");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/alike/equal-parts", equal_parts);
	g_test_add_func("/alike/titles", titles);
	g_test_add_func("/alike/fewer-parts", fewer_parts);
	g_test_add_func("/alike/quotations", quotations);
	return g_test_run();
}
