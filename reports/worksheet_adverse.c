/* What counsel has to know first: adverse and limiting facts. */

#include "reports/worksheet_html.h"

#include <string.h>

#include "reports/adverse.h"
#include "reports/words.h"

/* Elements that stand at the head, but where all is there. */
static const char *const first[] = { "P-04" };

static gboolean
is_first(const struct element *e)
{
	for (size_t i = 0; i < G_N_ELEMENTS(first); i++)
		if (strcmp(first[i], e->id) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
says_same(const struct finding *a, const struct finding *b)
{
	return a->status == b->status && a->adverse == b->adverse &&
	    a->notes->len == b->notes->len && (a->notes->len == 0 ||
	    strcmp(a->notes->pdata[0], b->notes->pdata[0]) == 0);
}

/* Of whom it is said, where it is not said of all. */
static void
whose(struct worksheet_doc *w, const struct span *s, const struct finding *f)
{
	guint same = 0;

	for (guint i = s->first; i < s->end; i++)
		same += says_same(worksheet_finding(w, i), f) ? 1 : 0;
	if (same == s->end - s->first)
		return;
	same = 0;
	for (guint i = s->first; i < s->end; i++) {
		const struct finding *o = worksheet_finding(w, i);

		if (says_same(o, f))
			say(&w->h, same++ > 0 ? ", %p" : "%p", o->scope);
	}
	html_raw(&w->h, ": ");
}

static void
item(struct worksheet_doc *w, const struct span *s, const struct finding *f)
{
	struct html *h = &w->h;

	html_raw(h, "<li>");
	if (is_first(f->element))
		whose(w, s, f);
	else if (strcmp(f->scope, "case") != 0)
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
	worksheet_id(h, f->element);
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

		if (says_same(o, f) &&
		    (strcmp(o->scope, f->scope) == 0 || is_first(s->e)))
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

			if ((is_adverse(f) || (heads && f->status != ST_SUP)) &&
			    !said_before(w, &s, i))
				item(w, &s, f);
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
	html_cite(&w->h, records);
	g_array_set_size(brought, MIN(brought->len, FEW));
	html_brought(&w->h, brought);
}

static gboolean
is_insufficient(const struct finding *f)
{
	return f->status == ST_INSUF;
}

/* Elements that stand in a list below one sentence: what they have in common is
 * said once, each with its name and, where it has any, a few of its records. */
static const struct shared {
	const char	*says;
	gboolean	(*is)(const struct finding *);
	gboolean	 records;
	enum status	 status;
} lists[] = {
	{ "Only facts of a kind that the order found not sufficient, for these "
	    "elements", is_insufficient, TRUE, ST_INSUF },
	{ "Traps in the papers, told under that heading", words_trap_fires,
	    FALSE, ST_ADV },
};

static gboolean
is_listed(const struct worksheet_doc *w, const struct span *s,
    const struct shared *l)
{
	for (guint i = s->first; i < s->end; i++)
		if (l->is(worksheet_finding(w, i)))
			return TRUE;
	return FALSE;
}

static void
shared_list(struct worksheet_doc *w, const struct shared *l)
{
	struct html *h = &w->h;
	struct span s;
	guint n = 0;

	for (guint at = 0; worksheet_next(w, &at, &s);) {
		if (!is_listed(w, &s, l))
			continue;
		if (n++ == 0) {
			say(h, "<li>%t: ", l->says);
			html_status(h, l->status, 0);
			html_raw(h, "<ul class=\"few\">\n");
		}
		html_raw(h, "<li>");
		worksheet_id(h, s.e);
		say(h, " %t", s.e->label);
		if (l->records)
			few_records(w, &s);
		html_raw(h, "</li>\n");
	}
	if (n > 0)
		html_raw(h, "</ul></li>\n");
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
		for (size_t k = 0; k < 2 && items[i].ids[k] != NULL; k++) {
			html_raw(h, k > 0 ? ", " : "");
			worksheet_id(h, element_find(items[i].ids[k]));
		}
		html_raw(h, items[i].more != NULL ? items[i].more : "");
		html_raw(h, "</li>\n");
		g_free(items[i].text);
	}
}

static gboolean
has_doe_address(const struct worksheet_doc *w)
{
	const GPtrArray *findings = w->rep->findings;

	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = findings->pdata[i];

		if (strcmp(f->element->id, "P-04") == 0 &&
		    f->status != ST_NONE)
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
	nothing_of(w);
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		shared_list(w, &lists[i]);
	say(&w->h, "</ol>\n<p class=\"note\">%t %t</p>\n", words_identity,
	    has_doe_address(w) ? "" : words_host);
}
