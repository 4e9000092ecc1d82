#include "reports/judge.h"
#include "reports/quoted.h"

/*
 * What a provider wrote: P-25 to P-29, which never go beyond INSUF, and S-03; and
 * messages that bear on factor 3: J-10, J-15, J-18.  Words are quoted as they
 * stand, never told in other words.
 */

static gboolean
is_mail(const struct import *i, enum mail_from whose)
{
	return i->kind == IMPORT_MAIL && i->mail != NULL &&
	    i->mail->whose == whose;
}

typedef void mail_fn(struct finding *, const struct import *, void *);

static guint
each_mail(struct finding *f, enum mail_from whose, mail_fn *fn, void *arg)
{
	const struct record *rec = f->sight->rec;
	guint n = 0;

	for (guint k = 0; k < rec->imports->len; k++) {
		const struct import *i = g_ptr_array_index(rec->imports, k);

		if (!is_mail(i, whose))
			continue;
		n++;
		if (fn != NULL)
			fn(f, i, arg);
	}
	return n;
}

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
	{ "P-27", REPLY_CLASSES, "names no customer's country or kind by a "
	    "quoted statement" },
	{ "P-28", REPLY_CLASSES, "a provider's message names no person or "
	    "entity that runs the site" },
	{ "P-29", REPLY_STATES_RETENTION, "says how long it keeps details; kept "
	    "for factor 4, of no weight here" },
};

struct replies { const struct reply_row *row; guint n; };

static void
reply_one(struct finding *f, const struct import *i, void *arg)
{
	struct replies *r = arg;
	gboolean any = r->row->klass == REPLY_CLASSES;

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
	all = each_mail(f, MAIL_FROM_PROVIDER, reply_one, &r);
	f->status = r.n > 0 ? ST_INSUF : ST_NONE;
	if (all == 0)
		finding_note(f, "nothing in the record: no mail imported from "
		    "a provider");
	else if (r.n == 0)
		finding_note(f, "%u message%s of providers, none of which says "
		    "so", PLURAL(all));
	finding_missing(f, all == 0 ? "the messages, as received" :
	    "facts about the Does themselves: P-04 to P-09, or P-19 to P-24");
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

/* A message of our side to where a reply came from. */
static void
contact_request(struct finding *f, const struct import *i, void *arg)
{
	struct contact *c = arg;
	g_auto(GStrv) to = g_strsplit(c->domains->str, "; ", -1);

	for (char **d = to; *d != NULL; d++) {
		g_autofree char *at = g_strconcat("@", *d, NULL);

		if (**d == '\0' || strstr(i->mail->to, at) == NULL)
			continue;
		c->requests++;
		finding_for_import(f, i, 0);
	}
}

void
judge_contact(const struct record *rec, struct finding *f)
{
	struct contact c = { .domains = g_string_new(NULL) };
	struct quoted q;

	(void)rec;
	each_mail(f, MAIL_FROM_PROVIDER, contact_reply, &c);
	each_mail(f, MAIL_FROM_OTHER, contact_request, &c);
	quoted_find(f, "S-03", NULL, &q);
	if (c.refusals > 0 && c.requests + q.found > 0)
		f->status = ST_SUP;
	else if (c.replies + q.found > 0)
		f->status = ST_PART;
	else
		f->status = ST_NONE;
	if (f->status == ST_NONE)
		finding_note(f, "nothing in the record: no mail imported from "
		    "a provider");
	if (c.refusals == 0)
		finding_missing(f, "the request to the host, and its reply");
	else if (f->status == ST_PART)
		finding_missing(f, "the request itself, as sent");
	finding_note(f, "contact and refusal serve neither factor 1 nor factor "
	    "4 by themselves");
	g_string_free(c.domains, TRUE);
}

/* ---- J-10, J-15, J-18 ------------------------------------------------------------------------ */

/* Whether the message names the plaintiff, by a label of parties.csv. */
static gboolean
names_plaintiff(const struct record *rec, const struct mail *m)
{
	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (g_ascii_strcasecmp(p->kind, "plaintiff") == 0 &&
		    *p->label != '\0' && (strstr(m->text, p->label) != NULL ||
		    strstr(m->to, p->label) != NULL))
			return TRUE;
	}
	return FALSE;
}

