#include "probes/text.h"
#include "reports/link.h"
#include "reports/render.h"
#include "reports/sight.h"

/*
 * The assessment for programs: assess.schema.json describes it.  Keys stand in
 * a fixed order, numbers are whole, and no text of a server is anything but a
 * JSON string.
 */

static json_t *
text(const char *s)
{
	return text_json(s, strlen(s));
}

static json_t *
texts(const GPtrArray *a)
{
	json_t *list = json_array();

	for (guint i = 0; i < a->len; i++)
		json_array_append_new(list, text(g_ptr_array_index(a, i)));
	return list;
}

static json_t *
pointer_json(const struct pointer *p)
{
	g_autofree char *s = pointer_text(p);

	return text(s);
}

static json_t *
pointers(const GArray *a)
{
	json_t *list = json_array();

	for (guint i = 0; i < a->len; i++)
		json_array_append_new(list,
		    pointer_json(&g_array_index(a, struct pointer, i)));
	return list;
}

static json_t *
finding_json(const struct finding *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "element", text(f->element->id));
	json_object_set_new(o, "scope", text(f->scope));
	json_object_set_new(o, "forum", f->forum != NULL ? text(f->forum) :
	    json_null());
	json_object_set_new(o, "status", text(status_name(f->status)));
	json_object_set_new(o, "adverse", json_boolean(f->adverse));
	json_object_set_new(o, "for", pointers(f->for_));
	json_object_set_new(o, "against", pointers(f->against));
	json_object_set_new(o, "missing", texts(f->missing));
	json_object_set_new(o, "notes", texts(f->notes));
	json_object_set_new(o, "overlays", json_array());
	return o;
}

static json_t *
case_json(const struct record *rec)
{
	json_t *o = json_object();

	json_object_set_new(o, "title", text(rec->title));
	json_object_set_new(o, "court", text(rec->court));
	json_object_set_new(o, "number", text(rec->number));
	json_object_set_new(o, "forum", text(rec->forum));
	json_object_set_new(o, "standalone", json_boolean(rec->standalone));
	return o;
}

static json_t *
runs_json(const struct record *rec)
{
	json_t *list = json_array();

	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *run = g_ptr_array_index(rec->runs, i);
		json_t *o = json_object();

		json_object_set_new(o, "run", text(run->name));
		json_object_set_new(o, "head", text(run->head));
		json_object_set_new(o, "ended", text(run->ended));
		json_object_set_new(o, "complete", json_boolean(run->complete));
		json_array_append_new(list, o);
	}
	return list;
}

/* ---- factor 4 --------------------------------------------------------------- */

static void
facet(json_t *facets, const char *name, enum status status, const char *says,
    json_t *records)
{
	json_t *o = json_object();

	json_object_set_new(o, "status", text(status_name(status)));
	json_object_set_new(o, "text", text(says));
	json_object_set_new(o, "records", records);
	json_object_set_new(facets, name, o);
}

static const struct finding *
finding_of(const GPtrArray *findings, const char *id, const char *scope)
{
	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = g_ptr_array_index(findings, i);

		if (strcmp(f->element->id, id) == 0 &&
		    strcmp(f->scope, scope) == 0)
			return f;
	}
	return NULL;
}

/* Role and date come from the same records: seen doing what, from when to when. */
static void
facets_seen(json_t *facets, const struct entity_view *e, enum status status)
{
	g_autoptr(GString) roles = g_string_new(NULL);
	json_t *records = json_array();
	const char *first = "", *last = "";
	g_autofree char *dates = NULL;

	for (guint i = 0; i < e->seen->len; i++) {
		const struct provider *p = g_ptr_array_index(e->seen, i);
		const char *at = p->fact->at != NULL ? p->fact->at : "";

		g_string_append_printf(roles, "%s%s of %s",
		    i > 0 ? ", " : "", p->role, p->about);
		json_array_append_new(records, pointer_json(&(struct pointer){
		    .run = p->run, .fact = p->fact }));
		if (*first == '\0' || strcmp(at, first) < 0)
			first = at;
		if (strcmp(at, last) > 0)
			last = at;
	}
	if (e->seen->len > 0)
		dates = g_strdup_printf("%s to %s", first, last);
	facet(facets, "role", status, roles->str, records);
	facet(facets, "date", status, dates != NULL ? dates : "",
	    json_copy(records));
}

static json_t *
facets_json(const GPtrArray *findings, const struct entity_view *e)
{
	const struct finding *role = finding_of(findings, "L-01", e->name);
	const struct finding *held = finding_of(findings, "L-06", e->name);
	enum status seen = role == NULL ? ST_NC : role->status;
	json_t *facets = json_object();

	/* Of L-01's facets these two are whole where an entity was seen. */
	facets_seen(facets, e, seen == ST_PART ? ST_SUP : seen);
	facet(facets, "data_held", held != NULL ? held->status : ST_NC,
	    held != NULL && held->notes->len > 0 ?
	    g_ptr_array_index(held->notes, 0) : "",
	    held != NULL ? pointers(held->for_) : json_array());
	facet(facets, "practice", ST_NONE, "nothing in the record: no terms or "
	    "policy of it imported", json_array());
	facet(facets, "statement", ST_NONE, "nothing in the record: no mail of "
	    "it imported", json_array());
	facet(facets, "route", ST_CO, "for counsel", json_array());
	json_object_set_new(facets, "missing", role != NULL ?
	    texts(role->missing) : json_array());
	return facets;
}

