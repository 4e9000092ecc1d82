#include "reports/matrix.h"

#include <string.h>

#include "reports/html.h"
#include "reports/judge.h"
#include "reports/policy.h"
#include "reports/terms.h"

static const char *const names[FACETS] = {
	[FACET_ROLE] = "role", [FACET_DATE] = "date",
	[FACET_DATA_HELD] = "data_held", [FACET_PRACTICE] = "practice",
	[FACET_STATEMENT] = "statement", [FACET_ROUTE] = "route",
	[FACET_MISSING] = "missing",
};

const char *
facet_name(enum facet_kind f)
{
	return names[f];
}

const struct finding *
matrix_finding(const GPtrArray *findings, const char *id, const char *scope)
{
	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = findings->pdata[i];

		if (strcmp(f->element->id, id) == 0 &&
		    strcmp(f->scope, scope) == 0)
			return f;
	}
	return NULL;
}

static void
point(struct facet *to, struct pointer p)
{
	for (guint i = 0; i < to->pointers->len; i++) {
		const struct pointer *o = &g_array_index(to->pointers,
		    struct pointer, i);

		if (o->run == p.run && o->fact == p.fact && o->n == p.n &&
		    o->import == p.import && o->table == p.table)
			return;
	}
	g_array_append_val(to->pointers, p);
}

/* ---- role and date ------------------------------------------------------------- */

static gboolean
in_newest(const struct sight *s, const struct provider *p)
{
	const struct site *site = sight_site(s, p->target);

	return site != NULL && site_last(site)->run == p->run;
}

static void
seen(struct matrix_row *r, const struct provider *p)
{
	struct facet *role = &r->facets[FACET_ROLE];
	const char *at = p->fact->at != NULL ? p->fact->at : "";
	g_autofree char *word = g_strdup_printf("%s of %s", p->role, p->about);
	const struct fact *facts[] = { p->fact, p->how };

	list_add(role->text, word);
	for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
		if (facts[i] == NULL)
			continue;
		point(role, cites_pointer(p->run, facts[i]));
		point(&r->facets[FACET_DATE],
		    cites_pointer(p->run, facts[i]));
	}
	if (*r->first == '\0' || strcmp(at, r->first) < 0)
		r->first = at;
	if (strcmp(at, r->last) > 0)
		r->last = at;
}

/* What the entity's own role finding says of the newest run. */
static void
date_facet(struct matrix_row *r, enum status row)
{
	static const char *const says[] = { "", "seen in the newest run",
		"not seen in the newest run", "the newest run had not all "
		"answers" };
	struct facet *date = &r->facets[FACET_DATE];

	date->status = r->current == CURRENT_UNSEEN ? row :
	    r->current == CURRENT_NO ? ST_STALE : ST_SUP;
	if (r->current == CURRENT_UNSEEN)
		return;
	g_string_append(date->text, r->first);
	if (strcmp(r->first, r->last) != 0)
		g_string_append_printf(date->text, " to %s", r->last);
	g_string_append_printf(date->text, "; %s", says[r->current]);
}

static void
role_facets(struct matrix_row *r, const struct sight *s,
    const GPtrArray *findings)
{
	const struct finding *f = matrix_finding(findings, "L-01", r->e->name);
	enum status row = f != NULL ? f->status : ST_NC;
	gboolean newest = FALSE;

	for (guint i = 0; i < r->e->seen->len; i++) {
		seen(r, r->e->seen->pdata[i]);
		newest |= in_newest(s, r->e->seen->pdata[i]);
	}
	if (r->e->seen->len > 0)
		r->current = newest ? CURRENT_YES : row == ST_STALE ?
		    CURRENT_NO : CURRENT_UNKNOWN;
	/* An entity that was seen in a role has that facet whole. */
	r->facets[FACET_ROLE].status = r->e->seen->len == 0 ?
	    (row == ST_NC ? ST_NC : ST_NONE) : row == ST_STALE ? ST_STALE :
	    ST_SUP;
	date_facet(r, r->facets[FACET_ROLE].status);
}

/* ---- what it says, and what it was asked ------------------------------------------ */

