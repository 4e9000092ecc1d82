/* Adverse facts first; then the 112 elements on one page. */

#include "reports/worksheet_html.h"

#include <string.h>

#include "reports/adverse.h"
#include "reports/words.h"

/* ---- adverse and limiting facts ---------------------------------------------- */

static void
id_link(struct html *h, const struct element *e)
{
	say(h, "<a class=\"nb\" href=\"#%t\">%t</a>", e->id, e->id);
}

/* Elements that stand at the head whatever they say. */
static const char *const first[] = { "P-04" };

static gboolean
is_first(const struct element *e)
{
	for (size_t i = 0; i < G_N_ELEMENTS(first); i++)
		if (strcmp(first[i], e->id) == 0)
			return TRUE;
	return FALSE;
}

static void
item(struct worksheet_doc *w, const struct finding *f)
{
	struct html *h = &w->h;

	html_raw(h, "<li>");
	if (strcmp(f->scope, "case") != 0 && !is_first(f->element))
		say(h, "%p: ", f->scope);
	for (guint i = 0; i < f->notes->len && i < 3; i++) {
		html_raw(h, i > 0 ? " " : "");
		worksheet_sentence(w, f->notes->pdata[i]);
		html_raw(h, g_str_has_suffix(f->notes->pdata[i], ".") ? "" :
		    ".");
	}
	if (f->notes->len == 0) {
		worksheet_sentence(w, f->element->label);
		html_stop(h);
	}
	html_raw(h, " ");
	html_status(h, f->status, 0);
	if (f->adverse && f->status != ST_ADV)
		html_status(h, ST_ADV, 0);
	id_link(h, f->element);
	if (f->forum != NULL)
		say(h, " (%D)", f->forum);
	html_raw(h, " ");
	worksheet_cite(w, f->against, f->for_);
	html_raw(h, "</li>\n");
}

static gboolean
is_adverse(const struct finding *f)
{
	return f->element->kind != 'T' && (f->adverse ||
	    f->status == ST_ADV || f->status == ST_CONF ||
	    f->status == ST_STALE);
}

/* Two forums, or ten Does, that say the same are said once. */
static gboolean
said_before(const struct worksheet_doc *w, const struct span *s, guint at)
{
	const struct finding *f = worksheet_finding(w, at);

	for (guint i = s->first; i < at; i++) {
		const struct finding *o = worksheet_finding(w, i);

		if (o->status == f->status && o->adverse == f->adverse &&
		    (strcmp(o->scope, f->scope) == 0 || is_first(s->e)) &&
		    o->notes->len == f->notes->len && (f->notes->len == 0 ||
		    strcmp(o->notes->pdata[0], f->notes->pdata[0]) == 0))
			return TRUE;
	}
	return FALSE;
}

static void
items(struct worksheet_doc *w, gboolean heads)
{
	struct span s;

	for (guint at = 0; worksheet_next(w, &at, &s);) {
		if (is_first(s.e) != heads)
			continue;
		for (guint i = s.first; i < s.end; i++) {
			const struct finding *f = worksheet_finding(w, i);

			if ((heads || is_adverse(f)) && !said_before(w, &s, i))
				item(w, f);
		}
	}
}

#define FEW	2	/* records named beside an element in a list of elements */

/* Imports and lines of tables; of an import one row. */
static void
add_brought(GArray *to, const GArray *pointers)
{
	for (guint i = 0; i < pointers->len && to->len < FEW; i++) {
		const struct pointer *p = &g_array_index(pointers,
		    struct pointer, i);
		const struct pointer *last = to->len > 0 ? &g_array_index(to,
		    struct pointer, to->len - 1) : NULL;

		if (p->run == NULL && (last == NULL || p->import == NULL ||
		    last->import != p->import))
			g_array_append_val(to, *p);
	}
}

