#include "reports/deed.h"

#include "reports/human.h"
#include "reports/judge.h"
#include "reports/quoted.h"
#include "reports/sender.h"

#define CITED	20

static const struct deed_row {
	const char	*id;
	enum human	 act;
	enum reply_class klass;		/* REPLY_CLASSES: none */
} deed_rows[] = {
	{ "P-19", HUMAN_ACT, REPLY_CLASSES },
	{ "P-20", HUMAN_MAIL_TAKEN, REPLY_CLASSES },
	{ "P-21", HUMAN_BANK, REPLY_CLASSES },
	{ "P-22", HUMAN_CONTACT, REPLY_CLASSES },
	{ "P-23", HUMAN_OFFER, REPLY_OFFERS_SALE },
	{ "P-24", HUMAN_CLAIM, REPLY_CLAIMS_CONTROL },
};

/* ---- of whom, and about what ------------------------------------------------------ */

/* The sole site of a record is what everything in it is about. */
static gboolean
any_site(const struct finding *f, const struct deed_of *of)
{
	return of->site == NULL || f->sight->sites->len == 1;
}

static gboolean
has_name(const char *text, const char *name)
{
	g_autofree char *low = g_ascii_strdown(text, -1);
	size_t n = strlen(name);

	for (const char *p = low; (p = strstr(p, name)) != NULL; p++)
		if ((p == low || (!g_ascii_isalnum(p[-1]) && p[-1] != '-')) &&
		    !g_ascii_isalnum(p[n]) && p[n] != '-')
			return TRUE;
	return FALSE;
}

static gboolean
mail_about(const struct finding *f, const struct import *i,
    const struct deed_of *of)
{
	const struct mail *m = i->mail;

	return any_site(f, of) || has_name(m->from_domain, of->site) ||
	    has_name(m->to, of->site) || has_name(m->subject, of->site) ||
	    has_name(m->text, of->site) || has_name(i->describe, of->site);
}

static gboolean
row_about(const struct finding *f, const struct activity *a,
    const struct deed_of *of)
{
	return any_site(f, of) || has_name(a->act, of->site) ||
	    has_name(a->work, of->site) || has_name(a->source, of->site);
}

static gboolean
mail_of(const struct record *rec, const struct import *i,
    const struct deed_of *of)
{
	gboolean named;
	const struct party *p = sender_doe(rec, i, &named);

	if (of->open)
		return p == NULL;
	return of->doe == NULL || (p != NULL &&
	    g_ascii_strcasecmp(p->label, of->doe) == 0);
}

static gboolean
row_of(const struct act *a, const struct deed_of *of)
{
	if (a->doe == NULL)
		return a->nobody && (of->open || of->doe == NULL);
	return !of->open && (of->doe == NULL ||
	    g_ascii_strcasecmp(a->doe->label, of->doe) == 0);
}

/* ---- messages ------------------------------------------------------------------------ */

