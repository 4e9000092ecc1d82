#include "reports/human.h"

#include <string.h>

#include "reports/human_words.h"

/*
 * So long as few acts are told many ways, what costs is the table: each word of it
 * is looked for only where one begins with its byte.
 */
#define TAKEN	(HUMAN_ACT | HUMAN_MAIL_TAKEN)
#define BANK	(HUMAN_ACT | HUMAN_BANK)
#define CONTACT	(HUMAN_ACT | HUMAN_CONTACT)
#define OFFER	(HUMAN_ACT | HUMAN_OFFER)
#define CLAIM	(HUMAN_ACT | HUMAN_CLAIM)

/* What single words are, whatever act they stand beside (human.def). */
enum {
	MACHINE	= 1 << 10,	BUYS	= 1 << 11,	SELLS	= 1 << 12,
	TRAFFIC	= 1 << 13,	DENIED	= 1 << 14,	UNDONE	= 1 << 15,
	ASKS	= 1 << 16,	TO	= 1 << 17,	WITHOUT	= 1 << 18,
	ACTOR	= 1 << 19,	LEADS	= 1 << 20,	THING	= 1 << 21,
	PASSIVE	= 1 << 22,	BY	= 1 << 23,	FROM	= 1 << 24,
	WHO	= 1 << 25,	THAT	= 1 << 26,	BARRIER	= 1 << 27,
	COMING	= 1 << 28,
};
#define OF_WORDS	(~0u << 10)

#define NEAR	10	/* words between an act and its object */
#define BEFORE	6	/* words before an act, in its clause, that undo it */
#define AFTER	3	/* and behind it, in languages that deny there */

#define ACT(which, language, words)	{ which, language, words },
static const struct act_row { unsigned is; const char *language, *words; }
    rows[] = {
#include "reports/human.def"
};
#undef ACT

/* Where a row was found: its first word, and the first and last of all. */
struct told { const struct act_row *row; unsigned head, first, last; };

/* ---- what the words are ------------------------------------------------------------- */

static void
name_words(struct act_words *w, const GPtrArray *others)
{
	for (guint k = 0; others != NULL && k < others->len; k++) {
		char *const *name = g_ptr_array_index(others, k);

		for (unsigned i = 0; *name != NULL && i < w->n; i++)
			for (unsigned n = 0; act_words_name(w, i, name) &&
			    name[n] != NULL; n++)
				w->at[i + n].is |= ACTOR;
	}
}

/* A row of two lists is one word and the next one: "may have". */
static void
class_words(struct act_words *w, const struct act_row *row)
{
	const char *end = strchrnul(row->words, ' ');
	uint64_t are = act_words_are(w, row->words, end);

	if (*end != '\0' && are != 0)
		are &= act_words_are(w, end + 1, end + strlen(end)) >> 1;
	for (; are != 0; are &= are - 1)
		w->at[__builtin_ctzll(are)].is |= row->is;
}

/* "account no. 12" */
static void
numbers_not_denied(struct act_words *w)
{
	for (unsigned i = 0; i + 1 < w->n; i++)
		if (strncmp(w->at[i].s, "no", 2) == 0 &&
		    g_ascii_isdigit(*w->at[i + 1].s))
			w->at[i].is &= ~(unsigned)DENIED;
}

static unsigned
words_class(struct act_words *w, const GPtrArray *others)
{
	unsigned all = 0;

	for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
		if ((rows[k].is & OF_WORDS) != 0)
			class_words(w, &rows[k]);
	name_words(w, others);
	numbers_not_denied(w);
	for (unsigned i = 0; i < w->n; i++)
		all |= w->at[i].is;
	return all;
}

/* Whether one of the words from a to b, both inclusive, is such a one. */
static gboolean
among(const struct act_words *w, unsigned a, unsigned b, unsigned is)
{
	for (unsigned i = a; i <= b && i < w->n; i++)
		if ((w->at[i].is & is) != 0)
			return TRUE;
	return FALSE;
}

/* ---- not done, and not yet ------------------------------------------------------------ */

/* The first word of its clause, at most so many before it. */
static unsigned
clause_from(const struct act_words *w, unsigned i, unsigned most)
{
	guint clause = w->at[i].clause;

	for (; most > 0 && i > 0 && w->at[i - 1].clause == clause; most--)
		i--;
	return i;
}

