#include "reports/deed.h"
#include "reports/judge.h"
#include "reports/sender.h"

/*
 * Factor 1, acts of persons: P-19 to P-24.  What the network adds to them is a lead
 * (an account that a page publishes, P-21) or stands beside a claim (a change that
 * followed it, P-24); alone it is no act.
 */

#define CITED	20

static const struct { const char *id, *missing; } deed_missing[] = {
	{ "P-19", "a dated act of a person, put down to a Doe" },
	{ "P-20", "the original messages, or a mailbox's audit log" },
	{ "P-21", "a payment or bank record that names an account" },
	{ "P-22", "a reply from the site's people, headers whole" },
	{ "P-23", "an offer of the names, by the site's people" },
	{ "P-24", "a claim to the registration, by the site's people" },
};

static void
note_providers_mail(struct finding *f)
{
	const struct record *rec = f->sight->rec;

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);
		const char *whose;

		if (m->kind != IMPORT_MAIL || m->mail == NULL ||
		    sender_of(f->sight, m) != SENDER_PROVIDER)
			continue;
		whose = m->mail->whose == MAIL_FROM_OPERATOR ?
		    sender_provider(f->sight, m) : NULL;
		finding_against_import(f, m, 0);
		if (m->mail->whose == MAIL_FROM_OPERATOR)
			finding_note(f, "%s was imported as the operator's, and "
			    "comes from a domain of %s", m->exhibit, whose !=
			    NULL ? whose : "a service that passes messages on");
		finding_note(f, "%s is a provider's message, which never "
		    "serves here", m->exhibit);
	}
}

/* ---- P-21: accounts that pages publish ------------------------------------------- */

/* A wallet, or the name under which a payment service knows the site. */
static gboolean
is_account(const struct fact *fact)
{
	static const char *const services[] = { "paypal-me", "paypal-button",
		"paypal-client", "patreon", "coinpayments", "nowpayments" };

	if (fact->kind != FACT_PAGE_ID)
		return FALSE;
	if (strcmp(fact_str(fact, "class"), "wallet") == 0)
		return TRUE;
	for (size_t i = 0; i < G_N_ELEMENTS(services); i++)
		if (strcmp(fact_str(fact, "signal"), services[i]) == 0)
			return TRUE;
	return FALSE;
}

guint
judge_accounts(struct finding *f, const struct visit *v)
{
	guint n = 0;

	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(v->facts, i);

		if (!is_account(fact) || g_strcmp0(fact->target, v->target) != 0)
			continue;
		n++;
		finding_for(f, v->run, fact);
		finding_note(f, "lead: a page publishes an account: %s %s",
		    fact_str(fact, "signal"), fact_str(fact, "value"));
	}
	return n;
}

static void
accounts_visit(struct finding *f, const struct visit *v, void *arg)
{
	guint *n = arg;

	*n += judge_accounts(f, v);
}

/* A page that was asked for and did not come may have published one. */
static void
accounts(struct finding *f)
{
	guint n = 0;

	judge_visits(f, accounts_visit, &n);
	if (n > 0) {
		f->status = ST_PART;
		finding_missing(f, "a record that shows whose account it is");
		return;
	}
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);
		struct looked l;

		visit_look(site_last(site), LOOK_PAGES, &l);
		if (l.how == LOOKED_FAILED)
			judge_open(f, &l, look_name(LOOK_PAGES), site->name);
		looked_clear(&l);
	}
}

/* ---- P-24: what changed after a claim ------------------------------------------------ */

/* What only somebody who controls a name can change. */
static gboolean
is_controlled(const struct fact *fact, const char *name)
{
	switch (fact->kind) {
	case FACT_DNS_NS:
	case FACT_DNS_A:
	case FACT_DNS_AAAA:
	case FACT_DNS_MX:
	case FACT_RDAP_ENTITY:
		return strcmp(fact->subject, name) == 0;
	default:
		return FALSE;
	}
}

static gboolean
has_same(const struct visit *v, const struct fact *fact)
{
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *o = g_ptr_array_index(v->facts, i);

		if (o->kind == fact->kind && strcmp(o->subject, fact->subject) ==
		    0 && json_equal(o->value, fact->value))
			return TRUE;
	}
	return FALSE;
}

static gboolean
has_kind(const struct visit *v, const struct fact *fact)
{
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *o = g_ptr_array_index(v->facts, i);

		if (o->kind == fact->kind &&
		    strcmp(o->subject, fact->subject) == 0)
			return TRUE;
	}
	return FALSE;
}

