/*
 * Servers that are known by name: a fetch waits until the name's addresses are
 * known, asks the first (IPv4 before IPv6), and one more where that one could
 * not be reached.
 *
 * Registration services: a seek waits until the bootstrap list of its kind has
 * come, then looks its subject up in it.
 */

#include <string.h>

#include "collector/engine_priv.h"
#include "probes/http_message.h"

#define TRIES_MOST	2

enum { SETTLED_A = 1, SETTLED_AAAA = 2, SETTLED_ALL = 3 };

/* --- fetches ---------------------------------------------------------------------- */

static void
fetch_free(struct fetch *f)
{
	g_free(f->name);
	g_free(f->type);
	g_free(f->host);
	g_free(f->note);
	g_free(f->options);
	g_free(f);
}

void
host_free(void *p)
{
	GPtrArray *fetches = p;

	for (guint i = 0; i < fetches->len; i++)
		fetch_free(fetches->pdata[i]);
	g_ptr_array_unref(fetches);
}

static gboolean
is_list(const struct fetch *f)
{
	return f->kind == PROBE_RDAP && strcmp(f->type, "bootstrap") == 0;
}

gboolean
fetch_is_page(enum probe_kind kind, const char *type)
{
	return kind == PROBE_HTTP && strcmp(type, "requisite") != 0;
}

static void
fetch_over(struct fetch *f)
{
	f->goal->pending--;
	if (fetch_is_page(f->kind, f->type)) {
		f->goal->pages_due--;
		f->goal->pages_moved = TRUE;
	}
	fetch_free(f);
}

struct choice {
	struct engine		*e;
	const struct fetch	*f;
	char			*ip;
	uint64_t		 n;
	gboolean		 v4;
};

static struct question *
fetch_question(const struct fetch *f, const char *ip)
{
	return question_with(question_new(f->kind, f->name, f->type, f->host,
	    ip, f->port, f->note), f->options);
}

static gboolean
tried(struct choice *c, const char *ip)
{
	struct question *q = fetch_question(c->f, ip);
	g_autofree char *key = question_key(q);
	const struct asked *a = g_hash_table_lookup(c->e->asked, key);

	question_unref(q);
	/* What is under way or was answered for somebody else serves as well. */
	return a != NULL && a->x != NULL && a->x->status != X_ANSWERED;
}

static void
choose(const char *ip, uint64_t n, void *arg)
{
	struct choice *c = arg;
	gboolean v4 = strchr(ip, ':') == NULL;

	if ((c->ip != NULL && (c->v4 || !v4)) || tried(c, ip))
		return;
	g_free(c->ip);
	c->ip = g_strdup(ip);
	c->n = n;
	c->v4 = v4;
}

static void
fetch_ask(struct fetch *f, const char *ip, uint64_t n)
{
	struct engine *e = f->goal->e;
	struct question *q = fetch_question(f, ip);
	struct asked *a = engine_ask(e, f->goal, f->goal, q, f->cause,
	    n != f->cause.n ? n : 0);

	question_unref(q);
	f->tries++;
	/* Others wait for the list that this target may not ask for. */
	if (a == NULL && is_list(f))
		seek_list(e, NULL);
	if (a == NULL || a->n != 0)
		fetch_over(f);
	else
		g_ptr_array_add(a->fetches, f);
}

static void
fetch_nowhere(struct fetch *f)
{
	struct engine *e = f->goal->e;
	g_autofree char *text = g_strdup_printf(
	    "no address of %s was found to ask", f->host);

	if (!e->stopping && f->tries == 0)
		engine_event(e, "skipped", json_pack(
		    "{s:s, s:s, s:{s:s, s:s, s:s}, s:{s:I, s:s}, s:s}",
		    "target", f->goal->t.name, "kind",
		    probe_kind_name(f->kind), "question", "name", f->name,
		    "type", f->type, "host", f->host, "cause", "n",
		    (json_int_t)f->cause.n, "rule", f->cause.rule, "text",
		    text));
	if (is_list(f))
		seek_list(e, NULL);
	fetch_over(f);
}

