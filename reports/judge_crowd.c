#include "reports/judge_userbase.h"
#include "reports/quoted.h"

/*
 * Factor 3, users: how many others a log places in the forum (J-19, J-27, J-28,
 * K-08).  The order sets no number above one, and neither does this: a count
 * is printed, and one is the only count that is treated as the order treated it.
 */

#define CITED	20

static const struct crowd *
crowd_of(const struct finding *f)
{
	return audience_crowd(f->sight->audience, f->forum);
}

static const char *
forum_of(const struct finding *f)
{
	return f->forum != NULL ? f->forum : "the forum, which is not set";
}

/* What places the address: a run's look-up, or somebody else's. */
static void
cite_places(struct finding *f, const struct caller *c, gboolean against)
{
	const struct address *a = book_find(f->sight->book,
	    caller_ip(f->sight->audience, c));

	for (guint i = 0; a != NULL && i < a->places->len; i++) {
		const struct place_said *p = &g_array_index(a->places,
		    struct place_said, i);

		if (p->import != NULL)
			(against ? finding_against_import : finding_for_import)
			    (f, p->import, p->row);
		else
			(against ? finding_against : finding_for)(f, p->run,
			    p->fact);
	}
}

static void
cite_caller(struct finding *f, const struct caller *c, gboolean against)
{
	const struct audience *u = f->sight->audience;
	const struct import *i;

	if (c == NULL)
		return;
	i = g_ptr_array_index(u->rec->imports, c->import);
	if (against)
		finding_against_import(f, i, c->row);
	else
		finding_for_import(f, i, c->row);
	cite_places(f, c, against);
}

/* The count, and what was left out of it. */
void
judge_say_crowd(struct finding *f)
{
	const struct audience *u = f->sight->audience;
	const struct crowd *w = crowd_of(f);

	finding_note(f, "third-party users in %s by the logs: %u address%s, "
	    "%u household%s (an IPv6 network of 64 bits is one); elsewhere %u, "
	    "place not known %u, sources differ %u", forum_of(f), w->users,
	    w->users == 1 ? "" : "es", PLURAL(w->households), w->elsewhere,
	    w->unknown, w->conflict);
	finding_note(f, "left out: %u of the plaintiff's side, %u of parties "
	    "in the forum, %u of Does, %u exits, %u of servers, %"
	    G_GUINT64_FORMAT " rows of ranges", w->own, w->parties,
	    u->by_role[ROLE_DOE_ACTIVITY], u->by_role[ROLE_EXIT_PROXY],
	    w->hosted, u->left[__builtin_ctz(ROW_IP_RANGE)]);
	if (w->nameless > 0)
		finding_note(f, "left out as well: %u address%s of somebody "
		    "whom parties.csv has not on that day; whether it is a "
		    "party's cannot be told", w->nameless, w->nameless == 1 ?
		    "" : "es");
}

gboolean
judge_no_user(struct finding *f)
{
	const struct crowd *w = crowd_of(f);
	guint lost;

	if (w->households + w->parties > 0)
		return FALSE;
	finding_missing(f, "users in the forum, none of them of the plaintiff's "
	    "side");
	f->status = ST_NONE;
	if (f->sight->audience->logs == 0) {
		finding_note(f, "nothing in the record: no activity log "
		    "imported");
		return TRUE;
	}
	judge_say_crowd(f);
	if (w->nameless > 0) {
		f->status = ST_NC;
		finding_missing(f, "a row of parties.csv for each name of the "
		    "log, with its days");
	}
	lost = w->unknown + w->conflict + w->adrift;
	if (lost > 0) {
		f->status = ST_NC;
		finding_note(f, "the place of %u address%s is not known: not "
		    "looked up, no answer, or sources that differ", lost,
		    lost == 1 ? "" : "es");
		finding_lacks(f, SUPPLY_LOOK_UP, "a look-up in databases of places: goodcause "
		    "collect");
	}
	return TRUE;
}

/* ---- J-27, J-28, K-08 --------------------------------------------------------------- */

