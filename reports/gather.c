#include "reports/gather.h"

#include <string.h>

gboolean
gather_wants(const struct want *want, size_t wants, const struct fact *fact,
    const char **value)
{
	for (size_t i = 0; i < wants; i++) {
		const struct want *w = &want[i];

		if (fact->kind != w->kind)
			continue;
		*value = w->field != NULL ? fact_str(fact, w->field) : "";
		if (w->value == NULL || strcmp(*value, w->value) == 0)
			return TRUE;
	}
	return FALSE;
}

struct each { page_fn *fn; void *arg; };

static void
each_visit(struct finding *f, const struct visit *v, void *arg)
{
	const struct each *e = arg;

	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);

		if (fact->target != NULL &&
		    strcmp(fact->target, v->target) == 0)
			e->fn(f, v->run, fact, e->arg);
	}
}

void
gather_each(struct finding *f, page_fn *fn, void *arg)
{
	struct each e = { fn, arg };

	judge_visits(f, each_visit, &e);
}

struct gather {
	const struct want *want;
	size_t		 wants;
	gboolean	 against;
	guint		 n;
	GString		*list;
};

static void
gather_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct gather *g = arg;
	const char *value;

	if (!gather_wants(g->want, g->wants, fact, &value))
		return;
	g->n++;
	if (g->list != NULL)
		list_add(g->list, value);
	if (g->against)
		finding_against(f, run, fact);
	else
		finding_for(f, run, fact);
}

guint
gather(struct finding *f, const struct want *want, size_t wants,
    gboolean against, GString *list)
{
	struct gather g = { want, wants, against, 0, list };

	gather_each(f, gather_fact, &g);
	return g.n;
}

void
gather_none(struct finding *f, const char *words)
{
	gboolean open = judge_sites_open(f, LOOK_PAGES);

	finding_missing(f, "%s", f->element->raises);
	if (f->sight->sites->len == 0) {
		f->status = ST_NC;
		finding_note(f, "no page was asked for");
	} else if (!open) {
		f->status = ST_NONE;
		finding_note(f, "%s", words);
	}
}
