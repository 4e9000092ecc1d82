/*
 * place.hint: words in reverse names.  place.bound: how far away what answers
 * can be at most, and which of the places named are beyond that.
 *
 * Half of the least round trip, at the speed of light in vacuum, is further
 * than anything that answered can be; in glass light makes two thirds of that,
 * so what lies between the two is unlikely.  It bounds whatever completed the
 * TCP handshake, which may be a machine on the way that answers for another.
 */

#include <string.h>

#include "probes/extent.h"
#include "probes/join_priv.h"
#include "probes/place_hint.h"
#include "probes/vantage.h"

#define RADIUS_KM	100	/* of a point for which nobody gives one */

/* --- hints ------------------------------------------------------------------ */

static void
hints_of(struct join *j, const struct fact *ptr)
{
	struct place_hint h[PLACE_HINTS];
	unsigned n = place_hints(fact_str(ptr, "name"), h);

	for (unsigned i = 0; i < n; i++) {
		struct fact *f = join_fact(j, FACT_PLACE_HINT, ptr->subject,
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name",
		    fact_str(ptr, "name"), "word", h[i].word, "place",
		    h[i].place, "country", h[i].country, "lat", h[i].lat,
		    "lon", h[i].lon, "caution", place_hint_caution));

		join_rests_on(f, ptr);
	}
}

void
join_hints(struct join *j)
{
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_DNS_PTR)
			hints_of(j, f);
	}
}

/* --- bounds ----------------------------------------------------------------- */

struct bound {
	struct join	*j;
	struct fact	*f;
	struct extent	 here;
	gboolean	 known;		/* the vantage's place is declared */
	int64_t		 km, fibre;
};

static const char *
verdict(const struct bound *b, int64_t nearest)
{
	return nearest > b->km ? "excluded" : nearest > b->fibre ? "unlikely" :
	    "possible";
}

/* Who names a place, in which field. */
static const char *
named_by(const struct fact *f)
{
	return fact_str(f, f->kind == FACT_GEO_PLACE ? "db" : f->kind ==
	    FACT_PLACE_HINT ? "word" : "url");
}

static void
place_add(struct bound *b, const struct fact *by, const char *what,
    const struct extent *there)
{
	int64_t nearest = b->known ? extent_apart(&b->here, there) : 0;
	json_t *v = json_pack("{s:s, s:s, s:s, s:s, s:s}", "kind",
	    fact_info(by->kind)->name, "by", named_by(by), "place",
	    what, "country", fact_str(by, "country"), "verdict", b->known ?
	    verdict(b, nearest) : "not tested");

	if (b->known)
		json_object_set_new(v, "nearest_km", json_integer(nearest));
	json_array_append_new(fact_get(b->f, "places"), v);
	join_rests_on(b->f, by);
}

/* The country as a whole, and the point, where one is named. */
static void
claim_hold(struct bound *b, const struct fact *by)
{
	const char *country = fact_str(by, "country");
	const char *region = fact_str(by, "region");
	const char *city = fact_str(by, by->kind == FACT_PLACE_HINT ? "place" :
	    "city");
	const char *radius = fact_str(by, "radius_km");
	struct extent there;
	double km = RADIUS_KM;

	/* RFC 8805: a geofeed's region is a code; a database's is a name. */
	if (by->kind == FACT_GEOFEED_PLACE && extent_name(region) != NULL)
		country = region;
	if (*country != '\0' && extent_of(country, &there))
		place_add(b, by, country, &there);
	if (*radius != '\0' && !extent_degrees(radius, 20038, &km))
		return;
	if (*fact_str(by, "lat") != '\0' && extent_point(fact_str(by, "lat"),
	    fact_str(by, "lon"), km, &there))
		place_add(b, by, *city != '\0' ? city : "the point given",
		    &there);
}

static const struct fact *
least_rtt(const struct join *j, const char *ip)
{
	const struct fact *least = NULL;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (join_is(f, FACT_NET_RTT, ip) && (least == NULL ||
		    fact_int(f, "least", 0) < fact_int(least, "least", 0)))
			least = f;
	}
	return least;
}

static const struct fact *
vantage_of(const struct join *j, struct vantage *v)
{
	memset(v, 0, sizeof(*v));
	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind != FACT_VANTAGE_PLACE)
			continue;
		vantage_read(fact_str(f, "text"), v);
		return f;
	}
	return NULL;
}

static const char *
vantage_word(const struct vantage *v, const struct fact *f)
{
	if (v->lat[0] != '\0')
		return "coordinates";
	if (v->region[0] != '\0')
		return "region";
	if (v->country[0] != '\0')
		return "country";
	return f != NULL ? "words only" : "not declared";
}

static void
bound_of(struct join *j, const char *ip)
{
	struct bound b = { .j = j };
	struct vantage v;
	const struct fact *rtt = least_rtt(j, ip), *from = vantage_of(j, &v);
	int64_t ns = fact_int(rtt, "least", 0);

	b.known = vantage_extent(&v, &b.here);
	b.km = light_km(ns);
	b.fibre = fibre_km(ns);
	b.f = join_fact(j, FACT_PLACE_BOUND, ip, json_pack(
	    "{s:I, s:I, s:I, s:I, s:s, s:s, s:[]}", "least",
	    (json_int_t)ns, "handshakes",
	    (json_int_t)fact_int(rtt, "count", 0), "km", (json_int_t)b.km,
	    "fibre_km", (json_int_t)b.fibre, "vantage", from != NULL ?
	    fact_str(from, "text") : "", "known_by", vantage_word(&v, from),
	    "places"));
	join_rests_on(b.f, rtt);
	if (from != NULL)
		join_rests_on(b.f, from);
	for (guint i = 0; i < j->facts->len; i++)
		if (join_is(j->facts->pdata[i], FACT_GEO_PLACE, ip))
			claim_hold(&b, j->facts->pdata[i]);
	for (guint i = 0, n = j->out->len; i < n; i++)
		if (join_is(j->out->pdata[i], FACT_PLACE_HINT, ip) ||
		    join_is(j->out->pdata[i], FACT_GEOFEED_PLACE, ip))
			claim_hold(&b, j->out->pdata[i]);
}

void
join_bounds(struct join *j)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_NET_RTT &&
		    g_hash_table_add(seen, f->subject))
			bound_of(j, f->subject);
	}
}
