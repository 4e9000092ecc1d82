/* Factor 4: one row an entity. */

#include "reports/worksheet_html.h"

#include <string.h>

#define SEEN_MAX	6	/* roles of one entity that are spelled out */

/* The columns of statuses. */
static const char *const asked[] = { "L-01", "L-04", "L-06", "L-09" };

static const struct finding *
finding_about(const struct worksheet_doc *w, const char *id,
    const char *scope)
{
	struct span s;

	for (guint at = 0; worksheet_next(w, &at, &s);) {
		if (strcmp(s.e->id, id) != 0)
			continue;
		for (guint i = s.first; i < s.end; i++)
			if (strcmp(worksheet_finding(w, i)->scope, scope) == 0)
				return worksheet_finding(w, i);
	}
	return NULL;
}

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
role_cell(struct worksheet_doc *w, const struct entity_view *e)
{
	struct html *h = &w->h;
	guint n = 0;

	if (e->seen->len == 0)
		html_raw(h, "none in this record");
	for (guint i = 0; i < e->seen->len && n <= SEEN_MAX; i++) {
		const struct provider *p = e->seen->pdata[i];
		g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
		    sizeof(uint64_t));

		if (seen_before(e, i) || n++ == SEEN_MAX)
			continue;
		html_raw(h, n > 1 ? "<br>" : "");
		say(h, "%t of %p, run %t", p->role, p->about, p->run->name);
		if (p->fact != NULL) {
			html_raw(h, ", ");
			html_when(h, p->fact->at);
		}
		html_raw(h, " ");
		if (p->run != w->v.run)
			continue;
		cites_fact(records, p->run, p->fact);
		cites_fact(records, p->run, p->how);
		html_cite(h, records);
	}
	if (n > SEEN_MAX)
		html_raw(h, "<br>and more, see addresses.csv");
}

static void
missing_cell(struct worksheet_doc *w, const char *scope)
{
	g_autoptr(GPtrArray) said = g_ptr_array_new();

	for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
		const struct finding *f = finding_about(w, asked[i], scope);

		for (guint k = 0; f != NULL && k < f->missing->len; k++)
			if (strings_add(said, f->missing->pdata[k]))
				say(&w->h, "%t%t", said->len > 1 ? "; " : "",
				    f->missing->pdata[k]);
	}
}

static void
entity_row(struct worksheet_doc *w, const struct entity_view *e)
{
	struct html *h = &w->h;

	say(h, "<tr><th scope=\"row\">%t", e->name);
	if (*e->country != '\0')
		say(h, "<br>country %t", e->country);
	if (e->entry == NULL)
		html_raw(h, "<br>seen in the record; not in entities.csv");
	else if (*e->entry->sought_for != '\0')
		say(h, "<br>sought for: %t", e->entry->sought_for);
	html_raw(h, "</th><td>");
	role_cell(w, e);
	html_raw(h, "</td>");
	for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
		const struct finding *f = finding_about(w, asked[i], e->name);

		html_raw(h, "<td>");
		if (f != NULL)
			html_status(h, f->status, 0);
		else
			html_raw(h, "\xe2\x80\x93");
		html_raw(h, "</td>");
	}
	html_raw(h, "<td>");
	missing_cell(w, e->name);
	html_raw(h, "</td><td>____</td></tr>\n");
}

void
worksheet_entities(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 16, "Entity" }, { 25, "Role observed, of what, when" },
		{ 8, "L-01" }, { 8, "L-04" }, { 8, "L-06" }, { 8, "L-09" },
		{ 18, "Missing" },
		{ 9, "Asked already; duty; route; obstacles (counsel)" },
	};
	struct sight sight;

	sight_init(&sight, w->rec);
	if (sight.entities->len == 0) {
		html_raw(&w->h, "<p>entities.csv lists no entity, and the record "
		    "names no provider.</p>\n");
	} else {
		html_table(&w->h, "ent", "The entities, one row each",
		    "those of entities.csv first, then providers seen; a cell "
		    "without a record is a gap. The order asks for each entity "
		    "by itself (L-09).", columns, G_N_ELEMENTS(columns));
		for (guint i = 0; i < sight.entities->len; i++)
			entity_row(w, sight.entities->pdata[i]);
		html_table_end(&w->h);
	}
	sight_clear(&sight);
}
