#include "reports/judge_doe.h"

/*
 * Factor 1, each Doe on its own: addresses, dates, places, providers and acts, as
 * rows of activity logs tell them.  Whatever the network answers is somebody
 * else's address.  A row serves only with an address that may be the Doe's own:
 * not an exit, not a host's, not the plaintiff's side's.
 */

/* ---- rows of a Doe ------------------------------------------------------------ */

static void
say_marks(struct finding *f, const struct doing *d, unsigned marks)
{
	const struct address *a = book_find(f->sight->book, &d->row->ip);
	g_autofree char *ip = inet_words(&d->row->ip);

	if (f->notes->len > DOE_CITED || f->against->len > 3 * DOE_CITED)
		return;
	finding_against_import(f, d->import, d->row->row);
	for (unsigned bits = marks; bits != 0; bits &= bits - 1)
		finding_note(f, "%s is not counted: %s", ip,
		    mark_says((enum mark)(bits & ~(bits - 1))));
	for (guint i = 0; a != NULL && i < a->why->len; i++) {
		const struct address_said *w = &g_array_index(a->why,
		    struct address_said, i);

		finding_against(f, w->run, w->fact);
	}
}

/* Calls fn for each row with an address of this Doe; how many there were. */
guint
doe_each(struct finding *f, const struct doe *d, leg_fn *fn, void *arg)
{
	guint n = 0;

	for (guint i = 0; d != NULL && i < d->rows->len; i++) {
		const struct doing *x = &g_array_index(d->rows, struct doing,
		    i);
		unsigned marks;

		if (!activity_addressed(x->row))
			continue;
		marks = book_marks(f->sight->book, &x->row->ip);
		if (marks != 0) {
			say_marks(f, x, marks);
			continue;
		}
		n++;
		fn(f, x, arg);
	}
	return n;
}

const struct doe *
doe_of(const struct finding *f)
{
	return audience_doe(f->sight->audience, f->scope);
}

void
doe_cite(struct finding *f, const struct doing *d)
{
	if (f->for_->len < DOE_CITED)
		finding_for_import(f, d->import, d->row->row);
}

void
doe_cite_against(struct finding *f, const struct doing *d)
{
	if (f->against->len < DOE_CITED)
		finding_against_import(f, d->import, d->row->row);
}

/* Once an address. */
void
judge_point_at_hosts(struct finding *f)
{
	for (guint i = 0; i < f->sight->roles->len; i++) {
		const struct role_row *r =
		    g_ptr_array_index(f->sight->roles, i);

		if (r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE)
			finding_against(f, r->run,
			    g_ptr_array_index(r->facts, 0));
	}
}

/* Rows that are kept and do not count, by reason. */
static void
note_faults(struct finding *f)
{
	const struct audience *u = f->sight->audience;

	for (unsigned bit = 0; bit < G_N_ELEMENTS(u->left); bit++)
		if (u->left[bit] > 0 && (1u << bit) != ROW_DATE_ONLY)
			finding_note(f, "%" G_GUINT64_FORMAT " row%s of the "
			    "logs: %s", u->left[bit], u->left[bit] == 1 ? "" :
			    "s", row_fault_says((enum row_fault)(1u << bit)));
	if (u->unknown > 0)
		finding_note(f, "%" G_GUINT64_FORMAT " row%s of the logs name "
		    "somebody whom parties.csv does not have on that day",
		    u->unknown, u->unknown == 1 ? "" : "s");
}

/* The record holds nothing of the kind for this Doe. */
void
doe_nothing(struct finding *f, const char *missing)
{
	const struct sight *s = f->sight;
	guint all = s->addresses;

	f->status = ST_NONE;
	finding_note(f, "%u of %u address%s the role DOE_ACTIVITY",
	    s->by_role[ROLE_DOE_ACTIVITY], all, all == 1 ? " has" : "es have");
	if (s->audience->logs == 0)
		finding_note(f, "nothing in the record: no activity log "
		    "imported");
	else if (doe_of(f) == NULL)
		finding_note(f, "no row of the imported logs is of this Doe");
	note_faults(f);
	finding_missing(f, "%s", missing);
	judge_point_at_hosts(f);
}

gboolean
doe_conclude(struct finding *f, guint full, guint some, const char *missing)
{
	if (full == 0 && some == 0)
		return FALSE;
	f->status = full > 0 ? ST_SUP : ST_PART;
	if (full == 0)
		finding_missing(f, "%s", missing);
	note_faults(f);
	return TRUE;
}

