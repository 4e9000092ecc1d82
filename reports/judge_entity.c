#include <string.h>

#include "reports/judge_entity.h"
#include "reports/policy.h"
#include "reports/provider.h"
#include "reports/quoted.h"
#include "reports/sender.h"
#include "reports/terms.h"

/* ---- L-01, L-04, L-09: what an entity was seen doing -------------------------- */

/* A message is an entity's by what its importer said, else by its domain. */
gboolean
entity_of_import(const struct record *rec, const char *entity,
    const struct import *i)
{
	if (*i->entity != '\0')
		return entity_takes(rec, entity, i->entity);
	return i->mail != NULL && entity_is_host(entity, i->mail->from_domain);
}

/* A message to it, as its importer or the domain says; no provider wrote it. */
gboolean
entity_was_sent(const struct sight *s, const char *entity,
    const struct import *i)
{
	const char *at;
	g_autofree char *domain = NULL;

	if (i->kind != IMPORT_MAIL || i->mail == NULL ||
	    i->mail->whose != MAIL_FROM_OTHER || *i->mail->to == '\0' ||
	    i->mail->automatic || sender_provider(s, i) != NULL)
		return FALSE;
	if (*i->entity != '\0')
		return entity_takes(s->rec, entity, i->entity);
	at = strrchr(i->mail->to, '@');
	if (at == NULL)
		return FALSE;
	domain = g_strndup(at + 1, strcspn(at + 1, "> ,;\t"));
	return entity_is_host(entity, domain);
}

static gboolean
is_current(const struct sight *s, const struct provider *p)
{
	const struct site *site = sight_site(s, p->target);

	return site != NULL && site_last(site)->run == p->run;
}

static void
say_role(struct finding *f, const struct provider *p)
{
	if (p->how != NULL)
		finding_for(f, p->run, p->how);
	finding_for(f, p->run, p->fact);
	finding_note(f, "%s of %s, in run %s of %.10s", p->role, p->about,
	    p->run->name, p->run->started);
}

/* Whether the newest run still owes the answer that would show the role again. */
static gboolean
is_open(struct finding *f)
{
	const struct entity_view *e = sight_entity(f->sight, f->scope);
	gboolean open = FALSE;

	for (guint i = 0; e != NULL && i < e->seen->len; i++)
		open |= judge_role_open(f, g_ptr_array_index(e->seen, i));
	return open;
}

static void
say_gone(struct finding *f)
{
	if (is_open(f)) {
		f->status = ST_PART;
		finding_note(f, "the newest run had not all answers");
		return;
	}
	f->status = ST_STALE;
	finding_note(f, "not seen in the newest run; the role was seen before");
}

/* ---- facet by facet -------------------------------------------------------------- */

static const struct { enum reply_class klass; gboolean held, route; } says[] = {
	{ REPLY_STATES_DATA_HELD, TRUE, FALSE },
	{ REPLY_REFUSED_ABSENT_LOCAL_ORDER, FALSE, TRUE },
	{ REPLY_FORWARDED_ONLY, FALSE, FALSE },
	{ REPLY_STATES_RETENTION, FALSE, FALSE },
	{ REPLY_DENIES_DATA, FALSE, FALSE },
};

/* "192.0.2.1" is not in "192.0.2.10". */
static gboolean
has_whole(const char *text, const char *ip)
{
	size_t n = strlen(ip);

	for (const char *p = text; (p = strstr(p, ip)) != NULL; p++)
		if ((p == text || !g_ascii_isxdigit(p[-1])) &&
		    !g_ascii_isxdigit(p[n]) && (p[n] != '.' ||
		    !g_ascii_isdigit(p[n + 1])))
			return TRUE;
	return FALSE;
}

/* Of one of the sites, or of an address at which one of them was seen. */
static gboolean
mail_about(const struct finding *f, const struct mail *m)
{
	for (guint i = 0; i < f->sight->sites->len; i++) {
		const struct site *s = g_ptr_array_index(f->sight->sites, i);

		if (strstr(m->text, s->name) != NULL ||
		    strstr(m->subject, s->name) != NULL)
			return TRUE;
	}
	for (guint i = 0; i < f->sight->roles->len; i++) {
		const struct role_row *r =
		    g_ptr_array_index(f->sight->roles, i);

		if (r->own && (has_whole(m->text, r->ip) ||
		    has_whole(m->subject, r->ip)))
			return TRUE;
	}
	return FALSE;
}

/* It tells of addresses, and none of them is one at which a site was seen. */
static gboolean
mail_elsewhere(struct finding *f, const struct import *i)
{
	const char *text = i->mail->text, *subject = i->mail->subject;
	struct inet ip;
	const char *at = inet_find(&text, &ip);

	if (at == NULL)
		at = inet_find(&subject, &ip);
	if (at == NULL || f->sight->sites->len == 0 || mail_about(f, i->mail))
		return FALSE;
	finding_note(f, "%s tells of another address, and of no site or address "
	    "that was seen in the record", i->exhibit);
	return TRUE;
}

