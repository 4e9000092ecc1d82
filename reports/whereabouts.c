#include "reports/whereabouts.h"

#include <stdio.h>
#include <string.h>

#include "probes/url.h"
#include "reports/delivery.h"
#include "reports/keyed.h"
#include "reports/reverse.h"

#define SAID	8	/* facts of one kind kept of an address */
#define EVENTS	64	/* dated events of its registrations, over all runs */

static void
address_free(void *p)
{
	struct address *a = p;

	g_array_unref(a->places);
	g_array_unref(a->holders);
	g_array_unref(a->events);
	g_array_unref(a->why);
	g_free(a);
}

static struct address *
address_get(struct book *b, const struct inet *ip)
{
	guint had = b->addresses->len;
	uint32_t at = keyed_add(b->by_ip, ip, sizeof(*ip));
	struct address *a;

	if (at < had)
		return g_ptr_array_index(b->addresses, at);
	a = g_new0(struct address, 1);
	a->ip = *ip;
	a->places = g_array_new(FALSE, FALSE, sizeof(struct place_said));
	a->holders = g_array_new(FALSE, FALSE, sizeof(struct address_said));
	a->events = g_array_new(FALSE, FALSE, sizeof(struct address_said));
	a->why = g_array_new(FALSE, FALSE, sizeof(struct address_said));
	g_ptr_array_add(b->addresses, a);
	return a;
}

static struct address *
address_named(struct book *b, const char *name)
{
	struct inet ip;

	return inet_read(name, &ip) == 0 ? address_get(b, &ip) : NULL;
}

/* At most so many digits; -1 where there is none. */
static int
digits(const char **s, int most)
{
	int v = -1;

	for (; most > 0 && g_ascii_isdigit(**s); most--, (*s)++)
		v = MAX(v, 0) * 10 + (**s - '0');
	return v;
}

