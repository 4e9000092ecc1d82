/*
 * What NSEC and NSEC3 records deny: RFC 4035 5.4, RFC 5155 8, RFC 9824.
 *
 * The records given were checked already; they are of one message, so at most
 * a handful.
 */

#include <string.h>

#include "probes/dnssec.h"

#define NXNAME	128	/* RFC 9824 2: a type that says that the name is not there */

struct spans {
	const ldns_rr_list	*all;
	const ldns_rdf		*zone;
	ldns_rdf		*name;
	ldns_rr_type		 type;
	struct denial		*d;
};

static ldns_rdf *
dname(const char *text)
{
	g_autofree char *dotted = g_strconcat(text, ".", NULL);
	ldns_rdf *r = NULL;

	return ldns_str2rdf_dname(&r, dotted) == LDNS_STATUS_OK ? r : NULL;
}

static gboolean
same(const ldns_rdf *a, const ldns_rdf *b)
{
	return ldns_dname_compare(a, b) == 0;
}

static gboolean
below(const ldns_rdf *name, const ldns_rdf *zone)
{
	return ldns_dname_is_subdomain(name, zone);
}

static gboolean
bit(const ldns_rr *nsec, int type)
{
	const ldns_rdf *map = ldns_nsec_get_bitmap(nsec);

	return map != NULL && ldns_nsec_bitmap_covers_type(map,
	    (ldns_rr_type)type);
}

/* --- the record at a name ------------------------------------------------- */

/* What the record of the name itself, or of a wildcard, says of the type. */
static gboolean
matched(struct spans *s, const ldns_rr *nsec, gboolean wildcard)
{
	gboolean cut = bit(nsec, LDNS_RR_TYPE_NS) &&
	    !bit(nsec, LDNS_RR_TYPE_SOA);

	if (bit(nsec, (int)s->type) || bit(nsec, LDNS_RR_TYPE_CNAME))
		return FALSE;
	/* The side of the cut that may speak: RFC 6840 4.1, RFC 4035 5.2. */
	if (s->type == LDNS_RR_TYPE_DS ? bit(nsec, LDNS_RR_TYPE_SOA) &&
	    ldns_dname_label_count(s->name) > 0 : cut)
		return FALSE;
	s->d->what = DENIED_TYPE;
	s->d->ns = cut;
	s->d->wildcard = wildcard;
	s->d->compact = bit(nsec, NXNAME);
	return TRUE;
}

/* --- NSEC ----------------------------------------------------------------- */

/* In the span between the record's name and the next.  Not by the record of a
 * delegation or DNAME above the name: RFC 6840 4.1. */
static gboolean
nsec_covers(const ldns_rr *nsec, const ldns_rdf *name)
{
	const ldns_rdf *owner = ldns_rr_owner(nsec);

	if (same(owner, name) || !ldns_nsec_covers_name(nsec, name))
		return FALSE;
	return !below(name, owner) || !(bit(nsec, LDNS_RR_TYPE_DNAME) ||
	    (bit(nsec, LDNS_RR_TYPE_NS) && !bit(nsec, LDNS_RR_TYPE_SOA)));
}

static const ldns_rr *
nsec_at(const struct spans *s, const ldns_rdf *name, gboolean covers)
{
	for (size_t i = 0; i < ldns_rr_list_rr_count(s->all); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(s->all, i);

		if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_NSEC && (covers ?
		    nsec_covers(rr, name) : same(ldns_rr_owner(rr), name)))
			return rr;
	}
	return NULL;
}

/* "*." before the longest name that both names are below. */
static ldns_rdf *
wildcard_of(const ldns_rdf *name, const ldns_rdf *other)
{
	ldns_rdf *up = ldns_rdf_clone(name), *star = NULL;

	while (ldns_dname_label_count(up) > 0 && !same(up, other) &&
	    !below(other, up)) {
		ldns_rdf *next = ldns_dname_left_chop(up);

		ldns_rdf_deep_free(up);
		up = next;
	}
	star = dname("*");
	if (star != NULL && ldns_dname_cat(star, up) != LDNS_STATUS_OK)
		g_clear_pointer(&star, ldns_rdf_deep_free);
	ldns_rdf_deep_free(up);
	return star;
}