static void
few_records(struct worksheet_doc *w, const struct span *s)
{
	g_autoptr(GArray) brought = g_array_new(FALSE, FALSE,
	    sizeof(struct pointer));
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));

	for (guint i = s->first; i < s->end; i++) {
		const struct finding *f = worksheet_finding(w, i);

		if (f->status != ST_INSUF)
			continue;
		worksheet_records(w, f->against, records);
		worksheet_records(w, f->for_, records);
		add_brought(brought, f->against);
		add_brought(brought, f->for_);
	}
	if (records->len > FEW)
		g_array_set_size(records, FEW);
	html_raw(&w->h, records->len > 0 ? " " : "");
	html_cite(&w->h, records);
	g_array_set_size(brought, MIN(brought->len, FEW));
	html_brought(&w->h, brought);
}

/* Elements of one status in one line, for facts found not sufficient. */
static void
not_sufficient(struct worksheet_doc *w)
{
	struct html *h = &w->h;
	struct span s;
	guint n = 0;

	for (guint at = 0; worksheet_next(w, &at, &s);) {
		gboolean hit = FALSE;

		for (guint i = s.first; i < s.end; i++)
			hit = hit || worksheet_finding(w, i)->status == ST_INSUF;
		if (!hit)
			continue;
		html_raw(h, n++ > 0 ? ", " : "<li>Only facts of a kind that the "
		    "order found not sufficient: ");
		id_link(h, s.e);
		say(h, " %t", s.e->label);
		few_records(w, &s);
	}
	if (n > 0) {
		html_raw(h, ". ");
		html_status(h, ST_INSUF, 0);
		html_raw(h, "</li>\n");
	}
}

/* Traps are of the papers, not of the facts: named here, told in their table. */
static void
sprung(struct worksheet_doc *w)
{
	struct html *h = &w->h;
	struct span s;
	guint n = 0;

	for (guint at = 0; worksheet_next(w, &at, &s);) {
		gboolean hit = FALSE;

		for (guint i = s.first; i < s.end; i++)
			hit = hit || words_trap_fires(worksheet_finding(w, i));
		if (!hit)
			continue;
		html_raw(h, n++ > 0 ? ", " : "<li>Traps in the papers, told "
		    "under that heading: ");
		id_link(h, s.e);
		say(h, " %t", s.e->label);
	}
	if (n > 0) {
		html_raw(h, ". ");
		html_status(h, ST_ADV, 0);
		html_raw(h, "</li>\n");
	}
}

/* Of whom and of what the record holds nothing: a sentence, its mark, where more
 * stands. */
static void
nothing_of(struct worksheet_doc *w)
{
	const struct {
		char		*text;
		enum status	 status;
		const char	*ids[2], *more;
	} items[] = {
		{ adverse_unnamed(w->rec, w->rep->findings), ST_NONE,
		    { "L-04", "L-09" }, NULL },
		{ adverse_failed(w->rec), ST_NC, { "S-01", NULL },
		    " (<a href=\"#h-st\">steps taken</a>)" },
	};
	struct html *h = &w->h;

	for (size_t i = 0; i < G_N_ELEMENTS(items); i++) {
		if (items[i].text == NULL)
			continue;
		html_raw(h, "<li>");
		worksheet_note(w, items[i].text);
		html_raw(h, g_str_has_suffix(items[i].text, ".") ? " " : ". ");
		html_status(h, items[i].status, 0);
		for (size_t k = 0; k < 2 && items[i].ids[k] != NULL; k++)
			id_link(h, element_find(items[i].ids[k]));
		html_raw(h, items[i].more != NULL ? items[i].more : "");
		html_raw(h, "</li>\n");
		g_free(items[i].text);
	}
}

static gboolean
has_doe_address(const struct worksheet_doc *w)
{
	for (guint i = 0; i < w->v.roles->len; i++) {
		const struct role_row *r = w->v.roles->pdata[i];

		if (r->role == ROLE_DOE_ACTIVITY)
			return TRUE;
	}
	return FALSE;
}

void
worksheet_adverse(struct worksheet_doc *w)
{
	html_raw(&w->h, "<ol class=\"adv\">\n");
	items(w, TRUE);
	items(w, FALSE);
	not_sufficient(w);
	nothing_of(w);
	sprung(w);
	say(&w->h, "</ol>\n<p class=\"note\">%t %t</p>\n", words_identity,
	    has_doe_address(w) ? "" : words_host);
}

/* ---- the matrix -------------------------------------------------------------- */

