#include "reports/link_past.h"

#include <string.h>

#include "reports/delivery.h"

#define SHARES	200	/* in all */
#define NAMES	64	/* that have one value */

/* One value of a sign and who had it, each name once. */
struct had {
	const struct link_sign *sign;
	char		*value;
	enum weight	 weight;
	const char	*lowered;
	GArray		*at;		/* struct past_at */
};

struct past {
	const struct sight *sight;
	GHashTable	*values;	/* "sign value" -> struct had * */
	GPtrArray	*order;		/* the same, as met */
};

static void
had_free(void *p)
{
	struct had *h = p;

	g_free(h->value);
	g_array_unref(h->at);
	g_free(h);
}

static void
past_free(void *p)
{
	struct past_share *s = p;

	g_free(s->value);
	g_free(s);
}

/* One and the same, or one below the other. */
static gboolean
same_site(const char *a, const char *b)
{
	return name_under(a, b) || name_under(b, a);
}

static void
had_add(struct past *p, const struct link_seen *s, const struct past_at *at)
{
	g_autofree char *low = g_ascii_strdown(s->value, -1);
	g_autofree char *key = g_strdup_printf("%s %s", s->sign->id, low);
	struct had *h = g_hash_table_lookup(p->values, key);

	if (h == NULL) {
		h = g_new0(struct had, 1);
		h->sign = s->sign;
		h->value = g_strdup(s->value);
		h->weight = s->sign->weight;
		h->lowered = "";
		h->at = g_array_new(FALSE, FALSE, sizeof(struct past_at));
		g_hash_table_insert(p->values, g_steal_pointer(&key), h);
		g_ptr_array_add(p->order, h);
	}
	if (s->lower < h->weight) {
		h->weight = s->lower;
		h->lowered = s->lowered;
	}
	for (guint i = 0; i < h->at->len; i++)
		if (same_site(g_array_index(h->at, struct past_at, i).name,
		    at->name))
			return;
	if (h->at->len < NAMES)
		g_array_append_val(h->at, *at);
}

static void
read_rows(struct past *p, const struct import *m)
{
	const struct record *rec = p->sight->rec;

	for (guint i = 0; i < m->rows->len; i++) {
		const struct history *h = &g_array_index(m->rows,
		    struct history, i);
		struct past_at at = { h->subject, m, h, NULL, NULL };
		struct link_seen s = { 0 };

		if ((h->faults & (ROW_MALFORMED | ROW_DUPLICATE)) != 0 ||
		    strchr(h->subject, '.') == NULL ||
		    g_hostname_is_ip_address(h->subject) ||
		    link_own(rec, h->subject))
			continue;
		if (link_read_past(h->type, h->value, &s) &&
		    !link_own_id(rec, s.value))
			had_add(p, &s, &at);
		g_free(s.value);
	}
}

/* What runs saw, beside what was: only of values that an import has. */
static void
read_fact(struct past *p, const struct site *site, const struct visit *v,
    const struct fact *f)
{
	struct past_at at = { site->name, NULL, NULL, v->run, f };
	struct link_seen s = { 0 };

	if (link_read(site, f, &s)) {
		g_autofree char *low = g_ascii_strdown(s.value, -1);
		g_autofree char *key = g_strdup_printf("%s %s", s.sign->id,
		    low);

		if (g_hash_table_contains(p->values, key))
			had_add(p, &s, &at);
	}
	g_free(s.value);
}

static void
read_sites(struct past *p)
{
	for (guint i = 0; i < p->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(p->sight->sites, i);

		if (link_own(p->sight->rec, site->name))
			continue;
		for (guint k = 0; k < site->visits->len; k++) {
			const struct visit *v =
			    g_ptr_array_index(site->visits, k);

			for (guint n = 0; n < v->facts->len; n++)
				read_fact(p, site, v,
				    g_ptr_array_index(v->facts, n));
		}
	}
}

static void
shares_of(const struct had *h, GPtrArray *to)
{
	for (guint i = 0; i < h->at->len; i++) {
		const struct past_at *a = &g_array_index(h->at,
		    struct past_at, i);

		for (guint k = i + 1; k < h->at->len && to->len < SHARES &&
		    a->import != NULL; k++) {
			struct past_share *s = g_new0(struct past_share, 1);

			s->sign = h->sign;
			s->value = g_strdup(h->value);
			s->weight = h->weight;
			s->lowered = h->lowered;
			s->a = *a;
			s->b = g_array_index(h->at, struct past_at, k);
			g_ptr_array_add(to, s);
		}
	}
}

GPtrArray *
link_past(const struct sight *sight)
{
	GPtrArray *to = g_ptr_array_new_with_free_func(past_free);
	struct past p = { .sight = sight };

	p.values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    NULL);
	p.order = g_ptr_array_new_with_free_func(had_free);
	for (guint i = 0; i < sight->rec->imports->len; i++) {
		const struct import *m =
		    g_ptr_array_index(sight->rec->imports, i);

		if (m->kind == IMPORT_HISTORY)
			read_rows(&p, m);
	}
	if (p.order->len > 0)
		read_sites(&p);
	for (guint i = 0; i < p.order->len; i++)
		shares_of(g_ptr_array_index(p.order, i), to);
	g_hash_table_unref(p.values);
	g_ptr_array_unref(p.order);
	return to;
}
