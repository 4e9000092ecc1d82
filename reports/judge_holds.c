#include <string.h>

#include "reports/judge_entity.h"
#include "reports/policy.h"
#include "reports/quoted.h"
#include "reports/terms.h"

/*
 * L-06: whether an entity holds what would identify.  Its own words, what is quoted
 * of its terms, and what its sign-up form asks, each by itself; the best of them
 * counts.  A form's fields are no terms: they tell what is asked, and neither whether
 * it is checked nor for how long it is kept.
 */

/* The better of two: SUP, PART, INSUF; then what neither is. */
static void
raise_to(struct finding *f, enum status s)
{
	static const int rank[] = { [ST_SUP] = 3, [ST_PART] = 2,
		[ST_INSUF] = 1 };
	int has = f->status <= ST_INSUF ? rank[f->status] : 0;

	if (s <= ST_INSUF && rank[s] > has)
		f->status = s;
}

/* ---- its own words ----------------------------------------------------------------- */

/* What a message leaves open, by what it says; the first that fits is told. */
static const struct { enum reply_class klass; const char *lacks; } open_by[] = {
	{ REPLY_DENIES_DATA, "who else holds them: its message says that it does "
	    "not (a reseller, a payment service)" },
	{ REPLY_REFUSED_ABSENT_LOCAL_ORDER, "what it would hand over once its "
	    "condition is met: its message names the condition and no data "
	    "(name, payment, the address from which it was ordered)" },
	{ REPLY_FORWARDED_ONLY, "what it holds of the one to whom it sent the "
	    "complaint on: name, payment, the address from which it was "
	    "ordered, or that it is a reseller" },
	{ REPLY_STATES_RETENTION, "what it keeps so long: its message tells for "
	    "how long, and no kind of data" },
};

static void
words_open(struct finding *f, const struct facets *x)
{
	for (size_t i = 0; i < G_N_ELEMENTS(open_by); i++)
		if ((x->classes & 1u << open_by[i].klass) != 0) {
			finding_lacks(f, SUPPLY_ENTITY_SAYS, "%s",
			    open_by[i].lacks);
			return;
		}
	finding_lacks(f, SUPPLY_ENTITY_SAYS, "what it holds, about which "
	    "customer, for which dates");
}

static void
holds_words(struct finding *f)
{
	struct facets x = { 0 };

	facets_mail(f, &x);
	if (x.held) {
		raise_to(f, x.here ? ST_SUP : ST_PART);
		if (!x.here)
			finding_lacks(f, SUPPLY_ENTITY_SAYS, "that what it "
			    "holds is about the customer of this site");
	} else if (x.weak > 0) {
		raise_to(f, ST_INSUF);
		finding_note(f, "no words of its message were read as a "
		    "statement of what it holds");
		words_open(f, &x);
	}
}

/* ---- what is quoted of its terms ----------------------------------------------------- */

static void
policy_verdict(struct finding *f, const struct policy *p)
{
	policy_say(f, p);
	if (p->who_dated > 0) {
		raise_to(f, ST_SUP);
	} else if (p->who > 0) {
		raise_to(f, ST_PART);
		finding_lacks(f, SUPPLY_STATEMENTS, "the date of what is "
		    "quoted");
	} else if (p->unread > 0) {
		raise_to(f, ST_PART);
		finding_lacks(f, SUPPLY_STATEMENTS, "words of its terms that "
		    "name what is asked or known of who a customer is");
	} else {
		raise_to(f, ST_INSUF);
		finding_lacks(f, SUPPLY_ENTITY_SAYS, p->denied > 0 ? "what it "
		    "knows of a customer all the same (payment, the address "
		    "from which it was ordered)" : "what it keeps so long: the "
		    "quoted terms name no data on who a customer is");
	}
}

static void
holds_policy(struct finding *f)
{
	struct quoted q;
	struct policy p;

	quoted_find(f, "L-06", f->scope, &q);
	policy_of(f, &p);
	if (p.quoted > 0)
		policy_verdict(f, &p);
	policy_clear(&p);
}

/* ---- its pages ------------------------------------------------------------------------- */

static void
pages_open(struct finding *f)
{
	gboolean open = FALSE;

	f->status = ST_NONE;
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *site =
		    g_ptr_array_index(f->sight->sites, i);

		if (entity_is_host(f->scope, site->name))
			open |= judge_site_open(f, site, LOOK_PAGES);
	}
	if (!open)
		finding_note(f, "its pages in the record show no sign-up");
}

static void
form_verdict(struct finding *f, const struct terms *t)
{
	if (t->forms > 0) {
		raise_to(f, ST_SUP);
		finding_note(f, "its published sign-up asks who the customer "
		    "is: %u form%s; fields: %s; a form is no terms: whether it "
		    "is checked, and how long it is kept, is not told by it",
		    PLURAL(t->forms), t->fields->str);
	} else if (t->mail > 0) {
		raise_to(f, ST_PART);
		finding_note(f, "its published sign-up asks for a mail address "
		    "and no name, street or payment: %u form%s; fields: %s",
		    PLURAL(t->mail), t->fields->str);
		finding_lacks(f, SUPPLY_ENTITY_SAYS, "what it holds beside a "
		    "mail address: name, street, payment, the address from "
		    "which it was ordered");
	} else {
		raise_to(f, ST_INSUF);
		finding_note(f, "a sign-up that asks not who somebody is: %u; "
		    "payment by a coin: %u; fields: %s", t->bare, t->coin,
		    *t->fields->str != '\0' ? t->fields->str : "none");
		finding_lacks(f, SUPPLY_ENTITY_SAYS, "what identifies one who "
		    "signed up without a name: a payment, the address from "
		    "which it was ordered");
	}
}

static void
holds_pages(struct finding *f)
{
	struct terms t;
	guint sites;

	terms_init(&t);
	sites = terms_of(f, &t);
	if (t.forms + t.mail + t.bare + t.coin > 0) {
		form_verdict(f, &t);
	} else if (f->status > ST_INSUF && sites == 0) {
		f->status = ST_NONE;
		finding_note(f, "nothing in the record: no mail of it "
		    "imported, and no sign-up page of it collected");
	} else if (f->status > ST_INSUF) {
		pages_open(f);
	}
	if (t.links > 0)
		finding_note(f, "its terms are linked and not quoted: %s",
		    t.linked->str);
	terms_clear(&t);
}

void
judge_holds(const struct record *rec, struct finding *f)
{
	(void)rec;
	holds_words(f);
	holds_policy(f);
	if (f->status != ST_SUP)
		holds_pages(f);
	if (f->status == ST_SUP)
		finding_missing_none(f);
	else if (f->missing->len == 0)
		finding_missing(f, "a statement of what it holds, about which "
		    "customer, for which dates");
}