static gboolean
is_about(const struct record *rec, const struct entity_view *e,
    const struct import *m)
{
	return entity_of_import(rec, e->name, m);
}

static void
add_words(struct facet *to, const struct import *m,
    const struct reply_words *w)
{
	struct facet_words words = { m, w->text, w->offset, w->klass };

	g_array_append_val(to->words, words);
	point(to, (struct pointer){ .import = m });
}

/* The better of what the facet has and of s: SUP, PART, INSUF, NONE. */
static void
raise_facet(struct facet *to, enum status s)
{
	if (to->status == ST_NONE || s < to->status)
		to->status = s;
}

/* How each class serves a facet of what is held. */
static const struct {
	enum reply_class klass;
	enum status	 status;
} held[] = {
	{ REPLY_STATES_DATA_HELD, ST_SUP },
	{ REPLY_STATES_RETENTION, ST_PART },
	{ REPLY_REFUSED_ABSENT_LOCAL_ORDER, ST_INSUF },
	{ REPLY_FORWARDED_ONLY, ST_INSUF },
	{ REPLY_DENIES_DATA, ST_INSUF },
};

static void
hold_words(struct matrix_row *r, const struct import *m)
{
	struct facet *to = &r->facets[FACET_DATA_HELD];

	for (guint i = 0; i < m->mail->words->len; i++) {
		const struct reply_words *w = m->mail->words->pdata[i];

		for (size_t k = 0; k < G_N_ELEMENTS(held); k++) {
			if (held[k].klass != w->klass)
				continue;
			add_words(to, m, w);
			raise_facet(to, held[k].status);
		}
	}
}

static void
one_mail(struct matrix_row *r, const struct import *m)
{
	static const char *const whose[] = { "message", "message of it",
		"message of the operator" };
	struct facet *to = &r->facets[FACET_STATEMENT];
	g_autofree char *word = g_strdup_printf("%s, %.10s%s%s",
	    m->mail->automatic ? "automatic answer" : whose[m->mail->whose],
	    *m->mail->date != '\0' ? m->mail->date : "no date",
	    *m->describe != '\0' ? ": " : "", m->describe);

	list_add(to->text, word);
	point(to, (struct pointer){ .import = m });
	if (m->mail->whose != MAIL_FROM_PROVIDER || m->mail->automatic) {
		if (to->status == ST_NONE)
			to->status = ST_PART;
		return;
	}
	to->status = ST_SUP;
	for (guint i = 0; i < m->mail->words->len; i++)
		add_words(to, m, m->mail->words->pdata[i]);
	hold_words(r, m);
}

static void
mail_facets(struct matrix_row *r, const struct record *rec,
    const GPtrArray *findings)
{
	const struct finding *f = matrix_finding(findings, "L-06", r->e->name);
	struct facet *data = &r->facets[FACET_DATA_HELD];

	r->facets[FACET_DATA_HELD].status = ST_NONE;
	r->facets[FACET_STATEMENT].status = ST_NONE;
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = rec->imports->pdata[i];

		if (m->kind == IMPORT_MAIL && m->mail != NULL &&
		    is_about(rec, r->e, m))
			one_mail(r, m);
	}
	/* What it holds is said of the customer of another address. */
	if (data->status == ST_SUP && f != NULL && f->status == ST_PART)
		data->status = ST_PART;
	if (r->facets[FACET_STATEMENT].pointers->len == 0)
		g_string_append(r->facets[FACET_STATEMENT].text,
		    "nothing in the record: no mail of it imported");
	if (r->facets[FACET_DATA_HELD].words->len == 0)
		g_string_append(r->facets[FACET_DATA_HELD].text,
		    "nothing in the record: no words of it on what it holds");
}

/* ---- published terms ----------------------------------------------------------------- */

static void
add_form(struct facet *to, const struct fact *f)
{
	g_autoptr(GString) fields = g_string_new(NULL);
	g_autofree char *word = NULL;
	json_t *x;
	size_t i;

	json_array_foreach(fact_get(f, "fields"), i, x)
		if (json_is_string(x) && fields->len < 200)
			g_string_append_printf(fields, "%s%s", i > 0 ? ", " :
			    "", json_string_value(x));
	word = g_strdup_printf("sign-up form at %s with the fields %s",
	    f->subject, fields->str);
	list_add(to->text, word);
}

