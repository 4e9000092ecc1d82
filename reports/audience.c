#include "reports/audience.h"

#include <string.h>

#include "probes/text.h"
#include "reports/human.h"
#include "reports/provider.h"

/*
 * How it is done: one pass over the rows of each log.  What a Doe's or party's
 * name and an act's words come to is asked once for each text (equal cells of one
 * import are one pointer).  Callers stand in one array, found through a table of
 * their places in it; counts by forum are one more pass, over callers (crowd.c).
 */

#define NOT_ADDRESSED	(ROW_MALFORMED | ROW_DUPLICATE | ROW_IP_NONE | \
			ROW_IP_BAD | ROW_IP_RANGE | ROW_IP_SPECIAL)
#define DAY_US		(INT64_C(86400) * 1000000)

/* ---- rows ------------------------------------------------------------------- */

gboolean
activity_addressed(const struct activity *a)
{
	return (a->faults & NOT_ADDRESSED) == 0 && a->ip.family != 0;
}

/* "2026-01-17 21:04:00": the day of a time that has no zone, or that an hour of
 * summer time has twice, is that day or a neighbour of it. */
static gboolean
written_day(const char *when, int32_t *day)
{
	int y, m, d;
	GDate date, zero;

	if (text_digits(&when, 4, &y) != 4 || *when++ != '-' ||
	    text_digits(&when, 2, &m) == 0 || *when++ != '-' ||
	    text_digits(&when, 2, &d) == 0 || y < 1970 ||
	    !g_date_valid_dmy((GDateDay)d, (GDateMonth)m, (GDateYear)y))
		return FALSE;
	g_date_clear(&date, 1);
	g_date_clear(&zero, 1);
	g_date_set_dmy(&date, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
	g_date_set_dmy(&zero, 1, G_DATE_JANUARY, 1970);
	*day = g_date_days_between(&zero, &date);
	return TRUE;
}

gboolean
activity_day(const struct activity *a, int32_t *day, gboolean *whole)
{
	char buf[32];

	*whole = FALSE;
	if ((a->faults & (ROW_TIME_NONE | ROW_TIME_BAD | ROW_TIME_FUTURE |
	    ROW_MALFORMED)) != 0)
		return FALSE;
	if ((a->faults & (ROW_TIME_NO_ZONE | ROW_TIME_AMBIGUOUS)) != 0 ||
	    a->time == TIME_UNKNOWN)
		return written_day(activity_when(a, buf), day);
	*whole = TRUE;
	*day = (int32_t)(a->time / DAY_US - (a->time % DAY_US < 0 ? 1 : 0));
	return TRUE;
}

/* ---- callers -------------------------------------------------------------------- */

static uint32_t
hash_of(const struct audience *u, const struct inet *ip)
{
	return (uint32_t)hash_keyed(&u->key, ip, sizeof(*ip));
}

static struct caller *
caller_at(const struct audience *u, uint32_t place)
{
	return &g_array_index(u->callers, struct caller, place);
}

/* A message has no rows: its address is that of what stands for one. */
static const struct activity *
message_row(const struct audience *u, const struct caller *c)
{
	for (guint i = 0; u->messages != NULL && i < u->messages->len; i++) {
		const struct doe_message *m = &g_array_index(u->messages,
		    struct doe_message, i);

		if (m->import == c->import)
			return &m->row;
	}
	return NULL;
}

/* Rows are numbered from 1, none left out. */
const struct inet *
caller_ip(const struct audience *u, const struct caller *c)
{
	const struct import *im = u->rec->imports->pdata[c->import];

	return c->row == 0 ? &message_row(u, c)->ip :
	    &g_array_index(im->rows, struct activity, c->row - 1).ip;
}

static uint32_t *
slot_of(const struct audience *u, const struct inet *ip)
{
	uint32_t s = hash_of(u, ip) & u->mask;

	while (u->slots[s] != 0 && !inet_same(caller_ip(u,
	    caller_at(u, u->slots[s] - 1)), ip))
		s = (s + 1) & u->mask;
	return &u->slots[s];
}

static void
slots_grow(struct audience *u)
{
	uint32_t size = u->mask == 0 ? 1024 : (u->mask + 1) * 2;

	g_free(u->slots);
	u->slots = g_new0(uint32_t, size);
	u->mask = size - 1;
	for (uint32_t i = 0; i < u->callers->len; i++) {
		uint32_t s = hash_of(u, caller_ip(u, caller_at(u, i))) &
		    u->mask;

		while (u->slots[s] != 0)
			s = (s + 1) & u->mask;
		u->slots[s] = i + 1;
	}
}

/* The caller of the row, made of it where there is none. */
static struct caller *
caller_get(struct audience *u, uint32_t import, const struct activity *a)
{
	struct caller c = { .import = import, .row = a->row };
	uint32_t *slot;

	if (u->callers->len >= u->mask / 2)
		slots_grow(u);
	slot = slot_of(u, &a->ip);
	if (*slot == 0) {
		c.marks = (uint8_t)book_marks(u->book, &a->ip);
		g_array_append_val(u->callers, c);
		*slot = u->callers->len;
	}
	return caller_at(u, *slot - 1);
}

const struct caller *
audience_caller(const struct audience *u, const struct inet *ip)
{
	uint32_t slot = u->slots != NULL ? *slot_of(u, ip) : 0;

	return slot != 0 ? caller_at(u, slot - 1) : NULL;
}

/* ---- what a text comes to -------------------------------------------------------- */

/* Of one pair of cells: doe and party. */
struct whose {
	enum standing	 standing;
	const struct party *who;
	struct doe	*doe;		/* of a Doe that parties.csv has */
	gboolean	 unlisted;	/* of a party that it has not */
	gboolean	 told;		/* a third party, in so many words */
	gboolean	 nobody;	/* both cells are empty */
};

struct reading {
	struct audience	*u;
	const struct import *import;
	uint32_t	 number;	/* its place in rec->imports */
	struct keyed	*pairs;		/* "doe \n party": places in whose */
	GPtrArray	*whose;		/* struct whose * */
	GHashTable	*acts;		/* act as a pointer -> bits + 1 */
	const char	*doe, *party;	/* the pair of the row before */
	const struct whose *last;
};

static struct doe *
doe_get(struct audience *u, const struct party *p)
{
	struct doe *d;

	for (guint i = 0; i < u->does->len; i++) {
		d = g_ptr_array_index(u->does, i);
		if (g_ascii_strcasecmp(d->party->label, p->label) == 0)
			return d;
	}
	d = g_new0(struct doe, 1);
	d->party = p;
	d->rows = g_array_new(FALSE, FALSE, sizeof(struct doing));
	g_ptr_array_add(u->does, d);
	return d;
}

static struct whose *
whose_new(struct audience *u, const struct activity *a)
{
	struct whose *w = g_new0(struct whose, 1);

	w->standing = standing_of(u->rec, a, &w->who);
	if (w->standing == STANDING_DOE && w->who != NULL)
		w->doe = doe_get(u, w->who);
	w->unlisted = w->standing == STANDING_UNKNOWN &&
	    *a->is->party != '\0' && !party_listed(u->rec, a->is->party);
	w->nobody = *a->is->party == '\0' && *a->is->doe == '\0';
	w->told = w->standing == STANDING_USER && !w->nobody;
	return w;
}

static const struct whose *
whose_row(struct reading *r, const struct activity *a)
{
	g_autofree char *pair = NULL;
	struct whose *w;
	uint32_t at;

	if (r->last != NULL && r->doe == a->is->doe && r->party == a->is->party)
		return r->last;
	pair = g_strconcat(a->is->doe, "\n", a->is->party, NULL);
	at = keyed_add(r->pairs, pair, strlen(pair));
	if (at == r->whose->len)
		g_ptr_array_add(r->whose, whose_new(r->u, a));
	w = g_ptr_array_index(r->whose, at);
	r->doe = a->is->doe;
	r->party = a->is->party;
	r->last = w;
	return w;
}

/* Few acts are told in many rows; where each is told apart, what was read
 * before is not kept. */
static unsigned
acts_row(struct reading *r, const struct activity *a)
{
	gpointer p = g_hash_table_lookup(r->acts, a->is->act);
	unsigned is;

	if (p != NULL)
		return GPOINTER_TO_UINT(p) - 1;
	is = human_acts(a->is->act, r->u->others);
	if (g_hash_table_size(r->acts) < 4096)
		g_hash_table_insert(r->acts, (gpointer)(uintptr_t)a->is->act,
		    GUINT_TO_POINTER(is + 1));
	return is;
}

/* ---- one row ------------------------------------------------------------------------ */

static unsigned
role_of(enum standing s, unsigned marks)
{
	if ((marks & MARK_OWN) != 0)
		return 1u << ROLE_PLAINTIFF_SIDE;
	switch (s) {
	case STANDING_USER:
		return 1u << ROLE_USER_THIRD_PARTY;
	case STANDING_DISMISSED:
		return 1u << ROLE_DISMISSED_PARTY;
	case STANDING_PLAINTIFF:
		return 1u << ROLE_PLAINTIFF_SIDE;
	case STANDING_DOE:
		return marks == 0 ? 1u << ROLE_DOE_ACTIVITY : 0;
	case STANDING_NAMED:
	case STANDING_UNKNOWN:
		break;
	}
	return 1u << ROLE_UNKNOWN;
}

static void
caller_row(struct reading *r, const struct activity *a, enum standing s,
    gboolean told)
{
	struct caller *c = caller_get(r->u, r->number, a);
	gboolean whole;
	int32_t day;

	c->roles |= (uint16_t)role_of(s, c->marks);
	if ((c->marks & MARK_EXIT) != 0)
		c->roles |= 1u << ROLE_EXIT_PROXY;
	if (s == STANDING_NAMED)
		c->has |= CALLER_NAMED;
	if (told)
		c->has |= CALLER_TOLD;
	if (*a->is->source != '\0')
		c->has |= CALLER_SOURCE;
	if (r->number < c->import || (r->number == c->import &&
	    a->row < c->row)) {
		c->import = r->number;
		c->row = a->row;
	}
	if (!activity_day(a, &day, &whole))
		return;
	if ((c->has & CALLER_DATE) == 0 || day < c->first)
		c->first = day;
	if ((c->has & CALLER_DATE) == 0 || day > c->last)
		c->last = day;
	c->has |= CALLER_DATE;
}

static void
read_activity(struct reading *r, const struct activity *a)
{
	struct doing d = { r->import, a };
	const struct whose *w;
	unsigned acts;

	for (unsigned bits = a->faults; bits != 0; bits &= bits - 1)
		r->u->left[__builtin_ctz(bits)]++;
	if ((a->faults & (ROW_MALFORMED | ROW_DUPLICATE)) != 0)
		return;
	r->u->rows++;
	w = whose_row(r, a);
	acts = *a->is->act != '\0' ? acts_row(r, a) : 0;
	if (acts != 0) {
		struct act act = { d, acts, w->standing == STANDING_DOE ?
			w->who : NULL, w->nobody };

		g_array_append_val(r->u->acts, act);
	}
	if (w->standing == STANDING_UNKNOWN)
		r->u->unknown++;
	if (w->unlisted)
		r->u->unlisted++;
	if (w->doe != NULL)
		g_array_append_val(w->doe->rows, d);
	if (activity_addressed(a))
		caller_row(r, a, w->standing, w->told);
}

static void
read_log(struct audience *u, guint number)
{
	struct reading r = {
		.u = u, .import = g_ptr_array_index(u->rec->imports, number),
		.number = number,
		.pairs = keyed_new(&u->key),
		.whose = g_ptr_array_new_with_free_func(g_free),
		.acts = g_hash_table_new(g_direct_hash, g_direct_equal),
	};

	u->logs++;
	for (guint i = 0; i < r.import->rows->len; i++)
		read_activity(&r, &g_array_index(r.import->rows,
		    struct activity, i));
	keyed_free(r.pairs);
	g_ptr_array_unref(r.whose);
	g_hash_table_unref(r.acts);
}

static void
read_message(struct audience *u, const struct doe_message *m)
{
	struct reading r = { .u = u, .number = m->import,
		.import = g_ptr_array_index(u->rec->imports, m->import) };
	struct doing d = { r.import, &m->row };

	g_array_append_val(doe_get(u, m->doe)->rows, d);
	caller_row(&r, &m->row, STANDING_DOE, FALSE);
}

/* Entities, and parties that are no Does: what they did is told in logs too. */
static GPtrArray *
others_of(const struct record *rec)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)g_strfreev);

	for (guint i = 0; i < rec->entities->len; i++) {
		const struct entity *e = g_ptr_array_index(rec->entities, i);

		g_ptr_array_add(names, company_words(e->name));
	}
	for (guint i = 0; i < rec->parties->len; i++) {
		const struct party *p = g_ptr_array_index(rec->parties, i);

		if (g_ascii_strcasecmp(p->kind, "doe") != 0)
			g_ptr_array_add(names, company_words(p->label));
	}
	return names;
}

