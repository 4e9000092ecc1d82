#include "reports/assess_page.h"
#include "reports/judge.h"

/* ---- factor 3: two columns ----------------------------------------------------------------- */

/* The status of an element for a forum; NULL where it is not asked of it. */
static const struct finding *
forum_finding(const struct page *p, const struct element *e, gboolean us)
{
	for (guint i = 0; i < p->r->findings->len; i++) {
		const struct finding *f = page_finding(p, i);

		if (f->element == e &&
		    (g_strcmp0(f->forum, "US") == 0) == us)
			return f;
	}
	return NULL;
}

static const char *
forum_word(const struct page *p, const struct element *e, gboolean us)
{
	const struct finding *f = forum_finding(p, e, us);

	return f != NULL ? status_name(f->status) : "-";
}

void
page_pair(struct page *p, const char *ids, const char *state, const char *us)
{
	int columns = p->s.columns;
	GString *line = g_string_new(NULL), *out = p->s.out;
	g_auto(GStrv) lines = NULL;

	/* The list wraps in a column of its own; the words stand on its first. */
	p->s.out = line;
	if (columns > 24)
		p->s.columns = columns - 20;
	screen_wrap(&p->s, "  ", 2, ids);
	p->s.out = out;
	p->s.columns = columns;
	lines = g_strsplit(line->str, "\n", -1);
	for (char **l = lines; *l != NULL && **l != '\0'; l++) {
		if (l == lines)
			g_string_append_printf(out, "%-*s%-8s%s\n",
			    columns > 24 ? columns - 18 : (int)strlen(*l) + 2,
			    *l, state, us);
		else
			g_string_append_printf(out, "%s\n", *l);
	}
	g_string_free(line, TRUE);
}

/* Elements with the same pair of words stand in one line, by first element. */
void
page_forums(struct page *p)
{
	g_autofree gboolean *done = g_new0(gboolean, elements_count);

	for (size_t i = 0; i < elements_count; i++) {
		g_autofree gboolean *set = g_new0(gboolean, elements_count);
		const char *state, *us;
		g_autofree char *ids = NULL;

		if (done[i] || elements[i].factor != FACTOR_3)
			continue;
		state = forum_word(p, &elements[i], FALSE);
		us = forum_word(p, &elements[i], TRUE);
		for (size_t k = i; k < elements_count; k++) {
			if (elements[k].factor != FACTOR_3 ||
			    strcmp(forum_word(p, &elements[k], FALSE), state) != 0 ||
			    strcmp(forum_word(p, &elements[k], TRUE), us) != 0)
				continue;
			set[k] = done[k] = TRUE;
		}
		ids = elements_ids(set);
		page_pair(p, ids, state, us);
	}
}

/* ---- factor 4: entity by entity ---------------------------------------------------------- */

static const char *
entity_word(const struct page *p, const char *id, const char *name)
{
	for (guint i = 0; i < p->r->findings->len; i++) {
		const struct finding *f = page_finding(p, i);

		if (strcmp(f->element->id, id) == 0 &&
		    strcmp(f->scope, name) == 0)
			return status_name(f->status);
	}
	return "-";
}

static void
entity_roles(struct page *p, const struct entity_view *e, GString *roles,
    GString *records)
{
	guint n = 0;

	for (guint i = 0; i < e->seen->len; i++) {
		const struct provider *x = g_ptr_array_index(e->seen, i);
		struct pointer at = { .run = x->run, .fact = x->fact,
		    .n = fact_source(x->fact) };

		list_add(roles, x->role);
		page_record(records, p, &at, &n);
	}
}

static void
say_entity(struct page *p, const struct entity_view *e)
{
	static const char *const ids[] = { "L-01", "L-04", "L-06", "L-09" };
	g_autoptr(GString) roles = g_string_new(NULL);
	g_autoptr(GString) records = g_string_new(NULL);
	g_autofree char *tail = NULL;

	entity_roles(p, e, roles, records);
	tail = g_strdup_printf("%s%s%s", roles->len > 0 ? roles->str : "none",
	    records->len > 0 ? "  rec " : "", records->str);
	g_string_append(p->s.out, "  ");
	screen_cell(&p->s, e->name, 23);
	screen_cell(&p->s, *e->country != '\0' ? e->country : "-", 5);
	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
		screen_cell(&p->s, entity_word(p, ids[i], e->name), 7);
	screen_wrap_at(&p->s, 58, 58, tail);
}

void
page_entities(struct page *p)
{
	if (p->sight->entities->len == 0) {
		screen_wrap(&p->s, "  ", 2, "no entity is listed in "
		    "entities.csv, and no provider is in the record");
		return;
	}
	g_string_append_printf(p->s.out, "  %-23s%-5s%-7s%-7s%-7s%-7s%s\n",
	    "entity", "", "L-01", "L-04", "L-06", "L-09", "role, records");
	for (guint i = 0; i < p->sight->entities->len; i++) {
		const struct entity_view *e =
		    g_ptr_array_index(p->sight->entities, i);

		if (e->entry == NULL && (i == 0 || ((const struct entity_view *)
		    g_ptr_array_index(p->sight->entities, i - 1))->entry != NULL))
			screen_wrap(&p->s, "  ", 2, "seen, and not in "
			    "entities.csv:");
		say_entity(p, e);
	}
}
