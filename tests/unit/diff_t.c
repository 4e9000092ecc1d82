/*
 * What somebody who watches a site relies on: a change is told, and what could
 * not be seen is not called a change.
 *
 * A case is a folder tests/data/diff/NAME with a.log a.facts b.log b.facts (lines
 * as in log.jsonl and facts.jsonl) and expect.txt, what "diff -v" prints.
 * DIFF_WRITE=1 writes expect.txt instead; read it before committing it.
 */

#include <string.h>

#include "reports/diff.h"

static void
put(char **at, const char *value)
{
	g_free(*at);
	*at = g_strdup(value);
}

static char **
lines_of(const char *dir, const char *which, const char *what)
{
	g_autofree char *path = g_strdup_printf("%s/%s.%s", dir, which, what);
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return g_strsplit(text, "\n", -1);
}

static struct run *
load(const char *dir, const char *which, const char *number)
{
	g_auto(GStrv) log = lines_of(dir, which, "log");
	g_auto(GStrv) facts = lines_of(dir, which, "facts");
	struct run *r = run_new();

	put(&r->name, number);
	put(&r->ended, "2026-10-01T06:00:58Z");
	r->complete = TRUE;
	g_ptr_array_add(r->targets, g_strdup("a.example"));
	for (size_t i = 0; log[i] != NULL; i++) {
		struct log_row *row = log_row_read(log[i], strlen(log[i]));

		if (*log[i] == '\0')
			continue;
		g_assert_nonnull(row);
		if (strcmp(row->type, "close") == 0)
			r->complete = FALSE;
		g_ptr_array_add(r->log, row);
	}
	for (size_t i = 0; facts[i] != NULL; i++) {
		if (*facts[i] == '\0')
			continue;
		g_ptr_array_add(r->facts, fact_read(facts[i],
		    strlen(facts[i])));
		g_assert_nonnull(r->facts->pdata[r->facts->len - 1]);
	}
	return r;
}

static void
test_case(gconstpointer data)
{
	g_autofree char *dir = g_build_filename("tests/data/diff", data, NULL);
	g_autofree char *expect = g_build_filename(dir, "expect.txt", NULL);
	g_autofree char *wanted = NULL;
	g_autoptr(GString) got = g_string_new(NULL);
	struct run *a = load(dir, "a", "000001"), *b = load(dir, "b", "000002");
	struct diff *d = diff_runs(a, b);

	diff_text(d, 0, FALSE, TRUE, got);
	if (g_getenv("DIFF_WRITE") != NULL)
		g_assert_true(g_file_set_contents(expect, got->str, -1, NULL));
	g_assert_true(g_file_get_contents(expect, &wanted, NULL, NULL));
	g_assert_cmpstr(got->str, ==, wanted);
	diff_free(d);
	/* A run does not differ from itself. */
	d = diff_runs(b, b);
	g_assert_cmpuint(d->changes->len + d->volatiles->len, ==, 0);
	diff_free(d);
	run_free(a);
	run_free(b);
}

/* Words of a server end no line, no tag and no string. */
static void
test_hostile(void)
{
	struct run *a = run_new(), *b = run_new();
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) html = g_string_new(NULL);
	g_autoptr(GString) json = g_string_new(NULL);
	struct diff *d;
	json_t *o;

	a->complete = TRUE;
	g_ptr_array_add(b->facts, fact_new(FACT_DNS_TXT, "a.example",
	    json_pack("{s:s}", "text", "\x1b[31m</td><script>\n\"x\"")));
	d = diff_runs(a, b);
	g_assert_cmpuint(d->changes->len + d->unseen->len, ==, 1);
	diff_text(d, 0, FALSE, TRUE, text);
	diff_html(d, "a <b>", html);
	diff_json(d, "0", json);
	g_assert_null(strchr(text->str, '\x1b'));
	g_assert_null(strstr(html->str, "<script"));
	g_assert_null(strchr(html->str, '\x1b'));
	g_assert_nonnull(strstr(html->str, "a &lt;b&gt;"));
	o = json_loads(json->str, 0, NULL);
	g_assert_true(json_is_object(o));
	json_decref(o);
	diff_free(d);
	run_free(a);
	run_free(b);
}

/* On a terminal the words are cut, the records stay. */
static void
test_columns(void)
{
	struct run *a = load("tests/data/diff/moved", "a", "000001");
	struct run *b = load("tests/data/diff/moved", "b", "000002");
	struct diff *d = diff_runs(a, b);
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(GStrv) lines = NULL;

	diff_text(d, 72, FALSE, FALSE, text);
	lines = g_strsplit(text->str, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++)
		g_assert_cmpint((int)g_utf8_strlen(lines[i], -1), <=, 72);
	g_assert_nonnull(strstr(text->str, " 000001:2 000002:2\n"));
	diff_free(d);
	run_free(a);
	run_free(b);
}

int
main(int argc, char **argv)
{
	GDir *d;
	const char *name;

	g_test_init(&argc, &argv, NULL);
	d = g_dir_open("tests/data/diff", 0, NULL);
	g_assert_nonnull(d);
	while ((name = g_dir_read_name(d)) != NULL) {
		g_autofree char *path = g_strdup_printf("/diff/case/%s", name);

		g_test_add_data_func_full(path, g_strdup(name), test_case,
		    g_free);
	}
	g_dir_close(d);
	g_test_add_func("/diff/hostile", test_hostile);
	g_test_add_func("/diff/columns", test_columns);
	return g_test_run();
}