static gboolean
undone_before(const struct act_words *w, unsigned head)
{
	unsigned from = clause_from(w, head, BEFORE);

	if (head == from)
		return FALSE;
	if (among(w, from, head - 1, DENIED | UNDONE))
		return TRUE;
	if (among(w, MAX(from, head - MIN(head, 2u)), head - 1, WITHOUT))
		return TRUE;
	return (w->at[head - 1].is & TO) != 0 &&
	    among(w, from, head - 1, ASKS);
}

static gboolean
denies_behind(const struct act_row *row)
{
	return strcmp(row->language, "de") == 0 ||
	    strcmp(row->language, "nl") == 0 ||
	    strcmp(row->language, "fr") == 0;
}

/* "antwortete nicht", and not "antwortete, er sei es nicht". */
static gboolean
denied_after(const struct act_words *w, const struct told *t)
{
	for (unsigned i = t->head + 1; i < w->n && i <= t->head + AFTER &&
	    w->at[i].clause == w->at[t->head].clause; i++) {
		if ((w->at[i].is & THAT) != 0)
			return FALSE;
		if ((w->at[i].is & DENIED) != 0)
			return TRUE;
	}
	return FALSE;
}

/* "claimed that the domain is not his": the rest of the sentence. */
static gboolean
denied_rest(const struct act_words *w, unsigned head)
{
	for (unsigned i = head + 1; i < w->n &&
	    w->at[i].sentence == w->at[head].sentence; i++)
		if ((w->at[i].is & DENIED) != 0)
			return TRUE;
	return FALSE;
}

/* ---- whose it is ------------------------------------------------------------------------ */

/* The one who acts: at the head of the clause, with articles before it, and neither
 * a genitive ("plaintiff's mailbox") nor what is acted upon ("counsel was called"). */
static gboolean
is_subject(const struct act_words *w, unsigned i, unsigned head)
{
	const char *next = i + 1 < w->n ? w->at[i + 1].s : "";

	if ((w->at[i].is & ACTOR) == 0 || (strncmp(next, "s", 1) == 0 &&
	    next[-1] == '\''))
		return FALSE;
	return i + 1 == head || !among(w, i + 1, MIN(i + 2, head - 1),
	    PASSIVE | THING);
}

static gboolean
subject_other(const struct act_words *w, unsigned head)
{
	for (unsigned i = clause_from(w, head, ACT_WORDS); i < head; i++) {
		if (is_subject(w, i, head))
			return TRUE;
		if ((w->at[i].is & (ACTOR | LEADS)) == 0 &&
		    strncmp(w->at[i].s, "s", 1) != 0)
			return FALSE;
	}
	return FALSE;
}

/* Whether an actor stands at word i, with no more than articles before it. */
static gboolean
actor_at(const struct act_words *w, unsigned i)
{
	for (; i < w->n && (w->at[i].is & (ACTOR | LEADS)) != 0; i++)
		if ((w->at[i].is & ACTOR) != 0)
			return TRUE;
	return FALSE;
}

/* "written by counsel", "reply from the provider"; not "replied by mail to
 * counsel". */
static gboolean
by_other(const struct act_words *w, unsigned head)
{
	for (unsigned i = head + 1; i < w->n && i <= head + 2; i++)
		if ((w->at[i].is & (i == head + 1 ? BY | FROM : BY)) != 0)
			return actor_at(w, i + 1);
	return FALSE;
}

/* "Jan Voorbeeld of the host replied", "vom Anwalt kontaktiert", and not "mail of
 * counsel deleted". */
static gboolean
of_other(const struct act_words *w, unsigned head)
{
	unsigned i = head;

	while (i > 0 && (w->at[i - 1].is & (ACTOR | LEADS)) != 0 &&
	    (w->at[i - 1].is & (FROM | BY)) == 0)
		i--;
	return i < head && i > 0 && among(w, i, head - 1, ACTOR) &&
	    (w->at[i - 1].is & (FROM | BY)) != 0 &&
	    (i < 2 || (w->at[i - 2].is & THING) == 0);
}

