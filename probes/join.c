#include <string.h>

#include "probes/join_priv.h"

struct fact *
join_fact(struct join *j, enum fact_kind kind, const char *subject,
    json_t *value)
{
	struct fact *f = fact_new(kind, subject, value);

	join_give(j, f);
	return f;
}

void
join_give(struct join *j, struct fact *f)
{
	f->type = DERIVED;
	g_free(f->reader);
	f->reader = g_strdup(JOIN_VERSION);
	g_ptr_array_add(j->out, f);
}

void
join_rests_on(struct fact *f, const struct fact *on)
{
	const uint64_t id = on->id;

	/* A joined fact has no id yet: what it rests on has one. */
	if (on->type == DERIVED)
		g_array_append_vals(f->from, on->from->data, on->from->len);
	else if (f->from->len == 0 || g_array_index(f->from, uint64_t,
	    f->from->len - 1) != id)
		g_array_append_val(f->from, id);
	if (f->at == NULL || (on->at != NULL && strcmp(on->at, f->at) > 0)) {
		g_free(f->at);
		f->at = g_strdup(on->at);
	}
}

gboolean
join_is(const struct fact *f, enum fact_kind kind, const char *subject)
{
	return f->kind == kind &&
	    (subject == NULL || strcmp(f->subject, subject) == 0);
}

gboolean
join_array_has(const json_t *a, const char *s)
{
	const json_t *v;
	size_t i;

	json_array_foreach(a, i, v)
		if (strcmp(json_string_value(v), s) == 0)
			return TRUE;
	return FALSE;
}

void
join_array_add(json_t *a, const char *s)
{
	if (!join_array_has(a, s))
		json_array_append_new(a, json_string(s));
}

gboolean
join_array_same(const json_t *a, const json_t *b)
{
	const json_t *v;
	size_t i;

	if (json_array_size(a) != json_array_size(b))
		return FALSE;
	json_array_foreach(a, i, v)
		if (!join_array_has(b, json_string_value(v)))
			return FALSE;
	return TRUE;
}

/* own: compares what the zone's own servers say, so what a recursive server of
 * the case's answered is left out. */
static const struct {
	void		(*join)(struct join *);
	gboolean	 own;
} joins[] = {
	{ join_resolvers, TRUE }, { join_subnets, TRUE },
	{ join_name_servers, TRUE }, { join_glue, TRUE },
	{ join_servers, TRUE }, { join_serials, TRUE }, { join_answers, TRUE },
	{ join_random, FALSE }, { join_name_kinds, FALSE },
	{ join_caa, FALSE },
	{ join_dnssec, FALSE }, { join_registrars, FALSE },
	{ join_signs, FALSE }, { join_reverse, FALSE },
	{ join_origins, FALSE }, { join_zone_addresses, FALSE },
	{ join_networks, FALSE }, { join_hints, FALSE },
	{ join_bounds, FALSE }, { join_places, FALSE },
	{ join_not_registered, FALSE }, { join_pages, FALSE },
};

/* Without what recursive servers said; NULL where they said nothing. */
static GPtrArray *
own_facts(const GPtrArray *facts)
{
	GPtrArray *own = g_ptr_array_new();

	for (guint i = 0; i < facts->len; i++) {
		const struct fact *f = facts->pdata[i];

		if (f->kind != FACT_DNS_RECURSIVE && (!g_str_has_prefix(
		    fact_info(f->kind)->name, "dns.") ||
		    strcmp(fact_str(f, "by"), "recursive") != 0))
			g_ptr_array_add(own, facts->pdata[i]);
	}
	if (own->len < facts->len)
		return own;
	g_ptr_array_unref(own);
	return NULL;
}

GPtrArray *
target_join(const char *name, const char *registrable, const GPtrArray *facts)
{
	g_autoptr(GPtrArray) own = NULL;
	struct join j = {
		.name = name, .registrable = registrable, .facts = facts,
		.out = g_ptr_array_new_with_free_func(
		    (GDestroyNotify)fact_free),
	};

	own = own_facts(facts);
	for (size_t i = 0; i < G_N_ELEMENTS(joins); i++) {
		j.facts = joins[i].own && own != NULL ? own : facts;
		joins[i].join(&j);
	}
	return j.out;
}

gboolean
join_looks_at(enum fact_kind kind)
{
	switch (kind) {
	case FACT_HTTP_PAGE:
	case FACT_HTTP_FILE:
	case FACT_PAGE_CLASS:
	case FACT_PAGE_LINK:
		return TRUE;
	default:
		return FALSE;
	}
}
