/*
 * Section 8: what the pages contain.  Rows that stand in the same pages stand
 * together, below the addresses of those pages: what is on all pages of a site
 * is said once.
 */

#include "reports/exhibit_html.h"

#include <string.h>

#include "reports/alike.h"

#define OFFSETS	8	/* places in one page that are spelled out */
#define PAGES	6	/* addresses above a group of rows */

/* What was found in a page: one line a fact. */
static void
put_language(struct html *h, const struct fact *f)
{
	say(h, "html %t", *fact_str(f, "html") != '\0' ? fact_str(f, "html") :
	    "none");
	if (*fact_str(f, "http") != '\0')
		say(h, "; header %t", fact_str(f, "http"));
	if (json_array_size(fact_get(f, "hreflang")) > 0) {
		html_raw(h, "; hreflang ");
		html_json(h, fact_get(f, "hreflang"));
	}
}

static void
put_form(struct html *h, const struct fact *f)
{
	say(h, "%t, %t to %u", fact_str(f, "purpose"), fact_str(f, "method"),
	    fact_str(f, "action"));
	if (json_array_size(fact_get(f, "fields")) > 0) {
		html_raw(h, "; fields: ");
		html_json(h, fact_get(f, "fields"));
	}
}

static void
put_price(struct html *h, const struct fact *f)
{
	say(h, "%t %t; ", fact_str(f, "amount"), fact_str(f, "currency"));
	html_quote(h, fact_source(f), fact_str(f, "text"));
}

static void
put_link(struct html *h, const struct fact *f)
{
	say(h, "%t: %u", fact_str(f, "purpose"), fact_str(f, "href"));
}

static void
put_host(struct html *h, const struct fact *f)
{
	say(h, "%p, as %t, %d time%t", fact_str(f, "host"), fact_str(f, "how"),
	    (uint64_t)MAX(fact_int(f, "count", 0), 0),
	    fact_int(f, "count", 0) == 1 ? "" : "s");
}

static void
put_words(struct html *h, const struct fact *f)
{
	say(h, "%t: ", fact_str(f, "rule"));
	html_quote(h, fact_source(f), fact_str(f, "text"));
}

static void
put_call(struct html *h, const struct fact *f)
{
	say(h, "%t: ", fact_str(f, "how"));
	html_quote(h, fact_source(f), fact_str(f, "text"));
}

static const struct {
	enum fact_kind	 kind;
	const char	*label;
	void		(*put)(struct html *, const struct fact *);
} found[] = {
	{ FACT_PAGE_LANG, "Language", put_language },
	{ FACT_PAGE_FORM, "Form", put_form },
	{ FACT_PAGE_PRICE, "Price", put_price },
	{ FACT_PAGE_LINK, "Link", put_link },
	{ FACT_PAGE_HOST, "Other host", put_host },
	{ FACT_PAGE_CALL, "Script", put_call },
	{ FACT_PAGE_WORDS, "Words", put_words },
};

/* One row: what was read, and every record in which it was read. */
struct line {
	const char	*label;
	char		*cell;
	GString		*tail;		/* at which bytes */
	GArray		*places;	/* int64_t: those */
	GArray		*records;
	GPtrArray	*pages;		/* borrowed, in order */
	gboolean	 shown;
};

static void
line_free(void *data)
{
	struct line *l = data;

	g_free(l->cell);
	g_string_free(l->tail, TRUE);
	g_array_unref(l->places);
	g_array_unref(l->records);
	g_ptr_array_unref(l->pages);
	g_free(l);
}

static char *
line_key(const struct line *l, gboolean whole)
{
	g_autofree char *cell = html_unquoted(l->cell);

	return g_strconcat(l->label, "|", cell, whole ? l->tail->str : NULL,
	    NULL);
}

static void
add_offset(struct line *l, const struct fact *f)
{
	int64_t at = fact_int(f, "offset", -1);
	if (f->kind != FACT_PAGE_WORDS || at < 0 || l->places->len == OFFSETS)
		return;
	for (guint i = 0; i < l->places->len; i++)
		if (g_array_index(l->places, int64_t, i) == at)
			return;
	g_array_append_val(l->places, at);
	if (l->places->len == OFFSETS)
		g_string_append(l->tail, " and further ones");
	else
		g_string_append_printf(l->tail, "%s%" G_GINT64_FORMAT,
		    l->tail->len == 0 ? " at byte " : ", ", at);
}

/* The lines of one page; the same words twice in it are one. */
static void
add_line(struct exhibit_doc *x, GPtrArray *lines, GHashTable *by_key,
    size_t kind, const struct fact *f)
{
	GString *before = html_divert(&x->h);
	struct line *l = g_new0(struct line, 1), *o;
	char *key;

	found[kind].put(&x->h, f);
	l->label = found[kind].label;
	l->cell = html_diverted(&x->h, before);
	l->tail = g_string_new(NULL);
	l->places = g_array_new(FALSE, FALSE, sizeof(int64_t));
	l->records = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	l->pages = g_ptr_array_new();
	key = line_key(l, FALSE);
	o = g_hash_table_lookup(by_key, key);
	if (o != NULL) {
		line_free(l);
		g_free(key);
		l = o;
	} else {
		g_ptr_array_add(lines, l);
		g_hash_table_insert(by_key, key, l);
	}
	add_offset(l, f);
	cites_fact(l->records, x->v.run, f);
}

