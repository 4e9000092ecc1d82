/*
 * A run written by hand, sealed as collect would seal one: the same journal,
 * joins, exhibits and manifests.  No exchange holds bytes, nothing is signed or
 * time-stamped, and the run's title says what it is.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collector/case.h"
#include "collector/collect_priv.h"
#include "collector/load.h"
#include "probes/join.h"
#include "probes/text.h"
#include "tests/cases/tool/hand.h"

#define TITLE	"TEST: facts written by hand, no evidence"
#define STEP_US	250000		/* from one exchange to the next */

struct sealing {
	const char	*casedir;
	struct hand_run	 hand;
	gboolean	 fail;		/* nothing answers */
	struct run_plan	 plan;
	struct open_run	 run;
	struct journal	*journal;
	int64_t		 now;
	uint64_t	 facts;
	GError		*error;
};

static struct exchange *
exchange_of(struct sealing *s, const struct hand_ask *a)
{
	struct exchange *x = exchange_new(a->q);

	x->target = g_strdup(a->target);
	x->rule = "hand.written";
	x->status = s->fail ? X_TIMEOUT : a->status;
	x->exit = "direct";
	g_strlcpy(x->detail, "written by hand", sizeof(x->detail));
	g_snprintf(x->remote, sizeof(x->remote), "%s#%u", a->q->server,
	    a->q->port);
	x->start = s->now;
	x->end = s->now + STEP_US / 2;
	x->took = (int64_t)STEP_US / 2 * 1000;
	s->now += STEP_US;
	return x;
}

static int
fact_keep(struct sealing *s, struct fact *f, const struct exchange *x)
{
	char at[32];

	text_time(at, x->end);
	f->type = OBSERVED;
	g_free(f->at);
	f->at = g_strdup(at);
	g_free(f->reader);
	f->reader = g_strdup("hand/1");
	if (f->from == NULL)
		f->from = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	g_array_append_val(f->from, x->n);
	s->facts++;
	return journal_fact(s->journal, f);
}

static int
asks_write(struct sealing *s)
{
	int rc = 0;

	for (guint i = 0; i < s->hand.asks->len && rc == 0; i++) {
		struct hand_ask *a = s->hand.asks->pdata[i];
		struct exchange *x = exchange_of(s, a);

		rc = journal_exchange(s->journal, x);
		for (guint k = 0; k < a->facts->len && rc == 0 && !s->fail; k++)
			rc = fact_keep(s, a->facts->pdata[k], x);
		exchange_free(x);
	}
	return rc;
}

/* What follows from the facts of one target, as when it closes. */
static int
join_write(struct sealing *s, const char *target)
{
	g_autoptr(GPtrArray) facts = g_ptr_array_new();
	g_autoptr(GPtrArray) joined = NULL;
	int rc = 0;

	for (guint i = 0; i < s->hand.asks->len; i++) {
		const struct hand_ask *a = s->hand.asks->pdata[i];

		if (g_strcmp0(a->target, target) != 0)
			continue;
		for (guint k = 0; k < a->facts->len; k++)
			g_ptr_array_add(facts, a->facts->pdata[k]);
	}
	joined = target_join(target, target, facts);
	for (guint i = 0; i < joined->len && rc == 0; i++) {
		struct fact *f = joined->pdata[i];

		f->target = g_strdup(target);
		s->facts++;
		rc = journal_fact(s->journal, f);
	}
	return rc;
}

static int
log_write(struct sealing *s)
{
	json_t *close = json_pack("{s:b}", "complete",
	    s->hand.incomplete == NULL);

	if (asks_write(s) != 0)
		return -1;
	for (guint i = 0; i < s->hand.targets->len && !s->fail; i++)
		if (join_write(s, s->hand.targets->pdata[i]) != 0)
			return -1;
	if (s->hand.incomplete != NULL)
		json_object_set_new(close, "text",
		    json_string(s->hand.incomplete));
	if (journal_event(s->journal, "close", close) == 0)
		return -1;
	return journal_flush(s->journal);
}

