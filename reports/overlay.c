#include "reports/overlay.h"

#include <string.h>

/* Which of the table fired, and what is printed of it. */

#define OVERLAY(id_, authority_, court_, date_, verified_, checked_, signal_, \
    param_, ...)							\
	{ .id = (id_), .authority = (authority_), .court = (court_),	\
	  .date = (date_), .verified = (verified_), .checked = (checked_), \
	  .signal = (signal_), .param = (param_), __VA_ARGS__ },

const struct overlay overlays[] = {
#include "reports/overlay.def"
};
const size_t overlays_count = G_N_ELEMENTS(overlays);

static const struct { const char *name, *says; } verified[] = {
	[VERIFIED_PRIMARY] = { "V1", "primary text (opinion, rule, treaty) or "
	    "the court's or agency's own description seen" },
	[VERIFIED_PUBLISHED] = { "V1", "seen as published; neither opinion, "
	    "rule nor treaty" },
	[VERIFIED_SECONDARY] = { "V2", "seen only in a secondary source (law "
	    "firm's note, case summary, news)" },
	[VERIFIED_RECALLED] = { "R", "recalled; must be checked" },
};

const char *
verified_name(enum verified v)
{
	return verified[v].name;
}

const char *
verified_says(enum verified v)
{
	return verified[v].says;
}

gboolean
word_in(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = words; n > 0 && (p = strstr(p, word)) != NULL;
	    p += n)
		if ((p == words || p[-1] == ' ') &&
		    (p[n] == '\0' || p[n] == ' '))
			return TRUE;
	return FALSE;
}

const struct overlay *
overlay_find(const char *id)
{
	for (size_t i = 0; i < overlays_count; i++)
		if (strcmp(overlays[i].id, id) == 0)
			return &overlays[i];
	return NULL;
}

/* ---- firing ----------------------------------------------------------------- */

static void
note_free(void *p)
{
	struct overlay_note *n = p;

	g_string_free(n->shows, TRUE);
	g_array_unref(n->pointers);
	g_ptr_array_unref(n->scopes);
	g_free(n);
}

static struct overlay_note *
note_new(const struct overlay *row)
{
	struct overlay_note *n = g_new0(struct overlay_note, 1);

	n->row = row;
	n->shows = g_string_new(NULL);
	n->pointers = g_array_new(FALSE, FALSE, sizeof(struct pointer));
	n->scopes = g_ptr_array_new_with_free_func(g_free);
	return n;
}

GPtrArray *
overlays_from(const struct overlay *table, size_t n, const struct sight *sight,
    const GPtrArray *findings)
{
	GPtrArray *fired = g_ptr_array_new_with_free_func(note_free);
	struct overlay_look look = { .rec = sight->rec, .findings = findings,
		.sight = sight };

	for (size_t i = 0; i < n; i++) {
		struct overlay_note *note = note_new(&table[i]);

		if (signal_fires(table[i].signal, &look, note))
			g_ptr_array_add(fired, note);
		else
			note_free(note);
	}
	return fired;
}

GPtrArray *
overlays_of_sight(const struct sight *sight, const GPtrArray *findings)
{
	return overlays_from(overlays, overlays_count, sight, findings);
}

GPtrArray *
overlays_of(const struct record *rec, const GPtrArray *findings)
{
	struct sight sight;
	GPtrArray *fired;

	sight_init_network(&sight, rec);
	fired = overlays_of_sight(&sight, findings);
	sight_clear(&sight);
	return fired;
}

gboolean
overlay_beside(const struct overlay_note *n, const struct finding *f)
{
	if (!word_in(n->row->beside, f->element->id))
		return FALSE;
	if (n->scopes->len == 0 || f->element->scope != SCOPE_ENTITY)
		return TRUE;
	for (guint i = 0; i < n->scopes->len; i++)
		if (strcmp(n->scopes->pdata[i], f->scope) == 0)
			return TRUE;
	return FALSE;
}

/* ---- words ------------------------------------------------------------------ */

char *
overlay_when(const struct overlay *o)
{
	return g_strdup_printf("%s%s%.4s", o->court,
	    *o->court != '\0' && *o->date != '\0' ? " " : "", o->date);
}

static void
add_contrary(GString *s, const struct overlay *o)
{
	g_auto(GStrv) ids = g_strsplit(o->contrary, " ", -1);
	const char *before = "Contrary: ";

	for (char **id = ids; *id != NULL; id++) {
		const struct overlay *c = overlay_find(*id);
		g_autofree char *when = NULL;

		if (c == NULL)
			continue;
		when = overlay_when(c);
		g_string_append_printf(s, "%s%s (%s) [%s]", before,
		    c->authority, when, c->id);
		before = "; ";
	}
	if (*o->contrary != '\0')
		g_string_append(s, ". ");
}

const char *
overlay_stop(const struct overlay_note *n)
{
	return g_str_has_suffix(n->shows->str, ".") ? "" : ".";
}

char *
overlay_text(const struct overlay_note *n)
{
	const struct overlay *o = n->row;
	g_autofree char *when = overlay_when(o);
	GString *s = g_string_new(o->authority);

	if (*when != '\0')
		g_string_append_printf(s, " (%s)", when);
	g_string_append_printf(s, ". %s ", o->says);
	if (n->shows->len > 0)
		g_string_append_printf(s, "In the record: %s%s ",
		    n->shows->str, overlay_stop(n));
	add_contrary(s, o);
	g_string_append_printf(s, "%s, %s%s%s; table of " RULES_DATE ". "
	    "Status unchanged.", verified_name(o->verified),
	    verified_says(o->verified), *o->checked != '\0' ? ": " : "",
	    o->checked);
	return g_string_free(s, FALSE);
}
