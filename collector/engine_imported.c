/*
 * Addresses and keys that imported files name.  They are raised for a goal that
 * is no target: it has no name, its questions are everybody's, it is not bounded
 * like a target but by import.addresses, and nothing is joined from its facts.
 */

#include "collector/engine_priv.h"

void
engine_imported(struct engine *e)
{
	char none[] = "", words[] = "imported addresses";
	const struct target t = { .kind = TARGET_ADDRESS, .text = words,
	    .name = none, .display = words, .registrable = none,
	    .suffix = none, .url = none, .host = none };

	e->imported = goal_new(e, &t);
	e->imported->imported = TRUE;
}

gboolean
engine_view_imported(const struct engine *e, struct target_view *v)
{
	if (e->imported == NULL)
		return FALSE;
	goal_view(e->imported, v);
	v->name = e->imported->t.display;
	return TRUE;
}

/* Told in the log where a limit leaves some out. */
static void
left_out(struct goal *g, enum limit l, unsigned n, const char *what)
{
	g_autofree char *text = g_strdup_printf("%u further %s of imported "
	    "files were not asked about", n, what);

	if (n > 0)
		engine_event(g->e, "limit", json_pack("{s:s, s:I, s:s}",
		    "limit", limit_info(l)->name, "value",
		    (json_int_t)g->e->setup.limits->value[l], "text", text));
}

void
goal_open_imported(struct goal *g, struct raiser *r)
{
	const struct imported *im = g->e->setup.imported;

	left_out(g, LIMIT_IMPORT_ADDRESSES, im->left, "addresses");
	left_out(g, LIMIT_IMPORT_KEYS, im->keys_left, "keys");
	for (guint i = 0; i < im->ask->len; i++)
		raise_imported(r, im->ask->pdata[i]);
	for (guint i = 0; i < im->keys->len; i++)
		raise_mail_key(r, im->keys->pdata[i]);
}
