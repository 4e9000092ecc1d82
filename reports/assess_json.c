#include "probes/text.h"
#include "reports/json_doc.h"
#include "reports/link.h"
#include "reports/matrix.h"
#include "reports/render.h"
#include "reports/sight.h"
#include "reports/words.h"

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

/* Notes of later authority beside a finding; they change nothing of it. */
static json_t *
beside_json(const GPtrArray *notes, const struct finding *f)
{
	json_t *list = json_array();

	for (guint i = 0; notes != NULL && i < notes->len; i++) {
		const struct overlay_note *n = notes->pdata[i];
		g_autofree char *says = NULL;
		json_t *o;

		if (!overlay_beside(n, f))
			continue;
		says = overlay_text(n);
		o = json_object();
		json_object_set_new(o, "id", text(n->row->id));
		json_object_set_new(o, "text", text(says));
		json_array_append_new(list, o);
	}
	return list;
}

/* One for each thing that is missing, in the same order. */
static json_t *
suppliers_json(const struct finding *f)
{
	json_t *list = json_array();

	for (guint i = 0; i < f->supply->len; i++)
		json_array_append_new(list, json_string(supply_says(
		    g_array_index(f->supply, enum supply, i))));
	return list;
}

static json_t *
finding_json(const struct finding *f, const GPtrArray *notes)
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
	json_object_set_new(o, "supplied_by", suppliers_json(f));
	json_object_set_new(o, "notes", texts(f->notes));
	json_object_set_new(o, "overlays", beside_json(notes, f));
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
run_json(const struct run *run)
{
	json_t *o = json_object();

	json_object_set_new(o, "run", text(run->name));
	json_object_set_new(o, "head", text(run->head));
	json_object_set_new(o, "ended", text(run->ended));
	json_object_set_new(o, "complete", json_boolean(run->complete));
	if (run->told)
		json_object_set_new(o, "same_as_beside", json_true());
	return o;
}

/* ---- factor 4 --------------------------------------------------------------- */

