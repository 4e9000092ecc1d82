/* place.compared: the databases' countries of each address. */

#include <string.h>

#include "probes/join_priv.h"

static void
place_of(struct join *j, const char *ip)
{
	json_t *countries = json_array();
	struct fact *f = join_fact(j, FACT_PLACE_COMPARED, ip, json_object());
	int databases = 0;

	for (guint i = 0; i < j->facts->len; i++) {
		const struct fact *g = j->facts->pdata[i];

		if (!join_is(g, FACT_GEO_PLACE, ip) ||
		    *fact_str(g, "country") == '\0')
			continue;
		databases++;
		join_array_add(countries, fact_str(g, "country"));
		join_rests_on(f, g);
	}
	json_object_set_new(f->value, "countries", countries);
	json_object_set_new(f->value, "agree",
	    json_boolean(json_array_size(countries) == 1));
	json_object_set_new(f->value, "databases", json_integer(databases));
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