static void
terms_fact(struct facet *to, const struct run *run, const struct fact *f)
{
	static const enum status by[] = { [TERMS_NOTHING] = ST_INSUF,
		[TERMS_MAIL] = ST_PART, [TERMS_WHO] = ST_SUP };
	gboolean form = terms_is_sign_up(f);
	gboolean terms = f->kind == FACT_PAGE_LINK &&
	    (strcmp(fact_str(f, "purpose"), "terms") == 0 ||
	    strcmp(fact_str(f, "purpose"), "privacy") == 0);

	if (!form && !terms)
		return;
	if (form) {
		add_form(to, f);
	} else {
		g_autofree char *word = g_strdup_printf("terms linked: %s",
		    fact_str(f, "href"));

		list_add(to->text, word);
	}
	point(to, cites_pointer(run, f));
	raise_facet(to, form ? by[terms_form_asks(f)] : ST_PART);
}

static void
terms_site(struct facet *to, const struct site *site)
{
	for (guint v = 0; v < site->visits->len; v++) {
		const struct visit *visit = site->visits->pdata[v];

		for (guint i = 0; i < visit->facts->len; i++)
			if (content_has(&visit->index->content,
			    visit->facts->pdata[i]))
				terms_fact(to, visit->run,
				    visit->facts->pdata[i]);
	}
}

/* An IMPORTED statement that names the document, or is taken from it. */
static const struct statement *
quoted_by(const struct record *rec, const struct import *m)
{
	for (guint i = 0; i < rec->statements->len; i++) {
		const struct statement *s = rec->statements->pdata[i];
		gboolean named = strcmp(s->source, m->id) == 0 ||
		    strcmp(s->source, m->exhibit) == 0 ||
		    (*m->label != '\0' && strcmp(s->source, m->label) == 0) ||
		    strcmp(s->source, m->file) == 0;

		if (s->type != BELIEF && named)
			return s;
	}
	return NULL;
}

static void
terms_document(struct facet *to, const struct record *rec,
    const struct import *m)
{
	const struct statement *s = quoted_by(rec, m);
	g_autofree char *word = NULL;

	if (s == NULL) {
		word = g_strdup_printf("document %s imported; no row of "
		    "statements.csv quotes it", m->exhibit);
		list_add(to->text, word);
		return;
	}
	word = g_strdup_printf("document %s, quoted in statements.csv:%u",
	    m->exhibit, s->line);
	list_add(to->text, word);
	point(to, (struct pointer){ .import = m });
	point(to, (struct pointer){ .table = "statements.csv", .n = s->line });
	raise_facet(to, policy_practice(s));
}

static void
practice_facet(struct matrix_row *r, const struct record *rec,
    const struct sight *s)
{
	struct facet *to = &r->facets[FACET_PRACTICE];

	to->status = ST_NONE;
	for (guint i = 0; i < s->sites->len; i++) {
		const struct site *site = s->sites->pdata[i];

		if (entity_is_host(r->e->name, site->name))
			terms_site(to, site);
	}
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = rec->imports->pdata[i];

		if (m->kind == IMPORT_DOCUMENT && is_about(rec, r->e, m))
			terms_document(to, rec, m);
	}
	if (to->text->len == 0)
		g_string_append(to->text, "nothing in the record: no page of "
		    "its own and no document on its terms");
}

/* ---- route, missing ---------------------------------------------------------------------- */

/* R-* and D-* of this entity alone. */
static gboolean
is_of(const struct overlay_note *n, const struct entity_view *e)
{
	if ((n->row->id[0] != 'R' && n->row->id[0] != 'D') ||
	    n->row->id[1] != '-')
		return FALSE;
	for (guint i = 0; i < n->scopes->len; i++)
		if (strcmp(n->scopes->pdata[i], e->name) == 0)
			return TRUE;
	return FALSE;
}

