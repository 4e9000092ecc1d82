/*
 * goodcause assess: the record held against the order, element by element.
 * Asks no network and reads no clock.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/seal.h"
#include "probes/text.h"
#include "reports/overlay.h"
#include "reports/render.h"
#include "reports/sight.h"

struct asked {
	struct when	 when;
	int		 run;		/* 0: all */
};

static int
check(struct asked *a)
{
	if (a->run < 0)
		return cmd_fail(EXIT_USAGE_, "As in: --run 1",
		    "assess: %d: not a run", a->run);
	return when_check(&a->when, "assess");
}

/* Outside a case a folder is one run; inside, none is given. */
static struct record *
load(const struct globals *g, const char *path, const struct asked *a,
    int *status)
{
	g_autoptr(GError) e = NULL;
	struct record *rec = NULL;
	struct kase k;

	if (path != NULL) {
		rec = standalone_record(path, &e);
	} else if ((*status = cmd_case(g, &k)) == 0) {
		rec = case_record_of(&k, a->when.known, a->run != 0, &e);
		case_clear(&k);
	}
	if (e != NULL)
		*status = cmd_error(e);
	return rec;
}

static const char *
ended(const struct run *run)
{
	return *run->ended != '\0' ? run->ended : run->started;
}

/* Leaves what was asked for; the default day is that of the newest left. */
static void
narrow(struct record *rec, const struct asked *a)
{
	for (guint i = rec->runs->len; i-- > 0;) {
		const struct run *run = g_ptr_array_index(rec->runs, i);

		if ((a->run != 0 && run->number != (unsigned)a->run) ||
		    (a->when.known != INT64_MAX &&
		    text_time_parse(ended(run)) > a->when.known))
			g_ptr_array_remove_index(rec->runs, i);
	}
	record_date(rec);
	when_put(&a->when, rec);
}

static int
assess(const struct globals *g, struct record *rec, const struct asked *a)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GPtrArray) findings = NULL, notes = NULL;
	struct report r = { .rec = rec, .version = goodcause_version,
		.verbose = g->verbose > 0 };
	struct sight sight;

	narrow(rec, a);
	if (a->run != 0 && rec->runs->len == 0)
		return cmd_fail(EXIT_USAGE_, "\"goodcause log\" lists them.",
		    "assess: run %d is not in the record", a->run);
	sight_init(&sight, rec);
	findings = showing_assess_sight(&sight);
	r.run = record_last_run(rec);
	r.sight = &sight;
	r.findings = findings;
	notes = overlays_of_sight(&sight, findings);
	r.overlays = notes;
	r.columns = cmd_columns(STDOUT_FILENO);
	r.colour = cmd_colour(g, STDOUT_FILENO);
	if (g->json)
		render_assess_json(&r, out);
	else
		render_assess_text(&r, out);
	sight_clear(&sight);
	fwrite(out->str, 1, out->len, stdout);
	return EXIT_DONE;
}

static int
run_assess(const struct globals *g, const char *path, struct asked *a)
{
	struct record *rec;
	int status = check(a);

	if (status != 0)
		return status;
	rec = load(g, path, a, &status);
	if (rec == NULL)
		return status;
	status = assess(g, rec, a);
	record_free(rec);
	return status;
}

int
cmd_assess(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	struct asked a = { .run = 0 };
	const GOptionEntry entries[] = {
		WHEN_OPTIONS(&a.when),
		{ "run", 0, 0, G_OPTION_ARG_INT, &a.run,
		    "one run only", "N" },
		{ .long_name = NULL },
	};
	int status, over = cmd_options(&g, "assess [RUN-FOLDER]",
	    "Holds the record against the order, element by element: what it "
	    "contains, what\nis missing, who could supply it. Asks no network. "
	    "-v prints every element.\nOutside a case, RUN-FOLDER is one sealed "
	    "run: network roles only.", entries, &argc, &argv);

	if (over != 0)
		status = over - 1;
	else if (argc > 2)
		status = cmd_fail(EXIT_USAGE_, NULL,
		    "assess: wants one run folder at most");
	else
		status = run_assess(&g, argc == 2 ? argv[1] : NULL, &a);
	when_clear(&a.when);
	return status;
}
