#include <string.h>

#include "collector/engine_priv.h"
#include "collector/read.h"
#include "probes/dns.h"
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
	g_array_unref(a->tags);
	if (a->x != NULL)
		exchange_free(a->x);
	g_free(a);
}

static struct asked *
asked_new(struct engine *e, char *key, struct question *q)
{
	struct asked *a = g_new0(struct asked, 1);

	a->key = key;
	a->q = question_ref(q);
	a->interested = g_ptr_array_new();
	a->facts = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)fact_free);
	a->fetches = g_ptr_array_new();
	a->tags = g_array_new(FALSE, FALSE, sizeof(unsigned));
	g_hash_table_insert(e->asked, a->key, a);
	return a;
}

static void	walk_asks(void *, const struct walk_ask *);
static void	walk_settles(void *, void *, const char *, const char *,
		    enum walk_outcome, uint64_t);
static void	loop_gives(struct exchange *, void *);

/* The walk wants the registrable domain of a name: by the same rules as a
 * target's. */
static char *
registrable_of(const char *name)
{
	struct target t;
	char *why = NULL, *domain = NULL;

	if (target_parse(name, &t, &why) == 0) {
		if (*t.registrable != '\0')
			domain = g_strdup(t.registrable);
		target_clear(&t);
	}
	g_free(why);
	return domain;
}

struct engine *
engine_new(const struct engine_setup *setup)
{
	struct engine *e = g_new0(struct engine, 1);

	e->setup = *setup;
	e->services = services_new();
	e->net = (struct net){
		.limits = setup->limits, .user_agent = setup->user_agent,
		.geo = setup->geo, .services = e->services,
		.trust = setup->trust,
	};
	e->loop = loop_new(&e->net, loop_gives, e);
	e->walk = walk_new(setup->limits, walk_asks, walk_settles,
	    registrable_of, e);
	e->goals = g_ptr_array_new_with_free_func(goal_free);
	e->asked = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	    asked_free);
	e->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    (GDestroyNotify)exchange_free);
	e->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    host_free);
	for (size_t i = 0; i < G_N_ELEMENTS(e->seeks); i++)
		e->seeks[i] = g_ptr_array_new_with_free_func(seek_free);
	e->rows = g_array_new(FALSE, FALSE, sizeof(struct engine_row));
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
	g_hash_table_unref(e->hosts);
	for (size_t i = 0; i < G_N_ELEMENTS(e->seeks); i++)
		g_ptr_array_unref(e->seeks[i]);
	walk_free(e->walk);
	g_hash_table_unref(e->asked);
	g_ptr_array_unref(e->goals);
	services_free(e->services);
	for (guint i = 0; i < e->rows->len; i++)
		g_free(g_array_index(e->rows, struct engine_row, i).name);
	g_array_unref(e->rows);
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

static void
also(struct engine *e, const struct asked *a, const struct goal *g,
    struct walk_cause cause)
{
	json_t *m = json_pack("{s:s?, s:s, s:{s:s, s:s}}", "target",
	    g != NULL ? g->t.name : NULL, "kind", probe_kind_name(a->q->kind),
	    "question", "name", a->q->name, "type", a->q->type);

	if (a->n != 0)
		json_object_set_new(m, "record", json_integer(
		    (json_int_t)a->n));
	json_object_set_new(m, "cause", json_pack("{s:I, s:s}", "n",
	    (json_int_t)cause.n, "rule", cause.rule));
	engine_event(e, "also", m);
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
	if (g == NULL || ++g->questions <= most)
		return TRUE;
	e->unasked++;
	if (g->questions == most + 1)
		engine_event(e, "limit", json_pack("{s:s, s:s, s:I, s:s}",
		    "target", g->t.name, "limit", "target.questions", "value",
		    (json_int_t)most, "text",
		    "further questions for this target were not asked"));
	return FALSE;
}

