#include <string.h>

#include "collector/engine_priv.h"
#include "probes/dns_other.h"
#include "probes/seam.h"

#define NS_PER_MS	INT64_C(1000000)

/* --- making and freeing ---------------------------------------------------------- */

void
asked_free(void *p)
{
	struct asked *a = p;

	g_free(a->key);
	question_unref(a->q);
	g_ptr_array_unref(a->interested);
	g_ptr_array_unref(a->facts);
	g_ptr_array_unref(a->fetches);
	g_array_unref(a->later);
	g_array_unref(a->tags);
	if (a->x != NULL)
		exchange_free(a->x);
	g_free(a);
}

struct asked *
asked_new(char *key, struct question *q)
{
	struct asked *a = g_new0(struct asked, 1);

	a->key = key;
	a->q = question_ref(q);
	a->interested = g_ptr_array_new();
	a->facts = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)fact_free);
	a->fetches = g_ptr_array_new();
	a->later = g_array_new(FALSE, FALSE, sizeof(struct later));
	a->tags = g_array_new(FALSE, FALSE, sizeof(unsigned));
	return a;
}

struct engine *
engine_new(const struct engine_setup *setup)
{
	struct engine *e = g_new0(struct engine, 1);

	e->setup = *setup;
	e->services = services_new();
	e->net = (struct net){
		.limits = setup->limits, .user_agent = setup->user_agent,
		.geo = setup->geo, .lists = setup->lists,
		.services = e->services, .trust = setup->trust, .way = setup->way,
		.shield = setup->imported != NULL ?
		    setup->imported->shield : NULL,
	};
	e->loop = loop_new(&e->net, engine_loop_gives, e);
	e->walk = walk_new(setup->limits, &engine_walk_calls, e);
	e->goals = g_ptr_array_new_with_free_func(goal_free);
	e->asked = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	    asked_free);
	e->records = g_hash_table_new(NULL, NULL);
	e->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    known_free);
	e->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    host_free);
	for (size_t i = 0; i < G_N_ELEMENTS(e->seeks); i++)
		e->seeks[i] = g_ptr_array_new_with_free_func(seek_free);
	g_queue_init(&e->idle);
	g_queue_init(&e->replay);
	e->started = clock_mono_ns();
	return e;
}

void
engine_free(struct engine *e)
{
	if (e == NULL)
		return;
	loop_free(e->loop);
	g_queue_clear_full(&e->replay, (GDestroyNotify)exchange_free);
	g_queue_clear(&e->idle);
	g_hash_table_unref(e->known);
	g_hash_table_unref(e->records);
	g_hash_table_unref(e->hosts);
	for (size_t i = 0; i < G_N_ELEMENTS(e->seeks); i++)
		g_ptr_array_unref(e->seeks[i]);
	walk_free(e->walk);
	g_hash_table_unref(e->asked);
	g_ptr_array_unref(e->goals);
	services_free(e->services);
	g_free(e->cut);
	g_free(e);
}

void
engine_event(struct engine *e, const char *type, json_t *members)
{
	if (journal_event(e->setup.journal, type, members) == 0)
		e->failed = TRUE;
}

/* --- asking ------------------------------------------------------------------------ */

/* Somebody else's question serves this target as well: said once its record
 * is known, so that the log tells which records a target's facts are from. */
static void
also(struct engine *e, const struct asked *a, const struct goal *g,
    struct walk_cause cause)
{
	json_t *m;

	if (g->imported || g_strcmp0(a->x->target, g->t.name) == 0)
		return;
	m = json_pack("{s:s, s:s, s:{s:s, s:s}, s:I, s:{s:I, s:s}}",
	    "target", g->t.name, "kind", probe_kind_name(a->q->kind),
	    "question", "name", a->q->name, "type", a->q->type, "record",
	    (json_int_t)a->n, "cause", "n", (json_int_t)cause.n, "rule",
	    cause.rule);
	engine_event(e, "also", m);
}

void
engine_also_later(struct engine *e, struct asked *a)
{
	for (guint i = 0; i < a->later->len; i++) {
		const struct later *l = &g_array_index(a->later, struct later,
		    i);

		also(e, a, l->goal, l->cause);
	}
	g_array_set_size(a->later, 0);
}

