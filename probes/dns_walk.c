#include <string.h>

#include "probes/dns_walk.h"

/* An address of a name, and the record that gave it. */
struct address {
	char		*ip;
	uint64_t	 n;
};

struct name {
	GArray	*addresses;	/* struct address */
	char	*alias;		/* NULL: none */
};

struct server {
	char		*ns;
	gboolean	 wanted;	/* its addresses were asked for */
};

/* A zone, or a cut that turned out to be none. */
struct zone {
	char		*name;		/* "" the root */
	void		*owner;
	gboolean	 none;		/* no cut here: ask the zone above */
	GPtrArray	*servers;	/* struct server * */
	GPtrArray	*waiting;	/* struct want *: for an address of a server */
	GArray		*glue;		/* struct address; ns in server order lost */
	uint64_t	 n;		/* the record of the referral */
};

enum want_state {
	WANT_NEW, WANT_ASKED, WANT_CUT, WANT_ADDRESS, WANT_ALIAS, WANT_SETTLED,
};

struct want {
	unsigned		 tag;
	char			*name, *type;
	gboolean		 is_cut;
	GPtrArray		*owners;	/* for whom settled() is called */
	GPtrArray		*waiting;	/* struct want *: on this cut */
	GPtrArray		*followers;	/* struct want *: this is their alias */
	struct want		*follows;
	void			*owner;		/* in whose memory it lives */
	enum want_state		 state;
	enum walk_outcome	 outcome;
	struct walk_cause	 cause;
	struct zone		*zone;
	GHashTable		*tried;		/* addresses, in this zone */
	guint			 steps;
	uint64_t		 n;		/* the record that settled it */
};

struct walk {
	const struct limits	*limits;
	walk_ask_fn		*ask;
	walk_settled_fn		*settled;
	walk_registrable_fn	*registrable;
	void			*arg;
	GHashTable		*zones, *names, *wants;	/* "name type" -> want */
	GHashTable		*tags;
	GPtrArray		*sleeping;	/* struct zone *: something waits there */
	unsigned		 next_tag;
	unsigned		 depth;		/* of wants within wants */
};

static void	want_step(struct walk *, struct want *);
static void	names_wake(struct walk *, const char *);

/* --- making and freeing ---------------------------------------------------------- */

static void
address_clear(void *p)
{
	g_free(((struct address *)p)->ip);
}

static GArray *
addresses_new(void)
{
	GArray *a = g_array_new(FALSE, FALSE, sizeof(struct address));

	g_array_set_clear_func(a, address_clear);
	return a;
}

static void
name_free(void *p)
{
	struct name *n = p;

	g_array_unref(n->addresses);
	g_free(n->alias);
	g_free(n);
}

static void
server_free(void *p)
{
	struct server *s = p;

	g_free(s->ns);
	g_free(s);
}

static void
zone_free(void *p)
{
	struct zone *z = p;

	g_free(z->name);
	g_ptr_array_unref(z->servers);
	g_ptr_array_unref(z->waiting);
	g_array_unref(z->glue);
	g_free(z);
}

static void
want_free(void *p)
{
	struct want *w = p;

	g_free(w->name);
	g_free(w->type);
	g_ptr_array_unref(w->owners);
	g_ptr_array_unref(w->waiting);
	g_ptr_array_unref(w->followers);
	g_hash_table_unref(w->tried);
	g_free(w);
}

static struct zone *
zone_make(struct walk *w, const char *name, void *owner)
{
	struct zone *z = g_hash_table_lookup(w->zones, name);

	if (z != NULL)
		return z;
	z = g_new0(struct zone, 1);
	z->name = g_strdup(name);
	z->owner = owner;
	z->servers = g_ptr_array_new_with_free_func(server_free);
	z->waiting = g_ptr_array_new();
	z->glue = addresses_new();
	g_hash_table_insert(w->zones, z->name, z);
	return z;
}

struct walk *
walk_new(const struct limits *limits, walk_ask_fn *ask,
    walk_settled_fn *settled, walk_registrable_fn *registrable, void *arg)
{
	struct walk *w = g_new0(struct walk, 1);

	w->limits = limits;
	w->ask = ask;
	w->settled = settled;
	w->registrable = registrable;
	w->arg = arg;
	w->zones = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	    zone_free);
	w->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    name_free);
	w->wants = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    want_free);
	w->tags = g_hash_table_new(NULL, NULL);
	w->sleeping = g_ptr_array_new();
	zone_make(w, "", NULL);
	return w;
}

