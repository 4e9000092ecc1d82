#include <string.h>

#include "reports/forum.h"
#include "reports/provider.h"

static void
provider_free(void *p)
{
	struct provider *x = p;

	g_free(x->name);
	g_free(x->country);
	g_free(x->about);
	g_free(x);
}

static void
entity_view_free(void *p)
{
	struct entity_view *e = p;

	g_ptr_array_unref(e->seen);
	g_free(e);
}

int
country_is_us(const char *country)
{
	char code[PLACE_CODE];

	if (*country == '\0')
		return -1;
	return place_of(country, "", code) && g_str_has_prefix(code, "US");
}

/* ---- providers -------------------------------------------------------------- */

static gboolean
provider_same(const struct provider *p, const char *name, const char *role,
    const char *target, const struct run *run)
{
	return p->run == run && strcmp(p->target, target) == 0 &&
	    strcmp(p->role, role) == 0 && strcmp(p->name, name) == 0;
}

/* One answer may name a company without its country and another with it; which
 * came first must not matter. */
static void
provider_country(struct provider *p, const struct provider *later,
    const char *country)
{
	if (*p->country != '\0' || *country == '\0')
		return;
	g_free(p->country);
	p->country = g_strdup(country);
	p->fact = later->fact;
	p->how = later->how;
}

static void
provider_add(GPtrArray *to, struct provider p, const char *name,
    const char *country, const char *about)
{
	if (*name == '\0')
		return;
	/* Those of one visit stand together, the newest last. */
	for (guint i = to->len; i-- > 0;) {
		struct provider *had = g_ptr_array_index(to, i);

		if (had->run != p.run)
			break;
		if (!provider_same(had, name, p.role, p.target, p.run))
			continue;
		provider_country(had, &p, country);
		return;
	}
	p.name = g_strdup(name);
	p.country = g_strdup(country);
	p.about = g_strdup(about);
	g_ptr_array_add(to, g_memdup2(&p, sizeof(p)));
}

/* Country of the holder where the registry gives one, else of the network. */
static const char *
holder_country(const struct role_row *r)
{
	const char *c = r->holder != NULL ? fact_str(r->holder, "country") : "";

	if (*c == '\0' && r->network != NULL)
		c = fact_str(r->network, "country");
	return c;
}

/* The host of a name that a page leads to is not the target's host. */
static const char *
provider_role(const struct role_row *r)
{
	if ((r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE) && !r->own)
		return PROVIDER_LINKED;
	return role_name(r->role);
}

/* A name that a page leads to has the target's own address: it is the target's host
 * that is seen, and said of the target. */
