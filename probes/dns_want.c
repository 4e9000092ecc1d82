/* Wants: made, asked, waiting, settled. */

#include <string.h>

#include "probes/dns_walk_priv.h"

/* --- making and freeing ---------------------------------------------------------- */

void
want_free(void *p)
{
	struct want *t = p;

	g_free(t->name);
	g_free(t->type);
	g_free(t->server);
	g_free(t->ns);
	g_ptr_array_unref(t->owners);
	g_ptr_array_unref(t->waiting);
	g_ptr_array_unref(t->followers);
	g_hash_table_unref(t->tried);
	g_free(t);
}

struct want *
want_new(struct walk *w, void *keep, const char *name, const char *type,
    struct walk_cause cause, gboolean is_cut)
{
	struct want *t = g_new0(struct want, 1);

	t->tag = ++w->next_tag;
	t->name = g_strdup(name);
	t->type = g_strdup(type);
	t->is_cut = is_cut;
	t->keep = keep;
	t->owners = g_ptr_array_new();
	t->waiting = g_ptr_array_new();
	t->followers = g_ptr_array_new();
	t->cause = cause;
	t->n = cause.n;
	t->tried = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	g_hash_table_insert(w->tags, GUINT_TO_POINTER(t->tag), t);
	g_hash_table_insert(w->wants, g_strdup_printf("%s%s %s",
	    is_cut ? "cut " : "", name, type), t);
	return t;
}

struct want *
want_at(const struct walk *w, const char *name, const char *type,
    gboolean is_cut)
{
	g_autofree char *key = g_strdup_printf("%s%s %s", is_cut ? "cut " :
	    "", name, type);

	return g_hash_table_lookup(w->wants, key);
}

/* One that failed for a limit of somebody else's begins again. */
gboolean
want_revive(struct want *t, void *sake)
{
	if (t->state != WANT_SETTLED || !t->limited || t->sake == sake)
		return FALSE;
	t->state = WANT_NEW;
	t->limited = t->sought = FALSE;
	t->sake = sake;
	t->zone = NULL;
	t->steps = t->depth = t->aliases = 0;
	g_hash_table_remove_all(t->tried);
	return TRUE;
}

void
want_limited(struct walk *w, struct want *t, enum limit l)
{
	t->limited = TRUE;
	w->call.limited(w->arg, t->sake, t->name, l);
}

guint
walk_most(const struct walk *w, enum limit l)
{
	return (guint)w->limits->value[l];
}

/* --- settling ------------------------------------------------------------------------ */

static void	cut_settled(struct walk *, struct want *, const struct want *);

/* Those that wait for an address of the name are about to be looked at. */
static GPtrArray *
sleepers_take(struct walk *w, const char *name)
{
	GPtrArray *hit = g_ptr_array_new();

	for (guint i = w->sleeping->len; i-- > 0;) {
		struct want *t = w->sleeping->pdata[i];

		if (!zone_has_server(t->zone, name))
			continue;
		t->state = WANT_NEW;
		g_ptr_array_remove_index(w->sleeping, i);
		g_ptr_array_insert(hit, 0, t);
	}
	return hit;
}

void
want_settle(struct walk *w, struct want *t, enum walk_outcome outcome,
    uint64_t n)
{
	g_autoptr(GPtrArray) waiting = g_steal_pointer(&t->waiting);
	g_autoptr(GPtrArray) owners = g_steal_pointer(&t->owners);
	g_autoptr(GPtrArray) followers = g_steal_pointer(&t->followers);
	g_autoptr(GPtrArray) awake = NULL;

	t->waiting = g_ptr_array_new();
	t->owners = g_ptr_array_new();
	t->followers = g_ptr_array_new();
	t->state = WANT_SETTLED;
	t->outcome = outcome;
	t->on = NULL;
	t->n = n;
	awake = t->is_cut ? g_ptr_array_new() : sleepers_take(w, t->name);
	for (guint i = 0; i < waiting->len; i++)
		cut_settled(w, waiting->pdata[i], t);
	for (guint i = 0; i < followers->len; i++) {
		((struct want *)followers->pdata[i])->limited = t->limited;
		want_settle(w, followers->pdata[i], outcome, n);
	}
	for (guint i = 0; i < owners->len; i++)
		w->call.settled(w->arg, owners->pdata[i], t->name, t->type,
		    outcome, n);
	for (guint i = 0; i < awake->len; i++)
		if (((struct want *)awake->pdata[i])->state == WANT_NEW)
			want_ask(w, awake->pdata[i]);
}

