/*
 * Runs that were killed.  RUN.part is gone on with where its settings (targets,
 * limits, program, libraries, databases, inputs) are those of the run that is
 * wanted now and its log was written within the hour; what its log holds is
 * not asked again.  Otherwise it is sealed as incomplete, and a new run begins.
 * A folder that was killed before its log began is left as it lies.
 */

#include <string.h>
#include <sys/stat.h>

#include "collector/collect_priv.h"
#include "collector/load.h"
#include "collector/read.h"
#include "collector/tsa.h"
#include "probes/seam.h"
#include "probes/text.h"

#define WITHIN_S	3600

char *
run_head_of(const char *casedir, unsigned number)
{
	g_autofree char *path = NULL, *text = NULL;
	char sha[65];
	gsize len = 0;

	if (number == 0)
		return NULL;
	path = g_strdup_printf("%s/runs/%06u/head.txt", casedir, number);
	if (!g_file_get_contents(path, &text, &len, NULL))
		return NULL;
	text_sha256(sha, text, len);
	return g_strdup(sha);
}

/* --- what kind of part -------------------------------------------------------------- */

static gboolean
same_settings(const struct collecting *c, const char *dir)
{
	g_autofree char *path = g_build_filename(dir, "data/settings.json",
	    NULL);
	json_t *was = json_load_file(path, 0, NULL);
	gboolean same = was != NULL && json_equal(was, c->settings);

	json_decref(was);
	return same;
}

static gboolean
recent(const char *log)
{
	struct stat st;
	int64_t now = clock_wall_us() / 1000000;

	return stat(log, &st) == 0 && now - (int64_t)st.st_mtime < WITHIN_S;
}

static void
open_again(struct collecting *c, const char *dir, const struct run *r)
{
	open_run_clear(&c->run);
	c->run.dir = g_strdup(dir);
	c->run.final = g_strndup(dir, strlen(dir) - strlen(".part"));
	g_strlcpy(c->run.id, r->id, sizeof(c->run.id));
	c->run.problems = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < r->tokens->len; i++) {
		const struct token_view *t = r->tokens->pdata[i];

		if (c->run.opened == NULL && strcmp(t->which, "open") == 0 &&
		    *t->time != '\0') {
			c->run.opened = g_strdup(t->time);
			c->run.opened_by = g_strdup(t->authority);
		}
	}
}

/* --- sealing what will not be gone on with ---------------------------------------------- */

struct rewrite {
	struct journal	*journal;
	int		 rc;
};

static void
facts_again(struct exchange *x, void *arg)
{
	struct rewrite *w = arg;
	g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)fact_free);

	exchange_read(x, facts);
	for (guint i = 0; i < facts->len; i++)
		if (journal_fact(w->journal, facts->pdata[i]) != 0)
			w->rc = -1;
	exchange_free(x);
}

static int
part_finish_log(struct collecting *c, const char *dir)
{
	static const char why[] = "the program ended before the run was over";
	struct rewrite w = { .rc = 0 };
	int rc = -1;

	w.journal = journal_resume(dir, json_pack("{s:s}", "text",
	    "taken up to be sealed as incomplete"), &c->error);
	if (w.journal == NULL)
		return -1;
	if (journal_each(dir, facts_again, &w, &c->error) == 0 && w.rc == 0 &&
	    journal_event(w.journal, "close", json_pack("{s:b, s:s}",
	    "complete", 0, "text", why)) != 0 &&
	    journal_flush(w.journal) == 0)
		rc = 0;
	else if (c->error == NULL)
		g_set_error_literal(&c->error, G_FILE_ERROR,
		    G_FILE_ERROR_FAILED, journal_error(w.journal));
	journal_free(w.journal);
	return rc;
}

