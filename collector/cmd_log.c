/*
 * goodcause log: the runs of a case, or the events of one run.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collector/bag.h"
#include "collector/case.h"
#include "collector/chain.h"
#include "collector/cmd.h"
#include "collector/load.h"
#include "collector/seal.h"
#include "probes/text.h"

/* Prints a line of foreign text, escaped; on a terminal cut to its width. */
static void
print_line(const char *line, int columns)
{
	g_autoptr(GString) s = g_string_new(NULL);

	text_term(s, line, -1);
	if (columns > 8 && g_utf8_strlen(s->str, -1) > columns) {
		char *end = g_utf8_offset_to_pointer(s->str, columns - 3);

		g_string_truncate(s, (gsize)(end - s->str));
		g_string_append(s, "...");
	}
	puts(s->str);
}

/* ---- the runs of a case */

struct counts {
	uint64_t	 asked, answered, failed, unasked;
};

static void
count(const struct run *run, struct counts *c)
{
	memset(c, 0, sizeof(*c));
	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *row = run->log->pdata[i];

		if (strcmp(row->type, "close") == 0)
			c->unasked = (uint64_t)json_integer_value(
			    json_object_get(row->json, "unasked"));
		if (strcmp(row->type, "exchange") != 0)
			continue;
		c->asked++;
		if (row->status == X_ANSWERED)
			c->answered++;
		else
			c->failed++;
	}
}

/* Whether a closing token is in the folder; checking it is verify's. */
static gboolean
is_stamped(const char *dir)
{
	g_autoptr(GPtrArray) names = bag_part_names(dir, BAG_AFTER, NULL);

	for (guint i = 0; names != NULL && i < names->len; i++)
		if (g_str_has_suffix(names->pdata[i], ".tsr") &&
		    !g_str_has_suffix(names->pdata[i], ".rejected.tsr"))
			return TRUE;
	return FALSE;
}

static char *
state_words(const struct run *run, const char *dir, gboolean part)
{
	if (part)
		return g_strdup("unfinished");
	return g_strdup_printf("sealed, %s%s%s", is_stamped(dir) ? "stamped" :
	    "untimed", run->complete ? ", complete" : ", INCOMPLETE: ",
	    run->complete ? "" : run->incomplete_why);
}

static char *
targets_words(const struct run *run)
{
	g_autofree char *all = NULL;

	if (run->targets->len == 0)
		return g_strdup("none");
	if (run->targets->len > 3)
		return g_strdup_printf("%s and %u more",
		    (const char *)run->targets->pdata[0],
		    run->targets->len - 1);
	g_ptr_array_add(run->targets, NULL);
	all = g_strjoinv(", ", (char **)run->targets->pdata);
	g_ptr_array_remove_index(run->targets, run->targets->len - 1);
	return g_steal_pointer(&all);
}

/* By head.txt; of an unfinished run, when it first asked. */
static const char *
started_of(const struct run *run)
{
	if (*run->started != '\0')
		return run->started;
	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *row = run->log->pdata[i];

		if (*row->start != '\0')
			return row->start;
	}
	return "";
}

static json_t *
run_json(const struct run *run, const char *dir, gboolean part)
{
	struct counts c;
	json_t *targets = json_array();

	count(run, &c);
	for (guint i = 0; i < run->targets->len; i++)
		json_array_append_new(targets, text_json(
		    run->targets->pdata[i], strlen(run->targets->pdata[i])));
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:b, s:b, s:I, "
	    "s:I, s:I, s:I, s:I, s:o}", "run", run->name, "id", run->id,
	    "head", run->head, "started", started_of(run), "ended", run->ended,
	    "complete", run->complete, "why", run->incomplete_why,
	    "sealed", !part, "stamped", !part && is_stamped(dir),
	    "asked", (json_int_t)c.asked, "answered", (json_int_t)c.answered,
	    "failed", (json_int_t)c.failed, "unasked", (json_int_t)c.unasked,
	    "facts", (json_int_t)run->facts->len, "targets", targets);
}