static gboolean
to_site(const struct finding *f, const struct mail *m)
{
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *s = g_ptr_array_index(f->sight->sites, i);

		if (strstr(m->to, s->name) != NULL)
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_for(const struct import *i, const char *id)
{
	for (char **e = i->elements; *e != NULL; e++)
		if (g_ascii_strcasecmp(*e, id) == 0)
			return TRUE;
	return FALSE;
}

struct notices { guint sent, whole, answers; const char *first; };

static void
notice_sent(struct finding *f, const struct import *i, void *arg)
{
	struct notices *n = arg;
	gboolean names = names_plaintiff(f->sight->rec, i->mail);
	gboolean place = words_name_forum(i->mail->text, f->forum);

	if (!is_for(i, "J-10") && !to_site(f, i->mail))
		return;
	n->sent++;
	n->whole += names && place;
	if (n->first == NULL || strcmp(i->mail->date, n->first) < 0)
		n->first = i->mail->date;
	finding_for_import(f, i, 0);
	finding_note(f, "%s: a notice of %.10s; it names the plaintiff: %s; "
	    "the forum: %s", i->exhibit, *i->mail->date != '\0' ?
	    i->mail->date : "(no date)", names ? "yes" : "no", place ?
	    "yes" : "no");
}

/* An answer shows that what came before it was received. */
static void
notice_answer(struct finding *f, const struct import *i, void *arg)
{
	struct notices *n = arg;

	if (n->first == NULL || *i->mail->date == '\0' ||
	    strcmp(i->mail->date, n->first) < 0)
		return;
	n->answers++;
	finding_for_import(f, i, 0);
}

void
judge_harm(const struct record *rec, struct finding *f)
{
	struct notices n = { 0 };

	(void)rec;
	if (quoted_judge(f, "J-10"))
		return;
	each_mail(f, MAIL_FROM_OTHER, notice_sent, &n);
	each_mail(f, MAIL_FROM_OPERATOR, notice_answer, &n);
	if (n.sent == 0) {
		f->status = ST_NONE;
		finding_note(f, "nothing in the record: no notice to the site's "
		    "people imported");
		finding_missing(f, "the messages, as received");
		return;
	}
	f->status = n.whole > 0 && n.answers > 0 ? ST_SUP : ST_PART;
	if (n.answers == 0)
		finding_missing(f, "what shows that the notice was received");
	if (n.whole == 0)
		finding_missing(f, "a notice that names the plaintiff and the "
		    "forum");
}

struct aimed { guint named, placed, others; };

static void
aimed_one(struct finding *f, const struct import *i, void *arg)
{
	struct aimed *n = arg;

	if (!names_plaintiff(f->sight->rec, i->mail)) {
		n->others++;
		finding_against_import(f, i, 0);
		return;
	}
	n->named++;
	n->placed += words_name_forum(i->mail->text, f->forum) ? 1u : 0u;
	finding_for_import(f, i, 0);
}

void
judge_singled_out(const struct record *rec, struct finding *f)
{
	struct aimed n = { 0 };

	(void)rec;
	if (quoted_judge(f, "J-15"))
		return;
	each_mail(f, MAIL_FROM_OPERATOR, aimed_one, &n);
	if (n.named > 0) {
		f->status = n.placed > 0 ? ST_SUP : ST_PART;
		finding_note(f, "%u message%s of the site's people name%s the "
		    "plaintiff, %u of them the forum", PLURAL(n.named),
		    n.named == 1 ? "s" : "", n.placed);
		if (n.placed == 0)
			finding_missing(f, "what shows that they knew where the "
			    "plaintiff is");
		return;
	}
	f->status = ST_NONE;
	finding_note(f, n.others > 0 ? "messages of the site's people are in "
	    "the record; none names the plaintiff" :
	    "nothing in the record: no mail imported of the site's people");
	finding_missing(f, "contact with the plaintiff itself, and knowledge of "
	    "where it is");
}

struct sent { guint here, elsewhere; };

static void
sent_one(struct finding *f, const struct import *i, void *arg)
{
	struct sent *n = arg;

	if (!is_for(i, "J-18"))
		return;
	if (words_name_forum(i->mail->text, f->forum)) {
		n->here++;
		finding_for_import(f, i, 0);
	} else {
		n->elsewhere++;
		finding_against_import(f, i, 0);
	}
}

/* An N row: what answers it is listed for it, and the row itself is then not in
 * the record. */
void
judge_sent(const struct record *rec, struct finding *f)
{
	struct quoted q;
	struct sent n = { 0 };
	guint rows;

	(void)rec;
	each_mail(f, MAIL_FROM_OPERATOR, sent_one, &n);
	quoted_find(f, "J-18", NULL, &q);
	rows = judge_acts_in_forum(f, HUMAN_SENT);
	f->status = ST_NONE;
	if (n.here + q.found + rows > 0) {
		finding_note(f, "messages sent into the forum are in the "
		    "record: %u", n.here + q.found + rows);
		return;
	}
	finding_missing(f, "newsletters or notices sent to users in the forum");
	if (n.elsewhere > 0)
		f->status = ST_INSUF;
	finding_note(f, n.elsewhere > 0 ? "messages to many are in the record, "
	    "and none of them names the forum" : "nothing in the record: no "
	    "message sent into the forum, in a log, mail or quoted document");
}