/* Words of an entity as they stand in its message. */
static json_t *
words_json(const GArray *words)
{
	json_t *list = json_array();

	for (guint i = 0; i < words->len; i++) {
		const struct facet_words *w = &g_array_index(words,
		    struct facet_words, i);
		json_t *o = json_object();

		json_object_set_new(o, "import", text(w->import->id));
		json_object_set_new(o, "class",
		    text(reply_class_name(w->klass)));
		json_object_set_new(o, "offset",
		    json_integer((json_int_t)w->offset));
		json_object_set_new(o, "sha256", text(w->import->sha256));
		json_object_set_new(o, "text", text(w->text));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
facet_json(const struct facet *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "status", text(status_name(f->status)));
	json_object_set_new(o, "text", text(f->text->str));
	json_object_set_new(o, "records", pointers(f->pointers));
	if (f->words->len > 0)
		json_object_set_new(o, "words", words_json(f->words));
	return o;
}

static json_t *
facets_json(const struct matrix_row *row)
{
	json_t *facets = json_object();

	for (int i = 0; i < FACETS; i++)
		json_object_set_new(facets, facet_name((enum facet_kind)i),
		    facet_json(&row->facets[i]));
	return facets;
}

static json_t *
entity_json(const GPtrArray *findings, const struct matrix_row *row)
{
	const struct entity_view *e = row->e;
	static const char *const ids[] = { "L-01", "L-04", "L-06", "L-09" };
	json_t *o = json_object(), *rows = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
		const struct finding *f = matrix_finding(findings,
		    ids[i], e->name);

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
	json_object_set_new(o, "facets", facets_json(row));
	return o;
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
links_json(const struct report *r)
{
	json_t *o = json_object(), *pairs = json_array(), *drops = json_array();
	struct sight own;
	const struct sight *sight = sight_or(r->sight, &own, r->rec);
	struct links l;

	links_init(&l, sight);
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
	sight_done(sight, &own);
	return o;
}

/* ---- traps, later authority, imports --------------------------------------------- */

static json_t *
traps_json(const GPtrArray *findings)
{
	json_t *list = json_array();

	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = g_ptr_array_index(findings, i);
		json_t *o;

		if (!words_trap_fires(f))
			continue;
		o = json_object();
		json_object_set_new(o, "element", text(f->element->id));
		json_object_set_new(o, "status", text(status_name(f->status)));
		json_object_set_new(o, "text", text(f->notes->len > 0 ?
		    g_ptr_array_index(f->notes, 0) :
		    f->element->proposition));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
words_of(const char *spaced)
{
	g_auto(GStrv) words = g_strsplit(spaced, " ", -1);
	json_t *list = json_array();

	for (char **w = words; *w != NULL; w++)
		if (**w != '\0')
			json_array_append_new(list, text(*w));
	return list;
}

static json_t *
overlay_json(const struct overlay_note *n)
{
	const struct overlay *x = n->row;
	json_t *o = json_object();

	json_object_set_new(o, "id", text(x->id));
	json_object_set_new(o, "authority", text(x->authority));
	json_object_set_new(o, "court", text(x->court));
	json_object_set_new(o, "date", text(x->date));
	json_object_set_new(o, "verified", text(verified_name(x->verified)));
	json_object_set_new(o, "checked", text(x->checked));
	json_object_set_new(o, "signal", text(signal_says(x->signal)));
	json_object_set_new(o, "text", text(x->says));
	json_object_set_new(o, "record", text(n->shows->str));
	json_object_set_new(o, "records", pointers(n->pointers));
	json_object_set_new(o, "contrary", words_of(x->contrary));
	json_object_set_new(o, "beside", words_of(x->beside));
	json_object_set_new(o, "entities", texts(n->scopes));
	return o;
}

static json_t *
overlays_json(const GPtrArray *notes)
{
	json_t *list = json_array();

	for (guint i = 0; notes != NULL && i < notes->len; i++)
		json_array_append_new(list, overlay_json(notes->pdata[i]));
	return list;
}

/* Which file it is: of those that count, and of those withdrawn. */
static json_t *
file_json(const struct import *m)
{
	json_t *o = json_object();

	json_object_set_new(o, "import", text(m->id));
	json_object_set_new(o, "kind", text(import_kind_name(m->kind)));
	json_object_set_new(o, "exhibit", text(m->exhibit));
	json_object_set_new(o, "file", text(m->file));
	json_object_set_new(o, "sha256", text(m->sha256));
	json_object_set_new(o, "at", text(m->at));
	return o;
}

static json_t *
import_json(const struct import *m)
{
	json_t *o = file_json(m);

	json_object_set_new(o, "entity", text(m->entity));
	json_object_set_new(o, "rows", json_integer(m->rows->len));
	json_object_set_new(o, "counted", json_integer(m->counted));
	json_object_set_new(o, "problems", json_integer(m->problems->len));
	return o;
}

static json_t *
imports_json(const struct record *rec)
{
	json_t *list = json_array();

	for (guint i = 0; i < rec->imports->len; i++)
		json_array_append_new(list, import_json(
		    rec->imports->pdata[i]));
	return list;
}

static json_t *
withdrawn_json(const struct record *rec)
{
	json_t *list = json_array();

	for (guint i = 0; i < rec->withdrawn->len; i++) {
		const struct import *m = rec->withdrawn->pdata[i];
		json_t *o = file_json(m);

		json_object_set_new(o, "withdrawn", text(m->withdrawn));
		json_object_set_new(o, "by", text(m->withdrawn_by));
		json_object_set_new(o, "reason", text(m->withdrawn_why));
		json_array_append_new(list, o);
	}
	return list;
}

/* ---- the document ------------------------------------------------------------------ */

static void
put_runs(struct json_doc *d, const struct record *rec)
{
	for (guint i = 0; i < rec->runs->len; i++)
		doc_item(d, "runs", run_json(rec->runs->pdata[i]));
	doc_list_end(d, "runs");
}

static void
put_findings(struct json_doc *d, const struct report *r)
{
	for (guint i = 0; i < r->findings->len; i++)
		doc_item(d, "findings", finding_json(r->findings->pdata[i],
		    r->overlays));
	doc_list_end(d, "findings");
}

static void
put_entities(struct json_doc *d, const struct report *r)
{
	struct matrix m;

	matrix_init(&m, r->rec, r->sight, r->findings, r->overlays);
	for (guint i = 0; i < m.rows->len; i++)
		doc_item(d, "entities", entity_json(r->findings,
		    m.rows->pdata[i]));
	doc_list_end(d, "entities");
	matrix_clear(&m);
}

static void
put_head(struct json_doc *d, const struct report *r)
{
	doc_member(d, "goodcause", text(r->version != NULL ? r->version : ""));
	doc_member(d, "schema", text("assess/1"));
	doc_member(d, "case", case_json(r->rec));
	doc_member(d, "rules", text(RULES_VERSION));
	doc_member(d, "rules_date", text(RULES_DATE));
	doc_member(d, "as_of", text(r->rec->as_of));
	doc_member(d, "known_at", text(r->rec->known_at));
}

void
render_assess_json(const struct report *r, GString *out)
{
	struct json_doc d;

	doc_begin(&d, out);
	put_head(&d, r);
	put_runs(&d, r->rec);
	doc_member(&d, "imports", imports_json(r->rec));
	if (r->rec->withdrawn->len > 0)
		doc_member(&d, "withdrawn", withdrawn_json(r->rec));
	put_findings(&d, r);
	put_entities(&d, r);
	doc_member(&d, "links", links_json(r));
	doc_member(&d, "traps", traps_json(r->findings));
	doc_member(&d, "overlays", overlays_json(r->overlays));
	doc_end(&d);
}
