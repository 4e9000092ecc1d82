#include "reports/audience.h"
#include "reports/deed.h"
#include "reports/judge.h"
#include "reports/quoted.h"
#include "reports/sender.h"

/*
 * Factor 1 as a whole: P-01 and P-02, which are made up of what the record holds of
 * each Doe; and facts that alone identify nobody: P-12, P-16, P-31.
 */

#define CITED	20

/* ---- P-12 ------------------------------------------------------------------------------ */

void
judge_promoted(const struct record *rec, struct finding *f)
{
	struct deeds n = { 0 };
	struct quoted q;

	(void)rec;
	deeds_promoted(f, &n);
	quoted_find(f, "P-12", NULL, &q);
	judge_turn(f);
	finding_missing_none(f);
	f->status = n.whole + n.part + q.found > 0 ? ST_INSUF : ST_NONE;
	finding_note(f, f->status == ST_INSUF ? "promotion to a user is in "
	    "the record; alone it identifies nobody" : "nothing in the record: "
	    "no promotion to a user in a log or a quoted document");
	finding_missing(f, "facts that identify: P-04 to P-09, or P-19 to "
	    "P-24");
}

/* ---- P-01, P-02 -------------------------------------------------------------------------- */

/* The package in one row, and each of its parts (P-04 to P-09 without the place's
 * being in the forum and the provider's name, which Third World Media had not). */
static const char *const address_rows[] = { "P-03", "P-04", "P-05", "P-06",
	"P-09" };

/* How many of the elements, and how many of them whole, with what they point at. */
static guint
count_rows(struct finding *f, const char *const *ids, size_t n, guint *whole)
{
	guint some = 0;

	for (size_t i = 0; i < n; i++) {
		enum status s = judge_also(f, ids[i]);

		some += s == ST_SUP || s == ST_PART || s == ST_CONF ||
		    s == ST_STALE;
		*whole += s == ST_SUP;
		if (s != ST_SUP)
			finding_missing(f, "%s (%s)",
			    element_find(ids[i])->label, ids[i]);
	}
	return some;
}

/* Acts of this Doe; those of which it is open whose they are serve in part. */
static void
acts_of(struct finding *f, struct deeds *n)
{
	const struct deed_of own = { f->scope, FALSE, NULL };
	const struct deed_of open = { NULL, TRUE, NULL };
	struct deeds loose = { 0 };

	deeds_find(f, "P-19", &own, n);
	if (n->whole > 0)
		return;
	deeds_find(f, "P-19", &open, &loose);
	n->part += loose.whole + loose.part;
	if (loose.whole + loose.part > 0)
		finding_lacks(f, SUPPLY_WHO, "which Doe did it");
}

static void
said_nothing(struct finding *f)
{
	f->status = ST_NONE;
	if (f->sight->audience->logs == 0)
		finding_note(f, "nothing in the record: no activity log "
		    "imported");
	else
		finding_note(f, "no fact of the record is about this Doe");
}

void
judge_particular(const struct record *rec, struct finding *f)
{
	struct deeds acts = { 0 };
	guint whole = 0, some;

	(void)rec;
	acts_of(f, &acts);
	some = count_rows(f, address_rows, G_N_ELEMENTS(address_rows), &whole);
	if (some + acts.whole + acts.part == 0) {
		said_nothing(f);
		finding_missing_none(f);
		finding_missing(f, "facts about this Doe: P-04 to P-09, or "
		    "P-19 to P-24");
		return;
	}
	f->status = whole == G_N_ELEMENTS(address_rows) || acts.whole > 0 ?
	    ST_SUP : f->for_->len > 0 ? ST_PART : ST_CONF;
	if (f->status == ST_SUP)
		finding_missing_none(f);
	finding_note(f, "of %s: %u of %u kinds of facts about an address, %u "
	    "act%s of a person", f->scope, some,
	    (guint)G_N_ELEMENTS(address_rows), acts.whole + acts.part,
	    acts.whole + acts.part == 1 ? "" : "s");
}