static json_t *
entity_json(const GPtrArray *findings, const struct entity_view *e)
{
	static const char *const ids[] = { "L-01", "L-04", "L-06", "L-09" };
	json_t *o = json_object(), *rows = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
		const struct finding *f = finding_of(findings, ids[i], e->name);

		if (f != NULL)
			json_object_set_new(rows, ids[i],
			    text(status_name(f->status)));
	}
	json_object_set_new(o, "name", text(e->name));
	json_object_set_new(o, "country", text(e->country));
	json_object_set_new(o, "listed", json_boolean(e->entry != NULL));
	json_object_set_new(o, "sought_for", text(e->entry != NULL ?
	    e->entry->sought_for : ""));
	json_object_set_new(o, "rows", rows);
	json_object_set_new(o, "facets", facets_json(findings, e));
	return o;
}

static json_t *
entities_json(const struct report *r)
{
	json_t *list = json_array();
	struct sight sight;

	sight_init(&sight, r->rec);
	for (guint i = 0; i < sight.entities->len; i++)
		json_array_append_new(list, entity_json(r->findings,
		    g_ptr_array_index(sight.entities, i)));
	sight_clear(&sight);
	return list;
}

/* ---- what the sites share ----------------------------------------------------- */

static json_t *
share_json(const struct links *l, const struct link_share *s)
{
	g_autofree char *rarity = link_rarity(l, s);
	json_t *o = json_object(), *records = json_array();

	json_object_set_new(o, "sign", text(s->sign->id));
	json_object_set_new(o, "what", text(s->sign->what));
	json_object_set_new(o, "value", text(s->value));
	json_object_set_new(o, "weight", text(weight_name(s->weight)));
	json_object_set_new(o, "family", text(family_name(s->sign->family)));
	json_object_set_new(o, "also", text(s->sign->also));
	json_object_set_new(o, "rarity", text(rarity));
	json_array_append_new(records, pointer_json(&(struct pointer){
		    .run = s->a.run, .fact = s->a.fact }));
	if (s->b.fact != s->a.fact)
		json_array_append_new(records, pointer_json(&(struct pointer){
		    .run = s->b.run, .fact = s->b.fact }));
	json_object_set_new(o, "records", records);
	return o;
}

static json_t *
pair_json(const struct links *l, const struct link_pair *p)
{
	json_t *o = json_object(), *sites = json_array(), *all = json_array();

	json_array_append_new(sites, text(p->a->name));
	json_array_append_new(sites, text(p->b->name));
	for (guint i = 0; i < p->shares->len; i++)
		json_array_append_new(all, share_json(l,
		    g_ptr_array_index(p->shares, i)));
	json_object_set_new(o, "sites", sites);
	json_object_set_new(o, "linked", json_boolean(p->linked));
	json_object_set_new(o, "shares", all);
	return o;
}

static json_t *
drop_json(const struct link_drop *d)
{
	json_t *o = json_object();

	json_object_set_new(o, "sign", text(d->sign->id));
	json_object_set_new(o, "value", text(d->value));
	json_object_set_new(o, "site", text(d->at.site->name));
	json_object_set_new(o, "why", text(d->why));
	return o;
}

static json_t *
links_json(const struct record *rec)
{
	json_t *o = json_object(), *pairs = json_array(), *drops = json_array();
	struct sight sight;
	struct links l;

	sight_init(&sight, rec);
	links_init(&l, &sight);
	for (guint i = 0; i < l.pairs->len; i++)
		json_array_append_new(pairs, pair_json(&l,
		    g_ptr_array_index(l.pairs, i)));
	for (guint i = 0; i < l.drops->len; i++)
		json_array_append_new(drops,
		    drop_json(g_ptr_array_index(l.drops, i)));
	json_object_set_new(o, "compared", json_integer(l.sites));
	json_object_set_new(o, "pairs", pairs);
	json_object_set_new(o, "left_out", drops);
	links_clear(&l);
	sight_clear(&sight);
	return o;
}

static json_t *
traps_json(const GPtrArray *findings)
{
	json_t *list = json_array();

	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = g_ptr_array_index(findings, i);
		json_t *o;

		if (f->element->kind != 'T')
			continue;
		o = json_object();
		json_object_set_new(o, "element", text(f->element->id));
		json_object_set_new(o, "status", text(status_name(f->status)));
		json_object_set_new(o, "text", text(f->element->proposition));
		json_array_append_new(list, o);
	}
	return list;
}

void
render_assess_json(const struct report *r, GString *out)
{
	json_t *doc = json_object(), *findings = json_array();
	char *bytes;

	for (guint i = 0; i < r->findings->len; i++)
		json_array_append_new(findings,
		    finding_json(g_ptr_array_index(r->findings, i)));
	json_object_set_new(doc, "goodcause", text(r->version != NULL ?
	    r->version : ""));
	json_object_set_new(doc, "schema", text("assess/1"));
	json_object_set_new(doc, "case", case_json(r->rec));
	json_object_set_new(doc, "rules", text(RULES_VERSION));
	json_object_set_new(doc, "rules_date", text(RULES_DATE));
	json_object_set_new(doc, "as_of", text(r->rec->as_of));
	json_object_set_new(doc, "known_at", text(r->rec->known_at));
	json_object_set_new(doc, "runs", runs_json(r->rec));
	json_object_set_new(doc, "findings", findings);
	json_object_set_new(doc, "entities", entities_json(r));
	json_object_set_new(doc, "links", links_json(r->rec));
	json_object_set_new(doc, "traps", traps_json(r->findings));
	bytes = json_dumps(doc, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	g_string_append(out, bytes);
	g_string_append_c(out, '\n');
	free(bytes);
	json_decref(doc);
}