void
walk_free(struct walk *w)
{
	if (w == NULL)
		return;
	g_ptr_array_unref(w->sleeping);
	g_hash_table_unref(w->tags);
	g_hash_table_unref(w->wants);
	g_hash_table_unref(w->names);
	g_hash_table_unref(w->zones);
	g_free(w);
}

/* --- names and their addresses ------------------------------------------------------ */

static struct name *
name_make(struct walk *w, const char *name)
{
	struct name *n = g_hash_table_lookup(w->names, name);

	if (n == NULL) {
		n = g_new0(struct name, 1);
		n->addresses = addresses_new();
		g_hash_table_insert(w->names, g_strdup(name), n);
	}
	return n;
}

static void
address_add(GArray *to, const char *ip, uint64_t n)
{
	struct address a;

	for (guint i = 0; i < to->len; i++)
		if (strcmp(g_array_index(to, struct address, i).ip, ip) == 0)
			return;
	a.ip = g_strdup(ip);
	a.n = n;
	g_array_append_val(to, a);
}

void
walk_addresses(const struct walk *w, const char *name, walk_address_fn *fn,
    void *arg)
{
	int64_t most = w->limits->value[LIMIT_DNS_CNAMES];

	for (int64_t i = 0; name != NULL && i <= most; i++) {
		const struct name *n = g_hash_table_lookup(w->names, name);

		if (n == NULL)
			return;
		for (guint k = 0; k < n->addresses->len; k++) {
			struct address *a = &g_array_index(n->addresses,
			    struct address, k);

			fn(a->ip, a->n, arg);
		}
		name = n->alias;
	}
}

void
walk_hint(struct walk *w, const char *ns, const char *ip, uint64_t n)
{
	struct zone *root = g_hash_table_lookup(w->zones, "");

	(void)ns;
	address_add(root->glue, ip, n);
}

/* --- settling ------------------------------------------------------------------------ */

static void	cut_settled(struct walk *, struct want *, enum walk_outcome,
		    uint64_t);

static void
want_settle(struct walk *w, struct want *t, enum walk_outcome outcome,
    uint64_t n)
{
	g_autoptr(GPtrArray) waiting = g_steal_pointer(&t->waiting);
	g_autoptr(GPtrArray) owners = g_steal_pointer(&t->owners);
	g_autoptr(GPtrArray) followers = g_steal_pointer(&t->followers);

	t->waiting = g_ptr_array_new();
	t->owners = g_ptr_array_new();
	t->followers = g_ptr_array_new();
	t->state = WANT_SETTLED;
	t->outcome = outcome;
	t->n = n;
	for (guint i = 0; i < waiting->len; i++)
		cut_settled(w, waiting->pdata[i], outcome, n);
	for (guint i = 0; i < followers->len; i++)
		want_settle(w, followers->pdata[i], outcome, n);
	for (guint i = 0; i < owners->len; i++)
		w->settled(w->arg, owners->pdata[i], t->name, t->type, outcome,
		    n);
	if (!t->is_cut)
		names_wake(w, t->name);
}

/* What waits for a cut goes on, or ends with it. */
static void
cut_settled(struct walk *w, struct want *o, enum walk_outcome outcome,
    uint64_t n)
{
	/* No zone below a name that is not there, or that nobody answers
	 * for. */
	if (outcome == WALK_NXDOMAIN || outcome == WALK_FAILED) {
		want_settle(w, o, outcome, n);
		return;
	}
	o->state = WANT_NEW;
	o->cause.n = n;
	o->cause.rule = "dns.referral";
	want_step(w, o);
}

/* --- which server --------------------------------------------------------------------- */

struct pick {
	struct want	*want;
	const char	*ip, *ns;
	uint64_t	 n;
	gboolean	 v4;
};

static void
pick_address(const char *ip, uint64_t n, void *arg)
{
	struct pick *p = arg;
	gboolean v4 = strchr(ip, ':') == NULL;

	if (g_hash_table_contains(p->want->tried, ip))
		return;
	if (p->ip == NULL || (v4 && !p->v4)) {
		p->ip = ip;
		p->n = n;
		p->v4 = v4;
	}
}

