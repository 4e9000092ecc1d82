/* Roles that imported activity logs give addresses of a run. */

#include <string.h>

#include "reports/role_priv.h"
#include "reports/sight.h"

static gboolean
has_logs(const struct record *rec)
{
	for (guint i = 0; i < rec->imports->len; i++) {
		const struct import *m = g_ptr_array_index(rec->imports, i);

		if (m->kind == IMPORT_ACTIVITY)
			return TRUE;
	}
	return FALSE;
}

static gboolean
row_is(const GPtrArray *rows, const char *ip, enum role role)
{
	for (guint i = 0; i < rows->len; i++) {
		const struct role_row *r = g_ptr_array_index(rows, i);

		/* Those that were taken already are gone. */
		if (r != NULL && r->role == role && strcmp(r->ip, ip) == 0)
			return TRUE;
	}
	return FALSE;
}

/* The row's address by its roles in the logs, as new rows; FALSE: in none. */
static gboolean
add_roles(const struct audience *u, const GPtrArray *rows,
    const struct role_row *r, GPtrArray *out)
{
	g_autoptr(GPtrArray) roles = audience_roles_of(u, r->ip);

	for (guint i = 0; i < roles->len; i++) {
		struct role_row *n = g_ptr_array_index(roles, i);

		/* The run's own row of that role cites records. */
		if (n->role != ROLE_UNKNOWN && row_is(rows, r->ip, n->role))
			continue;
		n->run = r->run;
		role_row_borrow(n, r);
		g_ptr_array_add(out, n);
		roles->pdata[i] = NULL;
	}
	return roles->len > 0;
}

static GPtrArray *
with_audience(const struct audience *u, GPtrArray *rows)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(role_row_free);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < rows->len; i++) {
		struct role_row *r = g_ptr_array_index(rows, i);
		gboolean new = g_hash_table_add(seen, r->ip);
		gboolean known = new && add_roles(u, rows, r, out);

		/* "Nothing says more" gives way to what a log says. */
		if (r->role != ROLE_UNKNOWN || !known) {
			g_ptr_array_add(out, r);
			rows->pdata[i] = NULL;
		}
	}
	return out;
}

GPtrArray *
roles_with_logs(const struct record *rec, const struct sight *sight,
    const struct run *run)
{
	GPtrArray *rows = roles_of_run(rec, run), *out;
	struct sight own;

	if (!has_logs(rec))
		return rows;
	if (sight == NULL) {
		sight_init(&own, rec);
		sight = &own;
	}
	out = with_audience(sight->audience, rows);
	sight_done(sight, &own);
	g_ptr_array_unref(rows);
	return out;
}
