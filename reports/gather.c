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

const char *
gather_page(const struct fact *f)
{
	const char *at = strstr(f->subject, "://");

	at = at != NULL ? at + 3 : f->subject;
	return g_str_has_prefix(at, "www.") ? at + 4 : at;
}

/* Not fact_identity(): a page is one, whichever status its addresses gave. */
gboolean
gather_first(GHashTable *seen, const struct fact *f)
{
	g_auto(GStrv) names = g_strsplit(fact_info(f->kind)->key, " ", -1);
	GString *key = g_string_new(NULL);

	g_string_append_printf(key, "%d %s", (int)f->kind, gather_page(f));
	for (size_t i = 0; names[i] != NULL; i++)
		g_string_append_printf(key, "\n%s", fact_str(f, names[i]));
	return g_hash_table_add(seen, g_string_free(key, FALSE));
}

struct tally
tally_new(void)
{
	return (struct tally){ 0, g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL) };
}

void
tally(struct tally *t, const struct fact *f)
{
	t->n += gather_first(t->seen, f) ? 1u : 0u;
}

guint
tally_end(struct tally *t)
{
	g_hash_table_unref(t->seen);
	return t->n;
}

struct each { page_fn *fn; void *arg; };

static void
each_visit(struct finding *f, const struct visit *v, void *arg)
{
	const struct each *e = arg;
	const char *last = NULL;
	gboolean own = FALSE;

	/* Equal targets are mostly one pointer (share.h). */
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);

		if (fact->target != last) {
			last = fact->target;
			own = last != NULL && strcmp(last, v->target) == 0;
		}
		if (own)
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
	GString		*list;
	struct tally	 tally;
};

static void
gather_fact(struct finding *f, const struct run *run, const struct fact *fact,
    void *arg)
{
	struct gather *g = arg;
	const char *value;

	if (!gather_wants(g->want, g->wants, fact, &value))
		return;
	tally(&g->tally, fact);
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
	struct gather g = { want, wants, against, list, tally_new() };

	gather_each(f, gather_fact, &g);
	return tally_end(&g.tally);
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