static void
pick_server(const struct walk *w, const struct want *t, struct pick *p)
{
	const struct zone *z = t->zone;

	for (guint i = 0; i < z->glue->len; i++) {
		struct address *a = &g_array_index(z->glue, struct address, i);

		pick_address(a->ip, a->n, p);
	}
	for (guint i = 0; i < z->servers->len && (p->ip == NULL || !p->v4);
	    i++) {
		struct server *s = z->servers->pdata[i];
		const char *before = p->ip;

		walk_addresses(w, s->ns, pick_address, p);
		if (p->ip != before)
			p->ns = s->ns;
	}
}

/* Wants the addresses of the zone's servers; the want sleeps meanwhile. */
static void
servers_want(struct walk *w, struct want *t)
{
	struct zone *z = t->zone;
	struct walk_cause cause = { z->n, "dns.name_server" };
	guint most = (guint)w->limits->value[LIMIT_DNS_SERVERS];

	if (w->depth >= (unsigned)w->limits->value[LIMIT_DNS_DEPTH])
		return;
	w->depth++;
	for (guint i = 0; i < z->servers->len && i < most; i++) {
		struct server *s = z->servers->pdata[i];

		if (s->wanted)
			continue;
		s->wanted = TRUE;
		walk_want(w, NULL, NULL, s->ns, "A", cause);
		walk_want(w, NULL, NULL, s->ns, "AAAA", cause);
	}
	w->depth--;
}

static gboolean
servers_pending(const struct walk *w, const struct zone *z)
{
	for (guint i = 0; i < z->servers->len; i++) {
		const struct server *s = z->servers->pdata[i];
		g_autofree char *a = g_strdup_printf("%s A", s->ns);
		g_autofree char *q = g_strdup_printf("%s AAAA", s->ns);
		const struct want *v4 = g_hash_table_lookup(w->wants, a);
		const struct want *v6 = g_hash_table_lookup(w->wants, q);

		if ((v4 != NULL && v4->state != WANT_SETTLED) ||
		    (v6 != NULL && v6->state != WANT_SETTLED))
			return TRUE;
	}
	return FALSE;
}

/* For whose sake it is asked; NULL for everybody's. */
static void *
want_owner(const struct want *t)
{
	return t->owners->len > 0 ? t->owners->pdata[0] : t->owner;
}

/* TRUE where there is an address to wait for. */
static gboolean
want_sleep(struct walk *w, struct want *t)
{
	struct zone *z = t->zone;

	servers_want(w, t);
	if (!servers_pending(w, z))
		return FALSE;
	t->state = WANT_ADDRESS;
	g_ptr_array_add(z->waiting, t);
	if (!g_ptr_array_find(w->sleeping, z, NULL))
		g_ptr_array_add(w->sleeping, z);
	return TRUE;
}

static void
want_ask(struct walk *w, struct want *t)
{
	struct pick p = { .want = t };
	guint most = (guint)w->limits->value[LIMIT_DNS_SERVERS];
	g_autofree char *fqdn = g_strconcat(t->name, ".", NULL);
	g_autofree char *zone = g_strconcat(t->zone->name, ".", NULL);

	if (g_hash_table_size(t->tried) < most)
		pick_server(w, t, &p);
	if (p.ip == NULL) {
		if (g_hash_table_size(t->tried) < most && want_sleep(w, t))
			return;
		want_settle(w, t, WALK_FAILED, t->n);
		return;
	}
	g_hash_table_add(t->tried, g_strdup(p.ip));
	t->state = WANT_ASKED;
	w->ask(w->arg, &(struct walk_ask){
	    .name = fqdn, .type = t->type, .server = p.ip,
	    .ns = p.ns != NULL ? p.ns : "", .zone = zone, .cause = t->cause,
	    .with = p.n != t->cause.n ? p.n : 0,
	    .owner = want_owner(t), .tag = t->tag,
	});
}

/* --- which zone -------------------------------------------------------------------------- */

static struct zone *
zone_above(struct walk *w, const char *name)
{
	for (const char *p = name; p != NULL && *p != '\0';) {
		struct zone *z = g_hash_table_lookup(w->zones, p);

		if (z != NULL && !z->none)
			return z;
		p = strchr(p, '.');
		if (p != NULL)
			p++;
	}
	return g_hash_table_lookup(w->zones, "");
}

static gboolean
below(const char *name, const char *zone)
{
	size_t n = strlen(name), z = strlen(zone);

	if (z == 0)
		return n > 0;
	return n > z && name[n - z - 1] == '.' &&
	    strcmp(name + n - z, zone) == 0;
}

