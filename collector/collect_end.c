/* The end of a run: exhibits, seal, ledger, and what is said of it. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/collect_priv.h"
#include "collector/files.h"
#include "collector/summary.h"
#include "probes/seam.h"
#include "probes/text.h"
#include "reports/exhibit_list.h"

int
run_close(struct collecting *c)
{
	const char *cut = engine_cut(c->engine);
	struct tally y = engine_tally(c->engine);
	json_t *m = json_pack("{s:b, s:I, s:I, s:I, s:I}", "complete",
	    cut == NULL, "asked", (json_int_t)y.asked, "answered",
	    (json_int_t)y.answered, "not_answered", (json_int_t)y.failed,
	    "unasked", (json_int_t)engine_unasked(c->engine));

	if (cut != NULL)
		json_object_set_new(m, "text", json_string(cut));
	return journal_event(c->journal, "close", m) != 0 ? 0 : -1;
}

/* --- exhibits ------------------------------------------------------------------------ */

struct listing {
	struct exhibit_rows	 rows;
	FILE			*file;
};

static void
listing_line(void *arg, const char *line, size_t len)
{
	fwrite(line, 1, len, ((struct listing *)arg)->file);
}

static int
listing_fill(int fd, void *arg)
{
	struct listing *l = arg;
	struct exhibit_out out = { listing_line, l };
	int copy = dup(fd), bad;

	l->file = copy < 0 ? NULL : fdopen(copy, "w");
	if (l->file == NULL)
		return -1;
	exhibits_write(&l->rows, &out);
	bad = ferror(l->file);
	return fclose(l->file) != 0 || bad ? -1 : 0;
}

static int
exhibits_put(const char *dir, struct exhibit_rows rows, GError **error)
{
	g_autofree char *path = g_build_filename(dir, "data/exhibits.jsonl",
	    NULL);
	g_autofree char *data = g_path_get_dirname(path);
	struct listing l = { .rows = rows };

	/* One that an earlier attempt left is of the same log or older. */
	unlink(path);
	if (file_put_filled(path, listing_fill, &l, 0644, error) != 0)
		return -1;
	return dir_sync(data, error);
}

int
exhibits_write_run(const char *dir, const struct run *r, GError **error)
{
	return exhibits_put(dir, exhibit_rows_of(r), error);
}

static int
exhibits_write_rows(struct collecting *c)
{
	if (exhibits_put(c->run.dir, rows_all(c->rows), &c->error) != 0)
		return -1;
	errno = rows_failed(c->rows);
	return errno == 0 ? 0 : file_fail(&c->error, c->run.dir,
	    "keep the list of exchanges in");
}

/* --- sealing ---------------------------------------------------------------------------- */

static void
ledger_sealed(struct collecting *c)
{
	json_t *m = json_pack("{s:s, s:s, s:b}", "run", c->name, "head",
	    c->sealed.head, "complete", engine_cut(c->engine) == NULL);

	ledger_append(c->k->dir, "run sealed", m, NULL);
}

int
run_finish(struct collecting *c)
{
	const char *cut = engine_cut(c->engine);
	char started[32];
	struct run_result result = {
		.complete = cut == NULL, .why = cut != NULL ? cut : "",
		.exchanges = journal_exchanges(c->journal),
		.facts = engine_facts(c->engine),
		.log_tip = journal_tip(c->journal),
	};

	c->ended_us = clock_wall_us();
	text_time_s(c->ended, c->ended_us);
	text_time(started, c->started);
	result.ended = c->ended;
	result.started = started;
	if (exhibits_write_rows(c) != 0 || run_seal(&c->plan, &c->run, &result,
	    &c->sealed, &c->error) != 0)
		return -1;
	if (c->k->dir != NULL)
		ledger_sealed(c);
	return 0;
}

/* --- what is said ------------------------------------------------------------------------- */

static gboolean
all_usable(const struct collecting *c)
{
	struct target_view v;

	for (guint i = 0; i < engine_targets(c->engine); i++) {
		engine_view(c->engine, i, &v);
		if (!v.usable)
			return FALSE;
	}
	return TRUE;
}

/* Not one answer is a fault of ours or of the way out more often than of theirs. */
static void
say_unreached(const struct collecting *c)
{
	if (engine_tally(c->engine).asked > 0 && !engine_reached(c->engine))
		cmd_fail(EXIT_SHORT, "goodcause doctor says what can be "
		    "reached from here.", "run %s: no server could be reached",
		    c->name);
}

int
summary_print(struct collecting *c, const struct globals *g)
{
	summary_write(c, g);
	fflush(stdout);
	say_unreached(c);
	if (engine_cut(c->engine) != NULL || !all_usable(c) ||
	    c->run.opened == NULL || *c->run.opened == '\0' ||
	    c->sealed.closed == NULL || *c->sealed.closed == '\0')
		return EXIT_SHORT;
	return EXIT_DONE;
}
