/* What is missing, by who could supply it: the worksheet as a list of things to
 * do. */

#include "reports/worksheet_html.h"

#include <string.h>

#include "reports/wants.h"

void
worksheet_id(struct html *h, const struct element *e)
{
	say(h, "<a class=\"nb\" href=\"#%t\">%t</a>", e->id, e->id);
}

void
worksheet_ids(struct html *h, const gboolean *set)
{
	g_autofree char *ids = elements_ids(set);
	g_auto(GStrv) words = g_strsplit(ids, " ", -1);

	for (guint i = 0; words[i] != NULL; i++) {
		char *comma = strchr(words[i], ',');
		const struct element *e;

		if (comma != NULL)
			*comma = '\0';
		e = element_find(words[i]);
		html_raw(h, i > 0 ? " " : "");
		if (e != NULL)
			worksheet_id(h, e);
		else
			html_text(h, words[i]);
		html_raw(h, comma != NULL ? "," : "");
	}
}

/* Up to what ends a command: the bracket it stands in, or a comma. */
static size_t
command_length(const char *says, const char *command)
{
	return strcspn(command, command > says && command[-1] == '(' ? ")" :
	    ",;");
}

void
worksheet_supply(struct html *h, const char *says)
{
	static const char program[] = "goodcause ";
	const char *at = says, *command;

	while ((command = strstr(at, program)) != NULL) {
		size_t n = command_length(says, command);
		g_autofree char *before = g_strndup(at, (size_t)(command - at));
		g_autofree char *typed = g_strndup(command, n);

		say(h, "%t<code>%t</code>", before, typed);
		at = command + n;
	}
	html_text(h, at);
}

/* The one element that asks for a thing, to be named beside it; NULL: several. */
static const struct element *
only_of(const struct wanted *t)
{
	const struct element *only = NULL;

	for (size_t i = 0; i < elements_count; i++) {
		if (t->of[i] && only != NULL)
			return NULL;
		if (t->of[i])
			only = &elements[i];
	}
	return only;
}

static void
thing(struct worksheet_doc *w, const struct wanted *t)
{
	g_autofree char *scopes = wanted_scopes(t);
	const struct element *only = only_of(t);
	struct html *h = &w->h;

	html_raw(h, "<li>");
	worksheet_note(w, t->what);
	if (scopes != NULL)
		say(h, ": %t", scopes);
	html_raw(h, " <small>");
	worksheet_ids(h, t->of);
	if (only != NULL)
		say(h, " %t", only->label);
	html_raw(h, "</small></li>\n");
}

void
worksheet_wants(struct worksheet_doc *w)
{
	static const struct column columns[] = {
		{ 30, "From whom, how" },
		{ 70, "What is missing, and for which elements" },
	};
	g_autoptr(GPtrArray) wants = wants_of(w->rep->findings);
	struct html *h = &w->h;

	if (wants->len == 0) {
		html_raw(h, "<p>Nothing that this program checks is missing."
		    "</p>\n");
		return;
	}
	html_table(h, "want", "What the elements below say is missing, put "
	    "together by who could supply it", "whoever could serve the most "
	    "elements first; whether to ask, and of whom, is for counsel",
	    columns, G_N_ELEMENTS(columns));
	for (guint i = 0; i < wants->len; i++) {
		const struct want *x = g_ptr_array_index(wants, i);

		html_raw(h, "<tr><th scope=\"row\">");
		worksheet_supply(h, supply_says(x->by));
		html_raw(h, "</th><td><ul>\n");
		for (guint k = 0; k < x->things->len; k++)
			thing(w, g_ptr_array_index(x->things, k));
		html_raw(h, "</ul></td></tr>\n");
	}
	html_table_end(h);
}
