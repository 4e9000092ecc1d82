#include "reports/audience.h"
#include "reports/human.h"
#include "reports/judge.h"
#include "reports/quoted.h"

/*
 * Factor 1, persons: P-12 and P-19 to P-24, and what P-01, P-02 and P-18 take from
 * them.  An act of a person comes from a message of the site's people, from a row
 * of a log that tells a person's act, or from a document that a statement quotes.
 * A provider's message is none of these, whatever it says.
 */

#define CITED	20

struct human_row {
	const char	*id;
	enum human	 act;
	enum reply_class klass;		/* REPLY_CLASSES: none */
	const char	*missing;
};

static const struct human_row human_rows[] = {
	{ "P-19", HUMAN_ACT, REPLY_CLASSES,
	    "a dated act of a person, put down to a Doe" },
	{ "P-20", HUMAN_MAIL_TAKEN, REPLY_CLASSES,
	    "the original messages, or a mailbox's audit log" },
	{ "P-21", HUMAN_BANK, REPLY_CLASSES,
	    "a payment or bank record that names an account" },
	{ "P-22", HUMAN_CONTACT, REPLY_CLASSES,
	    "a reply from the site's people, headers whole" },
	{ "P-23", HUMAN_OFFER, REPLY_OFFERS_SALE,
	    "an offer of the names, by the site's people" },
	{ "P-24", HUMAN_CLAIM, REPLY_CLAIMS_CONTROL,
	    "a claim to the registration, by the site's people" },
};

struct persons { guint whole, part; };

/* ---- messages -------------------------------------------------------------------- */

static gboolean
is_operator(const struct import *i)
{
	return i->kind == IMPORT_MAIL && i->mail != NULL &&
	    i->mail->whose == MAIL_FROM_OPERATOR && !i->mail->automatic;
}

/* The provider or entity from whose domain it came, whatever its importer said
 * of it; NULL: none of the record. */
static const char *
provider_of(const struct finding *f, const struct import *i)
{
	const GPtrArray *all = f->sight->entities;

	for (guint k = 0; k < all->len; k++) {
		const struct entity_view *e = g_ptr_array_index(all, k);

		if (*i->mail->from_domain != '\0' &&
		    entity_is_host(e->name, i->mail->from_domain))
			return e->name;
	}
	return NULL;
}

static gboolean
broken_sign(const struct mail *m)
{
	for (guint i = 0; i < m->signs->len; i++) {
		const struct mail_sign *s = g_ptr_array_index(m->signs, i);

		if (strcmp(s->kind, "dkim") == 0 &&
		    strcmp(s->result, "fail") == 0)
			return TRUE;
	}
	return FALSE;
}

/* Says what of the headers is there; TRUE where they are whole and dated. */
static gboolean
say_headers(struct finding *f, const struct import *i)
{
	const struct mail *m = i->mail;

	finding_for_import(f, i, 0);
	if (broken_sign(m)) {
		finding_note(f, "a signature of %s does not hold", i->exhibit);
		finding_missing(f, "the message as its signer sent it");
	}
	if (m->hops->len == 0)
		finding_missing(f, "the headers of %s, whole", i->exhibit);
	if (*m->date == '\0')
		finding_missing(f, "the date of %s", i->exhibit);
	return m->hops->len > 0 && *m->date != '\0' && !broken_sign(m);
}

static guint
say_words(struct finding *f, const struct import *i, enum reply_class klass)
{
	guint n = 0;

	for (guint k = 0; k < i->mail->words->len; k++) {
		const struct reply_words *w =
		    g_ptr_array_index(i->mail->words, k);

		if (w->klass != klass)
			continue;
		n++;
		finding_note(f, "%s says, verbatim: \xe2\x80\x9c%s\xe2\x80\x9d",
		    i->exhibit, w->text);
	}
	return n;
}

static void
human_mail(struct finding *f, const struct import *i,
    const struct human_row *row, struct persons *n)
{
	guint words = 1;

	if (!is_operator(i) || provider_of(f, i) != NULL)
		return;
	if (row->klass != REPLY_CLASSES)
		words = say_words(f, i, row->klass);
	else if (row->act != HUMAN_CONTACT && row->act != HUMAN_ACT)
		words = 0;
	if (words == 0)
		return;
	if (say_headers(f, i))
		n->whole++;
	else
		n->part++;
	finding_note(f, "%s: a message from %s, said by who imported it to be "
	    "of the site's people", i->exhibit, *i->mail->from != '\0' ?
	    i->mail->from : "nobody named");
}

/* ---- rows of logs ------------------------------------------------------------------ */

