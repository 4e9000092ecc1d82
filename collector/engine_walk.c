/* Between the walk and the engine: its questions, what it settles. */

#include <string.h>

#include "collector/engine_priv.h"
#include "probes/dns.h"
#include "probes/dns_other.h"

/* --- what the walk calls ------------------------------------------------------------------ */

/* The registrable domain of a name: by the same rules as a target's. */
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

static void
walk_asks(void *arg, const struct walk_ask *w)
{
	struct engine *e = arg;
	const struct raise_set *set = e->setup.set;
	char **recursive = set != NULL ? set->recursive : NULL;
	g_autofree char *note = recursive != NULL ? g_strdup(NOTE_RECURSIVE) :
	    g_strconcat(DNS_ZONE_NOTE, w->zone, NULL);
	struct question *q = question_with(question_new(PROBE_DNS, w->name,
	    w->type, w->ns, w->server, dns_server_port(recursive, w->server),
	    note), w->options);
	struct asked *a = engine_ask(e, w->owner, w->sake, q, w->cause,
	    w->with);

	if (a == NULL)
		walk_refused(e->walk, w->tag, w->cause.n);
	else if (a->n != 0)
		walk_answer(e->walk, w->tag, a->n,
		    (struct fact *const *)a->facts->pdata, a->facts->len);
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

	engine_interest(r->g->e, r->g, n);
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

	(void)outcome;
	g->pending--;
	/* It may have been asked for somebody else. */
	engine_interest(e, g, n);
	if (strcmp(type, "A") != 0 && strcmp(type, "AAAA") != 0)
		return;
	r.purposes = GPOINTER_TO_UINT(g_hash_table_lookup(g->purposes, name));
	if (r.purposes != 0)
		walk_addresses(e->walk, name, address_known, &r);
	fetch_wake(e, name, type);
}

static void
walk_limits(void *arg, void *sake, const char *name, enum limit l)
{
	struct engine *e = arg;
	const struct goal *g = sake;

	engine_event(e, "limit", json_pack("{s:s?, s:s, s:I, s:s, s:s}",
	    "target", g != NULL ? g->t.name : NULL, "limit",
	    limit_info(l)->name, "value",
	    (json_int_t)e->setup.limits->value[l], "name", name, "text",
	    "the name was not looked up any further"));
}

const struct walk_calls engine_walk_calls = {
	.ask = walk_asks, .settled = walk_settles,
	.registrable = registrable_of, .limited = walk_limits,
};

/* --- what a target wants ---------------------------------------------------------------- */

static gboolean
goal_owns(const struct goal *g, const char *name)
{
	size_t n = strlen(name), z = strlen(g->t.registrable);

	return z > 0 && n >= z && (n == z || name[n - z - 1] == '.') &&
	    strcmp(name + n - z, g->t.registrable) == 0;
}

/* A name under which something is asked about an address.  Whose it is is not
 * known, but the walk need not remember it: the answers are (idle_trim()). */
gboolean
goal_of_address(const char *name)
{
	static const char *const under[] = {
		".in-addr.arpa", ".ip6.arpa", ".origin.asn.cymru.com",
		".origin6.asn.cymru.com",
	};
	size_t n = strlen(name);

	n -= n > 0 && name[n - 1] == '.';
	for (size_t i = 0; i < G_N_ELEMENTS(under); i++) {
		size_t u = strlen(under[i]);

		if (n > u && g_ascii_strncasecmp(name + n - u, under[i], u) == 0)
			return TRUE;
	}
	return FALSE;
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
	walk_want(g->e->walk, g, goal_owns(g, name) || goal_of_address(name) ?
	    g : NULL, name, type, cause);
}
