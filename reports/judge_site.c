#include "reports/delivery.h"
#include "reports/judge.h"

/* ---- P-11: that a site is there -------------------------------------------- */

static gboolean
page_of(const struct visit *v, const struct fact *f)
{
	return f->kind == FACT_HTTP_PAGE && f->target != NULL &&
	    strcmp(f->target, v->target) == 0;
}

void
judge_site_exists(const struct record *rec, struct finding *f)
{
	const struct site *site = judge_site(f);
	guint pages = 0;

	(void)rec;
	if (judge_no_run(f)) {
		judge_insufficient_files(f);
		return;
	}
	f->status = ST_NONE;
	for (guint i = 0; site != NULL && i < site->visits->len; i++) {
		const struct visit *v = g_ptr_array_index(site->visits, i);

		for (guint k = 0; k < v->facts->len; k++) {
			const struct fact *fact =
			    g_ptr_array_index(v->facts, k);

			if (!page_of(v, fact))
				continue;
			pages++;
			finding_against(f, v->run, fact);
		}
	}
	if (pages > 0) {
		f->status = ST_INSUF;
		finding_note(f, "%u page%s of %s in the record; a page shows "
		    "what a site says, not who runs it", PLURAL(pages),
		    site->name);
		finding_missing(f, "who runs it");
	} else if (site == NULL || !judge_site_open(f, site, LOOK_PAGES)) {
		finding_note(f, "no page of the site is in the record");
	}
	judge_insufficient_files(f);
}

/* ---- P-15: whose address the host's is -------------------------------------- */

static const char *
holder_name(const struct role_row *r)
{
	if (r->holder != NULL && *fact_str(r->holder, "org") != '\0')
		return fact_str(r->holder, "org");
	return r->network != NULL ? fact_str(r->network, "name") : "";
}

static void
note_host(struct finding *f, const struct role_row *r)
{
	finding_against(f, r->run, g_ptr_array_index(r->facts, 0));
	if (r->holder != NULL)
		finding_against(f, r->run, r->holder);
	else if (r->network != NULL)
		finding_against(f, r->run, r->network);
	finding_note(f, "address %s returned by DNS for %s (role: %s)%s%s",
	    r->ip, r->name, role_name(r->role), *holder_name(r) != '\0' ?
	    "; allocated, per registry, to " : "", holder_name(r));
	if (r->delivery != NULL && r->role == ROLE_HOST)
		finding_note(f, "%s may be an edge of %s: one sign only", r->ip,
		    r->delivery);
}

/* Counts the site's own addresses that are settled, notes each. */
static guint
host_addresses(struct finding *f, const struct site *site, guint *open)
{
	guint n = 0;

	for (guint i = 0; i < site->visits->len; i++) {
		const struct visit *v = g_ptr_array_index(site->visits, i);

		for (guint k = 0; k < v->roles->len; k++) {
			const struct role_row *r =
			    g_ptr_array_index(v->roles, k);
			struct looked l;

			if (!r->own)
				continue;
			address_look(f->sight, r, PROBE_RDAP, &l);
			if (l.how == LOOKED_ANSWERED)
				n++;
			else
				(*open)++;
			if (l.how == LOOKED_ANSWERED)
				note_host(f, r);
			else
				judge_open(f, &l, "its allocation", r->ip);
			looked_clear(&l);
		}
	}
	return n;
}

void
judge_host_address(const struct record *rec, struct finding *f)
{
	const struct site *site = judge_site(f);
	guint open = 0, n;

	(void)rec;
	if (judge_no_run(f)) {
		judge_insufficient_files(f);
		return;
	}
	n = site != NULL ? host_addresses(f, site, &open) : 0;
	if (n > 0) {
		f->status = ST_INSUF;
		finding_missing(f, "nothing: this row never serves P-04");
	} else if (open == 0 && (site == NULL ||
	    !judge_site_open(f, site, LOOK_ADDRESS))) {
		f->status = ST_NONE;
		finding_note(f, "DNS answered with no address");
	}
	judge_insufficient_files(f);
}

/* ---- P-17: where the host is --------------------------------------------------- */

struct whereabouts {
	guint	 hosts, edges, foreign, open;
	GString	*countries;	/* outside the United States */
	GString	*disagree;	/* "5.2.64.1: registry NL, a.mmdb NL, b.mmdb US" */
};

static gboolean
role_places_differ(const struct role_row *r)
{
	const char *first = NULL;

	for (guint i = 0; i < r->places->len; i++) {
		const char *c = fact_str(g_ptr_array_index(r->places, i),
		    "country");

		if (*c == '\0')
			continue;
		if (first == NULL)
			first = c;
		else if (g_ascii_strcasecmp(first, c) != 0)
			return TRUE;
	}
	return FALSE;
}

