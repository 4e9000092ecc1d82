/*
 * goodcause recheck: for cron.
 *
 * 1. The lock, or 75.
 * 2. The targets of the last sealed run, or where there is none targets.txt,
 *    are collected again.
 * 3. The new run is held against that last one; reports/NNNNNN/ gets the
 *    difference as page, JSON and text, and the ledger a line.
 * 4. It is printed where something changed, and only then.
 */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/collect.h"
#include "collector/files.h"
#include "collector/load.h"
#include "collector/seal.h"
#include "probes/way.h"
#include "reports/diff.h"

/* 2 tells more than 10, 10 more than 1, 1 more than 0. */
static int
worse(int a, int b)
{
	static const int order[] = {
		EXIT_CANNOT, EXIT_CHANGED, EXIT_SHORT, EXIT_DONE,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
		if (a == order[i] || b == order[i])
			return order[i];
	return a;
}

/* ---- what is written */

static int
make_folder(const char *path, GError **e)
{
	struct stat st;

	return stat(path, &st) == 0 ? 0 : dir_make(path, e);
}

/* reports/NNNNNN of the later run. */
static char *
folder_for(const struct kase *k, const struct diff *d, GError **e)
{
	g_autofree char *reports = strcmp(k->dir, ".") == 0 ?
	    g_strdup("reports") : g_build_filename(k->dir, "reports", NULL);
	g_autofree char *dir = g_build_filename(reports, d->b->name, NULL);

	if (make_folder(reports, e) != 0 || make_folder(dir, e) != 0)
		return NULL;
	return g_steal_pointer(&dir);
}

static int
put(const char *dir, const char *name, const GString *text, GError **e)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	return file_put(path, text->str, text->len, e);
}

static int
write_all(const struct kase *k, const struct diff *d, const char *dir,
    GError **e)
{
	g_autoptr(GString) html = g_string_new(NULL);
	g_autoptr(GString) json = g_string_new(NULL);
	g_autoptr(GString) text = g_string_new(NULL);

	diff_html(d, k->title, html);
	diff_json(d, goodcause_version, json);
	diff_text(d, 0, FALSE, TRUE, text);
	if (put(dir, "diff.html", html, e) != 0 ||
	    put(dir, "diff.json", json, e) != 0 ||
	    put(dir, "diff.txt", text, e) != 0)
		return -1;
	return ledger_append(k->dir, "rechecked", json_pack(
	    "{s:s, s:s, s:I, s:I, s:I}", "run", d->b->name, "against",
	    d->a->name, "changes", (json_int_t)d->changes->len,
	    "one_run_only", (json_int_t)d->unseen->len,
	    "volatile", (json_int_t)d->volatiles->len), e);
}

/* ---- what is said */

static void
say(const struct globals *g, const struct diff *d, const char *dir,
    const char *rundir)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if (g->json)
		diff_json(d, goodcause_version, out);
	else if (d->changes->len > 0 || g->verbose > 0)
		diff_text(d, cmd_columns(STDOUT_FILENO),
		    cmd_colour(g, STDOUT_FILENO), g->verbose > 0, out);
	if (!g->json && out->len > 0)
		g_string_append_printf(out, "sealed %s, difference in "
		    "%s/diff.html\n", rundir, dir);
	fwrite(out->str, 1, out->len, stdout);
}

static int
compare(const struct globals *g, const struct kase *k, const struct run *a,
    const char *rundir)
{
	g_autoptr(GError) e = NULL;
	struct run *b = run_load_plain(rundir, &e);
	g_autofree char *dir = NULL;
	struct diff *d;
	int status;

	if (b == NULL)
		return cmd_error(e);
	d = diff_runs(a, b);
	status = d->changes->len > 0 ? EXIT_CHANGED : EXIT_DONE;
	dir = folder_for(k, d, &e);
	if (dir == NULL || write_all(k, d, dir, &e) != 0)
		status = cmd_error(e);
	else
		say(g, d, dir, rundir);
	diff_free(d);
	run_free(b);
	return status;
}

/* ---- the run */

/* A run prints its summary; here only the difference may be printed. */
static int
hush(void)
{
	int saved, null;

	fflush(stdout);
	saved = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (null >= 0) {
		dup2(null, STDOUT_FILENO);
		close(null);
	}
	return saved;
}

static void
unhush(int saved)
{
	fflush(stdout);
	if (saved >= 0) {
		dup2(saved, STDOUT_FILENO);
		close(saved);
	}
}