/* The next cut to ask for on the way to the name, or NULL. */
static char *
next_cut(const struct walk *w, const struct want *t)
{
	const char *zone = t->zone->name, *dot;
	g_autofree char *cut = NULL;
	const struct zone *known;

	if (*zone == '\0') {
		dot = strrchr(t->name, '.');
		cut = g_strdup(dot != NULL ? dot + 1 : t->name);
	} else
		cut = w->registrable(t->name);
	if (cut == NULL || !below(cut, zone))
		return NULL;
	if (t->is_cut && strcmp(cut, t->name) == 0)
		return NULL;
	known = g_hash_table_lookup(w->zones, cut);
	if (known != NULL)
		return NULL;
	return g_steal_pointer(&cut);
}

static struct want *
want_new(struct walk *w, void *owner, const char *name, const char *type,
    struct walk_cause cause, gboolean is_cut)
{
	struct want *t = g_new0(struct want, 1);

	t->tag = ++w->next_tag;
	t->name = g_strdup(name);
	t->type = g_strdup(type);
	t->is_cut = is_cut;
	t->owner = owner;
	t->owners = g_ptr_array_new();
	t->waiting = g_ptr_array_new();
	t->followers = g_ptr_array_new();
	t->cause = cause;
	t->tried = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	g_hash_table_insert(w->tags, GUINT_TO_POINTER(t->tag), t);
	g_hash_table_insert(w->wants, g_strdup_printf("%s%s %s",
	    is_cut ? "cut " : "", name, type), t);
	return t;
}

static void
cut_want(struct walk *w, struct want *t, const char *cut)
{
	g_autofree char *key = g_strdup_printf("cut %s NS", cut);
	struct want *c = g_hash_table_lookup(w->wants, key);
	/* A TLD's cut is everybody's; a domain's is its owner's. */
	void *owner = strchr(cut, '.') == NULL ? NULL : t->owner;

	t->state = WANT_CUT;
	if (c == NULL) {
		c = want_new(w, owner, cut, "NS", t->cause, TRUE);
		g_ptr_array_add(c->waiting, t);
		want_step(w, c);
	} else if (c->state == WANT_SETTLED) {
		/* Known not to be there: a zone would have been found. */
		want_settle(w, t, c->outcome == WALK_NXDOMAIN ?
		    WALK_NXDOMAIN : WALK_FAILED, c->n);
	} else
		g_ptr_array_add(c->waiting, t);
}

static void
want_step(struct walk *w, struct want *t)
{
	struct zone *z = zone_above(w, t->name);
	g_autofree char *cut = NULL;

	/* The cut of a zone is asked of the zone above it. */
	if (t->is_cut && strcmp(z->name, t->name) == 0)
		z = t->zone;
	if (++t->steps > (guint)w->limits->value[LIMIT_DNS_DEPTH]) {
		want_settle(w, t, WALK_FAILED, t->n);
		return;
	}
	if (z != t->zone) {
		t->zone = z;
		g_hash_table_remove_all(t->tried);
	}
	cut = next_cut(w, t);
	if (cut != NULL)
		cut_want(w, t, cut);
	else
		want_ask(w, t);
}

void
walk_want(struct walk *w, void *owner, void *keep, const char *name,
    const char *type, struct walk_cause cause)
{
	g_autofree char *key = g_strdup_printf("%s %s", name, type);
	struct want *t = g_hash_table_lookup(w->wants, key);

	if (t == NULL) {
		t = want_new(w, keep, name, type, cause, FALSE);
		if (owner != NULL)
			g_ptr_array_add(t->owners, owner);
		want_step(w, t);
	} else if (owner == NULL)
		return;
	else if (t->state == WANT_SETTLED)
		w->settled(w->arg, owner, name, type, t->outcome, t->n);
	else
		g_ptr_array_add(t->owners, owner);
}

/* --- what came back ------------------------------------------------------------------------- */

static void
zone_wake(struct walk *w, struct zone *z)
{
	g_autoptr(GPtrArray) waiting = g_steal_pointer(&z->waiting);

	z->waiting = g_ptr_array_new();
	for (guint i = 0; i < waiting->len; i++) {
		struct want *t = waiting->pdata[i];

		if (t->state == WANT_ADDRESS)
			want_ask(w, t);
	}
}

static gboolean
zone_has_server(const struct zone *z, const char *ns)
{
	for (guint i = 0; i < z->servers->len; i++)
		if (strcmp(((struct server *)z->servers->pdata[i])->ns,
		    ns) == 0)
			return TRUE;
	return FALSE;
}