/* No log has a user there: an imported number may count one, or more. */
static void
counted_one(struct finding *f)
{
	struct counted c;

	userbase_counted(f, &c);
	if (c.more > 0) {
		/* it does not say where the log's users are */
		if (f->status != ST_NC)
			f->status = ST_NONE;
		finding_note(f, "an imported number counts more than one; the "
		    "order sets no number above one, see J-32");
	} else if (c.one > 0) {
		f->status = ST_INSUF;
		finding_note(f, "an audience of one, by an imported number");
	}
}

void
judge_one_user(const struct record *rec, struct finding *f)
{
	const struct crowd *w = crowd_of(f);

	(void)rec;
	if (judge_no_user(f)) {
		counted_one(f);
		return;
	}
	judge_say_crowd(f);
	cite_caller(f, w->example, w->households <= 1);
	if (w->households == 0)
		cite_caller(f, w->party, TRUE);
	if (w->households > 1) {
		f->status = ST_NONE;
		finding_note(f, "more than one; the order sets no number above "
		    "one, see J-32");
		return;
	}
	f->status = ST_INSUF;
	finding_note(f, w->households == 1 ? "an audience of one household" :
	    "no user but parties of the case");
	finding_missing(f, "users in the forum beyond one, none of them of the "
	    "plaintiff's side");
}

/* ---- J-19 ------------------------------------------------------------------------------- */

static void
cite_own(struct finding *f)
{
	const struct audience *u = f->sight->audience;

	for (guint i = 0; i < u->callers->len && f->against->len < CITED; i++) {
		const struct caller *c = &g_array_index(u->callers,
		    struct caller, i);

		if ((c->roles & (1u << ROLE_PLAINTIFF_SIDE)) != 0)
			cite_caller(f, c, TRUE);
	}
}

void
judge_own_visits(const struct record *rec, struct finding *f)
{
	const struct crowd *w = crowd_of(f);
	guint own = f->sight->audience->by_role[ROLE_PLAINTIFF_SIDE];

	(void)rec;
	if (w->households > 0) {
		f->status = ST_NONE;
		judge_say_crowd(f);
		cite_caller(f, w->example, FALSE);
		finding_note(f, "visits of others than the plaintiff's side are "
		    "in the record");
		return;
	}
	if (judge_no_user(f) && own == 0)
		return;
	if (own == 0 && w->parties > 0) {
		f->status = ST_NONE;
		judge_say_crowd(f);
		cite_caller(f, w->party, TRUE);
		finding_note(f, "a party's visit, and none of the plaintiff's "
		    "side");
		return;
	}
	if (f->status == ST_NC && w->unknown + w->conflict + w->adrift +
	    w->nameless > 0)
		return;
	f->status = ST_INSUF;
	cite_own(f);
	finding_note(f, "%u address%s of the plaintiff's side, not counted, and "
	    "no user in the forum", own, own == 1 ? "" : "es");
	finding_missing(f, "visits of others from the forum");
}

/* ---- acts with users there: J-17, J-18 -------------------------------------------------------- */

gboolean
judge_user_in(const struct finding *f, const struct activity *a)
{
	const struct party *who;
	gboolean differ;

	if (!activity_addressed(a) || standing_of(f->sight->rec, a, &who) !=
	    STANDING_USER || book_marks(f->sight->book, &a->ip) != 0)
		return FALSE;
	return address_within(book_find(f->sight->book, &a->ip), f->forum,
	    &differ) == WITHIN_IN;
}

guint
judge_acts_in_forum(struct finding *f, unsigned bits)
{
	const struct audience *u = f->sight->audience;
	guint n = 0;

	for (guint i = 0; i < u->acts->len; i++) {
		const struct act *a = &g_array_index(u->acts, struct act, i);

		if ((a->elements & bits) == 0 || !judge_user_in(f, a->doing.row))
			continue;
		n++;
		if (f->for_->len < CITED)
			finding_for_import(f, a->doing.import,
			    a->doing.row->row);
	}
	return n;
}

void
judge_point_at_callers(struct finding *f)
{
	const struct audience *u = f->sight->audience;

	for (guint i = 0; i < u->callers->len && f->against->len < CITED; i++)
		cite_caller(f, &g_array_index(u->callers, struct caller, i),
		    TRUE);
}