/* What waits for a cut goes on, or ends with it. */
static void
cut_settled(struct walk *w, struct want *o, const struct want *cut)
{
	o->on = NULL;
	/* No zone below a name that is not there, or that nobody answers
	 * for. */
	if (cut->outcome == WALK_NXDOMAIN || cut->outcome == WALK_FAILED) {
		o->limited = cut->limited;
		want_settle(w, o, cut->outcome, cut->n);
		return;
	}
	o->state = WANT_NEW;
	o->cause.n = cut->n;
	o->cause.rule = "dns.referral";
	want_step(w, o);
}

/* --- waiting --------------------------------------------------------------------------- */

static const char *const families[] = { "A", "AAAA" };

/* Whether something that the want waits for can go on without it. */
static gboolean
want_moves(struct walk *w, struct want *t)
{
	if (t->mark == w->mark)
		return FALSE;
	t->mark = w->mark;
	switch (t->state) {
	case WANT_NEW:
	case WANT_ASKED:
	case WANT_SETTLED:	/* and is about to say so */
		return TRUE;
	case WANT_CUT:
	case WANT_ALIAS:
		return want_moves(w, t->on);
	case WANT_ADDRESS:
		break;
	}
	for (guint i = 0; i < t->zone->servers->len; i++) {
		for (size_t k = 0; k < G_N_ELEMENTS(families); k++) {
			struct want *o = want_at(w,
			    t->zone->servers->pdata[i], families[k], FALSE);

			if (o != NULL && o->state != WANT_SETTLED &&
			    want_moves(w, o))
				return TRUE;
		}
	}
	return FALSE;
}

/* TRUE where it may wait so; else it has failed. */
gboolean
want_waits(struct walk *w, struct want *t, enum want_state state,
    struct want *on)
{
	t->state = state;
	t->on = on;
	w->mark++;
	if (want_moves(w, t))
		return TRUE;
	want_settle(w, t, WALK_FAILED, t->n);
	return FALSE;
}

/* --- asking ------------------------------------------------------------------------------ */

/* Wants the addresses of the zone's servers, once in each zone. */
static void
servers_want(struct walk *w, struct want *t)
{
	const struct zone *z = t->zone;
	struct walk_cause cause = { z->n, "dns.name_server" };

	if (t->sought || z->servers->len == 0)
		return;
	t->sought = TRUE;
	if (t->depth >= walk_most(w, LIMIT_DNS_DEPTH)) {
		want_limited(w, t, LIMIT_DNS_DEPTH);
		return;
	}
	for (guint i = 0; i < z->servers->len && i <
	    walk_most(w, LIMIT_DNS_SERVERS); i++) {
		const char *ns = z->servers->pdata[i];

		for (size_t k = 0; k < G_N_ELEMENTS(families); k++) {
			struct want *o = want_at(w, ns, families[k], FALSE);

			if (o == NULL) {
				o = want_new(w, NULL, ns, families[k], cause,
				    FALSE);
				o->sake = t->sake;
			} else if (!want_revive(o, t->sake))
				continue;
			o->depth = t->depth + 1;
			want_step(w, o);
		}
	}
}

/* What is asked may settle the want before the call returns. */
void
want_again(struct walk *w, struct want *t, const char *options)
{
	g_autofree char *fqdn = g_strconcat(t->name, ".", NULL);
	g_autofree char *zone = g_strconcat(t->zone->name, ".", NULL);
	g_autofree char *ip = g_strdup(t->server), *ns = g_strdup(t->ns);

	t->state = WANT_ASKED;
	w->call.ask(w->arg, &(struct walk_ask){
	    .name = fqdn, .type = t->type, .server = ip, .ns = ns,
	    .zone = zone, .options = options, .cause = t->cause,
	    .with = t->with,
	    .owner = t->owners->len > 0 ? t->owners->pdata[0] : t->keep,
	    .sake = t->sake, .tag = t->tag,
	});
}

