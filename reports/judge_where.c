#include "reports/judge_doe.h"

#include <stdlib.h>

/*
 * Factor 1, where the addresses of a Doe were, and whose network they are of:
 * P-06, P-07, P-08, P-14.  Somebody's own look-up and a run's are held against one
 * another; either is worth only as much as it says of itself, and nothing where it
 * is of another time than the event.
 */

/* ---- P-06, P-14: where an address is ------------------------------------------------ */

/* How good one source's word on one event is. */
enum quality { Q_NOTHING, Q_UNNAMED, Q_STALE, Q_SOME, Q_WHOLE };

struct places {
	const struct address *said;	/* told for the row before */
	guint	 n[Q_WHOLE + 1];
	guint	 conflict, unasked, failed, nowhere;
	guint	 home, abroad, country;	/* of P-07 */
	gboolean forum;			/* whether P-07 asks */
};

/* Whether the look-up or the database is of another time than the event. */
static gboolean
is_far(const struct record *rec, int32_t then, const struct activity *a)
{
	int32_t event;
	gboolean whole;

	return rec->stale_after > 0 && then != DAY_UNKNOWN &&
	    activity_day(a, &event, &whole) &&
	    abs(event - then) > rec->stale_after;
}

static enum quality
quality_of(const struct record *rec, const struct place_said *s,
    const struct activity *a)
{
	if (*s->database == '\0')
		return Q_UNNAMED;
	if (is_far(rec, s->looked, a) || is_far(rec, s->built, a))
		return Q_STALE;
	return *s->build != '\0' && *s->looked_up != '\0' &&
	    *s->radius != '\0' ? Q_WHOLE : Q_SOME;
}

void
doe_say_place(struct finding *f, const struct doing *d, const struct place_said *s)
{
	g_autofree char *ip = inet_words(&d->row->ip);

	if (s->import != NULL)
		finding_for_import(f, s->import, s->row);
	else
		finding_for(f, s->run, s->fact);
	if (f->notes->len > DOE_CITED)
		return;
	finding_note(f, "%s%s (build %s, looked up %.10s) returns %s%s%s for "
	    "%s%s%s%s", s->import != NULL ? "imported look-up: " : "",
	    *s->database != '\0' ? s->database : "a database not named",
	    *s->build != '\0' ? s->build : "not told",
	    *s->looked_up != '\0' ? s->looked_up : "not told",
	    s->words, *s->words != '\0' && *s->code != '\0' ? ", " : "",
	    s->code, ip, *s->radius != '\0' ? ", radius " : "", s->radius,
	    *s->radius != '\0' ? " km" : "");
}

static void
place_forum(const struct finding *f, const struct address *a, struct places *n)
{
	const char *forum = f->sight->rec->forum;
	gboolean differ;
	enum within in = address_within(a, forum, &differ);

	if (differ) {
		n->conflict++;
		return;
	}
	if (in == WITHIN_IN) {
		n->home++;
		return;
	}
	if (address_within(a, "US", &differ) == WITHIN_IN)
		n->country++;
	else if (in == WITHIN_OUT)
		n->abroad++;
}

static void
place_leg(struct finding *f, const struct doing *d, void *arg)
{
	const struct address *a = book_find(f->sight->book, &d->row->ip);
	struct places *n = arg;
	enum quality best = Q_NOTHING;

	if (a == NULL || a->places->len == 0) {
		n->failed += a != NULL && a->place_failed;
		n->nowhere += a != NULL && !a->place_failed && a->place_none;
		n->unasked += a == NULL || (!a->place_failed && !a->place_none);
		return;
	}
	doe_cite(f, d);
	for (guint i = 0; i < a->places->len; i++) {
		const struct place_said *s = &g_array_index(a->places,
		    struct place_said, i);
		enum quality q = quality_of(f->sight->rec, s, d->row);

		best = MAX(best, q);
		if (n->said != a && f->for_->len < 3 * DOE_CITED)
			doe_say_place(f, d, s);
	}
	n->said = a;
	n->n[best]++;
	if (!n->forum && address_conflict(a))
		n->conflict++;
	if (n->forum && best > Q_STALE)
		place_forum(f, a, n);
}

