#include <math.h>
#include <string.h>

#include "embed.h"
#include "probes/extent.h"

#define EARTH_KM	6371.0088	/* IUGG mean radius */
#define ELLIPSOID	0.994		/* of a distance on the sphere */
#define NS_MOST		INT64_C(60000000000)

/* Half of 299792.458 km/s: km a second of round trip, in thousandths. */
#define LIGHT_HALF	INT64_C(149896229)

struct row {
	char		*name;
	struct extent	 extent;
};

static void
row_read(GHashTable *rows, char **field)
{
	struct row *r = g_new0(struct row, 1);
	g_auto(GStrv) circles = g_strsplit(field[2], ";", EXTENT_CIRCLES + 1);

	r->name = g_strdup(field[1]);
	for (char **c = circles; *c != NULL && r->extent.n < EXTENT_CIRCLES;
	    c++) {
		struct circle *at = &r->extent.at[r->extent.n++];
		char *p = *c;

		at->lat = g_ascii_strtod(p, &p);
		at->lon = g_ascii_strtod(p, &p);
		at->km = g_ascii_strtod(p, &p);
	}
	g_hash_table_insert(rows, g_strdup(field[0]), r);
}

static void *
rows_read(void *arg)
{
	GHashTable *rows = g_hash_table_new(g_str_hash, g_str_equal);
	g_auto(GStrv) lines = g_strsplit(embed_probes_data_extents_tsv, "\n",
	    -1);

	(void)arg;
	for (char **l = lines; *l != NULL; l++) {
		g_auto(GStrv) field = g_strsplit(*l, "\t", 4);

		if (**l != '#' && g_strv_length(field) == 3)
			row_read(rows, field);
	}
	return rows;
}

static const struct row *
row_of(const char *code)
{
	static GOnce once = G_ONCE_INIT;

	return g_hash_table_lookup(g_once(&once, rows_read, NULL), code);
}

gboolean
extent_of(const char *code, struct extent *e)
{
	g_autofree char *country = g_strndup(code, strcspn(code, "-"));
	const struct row *r = row_of(code);

	if (r == NULL)
		r = row_of(country);
	if (r == NULL)
		return FALSE;
	*e = r->extent;
	return TRUE;
}

const char *
extent_name(const char *code)
{
	const struct row *r = row_of(code);

	return r != NULL ? r->name : NULL;
}

gboolean
extent_degrees(const char *text, double most, double *out)
{
	char *end = NULL;
	size_t n = strlen(text);

	if (n == 0 || n > 24 || strspn(text, "+-.0123456789") != n)
		return FALSE;
	*out = g_ascii_strtod(text, &end);
	return *end == '\0' && *out >= -most && *out <= most;
}

gboolean
extent_point(const char *lat, const char *lon, double km, struct extent *e)
{
	memset(e, 0, sizeof(*e));
	e->n = 1;
	e->at[0].km = km;
	return extent_degrees(lat, 90, &e->at[0].lat) &&
	    extent_degrees(lon, 180, &e->at[0].lon);
}

/* Haversine: good for small and for large distances. */
static double
centres_km(const struct circle *a, const struct circle *b)
{
	const double rad = G_PI / 180;
	double y = sin((b->lat - a->lat) * rad / 2);
	double x = sin((b->lon - a->lon) * rad / 2);
	double h = y * y + cos(a->lat * rad) * cos(b->lat * rad) * x * x;

	return 2 * EARTH_KM * asin(sqrt(h > 1 ? 1 : h));
}

int64_t
extent_apart(const struct extent *a, const struct extent *b)
{
	double least = -1;

	for (unsigned i = 0; i < a->n; i++) {
		for (unsigned k = 0; k < b->n; k++) {
			double km = centres_km(&a->at[i], &b->at[k]) *
			    ELLIPSOID - a->at[i].km - b->at[k].km;

			km = km < 0 ? 0 : km;
			least = least < 0 || km < least ? km : least;
		}
	}
	return least < 0 ? 0 : (int64_t)least;
}

int64_t
light_km(int64_t ns)
{
	ns = ns < 0 ? 0 : ns > NS_MOST ? NS_MOST : ns;
	/* km = s * 149896.229 = ns * 149896229 / 10^12, in two steps because
	 * the product of the whole would not fit. */
	return (ns / 1000 * LIGHT_HALF + ns % 1000 * LIGHT_HALF / 1000) /
	    INT64_C(1000000000) + 1;
}

int64_t
fibre_km(int64_t ns)
{
	return (light_km(ns) * 2 + 2) / 3;
}
