#include <string.h>

#include "reports/forum.h"
#include "reports/judge.h"
#include "reports/quoted.h"

/*
 * Factor 3, messages between the plaintiff's side and the site's people: notices
 * and what shows that they were received (J-10), contact with the plaintiff itself
 * (J-15), messages into the forum (J-18).
 */

/* ---- walking ----------------------------------------------------------------- */

static gboolean
is_mail(const struct import *i, enum mail_from whose)
{
	return i->kind == IMPORT_MAIL && i->mail != NULL &&
	    i->mail->whose == whose;
}

guint
judge_each_mail(struct finding *f, enum mail_from whose, mail_fn *fn, void *arg)
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

/* ---- who is named ------------------------------------------------------------ */

static gboolean
is_plaintiff(const struct party *p)
{
	return g_ascii_strcasecmp(p->kind, "plaintiff") == 0 &&
	    *p->label != '\0';
}

/* Whether the message names the plaintiff: a label of parties.csv, whatever its
 * legal form and capitals; or goes to a domain of its side. */
static gboolean
names_plaintiff(const struct record *rec, const struct mail *m)
{
	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (is_plaintiff(p) && (entity_named(p->label, m->text) ||
		    entity_named(p->label, m->subject) ||
		    strstr(m->to, p->label) != NULL))
			return TRUE;
	}
	for (guint i = 0; i < rec->own_domains->len; i++) {
		g_autofree char *at = g_strconcat("@",
		    (const char *)g_ptr_array_index(rec->own_domains, i), NULL);

		if (strstr(m->to, at) != NULL)
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
names_place(const struct finding *f, const struct mail *m)
{
	return words_name_forum(m->text, f->forum) ||
	    words_name_forum(m->subject, f->forum);
}

/* The plaintiff's residence, as counsel has written it beside its label. */
static gboolean
resides(struct finding *f)
{
	const struct record *rec = f->sight->rec;

	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (!is_plaintiff(p) || !words_name_forum(p->note, f->forum))
			continue;
		finding_for_table(f, "parties.csv", p->line);
		return TRUE;
	}
	return FALSE;
}

/* ---- J-10 -------------------------------------------------------------------- */

struct notices {
	guint		 sent, named, placed;	/* placed: names both */
	guint		 answers;
	const char	*first;			/* the day of the first */
};

static gboolean
is_notice(const struct finding *f, const struct import *i)
{
	return import_is_for(i, "J-10") || (to_site(f, i->mail) &&
	    !i->mail->automatic);
}

static void
notice_sent(struct finding *f, const struct import *i, void *arg)
{
	struct notices *n = arg;
	gboolean names = names_plaintiff(f->sight->rec, i->mail);
	gboolean place = names_place(f, i->mail);

	if (!is_notice(f, i))
		return;
	n->sent++;
	n->named += names ? 1u : 0u;
	n->placed += names && place ? 1u : 0u;
	if (n->first == NULL || strcmp(i->mail->date, n->first) < 0)
		n->first = i->mail->date;
	finding_for_import(f, i, 0);
	finding_note(f, "%s: a notice of %.10s; it names the plaintiff: %s; "
	    "the forum: %s", i->exhibit, *i->mail->date != '\0' ?
	    i->mail->date : "(no date)", names ? "yes" : "no", place ?
	    "yes" : "no");
}

static gboolean
is_later(const struct notices *n, const struct import *i)
{
	return n->first != NULL && *i->mail->date != '\0' &&
	    strcmp(i->mail->date, n->first) >= 0;
}

/* An answer shows that what came before it was received. */
static void
notice_answer(struct finding *f, const struct import *i, void *arg)
{
	struct notices *n = arg;

	if (!is_later(n, i))
		return;
	n->answers++;
	finding_for_import(f, i, 0);
}

/* So does a mail server's report of delivery (RFC 3464: Action: delivered). */
static void
notice_report(struct finding *f, const struct import *i, void *arg)
{
	struct notices *n = arg;
	g_autofree char *low = g_ascii_strdown(i->mail->text, -1);

	if (!i->mail->automatic || !is_later(n, i) ||
	    strstr(low, "action: delivered") == NULL)
		return;
	n->answers++;
	finding_for_import(f, i, 0);
	finding_note(f, "%s: a report of delivery", i->exhibit);
}

static void
harm_verdict(struct finding *f, const struct notices *n)
{
	gboolean whole = n->placed > 0 || (n->named > 0 && resides(f));

	f->status = whole && n->answers > 0 ? ST_SUP : ST_PART;
	if (n->answers == 0)
		finding_missing(f, "what shows that the notice was received");
	if (n->named == 0)
		finding_missing(f, "a notice that names the plaintiff and the "
		    "forum");
	else if (!whole)
		finding_lacks(f, SUPPLY_PARTIES, "where the plaintiff is: in the notice, or "
		    "in the note beside it in parties.csv");
}

