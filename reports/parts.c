#include "reports/parts.h"

#include <string.h>

void
parts_init(struct parts *p, struct finding *of)
{
	p->of = of;
	p->taken = g_ptr_array_new();
}

void
parts_clear(struct parts *p)
{
	for (guint i = 0; i < p->taken->len; i++) {
		struct part *x = p->taken->pdata[i];

		g_array_unref(x->facts);
		g_free(x);
	}
	g_ptr_array_unref(p->taken);
}

gboolean
part_raised(const struct part *x)
{
	return x->status == ST_SUP || x->status == ST_PART ||
	    x->status == ST_CONF;
}

static gboolean
has_pointer(const GArray *in, const struct pointer *p)
{
	for (guint i = 0; i < in->len; i++)
		if (pointer_same(&g_array_index(in, struct pointer, i), p))
			return TRUE;
	return FALSE;
}

/* Whether all facts of x are among those of o, which says the like of them. */
static gboolean
is_from(const struct part *x, const struct part *o)
{
	if (x->facts->len == 0 || part_raised(x) != part_raised(o) ||
	    o->from != NULL)
		return FALSE;
	for (guint i = 0; i < x->facts->len; i++)
		if (!has_pointer(o->facts, &g_array_index(x->facts,
		    struct pointer, i)))
			return FALSE;
	return TRUE;
}

/* What raises a status stands for it; what does not suffice, against it too. */
static void
take_facts(struct part *x, const struct finding *g)
{
	g_array_append_vals(x->facts, g->for_->data, g->for_->len);
	if (!part_raised(x))
		g_array_append_vals(x->facts, g->against->data,
		    g->against->len);
}

const struct part *
parts_take(struct parts *p, const char *id)
{
	struct finding *g;
	struct part *x;

	for (guint i = 0; i < p->taken->len; i++)
		if (strcmp(((struct part *)p->taken->pdata[i])->id, id) == 0)
			return p->taken->pdata[i];
	g = judge_part(p->of, id);
	x = g_new0(struct part, 1);
	x->id = g->element->id;
	x->status = g->status;
	x->facts = g_array_new(FALSE, FALSE, sizeof(struct pointer));
	take_facts(x, g);
	for (guint i = 0; i < p->taken->len && x->from == NULL; i++)
		if (is_from(x, p->taken->pdata[i]))
			x->from = p->taken->pdata[i];
	g_ptr_array_add(p->taken, x);
	finding_free(g);
	return x;
}

static gboolean
is_told(const struct part *x, gboolean raised)
{
	return raised ? part_raised(x) : x->status == ST_INSUF;
}

char *
parts_list(const struct parts *p, gboolean raised)
{
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < p->taken->len; i++) {
		const struct part *x = p->taken->pdata[i];

		if (is_told(x, raised) && x->from == NULL)
			list_add(s, x->id);
	}
	return g_string_free(s, FALSE);
}

void
parts_note_same(const struct parts *p, gboolean raised)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < p->taken->len; i++) {
		const struct part *o = p->taken->pdata[i];
		g_autoptr(GString) same = g_string_new(NULL);

		for (guint k = i + 1; k < p->taken->len; k++) {
			const struct part *x = p->taken->pdata[k];

			if (x->from == o && is_told(x, raised))
				g_string_append_printf(same, "%s%s",
				    same->len > 0 ? ", " : "", x->id);
		}
		if (same->len == 0)
			continue;
		g_string_append_printf(same, " from %s", o->id);
		list_add(all, same->str);
	}
	if (all->len > 0)
		finding_note(p->of, "the same facts, told once: %s", all->str);
}
