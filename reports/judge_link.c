#include "reports/judge.h"
#include "reports/link.h"

/* L-03: what sites share, and how else that comes about.  Never beyond INSUF:
 * what two sites share does not say who runs either. */

#define NOTES	12

static void
note_share(struct finding *f, const struct links *l,
    const struct link_pair *p, const struct link_share *s)
{
	g_autofree char *rarity = link_rarity(l, s);

	finding_against(f, s->a.run, s->a.fact);
	if (s->b.fact != s->a.fact)
		finding_against(f, s->b.run, s->b.fact);
	if (f->notes->len < NOTES)
		finding_note(f, "%s and %s: %s (%s), weight %s; %s%s%s",
		    p->a->name, p->b->name, s->sign->what, s->value,
		    weight_name(s->weight), s->sign->also,
		    *rarity != '\0' ? "; " : "", rarity);
}

static void
note_pairs(struct finding *f, const struct links *l)
{
	guint linked = 0;

	for (guint i = 0; i < l->pairs->len; i++) {
		const struct link_pair *p = g_ptr_array_index(l->pairs, i);

		linked += p->linked ? 1u : 0u;
		if (p->linked)
			finding_note(f, "%s and %s are linked by strong signs "
			    "of two independent kinds; by whom they are run is "
			    "not said by that", p->a->name, p->b->name);
	}
	for (guint i = 0; i < l->pairs->len; i++) {
		const struct link_pair *p = g_ptr_array_index(l->pairs, i);

		for (guint k = 0; k < p->shares->len; k++)
			note_share(f, l, p, g_ptr_array_index(p->shares, k));
	}
	if (linked == 0)
		finding_note(f, "no two sites have strong signs of two "
		    "independent kinds: they share what is listed, no more");
}

void
judge_links(const struct record *rec, struct finding *f)
{
	struct links l;

	(void)rec;
	links_init(&l, f->sight);
	finding_missing(f, "identifiers that the sites share and that are not "
	    "generic");
	if (l.pairs->len > 0) {
		f->status = ST_INSUF;
		note_pairs(f, &l);
	} else if (f->sight->sites->len < 2) {
		f->status = ST_NONE;
		finding_note(f, "fewer than two domains are in the record: "
		    "nothing to compare");
	} else if (!judge_sites_open(f, LOOK_ADDRESS)) {
		f->status = ST_NONE;
		finding_note(f, "the domains of the record share no address, "
		    "name server, certificate, identifier or link");
	}
	if (l.drops->len > 0)
		finding_note(f, "%u value%s left out, because the plaintiff's "
		    "own sites have %s", PLURAL(l.drops->len),
		    l.drops->len == 1 ? "it" : "them");
	links_clear(&l);
}