static ldns_rdf *
nsec_wildcard(const ldns_rr *nsec, const ldns_rdf *name)
{
	ldns_rdf *a = wildcard_of(name, ldns_rr_owner(nsec));
	ldns_rdf *b = wildcard_of(name, ldns_rr_rdf(nsec, 0));

	if (a != NULL && b != NULL && ldns_dname_label_count(a) <
	    ldns_dname_label_count(b))
		g_clear_pointer(&a, ldns_rdf_deep_free);
	else
		g_clear_pointer(&b, ldns_rdf_deep_free);
	return a != NULL ? a : b;
}

static void
nsec_deny(struct spans *s)
{
	const ldns_rr *at = nsec_at(s, s->name, FALSE), *wild;
	ldns_rdf *star;

	s->d->by = "NSEC";
	if (at != NULL) {
		matched(s, at, FALSE);
		return;
	}
	at = nsec_at(s, s->name, TRUE);
	if (at == NULL)
		return;
	/* The next name is below it: it is there, with nothing at it. */
	if (below(ldns_rr_rdf(at, 0), s->name)) {
		s->d->what = DENIED_TYPE;
		return;
	}
	star = nsec_wildcard(at, s->name);
	if (star == NULL)
		return;
	wild = nsec_at(s, star, FALSE);
	if (wild != NULL)
		matched(s, wild, TRUE);
	else if (nsec_at(s, star, TRUE) != NULL)
		s->d->what = DENIED_NAME;
	ldns_rdf_deep_free(star);
}

/* --- NSEC3 ---------------------------------------------------------------- */

static const ldns_rr *
nsec3_first(const struct spans *s)
{
	for (size_t i = 0; i < ldns_rr_list_rr_count(s->all); i++) {
		const ldns_rr *rr = ldns_rr_list_rr(s->all, i);

		if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_NSEC3 &&
		    ldns_nsec3_algorithm(rr) == 1)
			return rr;
	}
	return NULL;
}

static gboolean
same_hash(const ldns_rr *a, const ldns_rr *b)
{
	return ldns_nsec3_algorithm(a) == ldns_nsec3_algorithm(b) &&
	    ldns_nsec3_iterations(a) == ldns_nsec3_iterations(b) &&
	    ldns_rdf_compare(ldns_rr_rdf(a, 3), ldns_rr_rdf(b, 3)) == 0;
}

/* The record at the name's hash, or the one whose span holds it. */
static const ldns_rr *
nsec3_at(const struct spans *s, const ldns_rdf *name, gboolean covers)
{
	const ldns_rr *first = nsec3_first(s), *found = NULL;
	ldns_rdf *hash = ldns_nsec3_hash_name_frm_nsec3(first, name);

	if (hash == NULL || ldns_dname_cat(hash, s->zone) != LDNS_STATUS_OK) {
		ldns_rdf_deep_free(hash);
		return NULL;
	}
	for (size_t i = 0; i < ldns_rr_list_rr_count(s->all) && found == NULL;
	    i++) {
		const ldns_rr *rr = ldns_rr_list_rr(s->all, i);
		gboolean at;

		if (ldns_rr_get_type(rr) != LDNS_RR_TYPE_NSEC3 ||
		    !same_hash(rr, first))
			continue;
		at = same(ldns_rr_owner(rr), hash);
		if (covers ? !at && ldns_nsec_covers_name(rr, hash) : at)
			found = rr;
	}
	ldns_rdf_deep_free(hash);
	return found;
}

/* The name one label longer than its closest ancestor that is there; NULL where
 * the records do not show that ancestor.  RFC 5155 8.3. */
static ldns_rdf *
next_closer(const struct spans *s)
{
	ldns_rdf *closer = ldns_rdf_clone(s->name);

	while (ldns_dname_label_count(closer) >
	    ldns_dname_label_count(s->zone)) {
		ldns_rdf *up = ldns_dname_left_chop(closer);

		if (nsec3_at(s, up, FALSE) != NULL) {
			ldns_rdf_deep_free(up);
			return closer;
		}
		ldns_rdf_deep_free(closer);
		closer = up;
	}
	ldns_rdf_deep_free(closer);
	return NULL;
}

