#include "tests/unit/joinkit.h"

#include <string.h>

GPtrArray *
log_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)fact_free);
}

void
log_add(GPtrArray *log, enum fact_kind kind, const char *subject, json_t *value)
{
	struct fact *f = fact_new(kind, subject, value);

	f->id = log->len + 1;
	g_free(f->at);
	f->at = g_strdup_printf("2026-01-01T00:00:%02u.000000Z", log->len % 60);
	g_ptr_array_add(log, f);
}

void
log_add_str(GPtrArray *log, enum fact_kind kind, const char *subject,
    const char *field, const char *value)
{
	log_add(log, kind, subject, json_pack("{s:s}", field, value));
}

void
log_add_line(GPtrArray *log, const char *line)
{
	struct fact *f = fact_from_line(line, strlen(line));
	guint id = log->len + 1;

	g_assert_nonnull(f);
	f->id = id;
	g_ptr_array_add(log, f);
}

void
log_add_registrar(GPtrArray *log, const char *subject, const char *role,
    const char *name)
{
	log_add(log, FACT_RDAP_ENTITY, subject, json_pack("{s:[s], s:s}", "roles",
	    role, "name", name));
}

void
log_add_whois(GPtrArray *log, const char *subject, const char *field,
    const char *value)
{
	log_add(log, FACT_WHOIS_FIELD, subject, json_pack("{s:s, s:s}", "field",
	    field, "value", value));
}

static char *
from_text(const struct fact *f)
{
	GString *s = g_string_new(NULL);

	for (guint i = 0; i < f->from->len; i++)
		g_string_append_printf(s, "%s%u", i > 0 ? " " : "",
		    (unsigned)g_array_index(f->from, uint64_t, i));
	return g_string_free(s, FALSE);
}

const struct fact *
joined_find(const GPtrArray *out, enum fact_kind kind, const char *subject)
{
	const struct fact *found = NULL;

	for (guint i = 0; i < out->len; i++) {
		const struct fact *f = out->pdata[i];

		if (f->kind != kind || strcmp(f->subject, subject) != 0)
			continue;
		g_assert_null(found);
		found = f;
	}
	return found;
}

void
joined_check(const GPtrArray *out, enum fact_kind kind, const char *subject,
    const char *value, const char *from)
{
	const struct fact *f = joined_find(out, kind, subject);
	g_autofree char *ids = NULL, *is = NULL, *should = NULL;
	json_t *want = json_loads(value, 0, NULL);

	g_assert_nonnull(f);
	g_assert_nonnull(want);
	is = json_dumps(f->value, JSON_SORT_KEYS | JSON_COMPACT);
	should = json_dumps(want, JSON_SORT_KEYS | JSON_COMPACT);
	g_assert_cmpstr(is, ==, should);
	g_assert_cmpint(f->type, ==, DERIVED);
	g_assert_cmpstr(f->reader, ==, JOIN_VERSION);
	ids = from_text(f);
	g_assert_cmpstr(ids, ==, from);
	json_decref(want);
}
