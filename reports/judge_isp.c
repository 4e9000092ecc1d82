#include "reports/judge_doe.h"

#include <string.h>

/*
 * Factor 1, whose network the addresses of a Doe were of: P-08.  Past data that
 * cover the day of the event name the holder of that day.  So does the registry of a
 * later day where its own dates tell that the record stood as it does since before
 * the event; where it was changed after it, who held the address then is not told.
 */

struct provided {
	const struct address *said;	/* told for the row before */
	guint		 then, now, past, open, nobody;
	guint		 since, after;	/* of then and of no row's day: by its dates */
	guint		 names;		/* of the day: names in the DNS alone */
	GPtrArray	*cover;		/* struct past_said *: that cover an event */
	GString		*differ;	/* "A (I-0002:1), B (I-0002:2)" */
};

/* Whether the row of past data covers the day; it may be of another time. */
static gboolean
covers_day(const struct past_said *p, int32_t day)
{
	int32_t to = p->to != DAY_UNKNOWN ? p->to : p->from;

	return p->from != DAY_UNKNOWN && p->from <= day && day <= to;
}

static gboolean
covers(const struct past_said *p, const struct activity *a)
{
	int32_t day;
	gboolean whole;

	return activity_day(a, &day, &whole) && covers_day(p, day);
}

static void
say_past(struct finding *f, const struct past_said *p)
{
	const struct history *h = p->row;

	finding_for_import(f, p->import, h->row);
	if (f->notes->len < DOE_CITED)
		finding_note(f, "imported past data of %s: %s %s for %s, from "
		    "%s to %s", *h->source != '\0' ? h->source :
		    "a source not told", h->type, h->value, h->subject,
		    h->first_seen, *h->last_seen != '\0' ? h->last_seen :
		    "a day not told");
}

/* ---- what cannot both be right ---- */

/* An allocation and the assignment within it, or a company and a number of a
 * network, name two things. */
static gboolean
names_differ(const char *a, const char *b)
{
	return !entity_is(a, b) && !entity_is(b, a);
}

static void
say_differ(struct provided *n, const struct past_said *p, const char *other)
{
	if (n->differ->len == 0)
		g_string_append_printf(n->differ, "%s (%s:%u) and %s",
		    p->row->value, p->import->id, p->row->row, other);
}

static gboolean
is_of(const struct past_said *p, const char *const *types, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (g_ascii_strcasecmp(p->row->type, types[i]) == 0)
			return TRUE;
	return FALSE;
}

/* Who held it, by whatever name the archive has for that. */
static gboolean
of_registry(const struct past_said *p)
{
	static const char *const types[] = { "allocation", "assignment", "whois",
		"rdap", "isp", "holder", "registration" };

	return is_of(p, types, G_N_ELEMENTS(types));
}

/* Of one kind of data; or of any registry's, where it is of the same network. */
static gboolean
same_question(const struct past_said *a, const struct past_said *b)
{
	return g_ascii_strcasecmp(a->row->type, b->row->type) == 0 ||
	    (of_registry(a) && of_registry(b) && inet_same(&a->net, &b->net));
}

static void
past_against_past(struct provided *n, const struct past_said *p,
    const struct activity *a)
{
	for (guint i = 0; i < n->cover->len; i++) {
		const struct past_said *o = g_ptr_array_index(n->cover, i);

		if (covers(o, a) && inet_holds(&o->net, &a->ip) &&
		    same_question(o, p) &&
		    names_differ(o->row->value, p->row->value))
			say_differ(n, p, o->row->value);
	}
}

/* Past data that say they hold on the day of the run, of a registry's kind. */
static void
past_against_today(struct provided *n, const struct past_said *p,
    const struct address *a)
{
	const char *today = NULL;

	for (guint i = 0; i < a->holders->len; i++) {
		const struct address_said *s = &g_array_index(a->holders,
		    struct address_said, i);
		const char *org = fact_str(s->fact, "org");

		if (*org == '\0' || !covers_day(p, day_read(s->run->started)))
			continue;
		if (!names_differ(org, p->row->value))
			return;
		today = org;
	}
	if (today != NULL)
		say_differ(n, p, today);
}

/* What routing announces is a number or the carrier's name, not the holder's. */
static gboolean
of_routing(const struct past_said *p)
{
	static const char *const types[] = { "bgp", "origin", "route", "routing",
		"asn", "as" };

	return is_of(p, types, G_N_ELEMENTS(types));
}