/* (a): a dated address of the Doe, an act tied to its address, or a person's act. */
static guint
is_real(struct finding *f, gboolean *whole, GString *where)
{
	static const char *const tied[] = { "P-04", "P-05", "P-09" };
	struct deeds acts = { 0 };
	guint n, all = 0, is[G_N_ELEMENTS(tied)] = { 0 };

	acts_of(f, &acts);
	n = all = acts.whole + acts.part;
	for (size_t i = 0; i < G_N_ELEMENTS(tied); i++, n = all) {
		all += count_rows(f, &tied[i], 1, &is[i]);
		if (all > n)
			list_add(where, tied[i]);
	}
	if (acts.whole + acts.part > 0)
		list_add(where, "P-19 to P-24");
	g_string_replace(where, "; ", ", ", 0);
	*whole = is[2] > 0 || (is[0] > 0 && is[1] > 0) || acts.whole > 0;
	return all;
}

/* Two flags, printed as two. */
void
judge_real_and_reached(const struct record *rec, struct finding *f)
{
	static const char *const reach[] = { "P-07" };
	g_autoptr(GString) where = g_string_new(NULL);
	guint real, in_reach = 0;
	gboolean whole;

	(void)rec;
	real = is_real(f, &whole, where);
	count_rows(f, reach, 1, &in_reach);
	if (real == 0 && in_reach == 0) {
		said_nothing(f);
		finding_missing_none(f);
		finding_missing(f, "facts for both questions about this Doe");
		return;
	}
	/* an address that is disputed is all there is */
	f->status = whole && in_reach > 0 ? ST_SUP : f->for_->len > 0 ?
	    ST_PART : ST_CONF;
	if (f->status == ST_SUP)
		finding_missing_none(f);
	finding_note(f, "(a) a real person or entity: %s%s%s; (b) within reach "
	    "of this court: %s", real > 0 ? "facts are in the record (" :
	    "no fact is in the record", where->str, real > 0 ? ")" : "",
	    in_reach > 0 ? "a place in the forum is in the record (P-07)" :
	    "no place in the forum is in the record");
}

/* ---- P-16, P-31 ----------------------------------------------------------------------------- */

static void
cite_dismissed(struct finding *f)
{
	const struct audience *u = f->sight->audience;

	for (guint i = 0; i < u->callers->len; i++) {
		const struct caller *c = &g_array_index(u->callers,
		    struct caller, i);
		g_autofree char *ip = NULL;

		if ((c->roles & (1u << ROLE_DISMISSED_PARTY)) == 0 ||
		    f->against->len >= CITED)
			continue;
		ip = inet_words(caller_ip(u, c));
		/* its first row may be somebody else's */
		if (c->roles == 1u << ROLE_DISMISSED_PARTY)
			finding_against_import(f, g_ptr_array_index(
			    u->rec->imports, c->import), c->row);
		else
			judge_cite_rows(f, caller_ip(u, c), 1u << STANDING_DISMISSED);
		finding_note(f, "%s (role: DISMISSED_PARTY)", ip);
	}
}

static void
note_dismissed(const struct record *rec, struct finding *f, gboolean seen)
{
	guint n = 0;

	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (g_ascii_strcasecmp(p->kind, "dismissed") != 0 ||
		    !party_valid(rec, p))
			continue;
		n++;
		finding_note(f, "%s is listed as dismissed%s%s", p->label,
		    *p->from != '\0' ? " from " : "", p->from);
	}
	if (n == 0)
		finding_note(f, "parties.csv lists no dismissed party on the "
		    "day of assessment");
	if (!seen)
		finding_note(f, rec->imports->len == 0 ? "nothing in the "
		    "record: no activity log imported" :
		    "no address of a dismissed party is in the record");
}