/* "2026-07-01", "20260701"; the middle of a month where no day is said. */
int32_t
day_read(const char *text)
{
	int y = digits(&text, 4), m, d = 15;
	gboolean dashed = *text == '-';
	GDate date, zero;

	text += dashed;
	m = digits(&text, 2);
	if (!dashed || *text == '-') {
		text += dashed;
		d = dashed && !g_ascii_isdigit(*text) ? d : digits(&text, 2);
	}
	if (y < 1970 || m < 1 || d < 1 || !g_date_valid_dmy((GDateDay)d,
	    (GDateMonth)m, (GDateYear)y))
		return DAY_UNKNOWN;
	g_date_clear(&date, 1);
	g_date_clear(&zero, 1);
	g_date_set_dmy(&date, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
	g_date_set_dmy(&zero, 1, G_DATE_JANUARY, 1970);
	return g_date_days_between(&zero, &date);
}

/* ---- runs ------------------------------------------------------------------- */

/* What the same build of a database said again, run after run, is kept twice:
 * as it was said first and last. */
static void
put_place(struct address *a, const struct place_said *s)
{
	guint same = 0;

	for (guint i = 0; i < a->places->len; i++) {
		struct place_said *o = &g_array_index(a->places,
		    struct place_said, i);

		if (o->import != NULL || strcmp(o->database, s->database) != 0 ||
		    strcmp(o->build, s->build) != 0 ||
		    strcmp(o->code, s->code) != 0)
			continue;
		if (++same == 2) {
			*o = *s;
			return;
		}
	}
	g_array_append_val(a->places, *s);
}

/* The first few, and the newest. */
static void
put_said(GArray *to, const struct address_said *s)
{
	if (to->len < SAID)
		g_array_append_val(to, *s);
	else
		g_array_index(to, struct address_said, SAID - 1) = *s;
}

static void
add_place(struct address *a, const struct run *run, const struct fact *f)
{
	struct place_said s = {
		.words = fact_str(f, "region"), .database = fact_str(f, "db"),
		.build = fact_str(f, "build"), .looked_up = f->at != NULL ?
		f->at : "", .radius = fact_str(f, "radius_km"), .run = run,
		.fact = f, .built = day_read(fact_str(f, "build")),
		.looked = day_read(f->at != NULL ? f->at : ""),
	};

	place_of(fact_str(f, "country"), s.words, s.code);
	put_place(a, &s);
}

static const struct { const char *what; enum mark mark; } listed[] = {
	{ "tor", MARK_EXIT }, { "vpn", MARK_EXIT },
	{ "hosting", MARK_HOSTING }, { "cloud", MARK_HOSTING },
	{ "cdn", MARK_HOSTING },
};

static void
add_listed(struct address *a, const struct address_said *said)
{
	const char *what = fact_str(said->fact, "what");

	for (size_t i = 0; i < G_N_ELEMENTS(listed); i++)
		if (strcmp(what, listed[i].what) == 0) {
			a->marks |= listed[i].mark;
			put_said(a->why, said);
			return;
		}
}

/* A network that only delivers has no subscribers, whoever else sells hosting. */
static void
add_holder(struct address *a, const struct address_said *said)
{
	const struct delivery *d = delivery_by_holder(fact_str(said->fact,
	    "org"), fact_str(said->fact, "name"));

	put_said(a->holders, said);
	if (d == NULL || d->hosts)
		return;
	a->marks |= MARK_HOSTING;
	put_said(a->why, said);
}

static void
add_reverse(struct address *a, const struct address_said *said)
{
	if (a->hint.fact == NULL &&
	    reverse_host(fact_str(said->fact, "name")) != NULL)
		a->hint = *said;
}

static void
add_own(struct book *b, const char *text)
{
	struct inet net;

	if (inet_read(text, &net) == 0 && !book_own(b, &net))
		g_ptr_array_add(b->own, g_memdup2(&net, sizeof(net)));
}

/* The address that servers saw a run come from is the plaintiff's side too; that
 * of a proxy is many people's. */
static void
add_seen(struct book *b, const struct run *run, const struct fact *f)
{
	if (*run->exit == '\0' || strcmp(run->exit, "direct") == 0)
		add_own(b, f->subject);
}

static void
read_fact(struct book *b, const struct run *run, const struct fact *f)
{
	struct address_said said = { .run = run, .fact = f };
	struct address *a;

	switch (f->kind) {
	case FACT_VANTAGE_ADDRESS:
		add_seen(b, run, f);
		return;
	case FACT_GEO_PLACE:
	case FACT_GEO_NONE:
	case FACT_IP_NETWORK:
	case FACT_IP_HOLDER:
	case FACT_IP_EVENT:
	case FACT_IP_LISTED:
	case FACT_RDAP_NONE:
	case FACT_DNS_PTR:
		break;
	default:
		return;
	}
	a = address_named(b, f->subject);
	if (a == NULL)
		return;
	if (f->kind == FACT_GEO_PLACE)
		add_place(a, run, f);
	else if (f->kind == FACT_GEO_NONE)
		a->place_none = TRUE;
	else if (f->kind == FACT_RDAP_NONE)
		a->holder_none = TRUE;
	else if (f->kind == FACT_IP_LISTED)
		add_listed(a, &said);
	else if (f->kind == FACT_IP_EVENT && a->events->len < EVENTS)
		g_array_append_val(a->events, said);
	else if (f->kind == FACT_DNS_PTR)
		add_reverse(a, &said);
	else if (f->kind != FACT_IP_EVENT)
		add_holder(a, &said);
}

/* Asked, and no answer: what is not there may still be so. */
static void
read_row(struct book *b, const struct log_row *row)
{
	const char *name = row->name, *slash = strrchr(name, '/');
	struct address *a;

	if (strcmp(row->type, "exchange") != 0 || row->status == X_ANSWERED ||
	    (row->kind != PROBE_GEO && row->kind != PROBE_RDAP))
		return;
	if (row->kind == PROBE_RDAP && slash != NULL)
		name = slash + 1;
	a = address_named(b, name);
	if (a != NULL && row->kind == PROBE_GEO)
		a->place_failed = TRUE;
	else if (a != NULL)
		a->holder_failed = TRUE;
}

static void
read_roles(struct book *b, const GPtrArray *roles)
{
	for (guint i = 0; i < roles->len; i++) {
		const struct role_row *r = g_ptr_array_index(roles, i);
		struct address_said said = { .run = r->run };
		struct address *a;

		if (r->role > ROLE_REGISTRAR_WEB || r->facts->len == 0)
			continue;
		a = address_named(b, r->ip);
		if (a == NULL)
			continue;
		said.fact = g_ptr_array_index(r->facts, 0);
		a->marks |= MARK_ROLE;
		put_said(a->why, &said);
	}
}

/* ---- imports ------------------------------------------------------------------ */

static void
read_geolocation(struct book *b, const struct import *i,
    const struct geolocation *g)
{
	struct place_said s = {
		.words = g->place, .database = g->database, .build = g->build,
		.looked_up = g->looked_up, .radius = g->radius_km,
		.import = i, .row = g->row, .built = day_read(g->build),
		.looked = day_read(g->looked_up),
	};
	unsigned bad = ROW_MALFORMED | ROW_DUPLICATE | ROW_IP_NONE |
	    ROW_IP_BAD | ROW_IP_RANGE;

	if ((g->faults & bad) != 0 || g->ip.family == 0 || *g->place == '\0')
		return;
	place_of_words(g->place, s.code);
	g_array_append_val(address_get(b, &g->ip)->places, s);
}

/* Routing, registration: who had the address then.  A name's past is not that. */
static const char *const name_types[] = {
	"cname", "mx", "ns", "soa", "txt", "certificate", "tls", "ct", "page",
};

static const char *const address_types[] = { "a", "aaaa", "dns", "passive dns",
	"passive-dns", "pdns" };

static gboolean
among(const char *type, const char *const *types, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (g_ascii_strcasecmp(type, types[i]) == 0)
			return TRUE;
	return FALSE;
}

/* A target's, or below one.  An access provider gives names to its customers'
 * addresses too: any other name says nothing of who has one. */
static gboolean
name_of_case(const struct record *rec, const char *name)
{
	g_autofree char *low = host_canonical(name, NULL);

	if (low == NULL)
		return FALSE;
	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *run = g_ptr_array_index(rec->runs, i);

		for (guint k = 0; k < run->targets->len; k++)
			if (name_under(low, run->targets->pdata[k]))
				return TRUE;
	}
	return FALSE;
}