/* A name in the reverse zone: a provider may have given it, and nobody is named by
 * it. */
static gboolean
of_dns(const struct past_said *p)
{
	static const char *const types[] = { "rdns", "ptr", "reverse",
		"reverse dns", "reverse-dns", "hostname", "host" };

	return is_of(p, types, G_N_ELEMENTS(types));
}

static void
past_leg(struct finding *f, const struct doing *d, struct provided *n)
{
	const GArray *past = f->sight->book->past;
	const struct address *a = book_find(f->sight->book, &d->row->ip);

	for (guint i = 0; i < past->len; i++) {
		const struct past_said *p = &g_array_index(past,
		    struct past_said, i);

		if (!inet_holds(&p->net, &d->row->ip))
			continue;
		if (!covers(p, d->row)) {
			n->past++;
			if (f->against->len < DOE_CITED)
				finding_against_import(f, p->import,
				    p->row->row);
			continue;
		}
		doe_cite(f, d);
		if (of_dns(p)) {
			if (n->names++ < DOE_CITED)
				say_past(f, p);
			continue;
		}
		if (n->then++ < DOE_CITED)
			say_past(f, p);
		if (n->differ->len == 0)
			past_against_past(n, p, d->row);
		if (a != NULL && n->said != a && !of_routing(p))
			past_against_today(n, p, a);
		if (!g_ptr_array_find(n->cover, p, NULL))
			g_ptr_array_add(n->cover, (gpointer)(guintptr)p);
	}
}

/* ---- what the registry's own dates tell ---- */

/* How the record of a holder stands to the day of an event. */
enum held { HELD_OPEN, HELD_THEN, HELD_AFTER };

/* Days of the record's dated events, DAY_UNKNOWN where none is told: the newest
 * that begin a holding, and the newest of all (RFC 9083, 10.2.3). */
struct dates { int32_t begun, changed; gboolean closed; };

static void
dates_event(struct dates *d, const struct fact *f)
{
	static const char *const begin[] = { "registration", "reregistration",
		"reinstantiation", "transfer" };
	int32_t day = day_read(fact_str(f, "utc"));
	const char *action = fact_str(f, "action");

	if (day == DAY_UNKNOWN)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(begin); i++)
		if (g_ascii_strcasecmp(action, begin[i]) == 0) {
			d->begun = MAX(d->begun, day);
			d->changed = MAX(d->changed, day);
		}
	if (g_ascii_strcasecmp(action, "last changed") == 0) {
		d->changed = MAX(d->changed, day);
		d->closed = TRUE;
	}
}

static struct dates
dates_of(const struct address *a, const struct address_said *holder)
{
	struct dates d = { DAY_UNKNOWN, DAY_UNKNOWN, FALSE };

	for (guint i = 0; i < a->events->len; i++) {
		const struct address_said *e = &g_array_index(a->events,
		    struct address_said, i);

		if (e->run == holder->run &&
		    fact_source(e->fact) == fact_source(holder->fact))
			dates_event(&d, e->fact);
	}
	return d;
}

/* On the day of a change both may be meant.  A record that tells only when it began
 * may have been changed since. */
static enum held
held_on(const struct dates *d, const struct activity *a)
{
	int32_t day;
	gboolean whole;

	if (!activity_day(a, &day, &whole) || d->changed == DAY_UNKNOWN)
		return HELD_OPEN;
	if (d->begun != DAY_UNKNOWN && d->begun > day)
		return HELD_AFTER;
	return d->closed && d->changed < day ? HELD_THEN : HELD_OPEN;
}

static char *
day_words(int32_t day)
{
	g_autoptr(GDateTime) t = g_date_time_new_from_unix_utc(
	    (gint64)day * 86400);

	return t != NULL ? g_date_time_format(t, "%F") : g_strdup("?");
}

static void
say_dates(struct finding *f, const struct dates *d)
{
	g_autofree char *begun = d->begun != DAY_UNKNOWN ?
	    day_words(d->begun) : g_strdup("a day not told");
	g_autofree char *changed = d->closed ? day_words(d->changed) :
	    g_strdup("a day not told");

	if (d->changed != DAY_UNKNOWN && f->notes->len < DOE_CITED)
		finding_note(f, "that record began on %s and was last changed "
		    "on %s, by the registry's own dates", begun, changed);
}