static void
put(struct engine *e, struct asked *a, struct goal *g, struct walk_cause cause,
    uint64_t with)
{
	struct exchange *x = g_hash_table_lookup(e->known, a->key);

	e->all.asked++;
	e->all.waiting++;
	if (g != NULL) {
		enum category c = question_category(a->q);

		g->by[c].asked++;
		g_snprintf(g->now, sizeof(g->now), "%s %s",
		    probe_kind_name(a->q->kind), *a->q->host != '\0' ?
		    a->q->host : a->q->name);
	}
	if (x != NULL) {
		gpointer key = NULL, value = NULL;

		g_hash_table_steal_extended(e->known, a->key, &key, &value);
		g_free(key);
		g_queue_push_tail(&e->replay, value);
		return;
	}
	x = exchange_new(a->q);
	x->target = g != NULL ? g_strdup(g->t.name) : NULL;
	x->cause = cause.n;
	x->rule = cause.rule;
	if (with != 0) {
		x->with = g_array_new(FALSE, FALSE, sizeof(uint64_t));
		g_array_append_val(x->with, with);
	}
	loop_ask(e->loop, x);
}

static void
interest(struct asked *a, struct goal *g)
{
	g_ptr_array_add(a->interested, g);
	g_ptr_array_add(g->asked, a);
	if (a->n == 0) {
		g->pending++;
		g->by[question_category(a->q)].waiting++;
	}
}

/* What IANA says of a TLD is of use again for each further domain below it. */
static gboolean
answers_more(const struct asked *a)
{
	return a->q->kind == PROBE_WHOIS && strcmp(a->q->type, "iana") == 0;
}

/* The question as asked, new or not; NULL where a limit forbids it. */
struct asked *
engine_ask(struct engine *e, struct goal *g, struct question *q,
    struct walk_cause cause, uint64_t with)
{
	g_autofree char *key = question_key(q);
	struct asked *a = g_hash_table_lookup(e->asked, key);

	if (a == NULL) {
		if (!may_ask(e, g))
			return NULL;
		a = asked_new(e, g_steal_pointer(&key), q);
		if (g != NULL)
			interest(a, g);
		put(e, a, g, cause, with);
		return a;
	}
	if (g == NULL)
		return a;
	if (!g_ptr_array_find(a->interested, g, NULL)) {
		interest(a, g);
		also(e, a, g, cause);
	} else if (!answers_more(a))
		return a;
	for (guint i = 0; a->n != 0 && i < a->facts->len; i++)
		goal_raise(g, a, a->facts->pdata[i]);
	return a;
}

/* --- the walk ------------------------------------------------------------------------- */

static void
walk_asks(void *arg, const struct walk_ask *w)
{
	struct engine *e = arg;
	g_autofree char *note = g_strconcat(DNS_ZONE_NOTE, w->zone, NULL);
	struct question *q = question_new(PROBE_DNS, w->name, w->type, w->ns,
	    w->server, 53, note);
	struct asked *a = engine_ask(e, w->owner, q, w->cause, w->with);

	if (a == NULL || a->n != 0)
		walk_answer(e->walk, w->tag, a != NULL ? a->n : w->cause.n,
		    a != NULL ? (struct fact *const *)a->facts->pdata : NULL,
		    a != NULL ? a->facts->len : 0);
	else
		g_array_append_val(a->tags, w->tag);
	question_unref(q);
}

struct address_raise {
	struct goal	*g;
	const char	*name;
	unsigned	 purposes;
};

static void
address_known(const char *ip, uint64_t n, void *arg)
{
	struct address_raise *r = arg;
	struct raiser by;

	raiser_init(&by, r->g, NULL, n);
	raise_address(&by, r->name, ip, r->purposes);
}

static void
walk_settles(void *arg, void *owner, const char *name, const char *type,
    enum walk_outcome outcome, uint64_t n)
{
	struct engine *e = arg;
	struct goal *g = owner;
	struct address_raise r = { g, name, 0 };

