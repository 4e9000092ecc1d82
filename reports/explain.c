#include "reports/explain.h"

#include <string.h>

#include "embed.h"
#include "probes/text.h"
#include "reports/judge.h"
#include "reports/overlay.h"
#include "reports/screen.h"
#include "reports/words.h"

#define BIT(s)	(1u << ST_ ## s)

static const struct kind_row {
	char		 kind;
	const char	*says;
} kinds[] = {
	{ 'R', "kind R: a requirement." },
	{ 'S', "kind S: a fact that supports." },
	{ 'N', "kind N: a fact that does not suffice alone." },
	{ 'W', "kind W: facts of this kind are adverse." },
	{ 'T', "kind T: a trap in how the papers are written." },
	{ 'D', "kind D: a standard or context; no fact raises it." },
};

static const char *const scope_words[] = {
	[SCOPE_CASE] = "the case", [SCOPE_DOE] = "each Doe",
	[SCOPE_DOMAIN] = "each domain", [SCOPE_ADDRESS] = "each address",
	[SCOPE_ENTITY] = "each entity",
};

static const char *const forum_words[] = {
	[FORUMS_NONE] = "", [FORUMS_STATE] = ", of the state as forum",
	[FORUMS_US] = ", of the United States as forum",
	[FORUMS_BOTH] = ", of the state and of the United States as forum",
};

enum { INDENT = 13 };

static const struct kind_row *
kind_of(char kind)
{
	size_t i = 0;

	while (i + 1 < G_N_ELEMENTS(kinds) && kinds[i].kind != kind)
		i++;
	return &kinds[i];
}

/*
 * The statuses that it can have, a bit each: its line of data/statuses.txt, which
 * elements_t holds against what predicates give.  Traps have no line there: they
 * fire, or not, or there is no paper; two of them are dates and tables.
 */
static unsigned
statuses_of(const struct element *e)
{
	g_autofree char *line = g_strdup_printf("%s ", e->id);
	const char *p = embed_reports_data_statuses_txt;
	g_auto(GStrv) words = NULL;
	unsigned bits = 0;

	while (p != NULL && !g_str_has_prefix(p, line))
		if ((p = strchr(p, '\n')) != NULL)
			p++;
	if (p == NULL)
		return e->judge == judge_service_date ? BIT(NC) | BIT(CO) :
		    BIT(ADV) | BIT(NONE) | BIT(NC) |
		    (e->judge == judge_trap_party ? BIT(CO) : 0);
	words = g_strsplit_set(p + strlen(line), " \n", STATUSES + 1);
	for (char **w = words; *w != NULL && status_parse(*w) >= 0; w++)
		bits |= 1u << status_parse(*w);
	return bits;
}

/* "kind W: ... Status it can have: ADV, NONE, ...". */
static void
say_kind(struct screen *s, const struct element *e)
{
	unsigned can = statuses_of(e);
	g_autoptr(GString) line = g_string_new(kind_of(e->kind)->says);
	const char *before = " Status it can have: ";

	for (int st = 0; st < STATUSES; st++) {
		if ((can & (1u << st)) == 0)
			continue;
		g_string_append_printf(line, "%s%s", before,
		    status_name((enum status)st));
		before = ", ";
	}
	g_string_append_c(line, '.');
	screen_wrap(s, "", 6, line->str);
}

static void
say_head(struct screen *s, const struct element *e)
{
	g_autofree char *asked = g_strdup_printf("%s. Asked of %s%s.",
	    factor_title(e->factor), scope_words[e->scope],
	    forum_words[e->forums]);

	screen_ink(s, INK_BOLD, e->id);
	g_string_append(s->out, "  ");
	screen_wrap_at(s, 6, 6, e->proposition);
	say_kind(s, e);
	screen_wrap(s, "", 6, asked);
	screen_end(s);
}

static void
say_quote(struct screen *s, const struct element *e)
{
	g_autofree char *quoted = g_strdup_printf("“%s”", e->quote);

	if (*e->quote == '\0') {
		screen_wrap(s, "", 0, "The order does not recite it; it stands "
		    "in the rule.");
	} else {
		g_string_append_printf(s->out, "The order, %s:\n", e->section);
		screen_wrap(s, "  ", 2, quoted);
	}
	screen_end(s);
}

/* Authority that may stand beside it, and what would fire it. */
static void
say_overlays(struct screen *s, const struct element *e)
{
	gboolean first = TRUE;

	for (size_t i = 0; i < overlays_count; i++) {
		const struct overlay *o = &overlays[i];
		g_autofree char *when = overlay_when(o);
		g_autofree char *line = NULL;

		if (!word_in(o->beside, e->id))
			continue;
		line = g_strdup_printf("%s  %s%s%s%s; %s; fires on: %s", o->id,
		    o->authority, *when != '\0' ? " (" : "", when,
		    *when != '\0' ? ")" : "", verified_says(o->verified),
		    signal_says(o->signal));
		screen_wrap(s, first ? "Later law" : "", INDENT, line);
		first = FALSE;
	}
	if (!first)
		screen_wrap(s, "", INDENT, "Table of " RULES_DATE "; none of "
		    "it changes a status.");
}

static void
say_here(struct screen *s, const struct element *e, const GPtrArray *findings)
{
	gboolean first = TRUE;

	for (guint i = 0; findings != NULL && i < findings->len; i++) {
		const struct finding *f = g_ptr_array_index(findings, i);
		g_autofree char *line = NULL;

		if (f->element != e)
			continue;
		line = g_strdup_printf("%s%s  %s%s%s%s%s",
		    status_name(f->status),
		    f->adverse && f->status != ST_ADV ? " ADV" : "", f->scope,
		    f->forum != NULL ? ", " : "",
		    f->forum != NULL ? f->forum : "",
		    f->notes->len > 0 ? ": " : "", f->notes->len > 0 ?
		    (const char *)g_ptr_array_index(f->notes, 0) : "");
		screen_wrap(s, first ? "Here" : "", INDENT, line);
		first = FALSE;
	}
}