/* Nothing that counts: which look-ups are open, and which said nothing. */
static void
place_open(struct finding *f, const struct places *n, const char *missing)
{
	if (n->failed + n->unasked > 0 && n->n[Q_STALE] == 0)
		finding_lacks(f, SUPPLY_LOOK_UP, "%s", missing);
	else
		finding_missing(f, "%s", missing);
	if (n->n[Q_STALE] > 0) {
		f->status = ST_STALE;
		finding_note(f, "database or look-up and event are more than "
		    "%d days apart", f->sight->rec->stale_after);
	} else if (n->failed + n->unasked > 0) {
		f->status = ST_NC;
		finding_note(f, "a look-up of the place of %u row%s was not "
		    "made or did not answer", PLURAL(n->failed + n->unasked));
		finding_lacks(f, SUPPLY_LOOK_UP, "a look-up in databases of "
		    "places: goodcause collect");
	} else {
		f->status = ST_NONE;
		finding_note(f, n->n[Q_UNNAMED] > 0 ? "a place with no "
		    "database named does not count" :
		    "no database has a place for the address");
	}
}

/* NC, and nothing else said, where no usable address is of this Doe. */
static gboolean
no_address(struct finding *f, guint rows, const char *missing)
{
	guint places = 0;

	if (rows > 0)
		return FALSE;
	doe_nothing(f, missing);
	for (guint i = 0; i < f->sight->roles->len; i++) {
		const struct role_row *r =
		    g_ptr_array_index(f->sight->roles, i);

		for (guint k = 0; k < r->places->len; k++) {
			places++;
			finding_against(f, r->run,
			    g_ptr_array_index(r->places, k));
		}
	}
	if (places > 0)
		finding_note(f, "%u look-up%s of a place, each for a "
		    "provider's address", PLURAL(places));
	return TRUE;
}

void
judge_doe_place(const struct record *rec, struct finding *f)
{
	struct places n = { 0 };
	guint rows = doe_each(f, doe_of(f), place_leg, &n);

	(void)rec;
	if (no_address(f, rows, "a place of an address of this Doe")) {
		doe_documents(f, "P-06");
		return;
	}
	if (n.conflict > 0) {
		f->status = ST_CONF;
		finding_note(f, "sources differ in country or state on %u "
		    "row%s", PLURAL(n.conflict));
		finding_lacks(f, SUPPLY_WHICH_PLACE, "which source is right on the day of the "
		    "event");
	} else if (!doe_conclude(f, n.n[Q_WHOLE], n.n[Q_SOME] + n.n[Q_UNNAMED],
	    n.n[Q_SOME] == 0 ? "the database that said so, its build, the time "
	    "of look-up and the radius" : "build of the database, time of "
	    "look-up and radius, all of them")) {
		place_open(f, &n, "a place of an address of this Doe");
	}
	doe_documents(f, "P-06");
}

void
judge_doe_location(const struct record *rec, struct finding *f)
{
	judge_doe_place(rec, f);
}

/* ---- P-07: whether that is in the forum -------------------------------------------------- */

static void
forum_verdict(struct finding *f, const struct places *n)
{
	const char *forum = f->sight->rec->forum;

	if (n->conflict > 0) {
		f->status = ST_CONF;
		finding_note(f, "sources differ on whether %u row%s lie in %s",
		    PLURAL(n->conflict), forum);
		finding_lacks(f, SUPPLY_WHICH_PLACE, "which source is right on the day of the "
		    "event");
	} else if (n->home > 0) {
		f->status = ST_SUP;
		finding_note(f, "%u row%s with an address that a database "
		    "places in %s", PLURAL(n->home), forum);
	} else if (n->country > 0) {
		f->status = ST_PART;
		finding_note(f, "in the United States, and not shown to be in "
		    "%s", *forum != '\0' ? forum : "the forum, which is not "
		    "set");
		finding_missing(f, "a place in the forum, of an address of "
		    "this Doe");
	} else if (n->abroad > 0) {
		f->status = ST_NONE;
		finding_note(f, "each place found is outside the forum and "
		    "outside the United States; then the question rests on "
		    "elements J and K");
		finding_missing(f, "a place in the forum, of an address of "
		    "this Doe");
	} else {
		place_open(f, n, "a place in the forum, of an address of this "
		    "Doe");
	}
}

