#include <string.h>

#include "probes/geo_origin.h"
#include "probes/limits.h"
#include "probes/rdap_json.h"
#include "probes/reader.h"
#include "probes/text.h"

/*
 * A field of geo.place, and where databases keep it: a path through objects
 * and arrays ("0" is the first member).  The first path that leads to a text
 * or a number is taken: flat records (DB-IP style) before nested ones
 * (MaxMind's GeoIP2 schema).
 */
static const struct {
	const char	*field;
	const char	*paths[4];
} places[] = {
	/* A registered country is where a network is registered: no place. */
	{ "country",	{ "country_code", "country/iso_code", "country" } },
	{ "region",	{ "state1", "subdivisions/0/names/en",
			  "subdivisions/0/iso_code", "region" } },
	{ "city",	{ "city/names/en", "city" } },
	{ "lat",	{ "latitude", "location/latitude" } },
	{ "lon",	{ "longitude", "location/longitude" } },
	{ "radius_km",	{ "accuracy_radius", "location/accuracy_radius" } },
};

/* What the conversation says of the database. */
static const struct {
	const char	*field, *meta;
} sources[] = {
	{ "build",	"db.build" },
	{ "sha256",	"db.sha256" },
	{ "licence",	"db.licence" },
	{ "network",	"db.network" },
	{ "type",	"db.type" },
};

static const json_t *
step(const json_t *v, const char *name)
{
	if (json_is_array(v))
		return json_array_get(v, (size_t)g_ascii_strtoull(name, NULL,
		    10));
	return json_object_get(v, name);
}

/* The text at a path; NULL where there is none.  New reference. */
static json_t *
at_path(const json_t *v, const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);

	for (char **p = parts; *p != NULL && v != NULL; p++)
		v = step(v, *p);
	if (!json_is_integer(v) && (!json_is_string(v) ||
	    json_string_length(v) == 0))
		return NULL;
	return rdap_text_of(v);
}

static json_t *
first_of(const json_t *record, const char *const *paths, size_t n)
{
	json_t *found = NULL;

	for (size_t i = 0; i < n && found == NULL && paths[i] != NULL; i++)
		found = at_path(record, paths[i]);
	return found != NULL ? found : json_string("");
}

static json_t *
meta_text(const struct exchange *x, const char *key)
{
	const char *s = exchange_meta_get(x, key);
	json_t *whole = json_string(s != NULL ? s : ""), *text;

	text = rdap_text_of(whole);
	json_decref(whole);
	return text;
}

/* What its publisher warns of, where it does. */
static void
add_caution(const struct exchange *x, json_t *v)
{
	if (exchange_meta_get(x, "db.caution") != NULL)
		json_object_set_new(v, "caution", meta_text(x, "db.caution"));
}

static void
place(const struct exchange *x, const json_t *record, GString *out)
{
	json_t *v = json_object();

	json_object_set_new(v, "db", text_json(x->q->host,
	    strlen(x->q->host)));
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		json_object_set_new(v, places[i].field, first_of(record,
		    places[i].paths, G_N_ELEMENTS(places[i].paths)));
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		json_object_set_new(v, sources[i].field,
		    meta_text(x, sources[i].meta));
	add_caution(x, v);
	fact_emit(out, FACT_GEO_PLACE, x->q->name, v);
}

static void
no_place(const struct exchange *x, GString *out)
{
	json_t *v = json_pack("{s:o}", "db", text_json(x->q->host,
	    strlen(x->q->host)));

	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		json_object_set_new(v, sources[i].field,
		    meta_text(x, sources[i].meta));
	add_caution(x, v);
	fact_emit(out, FACT_GEO_NONE, x->q->name, v);
}

int
geo_parse(const struct exchange *x, GString *out)
{
	json_t *record;
	int rc = 0;
	gsize len = 0;
	const char *text = x->received.bytes != NULL ?
	    g_bytes_get_data(x->received.bytes, &len) : NULL;

	if (strcmp(x->detail, "none") == 0) {
		if (strcmp(x->q->type, "origin") == 0)
			geo_no_origin(x, out);
		else
			no_place(x, out);
		return 0;
	}
	record = rdap_json_load(text, len,
	    (int)limit_info(LIMIT_JSON_DEPTH)->value);
	if (!json_is_object(record)) {
		json_decref(record);
		return -1;
	}
	if (strcmp(x->q->type, "origin") == 0)
		rc = geo_origin(x, record, out);
	else
		place(x, record, out);
	json_decref(record);
	return rc;
}
