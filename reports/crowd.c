#include <string.h>

#include "reports/audience.h"

/* One more pass over callers, for one forum: who of them is a user there. */

#define NOT_USER	((1u << ROLE_DOE_ACTIVITY) | \
			(1u << ROLE_DISMISSED_PARTY) | \
			(1u << ROLE_PLAINTIFF_SIDE) | \
			(1u << ROLE_EXIT_PROXY) | (1u << ROLE_UNKNOWN))

static gboolean
is_user(const struct caller *c)
{
	return c->marks == 0 && (c->roles & NOT_USER) == 0 &&
	    (c->roles & (1u << ROLE_USER_THIRD_PARTY)) != 0;
}

static gboolean
is_party(const struct caller *c)
{
	return (c->marks & MARK_OWN) == 0 &&
	    ((c->roles & (1u << ROLE_DISMISSED_PARTY)) != 0 ||
	    (c->has & CALLER_NAMED) != 0);
}

/* A user by the log, from an address that is a server's. */
static gboolean
is_hosted(const struct caller *c)
{
	return (c->roles & NOT_USER) == 0 &&
	    (c->roles & (1u << ROLE_USER_THIRD_PARTY)) != 0 &&
	    (c->marks & ~(unsigned)(MARK_OWN | MARK_EXIT)) != 0;
}

/* Whether it is a party's cannot be told. */
static gboolean
is_nameless(const struct caller *c)
{
	const unsigned known = NOT_USER & ~(1u << ROLE_UNKNOWN);

	return c->marks == 0 && (c->has & CALLER_NAMED) == 0 &&
	    (c->roles & (1u << ROLE_UNKNOWN)) != 0 && (c->roles & known) == 0;
}

static int
compare_prefix(gconstpointer a, gconstpointer b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static guint
distinct(GArray *prefixes)
{
	guint n = 0;

	g_array_sort(prefixes, compare_prefix);
	for (guint i = 0; i < prefixes->len; i++)
		n += i == 0 || g_array_index(prefixes, uint64_t, i) !=
		    g_array_index(prefixes, uint64_t, i - 1);
	return n;
}

static gboolean
earlier(const struct caller *a, const struct caller *b)
{
	if (b == NULL)
		return TRUE;
	return a->import < b->import ||
	    (a->import == b->import && a->row < b->row);
}

/* Months are counted by their number, as far as two. */
struct months { int32_t first, last; gboolean any; };

static void
months_add(struct months *m, const struct caller *c)
{
	if ((c->has & CALLER_DATE) == 0)
		return;
	m->first = !m->any || c->first < m->first ? c->first : m->first;
	m->last = !m->any || c->last > m->last ? c->last : m->last;
	m->any = TRUE;
}

static guint
months_count(const struct months *m)
{
	GDate a, b;

	if (!m->any)
		return 0;
	g_date_clear(&a, 1);
	g_date_clear(&b, 1);
	g_date_set_dmy(&a, 1, G_DATE_JANUARY, 1970);
	b = a;
	g_date_add_days(&a, (guint)MAX(m->first, 0));
	g_date_add_days(&b, (guint)MAX(m->last, 0));
	return g_date_get_month(&a) == g_date_get_month(&b) &&
	    g_date_get_year(&a) == g_date_get_year(&b) ? 1 : 2;
}

static void
crowd_user(struct crowd *w, const struct caller *c, const struct inet *ip,
    GArray *prefixes, struct months *months)
{
	uint64_t prefix;

	w->users++;
	memcpy(&prefix, ip->bytes, sizeof(prefix));
	if (ip->family == 6)
		g_array_append_val(prefixes, prefix);
	else
		w->households++;
	w->sourced |= (c->has & CALLER_SOURCE) != 0;
	w->dated |= (c->has & CALLER_DATE) != 0;
	months_add(months, c);
	if (earlier(c, w->example))
		w->example = c;
}

static void
crowd_caller(const struct audience *u, const struct caller *c,
    const char *forum, struct crowd *w, GArray *prefixes, struct months *m)
{
	const struct inet *ip;
	gboolean conflict;
	enum within in;

	if ((c->marks & MARK_OWN) != 0)
		w->own++;
	w->hosted += is_hosted(c) ? 1u : 0u;
	if (!is_user(c) && !is_party(c) && !is_nameless(c))
		return;
	ip = caller_ip(u, c);
	in = address_within(book_find(u->book, ip), forum, &conflict);
	if (is_nameless(c)) {
		w->nameless += in != WITHIN_OUT;
	} else if (!is_user(c)) {
		w->parties += in == WITHIN_IN;
		w->adrift += in == WITHIN_UNKNOWN;
		if (in == WITHIN_IN && earlier(c, w->party))
			w->party = c;
	} else if (in == WITHIN_IN) {
		crowd_user(w, c, ip, prefixes, m);
	} else {
		w->elsewhere += in == WITHIN_OUT;
		w->unknown += in == WITHIN_UNKNOWN && !conflict;
		w->conflict += (guint)conflict;
	}
}

void
crowd_count(const struct audience *u, const char *forum, struct crowd *w)
{
	GArray *prefixes = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	struct months months = { 0 };

	for (guint i = 0; i < u->callers->len; i++)
		crowd_caller(u, &g_array_index(u->callers, struct caller, i),
		    forum, w, prefixes, &months);
	w->households += distinct(prefixes);
	w->months = months_count(&months);
	g_array_unref(prefixes);
}
