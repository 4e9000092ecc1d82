/*
 * Forgetting: what was made for an owner goes with it, but for what others
 * need.  A want of another owner's may wait for a cut, an alias or a server's
 * address that was wanted for this one's sake first; such a want is asked for
 * the other's sake from now on.
 */

#include <string.h>

#include "probes/dns_walk_priv.h"

struct forget {
	struct walk	*w;
	void		*owner;
};

static void	needed(struct forget *, struct want *, void *sake);

static void
needed_servers(struct forget *f, const struct want *t)
{
	static const char *const families[] = { "A", "AAAA" };

	for (guint i = 0; i < t->zone->servers->len; i++) {
		for (size_t k = 0; k < G_N_ELEMENTS(families); k++) {
			g_autofree char *key = g_strdup_printf("%s %s",
			    (char *)t->zone->servers->pdata[i], families[k]);
			struct want *o = g_hash_table_lookup(f->w->wants, key);

			if (o != NULL && o->state != WANT_SETTLED)
				needed(f, o, t->sake);
		}
	}
}

static void
needed(struct forget *f, struct want *t, void *sake)
{
	if (t->mark == f->w->mark)
		return;
	t->mark = f->w->mark;
	if (t->sake == f->owner)
		t->sake = sake;
	if (t->keep == f->owner)
		t->keep = NULL;
	if (t->zone != NULL && t->zone->keep == f->owner)
		t->zone->keep = NULL;
	if (t->on != NULL)
		needed(f, t->on, t->sake);
	if (t->state == WANT_ADDRESS && t->zone != NULL)
		needed_servers(f, t);
}

/* Marks what is not settled and somebody else needs. */
static void
mark_needed(struct forget *f)
{
	GHashTableIter it;
	void *v;

	f->w->mark++;
	g_hash_table_iter_init(&it, f->w->wants);
	while (g_hash_table_iter_next(&it, NULL, &v)) {
		struct want *t = v;

		while (g_ptr_array_remove(t->owners, f->owner))
			;
		if (t->state == WANT_SETTLED)
			continue;
		if (t->owners->len > 0)
			needed(f, t, t->owners->pdata[0]);
		else if (t->sake != f->owner)
			needed(f, t, t->sake);
	}
}

static gboolean
dying(const struct forget *f, const struct want *t)
{
	if (t->state == WANT_SETTLED)
		return t->keep == f->owner;
	return t->mark != f->w->mark;
}

static void
drop_dying(const struct forget *f, GPtrArray *list)
{
	for (guint i = list->len; i-- > 0;)
		if (dying(f, list->pdata[i]))
			g_ptr_array_remove_index(list, i);
}

static void
unlink_dying(const struct forget *f)
{
	GHashTableIter it;
	void *v;

	drop_dying(f, f->w->sleeping);
	g_hash_table_iter_init(&it, f->w->wants);
	while (g_hash_table_iter_next(&it, NULL, &v)) {
		struct want *t = v;

		drop_dying(f, t->waiting);
		drop_dying(f, t->followers);
	}
}

static gboolean
want_goes(void *key, void *value, void *arg)
{
	const struct forget *f = arg;
	struct want *t = value;

	(void)key;
	if (t->sake == f->owner && t->state == WANT_SETTLED)
		t->sake = NULL;
	if (!dying(f, t))
		return FALSE;
	g_hash_table_remove(f->w->tags, GUINT_TO_POINTER(t->tag));
	return TRUE;
}

/* What a want that stays has found stays with it, or the want would be settled
 * and nothing known. */
static gboolean
zone_goes(void *key, void *value, void *arg)
{
	const struct forget *f = arg;
	struct zone *z = value;

	if (z->keep != f->owner)
		return FALSE;
	if (want_at(f->w, key, "NS", TRUE) == NULL)
		return TRUE;
	z->keep = NULL;
	return FALSE;
}

static gboolean
name_goes(void *key, void *value, void *arg)
{
	const struct forget *f = arg;
	struct name *n = value;

	if (n->keep != f->owner)
		return FALSE;
	if (want_at(f->w, key, "A", FALSE) == NULL &&
	    want_at(f->w, key, "AAAA", FALSE) == NULL)
		return TRUE;
	n->keep = NULL;
	return FALSE;
}

/* The addresses of the servers of a zone that stays, its glue above all: without
 * them a server within its own zone could never be found again. */
static void
servers_stay(const struct forget *f)
{
	GHashTableIter it;
	void *v;

	g_hash_table_iter_init(&it, f->w->zones);
	while (g_hash_table_iter_next(&it, NULL, &v)) {
		const struct zone *z = v;

		for (guint i = 0; i < z->servers->len; i++) {
			struct name *n = g_hash_table_lookup(f->w->names,
			    z->servers->pdata[i]);

			if (n != NULL && n->keep == f->owner)
				n->keep = NULL;
		}
	}
}

void
walk_forget(struct walk *w, void *owner)
{
	struct forget f = { w, owner };

	g_return_if_fail(owner != NULL);
	mark_needed(&f);
	unlink_dying(&f);
	g_hash_table_foreach_remove(w->wants, want_goes, &f);
	g_hash_table_foreach_remove(w->zones, zone_goes, &f);
	servers_stay(&f);
	g_hash_table_foreach_remove(w->names, name_goes, &f);
}
