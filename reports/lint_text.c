/* What lint found, for a terminal and for programs (lint.schema.json). */

#include <string.h>

#include "probes/text.h"
#include "reports/lint_priv.h"
#include "reports/words.h"

/* ---- a terminal --------------------------------------------------------------------------- */

static void
quoted(GString *out, const char *whose, const char *s)
{
	g_autofree char *flat = NULL;

	if (*s == '\0')
		return;
	flat = folded(s, strlen(s));
	g_string_append_printf(out, "    %-11s \xe2\x80\x9c", whose);
	text_term(out, flat, -1);
	g_string_append(out, "\xe2\x80\x9d\n");
}

static void
problem_text(const struct lint *l, const struct lint_view *v,
    const struct lint_problem *p, GString *out)
{
	const char *bold = v->colour ? "\033[1m" : "";
	const char *plain = v->colour ? "\033[0m" : "";

	g_string_append(out, bold);
	text_term(out, l->paper[p->paper]->name, -1);
	g_string_append_printf(out, ":%u:%u:%s ", p->place.line,
	    p->place.column, plain);
	text_term(out, p->what, -1);
	g_string_append_printf(out, " [%s; %s]\n", p->check->id,
	    p->check->elements);
	quoted(out, paper_name(p->paper), p->theirs);
	if (*p->exhibit != '\0' && *p->source != '\0') {
		g_autofree char *whose = g_strdup_printf("%.30s", p->exhibit);

		quoted(out, whose, p->source);
	}
	g_string_append_printf(out, "    to do: %s.\n", p->check->remedy);
}

static void
file_problems(const struct lint *l, GString *out)
{
	for (int p = 0; p < PAPERS; p++)
		for (guint i = 0; l->paper[p] != NULL &&
		    i < l->paper[p]->problems->len; i++) {
			text_term(out, g_ptr_array_index(
			    l->paper[p]->problems, i), -1);
			g_string_append_c(out, '\n');
		}
}

void
lint_text(const struct lint *l, const struct lint_view *v, GString *out)
{
	guint n = l->problems->len;

	file_problems(l, out);
	for (guint i = 0; i < n; i++)
		problem_text(l, v, g_ptr_array_index(l->problems, i), out);
	if (l->not_checked->len > 0)
		g_string_append(out, "Not checked:\n");
	for (guint i = 0; i < l->not_checked->len; i++) {
		g_string_append(out, "  ");
		text_term(out, g_ptr_array_index(l->not_checked, i), -1);
		g_string_append_c(out, '\n');
	}
	g_string_append_printf(out, "%u problem%s by %zu checks of the text "
	    "against the record; a check finds words, not whether an argument "
	    "is good.\n", n, n == 1 ? "" : "s", lint_checks_count);
}

/* ---- programs -------------------------------------------------------------------------------- */

static json_t *
text(const char *s)
{
	return text_json(s, strlen(s));
}

static json_t *
elements_json(const char *of)
{
	g_auto(GStrv) ids = g_strsplit(of, " ", -1);
	json_t *list = json_array();

	for (char **id = ids; *id != NULL; id++)
		json_array_append_new(list, text(*id));
	return list;
}

static json_t *
problem_json(const struct lint *l, const struct lint_problem *p)
{
	json_t *o = json_object();

	json_object_set_new(o, "check", text(p->check->id));
	json_object_set_new(o, "elements", elements_json(p->check->elements));
	json_object_set_new(o, "paper", text(paper_name(p->paper)));
	json_object_set_new(o, "file", text(l->paper[p->paper]->name));
	json_object_set_new(o, "line", json_integer(p->place.line));
	json_object_set_new(o, "column", json_integer(p->place.column));
	json_object_set_new(o, "offset", json_integer(
	    (json_int_t)p->place.offset));
	json_object_set_new(o, "what", text(p->what));
	json_object_set_new(o, "do", text(p->check->remedy));
	json_object_set_new(o, "exhibit", text(p->exhibit));
	json_object_set_new(o, "draft_says", text(p->theirs));
	json_object_set_new(o, "exhibit_says", text(p->source));
	return o;
}

static json_t *
papers_json(const struct lint *l)
{
	json_t *list = json_array();

	for (int p = 0; p < PAPERS; p++) {
		json_t *o, *problems;

		if (l->paper[p] == NULL)
			continue;
		o = json_object();
		problems = json_array();
		for (guint i = 0; i < l->paper[p]->problems->len; i++)
			json_array_append_new(problems, text(g_ptr_array_index(
			    l->paper[p]->problems, i)));
		json_object_set_new(o, "paper", text(paper_name((enum paper)p)));
		json_object_set_new(o, "file", text(l->paper[p]->name));
		json_object_set_new(o, "paragraphs", json_integer(
		    l->paper[p]->paras->len));
		json_object_set_new(o, "reading", problems);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
checks_json(void)
{
	json_t *list = json_array();

	for (size_t i = 0; i < lint_checks_count; i++) {
		json_t *o = json_object();

		json_object_set_new(o, "check", text(lint_checks[i].id));
		json_object_set_new(o, "elements",
		    elements_json(lint_checks[i].elements));
		json_object_set_new(o, "looks_for", text(lint_checks[i].looks));
		json_array_append_new(list, o);
	}
	return list;
}

void
lint_json(const struct lint *l, const struct lint_view *v, GString *out)
{
	json_t *doc = json_object(), *problems = json_array();
	json_t *unchecked = json_array();
	char *bytes;

	for (guint i = 0; i < l->problems->len; i++)
		json_array_append_new(problems, problem_json(l,
		    g_ptr_array_index(l->problems, i)));
	for (guint i = 0; i < l->not_checked->len; i++)
		json_array_append_new(unchecked, text(g_ptr_array_index(
		    l->not_checked, i)));
	json_object_set_new(doc, "goodcause", text(v->version));
	json_object_set_new(doc, "schema", text("lint/1"));
	json_object_set_new(doc, "title", text(l->rec->title));
	json_object_set_new(doc, "papers", papers_json(l));
	json_object_set_new(doc, "checks", checks_json());
	json_object_set_new(doc, "problems", problems);
	json_object_set_new(doc, "not_checked", unchecked);
	bytes = json_dumps(doc, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	g_string_append(out, bytes);
	g_string_append_c(out, '\n');
	free(bytes);
	json_decref(doc);
}
