/*
 * place.compared: what the sources name for an address, each by itself.  Agree
 * speaks of the databases only; nothing is decided by majority.
 */

#include <string.h>

#include "probes/join_priv.h"

/* The countries that a kind of source names. */
static const struct {
	enum fact_kind	 kind;
	gboolean	 joined;	/* stands among the joins' own */
	const char	*field;
} sources[] = {
	{ FACT_GEO_PLACE,	FALSE,	"countries" },
	{ FACT_GEOFEED_PLACE,	TRUE,	"geofeed" },
	{ FACT_PLACE_HINT,	TRUE,	"hints" },
};

static int
countries_of(struct join *j, struct fact *f, size_t source)
{
	const GPtrArray *all = sources[source].joined ? j->out : j->facts;
	json_t *countries = json_array();
	int n = 0;

	for (guint i = 0; i < all->len; i++) {
		const struct fact *g = all->pdata[i];

		if (!join_is(g, sources[source].kind, f->subject) ||
		    *fact_str(g, "country") == '\0')
			continue;
		n++;
		join_array_add(countries, fact_str(g, "country"));
		join_rests_on(f, g);
	}
	json_object_set_new(f->value, sources[source].field, countries);
	return n;
}

/* Countries that the bound speaks of with that verdict. */
static void
bound_says(struct join *j, struct fact *f, const char *verdict)
{
	json_t *countries = json_array();
	const json_t *p;
	size_t k;

	for (guint i = 0; i < j->out->len; i++) {
		const struct fact *g = j->out->pdata[i];

		if (!join_is(g, FACT_PLACE_BOUND, f->subject))
			continue;
		json_array_foreach(fact_get(g, "places"), k, p) {
			const char *c = json_string_value(json_object_get(p,
			    "country"));

			if (strcmp(json_string_value(json_object_get(p,
			    "verdict")), verdict) == 0 && *c != '\0')
				join_array_add(countries, c);
		}
	}
	json_object_set_new(f->value, verdict, countries);
}

/* An edge of a delivery network stands in many places under one address: what
 * is named for it is no place of a server.  The provider, by a list. */
static void
edge_of(struct join *j, struct fact *f)
{
	const char *provider = "";

	for (guint i = 0; i < j->facts->len && *provider == '\0'; i++) {
		const struct fact *g = j->facts->pdata[i];

		if (!join_is(g, FACT_IP_LISTED, f->subject) ||
		    strcmp(fact_str(g, "what"), "cdn") != 0)
			continue;
		provider = fact_str(g, "provider");
		provider = *provider != '\0' ? provider : "not named";
		join_rests_on(f, g);
	}
	json_object_set_new(f->value, "edge", json_string(provider));
}

static void
place_of(struct join *j, const char *ip)
{
	struct fact *f = join_fact(j, FACT_PLACE_COMPARED, ip, json_object());
	int databases = countries_of(j, f, 0);

	for (size_t i = 1; i < G_N_ELEMENTS(sources); i++)
		countries_of(j, f, i);
	json_object_set_new(f->value, "agree", json_boolean(json_array_size(
	    fact_get(f, "countries")) == 1));
	json_object_set_new(f->value, "databases", json_integer(databases));
	bound_says(j, f, "excluded");
	bound_says(j, f, "unlikely");
	edge_of(j, f);
}

void
join_places(struct join *j)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *f = j->facts->pdata[i];

		if (f->kind == FACT_GEO_PLACE &&
		    *fact_str(f, "country") != '\0' &&
		    g_hash_table_add(seen, f->subject))
			place_of(j, f->subject);
	}
}
