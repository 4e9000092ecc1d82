#include <string.h>

#include "reports/judge.h"

/*
 * Factor 1, where the host is (P-17).  What counts is a word on the place of the
 * address itself: a database's, the network's own claim (a geofeed), somebody's own
 * look-up; a distance bound can exclude one.  Where the holder of the network is, as
 * the registry has it, is never the place of a server: it is told beside, and alone
 * it places nothing.
 */

struct whereabouts {
	guint	 hosts, edges, foreign, open;
	guint	 maybe;		/* hosts that may be edges, by one sign */
	gboolean doubt;		/* all that places one is beyond its bound */
	GString	*countries;	/* outside the United States */
	GString	*disagree;	/* "5.2.64.1: a.mmdb NL, b.mmdb US" */
	GString	*holders;	/* "5.2.64.1 NL" */
	guint	 unplaced;	/* of those with a holder's country: no source places it */
};

/* What the sources say of one address. */
struct placed {
	const struct fact *bound;	/* place.bound, or NULL */
	gboolean in, out;		/* of the United States */
	gboolean no_in, no_out;		/* the same of places that are excluded */
	const char *first;		/* country */
	gboolean differ;
};

/* ---- sources ------------------------------------------------------------------- */

/* Whether the least distance at which the address answered leaves no way for it to
 * be where this source has it. */
static gboolean
is_excluded(const struct fact *bound, const struct fact *by)
{
	const char *named = fact_str(by, by->kind == FACT_GEO_PLACE ? "db" :
	    "url");
	const json_t *p;
	size_t i;

	if (bound == NULL)
		return FALSE;
	json_array_foreach(fact_get(bound, "places"), i, p)
		if (g_strcmp0(json_string_value(json_object_get(p, "kind")),
		    fact_info(by->kind)->name) == 0 &&
		    g_strcmp0(json_string_value(json_object_get(p, "by")),
		    named) == 0 && g_strcmp0(json_string_value(
		    json_object_get(p, "verdict")), "excluded") == 0)
			return TRUE;
	return FALSE;
}

static void
source_says(struct finding *f, const struct role_row *r, const struct fact *by,
    struct placed *p, struct whereabouts *w)
{
	const char *country = fact_str(by, "country");
	gboolean excluded = is_excluded(p->bound, by);
	int us = country_is_us(country);

	if (us < 0)
		return;
	if (excluded) {
		p->no_in |= us == 1;
		p->no_out |= us == 0;
		finding_against(f, r->run, p->bound);
	} else {
		p->in |= us == 1;
		p->out |= us == 0;
	}
	if (p->first == NULL)
		p->first = country;
	p->differ |= g_ascii_strcasecmp(p->first, country) != 0;
	if (us == 1)
		return;
	finding_against(f, r->run, by);
	list_add(w->countries, country);
}

/* Somebody's own look-up of the host's address. */
static void
imported_says(struct finding *f, const struct role_row *r, struct placed *p,
    struct whereabouts *w)
{
	const struct address *a = NULL;
	struct inet ip;

	if (inet_read(r->ip, &ip) == 0)
		a = book_find(f->sight->book, &ip);
	for (guint i = 0; a != NULL && i < a->places->len; i++) {
		const struct place_said *s = &g_array_index(a->places,
		    struct place_said, i);
		gboolean us = g_str_has_prefix(s->code, "US");

		if (s->import == NULL || *s->code == '\0')
			continue;
		p->in |= us;
		p->out |= !us;
		if (us)
			continue;
		finding_against_import(f, s->import, s->row);
		list_add(w->countries, s->code);
	}
}

typedef void place_fn(struct finding *, const struct role_row *,
    const struct fact *, struct placed *, struct whereabouts *);

/* Databases in their order, then what the network itself claims. */
static void
each_source(struct finding *f, const struct role_row *r, place_fn *fn,
    struct placed *p, struct whereabouts *w)
{
	const struct about a = index_facts(sight_index_of(f->sight, r->run),
	    r->ip);

	for (guint i = 0; i < r->places->len; i++)
		fn(f, r, g_ptr_array_index(r->places, i), p, w);
	for (guint i = 0; i < a.n; i++) {
		const struct fact *x = about_fact(&a, i);

		if (x->kind == FACT_GEOFEED_PLACE)
			fn(f, r, x, p, w);
	}
}

