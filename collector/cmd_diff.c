/*
 * goodcause diff: two runs held against each other.
 */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/load.h"
#include "collector/seal.h"
#include "reports/diff.h"

static struct run *
load(const struct globals *g, const char *name, int *status)
{
	g_autofree char *dir = case_run_named(g->dir, name);
	g_autoptr(GError) e = NULL;
	struct run *run = run_load_plain(dir, &e);

	if (run == NULL)
		*status = cmd_fail(EXIT_CANNOT, "A run is its number in the "
		    "case, or a folder.", "%s", e->message);
	return run;
}

static void
print(const struct globals *g, const struct diff *d, gboolean html)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if (html)
		diff_html(d, d->b->title, out);
	else if (g->json)
		diff_json(d, goodcause_version, out);
	else
		diff_text(d, cmd_columns(STDOUT_FILENO),
		    cmd_colour(g, STDOUT_FILENO), g->verbose > 0, out);
	fwrite(out->str, 1, out->len, stdout);
}

static int
compare(const struct globals *g, const char *before, const char *after,
    gboolean html)
{
	int status = EXIT_DONE;
	struct run *a = load(g, before, &status), *b = NULL;
	struct diff *d;

	if (a != NULL)
		b = load(g, after, &status);
	if (a != NULL && b != NULL) {
		d = diff_runs(a, b);
		if (!g->quiet || g->json || html)
			print(g, d, html);
		status = d->changes->len > 0 ? EXIT_CHANGED : EXIT_DONE;
		diff_free(d);
	}
	run_free(a);
	run_free(b);
	return status;
}

int
cmd_diff(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	gboolean html = FALSE;
	const GOptionEntry entries[] = {
		{ "html", 0, 0, G_OPTION_ARG_NONE, &html,
		    "a page of HTML on standard output", NULL },
		{ .long_name = NULL },
	};
	int over = cmd_options(&g, "diff A B [--html]",
	    "What changed between two runs, each its number in the case or a "
	    "folder.\nStatus 10 where something changed, 0 where nothing did. "
	    "-v also lists what\nchanges by itself; -q prints nothing.",
	    entries, &argc, &argv);

	if (over != 0)
		return over - 1;
	if (argc != 3)
		return cmd_fail(EXIT_USAGE_, "As in: goodcause diff 1 2",
		    "diff: wants two runs");
	return compare(&g, argv[1], argv[2], html);
}
