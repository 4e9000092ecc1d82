#include "reports/judge_doe.h"
#include "reports/reverse.h"

/*
 * Factor 1, each Doe on its own: addresses, dates and acts, as rows of activity
 * logs, messages and quoted documents tell them.  Whatever the network answers is
 * somebody else's address.  A row serves only with an address that may be the
 * Doe's own: not an exit, not a host's, not the plaintiff's side's.
 */

/* ---- P-04, P-13: an address ------------------------------------------------------ */

struct addresses { guint sourced, bare, messages, hinted; };

/* Its reverse name is one of a machine that is rented, or of an exit. */
static gboolean
say_hint(struct finding *f, const struct doing *d)
{
	const struct address *a = book_find(f->sight->book, &d->row->ip);
	g_autofree char *ip = inet_words(&d->row->ip);
	const char *name;

	if (a == NULL || a->hint.fact == NULL)
		return FALSE;
	name = fact_str(a->hint.fact, "name");
	finding_against(f, a->hint.run, a->hint.fact);
	finding_note(f, "the reverse name of %s is %s: it may be a host's (%s)",
	    ip, name, reverse_host(name));
	return TRUE;
}

/* Where it stands in a message. */
static void
say_message(struct finding *f, const struct doing *d)
{
	const GArray *all = f->sight->messages;
	g_autofree char *ip = inet_words(&d->row->ip);

	for (guint i = 0; i < all->len; i++) {
		const struct doe_message *m = &g_array_index(all,
		    struct doe_message, i);

		if (&m->row == d->row)
			finding_note(f, "%s stands in the message %s, in %s, as "
			    "its sender's side wrote it", ip,
			    d->import->exhibit, m->where);
	}
}

static void
address_leg(struct finding *f, const struct doing *d, void *arg)
{
	struct addresses *n = arg;

	if (say_hint(f, d))
		n->hinted++;
	else if (*d->row->is->source != '\0')
		n->sourced++;
	else
		n->bare++;
	if (DOE_MESSAGE(d))
		say_message(f, d);
	n->messages += DOE_MESSAGE(d);
	doe_cite(f, d);
}

/* A conflict only where no other address of the Doe is beyond dispute. */
static void
address_open(struct finding *f, guint disputed)
{
	if (disputed == 0) {
		doe_nothing(f, "an address tied to this Doe");
		return;
	}
	f->status = ST_CONF;
	finding_lacks(f, SUPPLY_WHO, "whose the address was at the time of the event");
}

void
judge_doe_address(const struct record *rec, struct finding *f)
{
	struct addresses n = { 0 };
	guint rows = doe_each(f, doe_of(f), address_leg, &n);
	guint disputed = doe_disputed(f, doe_of(f));

	(void)rec;
	if (rows > n.messages)
		finding_note(f, "%u row%s of the logs join this Doe to an "
		    "address (role: DOE_ACTIVITY)", PLURAL(rows - n.messages));
	if (!doe_conclude(f, n.sourced, n.bare + n.hinted, n.hinted > 0 ?
	    "what shows that the address is no host's, as its reverse name "
	    "hints" : n.bare > n.messages ? "where each row comes from (its "
	    "source)" : "who of the Does wrote the message, or its headers "
	    "whole"))
		address_open(f, disputed);
	doe_documents(f, "P-04");
}

void
judge_doe_link(const struct record *rec, struct finding *f)
{
	judge_doe_address(rec, f);
}

/* ---- P-05: dates ------------------------------------------------------------------- */

struct dates { guint timed, days, part, none; };

static void
date_leg(struct finding *f, const struct doing *d, void *arg)
{
	struct dates *n = arg;
	gboolean whole;
	int32_t day;

	if (DOE_MESSAGE(d))
		return;
	if (!doe_day(f, d, &day, &whole)) {
		n->none++;
		doe_cite_against(f, d);
		return;
	}
	doe_cite(f, d);
	if (!whole)
		n->part++;
	else if ((d->row->faults & ROW_DATE_ONLY) != 0)
		n->days++;
	else
		n->timed++;
}

