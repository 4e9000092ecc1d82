#include "reports/judge_doe.h"

/*
 * What the predicates on one Doe share: which rows and documents are of it, which
 * addresses may be its own, and from which times no day of an act is taken.
 */

/* ---- rows of a Doe ------------------------------------------------------------ */

static void
say_marks(struct finding *f, const struct doing *d, unsigned marks)
{
	const struct address *a = book_find(f->sight->book, &d->row->ip);
	g_autofree char *ip = inet_words(&d->row->ip);

	if (f->notes->len > DOE_CITED || f->against->len > 3 * DOE_CITED)
		return;
	finding_against_import(f, d->import, d->row->row);
	for (unsigned bits = marks; bits != 0; bits &= bits - 1)
		finding_note(f, "%s is not counted: %s", ip,
		    mark_says((enum mark)(bits & ~(bits - 1))));
	if (a != NULL && a->named.import != NULL)
		finding_against_import(f, a->named.import, a->named.row->row);
	for (guint i = 0; a != NULL && i < a->why->len; i++) {
		const struct address_said *w = &g_array_index(a->why,
		    struct address_said, i);

		finding_against(f, w->run, w->fact);
	}
}

gboolean
doe_is_disputed(const struct audience *u, const struct inet *ip)
{
	const struct caller *c = audience_caller(u, ip);

	return c != NULL && ((c->roles & ((1u << ROLE_DISMISSED_PARTY) |
	    (1u << ROLE_PLAINTIFF_SIDE))) != 0 ||
	    (c->has & (CALLER_NAMED | CALLER_TOLD)) != 0);
}

guint
doe_each(struct finding *f, const struct doe *d, leg_fn *fn, void *arg)
{
	guint n = 0;

	for (guint i = 0; d != NULL && i < d->rows->len; i++) {
		const struct doing *x = &g_array_index(d->rows, struct doing,
		    i);
		unsigned marks;

		if (!activity_addressed(x->row))
			continue;
		marks = book_marks(f->sight->book, &x->row->ip);
		if (marks != 0) {
			say_marks(f, x, marks);
			continue;
		}
		if (doe_is_disputed(f->sight->audience, &x->row->ip))
			continue;
		n++;
		fn(f, x, arg);
	}
	return n;
}

/* The rows that have the address as that of somebody of the standings. */
void
judge_cite_rows(struct finding *f, const struct inet *ip, unsigned standings)
{
	const struct record *rec = f->sight->rec;

	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		for (guint k = 0; m->kind == IMPORT_ACTIVITY &&
		    k < m->rows->len && f->against->len < DOE_CITED; k++) {
			const struct activity *a = &g_array_index(m->rows,
			    struct activity, k);
			const struct party *who;

			if (inet_same(&a->ip, ip) && (*a->is->doe != '\0' ||
			    *a->is->party != '\0') && (standings & 1u <<
			    standing_of(rec, a, &who)) != 0)
				finding_against_import(f, m, a->row);
		}
	}
}

guint
doe_disputed(struct finding *f, const struct doe *d)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL);

	for (guint i = 0; d != NULL && i < d->rows->len; i++) {
		const struct doing *x = &g_array_index(d->rows, struct doing,
		    i);
		char *ip;

		if (!activity_addressed(x->row) ||
		    book_marks(f->sight->book, &x->row->ip) != 0 ||
		    !doe_is_disputed(f->sight->audience, &x->row->ip))
			continue;
		doe_cite_against(f, x);
		ip = inet_words(&x->row->ip);
		if (!g_hash_table_add(seen, ip) ||
		    g_hash_table_size(seen) > 3)
			continue;
		judge_cite_rows(f, &x->row->ip, ~(1u << STANDING_DOE));
		finding_note(f, "the logs have %s as this Doe's, and as "
		    "somebody else's: it is not counted", ip);
	}
	return g_hash_table_size(seen);
}

/* ---- days ------------------------------------------------------------------------ */

gboolean
doe_day(struct finding *f, const struct doing *d, int32_t *day,
    gboolean *whole)
{
	const struct book *b = f->sight->book;
	const char *of;

	if (DOE_MESSAGE(d) || !activity_day(d->row, day, whole))
		return FALSE;
	of = book_collecting(b, d->import, d->row);
	if (of == NULL)
		return TRUE;
	finding_note(f, "%s:%u has the time of %s: no day of an act is taken "
	    "from it", d->import->id, d->row->row, of);
	return FALSE;
}

const struct doe *
doe_of(const struct finding *f)
{
	return audience_doe(f->sight->audience, f->scope);
}

void
doe_cite(struct finding *f, const struct doing *d)
{
	if (f->for_->len < DOE_CITED)
		finding_for_import(f, d->import, d->row->row);
}

void
doe_cite_against(struct finding *f, const struct doing *d)
{
	if (f->against->len < DOE_CITED)
		finding_against_import(f, d->import, d->row->row);
}

/* Once an address. */
void
judge_point_at_hosts(struct finding *f)
{
	for (guint i = 0; i < f->sight->roles->len; i++) {
		const struct role_row *r =
		    g_ptr_array_index(f->sight->roles, i);

		if (r->role == ROLE_HOST || r->role == ROLE_CDN_EDGE)
			finding_against(f, r->run,
			    g_ptr_array_index(r->facts, 0));
	}
}

/* Rows that are kept and do not count, by reason. */
static void
note_faults(struct finding *f)
{
	const struct audience *u = f->sight->audience;

	for (unsigned bit = 0; bit < G_N_ELEMENTS(u->left); bit++)
		if (u->left[bit] > 0 && (1u << bit) != ROW_DATE_ONLY)
			finding_note(f, "%" G_GUINT64_FORMAT " row%s of the "
			    "logs: %s", u->left[bit], u->left[bit] == 1 ? "" :
			    "s", row_fault_says((enum row_fault)(1u << bit)));
	if (u->unknown > 0)
		finding_note(f, "%" G_GUINT64_FORMAT " row%s of the logs name "
		    "somebody whom parties.csv does not have on that day",
		    u->unknown, u->unknown == 1 ? "" : "s");
}

/* The record holds nothing of the kind for this Doe. */
void
doe_nothing(struct finding *f, const char *missing)
{
	const struct sight *s = f->sight;
	guint all = s->addresses;

	f->status = ST_NONE;
	finding_note(f, "%u of %u address%s the role DOE_ACTIVITY",
	    s->by_role[ROLE_DOE_ACTIVITY], all, all == 1 ? " has" : "es have");
	if (s->audience->logs == 0)
		finding_note(f, "nothing in the record: no activity log "
		    "imported");
	else if (doe_of(f) == NULL)
		finding_note(f, "no row of the imported logs is of this Doe");
	note_faults(f);
	finding_lacks(f, SUPPLY_ACTIVITY, "%s", missing);
	judge_point_at_hosts(f);
}

gboolean
doe_conclude(struct finding *f, guint full, guint some, const char *missing)
{
	if (full == 0 && some == 0)
		return FALSE;
	f->status = full > 0 ? ST_SUP : ST_PART;
	if (full == 0)
		finding_missing(f, "%s", missing);
	note_faults(f);
	return TRUE;
}