/* "counsel, who wrote". */
static gboolean
who_other(const struct act_words *w, unsigned head)
{
	for (unsigned i = head; i > 1 && i + 2 > head; i--)
		if ((w->at[i - 1].is & WHO) != 0)
			return (w->at[i - 2].is & ACTOR) != 0;
	return FALSE;
}

/* ---- one row ------------------------------------------------------------------------------ */

static gboolean
near(const struct act_words *w, unsigned a, unsigned b)
{
	unsigned lo = MIN(a, b), hi = MAX(a, b);

	return w->at[a].sentence == w->at[b].sentence && hi - lo <= NEAR &&
	    !(hi > lo + 1 && among(w, lo + 1, hi - 1, BARRIER));
}

/* The other words of the row, each near the first; told: the whole of it. */
static gboolean
row_at(const struct act_words *w, const struct act_row *row, unsigned head,
    struct told *t)
{
	const char *words = strchrnul(row->words, ' ');

	*t = (struct told){ row, head, head, head };
	while (*words != '\0') {
		const char *list = words + 1;
		uint64_t are;
		unsigned i;

		words = strchrnul(list, ' ');
		are = act_words_are(w, list, words);
		while (are != 0 && !near(w, head,
		    (unsigned)__builtin_ctzll(are)))
			are &= are - 1;
		if (are == 0)
			return FALSE;
		i = (unsigned)__builtin_ctzll(are);
		t->first = MIN(t->first, i);
		t->last = MAX(t->last, i);
	}
	return TRUE;
}

/* What is left of the row's act where it stands. */
static unsigned
left_of(const struct act_words *w, const struct told *t)
{
	const unsigned words = HUMAN_OFFER | HUMAN_CLAIM;
	const struct act_row *row = t->row;

	if ((row->is & HUMAN_ACT) == 0)
		return row->is;
	if ((w->at[t->head].is & COMING) != 0 || undone_before(w, t->head) ||
	    subject_other(w, t->head) || by_other(w, t->head) ||
	    of_other(w, t->head) || who_other(w, t->head))
		return 0;
	if (denies_behind(row) && denied_after(w, t))
		return 0;
	if ((row->is & words) != 0)
		return denied_rest(w, t->head) ? row->is & ~words : row->is;
	return among(w, t->first, t->last, DENIED) ? 0 : row->is;
}

/* Which words are what is asked only where one begins an act: most rows tell of
 * traffic, and have none. */
struct reader {
	struct act_words w;
	const GPtrArray	*others;
	gboolean	 classed;
	unsigned	 classes;	/* of all words */
};

static void
reader_class(struct reader *r)
{
	if (!r->classed)
		r->classes = words_class(&r->w, r->others);
	r->classed = TRUE;
}

static unsigned
row_is(struct reader *r, const struct act_row *row)
{
	uint64_t are = act_words_are(&r->w, row->words, strchrnul(row->words,
	    ' '));
	unsigned is = 0;

	for (; are != 0; are &= are - 1) {
		struct told t;

		reader_class(r);
		if ((r->classes & MACHINE) == 0 && row_at(&r->w, row,
		    (unsigned)__builtin_ctzll(are), &t))
			is |= left_of(&r->w, &t);
	}
	return is;
}

/* ---- all of them ---------------------------------------------------------------------------- */

unsigned
human_acts(const char *act, const GPtrArray *others)
{
	struct reader r = { .others = others };
	unsigned is = 0;

	act_words_read(&r.w, act);
	for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
		if ((rows[k].is & OF_WORDS) == 0)
			is |= row_is(&r, &rows[k]);
	if (is != 0 && (r.w.at[0].is & TRAFFIC) != 0)
		is &= HUMAN_PROMOTED | HUMAN_SENT | HUMAN_SOLD;
	act_words_clear(&r.w);
	/* who offers to buy offers nothing for sale */
	if ((r.classes & (BUYS | SELLS)) == BUYS)
		is &= ~(unsigned)HUMAN_OFFER;
	/* a forged message is sent too, and is no contact with its writer */
	if ((is & HUMAN_MAIL_TAKEN) != 0)
		is &= ~(unsigned)HUMAN_CONTACT;
	return is;
}