/* The earlier visit had an answer to the same, and another one. */
static void
changed_between(struct finding *f, const struct visit *a,
    const struct visit *b)
{
	for (guint i = 0; i < b->facts->len; i++) {
		const struct fact *fact = g_ptr_array_index(b->facts, i);

		if (!is_controlled(fact, b->target) || !has_kind(a, fact) ||
		    has_same(a, fact))
			continue;
		finding_for(f, b->run, fact);
		finding_note(f, "%s of %s is another in run %s than in run %s, "
		    "after the claim: it may be what was announced, or have "
		    "another cause", fact_info(fact->kind)->name,
		    fact->subject, b->run->name, a->run->name);
	}
}

/* The earliest message that carries the finding; "" where none has a date. */
static const char *
claimed_at(const struct finding *f)
{
	const char *first = "";

	for (guint i = 0; i < f->for_->len; i++) {
		const struct import *m = g_array_index(f->for_, struct pointer,
		    i).import;

		if (m != NULL && m->mail != NULL && *m->mail->date != '\0' &&
		    (*first == '\0' || strcmp(m->mail->date, first) < 0))
			first = m->mail->date;
	}
	return first;
}

static void
changes(struct finding *f)
{
	const char *at = claimed_at(f);

	for (guint i = 0; i < f->sight->sites->len && *at != '\0'; i++) {
		const struct site *s = g_ptr_array_index(f->sight->sites, i);

		for (guint k = 1; k < s->visits->len; k++) {
			const struct visit *a = s->visits->pdata[k - 1];
			const struct visit *b = s->visits->pdata[k];

			if (strcmp(b->run->started, at) > 0)
				changed_between(f, a, b);
		}
	}
}

/* ---- P-19: what may have been an act ----------------------------------------------- */

static gboolean
same_words(const struct visit *v, const struct fact *fact)
{
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *o = g_ptr_array_index(v->facts, i);

		if (o->kind == fact->kind && strcmp(fact_str(o, "rule"),
		    fact_str(fact, "rule")) == 0 && strcmp(fact_str(o, "text"),
		    fact_str(fact, "text")) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean
had_page(const struct visit *v, const char *url)
{
	for (guint i = 0; i < v->facts->len; i++) {
		const struct fact *o = g_ptr_array_index(v->facts, i);

		if (o->kind == FACT_HTTP_PAGE && strcmp(o->subject, url) == 0)
			return TRUE;
	}
	return FALSE;
}

/* Words that a page of the site has, and had not in the run before.  By analogy
 * only: what a page says may be changed by a program too, so that nothing is
 * raised by it. */
static void
candidates_between(struct finding *f, const struct visit *a,
    const struct visit *b)
{
	for (guint i = 0; i < b->facts->len && f->against->len < CITED; i++) {
		const struct fact *fact = g_ptr_array_index(b->facts, i);

		if (fact->kind != FACT_PAGE_WORDS ||
		    g_strcmp0(fact->target, b->target) != 0 ||
		    !had_page(a, fact->subject) || same_words(a, fact))
			continue;
		finding_against(f, b->run, fact);
		finding_note(f, "human-act candidate, by analogy only: %s was "
		    "edited between run %s and run %s", fact->subject,
		    a->run->name, b->run->name);
	}
}

static void
candidates(struct finding *f)
{
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *s = g_ptr_array_index(f->sight->sites, i);

		for (guint k = 1; k < s->visits->len; k++)
			candidates_between(f, s->visits->pdata[k - 1],
			    s->visits->pdata[k]);
	}
}

/* ---- P-19 to P-24 ---------------------------------------------------------------------- */

static void
nothing(struct finding *f)
{
	f->status = ST_NONE;
	finding_note(f, "nothing in the record: no act of this kind in a log, "
	    "a message of the site's people or a quoted document");
	for (size_t i = 0; i < G_N_ELEMENTS(deed_missing); i++)
		if (strcmp(deed_missing[i].id, f->element->id) == 0)
			finding_missing(f, "%s", deed_missing[i].missing);
	note_providers_mail(f);
}

void
judge_human(const struct record *rec, struct finding *f)
{
	static const struct deed_of anybody = { NULL, FALSE, NULL };
	struct deeds n = { 0 };

	(void)rec;
	deeds_find(f, f->element->id, &anybody, &n);
	if (n.whole + n.part > 0) {
		f->status = n.whole > 0 ? ST_SUP : ST_PART;
		if (strcmp(f->element->id, "P-24") == 0)
			changes(f);
		finding_note(f, "whether the act is a Doe's is for counsel");
		return;
	}
	nothing(f);
	if (strcmp(f->element->id, "P-19") == 0)
		candidates(f);
	if (strcmp(f->element->id, "P-21") == 0)
		accounts(f);
}