static void
legend(struct html *h)
{
	html_raw(h, "<p class=\"legend\">");
	for (int st = 0; st < STATUSES; st++) {
		html_raw(h, "<span class=\"lg\">");
		html_status(h, (enum status)st, 0);
		say(h, "%t</span> ", words_status[st].brief);
	}
	say(h, "</p>\n<p class=\"legend\">%d elements. A number after a word "
	    "counts Does, domains or entities. The short names are labels, not "
	    "the law: the order\xe2\x80\x99s sentence stands with each element. "
	    "The words never add up to a mark for a factor.</p>\n",
	    (uint64_t)elements_count);
}

static void
group_head(struct worksheet_doc *w, const char *title, gboolean forums)
{
	struct html *h = &w->h;

	say(h, "<tbody><tr><th class=\"grp\" colspan=\"%i\" scope=\"rowgroup\">"
	    "%t</th>", (uint64_t)(forums ? 2 : 3), title);
	if (forums)
		say(h, "<th class=\"hd\" scope=\"col\">%t</th><th class=\"hd\" "
		    "scope=\"col\">US</th>", *w->rec->forum != '\0' ?
		    w->rec->forum : "State");
	html_raw(h, "</tr>\n");
}

static void
mark_cell(struct worksheet_doc *w, const struct span *s, int column)
{
	html_raw(&w->h, "<td>");
	worksheet_marks(w, s, column);
	html_raw(&w->h, "</td>");
}

static void
matrix_row(struct worksheet_doc *w, const struct span *s, gboolean forums)
{
	struct html *h = &w->h;

	html_raw(h, "<tr><th scope=\"row\">");
	id_link(h, s->e);
	say(h, "</th><td>%t</td>", s->e->label);
	if (!forums) {
		mark_cell(w, s, COLUMN_ALL);
	} else if (s->e->forums == FORUMS_NONE) {
		html_raw(h, "<td colspan=\"2\">");
		worksheet_marks(w, s, COLUMN_ALL);
		html_raw(h, "</td>");
	} else {
		mark_cell(w, s, COLUMN_STATE);
		mark_cell(w, s, COLUMN_US);
	}
	html_raw(h, "</tr>\n");
}

static const struct {
	gboolean	 right;
	enum factor	 factor;
	char		 letter;	/* of the id; 0: any */
	const char	*title;		/* NULL: that of the factor */
	gboolean	 forums;
} groups[] = {
	{ FALSE, FACTOR_SETTING, 0, NULL, FALSE },
	{ FALSE, FACTOR_1, 0, NULL, FALSE },
	{ FALSE, FACTOR_2, 0, "Factor 2: steps taken", FALSE },
	{ FALSE, FACTOR_4, 0, "Factor 4: likely to identify", FALSE },
	{ FALSE, FACTOR_TRAPS, 0, NULL, FALSE },
	{ TRUE, FACTOR_3, 'J', NULL, TRUE },
	{ TRUE, FACTOR_3, 'K', "Factor 3: Rule 4(k)(2)", TRUE },
};

static void
half(struct worksheet_doc *w, gboolean right)
{
	struct html *h = &w->h;
	struct span s;

	html_raw(h, right ? "<div class=\"half r\"><table class=\"mx\">"
	    "<caption class=\"vh\">Elements J and K, by forum</caption>\n" :
	    "<div class=\"half\"><table class=\"mx\"><caption class=\"vh\">"
	    "Elements G, P, S, L and T</caption>\n");
	for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
		if (groups[i].right != right)
			continue;
		group_head(w, groups[i].title != NULL ? groups[i].title :
		    factor_title(groups[i].factor), groups[i].forums);
		for (guint at = 0; worksheet_next(w, &at, &s);)
			if (s.e->factor == groups[i].factor &&
			    (groups[i].letter == 0 ||
			    s.e->id[0] == groups[i].letter))
				matrix_row(w, &s, groups[i].forums);
		html_raw(h, "</tbody>\n");
	}
	html_raw(h, "</table></div>\n");
}

void
worksheet_matrix(struct worksheet_doc *w)
{
	legend(&w->h);
	half(w, FALSE);
	half(w, TRUE);
	html_raw(&w->h, "<div class=\"clr\"></div>\n");
}