static GPtrArray *
lines_of(struct exhibit_doc *x, const char *url)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(line_free);
	g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(found); i++) {
		const struct fact *f;
		guint at = 0;

		while (lines->len < EXHIBIT_ROWS && (f = view_next(&x->v,
		    found[i].kind, url, &at)) != NULL)
			add_line(x, lines, by_key, i, f);
	}
	return lines;
}

/* Lines of a page join those of the pages before it. */
static void
join_page(GPtrArray *all, GHashTable *by_key, GPtrArray *lines,
    const char *url)
{
	while (lines->len > 0) {
		struct line *l = g_ptr_array_steal_index(lines, 0);
		char *key = line_key(l, TRUE);
		struct line *o = g_hash_table_lookup(by_key, key);

		if (o == NULL) {
			g_ptr_array_add(all, l);
			g_hash_table_insert(by_key, key, l);
			g_ptr_array_add(l->pages, (char *)(uintptr_t)url);
			continue;
		}
		g_ptr_array_add(o->pages, (char *)(uintptr_t)url);
		for (guint i = 0; i < l->records->len; i++)
			cites_add(o->records,
			    g_array_index(l->records, uint64_t, i));
		line_free(l);
		g_free(key);
	}
}

static gboolean
same_pages(const struct line *a, const struct line *b)
{
	return a->pages->len == b->pages->len && memcmp(a->pages->pdata,
	    b->pages->pdata, a->pages->len * sizeof *a->pages->pdata) == 0;
}

static void
pages_cell(struct html *h, const GPtrArray *pages, gboolean first)
{
	html_raw(h, first ? "<tr><th scope=\"row\">" :
	    "<tr><th scope=\"row\"><span class=\"vh\">");
	for (guint i = 0; i < pages->len && i < PAGES && (first || i < 1); i++)
		say(h, i > 0 ? "<br>%u" : "%u", pages->pdata[i]);
	if (first && pages->len > PAGES)
		say(h, "<br>and %d more", (uint64_t)pages->len - PAGES);
	html_raw(h, first ? "</th>" : "</span></th>");
}

/* All lines of the pages of the first. */
static guint
group_rows(struct exhibit_doc *x, GPtrArray *all, guint from, guint rows)
{
	struct line *head = all->pdata[from];
	const char *before = NULL;
	struct html *h = &x->h;

	for (guint i = from; i < all->len && rows < EXHIBIT_ROWS; i++) {
		struct line *l = all->pdata[i];

		if (l->shown || !same_pages(head, l))
			continue;
		l->shown = TRUE;
		pages_cell(h, l->pages, l == head);
		say(h, before == l->label ? "<td><span class=\"vh\">%t</span>"
		    "</td><td>" : "<td>%t</td><td>", l->label);
		html_raw(h, l->cell);
		say(h, "%t</td><td class=\"r\">", l->tail->str);
		html_records(h, l->records);
		html_raw(h, "</td></tr>\n");
		before = l->label;
		rows++;
	}
	return rows;
}

void
exhibit_contents(struct exhibit_doc *x, const char *where)
{
	static const struct column columns[] = {
		{ 27, "Pages" }, { 10, "What" }, { 51, "As read" },
		{ 12, ">Rec." },
	};
	g_autoptr(GPtrArray) pages = view_subjects(&x->v, FACT_PAGE_LANG,
	    FACT_PAGE_FORM, FACT_PAGE_PRICE, FACT_PAGE_LINK, FACT_PAGE_HOST,
	    FACT_PAGE_CALL, FACT_PAGE_WORDS, FACT_KINDS);
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(line_free);
	g_autoptr(GHashTable) by_key = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);
	guint rows = 0;

	if (pages->len == 0)
		return;
	for (guint i = 0; i < pages->len && all->len < EXHIBIT_ROWS; i++) {
		g_autoptr(GPtrArray) lines = lines_of(x, pages->pdata[i]);

		join_page(all, by_key, lines, pages->pdata[i]);
	}
	exhibit_table(x, "", "What the pages contain", where, columns,
	    G_N_ELEMENTS(columns));
	for (guint i = 0; i < all->len && rows < EXHIBIT_ROWS; i++)
		rows = group_rows(x, all, i, rows);
	exhibit_full(x, rows, G_N_ELEMENTS(columns), 0);
	html_table_end(&x->h);
	html_raw(&x->h, "<p class=\"note\">Words were picked by rules that look "
	    "for their form; a rule does not say what the words mean. Scripts were "
	    "not run: what they would ask is read where its address stands in "
	    "them. Words "
	    "between quotation marks stand byte for byte in a record named. "
	    "</p>\n");
}