static gboolean
is_own_too(const struct visit *v, const struct role_row *r)
{
	if (r->own || (r->role != ROLE_HOST && r->role != ROLE_CDN_EDGE))
		return FALSE;
	for (guint i = 0; i < v->roles->len; i++) {
		const struct role_row *o = g_ptr_array_index(v->roles, i);

		if (o->own && (o->role == ROLE_HOST ||
		    o->role == ROLE_CDN_EDGE) && strcmp(o->ip, r->ip) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
provider_of_role(GPtrArray *to, const struct role_row *r)
{
	const struct fact *f = r->holder != NULL ? r->holder : r->network;

	if (f == NULL || (r->role != ROLE_HOST && r->role != ROLE_CDN_EDGE &&
	    r->role != ROLE_DNS && r->role != ROLE_MAIL))
		return;
	provider_add(to, (struct provider){ .role = provider_role(r),
	    .target = r->target, .run = r->run, .fact = f,
	    .how = g_ptr_array_index(r->facts, 0) },
	    fact_str(f, f == r->holder ? "org" : "name"), holder_country(r),
	    *r->name != '\0' ? r->name : r->ip);
}

static gboolean
has_role(const struct fact *f, const char *role)
{
	json_t *roles = fact_get(f, "roles"), *r;
	size_t i;

	json_array_foreach(roles, i, r)
		if (json_is_string(r) &&
		    g_ascii_strcasecmp(json_string_value(r), role) == 0)
			return TRUE;
	return FALSE;
}

static void
provider_of_registrar(GPtrArray *to, const struct visit *v,
    const struct fact *f)
{
	const char *name = "", *country = "";

	if (f->kind == FACT_RDAP_ENTITY && has_role(f, "registrar") &&
	    *fact_str(f, "under") == '\0') {
		name = fact_str(f, "org");
		if (*name == '\0')
			name = fact_str(f, "name");
		country = fact_str(f, "country");
	} else if (f->kind == FACT_WHOIS_FIELD &&
	    strcmp(fact_str(f, "field"), "registrar") == 0) {
		name = fact_str(f, "value");
	}
	provider_add(to, (struct provider){ .role = "registrar",
	    .target = v->target, .run = v->run, .fact = f }, name, country,
	    f->subject);
}

/* The server that answered for the whole top-level domain is its registry's;
 * a two-letter one is a country's. */
static void
provider_of_registry(GPtrArray *to, const struct visit *v, const struct fact *f)
{
	const struct log_row *row;
	const char *dot = strrchr(f->subject, '.');
	g_autofree char *country = NULL;

	if ((f->kind != FACT_RDAP_DOMAIN && f->kind != FACT_WHOIS_RECORD) ||
	    dot == NULL || (row = run_row(v->run, fact_source(f))) == NULL ||
	    (strcmp(row->qtype, "domain") != 0 && strcmp(row->qtype, "tld") != 0))
		return;
	if (strlen(dot + 1) == 2)
		country = g_ascii_strup(dot + 1, -1);
	provider_add(to, (struct provider){ .role = "registry",
	    .target = v->target, .run = v->run, .fact = f }, row->host,
	    country != NULL ? country : "", f->subject);
}

GPtrArray *
providers_of(const struct sight *s)
{
	GPtrArray *to = g_ptr_array_new_with_free_func(provider_free);

	for (guint i = 0; i < s->sites->len; i++) {
		const struct site *site = g_ptr_array_index(s->sites, i);

		for (guint k = 0; k < site->visits->len; k++) {
			const struct visit *v =
			    g_ptr_array_index(site->visits, k);

			for (guint r = 0; r < v->roles->len; r++)
				if (!is_own_too(v,
				    g_ptr_array_index(v->roles, r)))
					provider_of_role(to,
					    g_ptr_array_index(v->roles, r));
			for (guint f = 0; f < v->facts->len; f++) {
				provider_of_registrar(to, v,
				    g_ptr_array_index(v->facts, f));
				provider_of_registry(to, v,
				    g_ptr_array_index(v->facts, f));
			}
		}
	}
	return to;
}

/* ---- entities ---------------------------------------------------------------- */

static enum company_fit
provider_fit(const struct provider *p, const char *entity)
{
	enum company_fit fit = company_fit(entity, p->name);

	return fit == FIT_NONE && strcmp(p->role, "registry") == 0 &&
	    entity_is_host(entity, p->name) ? FIT_WHOLE : fit;
}

static enum company_fit
fit_either(const char *a, const char *b)
{
	enum company_fit x = company_fit(a, b), y = company_fit(b, a);

	return MAX(x, y);
}

/* The best fit among the others of entities.csv. */
static enum company_fit
fit_elsewhere(const struct record *rec, const char *entity, const char *said)
{
	enum company_fit best = FIT_NONE;

	for (guint i = 0; i < rec->entities->len; i++) {
		const struct entity *e = g_ptr_array_index(rec->entities, i);

		if (strcmp(e->name, entity) != 0)
			best = MAX(best, fit_either(e->name, said));
	}
	return best;
}

gboolean
entity_takes(const struct record *rec, const char *entity, const char *said)
{
	enum company_fit fit = fit_either(entity, said), other;

	if (fit == FIT_NONE)
		return FALSE;
	other = fit_elsewhere(rec, entity, said);
	return fit == FIT_WHOLE || fit > other;
}

gboolean
entity_either(const struct record *rec, const char *entity, const char *said)
{
	enum company_fit fit = fit_either(entity, said);

	return fit != FIT_NONE && fit < FIT_WHOLE &&
	    fit == fit_elsewhere(rec, entity, said);
}

static struct entity_view *
entity_add(GPtrArray *to, const struct entity *entry, const char *name,
    const char *country)
{
	struct entity_view *e = g_new0(struct entity_view, 1);

	e->entry = entry;
	e->name = name;
	e->country = country;
	e->seen = g_ptr_array_new();
	g_ptr_array_add(to, e);
	return e;
}

/* The best that any of them fits; NONE where it may be either of two. */
static enum company_fit
best_fit(const GPtrArray *to, const struct provider *p)
{
	enum company_fit best = FIT_NONE;
	guint n = 0;

	for (guint i = 0; i < to->len; i++) {
		const struct entity_view *e = g_ptr_array_index(to, i);
		enum company_fit fit = provider_fit(p, e->name);

		n = fit > best ? 1 : n + (fit == best);
		best = MAX(best, fit);
	}
	return best < FIT_WHOLE && n > 1 ? FIT_NONE : best;
}

/* Everyone seen goes to the entities that bear the name; where there is none,
 * a row of its own.  A registry is known by its server's name only, which is
 * nobody's name. */
static void
entity_seen(GPtrArray *to, struct provider *p)
{
	enum company_fit best = best_fit(to, p);

	for (guint i = 0; best != FIT_NONE && i < to->len; i++) {
		struct entity_view *e = g_ptr_array_index(to, i);

		if (provider_fit(p, e->name) != best)
			continue;
		g_ptr_array_add(e->seen, p);
		if (*e->country == '\0')
			e->country = p->country;
	}
	if (best == FIT_NONE && strcmp(p->role, "registry") != 0)
		g_ptr_array_add(entity_add(to, NULL, p->name,
		    p->country)->seen, p);
}

GPtrArray *
entities_of(const struct sight *s)
{
	GPtrArray *to = g_ptr_array_new_with_free_func(entity_view_free);

	for (guint i = 0; i < s->rec->entities->len; i++) {
		const struct entity *e = g_ptr_array_index(s->rec->entities, i);

		if (*e->name != '\0')
			entity_add(to, e, e->name, e->country);
	}
	for (guint i = 0; i < s->providers->len; i++)
		entity_seen(to, g_ptr_array_index(s->providers, i));
	return to;
}