/* What a machine answers to everybody is no statement of what is held. */
static void
facets_words(struct finding *f, const struct import *i, struct facets *x)
{
	gboolean weak = TRUE, elsewhere = mail_elsewhere(f, i);

	for (guint k = 0; k < i->mail->words->len; k++) {
		const struct reply_words *w =
		    g_ptr_array_index(i->mail->words, k);

		for (size_t c = 0; c < G_N_ELEMENTS(says); c++) {
			gboolean held = says[c].held && !i->mail->automatic;

			if (says[c].klass != w->klass)
				continue;
			x->held |= held;
			x->here |= held && !elsewhere;
			x->classes |= 1u << w->klass;
			x->route |= says[c].route;
			weak = weak && !held;
			finding_note(f, "%s says, verbatim: "
			    "\xe2\x80\x9c%s\xe2\x80\x9d", i->exhibit, w->text);
		}
	}
	x->weak += weak ? 1u : 0u;
	if (weak)
		finding_against_import(f, i, 0);
	else
		finding_for_import(f, i, 0);
}

/* Only mail of this entity: another's changes nothing here. */
void
facets_mail(struct finding *f, struct facets *x)
{
	const struct record *rec = f->sight->rec;

	for (guint k = 0; k < rec->imports->len; k++) {
		const struct import *i = g_ptr_array_index(rec->imports, k);

		if (i->kind != IMPORT_MAIL || i->mail == NULL ||
		    i->mail->whose != MAIL_FROM_PROVIDER)
			continue;
		if (entity_either(rec, f->scope, i->entity))
			finding_note(f, "%s is said to be of %s, which may be "
			    "more than one of entities.csv", i->exhibit,
			    i->entity);
		if (!entity_of_import(rec, f->scope, i))
			continue;
		x->about |= mail_about(f, i->mail);
		facets_words(f, i, x);
	}
}

static void
facets_role(struct finding *f, const struct entity_view *e, struct facets *x)
{
	for (guint i = 0; e != NULL && i < e->seen->len; i++) {
		const struct provider *p = g_ptr_array_index(e->seen, i);

		say_role(f, p);
		x->role = TRUE;
		x->current |= is_current(f->sight, p);
	}
	x->country = e != NULL && *e->country != '\0';
	x->route |= e != NULL && e->entry != NULL &&
	    *e->entry->letter != '\0';
}

/* A sign-up form, or a policy that a statement quotes: what it collects.  Words that
 * tell only how long, or that nobody is asked, are no practice of asking. */
static void
facets_practice(struct finding *f, struct facets *x)
{
	struct terms t;
	struct policy p;
	struct quoted q;

	terms_init(&t);
	terms_of(f, &t);
	x->practice = t.forms > 0;
	terms_clear(&t);
	quoted_find(f, f->element->id, f->scope, &q);
	policy_of(f, &p);
	x->practice |= p.who + p.unread > 0;
	if (p.quoted > 0)
		policy_say(f, &p);
	policy_clear(&p);
}

static void
facets_missing(struct finding *f, const struct facets *x)
{
	if (!x->role)
		finding_lacks(f, SUPPLY_RUN, "a role for a name or address of this "
		    "record, and its date");
	if (!x->held && !x->practice)
		finding_missing(f, "what it holds, about whom, and a duty or "
		    "practice of collecting it");
	else if (!x->about)
		finding_lacks(f, SUPPLY_ENTITY_SAYS, "that what it holds is about the customer of "
		    "this site");
	if (!x->country)
		finding_lacks(f, SUPPLY_ENTITIES, "the country whose courts can order it");
	if (!x->route)
		finding_lacks(f, SUPPLY_ENTITIES, "by what route it can be had");
}

/* Nothing of it: looked for where a run answered, else not collected. */
static void
facets_nothing(struct finding *f, const struct facets *x)
{
	if (x->weak > 0) {
		f->status = ST_INSUF;
		finding_note(f, "no words of its message were read as a "
		    "statement of what it holds");
		return;
	}
	if (judge_no_run(f))
		return;
	f->status = ST_NONE;
	if (!judge_providers_open(f))
		finding_note(f, "no record names it in a role, and no message "
		    "of it is imported");
}

static void
facets_of(struct finding *f, struct facets *x)
{
	*x = (struct facets){ 0 };
	facets_role(f, sight_entity(f->sight, f->scope), x);
	facets_mail(f, x);
	facets_practice(f, x);
}

/* SUP where whole, and the role current; else what is there. */
static void
facets_verdict(struct finding *f, const struct facets *x, gboolean whole)
{
	if (!x->role && !x->held && !x->practice) {
		facets_nothing(f, x);
		facets_missing(f, x);
		return;
	}
	f->status = whole ? ST_SUP : ST_PART;
	if (!whole)
		facets_missing(f, x);
	if (x->role && !x->current)
		say_gone(f);
}

/* L-01: role, what it holds, about whom, and how it can be had. */
void
judge_entity_role(const struct record *rec, struct finding *f)
{
	struct facets x;

	(void)rec;
	facets_of(f, &x);
	facets_verdict(f, &x, x.role && (x.held || x.practice) && x.about &&
	    x.route);
}

/* L-04: a role, and a duty or practice of collecting identity. */
void
judge_entity_assertion(const struct record *rec, struct finding *f)
{
	struct facets x;

	(void)rec;
	facets_of(f, &x);
	facets_verdict(f, &x, x.role && (x.here || x.practice));
}

/* L-09: the row.  Route and justification are counsel's, and listed. */
void
judge_entity_row(const struct record *rec, struct finding *f)
{
	struct facets x;

	(void)rec;
	facets_of(f, &x);
	facets_verdict(f, &x, x.role && x.here && x.country);
	if (f->status == ST_SUP && !x.route)
		finding_note(f, "by what route it can be had is for counsel");
}