static void
say_sources(GString *out, const struct role_row *r)
{
	const char *c = r->network != NULL ? fact_str(r->network, "country") :
	    "";

	if (out->len > 0)
		g_string_append(out, "; ");
	g_string_append_printf(out, "%s:", r->ip);
	if (*c != '\0')
		g_string_append_printf(out, " registry %s,", c);
	for (guint i = 0; i < r->places->len; i++) {
		const struct fact *p = g_ptr_array_index(r->places, i);

		c = fact_str(p, "country");
		g_string_append_printf(out, " %s %s,", fact_str(p, "db"),
		    *c != '\0' ? c : "no country");
	}
	g_string_truncate(out, out->len - 1);
}

/* One source's word for an address: 1 inside, 0 outside, -1 silent. */
static int
source_says(struct finding *f, const struct role_row *r,
    const struct fact *fact, struct whereabouts *w)
{
	int us;

	if (fact == NULL)
		return -1;
	us = country_is_us(fact_str(fact, "country"));
	if (us == 0) {
		finding_against(f, r->run, fact);
		list_add(w->countries, fact_str(fact, "country"));
	}
	return us;
}

/* No source puts the host abroad: is any of them still owing an answer? */
static gboolean
place_open(struct finding *f, const struct role_row *r, gboolean known)
{
	struct looked registry, places;
	gboolean open;

	address_look(f->sight, r, PROBE_RDAP, &registry);
	address_look(f->sight, r, PROBE_GEO, &places);
	open = judge_open(f, &registry, "its allocation", r->ip);
	if (places.how == LOOKED_FAILED ||
	    (places.how == LOOKED_NEVER && !known))
		open |= judge_open(f, &places, "its place", r->ip);
	looked_clear(&registry);
	looked_clear(&places);
	return open;
}

/* Somebody's own look-up of the host's address; whether it differs from the
 * others on what matters. */
static gboolean
imported_where(struct finding *f, const struct role_row *r,
    struct whereabouts *w, gboolean *in, gboolean *out)
{
	const struct address *a = NULL;
	gboolean differs = FALSE;
	struct inet ip;

	if (inet_read(r->ip, &ip) == 0)
		a = book_find(f->sight->book, &ip);
	for (guint i = 0; a != NULL && i < a->places->len; i++) {
		const struct place_said *s = &g_array_index(a->places,
		    struct place_said, i);
		gboolean us = g_str_has_prefix(s->code, "US");

		if (s->import == NULL || *s->code == '\0')
			continue;
		differs |= us ? *out : *in;
		*in |= us;
		*out |= !us;
		if (us)
			continue;
		finding_against_import(f, s->import, s->row);
		list_add(w->countries, s->code);
	}
	return differs;
}

static void
host_where(struct finding *f, const struct role_row *r, struct whereabouts *w)
{
	gboolean in = FALSE, out = FALSE;
	int us = source_says(f, r, r->network, w);

	in |= us == 1;
	out |= us == 0;
	for (guint i = 0; i < r->places->len; i++) {
		us = source_says(f, r, g_ptr_array_index(r->places, i), w);
		in |= us == 1;
		out |= us == 0;
	}
	if (imported_where(f, r, w, &in, &out))
		say_sources(w->disagree, r);
	w->hosts++;
	if (out) {
		w->foreign++;
		finding_against(f, r->run, g_ptr_array_index(r->facts, 0));
	} else if (place_open(f, r, in)) {
		w->open++;
	}
	if (role_places_differ(r) || (in && out)) {
		for (guint i = 0; i < r->places->len; i++)
			finding_against(f, r->run,
			    g_ptr_array_index(r->places, i));
		say_sources(w->disagree, r);
	}
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
		}
	}
}

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

/* The row is of a foreign host while no address of a Doe is in the forum. */
static void
foreign_verdict(struct finding *f, const struct site *site,
    const struct whereabouts *w)
{
	const char *doe = doe_at_home(f);

	g_ptr_array_set_size(f->notes, 0);
	g_ptr_array_set_size(f->missing, 0);
	f->adverse = doe == NULL;
	f->status = f->adverse ? ST_ADV : ST_NONE;
	finding_note(f, "host of %s: registry or databases say %s; the host "
	    "is no party", site->name, w->countries->str);
	if (w->disagree->len > 0) {
		f->status = ST_CONF;
		finding_note(f, "sources disagree on %s", w->disagree->str);
		finding_missing(f, "which source is right");
	}
	if (!f->adverse)
		finding_note(f, "an address of %s is placed in the forum "
		    "(P-07), so that the order's doubt does not stand; the "
		    "host's place is a fact all the same", doe);
	else if (f->sight->by_role[ROLE_DOE_ACTIVITY] > 0)
		finding_note(f, "addresses of Does are in the record, and none "
		    "is placed in the forum (P-07)");
	if (f->adverse)
		finding_missing(f, "an address of a Doe in the forum: with one "
		    "the order's doubt falls, and the fact stays");
}