	(void)outcome, (void)n;
	g->pending--;
	if (strcmp(type, "A") != 0 && strcmp(type, "AAAA") != 0)
		return;
	r.purposes = GPOINTER_TO_UINT(g_hash_table_lookup(g->purposes, name));
	if (r.purposes != 0)
		walk_addresses(e->walk, name, address_known, &r);
	fetch_wake(e, name, type);
}

static gboolean
goal_owns(const struct goal *g, const char *name)
{
	size_t n = strlen(name), z = strlen(g->t.registrable);

	return z > 0 && n >= z && (n == z || name[n - z - 1] == '.') &&
	    strcmp(name + n - z, g->t.registrable) == 0;
}

void
goal_want(struct goal *g, const char *name, const char *type, unsigned purpose,
    struct walk_cause cause)
{
	unsigned had = GPOINTER_TO_UINT(g_hash_table_lookup(g->purposes,
	    name));

	if (purpose != 0)
		g_hash_table_insert(g->purposes, g_strdup(name),
		    GUINT_TO_POINTER(had | purpose));
	g->pending++;
	walk_want(g->e->walk, g, goal_owns(g, name) ? g : NULL, name, type,
	    cause);
}

/* --- settling ---------------------------------------------------------------------------- */

void
goal_raise(struct goal *g, struct asked *a, const struct fact *f)
{
	struct raiser r;

	if (!g->open)
		return;
	raiser_init(&r, g, a->x, a->n);
	raise_fact(&r, f);
}

static void
facts_keep(struct engine *e, const struct asked *a)
{
	for (guint i = 0; i < a->facts->len; i++) {
		struct fact *f = a->facts->pdata[i];

		/* The exchange has its number only now. */
		g_array_index(f->from, uint64_t, 0) = a->n;
		if (journal_fact(e->setup.journal, f) != 0)
			e->failed = TRUE;
		e->facts++;
	}
}

static void
row_keep(struct engine *e, const struct exchange *x)
{
	struct engine_row r = {
		.n = x->n, .kind = x->q->kind,
		.type = g_intern_string(x->q->type),
		.target = x->target != NULL ? g_intern_string(x->target) :
		    NULL,
		.name = g_strdup(x->q->name), .status = x->status,
	};

	g_array_append_val(e->rows, r);
}

static void
tally_add(struct tally *t, const struct exchange *x)
{
	t->waiting--;
	if (x->status == X_ANSWERED || x->status == X_LIMIT)
		t->answered++;
	else
		t->failed++;
}

/* What the answer gives to those who wait for it. */
static void
answer_share(struct engine *e, struct asked *a, struct exchange *x)
{
	g_autoptr(GPtrArray) goals = g_ptr_array_copy(a->interested, NULL,
	    NULL);
	g_autoptr(GPtrArray) fetches = g_steal_pointer(&a->fetches);

	a->fetches = g_ptr_array_new();
	for (guint i = 0; i < goals->len; i++) {
		struct goal *g = goals->pdata[i];

		tally_add(&g->by[question_category(a->q)], x);
		goal_show(g, x);
		for (guint k = 0; k < a->facts->len; k++)
			goal_fact(g, a->facts->pdata[k]);
	}
	for (guint i = 0; i < a->tags->len; i++)
		walk_answer(e->walk, g_array_index(a->tags, unsigned, i),
		    a->n, (struct fact *const *)a->facts->pdata,
		    a->facts->len);
	if (x->q->kind == PROBE_RDAP && strcmp(x->q->type, "bootstrap") == 0)
		seek_list(e, x);
	for (guint i = 0; i < goals->len; i++) {
		for (guint k = 0; k < a->facts->len; k++)
			goal_raise(goals->pdata[i], a, a->facts->pdata[k]);
		((struct goal *)goals->pdata[i])->pending--;
	}
	for (guint i = 0; i < fetches->len; i++)
		fetch_answered(fetches->pdata[i], a);
}