static void
human_act(struct finding *f, const struct act *a, struct persons *n)
{
	gboolean whole;
	int32_t day;
	gboolean dated = activity_day(a->doing.row, &day, &whole);

	if (f->for_->len < CITED)
		finding_for_import(f, a->doing.import, a->doing.row->row);
	if (dated && a->doe != NULL && *a->doing.row->source != '\0')
		n->whole++;
	else
		n->part++;
	if (!dated)
		finding_missing(f, "the day of the act");
	if (a->doe == NULL)
		finding_missing(f, "which Doe did it");
	if (*a->doing.row->source == '\0')
		finding_missing(f, "the source of the row");
	if (f->notes->len < CITED)
		finding_note(f, "%s:%u tells an act of a person: %s%s%s",
		    a->doing.import->id, a->doing.row->row, a->doing.row->act,
		    a->doe != NULL ? ", by " : "",
		    a->doe != NULL ? a->doe->label : "");
}

static void
human_acts_of(struct finding *f, unsigned bits, const char *doe,
    struct persons *n)
{
	const GArray *acts = f->sight->audience->acts;

	for (guint i = 0; i < acts->len; i++) {
		const struct act *a = &g_array_index(acts, struct act, i);

		if ((a->elements & bits) == 0)
			continue;
		if (doe == NULL || (a->doe != NULL &&
		    g_ascii_strcasecmp(a->doe->label, doe) == 0))
			human_act(f, a, n);
	}
}

/* ---- P-19 to P-24 -------------------------------------------------------------------- */

static void
human_files(struct finding *f, const struct human_row *row, struct persons *n)
{
	struct quoted q;

	for (size_t i = 0; i < G_N_ELEMENTS(human_rows); i++) {
		if (row->act != HUMAN_ACT && &human_rows[i] != row)
			continue;
		quoted_find(f, human_rows[i].id, NULL, &q);
		n->whole += q.dated;
		n->part += q.found - q.dated;
		if (q.found > q.dated)
			finding_missing(f, "the date of what is quoted");
	}
}

static void
human_find(struct finding *f, const struct human_row *row, struct persons *n)
{
	const struct record *rec = f->sight->rec;

	for (guint i = 0; i < rec->imports->len; i++)
		human_mail(f, g_ptr_array_index(rec->imports, i), row, n);
	human_acts_of(f, row->act, NULL, n);
	human_files(f, row, n);
}

static const struct human_row *
human_row(const char *id)
{
	for (size_t i = 0; i < G_N_ELEMENTS(human_rows); i++)
		if (strcmp(human_rows[i].id, id) == 0)
			return &human_rows[i];
	return NULL;
}

static void
note_providers_mail(struct finding *f)
{
	const struct record *rec = f->sight->rec;

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);
		const char *whose;

		if (m->kind != IMPORT_MAIL || m->mail == NULL)
			continue;
		whose = m->mail->whose == MAIL_FROM_OPERATOR ?
		    provider_of(f, m) : NULL;
		if (whose == NULL && m->mail->whose != MAIL_FROM_PROVIDER)
			continue;
		finding_against_import(f, m, 0);
		if (whose != NULL)
			finding_note(f, "%s was imported as the operator's, and "
			    "comes from a domain of %s", m->exhibit, whose);
		finding_note(f, "%s is a provider's message, which never "
		    "serves here", m->exhibit);
	}
}

void
judge_human(const struct record *rec, struct finding *f)
{
	const struct human_row *row = human_row(f->element->id);
	struct persons n = { 0 };

	(void)rec;
	human_find(f, row, &n);
	if (n.whole + n.part > 0) {
		f->status = n.whole > 0 ? ST_SUP : ST_PART;
		finding_note(f, "whether the act is a Doe's is for counsel");
		return;
	}
	f->status = ST_NONE;
	finding_note(f, "nothing in the record: no act of this kind in a log, "
	    "a message of the site's people or a quoted document");
	finding_missing(f, "%s", row->missing);
	note_providers_mail(f);
}

/* ---- P-12 ------------------------------------------------------------------------------ */

void
judge_promoted(const struct record *rec, struct finding *f)
{
	struct persons n = { 0 };
	struct quoted q;

	(void)rec;
	human_acts_of(f, HUMAN_PROMOTED, NULL, &n);
	quoted_find(f, "P-12", NULL, &q);
	g_array_append_vals(f->against, f->for_->data, f->for_->len);
	g_array_set_size(f->for_, 0);
	g_ptr_array_set_size(f->missing, 0);
	f->status = n.whole + n.part + q.found > 0 ? ST_INSUF : ST_NONE;
	finding_note(f, f->status == ST_INSUF ? "promotion to a user is in "
	    "the record; alone it identifies nobody" : "nothing in the record: "
	    "no promotion to a user in a log or a quoted document");
	finding_missing(f, "facts that identify: P-04 to P-09, or P-19 to "
	    "P-24");
}

