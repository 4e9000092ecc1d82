/* Traps in the papers; and later authority, one list, contrary beside. */

#include "reports/worksheet_html.h"

#include <string.h>

#include "reports/overlay.h"
#include "reports/words.h"

/* ---- traps -------------------------------------------------------------------- */

static void
trap_says(struct worksheet_doc *w, const struct finding *f)
{
	struct html *h = &w->h;

	html_status(h, f->status, 0);
	if (f->adverse && f->status != ST_ADV)
		html_status(h, ST_ADV, 0);
	for (guint i = 0; i < f->notes->len; i++) {
		html_raw(h, i > 0 ? "; " : "");
		worksheet_note(w, f->notes->pdata[i]);
	}
	worksheet_cite(w, f->against, f->for_);
	if (f->missing->len == 0)
		return;
	html_raw(h, f->notes->len > 0 ? ". Missing: " : "Missing: ");
	for (guint i = 0; i < f->missing->len; i++)
		say(h, "%t%t", i > 0 ? "; " : "", f->missing->pdata[i]);
}

static void
trap_row(struct worksheet_doc *w, const struct span *s)
{
	const struct element *e = s->e;
	struct html *h = &w->h;

	html_raw(h, "<tr");
	if (e->factor == FACTOR_TRAPS)
		say(h, " id=\"%t\"", e->id);
	html_raw(h, "><th scope=\"row\">");
	if (e->factor == FACTOR_TRAPS)
		say(h, "<span class=\"nb\">%t</span>", e->id);
	else
		say(h, "<a class=\"nb\" href=\"#%t\">%t</a>", e->id, e->id);
	say(h, "</th><td>%t", e->label);
	if (e->factor == FACTOR_TRAPS && *e->quote != '\0')
		say(h, "<blockquote><q data-quote=\"%t\">%t</q> <cite>Order, %t"
		    "</cite></blockquote>", w->quotes, e->quote, e->section);
	html_raw(h, "</td><td>");
	for (guint i = s->first; i < s->end; i++) {
		html_raw(h, i > s->first ? "<br>" : "");
		trap_says(w, worksheet_finding(w, i));
	}
	html_raw(h, "</td></tr>\n");
}

static gboolean
is_sprung(const struct worksheet_doc *w, const struct span *s)
{
	for (guint i = s->first; i < s->end; i++)
		if (words_trap_fires(worksheet_finding(w, i)))
			return TRUE;
	return FALSE;
}

void
worksheet_traps(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 9, "Id" }, { 41, "Trap" }, { 50, "In this case" },
	};
	struct span s;

	html_table(&w->h, "", "What the order held against the papers",
	    "sprung ones first; goodcause lint MOTION compares a draft with the "
	    "record", columns, G_N_ELEMENTS(columns));
	for (int sprung = 1; sprung >= 0; sprung--)
		for (guint at = 0; worksheet_next(w, &at, &s);)
			if (s.e->kind == 'T' && is_sprung(w, &s) == sprung)
				trap_row(w, &s);
	html_table_end(&w->h);
}

/* ---- later authority ------------------------------------------------------------ */

static void
ids(struct html *h, const char *spaced, const char *before)
{
	g_auto(GStrv) list = g_strsplit(spaced, " ", -1);

	for (guint i = 0; list[i] != NULL && *list[i] != '\0'; i++)
		say(h, "%t<a class=\"nb\" href=\"#%t\">%t</a>", i == 0 ?
		    before : ", ", list[i], list[i]);
}

static gboolean
has_fired(const struct worksheet_doc *w, const char *id)
{
	const GPtrArray *notes = w->rep->overlays;

	for (guint i = 0; notes != NULL && i < notes->len; i++)
		if (strcmp(((const struct overlay_note *)notes->pdata[i])->
		    row->id, id) == 0)
			return TRUE;
	return FALSE;
}

/* Contrary authority: a link to its own note, or its whole cite. */
static void
contrary(struct worksheet_doc *w, const struct overlay *o)
{
	g_auto(GStrv) list = g_strsplit(o->contrary, " ", -1);
	struct html *h = &w->h;

	for (char **id = list; *id != NULL && **id != '\0'; id++) {
		const struct overlay *c = overlay_find(*id);
		g_autofree char *when = overlay_when(c);
		g_autofree char *name = g_strndup(c->authority,
		    strcspn(c->authority, ","));

		html_raw(h, id != list ? "<br>" : "");
		if (has_fired(w, *id))
			say(h, "<a class=\"nb\" href=\"#%t\">%t</a> %t", *id,
			    *id, name);
		else
			say(h, "<span class=\"nb\">%t</span> %t (%t)", *id,
			    c->authority, when);
	}
}