/* What DNS said of a name makes the address a host's, in the past too; told as
 * "NAME a ADDRESS", or the other way round. */
static void
read_named(struct book *b, const struct past_said *said)
{
	const struct history *h = said->row;
	const char *name = h->subject;
	struct address *a = address_named(b, h->value);

	if (a == NULL) {
		a = address_named(b, h->subject);
		name = h->value;
	}
	if (a == NULL || !name_of_case(b->rec, name))
		return;
	a->marks |= MARK_NAMED;
	if (a->named.import == NULL)
		a->named = *said;
}

static void
read_history(struct book *b, const struct import *i, const struct history *h)
{
	struct past_said said = { .import = i, .row = h,
		.from = day_read(h->first_seen), .to = day_read(h->last_seen) };

	if ((h->faults & (ROW_MALFORMED | ROW_DUPLICATE)) != 0 ||
	    *h->value == '\0')
		return;
	if (among(h->type, address_types, G_N_ELEMENTS(address_types)))
		read_named(b, &said);
	else if (!among(h->type, name_types, G_N_ELEMENTS(name_types)) &&
	    inet_read_network(h->subject, &said.net) == 0)
		g_array_append_val(b->past, said);
}

static void
read_import(struct book *b, const struct import *i)
{
	for (guint k = 0; i->kind == IMPORT_GEOLOCATION && k < i->rows->len;
	    k++)
		read_geolocation(b, i, &g_array_index(i->rows,
		    struct geolocation, k));
	for (guint k = 0; i->kind == IMPORT_HISTORY && k < i->rows->len; k++)
		read_history(b, i, &g_array_index(i->rows, struct history, k));
}

/* ---- all of it ------------------------------------------------------------------ */

struct book *
book_new(const struct record *rec, const GPtrArray *roles)
{
	struct book *b = g_new0(struct book, 1);
	struct hash_key key;

	hash_key_of_imports(&key, rec->imports);
	b->rec = rec;
	b->by_ip = keyed_new(&key);
	b->addresses = g_ptr_array_new_with_free_func(address_free);
	b->own = g_ptr_array_new_with_free_func(g_free);
	b->past = g_array_new(FALSE, FALSE, sizeof(struct past_said));
	for (guint i = 0; i < b->rec->own->len; i++)
		add_own(b, g_ptr_array_index(b->rec->own, i));
	book_spans(b);
	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *run = g_ptr_array_index(rec->runs, i);

		for (guint k = 0; k < run->facts->len; k++)
			read_fact(b, run, g_ptr_array_index(run->facts, k));
		for (guint k = 0; k < run->log->len; k++)
			read_row(b, g_ptr_array_index(run->log, k));
	}
	read_roles(b, roles);
	for (guint i = 0; i < rec->imports->len; i++)
		read_import(b, g_ptr_array_index(rec->imports, i));
	return b;
}

void
book_free(struct book *b)
{
	if (b == NULL)
		return;
	keyed_free(b->by_ip);
	g_ptr_array_unref(b->addresses);
	g_ptr_array_unref(b->own);
	g_array_unref(b->past);
	g_array_unref(b->spans);
	g_free(b);
}

const struct address *
book_find(const struct book *b, const struct inet *ip)
{
	uint32_t at = keyed_find(b->by_ip, ip, sizeof(*ip));

	return at != KEYED_NONE ? g_ptr_array_index(b->addresses, at) : NULL;
}

gboolean
book_own(const struct book *b, const struct inet *ip)
{
	for (guint i = 0; i < b->own->len; i++)
		if (inet_holds(g_ptr_array_index(b->own, i), ip))
			return TRUE;
	return FALSE;
}

unsigned
book_marks(const struct book *b, const struct inet *ip)
{
	const struct address *a = book_find(b, ip);

	return (a != NULL ? a->marks : 0u) |
	    (book_own(b, ip) ? (unsigned)MARK_OWN : 0u);
}

const char *
mark_says(enum mark mark)
{
	switch (mark) {
	case MARK_EXIT:
		return "an exit of Tor or of a VPN, by a list";
	case MARK_HOSTING:
		return "of a hosting or delivery network, by a list or the registry";
	case MARK_ROLE:
		return "an address of a host or server in this record";
	case MARK_NAMED:
		return "by past data, a name of a target had it";
	case MARK_OWN:
		return "of the plaintiff's side (own_addresses.txt, or the "
		    "address that a run was seen from)";
	}
	return "";
}