/* An address has come, or will not: whatever waits for a server's address. */
static void
names_wake(struct walk *w, const char *name)
{
	g_autoptr(GPtrArray) hit = g_ptr_array_new();

	for (guint i = w->sleeping->len; i-- > 0;) {
		struct zone *z = w->sleeping->pdata[i];

		if (!zone_has_server(z, name))
			continue;
		g_ptr_array_remove_index(w->sleeping, i);
		g_ptr_array_add(hit, z);
	}
	for (guint i = 0; i < hit->len; i++)
		zone_wake(w, hit->pdata[i]);
}

static void
zone_server(struct zone *z, const char *ns)
{
	struct server *s;

	if (zone_has_server(z, ns))
		return;
	s = g_new0(struct server, 1);
	s->ns = g_strdup(ns);
	g_ptr_array_add(z->servers, s);
}

static void
fact_referral(struct walk *w, struct want *t, const struct fact *f, uint64_t n)
{
	void *owner = strchr(f->subject, '.') == NULL ? NULL : t->owner;
	struct zone *z = zone_make(w, f->subject, owner);
	const char *ns = fact_str(f, "ns");
	json_t *ip;
	size_t i;

	z->none = FALSE;
	if (z->n == 0)
		z->n = n;
	zone_server(z, ns);
	json_array_foreach(fact_get(f, "ips"), i, ip) {
		address_add(name_make(w, ns)->addresses, json_string_value(ip),
		    n);
	}
}

struct heard {
	gboolean	 referral, answer, nodata, nxdomain;
	const char	*alias;		/* the last one's end */
};

static void
fact_hear(struct walk *w, struct want *t, const struct fact *f, uint64_t n,
    struct heard *h)
{
	struct name *name;

	switch (f->kind) {
	case FACT_DNS_REFERRAL:
		fact_referral(w, t, f, n);
		h->referral = TRUE;
		break;
	case FACT_DNS_A:
	case FACT_DNS_AAAA:
		address_add(name_make(w, f->subject)->addresses,
		    fact_str(f, "ip"), n);
		h->answer = TRUE;
		break;
	case FACT_DNS_CNAME:
		name = name_make(w, f->subject);
		g_free(name->alias);
		name->alias = g_strdup(fact_str(f, "to"));
		h->alias = name->alias;
		break;
	case FACT_DNS_NODATA:
		h->nodata = TRUE;
		break;
	case FACT_DNS_NXDOMAIN:
		h->nxdomain = TRUE;
		break;
	case FACT_DNS_LAME:
		break;
	default:
		h->answer |= g_str_has_prefix(fact_info(f->kind)->name,
		    "dns.");
	}
}

/* A cut's question that was answered: the server serves both sides, or there
 * is no cut. */
static void
cut_answered(struct walk *w, struct want *t, const struct heard *h, uint64_t n)
{
	struct zone *z = zone_make(w, t->name, t->owner);

	if (h->answer && !h->alias) {
		z->n = n;
		for (guint i = 0; i < t->zone->glue->len; i++) {
			struct address *a = &g_array_index(t->zone->glue,
			    struct address, i);

			address_add(z->glue, a->ip, a->n);
		}
		for (guint i = 0; i < t->zone->servers->len; i++)
			zone_server(z, ((struct server *)
			    t->zone->servers->pdata[i])->ns);
	} else
		z->none = TRUE;
	want_settle(w, t, WALK_FOUND, n);
}

/* The alias is wanted in turn, and settles this want with it. */
static void
want_follow(struct walk *w, struct want *t, const char *alias, uint64_t n)
{
	struct walk_cause cause = { n, "dns.cname" };
	g_autofree char *to = g_strdup(alias);
	g_autofree char *key = g_strdup_printf("%s %s", to, t->type);
	struct want *o = g_hash_table_lookup(w->wants, key), *loop;
	int64_t chain = 0;

	for (loop = o; loop != NULL && loop != t; loop = loop->follows)
		if (++chain > w->limits->value[LIMIT_DNS_CNAMES])
			break;
	if (loop != NULL || ++t->steps > (guint)
	    w->limits->value[LIMIT_DNS_DEPTH]) {
		want_settle(w, t, WALK_FAILED, n);
		return;
	}
	t->state = WANT_ALIAS;
	if (o == NULL) {
		o = want_new(w, t->owner, to, t->type, cause, FALSE);
		t->follows = o;
		g_ptr_array_add(o->followers, t);
		want_step(w, o);
	} else if (o->state == WANT_SETTLED)
		want_settle(w, t, o->outcome, o->n);
	else {
		t->follows = o;
		g_ptr_array_add(o->followers, t);
	}
}