void
judge_harm(const struct record *rec, struct finding *f)
{
	struct notices n = { 0 };

	(void)rec;
	if (quoted_judge(f, "J-10"))
		return;
	judge_each_mail(f, MAIL_FROM_OTHER, notice_sent, &n);
	judge_each_mail(f, MAIL_FROM_OPERATOR, notice_answer, &n);
	judge_each_mail(f, MAIL_FROM_OTHER, notice_report, &n);
	if (n.sent > 0) {
		harm_verdict(f, &n);
		return;
	}
	f->status = ST_NONE;
	finding_note(f, "nothing in the record: no notice to the site's people "
	    "imported");
	finding_missing(f, "the messages, as received");
}

/* ---- J-15 -------------------------------------------------------------------- */

/* Notices that named plaintiff and forum: who sent them, and when the first was. */
struct told { GPtrArray *senders; const char *first; };

struct aimed { guint named, placed, replies, others; struct told told; };

static void
told_one(struct finding *f, const struct import *i, void *arg)
{
	struct told *t = arg;

	if (!is_notice(f, i) || !names_plaintiff(f->sight->rec, i->mail))
		return;
	if (*i->mail->from != '\0')
		g_ptr_array_add(t->senders, i->mail->from);
	if (names_place(f, i->mail) && *i->mail->date != '\0' &&
	    (t->first == NULL || strcmp(i->mail->date, t->first) < 0))
		t->first = i->mail->date;
}

/* A reply to who wrote for the plaintiff is contact with it, and does not single
 * it out. */
static gboolean
answers_plaintiff(const struct told *t, const struct mail *m)
{
	for (guint i = 0; i < t->senders->len; i++)
		if (strstr(m->to, g_ptr_array_index(t->senders, i)) != NULL)
			return TRUE;
	return FALSE;
}

static void
aimed_one(struct finding *f, const struct import *i, void *arg)
{
	struct aimed *n = arg;
	const char *told = n->told.first;

	if (!names_plaintiff(f->sight->rec, i->mail)) {
		if (answers_plaintiff(&n->told, i->mail)) {
			n->replies++;
			finding_for_import(f, i, 0);
		} else {
			n->others++;
			finding_against_import(f, i, 0);
		}
		return;
	}
	n->named++;
	if (names_place(f, i->mail) || (told != NULL &&
	    strcmp(i->mail->date, told) >= 0))
		n->placed++;
	finding_for_import(f, i, 0);
}

static void
aimed_verdict(struct finding *f, const struct aimed *n)
{
	if (n->named > 0) {
		f->status = n->placed > 0 ? ST_SUP : ST_PART;
		finding_note(f, "%u message%s of the site's people name%s the "
		    "plaintiff; in %u the forum is named, or was in a notice "
		    "before", PLURAL(n->named), n->named == 1 ? "s" : "",
		    n->placed);
		if (n->placed == 0)
			finding_missing(f, "what shows that they knew where the "
			    "plaintiff is");
		return;
	}
	if (n->replies > 0) {
		f->status = ST_PART;
		finding_note(f, "%u message%s of the site's people answer%s a "
		    "notice of the plaintiff", PLURAL(n->replies),
		    n->replies == 1 ? "s" : "");
		finding_missing(f, "what singles the plaintiff out: an answer "
		    "is not that");
		return;
	}
	f->status = ST_NONE;
	finding_note(f, n->others > 0 ? "messages of the site's people are in "
	    "the record; none names the plaintiff" :
	    "nothing in the record: no mail imported of the site's people");
	finding_missing(f, "contact with the plaintiff itself, and knowledge of "
	    "where it is");
}

void
judge_singled_out(const struct record *rec, struct finding *f)
{
	struct aimed n = { 0 };

	(void)rec;
	if (quoted_judge(f, "J-15"))
		return;
	n.told.senders = g_ptr_array_new();
	judge_each_mail(f, MAIL_FROM_OTHER, told_one, &n.told);
	judge_each_mail(f, MAIL_FROM_OPERATOR, aimed_one, &n);
	aimed_verdict(f, &n);
	g_ptr_array_unref(n.told.senders);
}

/* ---- J-18 -------------------------------------------------------------------- */

struct sent { guint here, elsewhere; };

static void
sent_one(struct finding *f, const struct import *i, void *arg)
{
	struct sent *n = arg;

	if (!import_is_for(i, "J-18"))
		return;
	if (names_place(f, i->mail)) {
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
	judge_each_mail(f, MAIL_FROM_OPERATOR, sent_one, &n);
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
