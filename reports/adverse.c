#include "reports/adverse.h"

#include <string.h>

#include "probes/question.h"
#include "reports/judge.h"

/* L-09 looked for a role, words, terms, and found none of them. */
static gboolean
is_nowhere(const GPtrArray *findings, const char *entity)
{
	for (guint i = 0; i < findings->len; i++) {
		const struct finding *f = findings->pdata[i];

		if (strcmp(f->element->id, "L-09") == 0 &&
		    strcmp(f->scope, entity) == 0)
			return f->status == ST_NONE;
	}
	return FALSE;
}

char *
adverse_unnamed(const struct record *rec, const GPtrArray *findings)
{
	g_autoptr(GString) names = g_string_new(NULL);
	guint n = 0;

	for (guint i = 0; i < rec->entities->len; i++) {
		const struct entity *e = rec->entities->pdata[i];

		if (!is_nowhere(findings, e->name))
			continue;
		n++;
		list_add(names, e->name);
	}
	if (n == 0)
		return NULL;
	return g_strdup_printf("%u entit%s of entities.csv %s named in no "
	    "record: %s", n, n == 1 ? "y" : "ies", n == 1 ? "is" : "are",
	    names->str);
}

char *
adverse_failed(const struct record *rec)
{
	const struct run *run = record_last_run(rec);
	g_autoptr(GString) kinds = g_string_new(NULL);
	guint all = 0, failed = 0, of[PROBE_KINDS] = { 0 };

	for (guint i = 0; run != NULL && i < run->log->len; i++) {
		const struct log_row *row = run->log->pdata[i];

		if (strcmp(row->type, "exchange") != 0)
			continue;
		all++;
		if (row->status == X_ANSWERED)
			continue;
		failed++;
		of[row->kind]++;
	}
	if (failed == 0)
		return NULL;
	for (int k = 0; k < PROBE_KINDS; k++)
		if (of[k] > 0)
			g_string_append_printf(kinds, "%s%u %s", kinds->len >
			    0 ? ", " : "", of[k],
			    probe_kind_name((enum probe_kind)k));
	return g_strdup_printf("%u of %u questions of run %s had no answer "
	    "(%s): what they would have shown is not collected, and nowhere "
	    "taken for absent", failed, all, run->name, kinds->str);
}