/* What it says itself of the way: an order of which court, whose consent. */
static void
route_words(struct facet *to, const struct record *rec,
    const struct entity_view *e)
{
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = rec->imports->pdata[i];

		if (m->kind != IMPORT_MAIL || m->mail == NULL ||
		    m->mail->whose != MAIL_FROM_PROVIDER ||
		    m->mail->automatic || !is_about(rec, e, m))
			continue;
		for (guint k = 0; k < m->mail->words->len; k++) {
			const struct reply_words *w = m->mail->words->pdata[k];

			if (w->klass == REPLY_REFUSED_ABSENT_LOCAL_ORDER)
				add_words(to, m, w);
		}
	}
}

static void
route_facet(struct matrix_row *r, const struct record *rec,
    const GPtrArray *notes)
{
	struct facet *to = &r->facets[FACET_ROUTE];

	to->status = ST_CO;
	g_string_append(to->text, "for counsel");
	if (r->e->entry != NULL && *r->e->entry->letter != '\0')
		g_string_append_printf(to->text, "; entities.csv asks for it "
		    "by letter %s", r->e->entry->letter);
	route_words(to, rec, r->e);
	for (guint i = 0; notes != NULL && i < notes->len; i++) {
		struct overlay_note *n = notes->pdata[i];

		if (!is_of(n, r->e))
			continue;
		g_string_append_printf(to->text, "%s%s", r->notes->len == 0 ?
		    "; notes " : ", ", n->row->id);
		g_ptr_array_add(r->notes, n);
	}
}

static void
missing_facet(struct matrix_row *r, const GPtrArray *findings)
{
	static const char *const asked[] = { "L-01", "L-04", "L-06", "L-09" };
	struct facet *to = &r->facets[FACET_MISSING];

	to->status = ST_NC;
	for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
		const struct finding *f = matrix_finding(findings, asked[i],
		    r->e->name);

		for (guint k = 0; f != NULL && k < f->missing->len; k++) {
			if (g_ptr_array_find_with_equal_func(r->missing,
			    f->missing->pdata[k], g_str_equal, NULL))
				continue;
			g_ptr_array_add(r->missing, f->missing->pdata[k]);
			g_string_append_printf(to->text, "%s%s",
			    to->text->len > 0 ? "; " : "",
			    (const char *)f->missing->pdata[k]);
		}
		if (f != NULL)
			to->status = f->status;
	}
}

/* ---- all rows ---------------------------------------------------------------------------- */

static void
row_free(void *p)
{
	struct matrix_row *r = p;

	for (int i = 0; i < FACETS; i++) {
		g_string_free(r->facets[i].text, TRUE);
		g_array_unref(r->facets[i].pointers);
		g_array_unref(r->facets[i].words);
	}
	g_ptr_array_unref(r->missing);
	g_ptr_array_unref(r->notes);
	g_free(r);
}

static struct matrix_row *
row_new(const struct entity_view *e)
{
	struct matrix_row *r = g_new0(struct matrix_row, 1);

	r->e = e;
	r->first = r->last = "";
	for (int i = 0; i < FACETS; i++) {
		r->facets[i].text = g_string_new(NULL);
		r->facets[i].pointers = g_array_new(FALSE, FALSE,
		    sizeof(struct pointer));
		r->facets[i].words = g_array_new(FALSE, FALSE,
		    sizeof(struct facet_words));
	}
	r->missing = g_ptr_array_new();
	r->notes = g_ptr_array_new();
	return r;
}

void
matrix_init(struct matrix *m, const struct record *rec,
    const struct sight *sight, const GPtrArray *findings,
    const GPtrArray *notes)
{
	m->sight = sight_or(sight, &m->own, rec);
	m->rows = g_ptr_array_new_with_free_func(row_free);
	for (guint i = 0; i < m->sight->entities->len; i++) {
		struct matrix_row *r = row_new(m->sight->entities->pdata[i]);

		role_facets(r, m->sight, findings);
		mail_facets(r, rec, findings);
		practice_facet(r, rec, m->sight);
		route_facet(r, rec, notes);
		missing_facet(r, findings);
		g_ptr_array_add(m->rows, r);
	}
}

void
matrix_clear(struct matrix *m)
{
	g_ptr_array_unref(m->rows);
	sight_done(m->sight, &m->own);
}
