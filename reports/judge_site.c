#include "reports/delivery.h"
#include "reports/judge.h"

/* ---- P-11: that a site is there -------------------------------------------- */

static gboolean
page_of(const struct visit *v, const struct fact *f)
{
	return f->kind == FACT_HTTP_PAGE && f->target != NULL &&
	    strcmp(f->target, v->target) == 0;
}

void
judge_site_exists(const struct record *rec, struct finding *f)
{
	const struct site *site = judge_site(f);
	guint pages = 0;

	(void)rec;
	if (judge_no_run(f)) {
		judge_insufficient_files(f);
		return;
	}
	f->status = ST_NONE;
	for (guint i = 0; site != NULL && i < site->visits->len; i++) {
		const struct visit *v = g_ptr_array_index(site->visits, i);

		for (guint k = 0; k < v->facts->len; k++) {
			const struct fact *fact =
			    g_ptr_array_index(v->facts, k);

			if (!page_of(v, fact))
				continue;
			pages++;
			finding_against(f, v->run, fact);
		}
	}
	if (pages > 0) {
		f->status = ST_INSUF;
		finding_note(f, "%u page%s of %s in the record; a page shows "
		    "what a site says, not who runs it", PLURAL(pages),
		    site->name);
		finding_missing(f, "who runs it");
	} else if (site == NULL || !judge_site_open(f, site, LOOK_PAGES)) {
		finding_note(f, "no page of the site is in the record");
	}
	judge_insufficient_files(f);
}

/* ---- P-15: whose address the host's is -------------------------------------- */

static const char *
holder_name(const struct role_row *r)
{
	if (r->holder != NULL && *fact_str(r->holder, "org") != '\0')
		return fact_str(r->holder, "org");
	return r->network != NULL ? fact_str(r->network, "name") : "";
}

static void
note_host(struct finding *f, const struct role_row *r)
{
	finding_against(f, r->run, g_ptr_array_index(r->facts, 0));
	if (r->holder != NULL)
		finding_against(f, r->run, r->holder);
	else if (r->network != NULL)
		finding_against(f, r->run, r->network);
	finding_note(f, "address %s returned by DNS for %s (role: %s)%s%s",
	    r->ip, r->name, role_name(r->role), *holder_name(r) != '\0' ?
	    "; allocated, per registry, to " : "", holder_name(r));
	if (r->delivery != NULL && r->role == ROLE_HOST)
		finding_note(f, "%s may be an edge of %s: one sign only", r->ip,
		    r->delivery);
}

/* Counts the site's own addresses that are settled, notes each. */
static guint
host_addresses(struct finding *f, const struct site *site, guint *open)
{
	guint n = 0;

	for (guint i = 0; i < site->visits->len; i++) {
		const struct visit *v = g_ptr_array_index(site->visits, i);

		for (guint k = 0; k < v->roles->len; k++) {
			const struct role_row *r =
			    g_ptr_array_index(v->roles, k);
			struct looked l;

			if (!r->own)
				continue;
			address_look(f->sight, r, PROBE_RDAP, &l);
			if (l.how == LOOKED_ANSWERED)
				n++;
			else
				(*open)++;
			if (l.how == LOOKED_ANSWERED)
				note_host(f, r);
			else
				judge_open(f, &l, "its allocation", r->ip);
			looked_clear(&l);
		}
	}
	return n;
}

void
judge_host_address(const struct record *rec, struct finding *f)
{
	const struct site *site = judge_site(f);
	guint open = 0, n;

	(void)rec;
	if (judge_no_run(f)) {
		judge_insufficient_files(f);
		return;
	}
	n = site != NULL ? host_addresses(f, site, &open) : 0;
	if (n > 0) {
		f->status = ST_INSUF;
		finding_lacks(f, SUPPLY_NOBODY, "nothing: this row "
		    "never serves P-04");
	} else if (open == 0 && (site == NULL ||
	    !judge_site_open(f, site, LOOK_ADDRESS))) {
		f->status = ST_NONE;
		finding_note(f, "DNS answered with no address");
	}
	judge_insufficient_files(f);
}