/* ---- all of it ----------------------------------------------------------------------------- */

static void
doe_free(void *p)
{
	struct doe *d = p;

	g_array_unref(d->rows);
	g_free(d);
}

struct audience *
audience_new(const struct record *rec, const struct book *book,
    const GArray *messages)
{
	struct audience *u = g_new0(struct audience, 1);

	hash_key_of_imports(&u->key, rec->imports);
	u->rec = rec;
	u->book = book;
	u->messages = messages;
	u->others = others_of(rec);
	u->does = g_ptr_array_new_with_free_func(doe_free);
	u->callers = g_array_new(FALSE, FALSE, sizeof(struct caller));
	u->acts = g_array_new(FALSE, FALSE, sizeof(struct act));
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		if (m->kind == IMPORT_ACTIVITY)
			read_log(u, i);
	}
	for (guint i = 0; messages != NULL && i < messages->len; i++)
		read_message(u, &g_array_index(messages, struct doe_message,
		    i));
	for (guint i = 0; i < u->callers->len; i++)
		for (unsigned r = 0; r < ROLES; r++)
			u->by_role[r] +=
			    caller_at(u, i)->roles & (1u << r) ? 1 : 0;
	crowd_count(u, rec->forum, &u->state);
	crowd_count(u, "US", &u->us);
	return u;
}

void
audience_free(struct audience *u)
{
	if (u == NULL)
		return;
	g_ptr_array_unref(u->does);
	g_ptr_array_unref(u->others);
	g_array_unref(u->callers);
	g_array_unref(u->acts);
	g_free(u->slots);
	g_free(u);
}

const struct doe *
audience_doe(const struct audience *u, const char *label)
{
	for (guint i = 0; i < u->does->len; i++) {
		const struct doe *d = g_ptr_array_index(u->does, i);

		if (g_ascii_strcasecmp(d->party->label, label) == 0)
			return d;
	}
	return NULL;
}

const struct crowd *
audience_crowd(const struct audience *u, const char *forum)
{
	return g_strcmp0(forum, "US") == 0 ? &u->us : &u->state;
}