/* ---- P-04, P-13: an address ------------------------------------------------------ */

struct addresses { guint sourced, bare; };

static void
address_leg(struct finding *f, const struct doing *d, void *arg)
{
	struct addresses *n = arg;

	if (*d->row->source != '\0')
		n->sourced++;
	else
		n->bare++;
	doe_cite(f, d);
}

/* A header of a message that the importer says is this Doe's. */
static guint
address_mails(struct finding *f)
{
	const struct record *rec = f->sight->rec;
	guint n = 0;

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);
		struct inet ip;

		if (m->kind != IMPORT_MAIL || m->mail == NULL ||
		    m->mail->whose != MAIL_FROM_OPERATOR ||
		    g_ascii_strcasecmp(m->entity, f->scope) != 0 ||
		    inet_read(m->mail->originating_ip, &ip) != 0 ||
		    book_marks(f->sight->book, &ip) != 0)
			continue;
		n++;
		finding_for_import(f, m, 0);
		finding_note(f, "%s stands in a header of the message %s, "
		    "as its sender's side wrote it",
		    m->mail->originating_ip, m->exhibit);
	}
	return n;
}

void
judge_doe_address(const struct record *rec, struct finding *f)
{
	struct addresses n = { 0 };
	guint rows = doe_each(f, doe_of(f), address_leg, &n);
	guint mails = address_mails(f);

	(void)rec;
	if (rows > 0)
		finding_note(f, "%u row%s of the logs join this Doe to an "
		    "address (role: DOE_ACTIVITY)", PLURAL(rows));
	if (!doe_conclude(f, n.sourced, n.bare + mails, n.bare > 0 ?
	    "where each row comes from (its source)" :
	    "a log that ties the address to this Doe"))
		doe_nothing(f, "an address tied to this Doe");
}

void
judge_doe_link(const struct record *rec, struct finding *f)
{
	judge_doe_address(rec, f);
}

/* ---- P-05: dates ------------------------------------------------------------------- */

struct dates { guint timed, days, part; };

static void
date_leg(struct finding *f, const struct doing *d, void *arg)
{
	struct dates *n = arg;
	gboolean whole;
	int32_t day;

	if (!activity_day(d->row, &day, &whole)) {
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
	guint rows = doe_each(f, doe_of(f), date_leg, &n);

	(void)rec;
	if (rows > 0)
		finding_note(f, "of %u row%s with an address of this Doe, %u "
		    "have a time with its zone, %u a day only, %u a time whose "
		    "zone is not told; no day of collecting is taken for the "
		    "day of an act", PLURAL(rows), n.timed, n.days, n.part);
	if (!doe_conclude(f, n.timed + n.days, n.part, "the zone of the times"))
		doe_nothing(f, "a date of an act, tied to an address of this "
		    "Doe");
	if (n.timed == 0)
		finding_missing(f, "times, with zone and the clock they came "
		    "from");
}

/* ---- P-09: act, work, address and time in one row ------------------------------------------------ */

struct joins { guint whole, part, loose; };

static void
join_leg(struct finding *f, const struct doing *d, void *arg)
{
	const struct activity *a = d->row;
	struct joins *n = arg;
	gboolean whole = FALSE, day, act = *a->act != '\0',
		 work = *a->work != '\0';
	int32_t when;

	day = activity_day(a, &when, &whole);
	if (act && work && day && whole)
		n->whole++;
	else if (day && (act || work))
		n->part++;
	else
		n->loose++;
	if (day && (act || work))
		doe_cite(f, d);
	else
		doe_cite_against(f, d);
}

void
judge_doe_act(const struct record *rec, struct finding *f)
{
	struct joins n = { 0 };
	guint rows = doe_each(f, doe_of(f), join_leg, &n);

	(void)rec;
	if (rows > 0)
		finding_note(f, "of %u row%s with an address of this Doe, %u "
		    "join act, work and time, %u some of them, %u none",
		    PLURAL(rows), n.whole, n.part, n.loose);
	if (!doe_conclude(f, n.whole, n.part, "act, work, address and time with "
	    "its zone, in one row"))
		doe_nothing(f, "a row that joins act, work, address and time");
}

/* ---- P-03: the three together -------------------------------------------------------------------- */

struct package { guint whole, dated, placed, rows; };

static void
package_leg(struct finding *f, const struct doing *d, void *arg)
{
	struct package *n = arg;
	gboolean whole, placed = doe_placed(f, d), dated;
	int32_t day;

	dated = activity_day(d->row, &day, &whole) && whole;
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
}