/* ---- S-01: the steps -------------------------------------------------------------- */

/* The first failures, of all that a run had. */
static void
steps_failed(struct finding *f, const struct run *run)
{
	g_autoptr(GString) s = g_string_new(NULL);
	guint listed = 0;

	for (guint i = 0; i < run->log->len; i++) {
		const struct log_row *row = g_ptr_array_index(run->log, i);

		if (strcmp(row->type, "exchange") != 0 ||
		    row->status == X_ANSWERED || listed++ >= 12)
			continue;
		g_string_append_printf(s, "%s%" G_GUINT64_FORMAT, s->len > 0 ?
		    ", " : "", row->n);
	}
	if (s->len > 0)
		finding_note(f, "not answered in run %s: records %s%s",
		    run->name, s->str, listed > 12 ? " and more" : "");
}

/* The log is the narrative, and its first line stands for it. */
#define LOG_OPEN	1

static void
steps_run(struct finding *f, const struct run *run, uint64_t *asked)
{
	const struct run_counts c = run_counts(run);

	if (c.asked > 0) {
		finding_for_row(f, run, LOG_OPEN);
		finding_note(f, "run %s: %u question%s asked, %u answered, %u "
		    "not", run->name, PLURAL((guint)c.asked),
		    (guint)(c.asked - c.failed), (guint)c.failed);
	}
	steps_failed(f, run);
	if (!run->complete)
		finding_note(f, "run %s is incomplete: %s", run->name,
		    run->incomplete_why);
	*asked += c.asked;
}

/* Whether a message of the entity, or one sent to it, is imported. */
static gboolean
is_asked(struct finding *f, const char *name)
{
	const struct record *rec = f->sight->rec;
	gboolean found = FALSE;

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		if (m->kind != IMPORT_MAIL || m->mail == NULL ||
		    (!entity_of_import(rec, name, m) &&
		    !entity_was_sent(f->sight, name, m)))
			continue;
		found = TRUE;
		finding_for_import(f, m, 0);
		finding_note(f, "%s: message of %.10s%s%s", m->exhibit,
		    *m->mail->date != '\0' ? m->mail->date : "(no date)",
		    *m->entity != '\0' ? ", " : "", m->entity);
	}
	return found;
}

/* Nobody was asked by this program: requests are letters, not queries.  Those
 * sought are all to be asked; where none is listed, one message at least. */
static guint
steps_requests(struct finding *f, guint *sought, GString *names)
{
	guint asked = 0;

	for (guint i = 0; i < f->sight->entities->len; i++) {
		const struct entity_view *e =
		    g_ptr_array_index(f->sight->entities, i);

		if (is_asked(f, e->name)) {
			asked++;
			continue;
		}
		*sought += e->entry != NULL;
		if (i < 12)
			g_string_append_printf(names, "%s%s",
			    names->len > 0 ? "; " : "", e->name);
	}
	return asked;
}

void
judge_steps(const struct record *rec, struct finding *f)
{
	g_autoptr(GString) names = g_string_new(NULL);
	guint replies, open = 0;
	uint64_t asked = 0;

	if (rec->imports->len == 0 && judge_no_run(f))
		return;
	for (guint i = 0; i < rec->runs->len; i++)
		steps_run(f, g_ptr_array_index(rec->runs, i), &asked);
	replies = steps_requests(f, &open, names);
	if (asked > 0 && replies > 0 && open == 0)
		f->status = ST_SUP;
	else
		f->status = asked + replies > 0 ? ST_PART : ST_NC;
	if (asked == 0)
		finding_note(f, "no question was asked in any run");
	if (names->len > 0 || replies == 0)
		finding_missing(f, "requests to the providers, and their "
		    "replies%s%s", names->len > 0 ? ": " : "", names->str);
	finding_missing(f, "steps taken outside this program");
}