/* A limit keeps the question from being asked; said once for each target. */
static gboolean
may_ask(struct engine *e, struct goal *g)
{
	int64_t most = e->setup.limits->value[LIMIT_TARGET_QUESTIONS];

	if (e->stopping || e->failed) {
		e->unasked++;
		return FALSE;
	}
	if (g == NULL || ++g->questions <= most || g->imported)
		return TRUE;
	e->unasked++;
	if (g->questions == most + 1) {
		engine_event(e, "limit", json_pack("{s:s, s:s, s:I, s:s}",
		    "target", g->t.name, "limit", "target.questions", "value",
		    (json_int_t)most, "text",
		    "further questions for this target were not asked"));
		engine_cut_short(e, "the limit target.questions was met");
	}
	return FALSE;
}

static void
put(struct engine *e, struct asked *a, struct goal *g, struct walk_cause cause,
    uint64_t with)
{
	struct exchange *x = known_take(e, a->key);

	e->all.asked++;
	e->all.waiting++;
	if (g != NULL)
		g_snprintf(g->now, sizeof(g->now), "%s %s",
		    probe_kind_name(a->q->kind), *a->q->host != '\0' ?
		    a->q->host : a->q->name);
	if (x != NULL) {
		g_queue_push_tail(&e->replay, x);
		return;
	}
	x = exchange_new(a->q);
	x->target = g != NULL && !g->imported ? g_strdup(g->t.name) : NULL;
	x->cause = cause.n;
	x->rule = cause.rule;
	if (with != 0) {
		x->with = g_array_new(FALSE, FALSE, sizeof(uint64_t));
		g_array_append_val(x->with, with);
	}
	loop_ask(e->loop, x);
}

/* FALSE where the target was interested already. */
static gboolean
interest(struct engine *e, struct asked *a, struct goal *g,
    struct walk_cause cause, gboolean new)
{
	struct later l = { g, cause };

	if (g_ptr_array_find(a->interested, g, NULL))
		return FALSE;
	g_ptr_array_add(a->interested, g);
	g_ptr_array_add(g->asked, a);
	if (a->n == 0) {
		g->pending++;
		g->by[question_category(a->q)].asked++;
		g->by[question_category(a->q)].waiting++;
		g->pages_due += fetch_is_page(a->q->kind, a->q->type) ? 1 : 0;
	}
	/* A new question has this target in its own line; one from before a
	 * kill may have another. */
	if (a->n != 0)
		also(e, a, g, cause);
	else if (!new || known_has(e, a->key))
		g_array_append_val(a->later, l);
	return TRUE;
}

void
engine_interest(struct engine *e, struct goal *g, uint64_t n)
{
	struct asked *a = g_hash_table_lookup(e->records,
	    GSIZE_TO_POINTER((gsize)n));
	struct walk_cause cause = { n, "known already" };

	if (a != NULL && g->open)
		interest(e, a, g, cause, FALSE);
}

/* What IANA says of a TLD is of use again for each further domain below it. */
static gboolean
answers_more(const struct asked *a)
{
	return a->q->kind == PROBE_WHOIS && strcmp(a->q->type, "iana") == 0;
}

struct asked *
engine_ask(struct engine *e, struct goal *g, struct goal *sake,
    struct question *q, struct walk_cause cause, uint64_t with)
{
	g_autofree char *key = question_key(q);
	struct asked *a = g_hash_table_lookup(e->asked, key);

	if (a == NULL) {
		if (!may_ask(e, sake))
			return NULL;
		a = asked_new(g_steal_pointer(&key), q);
		g_hash_table_insert(e->asked, a->key, a);
		if (g != NULL)
			interest(e, a, g, cause, TRUE);
		put(e, a, g, cause, with);
		return a;
	}
	if (g == NULL || (!interest(e, a, g, cause, FALSE) &&
	    !answers_more(a)))
		return a;
	for (guint i = 0; a->n != 0 && i < a->facts->len; i++)
		goal_raise(g, a, a->facts->pdata[i]);
	return a;
}

/* --- turning ---------------------------------------------------------------------------------- */

static void
run_deadline(struct engine *e)
{
	int64_t most = e->setup.limits->value[LIMIT_RUN_DEADLINE];

	if (e->stopping || clock_mono_ns() - e->started < most * NS_PER_MS)
		return;
	engine_event(e, "limit", json_pack("{s:s, s:I, s:s}", "limit",
	    "run.deadline", "value", (json_int_t)most, "text",
	    "the run's time was over"));
	engine_stop(e, "the limit run.deadline was met");
}

void
engine_stop(struct engine *e, const char *why)
{
	if (e->stopping)
		return;
	e->stopping = TRUE;
	engine_cut_short(e, why);
	loop_hold(e->loop);
}