static void
run_line(const struct run *run, const char *dir, gboolean part, int columns)
{
	g_autofree char *state = state_words(run, dir, part);
	g_autofree char *targets = targets_words(run), *line = NULL;
	struct counts c;

	count(run, &c);
	line = g_strdup_printf("%-7s %-20.19s %6llu %8llu %6llu  %-25s %s",
	    run->name, started_of(run), (unsigned long long)c.asked,
	    (unsigned long long)c.answered, (unsigned long long)c.failed,
	    state, targets);
	print_line(line, columns);
}

static int
one_run(unsigned number, gboolean part, const struct globals *g, json_t *out,
    int columns)
{
	g_autofree char *base = case_run_dir(g->dir, number);
	g_autofree char *dir = g_strconcat(base, part ? ".part" : "", NULL);
	g_autoptr(GError) e = NULL;
	struct run *run = run_load_plain(dir, &e);

	if (run == NULL)
		return cmd_fail(EXIT_SHORT, NULL, "%s", e->message);
	if (g->json)
		json_array_append_new(out, run_json(run, dir, part));
	else
		run_line(run, dir, part, columns);
	run_free(run);
	return EXIT_DONE;
}

static int
list_runs(const struct globals *g)
{
	g_autoptr(GArray) sealed = case_run_numbers(g->dir, FALSE);
	g_autoptr(GArray) parts = case_run_numbers(g->dir, TRUE);
	g_autofree char *ini = g_build_filename(g->dir, "case.ini", NULL);
	json_t *out = json_array();
	int columns = cmd_columns(STDOUT_FILENO), status = EXIT_DONE;

	if (sealed->len + parts->len == 0 && access(ini, F_OK) != 0) {
		json_decref(out);
		return cmd_fail(EXIT_USAGE_, "Name a run's folder, or a case "
		    "with -C DIR.", "%s: there is no case here", g->dir);
	}
	if (!g->json && sealed->len + parts->len == 0)
		puts("no run yet: goodcause collect makes one");
	else if (!g->json)
		puts("run     started (UTC)         asked answered failed  "
		    "state                     targets");
	for (guint i = 0; i < sealed->len; i++)
		status |= one_run(g_array_index(sealed, unsigned, i), FALSE, g,
		    out, columns);
	for (guint i = 0; i < parts->len; i++)
		status |= one_run(g_array_index(parts, unsigned, i), TRUE, g,
		    out, columns);
	if (g->json)
		cmd_json(json_pack("{s:s, s:s, s:O}", "goodcause",
		    goodcause_version, "schema", "runs/1", "runs", out));
	json_decref(out);
	return status;
}

/* ---- the events of a run */

/* "dns.referral 12<7<3"; the operator's own questions have no number. */
static char *
why_words(const struct run *run, const struct log_row *row, gboolean whole)
{
	g_autoptr(GArray) chain = causes_of(run, row);
	GString *s = g_string_new(row->rule);
	guint most = whole ? chain->len : MIN(chain->len, 6);

	for (guint i = 0; i < most; i++)
		g_string_append_printf(s, "%c%llu", i == 0 ? ' ' : '<',
		    (unsigned long long)g_array_index(chain, uint64_t, i));
	if (most < chain->len)
		g_string_append(s, "<...");
	return g_string_free(s, FALSE);
}

static gboolean
is_exchange(const struct log_row *row)
{
	return strcmp(row->type, "exchange") == 0;
}