/* The note before it, where the same signal fired that. */
static const struct overlay_note *
as_before(const struct worksheet_doc *w, guint i)
{
	const GPtrArray *notes = w->rep->overlays;
	const struct overlay_note *n = notes->pdata[i];

	for (guint k = 0; k < i; k++) {
		const struct overlay_note *o = notes->pdata[k];

		if (o->row->signal == n->row->signal &&
		    strcmp(o->shows->str, n->shows->str) == 0)
			return o;
	}
	return NULL;
}

/* What fired it: said once for notes that the same thing fired. */
static void
fired_by(struct worksheet_doc *w, guint i)
{
	const struct overlay_note *n = w->rep->overlays->pdata[i];
	const struct overlay_note *o = as_before(w, i);
	struct html *h = &w->h;

	if (o != NULL) {
		say(h, "<br>In the record: as at <a class=\"nb\" href=\"#%t\">"
		    "%t</a>.", o->row->id, o->row->id);
		return;
	}
	if (n->shows->len > 0)
		say(h, "<br>In the record: %t%t", n->shows->str,
		    overlay_stop(n));
	else
		say(h, "<br>Printed because of: %t.",
		    signal_says(n->row->signal));
	worksheet_cite(w, n->pointers, NULL);
}

static void
overlay_row(struct worksheet_doc *w, guint i)
{
	const struct overlay_note *n = w->rep->overlays->pdata[i];
	const struct overlay *o = n->row;
	g_autofree char *when = overlay_when(o);
	struct html *h = &w->h;

	say(h, "<tr id=\"%t\"><th scope=\"row\"><span class=\"nb\">%t</span>"
	    "</th><td>%t%t%t%t", o->id, o->id, o->authority, *when != '\0' ?
	    " (" : "", when, *when != '\0' ? ")" : "");
	say(h, "<br><small>%t%t%t</small></td><td>%t",
	    verified_name(o->verified), *o->checked != '\0' ? ": " : "",
	    o->checked, o->says);
	fired_by(w, i);
	html_raw(h, "</td><td>");
	contrary(w, o);
	html_raw(h, "</td><td>");
	ids(h, o->beside, "");
	html_raw(h, "</td></tr>\n");
}

/* What the marks of how far an authority was checked mean, of those printed. */
static void
how_far(struct worksheet_doc *w)
{
	const GPtrArray *notes = w->rep->overlays;
	struct html *h = &w->h;

	html_raw(h, "<p class=\"note\">How far checked: ");
	for (int v = VERIFIED_PRIMARY, n = 0; v <= VERIFIED_RECALLED; v++) {
		gboolean any = FALSE;

		for (guint i = 0; i < notes->len && !any; i++)
			any = (int)((const struct overlay_note *)
			    notes->pdata[i])->row->verified == v;
		if (any)
			say(h, "%t%t, %t", n++ > 0 ? "; " : "",
			    verified_name((enum verified)v),
			    verified_says((enum verified)v));
	}
	html_raw(h, ".</p>\n");
}

void
worksheet_overlays(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 13, "Note" }, { 21, "Authority; how far checked" },
		{ 40, "What it says; what fired it" },
		{ 17, "Contrary" }, { 9, "Beside" },
	};
	const GPtrArray *notes = w->rep->overlays;

	if (notes == NULL || notes->len == 0) {
		html_raw(&w->h, "<p>Nothing in the record calls for a note of "
		    "later authority.</p>\n");
		return;
	}
	html_table(&w->h, "ov", "Notes of later and neighbouring authority",
	    "table of " RULES_DATE ", and of no later day. No note changes a "
	    "status. Most opinions were not read in full: whoever relies on "
	    "an authority must pull and read it.",
	    columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < notes->len; i++)
		overlay_row(w, i);
	html_table_end(&w->h);
	how_far(w);
}

static gboolean
stands_beside(const struct worksheet_doc *w, const struct span *s,
    const struct overlay_note *n)
{
	for (guint i = s->first; i < s->end; i++)
		if (overlay_beside(n, worksheet_finding(w, i)))
			return TRUE;
	return FALSE;
}

void
worksheet_beside(struct worksheet_doc *w, const struct span *s)
{
	const GPtrArray *notes = w->rep->overlays;
	struct html *h = &w->h;
	guint count = 0;

	for (guint i = 0; notes != NULL && i < notes->len; i++) {
		const struct overlay_note *n = notes->pdata[i];

		if (!stands_beside(w, s, n))
			continue;
		html_raw(h, count++ == 0 ?
		    "<p class=\"note beside\">Later authority, status "
		    "unchanged: " : ", ");
		say(h, "<a class=\"nb\" href=\"#%t\">%t</a>", n->row->id,
		    n->row->id);
	}
	if (count > 0)
		html_raw(h, "</p>\n");
}
