#include "reports/judge.h"

/*
 * Factor 1, the Does' own addresses.  Only an import can give one; whatever the
 * network answers is somebody else's address, and is counted so.
 */

/* Points at what gives each address the role of a host, once an address. */
static void
point_at_hosts(struct finding *f)
{
	for (guint i = 0; i < f->sight->roles->len; i++) {
		const struct role_row *r =
		    g_ptr_array_index(f->sight->roles, i);

		if (r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE)
			finding_against(f, r->run,
			    g_ptr_array_index(r->facts, 0));
	}
}

static void
count_does(struct finding *f)
{
	guint all = f->sight->addresses;

	finding_note(f, "%u of %u address%s the role DOE_ACTIVITY",
	    f->sight->by_role[ROLE_DOE_ACTIVITY], all,
	    all == 1 ? " has" : "es have");
	finding_note(f, "nothing in the record: no activity log imported");
}

void
judge_doe_address(const struct record *rec, struct finding *f)
{
	(void)rec;
	f->status = ST_NONE;
	count_does(f);
	finding_missing(f, "an address tied to this Doe");
	point_at_hosts(f);
}

/* A place was looked up for hosts only; that is a place of the host. */
static void
point_at_places(struct finding *f)
{
	guint places = 0;

	for (guint i = 0; i < f->sight->roles->len; i++) {
		const struct role_row *r =
		    g_ptr_array_index(f->sight->roles, i);

		for (guint k = 0; k < r->places->len; k++) {
			places++;
			finding_against(f, r->run,
			    g_ptr_array_index(r->places, k));
		}
	}
	if (places == 0)
		point_at_hosts(f);
	else
		finding_note(f, "%u look-up%s of a place, each for a "
		    "provider's address", PLURAL(places));
}

static void
no_place(struct finding *f, const char *missing)
{
	f->status = ST_NONE;
	count_does(f);
	finding_missing(f, "%s", missing);
	point_at_places(f);
}

void
judge_doe_place(const struct record *rec, struct finding *f)
{
	(void)rec;
	no_place(f, "a place of an address of this Doe");
}

void
judge_doe_forum(const struct record *rec, struct finding *f)
{
	(void)rec;
	no_place(f, "a place in the forum, of an address of this Doe");
}

void
judge_doe_link(const struct record *rec, struct finding *f)
{
	judge_doe_address(rec, f);
}

void
judge_doe_location(const struct record *rec, struct finding *f)
{
	judge_doe_place(rec, f);
}

/* ---- others ---------------------------------------------------------------------- */

void
judge_dismissed(const struct record *rec, struct finding *f)
{
	guint n = 0;

	f->status = ST_NONE;
	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (g_ascii_strcasecmp(p->kind, "dismissed") != 0 ||
		    !party_valid(rec, p))
			continue;
		n++;
		finding_note(f, "%s is listed as dismissed; no address of "
		    "that party is in the record", p->label);
	}
	if (n == 0)
		finding_note(f, "parties.csv lists no dismissed party on the "
		    "day of assessment");
	finding_note(f, "nothing in the record: no activity log imported");
}

/* The record is thin where it holds addresses, and none of them of a Doe. */
void
judge_thin(const struct record *rec, struct finding *f)
{
	if (judge_no_run(f))
		return;
	(void)rec;
	f->status = f->sight->addresses > 0 ? ST_INSUF : ST_NONE;
	finding_note(f, "%u address%s in the record, %u of a Doe; 0 acts of a "
	    "person", f->sight->addresses,
	    f->sight->addresses == 1 ? "" : "es",
	    f->sight->by_role[ROLE_DOE_ACTIVITY]);
	finding_missing(f, "facts about a Doe: P-04 to P-09, or P-19 to P-24");
	point_at_hosts(f);
	if (f->status == ST_NONE && judge_sites_open(f, LOOK_ADDRESS))
		return;
}