static void
home_verdict(struct finding *f, const struct site *site,
    const struct whereabouts *w)
{
	if (w->open > 0)
		return;		/* NC, and said which */
	f->status = ST_NONE;
	if (w->hosts > 0)
		finding_note(f, "%u host address%s, and no source puts one "
		    "outside the United States", w->hosts,
		    w->hosts == 1 ? "" : "es");
	else if (w->edges > 0) {
		f->status = ST_NC;
		finding_note(f, "the host was not observed: only edges of a "
		    "delivery network, which say nothing of the host behind");
		finding_missing(f, "an address of the host itself");
	} else if (site == NULL || !judge_site_open(f, site, LOOK_ADDRESS)) {
		finding_note(f, "DNS answered with no address");
	}
	if (w->disagree->len > 0)
		finding_note(f, "sources disagree on %s", w->disagree->str);
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
	if (site != NULL)
		site_where(f, site, &w);
	if (w.foreign > 0)
		foreign_verdict(f, site, &w);
	else
		home_verdict(f, site, &w);
	g_string_free(w.countries, TRUE);
	g_string_free(w.disagree, TRUE);
}

/* ---- S-01: the steps -------------------------------------------------------------- */

/* The first failures, of all that a run had. */
static void
steps_failed(struct finding *f, const struct run *run)
{
	g_autoptr(GString) s = g_string_new(NULL);
	guint listed = 0;

	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *row = g_ptr_array_index(run->log, i);

		if (strcmp(row->type, "exchange") != 0 ||
		    row->status == X_ANSWERED || listed++ >= 12)
			continue;
		g_string_append_printf(s, "%s%" G_GUINT64_FORMAT, s->len > 0 ?
		    ", " : "", row->n);
	}
	if (s->len > 0)
		finding_note(f, "not answered in run %s: records %s%s",
		    run->name, s->str, listed > 12 ? " and more" : "");
}

/* The log is the narrative, and its first line stands for it. */
#define LOG_OPEN	1

static void
steps_run(struct finding *f, const struct run *run, uint64_t *asked)
{
	const struct run_counts c = run_counts(run);

	if (c.asked > 0) {
		finding_for_row(f, run, LOG_OPEN);
		finding_note(f, "run %s: %u question%s asked, %u answered, %u "
		    "not", run->name, PLURAL((guint)c.asked),
		    (guint)(c.asked - c.failed), (guint)c.failed);
	}
	steps_failed(f, run);
	if (!run->complete)
		finding_note(f, "run %s is incomplete: %s", run->name,
		    run->incomplete_why);
	*asked += c.asked;
}

/* Whether a message of the entity, or one sent to it, is imported. */
static gboolean
is_asked(struct finding *f, const char *name)
{
	const struct record *rec = f->sight->rec;
	gboolean found = FALSE;

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		if (m->kind != IMPORT_MAIL || m->mail == NULL ||
		    !entity_of_import(name, m))
			continue;
		found = TRUE;
		finding_for_import(f, m, 0);
		finding_note(f, "%s: message of %.10s%s%s", m->exhibit,
		    *m->mail->date != '\0' ? m->mail->date : "(no date)",
		    *m->entity != '\0' ? ", " : "", m->entity);
	}
	return found;
}

/* Nobody was asked by this program: requests are letters, not queries.  Those
 * sought are all to be asked; where none is listed, one message at least. */
static guint
steps_requests(struct finding *f, guint *sought, GString *names)
{
	guint asked = 0;

	for (guint i = 0; i < f->sight->entities->len; i++) {
		const struct entity_view *e =
		    g_ptr_array_index(f->sight->entities, i);

		if (is_asked(f, e->name)) {
			asked++;
			continue;
		}
		*sought += e->entry != NULL;
		if (i < 12)
			g_string_append_printf(names, "%s%s",
			    names->len > 0 ? "; " : "", e->name);
	}
	return asked;
}

void
judge_steps(const struct record *rec, struct finding *f)
{
	g_autoptr(GString) names = g_string_new(NULL);
	guint replies, open = 0;
	uint64_t asked = 0;

	if (rec->imports->len == 0 && judge_no_run(f))
		return;
	for (guint i = 0; i < rec->runs->len; i++)
		steps_run(f, g_ptr_array_index(rec->runs, i), &asked);
	replies = steps_requests(f, &open, names);
	if (asked > 0 && replies > 0 && open == 0)
		f->status = ST_SUP;
	else
		f->status = asked + replies > 0 ? ST_PART : ST_NC;
	if (asked == 0)
		finding_note(f, "no question was asked in any run");
	if (names->len > 0 || replies == 0)
		finding_missing(f, "requests to the providers, and their "
		    "replies%s%s", names->len > 0 ? ": " : "", names->str);
	finding_missing(f, "steps taken outside this program");
}
