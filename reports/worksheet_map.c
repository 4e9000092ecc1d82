/* The map from exhibits, and from what was imported, to factors. */

#include "reports/worksheet_html.h"

#include <string.h>

#define TITLES_MAX	3	/* of exhibits in one row */

/* An exhibit or an import, and the elements whose findings point to it. */
struct mapped {
	const struct exhibit	*exhibit;	/* or NULL */
	const struct import	*import;	/* or NULL */
	GPtrArray		*elements;	/* const struct element *, each once */
};

/* Exhibits of one letter that serve the same elements: one row. */
struct row {
	char		*key;
	GPtrArray	*members;	/* struct mapped *, borrowed */
};

struct map {
	struct worksheet_doc	*w;
	GPtrArray		*all;		/* struct mapped *, in order */
	GHashTable		*by_thing;	/* id of an exhibit, or an import */
};

static void
mapped_free(void *data)
{
	struct mapped *m = data;

	g_ptr_array_unref(m->elements);
	g_free(m);
}

static void
row_free(void *data)
{
	struct row *r = data;

	g_free(r->key);
	g_ptr_array_unref(r->members);
	g_free(r);
}

/* ---- who points where ------------------------------------------------------- */

static void
map_add(struct map *map, const char *id, const struct exhibit *x,
    const struct import *im)
{
	struct mapped *m = g_new0(struct mapped, 1);

	m->exhibit = x;
	m->import = im;
	m->elements = g_ptr_array_new();
	g_ptr_array_add(map->all, m);
	g_hash_table_insert(map->by_thing, (void *)(uintptr_t)id, m);
}

/* Elements come in their order, so that the last one tells. */
static void
map_points(struct map *map, const struct element *e, const GArray *pointers)
{
	struct worksheet_doc *w = map->w;

	for (guint i = 0; i < pointers->len; i++) {
		const struct pointer *p = &g_array_index(pointers,
		    struct pointer, i);
		const char *id = p->import != NULL ? p->import->id :
		    p->run == w->v.run ? html_exhibit_of(&w->h, p->n) : "";
		struct mapped *m = g_hash_table_lookup(map->by_thing, id);

		if (m != NULL && (m->elements->len == 0 ||
		    m->elements->pdata[m->elements->len - 1] != e))
			g_ptr_array_add(m->elements, (void *)(uintptr_t)e);
	}
}

static void
map_fill(struct map *map)
{
	struct worksheet_doc *w = map->w;
	struct span s;

	for (guint i = 0; i < w->v.run->exhibits->len; i++) {
		const struct exhibit *x = w->v.run->exhibits->pdata[i];

		map_add(map, x->id, x, NULL);
	}
	for (guint i = 0; i < w->rec->imports->len; i++) {
		const struct import *im = w->rec->imports->pdata[i];

		map_add(map, im->id, NULL, im);
	}
	for (guint at = 0; worksheet_next(w, &at, &s);)
		for (guint i = s.first; i < s.end; i++) {
			map_points(map, s.e, worksheet_finding(w, i)->for_);
			map_points(map, s.e, worksheet_finding(w, i)->against);
		}
}

/* ---- rows -------------------------------------------------------------------------- */

/* An import is a row of its own. */
static char *
row_key(const struct mapped *m)
{
	GString *s = g_string_new(m->import != NULL ? m->import->id : NULL);

	if (m->exhibit != NULL)
		g_string_append_c(s, *m->exhibit->id);
	for (guint i = 0; i < m->elements->len; i++)
		g_string_append_printf(s, " %s", ((const struct element *)
		    m->elements->pdata[i])->id);
	return g_string_free(s, FALSE);
}

static GPtrArray *
rows_of(const struct map *map)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < map->all->len; i++) {
		g_autofree char *key = row_key(map->all->pdata[i]);
		struct row *r = g_hash_table_lookup(seen, key);

		if (r == NULL) {
			r = g_new0(struct row, 1);
			r->key = g_steal_pointer(&key);
			r->members = g_ptr_array_new();
			g_ptr_array_add(rows, r);
			g_hash_table_insert(seen, r->key, r);
		}
		g_ptr_array_add(r->members, map->all->pdata[i]);
	}
	return rows;
}

