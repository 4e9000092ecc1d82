/*
 * An assessment held against what was written down before: a line of TAP for
 * each line of expect.tsv.
 */

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "tests/cases/tool/tool.h"

enum column { ELEMENT, SCOPE, FORUM, STATUS, FLAGS, FOR, AGAINST, MISSING, NOTE,
	SUPPLY, COLUMNS };
static const char *const names[COLUMNS] = { "element", "scope", "forum",
	"status", "flags", "for", "against", "missing", "note",
	"supply" };

struct holding {
	const char	*casedir, *file;	/* file: as messages show it */
	const char	*what;			/* what this assessment is of */
	json_t		*doc;
	enum column	 order[COLUMNS];	/* column of the file -> meaning */
	unsigned	 columns;
	unsigned	 line, n, bad;
	const char	*cell[COLUMNS];		/* of the line at hand, "" */
};

/* ---- what was got ----------------------------------------------------------- */

static const char *
str(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static gboolean
fits(const char *pattern, const char *s)
{
	return *pattern == '\0' || g_pattern_match_simple(pattern, s);
}

/* Findings of the element, scope and forum of the line; an array, borrowed. */
static json_t *
findings_of(const struct holding *h)
{
	json_t *got = json_array(), *f;
	size_t i;

	json_array_foreach(json_object_get(h->doc, "findings"), i, f) {
		const char *forum = str(f, "forum");

		if (strcmp(str(f, "element"), h->cell[ELEMENT]) == 0 &&
		    fits(h->cell[SCOPE], str(f, "scope")) &&
		    fits(h->cell[FORUM], *forum != '\0' ? forum : "-"))
			json_array_append(got, f);
	}
	return got;
}

/* "facet.route" of the entity in the column scope, in the shape of a finding. */
static json_t *
facets_of(const struct holding *h)
{
	const char *facet = h->cell[ELEMENT] + strlen("facet.");
	json_t *got = json_array(), *e;
	size_t i;

	json_array_foreach(json_object_get(h->doc, "entities"), i, e) {
		json_t *o = json_object_get(json_object_get(e, "facets"), facet);

		if (o == NULL || !fits(h->cell[SCOPE], str(e, "name")))
			continue;
		json_array_append_new(got, json_pack("{s:s, s:s, s:s, s:O?, "
		    "s:[s]}", "element", h->cell[ELEMENT], "scope",
		    str(e, "name"), "status", str(o, "status"), "for",
		    json_object_get(o, "records"), "notes", str(o, "text")));
	}
	return got;
}

/* "overlay.O-WILL": FIRES where a finding of the scope's element has it. */
static json_t *
overlay_of(const struct holding *h)
{
	const char *id = h->cell[ELEMENT] + strlen("overlay."), *fires = "SILENT";
	json_t *f, *o;
	size_t i, k;

	json_array_foreach(json_object_get(h->doc, "findings"), i, f) {
		if (!fits(h->cell[SCOPE], str(f, "element")))
			continue;
		json_array_foreach(json_object_get(f, "overlays"), k, o)
			if (strcmp(str(o, "id"), id) == 0)
				fires = "FIRES";
	}
	return json_pack("[{s:s, s:s, s:s}]", "element", h->cell[ELEMENT],
	    "scope", h->cell[SCOPE], "status", fires);
}

/* ---- one finding against the line ---------------------------------------------- */

/* "NONE|INSUF": one of these; "!SUP|PART": none of these; "*": any. */
static gboolean
status_fits(const char *want, const char *got)
{
	gboolean not = *want == '!';
	g_auto(GStrv) words = g_strsplit(want + (not ? 1 : 0), "|", -1);
	gboolean in = FALSE;

	if (*want == '\0' || strcmp(want, "*") == 0)
		return TRUE;
	for (size_t i = 0; words[i] != NULL; i++)
		in |= strcmp(g_strstrip(words[i]), got) == 0;
	return in != not;
}

/* A word that is none would never be got, and with "!" never missed. */
static gboolean
status_known(const char *want)
{
	static const char known[] = " SUP PART INSUF ADV NONE NC CONF STALE CO "
	    "FIRES SILENT * ";
	g_auto(GStrv) words = g_strsplit(want + (*want == '!'), "|", -1);
	gboolean all = TRUE;

	for (size_t i = 0; words[i] != NULL; i++) {
		g_autofree char *word = g_strconcat(" ",
		    g_strstrip(words[i]), " ", NULL);

		all = all && (word[1] == ' ' || strstr(known, word) != NULL);
	}
	return all;
}

static gboolean
flags_fit(const char *want, const json_t *f)
{
	gboolean adverse = json_is_true(json_object_get(f, "adverse"));

	if (*want == '\0' || strcmp(want, "*") == 0)
		return TRUE;
	return adverse == (strcmp(want, "ADV") == 0);
}

/* One of the texts, or of what they cite, holds the words; "!": none does. */
static gboolean
list_fits(const struct holding *h, const json_t *list, gboolean cites,
    const char *want)
{
	gboolean not = *want == '!', in = FALSE;
	json_t *s;
	size_t i;

	if (*want == '\0' || strcmp(want, "*") == 0)
		return TRUE;
	if (strcmp(want, "-") == 0)
		return json_array_size(list) == 0;
	json_array_foreach(list, i, s) {
		g_autofree char *to = cites ? cited(h->casedir,
		    json_string_value(s)) : g_strdup("");
		g_autofree char *all = g_strconcat(json_string_value(s), " ",
		    to, NULL);

		in |= words_in(all, want + (not ? 1 : 0));
	}
	return in != not;
}

static const struct { enum column column; const char *key; gboolean cites; }
lists[] = {
	{ FOR, "for", TRUE }, { AGAINST, "against", TRUE },
	{ MISSING, "missing", FALSE }, { NOTE, "notes", FALSE },
	{ SUPPLY, "supplied_by", FALSE },
};

/* The first column that does not fit, or COLUMNS. */
static enum column
finding_fits(const struct holding *h, const json_t *f)
{
	if (!status_fits(h->cell[STATUS], str(f, "status")))
		return STATUS;
	if (!flags_fit(h->cell[FLAGS], f))
		return FLAGS;
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		if (!list_fits(h, json_object_get(f, lists[i].key),
		    lists[i].cites, h->cell[lists[i].column]))
			return lists[i].column;
	return COLUMNS;
}

/* ---- what is said ------------------------------------------------------------------ */

static void
say_list(const struct holding *h, const json_t *f, const char *key,
    gboolean cites)
{
	json_t *s;
	size_t i;

	json_array_foreach(json_object_get(f, key), i, s) {
		g_autofree char *to = cites ? cited(h->casedir,
		    json_string_value(s)) : g_strdup("");

		if (i < 6)
			printf("#   %s: %s %.160s\n", key,
			    json_string_value(s), to);
	}
}

static void
say_bad(const struct holding *h, const json_t *f, enum column where)
{
	const char *forum = str(f, "forum");

	printf("# %s:%u: %s: expected %s %s, got %s%s\n", h->file, h->line,
	    h->cell[ELEMENT], names[where], h->cell[where], str(f, "status"),
	    json_is_true(json_object_get(f, "adverse")) ? " with ADV" : "");
	printf("#   scope: %s, forum: %s\n", str(f, "scope"),
	    *forum != '\0' ? forum : "-");
	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
		say_list(h, f, lists[i].key, lists[i].cites);
}

/* No finding of the line's: what there is of the element instead. */
static void
say_none(const struct holding *h)
{
	json_t *f;
	size_t i, n = 0;

	printf("# %s:%u: no finding of %s for scope \"%s\", forum \"%s\"\n",
	    h->file, h->line, h->cell[ELEMENT], h->cell[SCOPE],
	    *h->cell[FORUM] != '\0' ? h->cell[FORUM] : "*");
	json_array_foreach(json_object_get(h->doc, "findings"), i, f) {
		const char *forum = str(f, "forum");

		if (strcmp(str(f, "element"), h->cell[ELEMENT]) != 0)
			continue;
		if (n++ < 12)
			printf("#   there is one for scope \"%s\", forum "
			    "\"%s\": %s\n", str(f, "scope"), *forum != '\0' ?
			    forum : "-", str(f, "status"));
	}
	if (n == 0)
		printf("#   there is no element of that name: goodcause "
		    "explain lists them\n");
}

static void
verdict(struct holding *h, gboolean ok)
{
	h->n++;
	h->bad += ok ? 0 : 1;
	printf("%sok - %s %s:%u %s %s%s%s %s\n", ok ? "" : "not ", h->what,
	    strrchr(h->file, '/') != NULL ? strrchr(h->file, '/') + 1 : h->file,
	    h->line, h->cell[ELEMENT], h->cell[SCOPE],
	    *h->cell[FORUM] != '\0' ? " " : "", h->cell[FORUM],
	    h->cell[STATUS]);
}

static void
line_hold(struct holding *h)
{
	const char *e = h->cell[ELEMENT];
	json_t *got = g_str_has_prefix(e, "facet.") ? facets_of(h) :
	    g_str_has_prefix(e, "overlay.") ? overlay_of(h) : findings_of(h);
	enum column bad = COLUMNS;
	json_t *f, *first = NULL;
	size_t i;

	json_array_foreach(got, i, f) {
		bad = finding_fits(h, f);
		first = f;
		if (bad != COLUMNS)
			break;
	}
	verdict(h, bad == COLUMNS && first != NULL);
	if (first == NULL)
		say_none(h);
	else if (bad != COLUMNS)
		say_bad(h, first, bad);
	json_decref(got);
}

/* ---- lines --------------------------------------------------------------------------- */

static int
line_refuse(const struct holding *h, const char *what)
{
	g_autofree char *why = g_strdup_printf("%s:%u: %s", h->file, h->line,
	    what);

	return tool_fail(why);
}

static int
header(struct holding *h, char **c)
{
	h->columns = 0;
	for (size_t i = 0; c[i] != NULL; i++) {
		int k = 0;

		while (k < COLUMNS && strcmp(names[k], c[i]) != 0)
			k++;
		if (k == COLUMNS || i >= COLUMNS)
			return line_refuse(h, "the header names a column that "
			    "README.md has not");
		h->order[h->columns++] = (enum column)k;
	}
	return 0;
}

static int
line_take(struct holding *h, const char *line)
{
	g_auto(GStrv) c = NULL;

	if (*line == '\0' || *line == '#' || *line == '!')
		return 0;
	c = tsv_cells(line);
	if (strcmp(c[0], "element") == 0)
		return header(h, c);
	if (c[1] == NULL)
		return line_refuse(h, "one cell only; between cells stands a "
		    "tab, or two blanks");
	for (int i = 0; i < COLUMNS; i++)
		h->cell[i] = "";
	for (unsigned i = 0; c[i] != NULL; i++) {
		if (i >= h->columns)
			return line_refuse(h, "more cells than columns");
		h->cell[h->order[i]] = c[i];
	}
	if (!status_known(h->cell[STATUS]))
		return line_refuse(h, "the status is none of SUP PART INSUF ADV "
		    "NONE NC CONF STALE CO, FIRES, SILENT or *");
	line_hold(h);
	return 0;
}

int
tool_expect(char **w)
{
	struct holding h = { .casedir = w[0], .file = w[1],
	    .columns = COLUMNS, .what = w[3] != NULL ? w[3] : "" };
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	json_error_t why;
	int rc = 0;

	for (unsigned i = 0; i < COLUMNS; i++)
		h.order[i] = (enum column)i;
	if (!g_file_get_contents(w[1], &text, NULL, NULL))
		return tool_fail(w[1]);
	h.doc = json_load_file(w[2], 0, &why);
	if (h.doc == NULL)
		return tool_fail(why.text);
	lines = g_strsplit(text, "\n", -1);
	for (unsigned i = 0; lines[i] != NULL && rc == 0; i++) {
		h.line = i + 1;
		g_strchomp(lines[i]);
		rc = line_take(&h, lines[i]);
	}
	json_decref(h.doc);
	return rc != 0 ? rc : h.bad > 0;
}
