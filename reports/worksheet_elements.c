/* The factors, element by element: in full where the record has something to
 * say, in a table where it has not; every element is in one of the two. */

#include "reports/worksheet_html.h"

#include <string.h>

#include "reports/words.h"

#define SCOPES_MAX	12	/* scopes named in one line */

static void
order_quote(struct worksheet_doc *w, const struct element *e)
{
	if (*e->quote == '\0') {
		say(&w->h, "<p class=\"note\">The order does not recite this "
		    "limb; in our words: %t</p>\n", e->proposition);
		return;
	}
	say(&w->h, "<blockquote><q data-quote=\"%t\">%t</q> <cite>Order, %t"
	    "</cite></blockquote>\n", w->quotes, e->quote, e->section);
}

/* The body of a finding; two findings with the same body are shown as one. */
static void
row_open(struct html *h, const char *label)
{
	say(h, "<tr><th scope=\"row\">%t</th><td>", label);
}

static void
texts(struct worksheet_doc *w, const char *label, const GPtrArray *list)
{
	struct html *h = &w->h;

	if (list->len == 0)
		return;
	row_open(h, label);
	for (guint i = 0; i < list->len; i++) {
		html_raw(h, i > 0 ? "; " : "");
		worksheet_note(w, list->pdata[i]);
	}
	html_raw(h, "</td></tr>\n");
}

static void
pointers(struct worksheet_doc *w, const char *label, const GArray *list)
{
	row_open(&w->h, label);
	if (list->len == 0)
		html_raw(&w->h, "none");
	else
		worksheet_cite(w, list, NULL);
	html_raw(&w->h, "</td></tr>\n");
}

static void
finding_rows(struct worksheet_doc *w, const struct finding *f)
{
	texts(w, "In the record", f->notes);
	if (f->status != ST_CO) {
		pointers(w, "For", f->for_);
		pointers(w, words_against(f), f->against);
	}
	texts(w, "Missing", f->missing);
}

struct group {
	char		*body;
	GPtrArray	*findings;	/* const struct finding * */
};

static void
group_free(void *data)
{
	struct group *g = data;

	g_free(g->body);
	g_ptr_array_unref(g->findings);
	g_free(g);
}

static gboolean
alike(const struct group *g, const struct finding *f, const char *body)
{
	const struct finding *o = g->findings->pdata[0];

	return o->status == f->status && o->adverse == f->adverse &&
	    strcmp(g->body, body) == 0;
}

static GPtrArray *
groups_of(struct worksheet_doc *w, const struct span *s)
{
	GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
	GString *out = w->h.out;

	for (guint i = s->first; i < s->end; i++) {
		const struct finding *f = worksheet_finding(w, i);
		struct group *g = NULL;

		w->h.out = g_string_new(NULL);
		finding_rows(w, f);
		g_autofree char *body = g_string_free(w->h.out, FALSE);
		for (guint k = 0; k < groups->len && g == NULL; k++)
			if (alike(groups->pdata[k], f, body))
				g = groups->pdata[k];
		if (g == NULL) {
			g = g_new0(struct group, 1);
			g->body = g_steal_pointer(&body);
			g->findings = g_ptr_array_new();
			g_ptr_array_add(groups, g);
		}
		g_ptr_array_add(g->findings, (gpointer)(uintptr_t)f);
	}
	w->h.out = out;
	return groups;
}

/* "popcorn-time.ch; US-HI, US": whom a group is about. */
static void
about(struct worksheet_doc *w, const struct group *g)
{
	g_autoptr(GPtrArray) scopes = g_ptr_array_new();
	g_autoptr(GPtrArray) forums = g_ptr_array_new();
	struct html *h = &w->h;

	for (guint i = 0; i < g->findings->len; i++) {
		const struct finding *f = g->findings->pdata[i];

		if (strcmp(f->scope, "case") != 0)
			strings_add(scopes, f->scope);
		if (f->forum != NULL)
			strings_add(forums, f->forum);
	}
	for (guint i = 0; i < scopes->len && i < SCOPES_MAX; i++)
		say(h, "%t%p", i > 0 ? ", " : "", scopes->pdata[i]);
	if (scopes->len > SCOPES_MAX)
		say(h, " and %d more", (uint64_t)(scopes->len - SCOPES_MAX));
	for (guint i = 0; i < forums->len; i++)
		say(h, "%t%D", i > 0 ? ", " : scopes->len > 0 ? "; " : "",
		    forums->pdata[i]);
}