/* The first reason stands. */
void
engine_cut_short(struct engine *e, const char *why)
{
	if (e->cut == NULL)
		e->cut = g_strdup(why);
}

const char *
engine_cut(const struct engine *e)
{
	return e->cut;
}

/* The servers that the case names, in place of the root's. */
static void
recursive_begin(struct engine *e)
{
	char ip[ADDR_TEXT];
	uint16_t port;

	walk_recursive(e->walk);
	for (char **s = e->setup.set->recursive; *s != NULL; s++)
		if (dns_server_read(*s, ip, &port) == 0)
			walk_hint(e->walk, "", ip, 0);
	e->rooted = TRUE;
}

static void
hints_ask(struct engine *e)
{
	struct question *q = question_new(PROBE_LOCAL, e->setup.hints, "hints",
	    "", "", 0, "");
	struct walk_cause cause = { 0, "run" };

	engine_ask(e, NULL, NULL, q, cause, 0);
	question_unref(q);
}

/* Which address we are seen from: once a run, over both families. */
static void
echoes_ask(struct engine *e)
{
	const struct raise_set *set = e->setup.set;
	struct walk_cause cause = { 0, "run" };

	for (guint i = 0; set != NULL && set->echoes != NULL &&
	    i < set->echoes->len; i++) {
		const struct echo *r = set->echoes->pdata[i];
		g_autofree char *note = g_strconcat(NOTE_ECHO, r->operator,
		    NULL);

		for (char **ip = r->addresses; *ip != NULL; ip++) {
			struct question *q = question_with(question_new(
			    PROBE_DNS, r->name, r->type, r->host, *ip, 53,
			    note), r->options);

			engine_ask(e, NULL, NULL, q, cause, 0);
			question_unref(q);
		}
	}
}

/* Nothing is under way, and yet a target waits: a fault of ours, which must
 * neither hang nor pass unsaid. */
static void
nothing_moves(struct engine *e)
{
	for (guint i = 0; i < e->next_goal; i++) {
		struct goal *g = e->goals->pdata[i];

		if (!g->open)
			continue;
		engine_event(e, "skipped", json_pack("{s:s, s:s, s:i}",
		    "target", g->t.name, "text", "the program waited for what "
		    "nothing could answer", "waiting", (int)g->pending));
		engine_cut_short(e, "the program waited for what nothing "
		    "could answer");
		goal_close(g);
	}
}

/* The answers of a killed run that nobody asked for again keep their facts. */
static void
leftovers(struct engine *e)
{
	g_autoptr(GPtrArray) left = known_rest(e);

	for (guint i = 0; i < left->len; i++)
		engine_settle_unasked(e, left->pdata[i]);
}

static int
engine_over(struct engine *e)
{
	if (e->stopping)
		e->unasked += (unsigned)loop_waiting(e->loop);
	leftovers(e);
	return e->failed ? -1 : 0;
}

int
engine_turn(struct engine *e, int64_t wait_ms)
{
	struct exchange *x;
	size_t left;

	if (!e->begun) {
		if (e->setup.set != NULL && e->setup.set->recursive != NULL)
			recursive_begin(e);
		else
			hints_ask(e);
		echoes_ask(e);
	}
	e->begun = TRUE;
	while ((x = g_queue_pop_head(&e->replay)) != NULL)
		engine_settle(e, x, FALSE);
	if (e->rooted)
		goal_open_more(e);
	loop_turn(e->loop, e->replay.length > 0 ? 0 : wait_ms);
	run_deadline(e);
	goal_close_done(e);
	if (journal_tick(e->setup.journal, clock_mono_ns()) != 0)
		e->failed = TRUE;
	if (e->failed)
		return -1;
	if (e->stopping && loop_flying(e->loop) == 0)
		return engine_over(e);
	left = loop_waiting(e->loop) + loop_flying(e->loop) +
	    e->replay.length;
	if (left == 0 && e->rooted && e->open > 0)
		nothing_moves(e);
	if (left > 0 || e->open > 0 || !e->rooted ||
	    e->next_goal < e->goals->len)
		return 1;
	return engine_over(e);
}

struct tally
engine_tally(const struct engine *e)
{
	return e->all;
}

gboolean
engine_reached(const struct engine *e)
{
	return e->reached;
}

unsigned
engine_unasked(const struct engine *e)
{
	return e->unasked;
}

uint64_t
engine_facts(const struct engine *e)
{
	return e->facts;
}

guint
engine_targets(const struct engine *e)
{
	return e->goals->len - (e->imported != NULL ? 1 : 0);
}