static struct zone *
zone_at(const struct walk *w, const char *name)
{
	return g_hash_table_lookup(w->zones, name);
}

static void
want_heard(struct walk *w, struct want *t, const struct heard *h, uint64_t n)
{
	t->n = n;
	if (h->referral && t->is_cut && zone_at(w, t->name) != NULL)
		want_settle(w, t, WALK_FOUND, n);
	else if (h->referral) {
		/* To the zone itself, or to one on the way to a cut. */
		t->cause.n = n;
		t->cause.rule = "dns.referral";
		want_step(w, t);
	} else if (h->nxdomain)
		want_settle(w, t, WALK_NXDOMAIN, n);
	else if (t->is_cut && (h->answer || h->nodata || h->alias != NULL))
		cut_answered(w, t, h, n);
	else if (h->answer)
		want_settle(w, t, WALK_FOUND, n);
	else if (h->alias != NULL && !h->nodata) {
		want_follow(w, t, h->alias, n);
	} else if (h->nodata)
		want_settle(w, t, WALK_NODATA, n);
	else {
		t->cause.n = n;
		t->cause.rule = "dns.next_server";
		want_ask(w, t);
	}
}

void
walk_answer(struct walk *w, unsigned tag, uint64_t n,
    struct fact *const *facts, size_t nfacts)
{
	struct want *t = g_hash_table_lookup(w->tags, GUINT_TO_POINTER(tag));
	struct heard h = { 0 };

	if (t == NULL || t->state != WANT_ASKED)
		return;
	for (size_t i = 0; i < nfacts; i++)
		fact_hear(w, t, facts[i], n, &h);
	want_heard(w, t, &h, n);
}

/* --- forgetting ------------------------------------------------------------------------------- */

struct forget {
	struct walk	*w;
	void		*owner;
};

static gboolean
zone_owned(void *key, void *value, void *arg)
{
	struct forget *f = arg;
	struct zone *z = value;

	(void)key;
	if (z->owner != f->owner)
		return FALSE;
	g_ptr_array_remove(f->w->sleeping, z);
	return TRUE;
}

/* A want that dies before it is settled is taken out of where it waits. */
static void
want_unlink(struct walk *w, struct want *t)
{
	GHashTableIter it;
	void *v;

	g_hash_table_iter_init(&it, w->zones);
	while (g_hash_table_iter_next(&it, NULL, &v))
		g_ptr_array_remove(((struct zone *)v)->waiting, t);
	g_hash_table_iter_init(&it, w->wants);
	while (g_hash_table_iter_next(&it, NULL, &v)) {
		struct want *o = v;

		g_ptr_array_remove(o->waiting, t);
		g_ptr_array_remove(o->followers, t);
		if (o->follows == t)
			o->follows = NULL;
	}
}

static void
wants_unlink(struct forget *f)
{
	g_autoptr(GPtrArray) dying = g_ptr_array_new();
	GHashTableIter it;
	void *v;

	g_hash_table_iter_init(&it, f->w->wants);
	while (g_hash_table_iter_next(&it, NULL, &v)) {
		struct want *t = v;

		g_ptr_array_remove(t->owners, f->owner);
		if (t->owner == f->owner)
			g_ptr_array_add(dying, t);
	}
	for (guint i = 0; i < dying->len; i++) {
		struct want *t = dying->pdata[i];

		if (t->state != WANT_SETTLED || t->follows != NULL)
			want_unlink(f->w, t);
	}
}

static gboolean
want_owned(void *key, void *value, void *arg)
{
	struct forget *f = arg;
	struct want *t = value;

	(void)key;
	if (t->owner != f->owner)
		return FALSE;
	g_hash_table_remove(f->w->tags, GUINT_TO_POINTER(t->tag));
	return TRUE;
}

void
walk_forget(struct walk *w, void *owner)
{
	struct forget f = { w, owner };

	g_return_if_fail(owner != NULL);
	wants_unlink(&f);
	g_hash_table_foreach_remove(w->wants, want_owned, &f);
	g_hash_table_foreach_remove(w->zones, zone_owned, &f);
}