static void
want_put(struct walk *w, struct want *t, const struct pick *p)
{
	g_hash_table_add(t->tried, g_strdup(p->ip));
	g_free(t->server);
	g_free(t->ns);
	t->server = g_strdup(p->ip);
	t->ns = g_strdup(p->ns != NULL ? p->ns : "");
	t->with = p->n != t->cause.n ? p->n : 0;
	want_again(w, t, w->recursive ? "rd" : "");
}

/* The next server of the zone; where none is known, their addresses. */
void
want_ask(struct walk *w, struct want *t)
{
	struct pick p = { .want = t };
	gboolean more = g_hash_table_size(t->tried) <
	    walk_most(w, LIMIT_DNS_SERVERS);

	t->state = WANT_NEW;
	pick_server(w, &p);
	if (p.ip == NULL && more) {
		servers_want(w, t);
		/* Some may be known at once. */
		pick_server(w, &p);
	}
	if (p.ip != NULL && more)
		want_put(w, t, &p);
	else if (p.ip != NULL) {
		want_limited(w, t, LIMIT_DNS_SERVERS);
		want_settle(w, t, WALK_FAILED, t->n);
	} else if (more && want_waits(w, t, WANT_ADDRESS, NULL))
		g_ptr_array_add(w->sleeping, t);
	else if (!more)
		want_settle(w, t, WALK_FAILED, t->n);
}

/* --- stepping ------------------------------------------------------------------------------- */

static void
cut_want(struct walk *w, struct want *t, const char *cut)
{
	struct want *c = want_at(w, cut, "NS", TRUE);
	gboolean begin = FALSE;

	if (c == NULL) {
		/* A TLD's cut is everybody's; a domain's is its owner's. */
		c = want_new(w, strchr(cut, '.') == NULL ? NULL : t->keep,
		    cut, "NS", t->cause, TRUE);
		c->sake = t->sake;
		begin = TRUE;
	} else
		begin = want_revive(c, t->sake);
	if (begin)
		c->depth = t->depth;
	if (c->state == WANT_SETTLED) {
		/* Known not to be there: a zone would have been found. */
		t->limited = c->limited;
		want_settle(w, t, c->outcome == WALK_NXDOMAIN ?
		    WALK_NXDOMAIN : WALK_FAILED, c->n);
		return;
	}
	if (!want_waits(w, t, WANT_CUT, c))
		return;
	g_ptr_array_add(c->waiting, t);
	if (begin)
		want_step(w, c);
}

/* DS records stand in the zone above the cut: RFC 4035 3.1.4.1. */
static const char *
asked_above(const struct want *t)
{
	const char *dot = strchr(t->name, '.');

	if (strcmp(t->type, "DS") != 0)
		return t->name;
	return dot != NULL ? dot + 1 : "";
}

void
want_step(struct walk *w, struct want *t)
{
	struct zone *z = zone_above(w, asked_above(t));
	g_autofree char *cut = NULL;

	/* The cut of a zone, and its DS, are asked of the zone above it. */
	if ((t->is_cut || strcmp(t->type, "DS") == 0) &&
	    strcmp(z->name, t->name) == 0)
		z = t->zone != NULL ? t->zone : zone_above(w,
		    strchr(t->name, '.') != NULL ? strchr(t->name, '.') + 1 :
		    "");
	if (++t->steps > walk_most(w, LIMIT_DNS_DEPTH)) {
		want_limited(w, t, LIMIT_DNS_DEPTH);
		want_settle(w, t, WALK_FAILED, t->n);
		return;
	}
	if (z != t->zone) {
		t->zone = z;
		t->sought = FALSE;
		g_hash_table_remove_all(t->tried);
	}
	cut = next_cut(w, t);
	if (cut != NULL)
		cut_want(w, t, cut);
	else
		want_ask(w, t);
}
