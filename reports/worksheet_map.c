/* The map from exhibits, and from what was imported, to factors. */

#include "reports/worksheet_html.h"

#include <string.h>

#define EXHIBITS_MAX	400

static gboolean
rests_on(const struct worksheet_doc *w, const GArray *pointers,
    const char *exhibit)
{
	for (guint i = 0; i < pointers->len; i++) {
		const struct pointer *p = &g_array_index(pointers,
		    struct pointer, i);

		if (p->run == w->v.run &&
		    strcmp(html_exhibit_of(&w->h, p->n), exhibit) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean
rests_on_import(const GArray *pointers, const struct import *m)
{
	for (guint i = 0; i < pointers->len; i++)
		if (g_array_index(pointers, struct pointer, i).import == m)
			return TRUE;
	return FALSE;
}

/* What a row of the map is about: an exhibit of the run, or an import. */
struct mapped {
	const char		*exhibit;
	const struct import	*import;
};

static gboolean
serves(const struct worksheet_doc *w, const struct span *s,
    const struct mapped *m)
{
	for (guint i = s->first; i < s->end; i++) {
		const struct finding *f = worksheet_finding(w, i);

		if (m->import != NULL ? rests_on_import(f->for_, m->import) ||
		    rests_on_import(f->against, m->import) :
		    rests_on(w, f->for_, m->exhibit) ||
		    rests_on(w, f->against, m->exhibit))
			return TRUE;
	}
	return FALSE;
}

static const char *const factor_numbers[FACTORS] = {
	[FACTOR_SETTING] = "setting", [FACTOR_1] = "1", [FACTOR_2] = "2",
	[FACTOR_3] = "3", [FACTOR_4] = "4", [FACTOR_TRAPS] = "traps",
};

/* Elements, their factors, and a blank for counsel. */
static void
map_cells(struct worksheet_doc *w, const struct mapped *m)
{
	gboolean factors[FACTORS] = { FALSE };
	struct html *h = &w->h;
	struct span s;
	guint n = 0;

	html_raw(h, "</td><td>");
	for (guint at = 0; worksheet_next(w, &at, &s);) {
		if (!serves(w, &s, m))
			continue;
		say(h, "%t", n++ > 0 ? ", " : "");
		say(h, "<a class=\"nb\" href=\"#%t\">%t</a>", s.e->id,
		    s.e->id);
		factors[s.e->factor] = TRUE;
	}
	html_raw(h, n == 0 ? "none</td><td>" : "</td><td>");
	n = 0;
	for (int i = 0; i < FACTORS; i++)
		if (factors[i])
			say(h, "%t%t", n++ > 0 ? ", " : "", factor_numbers[i]);
	html_raw(h, "</td><td>____ at ____</td></tr>\n");
}

static void
map_row(struct worksheet_doc *w, const struct exhibit *x)
{
	const struct mapped m = { .exhibit = x->id };

	say(&w->h, "<tr><th scope=\"row\"><span class=\"nb\">%t</span></th>"
	    "<td>", x->id);
	html_url(&w->h, x->title);
	map_cells(w, &m);
}

static void
map_import(struct worksheet_doc *w, const struct import *i)
{
	const struct mapped m = { .import = i };
	struct html *h = &w->h;

	html_raw(h, "<tr><th scope=\"row\">");
	html_import(h, i, 0);
	say(h, "</th><td>%t: %f", import_kind_name(i->kind), i->file);
	if (*i->entity != '\0')
		say(h, "; of %t", i->entity);
	if (*i->describe != '\0')
		say(h, "; %t", i->describe);
	if (i->elements[0] != NULL)
		html_raw(h, "; brought for ");
	for (guint k = 0; i->elements[k] != NULL && k < 20; k++)
		say(h, "%t%D", k > 0 ? ", " : "", i->elements[k]);
	map_cells(w, &m);
}

void
worksheet_map(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 18, "Exhibit" }, { 30, "What it is" }, { 26, "Elements" },
		{ 10, "Factor" }, { 16, "Discussed at" },
	};
	const GPtrArray *all = w->v.run->exhibits;

	html_table(&w->h, "", "Every exhibit, the elements whose findings point "
	    "to it, and where it is discussed", "last column for counsel",
	    columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < all->len && i < EXHIBITS_MAX; i++)
		map_row(w, all->pdata[i]);
	for (guint i = 0; i < w->rec->imports->len; i++)
		map_import(w, w->rec->imports->pdata[i]);
	html_table_end(&w->h);
}