/* A signature that fails is what a forged message is known by. */
static gboolean
say_headers(struct finding *f, const struct import *i, gboolean forged)
{
	const struct mail *m = i->mail;
	gboolean broken = sender_broken(m);

	finding_for_import(f, i, 0);
	if (broken)
		finding_note(f, "a signature of %s does not hold", i->exhibit);
	if (broken && !forged)
		finding_missing(f, "the message as its signer sent it");
	if (m->hops->len == 0)
		finding_missing(f, "the headers of %s, whole", i->exhibit);
	if (*m->date == '\0')
		finding_missing(f, "the date of %s", i->exhibit);
	return m->hops->len > 0 && *m->date != '\0' && (forged || !broken);
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
say_sender(struct finding *f, const struct import *i, enum sender of)
{
	const char *from = *i->mail->from != '\0' ? i->mail->from :
	    "nobody named";

	finding_note(f, of == SENDER_SITE ? "%s: a message from %s, said by who "
	    "imported it to be of the site's people" :
	    of == SENDER_SITE_SIGNED ? "%s: a message from %s, a domain of the "
	    "record that signed it" : "%s: a message from %s, a domain of the "
	    "record, as its From field says", i->exhibit, from);
	if (of == SENDER_SITE_NAMED)
		finding_missing(f, "what shows that %s came from there: a "
		    "signature of the domain", i->exhibit);
}

/* Whether the message tells an act of the row at all. */
static gboolean
mail_tells(struct finding *f, const struct import *i,
    const struct deed_row *row)
{
	if (row->klass != REPLY_CLASSES)
		return say_words(f, i, row->klass) > 0;
	return row->act == HUMAN_CONTACT || row->act == HUMAN_ACT;
}

static void
site_mail(struct finding *f, const struct import *i,
    const struct deed_row *row, enum sender of, struct deeds *n)
{
	gboolean whole;

	if (!mail_tells(f, i, row))
		return;
	whole = say_headers(f, i, FALSE) && of != SENDER_SITE_NAMED;
	say_sender(f, i, of);
	if (row->act == HUMAN_CONTACT &&
	    !sender_answers(f->sight->rec, i)) {
		finding_missing(f, "what %s answers: contact goes both ways",
		    i->exhibit);
		whole = FALSE;
	}
	if (whole)
		n->whole++;
	else
		n->part++;
}

/* "suppl1er" and "supplier" with what looks alike made the same. */
static char *
looks(const char *domain)
{
	static const char from[] = "01354@$ij", to[] = "olesaasll";
	char *s = g_ascii_strdown(domain, -1), *w = s;

	for (const char *p = s; *p != '\0'; p++) {
		const char *c = strchr(from, *p);

		if (*p == '-' || *p == '_')
			continue;
		if (p[0] == 'r' && p[1] == 'n') {
			*w++ = 'm';
			p++;
			continue;
		}
		*w++ = c != NULL ? to[c - from] : *p;
	}
	*w = '\0';
	return s;
}

static void
say_alike(struct finding *f, const struct import *i, const char *other)
{
	g_autofree char *a = looks(i->mail->from_domain), *b = looks(other);

	if (*other != '\0' && g_ascii_strcasecmp(i->mail->from_domain, other) !=
	    0 && strcmp(a, b) == 0)
		finding_note(f, "its domain %s reads like %s, of this record",
		    i->mail->from_domain, other);
}

/* Whether its domain reads like one of the sites, or of the other messages. */
static void
note_alike(struct finding *f, const struct import *i)
{
	const struct record *rec = f->sight->rec;

	for (guint k = 0; k < f->sight->sites->len; k++)
		say_alike(f, i, ((const struct site *)g_ptr_array_index(
		    f->sight->sites, k))->name);
	for (guint k = 0; k < rec->imports->len; k++) {
		const struct import *o = g_ptr_array_index(rec->imports, k);

		if (o->mail != NULL && o != i)
			say_alike(f, i, o->mail->from_domain);
	}
}

/* The original of a forged or intercepted message, as its importer says. */
static void
taken_mail(struct finding *f, const struct import *i, enum sender of,
    struct deeds *n)
{
	gboolean named, whole = say_headers(f, i, TRUE);
	const struct party *doe = sender_doe(f->sight->rec, i, &named);

	finding_note(f, "%s: imported as a message of this kind; its From field "
	    "says %s", i->exhibit, *i->mail->from != '\0' ? i->mail->from :
	    "nothing");
	note_alike(f, i);
	if (doe == NULL && of != SENDER_SITE)
		finding_missing(f, "which Doe did it");
	if (whole && (doe != NULL || of == SENDER_SITE))
		n->whole++;
	else
		n->part++;
}

static void
deed_mail(struct finding *f, const struct import *i,
    const struct deed_row *row, const struct deed_of *of, struct deeds *n)
{
	enum sender sender;

	if (i->kind != IMPORT_MAIL || i->mail == NULL)
		return;
	sender = sender_of(f->sight, i);
	if (sender == SENDER_PROVIDER || !mail_of(f->sight->rec, i, of) ||
	    !mail_about(f, i, of))
		return;
	if (row->act == HUMAN_MAIL_TAKEN || (row->act == HUMAN_ACT &&
	    import_is_for(i, "P-20"))) {
		if (import_is_for(i, "P-20"))
			taken_mail(f, i, sender, n);
	} else if (sender != SENDER_OTHER) {
		site_mail(f, i, row, sender, n);
	}
}

/* ---- rows of logs ------------------------------------------------------------------ */

static void
deed_act(struct finding *f, const struct act *a, struct deeds *n)
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
deed_acts(struct finding *f, unsigned bits, const struct deed_of *of,
    struct deeds *n)
{
	const GArray *acts = f->sight->audience->acts;

	for (guint i = 0; i < acts->len; i++) {
		const struct act *a = &g_array_index(acts, struct act, i);

		if ((a->elements & bits) != 0 && row_of(a, of) &&
		    row_about(f, a->doing.row, of))
			deed_act(f, a, n);
	}
}

/* ---- documents ------------------------------------------------------------------------- */

struct filing { const struct finding *f; const struct deed_of *of; };

/* Whether the words name a Doe of that day; the only one needs no name. */
static gboolean
file_of(const struct record *rec, const struct import *i,
    const struct statement *s, const char *text, const struct deed_of *of)
{
	gboolean any = FALSE;

	if (of->doe == NULL && !of->open)
		return TRUE;
	for (guint k = 0; k < rec->parties->len; k++) {
		const struct party *p = g_ptr_array_index(rec->parties, k);
		gboolean is = party_doe(rec, p->label) != NULL &&
		    quoted_tells(i, s, text, p->label);

		any |= is;
		if (is && !of->open && g_ascii_strcasecmp(p->label, of->doe) ==
		    0)
			return TRUE;
	}
	return !any && (of->open == (party_only_doe(rec) == NULL));
}

static gboolean
file_lets(const struct import *i, const struct statement *s, const char *text,
    const void *arg)
{
	const struct filing *w = arg;

	if (!file_of(w->f->sight->rec, i, s, text, w->of))
		return FALSE;
	return any_site(w->f, w->of) || has_name(s->text, w->of->site) ||
	    has_name(i->describe, w->of->site) ||
	    (text != NULL && has_name(text, w->of->site));
}

static void
deed_files(struct finding *f, const struct deed_row *row,
    const struct deed_of *of, struct deeds *n)
{
	const struct filing w = { f, of };
	gboolean all = of->doe == NULL && !of->open && of->site == NULL;
	struct quoted q;

	for (size_t i = 0; i < G_N_ELEMENTS(deed_rows); i++) {
		if (row->act != HUMAN_ACT && &deed_rows[i] != row)
			continue;
		if (all)
			quoted_find(f, deed_rows[i].id, NULL, &q);
		else
			quoted_which(f, deed_rows[i].id, file_lets, &w, &q);
		n->whole += q.dated;
		n->part += q.found - q.dated;
		if (q.found > q.dated)
			finding_missing(f, "the date of what is quoted");
	}
}

/* ---- all of them ------------------------------------------------------------------------- */

void
deeds_find(struct finding *f, const char *id, const struct deed_of *of,
    struct deeds *n)
{
	const struct record *rec = f->sight->rec;

	for (size_t r = 0; r < G_N_ELEMENTS(deed_rows); r++) {
		const struct deed_row *row = &deed_rows[r];

		if (strcmp(row->id, id) != 0)
			continue;
		for (guint i = 0; i < rec->imports->len; i++)
			deed_mail(f, g_ptr_array_index(rec->imports, i), row,
			    of, n);
		deed_acts(f, row->act, of, n);
		deed_files(f, row, of, n);
	}
}

void
deeds_promoted(struct finding *f, struct deeds *n)
{
	static const struct deed_of of = { NULL, FALSE, NULL };

	deed_acts(f, HUMAN_PROMOTED, &of, n);
}
