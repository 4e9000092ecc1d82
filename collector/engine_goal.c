/* Targets: opening, what they show, closing. */

#include <string.h>

#include "collector/engine_priv.h"
#include "probes/join.h"
#include "probes/seam.h"
#include "probes/text.h"

/* --- making --------------------------------------------------------------------------- */

/* What only an open target has: a thousand that wait, or are over, take no
 * room. */
static void
tables_make(struct goal *g)
{
	GHashTable **const tables[] = {
		&g->purposes, &g->hops, &g->ips, &g->seen, &g->deep,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		*tables[i] = g_hash_table_new_full(g_str_hash, g_str_equal,
		    g_free, NULL);
	g->asked = g_ptr_array_new();
	g->domains = g_ptr_array_new_with_free_func(g_free);
	g->crawl = crawl_new();
}

static void
tables_free(struct goal *g)
{
	GHashTable **const tables[] = {
		&g->purposes, &g->hops, &g->ips, &g->seen, &g->deep,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		g_clear_pointer(tables[i], g_hash_table_unref);
	g_clear_pointer(&g->asked, g_ptr_array_unref);
	g_clear_pointer(&g->domains, g_ptr_array_unref);
	g_clear_pointer(&g->crawl, crawl_free);
}

void
goal_free(void *p)
{
	struct goal *g = p;

	target_clear(&g->t);
	g_free(g->tld);
	tables_free(g);
	g_free(g);
}

struct goal *
goal_new(struct engine *e, const struct target *t)
{
	struct goal *g = g_new0(struct goal, 1);
	const char *dot = strrchr(t->name, '.');

	g->e = e;
	g->t = (struct target){
		.kind = t->kind, .text = g_strdup(t->text),
		.name = g_strdup(t->name), .display = g_strdup(t->display),
		.registrable = g_strdup(t->registrable),
		.suffix = g_strdup(t->suffix), .url = g_strdup(t->url),
		.host = g_strdup(t->host),
	};
	g->tld = g_strdup(dot != NULL ? dot + 1 : "");
	g_ptr_array_add(e->goals, g);
	return g;
}

void
engine_target(struct engine *e, const struct target *t)
{
	goal_new(e, t);
}

/* --- opening ---------------------------------------------------------------------------------- */

static void
goal_open(struct goal *g)
{
	struct raiser r;

	tables_make(g);
	g->open = TRUE;
	g->opened = clock_mono_ns();
	g->e->open++;
	raiser_init(&r, g, NULL, 0);
	/* Held open while it raises its first questions. */
	g->pending++;
	if (g->imported)
		goal_open_imported(g, &r);
	else
		raise_target(&r, g->t.kind == TARGET_ADDRESS);
	g->pending--;
}

void
goal_open_more(struct engine *e)
{
	int64_t most = e->setup.limits->value[LIMIT_TARGETS_OPEN];

	while (!e->stopping && (int64_t)e->open < most &&
	    e->next_goal < e->goals->len)
		goal_open(e->goals->pdata[e->next_goal++]);
}

/* --- closing ------------------------------------------------------------------------------------ */

static int
by_record(const void *a, const void *b)
{
	const struct asked *x = *(struct asked *const *)a;
	const struct asked *y = *(struct asked *const *)b;

	return x->n < y->n ? -1 : x->n > y->n;
}

static void
goal_join(struct goal *g)
{
	g_autoptr(GPtrArray) facts = g_ptr_array_new();
	g_autoptr(GPtrArray) joined = NULL;

	g_ptr_array_sort(g->asked, by_record);
	for (guint i = 0; i < g->asked->len; i++) {
		struct asked *a = g->asked->pdata[i];

		for (guint k = 0; k < a->facts->len; k++)
			g_ptr_array_add(facts, a->facts->pdata[k]);
	}
	joined = target_join(g->t.name, g->t.registrable, facts);
	for (guint i = 0; i < joined->len; i++) {
		struct fact *f = joined->pdata[i];

		f->target = g_strdup(g->t.name);
		if (journal_fact(g->e->setup.journal, f) != 0)
			g->e->failed = TRUE;
		g->e->facts++;
	}
}

/* Asked for this target's own names: nobody else will want it. */
static gboolean
asked_specific(const struct goal *g, const struct asked *a)
{
	if (a->n == 0 || a->interested->len > 0)
		return FALSE;
	/* Parts of its pages may stand elsewhere. */
	return a->q->kind == PROBE_HTTP || (*g->t.registrable != '\0' &&
	    strstr(a->q->name, g->t.registrable) != NULL);
}

static void
asked_evict(struct engine *e, struct asked *a)
{
	g_hash_table_remove(e->records, GSIZE_TO_POINTER((gsize)a->n));
	g_hash_table_remove(e->asked, a->key);
}

/* Addresses are looked up for whichever target meets them first.  So many of
 * the answers are remembered for later targets, and no more, or memory would
 * grow with their number. */
static void
idle_trim(struct engine *e)
{
	int64_t most = e->setup.limits->value[LIMIT_SHARED_ANSWERS];

	while ((int64_t)e->idle.length > most) {
		struct asked *a = g_queue_pop_head(&e->idle);

		a->idle = FALSE;
		if (a->interested->len > 0)
			continue;
		if (!e->evicted)
			engine_event(e, "limit", json_pack("{s:s, s:I, s:s}",
			    "limit", "shared.answers", "value",
			    (json_int_t)most, "text", "older answers about "
			    "addresses were let go; one that is wanted again "
			    "is asked again"));
		e->evicted = TRUE;
		asked_evict(e, a);
	}
}

static gboolean
asked_of_address(const struct asked *a)
{
	enum category c = question_category(a->q);

	/* Handshakes without a name, and who announces the address, too. */
	return a->n != 0 && (c == CAT_ADDRESSES || c == CAT_PLACE ||
	    g_hostname_is_ip_address(a->q->name) || goal_of_address(a->q->name));
}

/* What is left of a target that nobody else is interested in. */
static void
asked_leave(struct goal *g, struct asked *a)
{
	struct engine *e = g->e;

	g_ptr_array_remove(a->interested, g);
	for (guint i = a->later->len; i-- > 0;)
		if (g_array_index(a->later, struct later, i).goal == g)
			g_array_remove_index(a->later, i);
	if (a->idle)
		return;
	if (asked_specific(g, a))
		asked_evict(e, a);
	else if (a->interested->len == 0 && asked_of_address(a)) {
		a->idle = TRUE;
		g_queue_push_tail(&e->idle, a);
	}
}

/* Nobody waits for what it would answer. */
static gboolean
nobody_waits(const struct exchange *x, void *arg)
{
	struct engine *e = arg;
	g_autofree char *key = question_key(x->q);
	const struct asked *a = g_hash_table_lookup(e->asked, key);

	if (a->interested->len > 0 || a->fetches->len > 0)
		return FALSE;
	for (guint i = 0; i < a->tags->len; i++)
		if (walk_awaits(e->walk, g_array_index(a->tags, unsigned, i)))
			return FALSE;
	/* The lists of services are everybody's. */
	return x->q->kind != PROBE_LOCAL && strcmp(x->q->type, "bootstrap") != 0;
}

/* What stands in line for a target that was closed before its time is not
 * asked any more. */
static void
line_clear(struct engine *e)
{
	g_autoptr(GPtrArray) gone = loop_drop(e->loop, nobody_waits, e);

	for (guint i = 0; i < gone->len; i++) {
		struct exchange *x = gone->pdata[i];
		g_autofree char *key = question_key(x->q);

		e->unasked++;
		e->all.asked--;
		e->all.waiting--;
		g_hash_table_remove(e->asked, key);
		exchange_free(x);
	}
}

void
goal_close(struct goal *g)
{
	struct engine *e = g->e;
	gboolean early = g->pending > 0;

	if (!g->imported)
		goal_join(g);
	for (guint i = 0; i < g->asked->len; i++)
		asked_leave(g, g->asked->pdata[i]);
	idle_trim(e);
	g_ptr_array_set_size(g->asked, 0);
	g->open = FALSE;
	g->closed = TRUE;
	e->open--;
	if (early)
		fetch_drop(e, g);
	walk_forget(e->walk, g);
	if (early && !e->stopping)
		line_clear(e);
	tables_free(g);
}

static void
goal_deadline(struct goal *g)
{
	struct engine *e = g->e;
	int64_t most = e->setup.limits->value[LIMIT_TARGET_DEADLINE];

	if (g->imported || clock_mono_ns() - g->opened < most * 1000000)
		return;
	engine_event(e, "limit", json_pack("{s:s, s:s, s:I, s:s}", "target",
	    g->t.name, "limit", "target.deadline", "value", (json_int_t)most,
	    "text", "the target's time was over"));
	g->timed_out = TRUE;
	engine_cut_short(e, "the limit target.deadline was met");
	goal_close(g);
}

/* Something of the site has come since, and nothing more is waited for. */
static void
goal_pages(struct goal *g)
{
	struct raiser r;

	/* What was asked for another target already is over at once. */
	while (g->pages_moved && g->pages_due == 0 && !g->e->stopping) {
		g->pages_moved = FALSE;
		raiser_init(&r, g, NULL, 0);
		raise_pages(&r);
	}
}

void
goal_close_done(struct engine *e)
{
	for (guint i = 0; i < e->next_goal; i++) {
		struct goal *g = e->goals->pdata[i];

		if (!g->open)
			continue;
		goal_pages(g);
		if (g->pending == 0 ||
		    (e->stopping && loop_flying(e->loop) == 0))
			goal_close(g);
		else
			goal_deadline(g);
	}
}