static void
group_marks(struct html *h, const struct group *g)
{
	const struct finding *f = g->findings->pdata[0];

	html_status(h, f->status, g->findings->len > 1 ? g->findings->len : 0);
	if (f->adverse && f->status != ST_ADV)
		html_status(h, ST_ADV, 0);
}

/* What all groups miss is said once. */
static const GPtrArray *
common_missing(const GPtrArray *groups)
{
	const struct finding *f = NULL;

	for (guint i = 0; i < groups->len; i++) {
		const struct group *g = groups->pdata[i];
		const struct finding *o = g->findings->pdata[0];

		if (f == NULL)
			f = o;
		if (o->missing->len != f->missing->len)
			return NULL;
		for (guint k = 0; k < o->missing->len; k++)
			if (strcmp(o->missing->pdata[k],
			    f->missing->pdata[k]) != 0)
				return NULL;
	}
	return f != NULL ? f->missing : NULL;
}

static void
list_of(struct worksheet_doc *w, const char *before, const GPtrArray *list)
{
	for (guint i = 0; i < list->len; i++) {
		html_raw(&w->h, i == 0 ? before : "; ");
		worksheet_note(w, list->pdata[i]);
	}
}

/* One row a group: whom it is about, its marks, and all it says. */
static void
group_row(struct worksheet_doc *w, const struct group *g, gboolean missing)
{
	const struct finding *f = g->findings->pdata[0];
	struct html *h = &w->h;

	html_raw(h, "<tr><th scope=\"row\">");
	about(w, g);
	html_raw(h, "</th><td>");
	group_marks(h, g);
	list_of(w, "", f->notes);
	if (f->notes->len > 0)
		html_raw(h, g_str_has_suffix(h->out->str, ".") ||
		    g_str_has_suffix(h->out->str, ".</q>") ? " " : ". ");
	if (f->for_->len > 0) {
		html_raw(h, "For: ");
		worksheet_cite(w, f->for_, NULL);
		html_raw(h, ". ");
	}
	if (f->against->len > 0) {
		say(h, "%t: ", words_against(f));
		worksheet_cite(w, f->against, NULL);
		html_raw(h, ". ");
	}
	if (f->for_->len == 0 && f->against->len == 0 && f->status != ST_CO)
		html_raw(h, "For: none. Against: none. ");
	if (missing)
		list_of(w, "Missing: ", f->missing);
	html_raw(h, "</td></tr>\n");
}

static void
several(struct worksheet_doc *w, const GPtrArray *groups)
{
	const GPtrArray *missing = common_missing(groups);

	for (guint i = 0; i < groups->len; i++)
		group_row(w, groups->pdata[i], missing == NULL);
	if (missing != NULL)
		texts(w, "Missing", missing);
}

static void
one(struct worksheet_doc *w, const struct group *g)
{
	const struct finding *f = g->findings->pdata[0];

	if (strcmp(f->scope, "case") != 0 || f->forum != NULL) {
		row_open(&w->h, "About");
		about(w, g);
		html_raw(&w->h, "</td></tr>\n");
	}
	html_raw(&w->h, g->body);
}

/* Who supplies what these findings miss; of those that miss nothing no more is
 * asked than of the element. */
static void
suppliers(struct worksheet_doc *w, guint first, guint end)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new();

	for (guint i = first; i < end; i++)
		if (worksheet_finding(w, i)->missing->len > 0)
			finding_suppliers(worksheet_finding(w, i), list);
	if (list->len == 0)
		finding_suppliers(worksheet_finding(w, first), list);
	for (guint i = 0; i < list->len; i++) {
		html_raw(&w->h, i > 0 ? "; " : "");
		worksheet_supply(&w->h, list->pdata[i]);
	}
}

static void
full(struct worksheet_doc *w, const struct span *s)
{
	g_autoptr(GPtrArray) groups = groups_of(w, s);
	const struct element *e = s->e;
	struct html *h = &w->h;

	say(h, "<section class=\"el\" id=\"%t\" aria-labelledby=\"h-%t\"><h3 "
	    "id=\"h-%t\"><span class=\"nb\">%t</span><span class=\"t\">%t"
	    "</span> ", e->id, e->id, e->id, e->id, e->label);
	if (groups->len == 1)
		group_marks(h, groups->pdata[0]);
	html_raw(h, "</h3>\n");
	order_quote(w, e);
	html_raw(h, "<table class=\"rows\"><tbody>\n");
	if (groups->len == 1)
		one(w, groups->pdata[0]);
	else
		several(w, groups);
	row_open(h, "From whom, how");
	suppliers(w, s->first, s->end);
	html_raw(h, "</td></tr>\n</tbody></table>\n");
	worksheet_beside(w, s);
	html_raw(h, "</section>\n");
}

