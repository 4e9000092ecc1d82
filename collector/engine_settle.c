/* What came back: read, kept, and given to those who wait for it. */

#include <string.h>

#include "collector/engine_priv.h"
#include "collector/read.h"
#include "probes/join.h"

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
tally_add(struct tally *t, const struct exchange *x)
{
	t->waiting--;
	if (x->status == X_ANSWERED || x->status == X_LIMIT)
		t->answered++;
	else
		t->failed++;
}

/* Something came from another machine, be it a refusal. */
static gboolean
is_from_afar(const struct exchange *x)
{
	static const gboolean came[X_STATUSES] = {
		[X_ANSWERED] = TRUE, [X_REFUSED] = TRUE, [X_RESET] = TRUE,
		[X_TLS] = TRUE, [X_MALFORMED] = TRUE, [X_LIMIT] = TRUE,
	};

	return x->q->kind != PROBE_LOCAL && came[x->status];
}

/* It does not wait for that answer any more. */
static void
goal_less(struct goal *g, const struct asked *a)
{
	g->pending--;
	if (!fetch_is_page(a->q->kind, a->q->type))
		return;
	g->pages_due--;
	g->pages_moved = TRUE;
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
		goal_less(goals->pdata[i], a);
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

/* Certificates and pages have many facts, which are on disk and have raised
 * what they raise: only what is compared when the target closes is kept. */
static void
facts_drop(struct asked *a)
{
	if (a->q->kind != PROBE_HTTP && a->q->kind != PROBE_TLS)
		return;
	for (guint i = a->facts->len; i-- > 0;)
		if (!join_looks_at(((struct fact *)a->facts->pdata[i])->kind))
			g_ptr_array_remove_index(a->facts, i);
}

/* The bytes are on their way to disk; what the rules look at stays. */
static void
bytes_drop(struct exchange *x)
{
	g_clear_pointer(&x->sent.bytes, g_bytes_unref);
	g_clear_pointer(&x->received.bytes, g_bytes_unref);
}

/* The record as it stands in the log, with its facts; -1 where it could not be
 * written.  Takes the exchange. */
static int
record_take(struct engine *e, struct asked *a, struct exchange *x,
    gboolean fresh)
{
	if (exchange_read(x, a->facts) != 0 && fresh &&
	    x->status == X_ANSWERED)
		x->status = X_MALFORMED;
	if (fresh && journal_exchange(e->setup.journal, x) != 0) {
		e->failed = TRUE;
		exchange_free(x);
		return -1;
	}
	a->n = x->n;
	a->x = x;
	tally_add(&e->all, x);
	e->reached = e->reached || is_from_afar(x);
	rows_add(e->setup.rows, x);
	facts_keep(e, a);
	return 0;
}

void
engine_settle(struct engine *e, struct exchange *x, gboolean fresh)
{
	g_autofree char *key = question_key(x->q);
	struct asked *a = g_hash_table_lookup(e->asked, key);

	g_assert(a != NULL && a->n == 0);
	if (record_take(e, a, x, fresh) != 0)
		return;
	g_hash_table_insert(e->records, GSIZE_TO_POINTER((gsize)a->n), a);
	engine_also_later(e, a);
	if (e->setup.told != NULL && fresh)
		e->setup.told(x, e->setup.arg);
	if (x->q->kind == PROBE_LOCAL && strcmp(x->q->type, "hints") == 0)
		hints_take(e, a);
	answer_share(e, a, x);
	bytes_drop(x);
	facts_drop(a);
}

void
engine_loop_gives(struct exchange *x, void *arg)
{
	engine_settle(arg, x, TRUE);
}

void
engine_settle_unasked(struct engine *e, struct exchange *x)
{
	struct asked *a = asked_new(question_key(x->q), x->q);

	e->all.asked++;
	e->all.waiting++;
	record_take(e, a, x, FALSE);
	bytes_drop(x);
	asked_free(a);
}

/* --- what was known before a kill ---------------------------------------------------------- */

void
known_free(void *p)
{
	g_queue_free_full(p, (GDestroyNotify)exchange_free);
}

gboolean
known_has(const struct engine *e, const char *key)
{
	return g_hash_table_contains(e->known, key);
}

/* One that was evicted and asked again stands in the log more than once. */
void
engine_remember(struct engine *e, struct exchange *x)
{
	g_autofree char *key = question_key(x->q);
	GQueue *all = g_hash_table_lookup(e->known, key);

	if (all == NULL) {
		all = g_queue_new();
		g_hash_table_insert(e->known, g_steal_pointer(&key), all);
	}
	g_queue_push_tail(all, x);
}

struct exchange *
known_take(struct engine *e, const char *key)
{
	GQueue *all = g_hash_table_lookup(e->known, key);
	struct exchange *x = all != NULL ? g_queue_pop_head(all) : NULL;

	if (all != NULL && all->length == 0)
		g_hash_table_remove(e->known, key);
	return x;
}

static int
by_record(const void *a, const void *b)
{
	const struct exchange *x = *(struct exchange *const *)a;
	const struct exchange *y = *(struct exchange *const *)b;

	return x->n < y->n ? -1 : x->n > y->n;
}

GPtrArray *
known_rest(struct engine *e)
{
	GPtrArray *rest = g_ptr_array_new();
	GHashTableIter it;
	void *v;

	g_hash_table_iter_init(&it, e->known);
	while (g_hash_table_iter_next(&it, NULL, &v))
		while (((GQueue *)v)->length > 0)
			g_ptr_array_add(rest, g_queue_pop_head(v));
	g_hash_table_remove_all(e->known);
	g_ptr_array_sort(rest, by_record);
	return rest;
}
