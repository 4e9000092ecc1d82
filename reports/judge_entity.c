#include "reports/judge.h"

/* ---- L-01, L-04, L-09: what an entity was seen doing -------------------------- */

static gboolean
is_current(const struct sight *s, const struct provider *p)
{
	const struct site *site = sight_site(s, p->target);

	return site != NULL && site_last(site)->run == p->run;
}

static void
say_role(struct finding *f, const struct provider *p)
{
	if (p->how != NULL)
		finding_for(f, p->run, p->how);
	finding_for(f, p->run, p->fact);
	finding_note(f, "%s of %s, in run %s of %.10s", p->role, p->about,
	    p->run->name, p->run->started);
}

static void
say_gone(struct finding *f)
{
	if (judge_providers_open(f)) {
		f->status = ST_PART;
		finding_note(f, "the newest run had not all answers");
		return;
	}
	f->status = ST_STALE;
	finding_note(f, "not seen in the newest run; the role was seen before");
}

void
judge_entity_role(const struct record *rec, struct finding *f)
{
	const struct entity_view *e = sight_entity(f->sight, f->scope);
	gboolean current = FALSE;

	(void)rec;
	if (judge_no_run(f))
		return;
	if (e == NULL || e->seen->len == 0) {
		f->status = ST_NONE;
		if (e == NULL || !judge_providers_open(f))
			finding_note(f, "no record names it in a role");
		finding_missing(f, "a role for a name or address of this "
		    "record, and its date");
	}
	finding_missing(f, "what it holds, about whom, and a duty or practice "
	    "of collecting it; by what route it can be had");
	if (e == NULL || e->seen->len == 0)
		return;
	for (guint i = 0; i < e->seen->len; i++) {
		const struct provider *p = g_ptr_array_index(e->seen, i);

		say_role(f, p);
		current |= is_current(f->sight, p);
	}
	f->status = ST_PART;
	if (!current)
		say_gone(f);
}

void
judge_entity_row(const struct record *rec, struct finding *f)
{
	judge_entity_role(rec, f);
}

/* ---- L-06: what its own pages say that it asks for ------------------------------ */

struct terms { guint forms, others; GString *fields; };

static void
add_fields(GString *list, const struct fact *fact)
{
	json_t *fields = fact_get(fact, "fields"), *x;
	size_t i;

	json_array_foreach(fields, i, x)
		if (json_is_string(x) && list->len < 200)
			list_add(list, json_string_value(x));
}

static gboolean
is_terms(const struct fact *fact)
{
	if (fact->kind == FACT_PAGE_LINK)
		return strcmp(fact_str(fact, "purpose"), "terms") == 0;
	return fact->kind == FACT_PAGE_WORDS &&
	    strcmp(fact_str(fact, "rule"), "payment-method") == 0;
}

static void
terms_visit(struct finding *f, const struct visit *v, struct terms *t)
{
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);

		if (fact->kind == FACT_PAGE_FORM &&
		    strcmp(fact_str(fact, "purpose"), "sign-up") == 0) {
			t->forms++;
			add_fields(t->fields, fact);
			finding_for(f, v->run, fact);
		} else if (is_terms(fact)) {
			t->others++;
			finding_against(f, v->run, fact);
		}
	}
}

/* Sites of the record whose name has the entity's name as a label. */
static guint
terms_of(struct finding *f, struct terms *t)
{
	guint sites = 0;

	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		if (!entity_is_host(f->scope, site->name))
			continue;
		sites++;
		for (guint k = 0; k < site->visits->len; k++)
			terms_visit(f, g_ptr_array_index(site->visits, k), t);
	}
	return sites;
}

static void
terms_open(struct finding *f)
{
	gboolean open = FALSE;

	f->status = ST_NONE;
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		if (entity_is_host(f->scope, site->name))
			open |= judge_site_open(f, site, LOOK_PAGES);
	}
	if (!open)
		finding_note(f, "its pages in the record show no sign-up and "
		    "no terms");
}

void
judge_holds(const struct record *rec, struct finding *f)
{
	struct terms t = { .fields = g_string_new(NULL) };
	guint sites = terms_of(f, &t);

	(void)rec;
	if (sites == 0) {
		f->status = ST_NONE;
		finding_note(f, "nothing in the record: no mail of it "
		    "imported, and no sign-up page of it collected");
	} else if (t.forms > 0) {
		f->status = ST_PART;
		finding_note(f, "%u sign-up form%s; fields: %s", PLURAL(t.forms),
		    t.fields->str);
	} else if (t.others > 0) {
		f->status = ST_INSUF;
		finding_note(f, "%u fact%s on terms or payment, and no sign-up "
		    "form", PLURAL(t.others));
	} else {
		terms_open(f);
	}
	finding_missing(f, "a statement of what it holds, about which "
	    "customer, for which dates");
	g_string_free(t.fields, TRUE);
}