static void
hints_take(struct engine *e, const struct asked *a)
{
	for (guint i = 0; i < a->facts->len; i++) {
		const struct fact *f = a->facts->pdata[i];

		if (f->kind == FACT_DNS_HINT)
			walk_hint(e->walk, fact_str(f, "ns"),
			    fact_str(f, "ip"), a->n);
	}
	e->rooted = TRUE;
}

/* Certificates and pages are compared with nothing: their many facts are on
 * disk and have raised what they raise. */
static void
facts_drop(struct asked *a)
{
	if (a->q->kind == PROBE_HTTP || a->q->kind == PROBE_TLS)
		g_ptr_array_set_size(a->facts, 0);
}

/* The bytes are on their way to disk; what the rules look at stays. */
static void
bytes_drop(struct exchange *x)
{
	g_clear_pointer(&x->sent.bytes, g_bytes_unref);
	g_clear_pointer(&x->received.bytes, g_bytes_unref);
}

static void
settle(struct engine *e, struct exchange *x, gboolean fresh)
{
	g_autofree char *key = question_key(x->q);
	struct asked *a = g_hash_table_lookup(e->asked, key);

	g_assert(a != NULL && a->n == 0);
	if (exchange_read(x, a->facts) != 0 && fresh &&
	    x->status == X_ANSWERED)
		x->status = X_MALFORMED;
	if (fresh && journal_exchange(e->setup.journal, x) != 0) {
		e->failed = TRUE;
		exchange_free(x);
		return;
	}
	a->n = x->n;
	a->x = x;
	tally_add(&e->all, x);
	row_keep(e, x);
	facts_keep(e, a);
	if (e->setup.told != NULL && fresh)
		e->setup.told(x, e->setup.arg);
	if (x->q->kind == PROBE_LOCAL && strcmp(x->q->type, "hints") == 0)
		hints_take(e, a);
	answer_share(e, a, x);
	bytes_drop(x);
	facts_drop(a);
}

static void
loop_gives(struct exchange *x, void *arg)
{
	settle(arg, x, TRUE);
}

void
engine_remember(struct engine *e, struct exchange *x)
{
	g_hash_table_replace(e->known, question_key(x->q), x);
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
	e->cut = g_strdup(why);
	loop_hold(e->loop);
}

const char *
engine_cut(const struct engine *e)
{
	return e->cut;
}

static void
hints_ask(struct engine *e)
{
	struct question *q = question_new(PROBE_LOCAL, e->setup.hints, "hints",
	    "", "", 0, "");
	struct walk_cause cause = { 0, "run" };

	engine_ask(e, NULL, q, cause, 0);
	question_unref(q);
}

int
engine_turn(struct engine *e, int64_t wait_ms)
{
	struct exchange *x;
	size_t left;

	if (g_hash_table_size(e->asked) == 0)
		hints_ask(e);
	while ((x = g_queue_pop_head(&e->replay)) != NULL)
		settle(e, x, FALSE);
	if (e->rooted)
		goal_open_more(e);
	left = loop_turn(e->loop, e->replay.length > 0 ? 0 : wait_ms);
	goal_close_done(e);
	run_deadline(e);
	if (journal_tick(e->setup.journal, clock_mono_ns()) != 0)
		e->failed = TRUE;
	if (e->failed)
		return -1;
	if (e->stopping && loop_flying(e->loop) == 0) {
		e->unasked += (unsigned)loop_waiting(e->loop);
		return 0;
	}
	return left > 0 || e->replay.length > 0 || e->open > 0 ||
	    (!e->stopping && e->next_goal < e->goals->len);
}

struct tally
engine_tally(const struct engine *e)
{
	return e->all;
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

const GArray *
engine_rows(const struct engine *e)
{
	return e->rows;
}

guint
engine_targets(const struct engine *e)
{
	return e->goals->len;
}
