#include "reports/wants.h"

#include <string.h>

#include "reports/view.h"
#include "reports/words.h"

#define SCOPES_NAMED	4	/* Does or entities named beside a thing */

static void
wanted_free(void *data)
{
	struct wanted *t = data;

	g_free(t->of);
	g_ptr_array_unref(t->scopes);
	g_free(t);
}

static void
want_free(void *data)
{
	struct want *w = data;

	g_free(w->of);
	g_ptr_array_unref(w->things);
	g_free(w);
}

static struct want *
want_by(GPtrArray *wants, enum supply by)
{
	struct want *w;

	for (guint i = 0; i < wants->len; i++) {
		w = g_ptr_array_index(wants, i);
		if (w->by == by)
			return w;
	}
	w = g_new0(struct want, 1);
	w->by = by;
	w->of = g_new0(gboolean, elements_count);
	w->things = g_ptr_array_new_with_free_func(wanted_free);
	g_ptr_array_add(wants, w);
	return w;
}

static struct wanted *
wanted_as(struct want *w, const char *what)
{
	struct wanted *t;

	for (guint i = 0; i < w->things->len; i++) {
		t = g_ptr_array_index(w->things, i);
		if (strcmp(t->what, what) == 0)
			return t;
	}
	t = g_new0(struct wanted, 1);
	t->what = what;
	t->of = g_new0(gboolean, elements_count);
	t->scopes = g_ptr_array_new();
	g_ptr_array_add(w->things, t);
	return t;
}

static void
add_scope(struct wanted *t, const struct finding *f)
{
	if ((f->element->scope != SCOPE_DOE &&
	    f->element->scope != SCOPE_ENTITY) || strcmp(f->scope, "case") == 0)
		return;
	strings_add(t->scopes, f->scope);
	t->kind = f->element->scope;
}

static void
add_finding(GPtrArray *wants, const struct finding *f)
{
	size_t at = (size_t)(f->element - elements);

	for (guint i = 0; i < f->missing->len; i++) {
		enum supply by = g_array_index(f->supply, enum supply, i);
		struct wanted *t;
		struct want *w;

		if (by == SUPPLY_NOBODY)
			continue;
		w = want_by(wants, by);
		w->elements += w->of[at] ? 0 : 1;
		w->of[at] = TRUE;
		t = wanted_as(w, g_ptr_array_index(f->missing, i));
		t->of[at] = TRUE;
		add_scope(t, f);
	}
}

static int
by_elements(gconstpointer a, gconstpointer b)
{
	const struct want *x = *(const struct want *const *)a;
	const struct want *y = *(const struct want *const *)b;

	if (x->elements != y->elements)
		return x->elements > y->elements ? -1 : 1;
	return x->by < y->by ? -1 : x->by > y->by;
}

GPtrArray *
wants_of(const GPtrArray *findings)
{
	GPtrArray *wants = g_ptr_array_new_with_free_func(want_free);

	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = g_ptr_array_index(findings, i);

		if (words_status[f->status].gap)
			add_finding(wants, f);
	}
	g_ptr_array_sort(wants, by_elements);
	return wants;
}

char *
wanted_scopes(const struct wanted *t)
{
	GString *names;

	if (t->scopes->len == 0)
		return NULL;
	if (t->kind == SCOPE_DOE && t->scopes->len > SCOPES_NAMED)
		return g_strdup_printf("%u Does", t->scopes->len);
	names = g_string_new(NULL);
	for (guint i = 0; i < t->scopes->len && i < SCOPES_NAMED; i++)
		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
		    (const char *)g_ptr_array_index(t->scopes, i));
	if (t->scopes->len > SCOPES_NAMED)
		g_string_append_printf(names, " and %u more",
		    t->scopes->len - SCOPES_NAMED);
	return g_string_free(names, FALSE);
}