/* ---- registry data of a run ---- */

static const char *
holder_name(const struct fact *f)
{
	const char *org = fact_str(f, "org");

	return *org != '\0' ? org : fact_str(f, "name");
}

/* Past data that cover the day, and a record of the registry that has stood since
 * before it, of another company. */
static void
past_against_record(struct provided *n, const char *org,
    const struct activity *a)
{
	for (guint i = 0; i < n->cover->len; i++) {
		const struct past_said *p = g_ptr_array_index(n->cover, i);

		if (!of_routing(p) && covers(p, a) &&
		    inet_holds(&p->net, &a->ip) &&
		    names_differ(org, p->row->value))
			say_differ(n, p, org);
	}
}

static void
say_holder(struct finding *f, const struct doing *d,
    const struct address_said *s, const struct dates *dates)
{
	doe_cite(f, d);
	finding_for(f, s->run, s->fact);
	if (f->notes->len < DOE_CITED)
		finding_note(f, "registry data of %.10s names %s; it is of that "
		    "day, not of the event", s->run->started,
		    holder_name(s->fact));
	say_dates(f, dates);
}

/* The best that one record of the registry tells of the row's day. */
static void
holder_leg(struct provided *n, const struct address_said *s,
    const struct dates *d, const struct activity *row, enum held *best)
{
	enum held h = held_on(d, row);
	const char *org = fact_str(s->fact, "org");

	if (h == HELD_THEN && *org != '\0' && n->differ->len == 0)
		past_against_record(n, org, row);
	if (h == HELD_THEN || (h == HELD_OPEN && *best == HELD_AFTER))
		*best = h;
}

static void
provider_leg(struct finding *f, const struct doing *d, void *arg)
{
	const struct address *a = book_find(f->sight->book, &d->row->ip);
	struct provided *n = arg;
	enum held best = HELD_AFTER;
	guint named = 0;

	past_leg(f, d, n);
	for (guint i = 0; a != NULL && i < a->holders->len; i++) {
		const struct address_said *s = &g_array_index(a->holders,
		    struct address_said, i);
		struct dates dates;

		if (*holder_name(s->fact) == '\0')
			continue;
		named++;
		dates = dates_of(a, s);
		holder_leg(n, s, &dates, d->row, &best);
		if (n->said != a && f->for_->len < 3 * DOE_CITED)
			say_holder(f, d, s, &dates);
	}
	n->said = a;
	n->now += named > 0 && best == HELD_OPEN;
	n->since += named > 0 && best == HELD_THEN;
	n->after += named > 0 && best == HELD_AFTER;
	if (named == 0 && a != NULL && a->holder_none && !a->holder_failed)
		n->nobody++;
	else if (named == 0)
		n->open++;
}

static void
provider_open(struct finding *f, const struct provided *n)
{
	if (n->past + n->after > 0) {
		f->status = ST_STALE;
		finding_note(f, n->after > 0 ? "the registry's record of the "
		    "holder begins after the event" : "past data is of other "
		    "days than the events");
		finding_missing(f, "past data of the day of the event");
		return;
	}
	f->status = n->open > 0 ? ST_NC : ST_NONE;
	finding_note(f, n->open > 0 ? "who holds the address was not asked, or "
	    "not answered" : "the registry names nobody");
	finding_missing(f, "the provider of the address on the day of the "
	    "event");
}

void
judge_doe_provider(const struct record *rec, struct finding *f)
{
	struct provided n = { .cover = g_ptr_array_new(),
		.differ = g_string_new(NULL) };
	guint rows = doe_each(f, doe_of(f), provider_leg, &n);

	(void)rec;
	if (rows == 0) {
		doe_nothing(f, "an address tied to this Doe");
	} else if (n.differ->len > 0) {
		f->status = ST_CONF;
		finding_note(f, "sources name different companies for one day: "
		    "%s", n.differ->str);
		finding_missing(f, "which source is right on the day of the "
		    "event");
	} else if (!doe_conclude(f, n.then + n.since, n.now + n.names, "who "
	    "held the address on the day of the event")) {
		provider_open(f, &n);
	} else if (n.then == 0 && n.since > 0) {
		finding_note(f, "no past data: of %u row%s the registry's record "
		    "stood since before the event", PLURAL(n.since));
	}
	doe_documents(f, "P-08");
	g_ptr_array_unref(n.cover);
	g_string_free(n.differ, TRUE);
}
