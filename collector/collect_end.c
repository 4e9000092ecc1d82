/* The end of a run: exhibits, seal, ledger, and what is said of it. */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/collect_priv.h"
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

int
exhibits_write_run(const char *dir, const struct run *r, GError **error)
{
	g_autoptr(GString) lines = g_string_new(NULL);
	g_autofree char *path = g_build_filename(dir, "data/exhibits.jsonl",
	    NULL);

	/* One that an earlier attempt left is of the same log or older. */
	unlink(path);
	exhibits_assign(r, lines);
	return file_put(path, lines->str, lines->len, error);
}

static int
by_record(const void *a, const void *b)
{
	const struct log_row *x = *(struct log_row *const *)a;
	const struct log_row *y = *(struct log_row *const *)b;

	return x->n < y->n ? -1 : x->n > y->n;
}

static int
exhibits_write(struct collecting *c)
{
	const GArray *rows = engine_rows(c->engine);
	struct run *r = run_new();
	int rc;

	for (size_t i = 0; i < c->ntargets; i++)
		g_ptr_array_add(r->targets, g_strdup(c->targets[i].name));
	for (guint i = 0; i < rows->len; i++) {
		const struct engine_row *e = &g_array_index(rows,
		    struct engine_row, i);
		struct log_row *l = log_row_new();

		l->n = e->n;
		l->kind = e->kind;
		g_free(l->type);
		l->type = g_strdup("exchange");
		g_free(l->name);
		l->name = g_strdup(e->name);
		g_free(l->qtype);
		l->qtype = g_strdup(e->type);
		g_free(l->target);
		l->target = g_strdup(e->target != NULL ? e->target : "");
		g_ptr_array_add(r->log, l);
	}
	/* A resumed run takes its records in another order than its log's. */
	g_ptr_array_sort(r->log, by_record);
	rc = exhibits_write_run(c->run.dir, r, &c->error);
	run_free(r);
	return rc;
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
	if (exhibits_write(c) != 0 || run_seal(&c->plan, &c->run, &result,
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

int
summary_print(struct collecting *c, const struct globals *g)
{
	summary_write(c, g);
	fflush(stdout);
	if (engine_cut(c->engine) != NULL || !all_usable(c) ||
	    c->run.opened == NULL || *c->run.opened == '\0' ||
	    c->sealed.closed == NULL || *c->sealed.closed == '\0')
		return EXIT_SHORT;
	return EXIT_DONE;
}