static int
part_seal(struct collecting *c, const char *dir, const struct run *r,
    unsigned number)
{
	g_autofree char *name = g_strdup_printf("%06u", number);
	struct run *whole;
	struct run_result result = {
		.complete = FALSE,
		.why = "the program ended before the run was over",
		.started = r->started,
	};
	char ended[32];
	int rc;

	if (part_finish_log(c, dir) != 0)
		return -1;
	whole = run_load_plain(dir, &c->error);
	if (whole == NULL)
		return -1;
	text_time(ended, clock_wall_us());
	result.ended = ended;
	for (guint i = 0; i < whole->log->len; i++)
		if (strcmp(((const struct log_row *)whole->log->pdata[i])->type,
		    "exchange") == 0)
			result.exchanges++;
	result.facts = whole->facts->len;
	result.log_tip = "";
	c->number = number;
	open_again(c, dir, whole);
	rc = plan_make(c) != 0 || exhibits_write_run(dir, whole, &c->error) !=
	    0 || run_seal(&c->plan, &c->run, &result, &c->sealed,
	    &c->error) != 0 ? -1 : 0;
	if (rc == 0)
		ledger_append(c->k->dir, "run sealed", json_pack(
		    "{s:s, s:s, s:b}", "run", name, "head", c->sealed.head,
		    "complete", 0), NULL);
	sealed_run_clear(&c->sealed);
	open_run_clear(&c->run);
	run_free(whole);
	return rc;
}

static int
part_look(struct collecting *c, unsigned number)
{
	g_autofree char *dir = g_strdup_printf("%s/runs/%06u.part", c->k->dir,
	    number);
	g_autofree char *log = g_build_filename(dir, "data/log.jsonl", NULL);
	struct run *r = run_load_plain(dir, NULL);
	int rc = 0;

	if (r == NULL || r->log->len == 0) {
		run_free(r);
		return 0;
	}
	if (same_settings(c, dir) && recent(log)) {
		open_again(c, dir, r);
		c->number = number;
		c->resumed = TRUE;
	} else
		rc = part_seal(c, dir, r, number);
	run_free(r);
	return rc;
}

int
run_unfinished(struct collecting *c)
{
	g_autoptr(GArray) parts = NULL;

	if (c->k->dir == NULL)
		return 0;
	parts = case_run_numbers(c->k->dir, TRUE);
	for (guint i = 0; i < parts->len && !c->resumed; i++)
		if (part_look(c, g_array_index(parts, unsigned, i)) != 0)
			return -1;
	if (!c->resumed)
		c->number = case_next_run(c->k->dir);
	return 0;
}

/* --- going on ----------------------------------------------------------------------------- */

/* A fresh token over where the log ended: what follows is not older. */
static json_t *
resume_token(const struct collecting *c, const char *dir)
{
	g_autofree char *path = g_build_filename(dir, "data/log.jsonl", NULL);
	g_autofree char *text = NULL;
	g_autoptr(GPtrArray) got = NULL;
	g_autoptr(GBytes) over = NULL;
	gsize len = 0;
	char sha[65];
	json_t *tokens = json_array();

	if (!g_file_get_contents(path, &text, &len, NULL))
		return tokens;
	text_sha256(sha, text, len);
	over = g_bytes_new(sha, 64);
	got = tsa_ask(c->plan.authorities, over, c->plan.wait_ms, TRUE,
	    c->plan.roots_pem);
	for (guint i = 0; i < got->len; i++) {
		const struct tsa_answer *a = got->pdata[i];
		g_autofree char *b64 = NULL;
		gsize n = 0;
		const void *p;

		if (a->reply == NULL || a->problem != NULL)
			continue;
		p = g_bytes_get_data(a->reply, &n);
		b64 = g_base64_encode(p, n);
		json_array_append_new(tokens, json_pack(
		    "{s:s, s:s, s:s, s:s}", "authority", a->name, "time",
		    a->time, "over_log_sha256", sha, "reply_b64", b64));
	}
	return tokens;
}

int
run_go_on(struct collecting *c)
{
	json_t *m = json_pack("{s:s, s:o}", "text", "the program had ended; "
	    "questions then under way may have been sent", "tokens",
	    resume_token(c, c->run.dir));

	c->journal = journal_resume(c->run.dir, m, &c->error);
	return c->journal != NULL ? 0 : -1;
}

static void
remember(struct exchange *x, void *arg)
{
	engine_remember(arg, x);
}

int
run_remember(struct collecting *c)
{
	if (!c->resumed)
		return 0;
	return journal_each(c->run.dir, remember, c->engine, &c->error);
}
