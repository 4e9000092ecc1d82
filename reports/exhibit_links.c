/* What the sites share: in the exhibit what was observed and how else it comes
 * about, in the worksheet what that weighs as well. */

#include "reports/exhibit_html.h"
#include "reports/link.h"
#include "reports/worksheet_html.h"

#include <string.h>

#define PAIRS	45		/* of ten sites, each with each */

struct table {
	struct html		*h;
	const struct links	*l;
	const struct run	*run;		/* whose records are cited */
	const char		*target;	/* only its pairs; NULL: all */
	gboolean		 weighs;
};

static gboolean
is_shown(const struct table *t, const struct link_pair *p)
{
	return t->target == NULL || strcmp(p->a->name, t->target) == 0 ||
	    strcmp(p->b->name, t->target) == 0;
}

static void
put_value(struct html *h, const struct link_share *s)
{
	if (s->a.site == s->b.site)
		say(h, "<br>%p to %p", s->a.site->name, s->value);
	else
		say(h, "<br><code>%u</code>", s->value);
}

static void
put_records(const struct table *t, const struct link_share *s)
{
	g_autoptr(GArray) records = g_array_new(FALSE, FALSE,
	    sizeof(uint64_t));
	const struct link_at *at[] = { &s->a, &s->b };
	GString *others = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(at); i++) {
		if (i == 1 && at[1]->fact == at[0]->fact)
			break;
		if (at[i]->run == t->run)
			cites_fact(records, t->run, at[i]->fact);
		else
			g_string_append_printf(others, "%srun %s, rec. %"
			    G_GUINT64_FORMAT, others->len > 0 ? "; " : "",
			    at[i]->run->name, fact_source(at[i]->fact));
	}
	html_records(t->h, records);
	if (others->len > 0)
		say(t->h, "%t%t", records->len > 0 ? "; " : "", others->str);
	g_string_free(others, TRUE);
}

static void
put_share(const struct table *t, const struct link_pair *p,
    const struct link_share *s, gboolean first)
{
	g_autofree char *rarity = link_rarity(t->l, s);
	struct html *h = t->h;

	html_raw(h, "<tr><th scope=\"row\">");
	say(h, first ? "%p<br>%p" : "<span class=\"vh\">%p and %p</span>",
	    p->a->name, p->b->name);
	if (first && t->weighs)
		say(h, "<br>%t", p->linked ? "linked" : "not linked: they "
		    "share this");
	say(h, "</th><td>%t", s->sign->what);
	put_value(h, s);
	html_raw(h, "</td>");
	if (t->weighs)
		say(h, "<td>%t<br>%t</td>", weight_name(s->weight),
		    family_name(s->sign->family));
	say(h, "<td>%t%t%t</td><td>", s->sign->also, *rarity != '\0' ? "; " :
	    "", rarity);
	put_records(t, s);
	html_raw(h, "</td></tr>\n");
}

static guint
put_pairs(const struct table *t)
{
	guint rows = 0;

	for (guint i = 0; i < t->l->pairs->len && i < PAIRS; i++) {
		const struct link_pair *p = g_ptr_array_index(t->l->pairs, i);

		if (!is_shown(t, p))
			continue;
		for (guint k = 0; k < p->shares->len &&
		    rows < EXHIBIT_ROWS; k++, rows++)
			put_share(t, p, g_ptr_array_index(p->shares, k),
			    k == 0);
	}
	return rows;
}

static guint
count_shown(const struct table *t)
{
	guint n = 0;

	for (guint i = 0; i < t->l->pairs->len; i++)
		n += is_shown(t, g_ptr_array_index(t->l->pairs, i)) ? 1u : 0u;
	return n;
}

static void
put_drops(const struct table *t)
{
	struct html *h = t->h;

	if (t->l->drops->len == 0)
		return;
	html_raw(h, "<p class=\"note\">Left out, because a site or an id that "
	    "case.ini lists as the plaintiff\xe2\x80\x99s own has it, so that a "
	    "copied page carries it: ");
	for (guint i = 0; i < t->l->drops->len && i < 20; i++) {
		const struct link_drop *d = g_ptr_array_index(t->l->drops, i);

		say(h, "%t%t at %p", i > 0 ? "; " : "", d->value,
		    d->at.site->name);
	}
	html_raw(h, t->l->drops->len > 20 ? "; and more.</p>\n" : ".</p>\n");
}

void
exhibit_links(struct exhibit_doc *x)
{
	static const struct column columns[] = {
		{ 22, "Sites" }, { 32, "What both have" },
		{ 34, "How else that comes about; how rare it is" },
		{ 12, ">Rec." },
	};
	struct sight own;
	const struct sight *sight;
	struct links l;
	struct table t = { .h = &x->h, .l = &l, .run = x->v.run,
		.target = x->v.target };

	sight = sight_or(x->v.rep->sight, &own, x->v.rec);
	links_init(&l, sight);
	if (l.sites < 2) {
		html_raw(&x->h, "<p>One site is in the record: there is none to "
		    "compare it with.</p>\n");
	} else if (count_shown(&t) == 0) {
		say(&x->h, "<p>%p was compared with %i other site%t of the case, "
		    "and has none of what is compared in common with "
		    "them.</p>\n", t.target, (uint64_t)l.sites - 1,
		    l.sites == 2 ? "" : "s");
	} else {
		exhibit_table(x, "", "What sites of the case have in common",
		    "a value that both have says nothing by itself of who runs "
		    "them", columns, G_N_ELEMENTS(columns));
		put_pairs(&t);
		html_table_end(&x->h);
	}
	put_drops(&t);
	links_clear(&l);
	sight_done(sight, &own);
}

void
worksheet_links(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 19, "Sites" }, { 28, "What both have" }, { 13, "Weight" },
		{ 29, "How else that comes about; how rare it is" },
		{ 11, ">Rec." },
	};
	struct sight own;
	const struct sight *sight;
	struct links l;
	struct table t = { .h = &w->h, .l = &l, .run = w->v.run,
		.weighs = TRUE };

	sight = sight_or(w->rep->sight, &own, w->rec);
	links_init(&l, sight);
	if (l.pairs->len > 0) {
		html_table(&w->h, "", "What the sites share",
		    "A: hardly without common control; A\xe2\x88\x92: the same, "
		    "with known exceptions; B+ and B support; C+ and C are "
		    "nothing by themselves. Linked: strong signs (B+ or more) "
		    "of two families, one of which is not copied with a "
		    "site\xe2\x80\x99s files.", columns, G_N_ELEMENTS(columns));
		put_pairs(&t);
		html_table_end(&w->h);
	}
	put_drops(&t);
	links_clear(&l);
	sight_done(sight, &own);
}
