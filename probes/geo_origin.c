#include <string.h>

#include "probes/fact.h"
#include "probes/geo_origin.h"
#include "probes/rdap_json.h"
#include "probes/text.h"

static const char *const numbers[] = { "autonomous_system_number", "asn" };
static const char *const names[] = {
	"autonomous_system_organization", "as_organization", "as_name", "org",
};

/* What the conversation says of the database. */
static const struct {
	const char	*field, *meta;
} sources[] = {
	{ "build",	"db.build" },
	{ "sha256",	"db.sha256" },
	{ "licence",	"db.licence" },
	{ "prefix",	"db.network" },
};

/* A number, or one written as text, with or without "AS"; 0 where none. */
static json_int_t
number_of(const json_t *v)
{
	const char *s = json_string_value(v);
	guint64 n = 0;

	if (json_is_integer(v))
		n = (guint64)json_integer_value(v);
	else if (s != NULL && !g_ascii_string_to_unsigned(
	    g_ascii_strncasecmp(s, "AS", 2) == 0 ? s + 2 : s, 10, 1,
	    G_MAXUINT32, &n, NULL))
		n = 0;
	return n <= G_MAXUINT32 ? (json_int_t)n : 0;
}

static void
source_add(const struct exchange *x, json_t *v)
{
	json_object_set_new(v, "db", text_json(x->q->host,
	    strlen(x->q->host)));
	json_object_set_new(v, "source", json_string(x->q->host));
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++) {
		const char *s = exchange_meta_get(x, sources[i].meta);

		json_object_set_new(v, sources[i].field,
		    text_json(s != NULL ? s : "", s != NULL ? strlen(s) : 0));
	}
}

int
geo_origin(const struct exchange *x, const json_t *record, GString *out)
{
	json_int_t as = 0;
	const char *name = NULL;
	json_t *v;

	for (size_t i = 0; i < G_N_ELEMENTS(numbers) && as == 0; i++)
		as = number_of(json_object_get(record, numbers[i]));
	if (as == 0)
		return -1;
	for (size_t i = 0; i < G_N_ELEMENTS(names) && name == NULL; i++)
		name = json_string_value(json_object_get(record, names[i]));
	v = json_pack("{s:I, s:s}", "asn", as, "name", name != NULL ? name :
	    "");
	source_add(x, v);
	fact_emit(out, FACT_IP_ORIGIN, x->q->name, v);
	return 0;
}

void
geo_no_origin(const struct exchange *x, GString *out)
{
	fact_emit(out, FACT_LIST_NONE, x->q->name, json_pack("{s:s, s:[s]}",
	    "of", "asn", "lists", x->q->host));
}