/* Where the record has something to say: a status that rests on it.  What stands
 * against NONE is only where it was looked. */
static gboolean
has_something(const struct worksheet_doc *w, const struct span *s)
{
	for (guint i = s->first; i < s->end; i++) {
		const struct finding *f = worksheet_finding(w, i);

		if (f->for_->len > 0 || f->adverse ||
		    (f->status != ST_NONE && f->status != ST_NC &&
		    f->status != ST_CO))
			return TRUE;
	}
	return s->e->scope == SCOPE_DOE;
}

/* Why nothing is held, what is missing, where it was looked. */
static void
brief_group(struct worksheet_doc *w, const struct group *g, gboolean named)
{
	const struct finding *f = g->findings->pdata[0];
	struct html *h = &w->h;

	if (named) {
		about(w, g);
		html_raw(h, ": ");
	}
	list_of(w, "", f->notes);
	if (f->missing->len > 0)
		list_of(w, f->notes->len > 0 ? ". Missing: " : "Missing: ",
		    f->missing);
	html_stop(h);
	if (f->against->len == 0)
		return;
	say(h, " %t: ", words_against(f));
	worksheet_cite(w, f->against, NULL);
	html_raw(h, ".");
}

static void
brief_row(struct worksheet_doc *w, const struct span *s)
{
	g_autoptr(GPtrArray) groups = groups_of(w, s);
	const struct element *e = s->e;
	struct html *h = &w->h;

	say(h, "<tr id=\"%t\"><th scope=\"row\"><span class=\"nb\">%t</span>"
	    "</th><td>%t", e->id, e->id, e->label);
	html_raw(h, "<br>");
	order_quote(w, e);
	html_raw(h, "</td><td>");
	worksheet_marks(w, s, COLUMN_ALL);
	html_raw(h, "</td><td>");
	for (guint i = 0; i < groups->len; i++) {
		html_raw(h, i > 0 ? "<br>" : "");
		brief_group(w, groups->pdata[i], groups->len > 1);
	}
	if (worksheet_finding(w, s->first)->status != ST_CO) {
		html_raw(h, " From: ");
		suppliers(w, s->first, s->end);
		html_stop(h);
	}
	worksheet_beside(w, s);
	html_raw(h, "</td></tr>\n");
}

static void
brief(struct worksheet_doc *w, enum factor factor)
{
	static const struct column columns[] = {
		{ 7, "Id" }, { 37, "Element and the order\xe2\x80\x99s sentence" },
		{ 12, "Status" }, { 44, "Why; what is missing; from whom" },
	};
	gboolean any = FALSE;
	struct span s;

	for (guint at = 0; worksheet_next(w, &at, &s);) {
		if (s.e->factor != factor || has_something(w, &s))
			continue;
		if (!any)
			html_table(&w->h, "brief", "Elements for which the "
			    "record holds nothing, or which are for counsel",
			    factor_title(factor), columns,
			    G_N_ELEMENTS(columns));
		any = TRUE;
		brief_row(w, &s);
	}
	if (any)
		html_table_end(&w->h);
}

/* The list of cells, then exactly one of two sentences. */
static void
roll_up(struct worksheet_doc *w, enum factor factor)
{
	struct html *h = &w->h;
	gboolean gap = FALSE;
	struct span s;

	html_raw(h, "<p class=\"note\">");
	for (int st = 0; st < STATUSES; st++) {
		guint n = 0;

		for (guint at = 0; worksheet_next(w, &at, &s);) {
			gboolean hit = FALSE;

			for (guint i = s.first; i < s.end; i++) {
				const struct finding *f =
				    worksheet_finding(w, i);
				hit = hit || (int)f->status == st ||
				    (f->adverse && st == ST_ADV);
			}
			if (s.e->factor != factor || !hit)
				continue;
			gap = gap || words_status[st].gap;
			say(h, n == 0 ? "%t: %D" : "%t%D", n == 0 ?
			    words_status[st].word : ", ", s.e->id);
			n++;
		}
		if (n > 0)
			html_raw(h, ". ");
	}
	say(h, "</p>\n<p class=\"roll\">%t</p>\n", gap ? words_gaps :
	    words_no_gap);
}

void
worksheet_factor(struct worksheet_doc *w, enum factor factor)
{
	struct span s;

	for (guint at = 0; worksheet_next(w, &at, &s);)
		if (s.e->factor == factor && has_something(w, &s))
			full(w, &s);
	brief(w, factor);
	if (factor != FACTOR_SETTING && factor != FACTOR_TRAPS)
		roll_up(w, factor);
}
