/* Citations in a draft. */

#include "reports/motion_cite.h"

#include <string.h>

#define LABEL	"(?:[A-Z]{1,2}-\\d{1,4}|(?!I\\b)[A-Z]{1,2}\\b|" \
		"\\d{1,4}(?:-[A-Z0-9]{1,3})?)"
#define WS	"[ \\n\\r\\x{a0}]"
#define MARK	"[\"\\x{201c}\\x{201d}]?"	/* Exhibit "A" */
#define AND	"(?:," MARK WS "*(?:and" WS "+|&" WS "*)?|" MARK WS "+(?:and|&|" \
		"through|to)" WS "+|[\\x{2011}\\x{2013}\\x{2014}]|-(?=[A-Z]\\b))"
#define RANGE_MOST	60u	/* exhibits that "3 to 9" may stand for */
#define PARA	"(?:\xc2\xb6+|\xc2\xa7+|paras?\\.?|paragraphs?)"

/* A group of the name "l" is the label, "list" several of them. */
static const struct {
	enum cite_kind	 kind;
	const char	*pattern;
} rows[] = {
	{ CITE_EXHIBIT, "\\b(?:Exhibits?|EXHIBITS?|Exhs?\\.?|Exs?\\.|EXS?\\.|"
	    "Attachments?|ATTACHMENTS?|Attach\\.|Appendix|APPENDIX|Appendices)"
	    WS "+"
	    "(?:[Nn]os?\\." WS "*|#" WS "*)?" MARK "(?<list>" LABEL "(?:" AND
	    MARK LABEL ")*)" },
	{ CITE_RECORD, "\\b(?<l>\\d{6}/F-\\d{6}|I-\\d{4}(?::\\d+)?|"
	    "\\d{6}:\\d+)\\b" },
	{ CITE_DOCKET, "\\b(?:ECF|Dkt\\.?|Doc\\.?|Docket)" WS "*(?:Entry|"
	    "Nos?\\.?)?" WS "*#?" WS "*(?<list>\\d{1,4}(?:-\\d{1,3})?(?:" AND
	    "\\d{1,4}(?:-\\d{1,3})?)*)" },
	{ CITE_DECLARATION, "\\b(?:Decl\\.|Declaration|Aff\\.|Affidavit)"
	    "[^.;\\n]{0,60}?" PARA WS "*(?<l>\\d+)" },
	{ CITE_DECLARATION, "\\bDecl\\.(?!" WS "*(?:of\\b[^.;]{0,60})?" PARA
	    ")(?<l>)" },
	{ CITE_PLEADING, "\\b(?:Compl\\.|Complaint|FAC|SAC)," "?" WS "*(?:at"
	    WS "*)?" PARA WS "*(?<l>\\d+)" },
	{ CITE_LAW, "\\b\\d{1,4}" WS "+(?:U\\." WS "?S\\." "|S\\." WS "?Ct\\.|"
	    "L\\." WS "?Ed\\.|F\\." WS "?(?:2d|3d|4th)|F\\." WS "?Supp\\." WS
	    "?(?:2d|3d)?|F\\.R\\.D\\.|WL|B\\.R\\.|P\\." WS "?(?:2d|3d)|Fed\\."
	    WS "?App)" "[^a-z]{0,3}(?:at" WS "+)?\\d+" },
	{ CITE_LAW, "\\b\\d{1,3}" WS "+(?:U\\." WS "?S\\." WS "?C\\.|C\\.F\\.R"
	    "\\.|USC)" },
	{ CITE_LAW, "\\b(?:Fed\\." WS "*R\\." WS "*(?:Civ|Evid|App)\\.|FRCP|"
	    "FRE|LR|Local" WS "+Rule|Rule|Rules|Section|Article|Art\\.)" WS
	    "*(?:P\\.)?" WS "*\\d" },
	{ CITE_LAW, "\\b(?:[Ii]d\\.|[Ii]bid\\.|supra)" },
	{ CITE_LAW, "\\b(?:Order|Mot\\.|Motion|Mem\\.|Opp'?n|Tr\\.|Transcript)"
	    WS "+at" WS "+\\d" },
	{ CITE_LAW, "\\xa7" WS "*\\d" },
};

struct cite_finder {
	GRegex	*each[G_N_ELEMENTS(rows)];
	GRegex	*label;
};

struct cite_finder *
cite_finder_new(void)
{
	struct cite_finder *f = g_new0(struct cite_finder, 1);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		f->each[i] = g_regex_new(rows[i].pattern, G_REGEX_OPTIMIZE, 0,
		    NULL);
	f->label = g_regex_new("(?<sep>" AND ")?" MARK "(?<l>" LABEL ")",
	    G_REGEX_OPTIMIZE, 0, NULL);
	return f;
}

void
cite_finder_free(struct cite_finder *f)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_regex_unref(f->each[i]);
	g_regex_unref(f->label);
	g_free(f);
}