static void
name_source(struct finding *f, const struct role_row *r, const struct fact *by,
    struct placed *p, struct whereabouts *w)
{
	const char *country = fact_str(by, "country");

	finding_against(f, r->run, by);
	g_string_append_printf(w->disagree, " %s %s%s,", by->kind ==
	    FACT_GEO_PLACE ? fact_str(by, "db") : "the network's geofeed",
	    *country != '\0' ? country : "no country",
	    is_excluded(p->bound, by) ? " (beyond the distance bound)" : "");
}

static void
say_disagree(struct finding *f, const struct role_row *r, struct placed *p,
    struct whereabouts *w)
{
	if (w->disagree->len > 0)
		g_string_append(w->disagree, "; ");
	g_string_append_printf(w->disagree, "%s:", r->ip);
	each_source(f, r, name_source, p, w);
	if (g_str_has_suffix(w->disagree->str, ","))
		g_string_truncate(w->disagree, w->disagree->len - 1);
	else
		g_string_append(w->disagree, " look-ups that were imported");
}

/* ---- one address ------------------------------------------------------------------ */

/* The registry's word, beside: the holder's country and no place. */
static void
holder_beside(struct finding *f, const struct role_row *r, gboolean placed,
    struct whereabouts *w)
{
	const char *c = role_country(r);
	g_autofree char *word = NULL;

	if (*c == '\0')
		return;
	word = g_strdup_printf("%s %s", r->ip, c);
	list_add(w->holders, word);
	if (placed)
		return;
	w->unplaced++;
	if (r->network != NULL)
		finding_against(f, r->run, r->network);
}

/* No source places the host: does one still owe an answer? */
static void
unplaced(struct finding *f, const struct role_row *r, struct whereabouts *w)
{
	struct looked places;

	address_look(f->sight, r, PROBE_GEO, &places);
	w->open += judge_open(f, &places, "its place", r->ip) ? 1u : 0u;
	looked_clear(&places);
}

static void
host_where(struct finding *f, const struct role_row *r, struct whereabouts *w)
{
	struct placed p = { .bound = index_first(sight_index_of(f->sight,
	    r->run), FACT_PLACE_BOUND, r->ip) };
	gboolean doubt;

	each_source(f, r, source_says, &p, w);
	imported_says(f, r, &p, w);
	/* All that there is was measured to be wrong: shown, both of them. */
	doubt = !p.in && !p.out && (p.no_in || p.no_out);
	w->hosts++;
	w->doubt |= doubt;
	if (p.out || (doubt && p.no_out)) {
		w->foreign++;
		finding_against(f, r->run, g_ptr_array_index(r->facts, 0));
	} else if (!p.in && !doubt) {
		unplaced(f, r, w);
	}
	if (p.differ || (p.in && p.out) || doubt)
		say_disagree(f, r, &p, w);
	holder_beside(f, r, p.in || p.out || doubt, w);
}

static void
site_where(struct finding *f, const struct site *site, struct whereabouts *w)
{
	for (guint i = 0; i < site->visits->len; i++) {
		const struct visit *v = g_ptr_array_index(site->visits, i);

		for (guint k = 0; k < v->roles->len; k++) {
			const struct role_row *r =
			    g_ptr_array_index(v->roles, k);

			if (r->own && r->role == ROLE_CDN_EDGE)
				w->edges++;
			else if (r->own && r->role == ROLE_HOST)
				host_where(f, r, w);
			w->maybe += r->own && r->role == ROLE_HOST &&
			    r->delivery != NULL;
		}
	}
}

/* ---- the row -------------------------------------------------------------------------- */

/* The Doe of whom an address is placed in the forum (P-07); where none is set,
 * in the United States; NULL: nobody. */
static const char *
doe_at_home(struct finding *f)
{
	const struct record *rec = f->sight->rec;

	for (guint i = 0; i < f->sight->audience->does->len; i++) {
		const struct doe *d = g_ptr_array_index(
		    f->sight->audience->does, i);
		enum status s = judge_of(f, "P-07", d->party->label);

		if (s == ST_SUP || (s == ST_PART && *rec->forum == '\0'))
			return d->party->label;
	}
	return NULL;
}

