#include "reports/judge_doe.h"

#include <stdlib.h>

/*
 * Factor 1, where the addresses of a Doe were: P-06, P-07, P-14.  Somebody's own
 * look-up and a run's are held against one
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
	if (f->status == ST_NONE)
		judge_turn(f);
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