static json_t *
settings_of(const struct hand_run *h)
{
	json_t *targets = json_array();

	for (guint i = 0; i < h->targets->len; i++)
		json_array_append_new(targets,
		    json_string(h->targets->pdata[i]));
	return json_pack("{s:s, s:o}", "written", TITLE, "targets", targets);
}

static int
run_begin(struct sealing *s)
{
	json_t *first;

	if (run_open(&s->plan, &s->run, &s->error) != 0)
		return -1;
	first = json_pack("{s:s, s:s, s:s, s:s, s:s, s:n}", "format", "run/1",
	    "run", s->run.id, "program", "goodcause", "case", TITLE, "opened",
	    "", "open_token_sha256");
	s->journal = journal_create(s->run.dir, first, &s->error);
	return s->journal != NULL ? 0 : -1;
}

static int
exhibits_make(struct sealing *s)
{
	struct run *r = run_load_plain(s->run.dir, &s->error);
	int rc;

	if (r == NULL)
		return -1;
	rc = exhibits_write_run(s->run.dir, r, &s->error);
	run_free(r);
	return rc;
}

static int
run_end(struct sealing *s)
{
	struct sealed_run sealed = { .dir = NULL };
	char started[32], ended[32];
	struct run_result result = {
		.complete = s->hand.incomplete == NULL,
		.why = s->hand.incomplete != NULL ? s->hand.incomplete : "",
		.exchanges = journal_exchanges(s->journal), .facts = s->facts,
		.log_tip = journal_tip(s->journal), .started = started,
		.ended = ended,
	};
	int rc;

	text_time(started, s->hand.at);
	text_time(ended, s->now);
	if (exhibits_make(s) != 0)
		return -1;
	rc = run_seal(&s->plan, &s->run, &result, &sealed, &s->error);
	if (rc == 0)
		rc = ledger_append(s->casedir, "run sealed", json_pack(
		    "{s:s, s:s, s:b}", "run", s->plan.name, "head",
		    sealed.head, "complete", result.complete), &s->error);
	sealed_run_clear(&sealed);
	return rc;
}

static int
seal(struct sealing *s)
{
	static const char *const nobody[] = { NULL };
	g_autofree char *parent = g_build_filename(s->casedir, "runs", NULL);
	g_autofree char *ledger = ledger_tip(s->casedir);
	json_t *settings = settings_of(&s->hand);
	const char *name = s->plan.name;
	int rc;

	g_mkdir_with_parents(parent, 0755);
	s->now = s->hand.at;
	s->plan = (struct run_plan){
		.parent = parent, .name = name, .title = TITLE, .case_id = "",
		.organisation = "", .collector = "", .vantage = "",
		.previous_head = "", .ledger_tip = ledger, .imports_tip = "",
		.authorities = nobody, .settings = settings,
	};
	rc = run_begin(s) == 0 && log_write(s) == 0 ? run_end(s) : -1;
	journal_free(s->journal);
	open_run_clear(&s->run);
	json_decref(settings);
	return rc;
}

int
main(int argc, char **argv)
{
	struct sealing s = { .casedir = argc > 1 ? argv[1] : "",
	    .fail = argc > 4 && strcmp(argv[4], "fail") == 0 };
	g_autofree char *name = g_strdup_printf("%06d",
	    argc > 2 ? atoi(argv[2]) : 0);
	int rc;

	if (argc < 4) {
		fputs("case-seal CASE NUMBER FACTS [fail]\n", stderr);
		return 2;
	}
	s.plan.name = name;
	rc = hand_read(argv[3], &s.hand, &s.error);
	if (rc == 0)
		rc = seal(&s);
	hand_clear(&s.hand);
	if (rc != 0)
		fprintf(stderr, "case-seal: %s\n", s.error != NULL ?
		    s.error->message : "the run could not be written");
	return rc != 0 ? 2 : 0;
}
