#include "reports/judge.h"
#include "reports/phrase.h"
#include "reports/quoted.h"
#include "reports/reply.h"
#include "reports/sender.h"

/*
 * What a provider wrote: P-25 to P-29, which never go beyond INSUF but where P-27's
 * customer is told of, and S-03.  Words are quoted as they stand, never told in
 * other words.
 */

/* ---- P-25 to P-29 ------------------------------------------------------------------ */

/* REPLY_CLASSES: any message of a provider. */
static const struct reply_row {
	const char	*id;
	enum reply_class klass;
	const char	*says;
} reply_rows[] = {
	{ "P-25", REPLY_FORWARDED_ONLY, "forwarded a complaint; that "
	    "identifies nobody" },
	{ "P-26", REPLY_REFUSED_ABSENT_LOCAL_ORDER, "names the condition under "
	    "which it would answer; that is a route, and identifies nobody" },
	{ "P-27", REPLY_CLASSES, "speaks of a customer, and no words of it were "
	    "read as the customer's country or what the customer is" },
	{ "P-28", REPLY_CLASSES, "is a provider's message; whether it names "
	    "somebody who runs the site is to be read in it" },
	{ "P-29", REPLY_STATES_RETENTION, "says how long it keeps details; kept "
	    "for factor 4, of no weight here" },
};

struct replies { const struct reply_row *row; guint n, told; };

static gboolean
names_customer(const char *text)
{
	static const struct word_set none[] = { { NULL, NULL } };
	struct words w;
	struct pattern *p;
	gboolean is;

	words_init(&w, text, strlen(text));
	p = pattern_new(&w, "customer*|client|clients|client's|subscriber*|"
	    "user|users|user's|reseller*|registrant*|tenant|klant*|afnemer*|"
	    "gebruiker*|kunde*|kundin*|auftraggeber*|nutzer*|abonn*|cliente*|"
	    "utilisateur*|locataire|abonado*|usuario*", none);
	is = pattern_among(&w, p, 0, w.tokens->len);
	pattern_free(p);
	words_clear(&w);
	return is;
}

/* Whether it speaks of a customer at all; what was passed on went to one. */
static gboolean
speaks_of_customer(const struct mail *m)
{
	return reply_has(m->words, REPLY_FORWARDED_ONLY) ||
	    names_customer(m->text);
}

/* The customer's country or kind, in the provider's own words. */
static gboolean
tells_customer(struct finding *f, const struct import *i)
{
	gboolean told = FALSE;

	for (guint k = 0; k < i->mail->words->len; k++) {
		const struct reply_words *w =
		    g_ptr_array_index(i->mail->words, k);

		if (w->klass != REPLY_STATES_CUSTOMER)
			continue;
		told = TRUE;
		finding_note(f, "%s%s%s says, verbatim: "
		    "\xe2\x80\x9c%s\xe2\x80\x9d", i->exhibit,
		    *i->entity != '\0' ? " of " : "", i->entity, w->text);
	}
	if (told)
		finding_for_import(f, i, 0);
	return told;
}

static void
reply_one(struct finding *f, const struct import *i, struct replies *r)
{
	gboolean any = r->row->klass == REPLY_CLASSES;

	if (strcmp(r->row->id, "P-27") == 0) {
		if (tells_customer(f, i)) {
			r->told++;
			return;
		}
		any = speaks_of_customer(i->mail);
	}
	for (guint k = 0; k < i->mail->words->len; k++) {
		const struct reply_words *w =
		    g_ptr_array_index(i->mail->words, k);

		if (w->klass != r->row->klass)
			continue;
		any = TRUE;
		finding_note(f, "%s%s%s says, verbatim: "
		    "\xe2\x80\x9c%s\xe2\x80\x9d", i->exhibit,
		    *i->entity != '\0' ? " of " : "", i->entity, w->text);
	}
	if (!any)
		return;
	r->n++;
	finding_against_import(f, i, 0);
	finding_note(f, "%s %s", i->exhibit, r->row->says);
}

/* A country or kind of the customer, by a statement that quotes the message. */
static gboolean
customer_told(struct finding *f)
{
	if (strcmp(f->element->id, "P-27") != 0 || !quoted_judge(f, "P-27"))
		return FALSE;
	finding_note(f, "whether what is quoted is the customer's country or "
	    "kind is for counsel");
	return TRUE;
}

guint
judge_providers_mails(struct finding *f, mail_fn *fn, void *arg)
{
	const struct record *rec = f->sight->rec;
	guint n = 0;

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		if (m->kind != IMPORT_MAIL || m->mail == NULL ||
		    sender_of(f->sight, m) != SENDER_PROVIDER)
			continue;
		n++;
		fn(f, m, arg);
	}
	return n;
}

static void
provider_reply(struct finding *f, const struct import *m, void *arg)
{
	reply_one(f, m, arg);
}