/* TRUE where the fetch has gone on; FALSE: it has to wait. */
static gboolean
fetch_try(struct fetch *f)
{
	struct choice c = { .e = f->goal->e, .f = f };

	walk_addresses(c.e->walk, f->host, choose, &c);
	if (c.ip != NULL && (c.v4 || f->settled == SETTLED_ALL)) {
		fetch_ask(f, c.ip, c.n);
		g_free(c.ip);
		return TRUE;
	}
	g_free(c.ip);
	if (f->settled != SETTLED_ALL)
		return FALSE;
	fetch_nowhere(f);
	return TRUE;
}

static GPtrArray *
host_waiting(struct engine *e, const char *name)
{
	GPtrArray *waiting = g_hash_table_lookup(e->hosts, name);

	if (waiting == NULL) {
		waiting = g_ptr_array_new();
		g_hash_table_insert(e->hosts, g_strdup(name), waiting);
	}
	return waiting;
}

void
fetch_wake(struct engine *e, const char *name, const char *type)
{
	g_autofree char *host = g_strdup(name);
	gpointer key = NULL, value = NULL;
	g_autoptr(GPtrArray) all = NULL;

	if (!g_hash_table_steal_extended(e->hosts, host, &key, &value))
		return;
	g_free(key);
	all = value;
	for (guint i = 0; i < all->len; i++) {
		struct fetch *f = all->pdata[i];

		f->settled |= strcmp(type, "A") == 0 ? SETTLED_A :
		    SETTLED_AAAA;
		if (!fetch_try(f))
			g_ptr_array_add(host_waiting(e, host), f);
	}
}

static void
fetch_wait(struct fetch *f)
{
	g_autofree char *host = g_strdup(f->host);
	struct goal *g = f->goal;
	struct walk_cause cause = f->cause;

	g_ptr_array_add(host_waiting(g->e, host), f);
	/* Either may be settled at once, and the fetch with it. */
	goal_want(g, host, "A", 0, cause);
	goal_want(g, host, "AAAA", 0, cause);
}

void
fetch_start(struct goal *g, const struct wish *w, uint64_t n)
{
	struct fetch *f = g_new0(struct fetch, 1);

	f->goal = g;
	f->kind = w->kind;
	f->name = g_strdup(w->name);
	f->type = g_strdup(w->type);
	f->host = g_strdup(w->host);
	f->port = w->port;
	f->note = g_strdup(w->note);
	f->options = g_strdup(w->options);
	f->cause = (struct walk_cause){ n, w->rule };
	g->pending++;
	g->pages_due += fetch_is_page(f->kind, f->type) ? 1 : 0;
	if (g_hostname_is_ip_address(f->host))
		fetch_ask(f, f->host, 0);
	else
		fetch_wait(f);
}

static gboolean
unreached(enum xstatus s)
{
	return s == X_REFUSED || s == X_TIMEOUT || s == X_UNREACHABLE ||
	    s == X_RESET;
}

/* No address of the server gave an answer. */
static void
fetch_silent(struct fetch *f, const struct asked *a)
{
	struct raiser r;

	if (f->goal->open && a->x->status != X_ANSWERED) {
		raiser_init(&r, f->goal, a->x, a->n);
		raise_silence(&r);
	}
	fetch_over(f);
}

void
fetch_answered(struct fetch *f, const struct asked *a)
{
	struct choice c = { .e = f->goal->e, .f = f };

	if (!unreached(a->x->status) || f->tries >= TRIES_MOST) {
		fetch_silent(f, a);
		return;
	}
	walk_addresses(c.e->walk, f->host, choose, &c);
	if (c.ip == NULL) {
		fetch_silent(f, a);
		return;
	}
	f->cause.n = a->n;
	f->cause.rule = "other address";
	fetch_ask(f, c.ip, c.n);
	g_free(c.ip);
}

/* --- registration services ----------------------------------------------------------- */

void
seek_free(void *p)
{
	struct seek *s = p;

	g_free(s->subject);
	g_free(s);
}

static size_t
list_index(const char *which)
{
	for (size_t i = 0; i < SERVICES_LISTS; i++)
		if (strcmp(services_lists[i], which) == 0)
			return i;
	g_assert_not_reached();
}

static void
seek_look(struct goal *g, const char *subject, struct walk_cause cause)
{
	struct question *q = question_new(PROBE_LOCAL, subject,
	    "rdap-service", "", "", 0, "");

	engine_ask(g->e, g, g, q, cause, 0);
	question_unref(q);
}

