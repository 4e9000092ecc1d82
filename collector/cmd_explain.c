/*
 * goodcause explain: an element of the order in plain words, and how it stands
 * in the case at hand.
 */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/cmd.h"
#include "collector/seal.h"
#include "reports/explain.h"

/* The findings of the case that one stands in, or NULL; a case that cannot be
 * read is told, and the element explained all the same. */
static GPtrArray *
findings_here(const struct globals *g, const struct when *w,
    struct record **rec)
{
	g_autoptr(GError) e = NULL;
	GPtrArray *findings = NULL;
	struct kase k;

	*rec = NULL;
	if (case_load(g->dir, &k, &e) != 0) {
		cmd_error(e);
		return NULL;
	}
	if (k.dir != NULL &&
	    (*rec = case_record_known(&k, w->known, &e)) == NULL)
		cmd_error(e);
	if (*rec != NULL) {
		when_put(w, *rec);
		findings = showing_assess(*rec);
	}
	case_clear(&k);
	return findings;
}

static int
explain(const struct globals *g, const struct element *e, const struct when *w)
{
	g_autoptr(GString) out = g_string_new(NULL);
	struct record *rec = NULL;
	g_autoptr(GPtrArray) findings = NULL;
	int columns = cmd_columns(STDOUT_FILENO);
	gboolean colour = cmd_colour(g, STDOUT_FILENO);

	if (e != NULL || g->json)
		findings = findings_here(g, w, &rec);
	if (g->json)
		explain_json(e, findings, goodcause_version, out);
	else if (e != NULL)
		explain_text(e, findings, columns, colour, out);
	else
		explain_list(columns, colour, out);
	fwrite(out->str, 1, out->len, stdout);
	g_clear_pointer(&findings, g_ptr_array_unref);
	if (rec != NULL)
		record_free(rec);
	return EXIT_DONE;
}

int
cmd_explain(const struct globals *globals, int argc, char **argv)
{
	struct globals g = *globals;
	struct when when = { NULL };
	const GOptionEntry entries[] = { WHEN_OPTIONS(&when),
		{ .long_name = NULL } };
	const struct element *e = NULL;
	int status, over = cmd_options(&g, "explain [ELEMENT]",
	    "The element in plain words, the order's own sentence, what raises "
	    "it and what\ncannot; inside a case also how it stands. Without "
	    "ELEMENT, the list of all.", entries, &argc, &argv);

	if (over != 0)
		return over - 1;
	if (argc > 2)
		return cmd_fail(EXIT_USAGE_, "As in: goodcause explain P-04",
		    "explain: wants one element");
	if (argc == 2 && (e = element_find(argv[1])) == NULL) {
		const struct element *near = explain_nearest(argv[1]);
		g_autofree char *remedy = g_strdup_printf("Did you mean %s, %s? "
		    "\"goodcause explain\" lists them.", near->id, near->label);

		return cmd_fail(EXIT_USAGE_, remedy, "%s: no such element",
		    argv[1]);
	}
	status = when_check(&when, "explain");
	if (status == 0)
		status = explain(&g, e, &when);
	when_clear(&when);
	return status;
}