void
explain_text(const struct element *e, const GPtrArray *findings, int columns,
    gboolean colour, GString *out)
{
	struct screen s = { out, columns, colour };

	say_head(&s, e);
	say_quote(&s, e);
	screen_wrap(&s, "Raised by", INDENT, e->raises);
	screen_wrap(&s, "Not by", INDENT, e->defeats);
	screen_wrap(&s, "Supplied by", INDENT, supply_says(e->supplier));
	say_overlays(&s, e);
	say_here(&s, e, findings);
}

void
explain_list(int columns, gboolean colour, GString *out)
{
	struct screen s = { out, columns, colour };

	for (size_t i = 0; i < elements_count; i++) {
		if (i == 0 || elements[i].factor != elements[i - 1].factor) {
			if (i > 0)
				screen_end(&s);
			screen_ink(&s, INK_BOLD,
			    factor_title(elements[i].factor));
			screen_end(&s);
		}
		g_string_append_printf(out, "  %s  %c  %s\n", elements[i].id,
		    elements[i].kind, elements[i].label);
	}
}

/* ---- for programs ------------------------------------------------------------- */

static json_t *
here_json(const struct element *e, const GPtrArray *findings)
{
	json_t *list = json_array();

	for (guint i = 0; findings != NULL && i < findings->len; i++) {
		const struct finding *f = g_ptr_array_index(findings, i);
		json_t *o;

		if (f->element != e)
			continue;
		o = json_object();
		json_object_set_new(o, "scope", text_json(f->scope,
		    strlen(f->scope)));
		json_object_set_new(o, "forum", f->forum != NULL ?
		    json_string(f->forum) : json_null());
		json_object_set_new(o, "status",
		    json_string(status_name(f->status)));
		json_object_set_new(o, "adverse", json_boolean(f->adverse));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
beside_json(const struct element *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < overlays_count; i++) {
		const struct overlay *o = &overlays[i];

		if (!word_in(o->beside, e->id))
			continue;
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, "
		    "s:s}", "id", o->id, "authority", o->authority,
		    "verified", verified_name(o->verified), "signal",
		    signal_says(o->signal), "text", o->says));
	}
	return list;
}

static json_t *
forums_json(enum forums forums)
{
	json_t *list = json_array();

	if (forums == FORUMS_STATE || forums == FORUMS_BOTH)
		json_array_append_new(list, json_string("state"));
	if (forums == FORUMS_US || forums == FORUMS_BOTH)
		json_array_append_new(list, json_string("US"));
	return list;
}

static json_t *
statuses_json(const struct element *e)
{
	unsigned can = statuses_of(e);
	json_t *list = json_array();

	for (int st = 0; st < STATUSES; st++)
		if (can & (1u << st))
			json_array_append_new(list, json_string(status_name(
			    (enum status)st)));
	return list;
}

static json_t *
element_json(const struct element *e, const GPtrArray *findings)
{
	const char kind[2] = { e->kind, '\0' };
	json_t *o = json_object();

	json_object_set_new(o, "id", json_string(e->id));
	json_object_set_new(o, "factor", json_string(factor_title(e->factor)));
	json_object_set_new(o, "kind", json_string(kind));
	json_object_set_new(o, "statuses", statuses_json(e));
	json_object_set_new(o, "scope", json_string(scope_words[e->scope]));
	json_object_set_new(o, "forums", forums_json(e->forums));
	json_object_set_new(o, "label", json_string(e->label));
	json_object_set_new(o, "section", json_string(e->section));
	json_object_set_new(o, "proposition", json_string(e->proposition));
	json_object_set_new(o, "quote", json_string(e->quote));
	json_object_set_new(o, "raised_by", json_string(e->raises));
	json_object_set_new(o, "not_by", json_string(e->defeats));
	json_object_set_new(o, "supplied_by", json_string(
	    supply_says(e->supplier)));
	json_object_set_new(o, "overlays", beside_json(e));
	json_object_set_new(o, "here", here_json(e, findings));
	return o;
}

void
explain_json(const struct element *e, const GPtrArray *findings,
    const char *version, GString *out)
{
	json_t *doc = json_object(), *list = json_array();
	char *bytes;

	for (size_t i = 0; i < elements_count; i++)
		if (e == NULL || e == &elements[i])
			json_array_append_new(list, element_json(&elements[i],
			    findings));
	json_object_set_new(doc, "goodcause", json_string(version));
	json_object_set_new(doc, "schema", json_string("explain/1"));
	json_object_set_new(doc, "rules", json_string(RULES_VERSION));
	json_object_set_new(doc, "elements", list);
	bytes = json_dumps(doc, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	g_string_append(out, bytes);
	g_string_append_c(out, '\n');
	free(bytes);
	json_decref(doc);
}

/* ---- what was meant -------------------------------------------------------------- */

/* Letter first, then the number, whatever stands between. */
const struct element *
explain_nearest(const char *id)
{
	char letter = g_ascii_toupper(*id);
	const struct element *best = &elements[0];
	long number, least = 1000;

	while (*id != '\0' && !g_ascii_isdigit(*id))
		id++;
	number = strnlen(id, 4) < 4 ? strtol(id, NULL, 10) : 0;
	for (size_t i = 0; i < elements_count; i++) {
		long n = strtol(elements[i].id + 2, NULL, 10);
		long far = labs(n - number) +
		    (elements[i].id[0] == letter ? 0 : 200);

		if (far < least) {
			least = far;
			best = &elements[i];
		}
	}
	return best;
}