void
judge_doe_forum(const struct record *rec, struct finding *f)
{
	struct places n = { .forum = TRUE };
	guint rows = doe_each(f, doe_of(f), place_leg, &n);

	(void)rec;
	if (no_address(f, rows, "a place in the forum, of an address of this "
	    "Doe")) {
		doe_documents(f, "P-07");
		return;
	}
	forum_verdict(f, &n);
	if (f->status == ST_NONE && f->for_->len > 0) {
		g_array_append_vals(f->against, f->for_->data, f->for_->len);
		g_array_set_size(f->for_, 0);
	}
}

/* ---- P-08: who provided the address --------------------------------------------------------- */

struct provided {
	const struct address *said;	/* told for the row before */
	guint		 then, now, past, open, nobody;
	guint		 names;		/* of the day: names in the DNS alone */
	GPtrArray	*cover;		/* struct past_said *: that cover an event */
	GString		*differ;	/* "A (I-0002:1), B (I-0002:2)" */
};

/* Whether the row of past data covers the day; it may be of another time. */
static gboolean
covers_day(const struct past_said *p, int32_t day)
{
	int32_t to = p->to != DAY_UNKNOWN ? p->to : p->from;

	return p->from != DAY_UNKNOWN && p->from <= day && day <= to;
}

static gboolean
covers(const struct past_said *p, const struct activity *a)
{
	int32_t day;
	gboolean whole;

	return activity_day(a, &day, &whole) && covers_day(p, day);
}

static void
say_past(struct finding *f, const struct past_said *p)
{
	const struct history *h = p->row;

	finding_for_import(f, p->import, h->row);
	if (f->notes->len < DOE_CITED)
		finding_note(f, "imported past data of %s: %s %s for %s, from "
		    "%s to %s", *h->source != '\0' ? h->source :
		    "a source not told", h->type, h->value, h->subject,
		    h->first_seen, *h->last_seen != '\0' ? h->last_seen :
		    "a day not told");
}

/* ---- what cannot both be right ---- */

/* Names of one kind of data: an allocation and the assignment within it, or a
 * company and a number of a network, name two things. */
static gboolean
names_differ(const char *a, const char *b)
{
	return !entity_is(a, b) && !entity_is(b, a);
}

static void
say_differ(struct provided *n, const struct past_said *p, const char *other)
{
	if (n->differ->len == 0)
		g_string_append_printf(n->differ, "%s (%s:%u) and %s",
		    p->row->value, p->import->id, p->row->row, other);
}

static void
past_against_past(struct provided *n, const struct past_said *p,
    const struct activity *a)
{
	for (guint i = 0; i < n->cover->len; i++) {
		const struct past_said *o = g_ptr_array_index(n->cover, i);

		if (covers(o, a) && inet_holds(&o->net, &a->ip) &&
		    g_ascii_strcasecmp(o->row->type, p->row->type) == 0 &&
		    names_differ(o->row->value, p->row->value))
			say_differ(n, p, o->row->value);
	}
}

/* Past data that say they hold on the day of the run, of a registry's kind. */
static void
past_against_today(struct provided *n, const struct past_said *p,
    const struct address *a)
{
	const char *today = NULL;

	for (guint i = 0; i < a->holders->len; i++) {
		const struct address_said *s = &g_array_index(a->holders,
		    struct address_said, i);
		const char *org = fact_str(s->fact, "org");

		if (*org == '\0' || !covers_day(p, day_read(s->run->started)))
			continue;
		if (!names_differ(org, p->row->value))
			return;
		today = org;
	}
	if (today != NULL)
		say_differ(n, p, today);
}

static gboolean
is_of(const struct past_said *p, const char *const *types, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (g_ascii_strcasecmp(p->row->type, types[i]) == 0)
			return TRUE;
	return FALSE;
}

/* What routing announces is a number or the carrier's name, not the holder's. */
static gboolean
of_routing(const struct past_said *p)
{
	static const char *const types[] = { "bgp", "origin", "route", "routing",
		"asn", "as" };

	return is_of(p, types, G_N_ELEMENTS(types));
}

/* A name in the reverse zone: a provider may have given it, and nobody is named by
 * it. */
static gboolean
of_dns(const struct past_said *p)
{
	static const char *const types[] = { "rdns", "ptr", "reverse",
		"reverse dns", "reverse-dns", "hostname", "host" };

	return is_of(p, types, G_N_ELEMENTS(types));
}

