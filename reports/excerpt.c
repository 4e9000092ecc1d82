/* A quotation to its pieces. */

#include "reports/excerpt_priv.h"

#include <string.h>

#define PIECES_MOST	300u	/* of a quotation; what is behind is taken as it stands */
#define PUT_MOST	1000u	/* bytes of brackets side by side that are shown */
#define BRACKET_MOST	200	/* bytes; more is a bracket of the text itself */

/* ---- dots ----------------------------------------------------------------------------- */

/* ". . .", "....", "…" and "* * *": how long; 0 where it is none. */
static size_t
dots_at(const char *s)
{
	const char *p = s, *last = s;
	unsigned n = 0;
	char dot = *s;

	if (strncmp(s, "\xe2\x80\xa6", 3) == 0)
		return 3;
	if (dot != '.' && dot != '*')
		return 0;
	for (; *p == dot || *p == ' ' || *p == '\n' || *p == '\r' ||
	    strncmp(p, "\xc2\xa0", 2) == 0; p++) {
		if (*p == dot) {
			n++;
			last = p + 1;
		}
		p += *p == '\xc2' ? 1 : 0;
	}
	return n >= 3 ? (size_t)(last - s) : 0;
}

/* ---- brackets -------------------------------------------------------------------------- */

enum bracket { BRACKET_NOTHING, BRACKET_GAP, BRACKET_CASE, BRACKET_ENDING,
	BRACKET_PUT };

static gboolean
is_letter(char c)
{
	return g_ascii_isalpha(c) || (guchar)c >= 0x80;
}

static gboolean
is_ending(const char *s, size_t n)
{
	static const char *const endings[] = { "s", "es", "ed", "d", "ing", "e",
		"y", "ies", "ied", "ve", "ving", "en", "n", "'s" };

	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
		if (strlen(endings[i]) == n && strncmp(s, endings[i], n) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
is_footnote(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!g_ascii_isdigit(s[i]))
			return FALSE;
	return n > 0 && n <= 3;
}

static gboolean
has_word(const char *s, size_t n, const char *word)
{
	return g_strstr_len(s, (gssize)n, word) != NULL;
}

/* What n bytes in brackets are, by what stands on both sides of them. */
static enum bracket
bracket_is(const char *s, size_t n, char before, char after)
{
	if (n == 0)
		return is_letter(before) ? BRACKET_ENDING : BRACKET_GAP;
	if (dots_at(s) >= n)
		return BRACKET_GAP;
	if (is_footnote(s, n) || (n == 3 && g_ascii_strncasecmp(s, "sic",
	    3) == 0) || has_word(s, n, "emphasis"))
		return BRACKET_NOTHING;
	if (has_word(s, n, "omitted"))
		return BRACKET_GAP;
	if (n == 1 && g_ascii_isalpha(*s) && is_letter(after) &&
	    !is_letter(before))
		return BRACKET_CASE;
	if (is_letter(before) && !is_letter(after) && is_ending(s, n))
		return BRACKET_ENDING;
	return BRACKET_PUT;
}

/* ---- pieces ------------------------------------------------------------------------------- */

struct cutter {
	GArray		*pieces;
	GString		*text;		/* of the piece so far */
	struct piece	 next;		/* what is before it */
};

static void
piece_clear(void *p)
{
	struct piece *x = p;

	g_free(x->put);
	g_free(x->pattern);
}

/* Ends that a writer's own sentence may have in other ways. */
static char *
trimmed(const char *form)
{
	size_t n = strlen(form), at = strspn(form, " .,;:-");

	while (n > at && strchr(" .,;:-", form[n - 1]) != NULL)
		n--;
	return g_strndup(form + at, n - at);
}

/* The piece ends; one without words only joins what is before and after it. */
static void
cut(struct cutter *c, gboolean end)
{
	g_autofree char *form = verbatim(c->text->str, c->text->len);
	g_autofree char *pattern = trimmed(form);

	g_string_truncate(c->text, 0);
	if (*pattern == '\0' && !end && c->pieces->len > 0)
		return;
	if (*pattern == '\0' && end && !c->next.gap && c->next.put == NULL)
		return;
	c->next.pattern = g_steal_pointer(&pattern);
	g_array_append_val(c->pieces, c->next);
	c->next = (struct piece){ FALSE, NULL, NULL };
}

static void
put(struct cutter *c, const char *s, size_t n)
{
	char *was = c->next.put;

	if (was != NULL && strlen(was) > PUT_MOST)
		return;
	c->next.put = g_strdup_printf("%s%s%.*s", was != NULL ? was : "",
	    was != NULL ? " " : "", (int)n, s);
	g_free(was);
}

/* The bracket of n bytes, with both its ends. */
static void
bracket(struct cutter *c, const char *s, size_t n)
{
	char before = c->text->len > 0 ? c->text->str[c->text->len - 1] : '\0';

	switch (bracket_is(s + 1, n - 2, before, s[n])) {
	case BRACKET_CASE:
		g_string_append_c(c->text, MARK_CASE);
		g_string_append_c(c->text, s[1]);
		return;
	case BRACKET_ENDING:
		g_string_append_c(c->text, MARK_ENDING);
		return;
	case BRACKET_GAP:
		cut(c, FALSE);
		c->next.gap = TRUE;
		return;
	case BRACKET_PUT:
		cut(c, FALSE);
		put(c, s, n);
		return;
	default:
		return;
	}
}

static size_t
bracket_at(const char *s)
{
	size_t n = *s == '[' ? strcspn(s + 1, "[]") : 0;

	return *s == '[' && s[n + 1] == ']' && n < BRACKET_MOST ? n + 2 : 0;
}

static GArray *
pieces_of(const char *s, gboolean brackets)
{
	GArray *pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
	struct cutter c = { pieces, g_string_new(NULL), { FALSE, NULL, NULL } };
	size_t n;

	g_array_set_clear_func(pieces, piece_clear);
	for (; *s != '\0'; s += n) {
		if (pieces->len < PIECES_MOST && (n = dots_at(s)) > 0) {
			cut(&c, FALSE);
			c.next.gap = TRUE;
		} else if (brackets && pieces->len < PIECES_MOST &&
		    (n = bracket_at(s)) > 0) {
			bracket(&c, s, n);
		} else {
			n = 1;
			/* no mark but ours */
			if ((guchar)*s >= ' ' || g_ascii_isspace(*s))
				g_string_append_c(c.text, *s);
		}
	}
	cut(&c, TRUE);
	g_string_free(c.text, TRUE);
	return pieces;
}

struct excerpt *
excerpt_new(const char *quote, size_t len)
{
	struct excerpt *e = g_new0(struct excerpt, 1);
	g_autofree char *s = g_strndup(quote, len);

	e->pieces = pieces_of(s, TRUE);
	if (strchr(s, '[') != NULL)
		e->literal = pieces_of(s, FALSE);
	return e;
}

void
excerpt_free(struct excerpt *e)
{
	g_array_unref(e->pieces);
	g_clear_pointer(&e->literal, g_array_unref);
	g_free(e);
}