void
seek_start(struct goal *g, const char *subject, struct walk_cause cause)
{
	struct engine *e = g->e;
	const char *which = services_list(subject);
	size_t i = list_index(which);
	struct seek *s;
	g_autofree char *url = NULL;

	if (services_copy(e->services, which) != NULL) {
		seek_look(g, subject, cause);
		return;
	}
	s = g_new0(struct seek, 1);
	s->goal = g;
	s->subject = g_strdup(subject);
	s->cause = cause;
	g->pending++;
	g_ptr_array_add(e->seeks[i], s);
	if (e->list_asked[i])
		return;
	e->list_asked[i] = TRUE;
	url = g_strdup_printf("https://data.iana.org/rdap/%s.json", which);
	fetch_start(g, &(struct wish){ .kind = PROBE_RDAP, .name = url,
	    .type = "bootstrap", .host = "data.iana.org", .port = 443,
	    .note = "the list of services", .rule = cause.rule }, cause.n);
}

static void
list_flush(struct engine *e, size_t i, uint64_t n)
{
	g_autoptr(GPtrArray) all = g_steal_pointer(&e->seeks[i]);

	e->seeks[i] = g_ptr_array_new_with_free_func(seek_free);
	for (guint k = 0; k < all->len; k++) {
		struct seek *s = all->pdata[k];
		struct walk_cause cause = { n != 0 ? n : s->cause.n,
		    "rdap.bootstrap" };

		seek_look(s->goal, s->subject, cause);
		s->goal->pending--;
	}
}

/* The body of an answer that can be relied on, or nothing. */
static void
list_add(struct engine *e, const char *which, const struct exchange *x)
{
	const char *trust = exchange_meta_get(x, "trust.result");
	struct http_message m;
	gsize len = 0;
	const void *p;

	if (x->status == X_ANSWERED && strcmp(x->detail, "200") == 0 &&
	    trust != NULL && strcmp(trust, "ok") == 0 &&
	    x->received.bytes != NULL) {
		p = g_bytes_get_data(x->received.bytes, &len);
		if (http_message_parse(p, len, &m) == 0) {
			gsize n = 0;
			const char *body = g_bytes_get_data(m.body, &n);

			services_add(e->services, which, body, n);
			http_message_clear(&m);
			return;
		}
	}
	services_add(e->services, which, NULL, 0);
}

void
seek_list(struct engine *e, const struct exchange *x)
{
	for (size_t i = 0; i < SERVICES_LISTS; i++) {
		g_autofree char *file = g_strdup_printf("/%s.json",
		    services_lists[i]);

		if (x != NULL && !g_str_has_suffix(x->q->name, file))
			continue;
		if (services_copy(e->services, services_lists[i]) != NULL)
			continue;
		/* One that was not reached is tried once more elsewhere;
		 * meanwhile the program's own copy serves. */
		if (x != NULL)
			list_add(e, services_lists[i], x);
		else if (e->list_asked[i])
			services_add(e->services, services_lists[i], NULL, 0);
		else
			continue;
		list_flush(e, i, x != NULL ? x->n : 0);
	}
}

/* --- a target that is closed before its time --------------------------------------------- */

static gboolean
drop_of(GPtrArray *fetches, const struct goal *g)
{
	gboolean list = FALSE;

	for (guint i = fetches->len; i-- > 0;) {
		struct fetch *f = fetches->pdata[i];

		if (f->goal != g)
			continue;
		list |= is_list(f);
		g_ptr_array_remove_index(fetches, i);
		fetch_free(f);
	}
	return list;
}

void
fetch_drop(struct engine *e, struct goal *g)
{
	GHashTableIter it;
	gboolean list = FALSE;
	void *v;

	for (size_t k = 0; k < G_N_ELEMENTS(e->seeks); k++)
		for (guint i = e->seeks[k]->len; i-- > 0;)
			if (((struct seek *)e->seeks[k]->pdata[i])->goal == g)
				g_ptr_array_remove_index(e->seeks[k], i);
	g_hash_table_iter_init(&it, e->hosts);
	while (g_hash_table_iter_next(&it, NULL, &v))
		list |= drop_of(v, g);
	g_hash_table_iter_init(&it, e->asked);
	while (g_hash_table_iter_next(&it, NULL, &v))
		drop_of(((struct asked *)v)->fetches, g);
	/* The list that this target was to fetch is fetched by nobody now. */
	if (list)
		seek_list(e, NULL);
}