/* As they were given, pages included; the names alone of an older run. */
static GPtrArray *
targets_again(const struct run *last)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
	const json_t *given = json_object_get(last->settings,
	    "targets_given"), *v;
	size_t i;

	json_array_foreach(given, i, v)
		if (json_is_string(v))
			g_ptr_array_add(all, g_strdup(json_string_value(v)));
	for (guint k = 0; all->len == 0 && k < last->targets->len; k++)
		g_ptr_array_add(all, g_strdup(last->targets->pdata[k]));
	return all;
}

/* Whether it asked about addresses of imported files, too. */
static gboolean
asked_imported(const struct run *last)
{
	const json_t *o = json_object_get(last->settings, "imported");

	return json_integer_value(json_object_get(o, "asked_about")) > 0 ||
	    json_integer_value(json_object_get(o, "mail_keys")) > 0;
}

static int
collect_again(const struct globals *g, struct kase *k, const struct run *last)
{
	g_autoptr(GPtrArray) targets = targets_again(last);
	struct globals quiet = *g;
	g_autofree char *rundir = NULL;
	int status, saved = hush();

	quiet.quiet = TRUE;
	status = collect_run(&quiet, k, (char **)targets->pdata, targets->len,
	    asked_imported(last), &rundir);
	unhush(saved);
	if (rundir == NULL)
		return status;
	/* A watch that cannot see says so; only "nothing changed" is silent. */
	if (status == EXIT_SHORT && !g->quiet)
		cmd_fail(status, "goodcause log RUN --failed lists what was "
		    "not answered.", "%s: sealed, but incomplete, untimed or "
		    "without a usable answer", rundir);
	return worse(status, compare(g, k, last, rundir));
}

static int
first_run(const struct globals *g, struct kase *k)
{
	g_autofree char *rundir = NULL;

	if (k->targets->len == 0)
		return cmd_fail(EXIT_USAGE_, "One target a line in "
		    "targets.txt.", "%s: no run yet, and no target", k->dir);
	if (!g->quiet)
		cmd_fail(0, NULL, "%s: no run to compare with; this is the "
		    "first", k->dir);
	return collect_run(g, k, (char **)k->targets->pdata, k->targets->len,
	    TRUE, &rundir);
}

/* Whether a run looked from where this one will look. */
static gboolean
same_place(const struct kase *k, unsigned number)
{
	g_autofree char *dir = case_run_dir(k->dir, number);
	struct run *r = run_load_plain(dir, NULL);
	const char *why = NULL;
	struct way w = { 0 };
	gboolean same;

	if (r == NULL)
		return FALSE;
	if (k->proxy != NULL && *k->proxy != '\0')
		way_parse(k->proxy, NULL, &w, &why);
	same = strcmp(r->vantage, k->vantage) == 0 &&
	    strcmp(r->exit, w.label != NULL ? w.label : "direct") == 0;
	way_clear(&w);
	run_free(r);
	return same;
}

/* The newest run from the same place, or the newest where there is none: what
 * another place is shown is no news. */
static unsigned
run_before(const struct kase *k)
{
	g_autoptr(GArray) all = case_run_numbers(k->dir, FALSE);

	for (guint i = all->len; i-- > 0;)
		if (same_place(k, g_array_index(all, unsigned, i)))
			return g_array_index(all, unsigned, i);
	return case_last_run(k->dir);
}

static int
recheck(const struct globals *g, struct kase *k)
{
	unsigned last = run_before(k);
	g_autofree char *dir = NULL;
	g_autoptr(GError) e = NULL;
	struct run *run;
	int status;

	if (last == 0)
		return first_run(g, k);
	dir = case_run_dir(k->dir, last);
	run = run_load_plain(dir, &e);
	if (run == NULL)
		return cmd_error(e);
	if (run->targets->len == 0 && !asked_imported(run))
		status = cmd_fail(EXIT_CANNOT, "goodcause collect makes a new "
		    "run.", "%s: its log names no target", dir);
	else
		status = collect_again(g, k, run);
	run_free(run);
	return status;
}

int
cmd_recheck(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	struct kase k;
	int lock, status;
	int over = cmd_options(&g, "recheck",
	    "Collects the targets of the last run again and says what changed; "
	    "silent where\nnothing did, so that cron sends mail only when "
	    "there is news. The difference is\nkept in reports/NNNNNN/. "
	    "Status 10 where something changed, 75 where another\none is at "
	    "work in this case.", NULL, &argc, &argv);

	if (over != 0)
		return over - 1;
	if (argc > 1)
		return cmd_fail(EXIT_USAGE_, "Its targets are those of the "
		    "last run.", "recheck: takes no target");
	status = cmd_case(&g, &k);
	if (status != 0)
		return status;
	lock = case_lock(k.dir);
	status = lock == -1 ? EXIT_BUSY : EXIT_CANNOT;
	if (lock >= 0) {
		status = recheck(&g, &k);
		close(lock);
	}
	case_clear(&k);
	return status;
}