static unsigned
number_of(const struct mapped *m)
{
	return (unsigned)g_ascii_strtoull(m->exhibit->id + 2, NULL, 10);
}

/* "G-2 to G-6, G-9": three and more in a row are told by their ends. */
static void
put_ids(struct html *h, const GPtrArray *members)
{
	for (guint i = 0; i < members->len;) {
		const struct mapped *first = members->pdata[i];
		guint n = 1;

		while (i + n < members->len && number_of(members->pdata[i + n])
		    == number_of(first) + n)
			n++;
		if (n < 3)
			n = 1;
		say(h, "%t<span class=\"nb\">%t</span>", i > 0 ? ", " : "",
		    first->exhibit->id);
		i += n;
		if (n > 1)
			say(h, " to <span class=\"nb\">%t</span>",
			    ((const struct mapped *)members->pdata[i - 1])
			    ->exhibit->id);
	}
}

static void
put_exhibits(struct html *h, const GPtrArray *members)
{
	put_ids(h, members);
	html_raw(h, "</th><td>");
	for (guint i = 0; i < members->len && i < TITLES_MAX; i++) {
		const struct mapped *m = members->pdata[i];

		html_raw(h, i > 0 ? "; " : "");
		html_url(h, m->exhibit->title);
	}
	if (members->len > TITLES_MAX)
		say(h, "; and %d more", (uint64_t)(members->len - TITLES_MAX));
}

static void
put_import(struct html *h, const struct import *i)
{
	html_import(h, i, 0);
	say(h, "</th><td>%t: %f", import_kind_name(i->kind), i->file);
	if (*i->entity != '\0')
		say(h, "; of %t", i->entity);
	if (*i->describe != '\0')
		say(h, "; %t", i->describe);
	if (i->elements[0] != NULL)
		html_raw(h, "; brought for ");
	for (guint k = 0; k < 20 && i->elements[k] != NULL; k++)
		say(h, "%t%D", k > 0 ? ", " : "", i->elements[k]);
}

static const char *const factor_numbers[FACTORS] = {
	[FACTOR_SETTING] = "setting", [FACTOR_1] = "1", [FACTOR_2] = "2",
	[FACTOR_3] = "3", [FACTOR_4] = "4", [FACTOR_TRAPS] = "traps",
};

/* Elements, their factors, and a blank for counsel. */
static void
put_elements(struct html *h, const GPtrArray *served)
{
	gboolean factors[FACTORS] = { FALSE };
	guint n = 0;

	html_raw(h, served->len == 0 ? "</td><td>none" : "</td><td>");
	for (guint i = 0; i < served->len; i++) {
		const struct element *e = served->pdata[i];

		say(h, "%t<a class=\"nb\" href=\"#%t\">%t</a>",
		    i > 0 ? ", " : "", e->id, e->id);
		factors[e->factor] = TRUE;
	}
	html_raw(h, "</td><td>");
	for (int i = 0; i < FACTORS; i++)
		if (factors[i])
			say(h, "%t%t", n++ > 0 ? ", " : "", factor_numbers[i]);
	html_raw(h, "</td><td>____ at ____</td></tr>\n");
}

void
worksheet_map(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 18, "Exhibit" }, { 30, "What it is" }, { 26, "Elements" },
		{ 10, "Factor" }, { 16, "Discussed at" },
	};
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(mapped_free);
	g_autoptr(GHashTable) things = g_hash_table_new(g_str_hash,
	    g_str_equal);
	struct map map = { w, all, things };
	g_autoptr(GPtrArray) rows = NULL;

	map_fill(&map);
	rows = rows_of(&map);
	html_table(&w->h, "", "Every exhibit, the elements whose findings point "
	    "to it, and where it is discussed", "exhibits of one kind that "
	    "serve the same elements share a row; last column for counsel",
	    columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < rows->len; i++) {
		const GPtrArray *members = ((const struct row *)
		    rows->pdata[i])->members;
		const struct mapped *m = members->pdata[0];

		html_raw(&w->h, "<tr><th scope=\"row\">");
		if (m->import != NULL)
			put_import(&w->h, m->import);
		else
			put_exhibits(&w->h, members);
		put_elements(&w->h, m->elements);
	}
	html_table_end(&w->h);
}