static void
add(struct motion *m, const struct cite *like, const char *label)
{
	struct cite c = *like;

	c.label = g_string_chunk_insert(m->chunk, label);
	g_array_append_val(m->cites, c);
}

/* What stands between the ends of a range. */
static gboolean
is_through(const char *sep)
{
	static const char *const words[] = { "through", "to", "-",
		"\xe2\x80\x91", "\xe2\x80\x93", "\xe2\x80\x94" };

	for (size_t i = 0; sep != NULL && i < G_N_ELEMENTS(words); i++)
		if (strstr(sep, words[i]) != NULL)
			return TRUE;
	return FALSE;
}

static gboolean
is_number(const char *s)
{
	return *s != '\0' && s[strspn(s, "0123456789")] == '\0';
}

static void
add_numbers(struct motion *m, const struct cite *like, guint64 from, guint64 end)
{
	char label[32];

	for (guint64 i = from; i < end && end - from <= RANGE_MOST; i++) {
		g_snprintf(label, sizeof(label), "%" G_GUINT64_FORMAT, i);
		add(m, like, label);
	}
}

/* "A through D": B and C too; "3 to 6": 4 and 5. */
static void
add_between(struct motion *m, const struct cite *like, const char *sep,
    const char *from, const char *to)
{
	if (from == NULL || !is_through(sep))
		return;
	if (is_number(from) && is_number(to))
		add_numbers(m, like, g_ascii_strtoull(from, NULL, 10) + 1,
		    g_ascii_strtoull(to, NULL, 10));
	if (from[1] != '\0' || to[1] != '\0' || !g_ascii_isupper(*from) ||
	    !g_ascii_isupper(*to))
		return;
	for (char c = (char)(*from + 1); c < *to; c++)
		add(m, like, (char[2]){ c, '\0' });
}

/* "Exs. 3-5" are three exhibits; "Ex. 3-5" is one, and so are "Exs. 12-1, 12-2"
 * one each.  TRUE where it was a range, and is added. */
static gboolean
add_range(struct motion *m, const struct cite *like, const char *list,
    const char *label)
{
	const char *word = motion_text(m) + like->at, *dash = strchr(label, '-');
	guint64 from = g_ascii_strtoull(label, NULL, 10), to;
	g_autofree char *prefix = NULL;
	const char *first;

	if (dash == NULL || !g_ascii_isdigit(*label) || !is_number(dash + 1) ||
	    like->kind != CITE_EXHIBIT || g_ascii_tolower(word[strcspn(word,
	    ". \n\r\xc2") - 1]) != 's')
		return FALSE;
	prefix = g_strndup(label, (gsize)(dash - label) + 1);
	first = strstr(list, prefix);
	to = g_ascii_strtoull(dash + 1, NULL, 10);
	if (from >= to || to - from > RANGE_MOST || first == NULL ||
	    strstr(first + 1, prefix) != NULL)
		return FALSE;
	add_numbers(m, like, from, to + 1);
	return TRUE;
}

static void
add_list(struct cite_finder *f, struct motion *m, const struct cite *like,
    const char *list)
{
	g_autoptr(GMatchInfo) info = NULL;
	g_autofree char *before = NULL;

	g_regex_match(f->label, list, 0, &info);
	while (g_match_info_matches(info)) {
		g_autofree char *sep = g_match_info_fetch_named(info, "sep");
		char *label = g_match_info_fetch_named(info, "l");

		add_between(m, like, sep, before, label);
		if (!add_range(m, like, list, label))
			add(m, like, label);
		g_free(before);
		before = label;
		g_match_info_next(info, NULL);
	}
}

static void
row_find(struct cite_finder *f, size_t row, struct motion *m, guint para,
    const struct block *b)
{
	g_autoptr(GMatchInfo) info = NULL;
	const char *s = motion_text(m) + b->at;

	g_regex_match_full(f->each[row], s, (gssize)b->len, 0, 0, &info, NULL);
	while (g_match_info_matches(info)) {
		g_autofree char *list = g_match_info_fetch_named(info, "list");
		g_autofree char *l = g_match_info_fetch_named(info, "l");
		int from = 0, to = 0;
		struct cite c = { rows[row].kind, para, b->at, 0, "" };

		g_match_info_fetch_pos(info, 0, &from, &to);
		c.at += (size_t)from;
		c.len = (size_t)(to - from);
		if (list != NULL && *list != '\0')
			add_list(f, m, &c, list);
		else
			add(m, &c, l != NULL ? l : "");
		g_match_info_next(info, NULL);
	}
}

static gint
by_place(gconstpointer a, gconstpointer b)
{
	const struct cite *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return strcmp(x->label, y->label);
}

void
cites_find(struct cite_finder *f, struct motion *m, guint para,
    const struct block *b)
{
	guint first = m->cites->len;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		row_find(f, i, m, para, b);
	if (m->cites->len > first + 1)
		qsort(&g_array_index(m->cites, struct cite, first),
		    m->cites->len - first, sizeof(struct cite), by_place);
}
