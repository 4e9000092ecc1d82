#include "reports/deed.h"

#include "reports/human.h"
#include "reports/judge.h"
#include "reports/lookalike.h"
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
	return any_site(f, of) || has_name(a->is->act, of->site) ||
	    has_name(a->is->work, of->site) || has_name(a->is->source, of->site);
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

/*
 * A signature that fails is what a forged message is known by; by which way it came
 * is what else there is to know of one, so that its Received lines must be there.  Of
 * a reply they are said to be missing, and the message with its other headers counts.
 */
static gboolean
say_headers(struct finding *f, const struct import *i, gboolean forged)
{
	const struct mail *m = i->mail;
	gboolean broken = sender_broken(m);
	gboolean headed = forged ? m->hops->len > 0 : sender_headed(m);

	finding_for_import(f, i, 0);
	if (broken)
		finding_note(f, "a signature of %s does not hold", i->exhibit);
	if (broken && !forged)
		finding_missing(f, "the message as its signer sent it");
	if (!headed)
		finding_missing(f, "the headers of %s, whole", i->exhibit);
	else if (m->hops->len == 0)
		finding_note(f, "%s has no Received line: by which way it came "
		    "is not told", i->exhibit);
	if (*m->date == '\0')
		finding_missing(f, "the date of %s", i->exhibit);
	return headed && *m->date != '\0' && (forged || !broken);
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

/* ---- messages forged or taken --------------------------------------------------------- */

/* By --elements, or because its importer describes it as one. */
static gboolean
is_taken(const struct import *i)
{
	return import_is_for(i, "P-20") ||
	    (human_acts(i->describe, NULL) & HUMAN_MAIL_TAKEN) != 0;
}

static enum looks
say_alike(struct finding *f, const struct import *i, const char *other)
{
	enum looks is = looks_like(i->mail->from_domain, other);

	if (is != LOOKS_NOT)
		finding_note(f, "%s: its domain %s %s %s, of this record",
		    i->exhibit, i->mail->from_domain, looks_says(is), other);
	return is;
}

/* Of "A <a@b.example>, c@d.example" each domain. */
static enum looks
alike_boxes(struct finding *f, const struct import *i, const char *boxes)
{
	enum looks best = LOOKS_NOT;

	for (const char *p = boxes; (p = strchr(p, '@')) != NULL;) {
		size_t n = strcspn(++p, ">, \t;\"");
		g_autofree char *domain = g_strndup(p, n);

		if (say_alike(f, i, domain) == LOOKS_SAME)
			best = LOOKS_SAME;
		p += n;
	}
	return best;
}

/* Whether its domain reads like one of the sites, of ours, or of the messages. */
static gboolean
note_alike(struct finding *f, const struct import *i)
{
	const struct record *rec = f->sight->rec;
	guint same = 0;

	for (guint k = 0; k < f->sight->sites->len; k++)
		same += say_alike(f, i, ((const struct site *)g_ptr_array_index(
		    f->sight->sites, k))->name) == LOOKS_SAME;
	for (guint k = 0; k < rec->own_domains->len; k++)
		same += say_alike(f, i, g_ptr_array_index(rec->own_domains,
		    k)) == LOOKS_SAME;
	for (guint k = 0; k < rec->imports->len; k++) {
		const struct import *o = g_ptr_array_index(rec->imports, k);

		if (o->mail == NULL)
			continue;
		if (o != i)
			same += say_alike(f, i, o->mail->from_domain) ==
			    LOOKS_SAME;
		same += alike_boxes(f, i, o->mail->to) == LOOKS_SAME;
	}
	return same > 0;
}

/* What the server that received it found: SPF (RFC 7208), DMARC (RFC 7489). */
static void
note_checks(struct finding *f, const struct import *i)
{
	for (guint k = 0; k < i->mail->signs->len; k++) {
		const struct mail_sign *s =
		    g_ptr_array_index(i->mail->signs, k);

		if (strcmp(s->kind, "authentication-results") != 0)
			continue;
		finding_note(f, "%s: %s said of it %s%s%s%s", i->exhibit,
		    *s->by != '\0' ? s->by : "a server", s->result,
		    *s->domain != '\0' ? " (" : "", s->domain,
		    *s->domain != '\0' ? ")" : "");
		say_alike(f, i, s->domain);
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
	note_checks(f, i);
	if (doe == NULL && of != SENDER_SITE)
		finding_lacks(f, SUPPLY_WHO, "which Doe did it");
	if (whole && (doe != NULL || of == SENDER_SITE))
		n->whole++;
	else
		n->part++;
}

/* Nobody says that it is forged, and its domain reads like one of the record. */
static void
deceptive_mail(struct finding *f, const struct import *i, enum sender of,
    struct deeds *n)
{
	guint notes = f->notes->len;

	if (of != SENDER_OTHER || i->mail->automatic || *i->mail->from_domain ==
	    '\0' || !note_alike(f, i)) {
		g_ptr_array_set_size(f->notes, (gint)notes);
		return;
	}
	n->part++;
	finding_for_import(f, i, 0);
	note_checks(f, i);
	finding_missing(f, "whether %s is a message of this kind, and whose: "
	    "import --elements P-20 --entity \"Doe 1\"", i->exhibit);
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
	if (is_taken(i) && (row->act == HUMAN_MAIL_TAKEN ||
	    row->act == HUMAN_ACT)) {
		taken_mail(f, i, sender, n);
	} else if (row->act == HUMAN_MAIL_TAKEN) {
		deceptive_mail(f, i, sender, n);
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
	if (dated && a->doe != NULL && *a->doing.row->is->source != '\0')
		n->whole++;
	else
		n->part++;
	if (!dated)
		finding_lacks(f, SUPPLY_CLOCK, "the day of the act");
	if (a->doe == NULL)
		finding_lacks(f, SUPPLY_WHO, "which Doe did it");
	if (*a->doing.row->is->source == '\0')
		finding_lacks(f, SUPPLY_WHO, "the source of the row");
	if (f->notes->len < CITED)
		finding_note(f, "%s:%u tells an act of a person: %s%s%s",
		    a->doing.import->id, a->doing.row->row, a->doing.row->is->act,
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
			finding_lacks(f, SUPPLY_STATEMENTS, "the date of what is quoted");
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
