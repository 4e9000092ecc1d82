#include "collector/chain.h"

#include <string.h>

char *
asked_what(const struct log_row *row)
{
	if (strcmp(row->type, "exchange") != 0)
		return g_strdup(row->text);
	if (row->kind == PROBE_DNS)
		return g_strdup_printf("%s %s", row->qtype, row->name);
	if (row->kind == PROBE_HTTP || row->kind == PROBE_RDAP ||
	    *row->qtype == '\0')
		return g_strdup(row->name);
	return g_strdup_printf("%s (%s)", row->name, row->qtype);
}

char *
asked_of(const struct log_row *row)
{
	if (*row->server == '\0')
		return g_strdup(row->host);
	if (*row->host == '\0' || strcmp(row->host, row->server) == 0)
		return g_strdup(row->server);
	return g_strdup_printf("%s (%s)", row->server, row->host);
}

/* A cause stands before what it raised, so this ends; the bound is for logs
 * that say otherwise. */
GArray *
causes_of(const struct run *run, const struct log_row *row)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(uint64_t));

	while (row != NULL && row->cause > 0 && out->len < CHAIN_MAX) {
		uint64_t n = row->cause;

		g_array_append_val(out, n);
		row = n < row->n ? run_row(run, n) : NULL;
	}
	return out;
}

json_t *
causes_json(const struct run *run, const struct log_row *row)
{
	g_autoptr(GArray) chain = causes_of(run, row);
	json_t *a = json_array();

	for (guint i = 0; i < chain->len; i++)
		json_array_append_new(a, json_integer(
		    (json_int_t)g_array_index(chain, uint64_t, i)));
	return a;
}