static void
event_line(const struct run *run, const struct log_row *row, int columns,
    gboolean whole)
{
	g_autofree char *what = asked_what(row), *server = asked_of(row);
	g_autofree char *why = why_words(run, row, whole), *line = NULL;

	if (is_exchange(row))
		line = g_strdup_printf("%5llu %.13s %-6s %s%s%s  %s%s%s  %s",
		    (unsigned long long)row->n,
		    strlen(row->start) > 11 ? row->start + 11 : "-",
		    probe_kind_name(row->kind), what,
		    *server != '\0' ? " @ " : "", server,
		    xstatus_name(row->status), *row->detail ? " " : "",
		    row->detail, why);
	else
		line = g_strdup_printf("%5llu %-13s %-6s %s",
		    (unsigned long long)row->n, "-", row->type, what);
	print_line(line, columns);
}

static json_t *
event_json(const struct run *run, const struct log_row *row)
{
	g_autofree char *what = asked_what(row);
	json_t *o = json_pack("{s:I, s:s, s:o}", "n", (json_int_t)row->n,
	    "type", row->type, "what", text_json(what, strlen(what)));

	if (*row->target != '\0')
		json_object_set_new(o, "target", text_json(row->target,
		    strlen(row->target)));
	if (!is_exchange(row))
		return o;
	json_object_set_new(o, "start", json_string(row->start));
	json_object_set_new(o, "kind",
	    json_string(probe_kind_name(row->kind)));
	json_object_set_new(o, "server", json_string(row->server));
	json_object_set_new(o, "host", text_json(row->host,
	    strlen(row->host)));
	json_object_set_new(o, "status", json_string(xstatus_name(row->status)));
	json_object_set_new(o, "detail", text_json(row->detail,
	    strlen(row->detail)));
	json_object_set_new(o, "rule", json_string(row->rule));
	json_object_set_new(o, "chain", causes_json(run, row));
	json_object_set_new(o, "exhibit",
	    json_string(run_exhibit_of(run, row->n)));
	return o;
}

static gboolean
is_wanted(const struct log_row *row, gboolean failed)
{
	if (!failed)
		return TRUE;
	return is_exchange(row) ? row->status != X_ANSWERED :
	    strcmp(row->type, "limit") == 0 || strcmp(row->type, "skipped") == 0;
}

static int
list_events(const struct globals *g, const char *name, gboolean failed)
{
	g_autofree char *dir = case_run_named(g->dir, name);
	g_autoptr(GError) e = NULL;
	struct run *run = run_load_plain(dir, &e);
	json_t *out = json_array();
	int columns = cmd_columns(STDOUT_FILENO);

	if (run == NULL) {
		json_decref(out);
		return cmd_fail(EXIT_CANNOT, "A run is its number in the case, "
		    "or a folder.", "%s", e->message);
	}
	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *row = run->log->pdata[i];

		if (!is_wanted(row, failed))
			continue;
		if (g->json)
			json_array_append_new(out, event_json(run, row));
		else
			event_line(run, row, columns, g->verbose > 0);
	}
	if (g->json)
		cmd_json(json_pack("{s:s, s:s, s:s, s:s, s:O}", "goodcause",
		    goodcause_version, "schema", "log/1", "run", run->name,
		    "head", run->head, "events", out));
	json_decref(out);
	run_free(run);
	return EXIT_DONE;
}

int
cmd_log(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	gboolean failed = FALSE;
	const GOptionEntry entries[] = {
		{ "failed", 0, 0, G_OPTION_ARG_NONE, &failed,
		    "of a run: only what was not answered, and limits met",
		    NULL },
		{ .long_name = NULL },
	};
	int over = cmd_options(&g, "log [RUN] [--failed]",
	    "The runs of a case; or the events of one run: number, time, kind, "
	    "what was\nasked of whom, how that went, and by which records it "
	    "was raised. RUN is a\nnumber in the case, or a folder. -v prints "
	    "whole chains of causes.", entries, &argc, &argv);

	if (over != 0)
		return over - 1;
	if (argc > 2)
		return cmd_fail(EXIT_USAGE_, "As in: goodcause log 1",
		    "log: one run at a time");
	if (argc == 2)
		return list_events(&g, argv[1], failed);
	return list_runs(&g);
}
