#ifndef PROBES_EXTENT_H
#define PROBES_EXTENT_H

/*
 * Where on the globe something lies: a few circles that together hold all of
 * it.  For countries and states of the US they come from data/extents.tsv; a
 * point with a radius is one circle.  Kilometres on a sphere of the mean radius
 * of the earth; an ellipsoid differs by at most 0.6 %, and extent_apart() gives
 * that much away, so that what it calls too far is too far.
 *
 * Pure; the table is read from the program's own copy at the first use.
 */

#include <glib.h>
#include <stdint.h>

#define EXTENT_CIRCLES	12

struct circle {
	double		 lat, lon;	/* degrees */
	double		 km;
};

struct extent {
	unsigned	 n;
	struct circle	 at[EXTENT_CIRCLES];
};

/* "NL", "US-HI"; a subdivision without a row of its own is its country.
 * FALSE where the code is not known. */
gboolean	 extent_of(const char *code, struct extent *);
/* The row's English name, NULL where the code has no row. */
const char	*extent_name(const char *code);
/* A decimal of degrees, nothing else: FALSE where it is not one in the range. */
gboolean	 extent_degrees(const char *text, double most, double *out);
gboolean	 extent_point(const char *lat, const char *lon, double km,
		    struct extent *);
/* The least distance that any point of one may have from any of the other, in
 * whole kilometres, rounded down. */
int64_t		 extent_apart(const struct extent *, const struct extent *);

/* How far light comes in half of a round trip, in whole kilometres, rounded up:
 * in vacuum, and in glass at two thirds of that. */
int64_t		 light_km(int64_t round_trip_ns);
int64_t		 fibre_km(int64_t round_trip_ns);

#endif