/* ---- P-01, P-02 -------------------------------------------------------------------------- */

static const char *const address_rows[] = { "P-04", "P-05", "P-06", "P-09" };

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
	struct persons acts = { 0 };
	guint whole = 0, some;

	(void)rec;
	human_acts_of(f, HUMAN_ACT, f->scope, &acts);
	some = count_rows(f, address_rows, G_N_ELEMENTS(address_rows), &whole);
	if (some + acts.whole + acts.part == 0) {
		said_nothing(f);
		g_ptr_array_set_size(f->missing, 0);
		finding_missing(f, "facts about this Doe: P-04 to P-09, or "
		    "P-19 to P-24");
		return;
	}
	f->status = whole == G_N_ELEMENTS(address_rows) || acts.whole > 0 ?
	    ST_SUP : ST_PART;
	if (f->status == ST_SUP)
		g_ptr_array_set_size(f->missing, 0);
	finding_note(f, "of %s: %u of %u kinds of facts about an address, %u "
	    "act%s of a person", f->scope, some,
	    (guint)G_N_ELEMENTS(address_rows), acts.whole + acts.part,
	    acts.whole + acts.part == 1 ? "" : "s");
}

/* Two flags, printed as two. */
void
judge_real_and_reached(const struct record *rec, struct finding *f)
{
	static const char *const reach[] = { "P-07" };
	static const char *const real[] = { "P-09" };
	struct persons acts = { 0 };
	guint is_real, in_reach = 0, whole = 0;

	(void)rec;
	human_acts_of(f, HUMAN_ACT, f->scope, &acts);
	is_real = count_rows(f, real, 1, &whole) + acts.whole + acts.part;
	count_rows(f, reach, 1, &in_reach);
	if (is_real == 0 && in_reach == 0) {
		said_nothing(f);
		g_ptr_array_set_size(f->missing, 0);
		finding_missing(f, "facts for both questions about this Doe");
		return;
	}
	f->status = (whole > 0 || acts.whole > 0) && in_reach > 0 ? ST_SUP :
	    ST_PART;
	if (f->status == ST_SUP)
		g_ptr_array_set_size(f->missing, 0);
	finding_note(f, "(a) a real person or entity: %s; (b) within reach of "
	    "this court: %s", is_real > 0 ? "facts are in the record (P-09, "
	    "P-19)" : "no fact is in the record", in_reach > 0 ?
	    "a place in the forum is in the record (P-07)" :
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
		ip = inet_words(&c->ip);
		finding_against_import(f, g_ptr_array_index(u->rec->imports,
		    c->import), c->row);
		finding_note(f, "%s, in %s:%u (role: DISMISSED_PARTY)", ip,
		    ((const struct import *)g_ptr_array_index(u->rec->imports,
		    c->import))->id, c->row);
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
	guint n = f->sight->by_role[ROLE_DISMISSED_PARTY];

	f->status = n > 0 ? ST_INSUF : ST_NONE;
	if (n > 0) {
		finding_note(f, "%u address%s of a dismissed party: it never "
		    "serves P-04", n, n == 1 ? "" : "es");
		cite_dismissed(f);
		finding_missing(f, "nothing: this row never serves P-04");
	}
	note_dismissed(rec, f, n > 0);
}

static void
count_acts(const struct audience *u, guint *acts)
{
	for (guint i = 0; i < u->acts->len; i++)
		*acts += (g_array_index(u->acts, struct act, i).elements &
		    HUMAN_ACT) != 0;
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

/* The record is thin where it holds addresses, and none of them of a Doe. */
void
judge_thin(const struct record *rec, struct finding *f)
{
	guint does = f->sight->by_role[ROLE_DOE_ACTIVITY], acts = 0, all;

	if (rec->imports->len == 0 && judge_no_run(f))
		return;
	all = f->sight->addresses;
	count_acts(f->sight->audience, &acts);
	for (guint i = 0; i < rec->imports->len; i++)
		acts += is_operator(g_ptr_array_index(rec->imports, i)) ?
		    1u : 0u;
	f->status = all > 0 && does + acts == 0 ? ST_INSUF : ST_NONE;
	finding_note(f, "%u address%s in the record, %u of a Doe; %u act%s of "
	    "a person", all, all == 1 ? "" : "es", does, PLURAL(acts));
	if (f->status == ST_NONE && rec->runs->len > 0)
		judge_sites_open(f, LOOK_ADDRESS);
	if (does + acts > 0)
		return;
	finding_missing(f, "facts about a Doe: P-04 to P-09, or P-19 to P-24");
	judge_point_at_hosts(f);
	if (f->status == ST_INSUF && f->against->len == 0)
		point_at_others(f);
}