static void
past_leg(struct finding *f, const struct doing *d, struct provided *n)
{
	const GArray *past = f->sight->book->past;
	const struct address *a = book_find(f->sight->book, &d->row->ip);

	for (guint i = 0; i < past->len; i++) {
		const struct past_said *p = &g_array_index(past,
		    struct past_said, i);

		if (!inet_holds(&p->net, &d->row->ip))
			continue;
		if (!covers(p, d->row)) {
			n->past++;
			if (f->against->len < DOE_CITED)
				finding_against_import(f, p->import,
				    p->row->row);
			continue;
		}
		doe_cite(f, d);
		if (of_dns(p)) {
			if (n->names++ < DOE_CITED)
				say_past(f, p);
			continue;
		}
		if (n->then++ < DOE_CITED)
			say_past(f, p);
		if (n->differ->len == 0)
			past_against_past(n, p, d->row);
		if (a != NULL && n->said != a && !of_routing(p))
			past_against_today(n, p, a);
		if (!g_ptr_array_find(n->cover, p, NULL))
			g_ptr_array_add(n->cover, (gpointer)(guintptr)p);
	}
}

static const char *
holder_name(const struct fact *f)
{
	const char *org = fact_str(f, "org");

	return *org != '\0' ? org : fact_str(f, "name");
}

static void
provider_leg(struct finding *f, const struct doing *d, void *arg)
{
	const struct address *a = book_find(f->sight->book, &d->row->ip);
	struct provided *n = arg;
	guint named = 0;

	past_leg(f, d, n);
	for (guint i = 0; a != NULL && i < a->holders->len; i++) {
		const struct address_said *s = &g_array_index(a->holders,
		    struct address_said, i);

		if (*holder_name(s->fact) == '\0')
			continue;
		named++;
		if (n->said == a || f->for_->len >= 3 * DOE_CITED)
			continue;
		doe_cite(f, d);
		finding_for(f, s->run, s->fact);
		if (f->notes->len < DOE_CITED)
			finding_note(f, "registry data of %.10s names %s; it "
			    "is of that day, not of the event", s->run->started,
			    holder_name(s->fact));
	}
	n->said = a;
	n->now += named > 0;
	if (named == 0 && a != NULL && a->holder_none && !a->holder_failed)
		n->nobody++;
	else if (named == 0)
		n->open++;
}

static void
provider_open(struct finding *f, const struct provided *n)
{
	if (n->past > 0) {
		f->status = ST_STALE;
		finding_note(f, "past data is of other days than the events");
		finding_missing(f, "past data of the day of the event");
		return;
	}
	f->status = n->open > 0 ? ST_NC : ST_NONE;
	finding_note(f, n->open > 0 ? "who holds the address was not asked, or "
	    "not answered" : "the registry names nobody");
	finding_missing(f, "the provider of the address on the day of the "
	    "event");
}

void
judge_doe_provider(const struct record *rec, struct finding *f)
{
	struct provided n = { .cover = g_ptr_array_new(),
		.differ = g_string_new(NULL) };
	guint rows = doe_each(f, doe_of(f), provider_leg, &n);

	(void)rec;
	if (rows == 0) {
		doe_nothing(f, "an address tied to this Doe");
	} else if (n.differ->len > 0) {
		f->status = ST_CONF;
		finding_note(f, "sources name different companies for one day: "
		    "%s", n.differ->str);
		finding_missing(f, "which source is right on the day of the "
		    "event");
	} else if (!doe_conclude(f, n.then, n.now + n.names, "who held the "
	    "address on the day of the event")) {
		provider_open(f, &n);
	}
	doe_documents(f, "P-08");
	g_ptr_array_unref(n.cover);
	g_string_free(n.differ, TRUE);
}

/* ---- for P-03 ---- */

gboolean
doe_placed(const struct finding *f, const struct doing *d)
{
	const struct address *a = book_find(f->sight->book, &d->row->ip);

	for (guint i = 0; a != NULL && i < a->places->len; i++)
		if (quality_of(f->sight->rec, &g_array_index(a->places,
		    struct place_said, i), d->row) > Q_STALE)
			return !address_conflict(a);
	return FALSE;
}