static void
nsec3_wildcard(struct spans *s, const ldns_rdf *closer)
{
	ldns_rdf *up = ldns_dname_left_chop(closer), *star = dname("*");
	const ldns_rr *wild = NULL;

	if (up != NULL && star != NULL &&
	    ldns_dname_cat(star, up) == LDNS_STATUS_OK) {
		wild = nsec3_at(s, star, FALSE);
		if (wild != NULL)
			matched(s, wild, TRUE);
		else if (nsec3_at(s, star, TRUE) != NULL)
			s->d->what = DENIED_NAME;
	}
	ldns_rdf_deep_free(up);
	ldns_rdf_deep_free(star);
}

static void
nsec3_deny(struct spans *s)
{
	const ldns_rr *first = nsec3_first(s), *at;
	ldns_rdf *closer;

	s->d->by = "NSEC3";
	s->d->iterations = ldns_nsec3_iterations(first);
	if (s->d->iterations > DNSSEC_ITERATIONS) {
		s->d->what = DENIED_COSTLY;
		return;
	}
	at = nsec3_at(s, s->name, FALSE);
	if (at != NULL) {
		matched(s, at, FALSE);
		return;
	}
	closer = next_closer(s);
	if (closer == NULL)
		return;
	at = nsec3_at(s, closer, TRUE);
	if (at != NULL) {
		s->d->optout = ldns_nsec3_optout(at) ? TRUE : FALSE;
		nsec3_wildcard(s, closer);
		if (s->d->optout)
			s->d->what = DENIED_SPAN;
	}
	ldns_rdf_deep_free(closer);
}

/* --- both ----------------------------------------------------------------- */

static gboolean
spans_open(struct spans *s, const char *zone, const char *name)
{
	s->zone = dname(zone);
	s->name = dname(name);
	return s->zone != NULL && s->name != NULL;
}

static void
spans_close(struct spans *s)
{
	ldns_rdf_deep_free((ldns_rdf *)(uintptr_t)s->zone);
	ldns_rdf_deep_free(s->name);
}

void
denial_of(struct denial *d, const ldns_rr_list *nsecs, const char *zone,
    const char *name, ldns_rr_type type)
{
	struct spans s = { .all = nsecs, .type = type, .d = d };

	*d = (struct denial){ .what = DENIED_NOT, .by = "" };
	if (spans_open(&s, zone, name) && ldns_rr_list_rr_count(nsecs) > 0) {
		if (nsec3_first(&s) != NULL)
			nsec3_deny(&s);
		else
			nsec_deny(&s);
	}
	spans_close(&s);
}

/* The last so many labels of the name, and one more. */
static ldns_rdf *
one_more(const ldns_rdf *name, unsigned labels)
{
	ldns_rdf *r = ldns_rdf_clone(name);

	while (ldns_dname_label_count(r) > labels + 1) {
		ldns_rdf *up = ldns_dname_left_chop(r);

		ldns_rdf_deep_free(r);
		r = up;
	}
	return r;
}

gboolean
denial_closer(const ldns_rr_list *nsecs, const char *zone, const char *name,
    unsigned labels, struct denial *d)
{
	struct spans s = { .all = nsecs, .d = d };
	const ldns_rr *at = NULL;
	ldns_rdf *closer;

	*d = (struct denial){ .what = DENIED_NOT, .by = "" };
	if (spans_open(&s, zone, name) && ldns_rr_list_rr_count(nsecs) > 0) {
		closer = one_more(s.name, labels);
		if (nsec3_first(&s) == NULL) {
			d->by = "NSEC";
			at = nsec_at(&s, s.name, TRUE);
		} else if (ldns_nsec3_iterations(nsec3_first(&s)) <=
		    DNSSEC_ITERATIONS) {
			d->by = "NSEC3";
			at = nsec3_at(&s, closer, TRUE);
			d->optout = at != NULL && ldns_nsec3_optout(at);
		}
		ldns_rdf_deep_free(closer);
	}
	spans_close(&s);
	if (at != NULL)
		d->what = DENIED_NAME;
	return at != NULL;
}
