#include <string.h>

#include "reports/judge.h"
#include "reports/link_past.h"

/*
 * L-03: what sites share, and how else that comes about.  Identifiers that are not
 * generic (B or more) are what the order's row asks for: PART; strong ones of two
 * independent families (link.h): SUP.  What many strangers share does not suffice.
 * None of it says who runs either site, and each line says so.
 */

#define NOTES	12

struct seen_links {
	struct links	 now;
	GPtrArray	*past;		/* struct past_share * */
	guint		 generic, own, linked;
};

static gboolean
is_generic(enum weight w)
{
	return w < W_B;
}

static void
count_share(struct seen_links *l, enum weight w)
{
	if (is_generic(w))
		l->generic++;
	else
		l->own++;
}

static void
point_fact(struct finding *f, const struct run *run, const struct fact *fact,
    enum weight w)
{
	if (is_generic(w))
		finding_against(f, run, fact);
	else
		finding_for(f, run, fact);
}

/* ---- what runs saw ------------------------------------------------------------- */

static void
note_share(struct finding *f, const struct links *l,
    const struct link_pair *p, const struct link_share *s)
{
	g_autofree char *rarity = link_rarity(l, s);

	point_fact(f, s->a.run, s->a.fact, s->weight);
	if (s->b.fact != s->a.fact)
		point_fact(f, s->b.run, s->b.fact, s->weight);
	if (f->notes->len < NOTES)
		finding_note(f, "%s and %s: %s (%s), weight %s; %s%s%s",
		    p->a->name, p->b->name, s->sign->what, s->value,
		    weight_name(s->weight), s->sign->also,
		    *rarity != '\0' ? "; " : "", rarity);
}

/* ---- what imports say was ------------------------------------------------------- */

static void
point_past(struct finding *f, const struct past_at *at, enum weight w)
{
	if (at->import == NULL)
		point_fact(f, at->run, at->fact, w);
	else if (is_generic(w))
		finding_against_import(f, at->import, at->row->row);
	else
		finding_for_import(f, at->import, at->row->row);
}

/* No number of them is few, and none makes the value rare: an archive knows what it
 * saw. */
static char *
others_words(guint n)
{
	if (n == 0)
		return g_strdup("that another name had it is not in the "
		    "imports, and how many there were is not known");
	return g_strdup_printf("%u other name%s had it by the imports, and how "
	    "many more is not known", PLURAL(n));
}

static void
note_past(struct finding *f, const struct past_share *s)
{
	g_autofree char *others = NULL;

	point_past(f, &s->a, s->weight);
	point_past(f, &s->b, s->weight);
	if (f->notes->len >= NOTES)
		return;
	others = others_words(s->others);
	finding_note(f, "past data (%s): %s and %s: %s (%s), %s to %s, weight %s; "
	    "%s; %s%s%s", s->a.row->source, s->a.name, s->b.name, s->sign->what,
	    s->value, *s->a.row->first_seen != '\0' ? s->a.row->first_seen :
	    "?", *s->a.row->last_seen != '\0' ? s->a.row->last_seen : "?",
	    weight_name(s->weight), s->sign->also, others,
	    *s->lowered != '\0' ? "; " : "", s->lowered);
}

/* ---- strong ones of two families --------------------------------------------------- */

static gboolean
same_pair(const char *a, const char *b, const char *x, const char *y)
{
	return (strcmp(a, x) == 0 && strcmp(b, y) == 0) ||
	    (strcmp(a, y) == 0 && strcmp(b, x) == 0);
}

/* A strong past sign, and another of another family of the same two names. */
static gboolean
is_joined(const struct seen_links *l, const struct past_share *s)
{
	if (s->weight < W_BP)
		return FALSE;
	for (guint i = 0; i < l->past->len; i++) {
		const struct past_share *o = g_ptr_array_index(l->past, i);

		if (o->weight >= W_BP && o->sign->family != s->sign->family &&
		    same_pair(o->a.name, o->b.name, s->a.name, s->b.name))
			return TRUE;
	}
	for (guint i = 0; i < l->now.pairs->len; i++) {
		const struct link_pair *p = g_ptr_array_index(l->now.pairs, i);

		for (guint k = 0; same_pair(p->a->name, p->b->name, s->a.name,
		    s->b.name) && k < p->shares->len; k++) {
			const struct link_share *o =
			    g_ptr_array_index(p->shares, k);

			if (o->weight >= W_BP &&
			    o->sign->family != s->sign->family)
				return TRUE;
		}
	}
	return FALSE;
}

static void
say_linked(struct finding *f, struct seen_links *l, const char *a,
    const char *b)
{
	l->linked++;
	finding_note(f, "%s and %s are linked by strong signs of two "
	    "independent kinds; by whom they are run is not said by that", a,
	    b);
}

static void
note_linked(struct finding *f, struct seen_links *l)
{
	for (guint i = 0; i < l->now.pairs->len; i++) {
		const struct link_pair *p = g_ptr_array_index(l->now.pairs, i);

		if (p->linked)
			say_linked(f, l, p->a->name, p->b->name);
	}
	for (guint i = 0; i < l->past->len; i++) {
		const struct past_share *s = g_ptr_array_index(l->past, i);

		if (is_joined(l, s))
			say_linked(f, l, s->a.name, s->b.name);
	}
}

static void
note_shares(struct finding *f, struct seen_links *l)
{
	for (guint i = 0; i < l->now.pairs->len; i++) {
		const struct link_pair *p = g_ptr_array_index(l->now.pairs, i);

		for (guint k = 0; k < p->shares->len; k++) {
			const struct link_share *s =
			    g_ptr_array_index(p->shares, k);

			count_share(l, s->weight);
			note_share(f, &l->now, p, s);
		}
	}
	for (guint i = 0; i < l->past->len; i++) {
		const struct past_share *s = g_ptr_array_index(l->past, i);

		count_share(l, s->weight);
		note_past(f, s);
	}
}

/* ---- the verdict ------------------------------------------------------------------- */

static void
shared_verdict(struct finding *f, struct seen_links *l)
{
	note_linked(f, l);
	note_shares(f, l);
	f->status = l->linked > 0 ? ST_SUP : l->own > 0 ? ST_PART : ST_INSUF;
	if (l->linked > 0)
		return;
	finding_note(f, "no two sites have strong signs of two independent "
	    "kinds: they share what is listed, no more");
	finding_missing(f, l->own > 0 ? "a strong identifier of a second kind "
	    "that the same sites share" : "identifiers that the sites share "
	    "and that are not generic");
}

static void
shared_nothing(struct finding *f)
{
	finding_missing(f, "identifiers that the sites share and that are not "
	    "generic");
	if (f->sight->sites->len < 2) {
		f->status = ST_NONE;
		finding_note(f, "fewer than two domains are in the record: "
		    "nothing to compare");
	} else if (!judge_sites_open(f, LOOK_ADDRESS)) {
		f->status = ST_NONE;
		finding_note(f, "the domains of the record share no address, "
		    "name server, certificate, identifier or link");
	}
}

void
judge_links(const struct record *rec, struct finding *f)
{
	struct seen_links l = { .past = link_past(f->sight) };

	(void)rec;
	links_init(&l.now, f->sight);
	if (l.now.pairs->len + l.past->len > 0)
		shared_verdict(f, &l);
	else
		shared_nothing(f);
	if (l.now.drops->len > 0)
		finding_note(f, "%u value%s left out, because the plaintiff's "
		    "own sites have %s", PLURAL(l.now.drops->len),
		    l.now.drops->len == 1 ? "it" : "them");
	links_clear(&l.now);
	g_ptr_array_unref(l.past);
}
