/* Zones, their servers, names and addresses: what the walk knows so far. */

#include <string.h>

#include "probes/dns_walk_priv.h"

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

void
name_free(void *p)
{
	struct name *n = p;

	g_array_unref(n->addresses);
	g_free(n->alias);
	g_free(n);
}

void
zone_free(void *p)
{
	struct zone *z = p;

	g_free(z->name);
	g_ptr_array_unref(z->servers);
	g_array_unref(z->glue);
	g_free(z);
}

/* What two keep is everybody's. */
struct zone *
zone_make(struct walk *w, const char *name, void *keep)
{
	struct zone *z = g_hash_table_lookup(w->zones, name);

	if (z != NULL) {
		if (z->keep != keep)
			z->keep = NULL;
		return z;
	}
	z = g_new0(struct zone, 1);
	z->name = g_strdup(name);
	z->keep = keep;
	z->servers = g_ptr_array_new_with_free_func(g_free);
	z->glue = addresses_new();
	g_hash_table_insert(w->zones, z->name, z);
	return z;
}

static struct name *
name_make(struct walk *w, const char *name, void *keep)
{
	struct name *n = g_hash_table_lookup(w->names, name);

	if (n == NULL) {
		n = g_new0(struct name, 1);
		n->addresses = addresses_new();
		n->keep = keep;
		g_hash_table_insert(w->names, g_strdup(name), n);
	} else if (n->keep != keep)
		n->keep = NULL;
	return n;
}

/* --- names and their addresses ------------------------------------------------------ */

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
name_address(struct walk *w, const char *name, void *keep, const char *ip,
    uint64_t n)
{
	address_add(name_make(w, name, keep)->addresses, ip, n);
}

void
name_alias(struct walk *w, const char *name, void *keep, const char *to)
{
	struct name *n = name_make(w, name, keep);

	g_free(n->alias);
	n->alias = g_strdup(to);
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

/* --- zones and their servers ---------------------------------------------------------- */

struct zone *
zone_at(const struct walk *w, const char *name)
{
	return g_hash_table_lookup(w->zones, name);
}

struct zone *
zone_above(const struct walk *w, const char *name)
{
	for (const char *p = name; p != NULL && *p != '\0';) {
		struct zone *z = zone_at(w, p);

		if (z != NULL && !z->none)
			return z;
		p = strchr(p, '.');
		if (p != NULL)
			p++;
	}
	return zone_at(w, "");
}

gboolean
zone_has_server(const struct zone *z, const char *ns)
{
	for (guint i = 0; i < z->servers->len; i++)
		if (strcmp(z->servers->pdata[i], ns) == 0)
			return TRUE;
	return FALSE;
}

void
zone_server(struct zone *z, const char *ns)
{
	if (!zone_has_server(z, ns))
		g_ptr_array_add(z->servers, g_strdup(ns));
}

void
zone_glue(struct zone *z, const char *ip, uint64_t n)
{
	address_add(z->glue, ip, n);
}

void
walk_hint(struct walk *w, const char *ns, const char *ip, uint64_t n)
{
	(void)ns;
	zone_glue(zone_at(w, ""), ip, n);
}

/* --- which server --------------------------------------------------------------------- */

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

void
pick_server(const struct walk *w, struct pick *p)
{
	const struct zone *z = p->want->zone;

	for (guint i = 0; i < z->glue->len; i++) {
		struct address *a = &g_array_index(z->glue, struct address, i);

		pick_address(a->ip, a->n, p);
	}
	for (guint i = 0; i < z->servers->len && (p->ip == NULL || !p->v4);
	    i++) {
		const char *before = p->ip, *ns = z->servers->pdata[i];

		walk_addresses(w, ns, pick_address, p);
		if (p->ip != before)
			p->ns = ns;
	}
}

/* --- which zone -------------------------------------------------------------------------- */

static gboolean
below(const char *name, const char *zone)
{
	size_t n = strlen(name), z = strlen(zone);

	if (z == 0)
		return n > 0;
	return n > z && name[n - z - 1] == '.' &&
	    strcmp(name + n - z, zone) == 0;
}

char *
next_cut(const struct walk *w, const struct want *t)
{
	const char *zone = t->zone->name, *dot;
	g_autofree char *cut = NULL;

	if (w->recursive)
		return NULL;
	if (*zone == '\0') {
		dot = strrchr(t->name, '.');
		cut = g_strdup(dot != NULL ? dot + 1 : t->name);
	} else
		cut = w->call.registrable(t->name);
	if (cut == NULL || !below(cut, zone) || zone_at(w, cut) != NULL ||
	    (t->is_cut && strcmp(cut, t->name) == 0))
		return NULL;
	return g_steal_pointer(&cut);
}