static void
say_disagreeing(struct finding *f, const struct whereabouts *w)
{
	if (w->disagree->len == 0)
		return;
	f->status = ST_CONF;
	finding_note(f, "sources disagree on %s", w->disagree->str);
	finding_lacks(f, SUPPLY_WHICH_PLACE, "which source is right");
}

static void
say_holders(struct finding *f, const struct whereabouts *w)
{
	if (w->holders->len > 0)
		finding_note(f, "the registry's country of the network's holder "
		    "(%s) is no place of a server", w->holders->str);
}

/* The row is of a foreign host while no address of a Doe is in the forum. */
static void
foreign_verdict(struct finding *f, const struct site *site,
    const struct whereabouts *w)
{
	const char *doe = doe_at_home(f);

	g_ptr_array_set_size(f->notes, 0);
	finding_missing_none(f);
	f->adverse = doe == NULL;
	f->status = f->adverse ? ST_ADV : ST_NONE;
	finding_note(f, "host of %s: sources place its address in %s; the host "
	    "is no party", site->name, w->countries->str);
	say_disagreeing(f, w);
	if (!f->adverse)
		finding_note(f, "an address of %s is placed in the forum "
		    "(P-07), and the order's words are of a record without "
		    "one; the host's place is a fact all the same", doe);
	else if (f->sight->by_role[ROLE_DOE_ACTIVITY] > 0)
		finding_note(f, "addresses of Does are in the record, and none "
		    "is placed in the forum (P-07)");
	if (f->adverse)
		finding_missing(f, "an address of a Doe in the forum: the "
		    "order's words are of a record without one");
	say_holders(f, w);
}

static void
no_host(struct finding *f, const struct site *site,
    const struct whereabouts *w)
{
	if (w->edges > 0) {
		f->status = ST_NC;
		finding_note(f, "the host was not observed: only edges of a "
		    "delivery network, which say nothing of the host behind");
		finding_lacks(f, SUPPLY_HOST_BEHIND, "an address of the host "
		    "itself");
	} else if (site == NULL || !judge_site_open(f, site, LOOK_ADDRESS)) {
		finding_note(f, "DNS answered with no address");
	}
}

static void
home_verdict(struct finding *f, const struct site *site,
    const struct whereabouts *w)
{
	if (w->open > 0 && w->unplaced > 0) {
		finding_head(f, "only the country of the network's holder is in "
		    "the record (%s), which is no place of a server: the "
		    "host's place was not looked up", w->holders->str);
		finding_lacks(f, SUPPLY_HOST_PLACE, "a place of the host's own "
		    "address");
	}
	if (w->open > 0)
		return;		/* NC, and said which */
	f->status = ST_NONE;
	if (w->hosts > 0 && w->maybe == w->hosts) {
		f->status = ST_NC;
		finding_note(f, "whether the host was observed is open: each "
		    "address may be an edge of a delivery network, by one "
		    "sign, and no source puts one outside the United States");
		finding_lacks(f, SUPPLY_HOST_BEHIND, "an address of the host "
		    "itself");
	} else if (w->hosts > 0) {
		finding_note(f, "%u host address%s, and no source puts one "
		    "outside the United States", w->hosts,
		    w->hosts == 1 ? "" : "es");
	} else {
		no_host(f, site, w);
	}
	say_disagreeing(f, w);
	say_holders(f, w);
}

void
judge_foreign_host(const struct record *rec, struct finding *f)
{
	const struct site *site = judge_site(f);
	struct whereabouts w = { 0 };

	(void)rec;
	if (judge_no_run(f))
		return;
	w.countries = g_string_new(NULL);
	w.disagree = g_string_new(NULL);
	w.holders = g_string_new(NULL);
	if (site != NULL)
		site_where(f, site, &w);
	if (w.foreign > 0)
		foreign_verdict(f, site, &w);
	else
		home_verdict(f, site, &w);
	g_string_free(w.countries, TRUE);
	g_string_free(w.disagree, TRUE);
	g_string_free(w.holders, TRUE);
}
