/* What the rules of probes/raise.c call. */

#include <string.h>

#include "collector/engine_priv.h"

static struct walk_cause
cause_of(const struct raiser *r, const char *rule)
{
	struct walk_cause c = { r->n, rule };

	return c;
}

static void
raise_want(struct raiser *r, const char *name, const char *type,
    unsigned purpose, const char *rule)
{
	goal_want(r->arg, name, type, purpose, cause_of(r, rule));
}

static void
raise_fetch(struct raiser *r, const struct wish *w)
{
	fetch_start(r->arg, w, r->n);
}

static void
raise_ask(struct raiser *r, const struct wish *w)
{
	struct goal *g = r->arg;
	struct question *q = question_with(question_new(w->kind, w->name,
	    w->type, w->host, w->server, w->port, w->note), w->options);

	engine_ask(g->e, g, g, q, cause_of(r, w->rule), 0);
	question_unref(q);
}

static void
raise_service(struct raiser *r, const char *subject, const char *rule)
{
	seek_start(r->arg, subject, cause_of(r, rule));
}

static void
raise_skip(struct raiser *r, const struct wish *w, const char *why)
{
	struct goal *g = r->arg;

	engine_event(g->e, "skipped", json_pack(
	    "{s:s, s:s, s:{s:s, s:s, s:s}, s:{s:I, s:s}, s:s}", "target",
	    g->t.name, "kind", probe_kind_name(w->kind), "question", "name",
	    w->name, "type", w->type, "host", w->host, "cause", "n",
	    (json_int_t)r->n, "rule", w->rule, "text", why));
}

static void
raise_met(struct raiser *r, enum limit l, const char *text)
{
	struct goal *g = r->arg;

	engine_event(g->e, "limit", json_pack("{s:s, s:s, s:I, s:s}",
	    "target", g->t.name, "limit", limit_info(l)->name, "value",
	    (json_int_t)r->limits->value[l], "text", text));
}

static gboolean
raise_hop(struct raiser *r, const char *from, const char *to)
{
	struct goal *g = r->arg;
	unsigned far = GPOINTER_TO_UINT(g_hash_table_lookup(g->hops, from)) +
	    1;
	enum limit l = r->x->q->kind == PROBE_DNS ? LIMIT_DNS_SPF :
	    r->x->q->kind == PROBE_RDAP ? LIMIT_RDAP_HOPS :
	    r->x->q->kind == PROBE_WHOIS ? LIMIT_WHOIS_HOPS : LIMIT_HTTP_HOPS;

	if (g_hash_table_contains(g->hops, to))
		return TRUE;
	if (far > (unsigned)g->e->setup.limits->value[l]) {
		engine_event(g->e, "limit", json_pack("{s:s, s:s, s:I, s:s}",
		    "target", g->t.name, "limit", limit_info(l)->name,
		    "value", (json_int_t)g->e->setup.limits->value[l], "text",
		    "a further redirect or referral was not followed"));
		return FALSE;
	}
	g_hash_table_insert(g->hops, g_strdup(to), GUINT_TO_POINTER(far));
	return TRUE;
}

static void
given_up(struct goal *g, const struct raiser *r, enum limit l, int64_t value,
    const char *text)
{
	engine_event(g->e, "skipped", json_pack(
	    "{s:s, s:s, s:{s:s, s:s, s:s}, s:{s:I, s:s}, s:s, s:I, s:s}",
	    "target", g->t.name, "kind", probe_kind_name(r->x->q->kind),
	    "question", "name", r->x->q->name, "type", r->x->q->type, "host",
	    r->x->q->host, "cause", "n", (json_int_t)r->n, "rule", "retry",
	    "limit", limit_info(l)->name, "value", (json_int_t)value, "text",
	    text));
}

/* While the server is left alone, whatever else waits for it does so too. */
static void
raise_again(struct raiser *r, int64_t wait_ms)
{
	struct goal *g = r->arg;
	const struct question *q = r->x->q;
	const int64_t *v = g->e->setup.limits->value;
	g_autofree char *was = question_option(q, "again");
	int64_t times = was != NULL ? g_ascii_strtoll(was, NULL, 10) : 0;
	int64_t wait = wait_ms > 0 ? wait_ms : v[LIMIT_RETRY_DEFAULT];
	g_autofree char *now = NULL, *options = NULL;
	struct question *again;

	if (times >= v[LIMIT_RETRY_TIMES]) {
		given_up(g, r, LIMIT_RETRY_TIMES, v[LIMIT_RETRY_TIMES],
		    "refused again; not asked any more");
		return;
	}
	if (wait > v[LIMIT_RETRY_AFTER]) {
		loop_wait(g->e->loop, q, wait);
		given_up(g, r, LIMIT_RETRY_AFTER, wait, "the server asks to "
		    "wait longer than the limit; not asked again");
		return;
	}
	now = g_strdup_printf("%" G_GINT64_FORMAT, times + 1);
	options = options_set(q->options, "again", now);
	again = question_with(question_new(q->kind, q->name, q->type, q->host,
	    q->server, q->port, q->note), options);
	loop_wait(g->e->loop, again, wait);
	engine_ask(g->e, g, g, again, cause_of(r, "retry"), 0);
	question_unref(again);
}

static gboolean
raise_deep(struct raiser *r, const char *ip)
{
	struct goal *g = r->arg;
	int64_t most = g->e->setup.limits->value[LIMIT_TARGET_ADDRESSES];

	if (g_hash_table_contains(g->deep, ip))
		return TRUE;
	if (g_hash_table_size(g->deep) < (guint)MIN(most, G_MAXINT))
		return g_hash_table_add(g->deep, g_strdup(ip));
	if (!g->shallow)
		engine_event(g->e, "limit", json_pack("{s:s, s:s, s:I, s:s}",
		    "target", g->t.name, "limit", limit_info(
		    LIMIT_TARGET_ADDRESSES)->name, "value",
		    (json_int_t)most, "text", "with further addresses only "
		    "one handshake was made, and no distance measured"));
	g->shallow = TRUE;
	return FALSE;
}

void
raiser_init(struct raiser *r, struct goal *g, const struct exchange *x,
    uint64_t n)
{
	*r = (struct raiser){
		.arg = g, .name = g->t.name, .registrable = g->t.registrable,
		.url = g->t.url, .tld = g->tld, .x = x, .n = n,
		.domains = g->domains, .seen = g->seen,
		.set = g->e->setup.set, .geo = g->e->setup.geo,
		.vantage = g->e->setup.vantage != NULL ?
		    g->e->setup.vantage : "", .deep = raise_deep,
		.want = raise_want, .fetch = raise_fetch, .ask = raise_ask,
		.service = raise_service, .again = raise_again,
		.hop = raise_hop,
		.skip = raise_skip, .met = raise_met, .crawl = g->crawl,
		.limits = g->e->setup.limits,
	};
}