void
judge_doe_dates(const struct record *rec, struct finding *f)
{
	struct dates n = { 0 };
	guint rows;

	(void)rec;
	doe_each(f, doe_of(f), date_leg, &n);
	rows = n.timed + n.days + n.part + n.none;
	if (rows > 0)
		finding_note(f, "of %u row%s with an address of this Doe, %u "
		    "have a time with its zone, %u a day only, %u a time whose "
		    "zone is not told; no day of collecting is taken for the "
		    "day of an act", PLURAL(rows), n.timed, n.days, n.part);
	if (!doe_conclude(f, n.timed + n.days, n.part, "the zone of the times"))
		doe_nothing(f, "a date of an act, tied to an address of this "
		    "Doe");
	if (n.timed == 0)
		finding_lacks(f, SUPPLY_CLOCK, "times, with zone and the clock they came "
		    "from");
	doe_documents(f, "P-05");
}

/* ---- P-09: act, work, address and time in one row ------------------------------------------------ */

struct joins { guint whole, part, loose; };

/* An act or a work in the row of the address is tied to it; a time alone is not. */
static void
join_leg(struct finding *f, const struct doing *d, void *arg)
{
	const struct activity *a = d->row;
	struct joins *n = arg;
	gboolean whole = FALSE, day, act = *a->is->act != '\0',
		 work = *a->is->work != '\0';
	int32_t when;

	if (DOE_MESSAGE(d))
		return;
	day = doe_day(f, d, &when, &whole);
	if (act && work && day && whole)
		n->whole++;
	else if (act || work)
		n->part++;
	else
		n->loose++;
	if (act || work)
		doe_cite(f, d);
	else
		doe_cite_against(f, d);
}

void
judge_doe_act(const struct record *rec, struct finding *f)
{
	struct joins n = { 0 };
	guint rows;

	(void)rec;
	doe_each(f, doe_of(f), join_leg, &n);
	rows = n.whole + n.part + n.loose;
	if (rows > 0)
		finding_note(f, "of %u row%s with an address of this Doe, %u "
		    "join act, work and time, %u some of them, %u none",
		    PLURAL(rows), n.whole, n.part, n.loose);
	if (!doe_conclude(f, n.whole, n.part, "act, work, address and time with "
	    "its zone, in one row"))
		doe_nothing(f, "a row that joins act, work, address and time");
	doe_documents(f, "P-09");
}

/* ---- P-03: the three together -------------------------------------------------------------------- */

struct package { guint whole, dated, placed, rows; };

static void
package_leg(struct finding *f, const struct doing *d, void *arg)
{
	struct package *n = arg;
	gboolean whole, placed = doe_placed(f, d), dated;
	int32_t day;

	dated = doe_day(f, d, &day, &whole) && whole;
	n->rows++;
	n->dated += (guint)dated;
	n->placed += (guint)placed;
	n->whole += (guint)dated && placed;
	doe_cite(f, d);
	if (placed && n->whole + n->placed < DOE_CITED)
		doe_say_place(f, d, &g_array_index(book_find(f->sight->book,
		    &d->row->ip)->places, struct place_said, 0));
}

void
judge_doe_package(const struct record *rec, struct finding *f)
{
	struct package n = { 0 };

	(void)rec;
	doe_each(f, doe_of(f), package_leg, &n);
	if (n.rows > 0)
		finding_note(f, "of %u row%s with an address of this Doe, %u "
		    "have a date, %u a place, %u both", PLURAL(n.rows),
		    n.dated, n.placed, n.whole);
	if (!doe_conclude(f, n.whole, n.rows, "address, date and place for the "
	    "same event"))
		doe_nothing(f, "addresses, dates and places of this Doe, "
		    "joined");
	doe_documents(f, "P-03");
}
