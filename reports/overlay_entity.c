/* Signals of factor 4: countries and roles of the entities. */

#include "reports/overlay_priv.h"

#include <string.h>

#include "reports/judge.h"

static gboolean
is_foreign(const struct overlay_look *l, const struct entity *e,
    const struct overlay *row)
{
	(void)l;
	(void)row;
	return country_is_us(e->country) == 0;
}

/* The state of the entity, as entities.csv has it: "NL", "UK". */
static gboolean
is_of_country(const struct overlay_look *l, const struct entity *e,
    const struct overlay *row)
{
	g_autofree char *up = g_ascii_strup(e->country, -1);

	(void)l;
	return word_in(row->param, up);
}

static gboolean
is_us(const struct overlay_look *l, const struct entity *e,
    const struct overlay *row)
{
	(void)l;
	(void)row;
	return country_is_us(e->country) == 1;
}

typedef gboolean entity_fn(const struct overlay_look *, const struct entity *,
    const struct overlay *);

/* Entities of entities.csv, which are those that are sought. */
static gboolean
sought(const struct overlay_look *l, struct overlay_note *n, entity_fn *is)
{
	for (guint i = 0; i < l->rec->entities->len; i++) {
		const struct entity *e = l->rec->entities->pdata[i];

		if (*e->country == '\0' || !is(l, e, n->row))
			continue;
		g_ptr_array_add(n->scopes, g_strdup(e->name));
		list_add(n->shows, e->name);
		signal_point(n, (struct pointer){ .table = "entities.csv",
		    .n = e->line });
	}
	return n->scopes->len > 0;
}

gboolean
signal_foreign(const struct overlay_look *l, struct overlay_note *n)
{
	return sought(l, n, is_foreign);
}

gboolean
signal_country(const struct overlay_look *l, struct overlay_note *n)
{
	return sought(l, n, is_of_country);
}

gboolean
signal_us_entity(const struct overlay_look *l, struct overlay_note *n)
{
	return sought(l, n, is_us);
}

/* ---- roles in registration --------------------------------------------------------- */

static gboolean
is_country_code(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL && strlen(dot + 1) == 2;
}

static gboolean
is_eu(const char *country)
{
	static const char members[] = "AT BE BG CY CZ DE DK EE ES FI FR GR HR "
	    "HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
	g_autofree char *up = g_ascii_strup(country, -1);

	return word_in(members, up);
}

typedef gboolean seen_fn(const struct entity_view *, const struct provider *);

static gboolean
registers_generic(const struct entity_view *e, const struct provider *p)
{
	(void)e;
	return strcmp(p->role, "registrar") == 0 && !is_country_code(p->about);
}

static gboolean
registers_country(const struct entity_view *e, const struct provider *p)
{
	(void)e;
	return (strcmp(p->role, "registrar") == 0 ||
	    strcmp(p->role, "registry") == 0) && is_country_code(p->about);
}

static gboolean
registers_in_eu(const struct entity_view *e, const struct provider *p)
{
	return (strcmp(p->role, "registrar") == 0 ||
	    strcmp(p->role, "registry") == 0) && is_eu(e->country);
}

static void
seen_add(struct overlay_note *n, const struct entity_view *e,
    const struct provider *p)
{
	g_autofree char *word = g_strdup_printf("%s: %s of %s", e->name,
	    p->role, p->about);

	list_add(n->shows, word);
	signal_point_fact(n, p->run, p->fact);
}

static gboolean
seen_as(const struct overlay_look *l, struct overlay_note *n, seen_fn *is)
{
	for (guint i = 0; i < l->sight->entities->len; i++) {
		const struct entity_view *e = l->sight->entities->pdata[i];
		gboolean hit = FALSE;

		for (guint k = 0; k < e->seen->len; k++) {
			if (!is(e, e->seen->pdata[k]))
				continue;
			seen_add(n, e, e->seen->pdata[k]);
			hit = TRUE;
		}
		if (hit)
			g_ptr_array_add(n->scopes, g_strdup(e->name));
	}
	return n->scopes->len > 0;
}

gboolean
signal_gtld_registrar(const struct overlay_look *l, struct overlay_note *n)
{
	return seen_as(l, n, registers_generic);
}

gboolean
signal_cctld(const struct overlay_look *l, struct overlay_note *n)
{
	return seen_as(l, n, registers_country);
}

gboolean
signal_eu_registry(const struct overlay_look *l, struct overlay_note *n)
{
	return seen_as(l, n, registers_in_eu);
}