void
judge_dismissed(const struct record *rec, struct finding *f)
{
	const struct audience *u = f->sight->audience;
	guint n = f->sight->by_role[ROLE_DISMISSED_PARTY];

	f->status = n > 0 ? ST_INSUF : u->unlisted > 0 ? ST_NC : ST_NONE;
	if (n == 0 && u->unlisted > 0) {
		finding_note(f, "%" G_GUINT64_FORMAT " row%s of the logs name a "
		    "party that parties.csv does not have: whether it was "
		    "dismissed cannot be told", u->unlisted, u->unlisted == 1 ?
		    "" : "s");
		finding_missing(f, "the party and its dates, in parties.csv");
	}
	if (n > 0) {
		finding_note(f, "%u address%s of a dismissed party: it never "
		    "serves P-04", n, n == 1 ? "" : "es");
		cite_dismissed(f);
		finding_lacks(f, SUPPLY_NOBODY, "nothing: this row "
		    "never serves P-04");
	}
	note_dismissed(rec, f, n > 0);
}

/* No host among them: name servers, mail servers, callers of a log. */
static void
point_at_others(struct finding *f)
{
	const GPtrArray *roles = f->sight->roles;

	for (guint i = 0; i < roles->len && f->against->len < CITED; i++) {
		const struct role_row *r = g_ptr_array_index(roles, i);

		finding_against(f, r->run, g_ptr_array_index(r->facts, 0));
	}
	judge_point_at_callers(f);
}

/* Messages of providers, which say nothing of a Doe: the first of them. */
static void
cite_mail(struct finding *f, const struct import *m, void *left)
{
	guint *n = left;

	if (*n > 0)
		finding_against_import(f, m, 0);
	*n -= *n > 0;
}

/* Acts of persons, and names by documents: what makes a record richer. */
static guint
other_facts(struct finding *f)
{
	static const struct deed_of anybody = { NULL, FALSE, NULL };
	static const char *const ids[] = { "P-04", "P-18" };
	struct deeds acts = { 0 };
	struct quoted q;
	guint n = 0;

	deeds_find(f, "P-19", &anybody, &acts);
	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
		quoted_find(f, ids[i], NULL, &q);
		n += q.found;
	}
	g_ptr_array_set_size(f->notes, 0);
	finding_missing_none(f);
	return n + acts.whole + acts.part;
}

/* Targets that are addresses themselves, of which nothing came. */
static void
allocations_open(struct finding *f)
{
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		if (g_hostname_is_ip_address(site->name))
			judge_site_open(f, site, LOOK_ALLOCATION);
	}
}

/* The record is thin where it holds addresses and messages of providers, and
 * nothing of a Doe. */
void
judge_thin(const struct record *rec, struct finding *f)
{
	guint does = f->sight->by_role[ROLE_DOE_ACTIVITY], acts, all, mails;
	guint cited;

	if (rec->imports->len == 0 && judge_no_run(f))
		return;
	all = f->sight->addresses;
	acts = other_facts(f);
	cited = does + acts == 0 ? CITED : 0;
	mails = judge_providers_mails(f, cite_mail, &cited);
	f->status = all + mails > 0 && does + acts == 0 ? ST_INSUF : ST_NONE;
	finding_note(f, "%u address%s in the record, %u of a Doe; %u act%s of "
	    "a person or names by a document; %u message%s of providers", all,
	    all == 1 ? "" : "es", does, PLURAL(acts), PLURAL(mails));
	if (f->status == ST_NONE && rec->runs->len > 0) {
		judge_sites_open(f, LOOK_ADDRESS);
		allocations_open(f);
	}
	if (does + acts > 0)
		return;
	finding_missing(f, "facts about a Doe: P-04 to P-09, or P-19 to P-24");
	judge_point_at_hosts(f);
	if (f->status == ST_INSUF && f->against->len == 0)
		point_at_others(f);
}
