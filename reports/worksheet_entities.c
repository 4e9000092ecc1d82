/* Factor 4: a column an entity, four to a table, so that a page holds them. */

#include "reports/worksheet_html.h"

#include <string.h>

#include "reports/matrix.h"

enum {
	ACROSS = 4,		/* entities to a table */
	SEEN_MAX = 6,		/* roles of one entity that are spelled out */
	WORDS_MAX = 6,		/* quotations in one cell */
};

/* The element rows of the table. */
static const struct { const char *id, *says; } asked[] = {
	{ "L-01", "likely to identify" }, { "L-04", "role, date, duty" },
	{ "L-06", "what is held" }, { "L-09", "a showing of its own" },
};

/* Several targets can lead to the same role. */
static gboolean
seen_before(const struct entity_view *e, guint at)
{
	const struct provider *p = e->seen->pdata[at];

	for (guint i = 0; i < at; i++) {
		const struct provider *o = e->seen->pdata[i];

		if (o->run == p->run && strcmp(o->role, p->role) == 0 &&
		    strcmp(o->about, p->about) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
country_cell(struct worksheet_doc *w, const struct matrix_row *r)
{
	struct html *h = &w->h;

	say(h, "%t", *r->e->country != '\0' ? r->e->country : "not told");
	if (r->e->entry == NULL)
		html_raw(h, "<br>not in entities.csv");
	else if (*r->e->entry->sought_for != '\0')
		say(h, "<br>sought for: %t", r->e->entry->sought_for);
}

static void
role_cell(struct worksheet_doc *w, const struct matrix_row *r)
{
	const struct entity_view *e = r->e;
	struct html *h = &w->h;
	guint n = 0;

	html_status(h, r->facets[FACET_ROLE].status, 0);
	if (e->seen->len == 0)
		html_raw(h, "none in this record");
	for (guint i = 0; i < e->seen->len; i++) {
		const struct provider *p = e->seen->pdata[i];
		g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
		    sizeof(uint64_t));

		if (seen_before(e, i) || n++ >= SEEN_MAX)
			continue;
		html_raw(h, n > 1 ? "<br>" : "");
		say(h, "%t of %p", p->role, p->about);
		if (p->run != w->v.run) {
			say(h, " <cite>[run %t]</cite>", p->run->name);
			continue;
		}
		cites_fact(records, p->run, p->fact);
		cites_fact(records, p->run, p->how);
		html_cite(h, records);
	}
	if (n > SEEN_MAX)
		say(h, "<br>and %d more, see addresses.csv",
		    (uint64_t)(n - SEEN_MAX));
}

static void
date_cell(struct worksheet_doc *w, const struct matrix_row *r)
{
	static const char *const says[] = {
		[CURRENT_UNSEEN] = "\xe2\x80\x93",
		[CURRENT_YES] = "yes, in the newest run",
		[CURRENT_NO] = "no: not seen in the newest run",
		[CURRENT_UNKNOWN] = "not known: the newest run had not all "
		    "answers",
	};
	struct html *h = &w->h;

	html_status(h, r->facets[FACET_DATE].status, 0);
	if (*r->first != '\0') {
		html_when(h, r->first);
		if (strncmp(r->first, r->last, 19) != 0) {	/* seconds */
			html_raw(h, " to ");
			html_when(h, r->last);
		}
		html_raw(h, "<br>still current: ");
	}
	html_raw(h, says[r->current]);
}

/* Its own words: quoted, with where they stand in the file. */
static void
words_of(struct worksheet_doc *w, const struct facet *f)
{
	struct html *h = &w->h;

	for (guint i = 0; i < f->words->len && i < WORDS_MAX; i++) {
		const struct facet_words *x = &g_array_index(f->words,
		    struct facet_words, i);

		html_raw(h, i > 0 ? "<br>" : "");
		html_import_quote(h, x->import, x->text, x->offset);
		html_raw(h, " <cite>[");
		html_import(h, x->import, 0);
		html_raw(h, "]</cite>");
	}
	if (f->words->len > WORDS_MAX)
		say(h, "<br>and %d more", (uint64_t)(f->words->len -
		    WORDS_MAX));
}

static void
held_cell(struct worksheet_doc *w, const struct matrix_row *r)
{
	const struct facet *f = &r->facets[FACET_DATA_HELD];

	html_status(&w->h, f->status, 0);
	if (f->words->len == 0)
		html_raw(&w->h, "no words of it on what it holds");
	words_of(w, f);
}

static void
text_cell(struct worksheet_doc *w, const struct facet *f)
{
	html_status(&w->h, f->status, 0);
	html_text(&w->h, f->text->str);
	worksheet_cite(w, f->pointers, NULL);
}

static void
practice_cell(struct worksheet_doc *w, const struct matrix_row *r)
{
	text_cell(w, &r->facets[FACET_PRACTICE]);
}

static void
statement_cell(struct worksheet_doc *w, const struct matrix_row *r)
{
	text_cell(w, &r->facets[FACET_STATEMENT]);
}

static void
route_cell(struct worksheet_doc *w, const struct matrix_row *r)
{
	struct html *h = &w->h;

	html_status(h, r->facets[FACET_ROUTE].status, 0);
	html_raw(h, "counsel");
	for (guint i = 0; i < r->notes->len; i++) {
		const struct overlay *o = ((const struct overlay_note *)
		    r->notes->pdata[i])->row;

		html_raw(h, i == 0 ? "; notes " : ", ");
		say(h, "<a class=\"nb\" href=\"#%t\">%t</a>&nbsp;(%t)", o->id,
		    o->id, verified_name(o->verified));
	}
}

static void
missing_cell(struct worksheet_doc *w, const struct matrix_row *r)
{
	for (guint i = 0; i < r->missing->len; i++)
		say(&w->h, "%t%t", i > 0 ? "; " : "", r->missing->pdata[i]);
	if (r->missing->len == 0)
		html_raw(&w->h, "\xe2\x80\x93");
}

static void
supply_cell(struct worksheet_doc *w, const struct matrix_row *r)
{
	struct html *h = &w->h;

	if (r->e->seen->len == 0 && r->e->entry != NULL)
		html_raw(h, "whoever says that it has a role: the source of "
		    "that; ");
	if (r->facets[FACET_STATEMENT].status == ST_SUP)
		say(h, "%t, by a further answer: ", r->e->name);
	else
		say(h, "%t, in writing: ", r->e->name);
	html_raw(h, "<code>goodcause import mail</code>; its sign-up page and "
	    "terms as a target: <code>goodcause collect</code>");
}

typedef void cell_fn(struct worksheet_doc *, const struct matrix_row *);

static const struct { const char *says; cell_fn *write; } rows[] = {
	{ "Country", country_cell }, { "Role observed", role_cell },
	{ "First, last seen", date_cell },
	{ "What it says it holds, verbatim", held_cell },
	{ "Published sign-up, identity and retention terms", practice_cell },
	{ "Asked already; reply", statement_cell },
	{ "Duty to hold, route, obstacles", route_cell },
	{ NULL, NULL },		/* the elements */
	{ "Missing", missing_cell }, { "Who could supply it", supply_cell },
};

static void
element_rows(struct worksheet_doc *w, const struct matrix *m, guint from,
    guint to)
{
	struct html *h = &w->h;

	for (size_t k = 0; k < G_N_ELEMENTS(asked); k++) {
		say(h, "<tr><th scope=\"row\"><a class=\"nb\" href=\"#%t\">%t"
		    "</a> %t</th>", asked[k].id, asked[k].id, asked[k].says);
		for (guint i = from; i < to; i++) {
			const struct matrix_row *r = m->rows->pdata[i];
			const struct finding *f = matrix_finding(
			    w->rep->findings, asked[k].id, r->e->name);

			html_raw(h, "<td>");
			if (f != NULL)
				html_status(h, f->status, 0);
			else
				html_raw(h, "\xe2\x80\x93");
			html_raw(h, "</td>");
		}
		html_raw(h, "</tr>\n");
	}
}

static void
body_rows(struct worksheet_doc *w, const struct matrix *m, guint from,
    guint to)
{
	struct html *h = &w->h;

	for (size_t k = 0; k < G_N_ELEMENTS(rows); k++) {
		if (rows[k].write == NULL) {
			element_rows(w, m, from, to);
			continue;
		}
		say(h, "<tr><th scope=\"row\">%t</th>", rows[k].says);
		for (guint i = from; i < to; i++) {
			html_raw(h, "<td>");
			rows[k].write(w, m->rows->pdata[i]);
			html_raw(h, "</td>");
		}
		html_raw(h, "</tr>\n");
	}
}

static void
table(struct worksheet_doc *w, const struct matrix *m, guint from, guint to)
{
	struct column columns[ACROSS + 1] = { { 16, "" } };
	gboolean listed = ((const struct matrix_row *)
	    m->rows->pdata[from])->e->entry != NULL;

	for (guint i = from; i < to; i++)
		columns[1 + i - from] = (struct column){
		    84 / MAX(to - from, 2), ((const struct matrix_row *)
		    m->rows->pdata[i])->e->name };
	html_table(&w->h, "ent", listed ? "Entities of entities.csv" :
	    "Providers seen, and not in entities.csv", "one column each; a "
	    "cell without a record is a gap, and nothing shown for one carries "
	    "another (L-09)", columns, to - from + 1);
	body_rows(w, m, from, to);
	html_table_end(&w->h);
}

static gboolean
is_listed(const struct matrix *m, guint i)
{
	return ((const struct matrix_row *)m->rows->pdata[i])->e->entry !=
	    NULL;
}

void
worksheet_entities(struct worksheet_doc *w)
{
	struct matrix m;

	matrix_init(&m, w->rec, w->rep->sight, w->rep->findings,
	    w->rep->overlays);
	if (m.rows->len == 0)
		html_raw(&w->h, "<p>entities.csv lists no entity, and the record "
		    "names no provider.</p>\n");
	for (guint from = 0, to; from < m.rows->len; from = to) {
		for (to = from + 1; to < m.rows->len && to < from + ACROSS &&
		    is_listed(&m, to) == is_listed(&m, from); to++)
			;
		table(w, &m, from, to);
	}
	matrix_clear(&m);
}