void
judge_provider_mail(const struct record *rec, struct finding *f)
{
	struct replies r = { 0 };
	guint all;

	(void)rec;
	for (size_t i = 0; i < G_N_ELEMENTS(reply_rows); i++)
		if (strcmp(reply_rows[i].id, f->element->id) == 0)
			r.row = &reply_rows[i];
	if (customer_told(f))
		return;
	all = judge_providers_mails(f, provider_reply, &r);
	if (r.told > 0) {
		f->status = ST_SUP;
		finding_note(f, "whether that is so, and whether the customer "
		    "runs the site, is for counsel");
		return;
	}
	f->status = r.n > 0 ? ST_INSUF : ST_NONE;
	if (all == 0)
		finding_note(f, "nothing in the record: no mail imported from "
		    "a provider");
	else if (r.n == 0)
		finding_note(f, "%u message%s of providers, none of which says "
		    "so", PLURAL(all));
	finding_missing(f, all == 0 ? "the messages, as received" :
	    "facts about the Does themselves: P-04 to P-09, or P-19 to P-24");
	judge_insufficient_files(f);
}

/* ---- S-03: contact, and refusal ---------------------------------------------------------- */

struct contact { guint refusals, replies, requests; GString *domains; };

static void
contact_reply(struct finding *f, const struct import *i, void *arg)
{
	struct contact *c = arg;
	guint refused = 0;

	for (guint k = 0; k < i->mail->words->len; k++) {
		const struct reply_words *w =
		    g_ptr_array_index(i->mail->words, k);

		if (w->klass != REPLY_REFUSED_ABSENT_LOCAL_ORDER)
			continue;
		refused++;
		finding_note(f, "%s%s%s says, verbatim: "
		    "\xe2\x80\x9c%s\xe2\x80\x9d", i->exhibit,
		    *i->entity != '\0' ? " of " : "", i->entity, w->text);
	}
	c->replies++;
	c->refusals += refused > 0;
	list_add(c->domains, i->mail->from_domain);
	finding_for_import(f, i, 0);
	finding_note(f, "%s: reply of %.10s from %s", i->exhibit,
	    *i->mail->date != '\0' ? i->mail->date : "(no date)",
	    *i->mail->from != '\0' ? i->mail->from : "nobody named");
}

/* Sent to where a reply came from. */
static gboolean
to_replier(const struct contact *c, const struct import *i)
{
	g_auto(GStrv) to = g_strsplit(c->domains->str, "; ", -1);

	for (char **d = to; *d != NULL; d++) {
		g_autofree char *at = g_strconcat("@", *d, NULL);

		if (**d != '\0' && strstr(i->mail->to, at) != NULL)
			return TRUE;
	}
	return FALSE;
}

static gboolean
to_entity(const struct finding *f, const struct import *i)
{
	for (guint k = 0; k < f->sight->entities->len; k++) {
		const struct entity_view *e =
		    g_ptr_array_index(f->sight->entities, k);

		if (entity_was_sent(f->sight, e->name, i))
			return TRUE;
	}
	return FALSE;
}

/* A message of our side. */
static void
contact_request(struct finding *f, const struct import *i, void *arg)
{
	struct contact *c = arg;

	if (!to_replier(c, i) && !to_entity(f, i))
		return;
	c->requests++;
	finding_for_import(f, i, 0);
	finding_note(f, "%s: message of %.10s to %s", i->exhibit,
	    *i->mail->date != '\0' ? i->mail->date : "(no date)", i->mail->to);
}

/* What of contact, request and refusal is not there. */
static void
contact_missing(struct finding *f, const struct contact *c, guint quoted)
{
	if (c->replies + c->requests + quoted == 0) {
		finding_note(f, "nothing in the record: no mail imported from "
		    "a provider");
		finding_missing(f, "the request to the host, and its reply");
		return;
	}
	if (c->requests + quoted == 0)
		finding_missing(f, "the request itself, as sent");
	if (c->replies == 0)
		finding_missing(f, "the host's reply, as received");
	else if (c->refusals == 0)
		finding_missing(f, "a reply in which the host refuses or "
		    "grants what was asked");
}

void
judge_contact(const struct record *rec, struct finding *f)
{
	struct contact c = { .domains = g_string_new(NULL) };
	struct quoted q;

	(void)rec;
	judge_each_mail(f, MAIL_FROM_PROVIDER, contact_reply, &c);
	judge_each_mail(f, MAIL_FROM_OTHER, contact_request, &c);
	quoted_find(f, "S-03", NULL, &q);
	if (c.refusals > 0 && c.requests + q.found > 0)
		f->status = ST_SUP;
	else if (c.replies + c.requests + q.found > 0)
		f->status = ST_PART;
	else
		f->status = ST_NONE;
	contact_missing(f, &c, q.found);
	finding_note(f, "contact and refusal serve neither factor 1 nor factor "
	    "4 by themselves");
	g_string_free(c.domains, TRUE);
}
