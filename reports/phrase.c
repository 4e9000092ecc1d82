/* Words, sentences, clauses, and patterns of words. */

#include "reports/phrase.h"

#include <stdlib.h>
#include <string.h>

#define OPTIONAL_MOST	4
#define SHORT_FORMS	"no nos mr mrs ms dr st vs v inc ltd co corp decl " \
			"ex exh dkt doc cf al id fed civ compl am "

/* ---- text to words ---------------------------------------------------------------- */

static gboolean
is_letter(const char *s)
{
	return (guchar)*s < 0x80 ? g_ascii_isalnum(*s) :
	    g_unichar_isalnum(g_utf8_get_char(s));
}

/* ' or the typographic one, or a hyphen: its length, where letters go on. */
static size_t
joint(const char *s, const char *end)
{
	size_t n = 0;

	if (*s == '\'' || *s == '-')
		n = 1;
	else if (end - s > 3 && memcmp(s, "\xe2\x80\x99", 3) == 0)
		n = 3;
	return n > 0 && s + n < end && is_letter(s + n) ? n : 0;
}

static const char *
word_end(const char *s, const char *end)
{
	while (s < end) {
		size_t n = joint(s, end);

		if (n > 0)
			s += n;
		else if (is_letter(s))
			s = g_utf8_next_char(s);
		else
			break;
	}
	return MIN(s, end);
}

static const char *
lower(struct words *w, const char *s, size_t len)
{
	g_autofree char *low = g_utf8_strdown(s, (gssize)len);
	char *p = low, *q = low;

	/* the country is not the pronoun */
	if (len == 2 && memcmp(s, "US", 2) == 0)
		return g_string_chunk_insert_const(w->chunk, "u.s");
	/* One apostrophe for both. */
	while (*p != '\0') {
		if (strncmp(p, "\xe2\x80\x99", 3) == 0) {
			*q++ = '\'';
			p += 3;
		} else {
			*q++ = *p++;
		}
	}
	*q = '\0';
	return g_string_chunk_insert_const(w->chunk, low);
}

/* "B.V." and "No." end no sentence. */
static gboolean
abbreviation(const struct token *t)
{
	g_autofree char *form = NULL;

	if (t->len == 1 && !g_ascii_isdigit(*t->low))
		return TRUE;
	if (t->len > 5)
		return FALSE;
	form = g_strconcat(t->low, " ", NULL);
	for (const char *p = SHORT_FORMS; (p = strstr(p, form)) != NULL; p++)
		if (p == &SHORT_FORMS[0] || p[-1] == ' ')
			return TRUE;
	return FALSE;
}

struct between { gboolean sentence, clause; };

/* What stands between two words: s up to end. */
static struct between
between(const struct token *before, const char *s, const char *end)
{
	struct between b = { FALSE, FALSE };
	unsigned lines = 0;

	for (; s < end; s++) {
		/* Where a letter follows at once, it is a name: site.ch. */
		gboolean blank = s + 1 < end && (g_ascii_isspace(s[1]) ||
		    s[1] == '"' || s[1] == ')' || (guchar)s[1] >= 0x80);

		if (*s == '\n' && ++lines >= 2)
			b.sentence = TRUE;
		else if ((*s == '!' || *s == '?') && blank)
			b.sentence = TRUE;
		else if (*s == '.' && blank && !abbreviation(before))
			b.sentence = TRUE;
		else if (strchr(",;:", *s) != NULL || (guchar)*s == 0xe2)
			b.clause = TRUE;
	}
	return b;
}

/* "film.example": a dot between them, and no single letter as in "B.V.". */
static gboolean
joined(const struct token *before, const char *last, const char *p,
    const char *end)
{
	return p == last + 1 && *last == '.' && before->len > 1 &&
	    g_ascii_isalpha(*p) && p + 1 < end && g_ascii_isalpha(p[1]);
}

void
words_init(struct words *w, const char *text, size_t len)
{
	const char *p = text, *end = text + len, *last = NULL;
	struct token t = { 0 };

	w->text = text;
	w->len = len;
	w->tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	w->chunk = g_string_chunk_new(4096);
	while (p < end) {
		const char *stop;

		if (!is_letter(p)) {
			p = g_utf8_next_char(p);
			continue;
		}
		stop = word_end(p, end);
		if (last != NULL) {
			struct between b = between(&t, last, p);

			t.sentence += b.sentence ? 1 : 0;
			t.clause += b.sentence || b.clause ? 1 : 0;
			if (joined(&t, last, p, end))
				g_array_index(w->tokens, struct token,
				    w->tokens->len - 1).host = TRUE;
		}
		t.at = (size_t)(p - text);
		t.len = (size_t)(stop - p);
		t.low = lower(w, p, t.len);
		g_array_append_val(w->tokens, t);
		last = p = stop;
	}
}

void
words_clear(struct words *w)
{
	g_array_unref(w->tokens);
	g_string_chunk_free(w->chunk);
}

void
words_sentence(const struct words *w, size_t i, size_t *first, size_t *end)
{
	guint32 s = words_at(w, i)->sentence;

	for (*first = i; *first > 0 &&
	    words_at(w, *first - 1)->sentence == s; --*first)
		;
	for (*end = i + 1; *end < w->tokens->len &&
	    words_at(w, *end)->sentence == s; ++*end)
		;
}

size_t
words_clause(const struct words *w, size_t i, size_t most)
{
	guint32 c = words_at(w, i)->clause;

	while (i > 0 && most-- > 0 && words_at(w, i - 1)->clause == c)
		i--;
	return i;
}

/* ---- patterns -------------------------------------------------------------------------- */

enum elem_kind { ELEM_ONE, ELEM_OPTIONAL, ELEM_GAP };

struct alternative {
	const char	*word;		/* interned in the words' chunk */
	size_t		 prefix;	/* compare that many bytes; 0: all */
	gboolean	 host;		/* any name of a host */
};

struct elem {
	enum elem_kind	 kind;
	unsigned	 gap;
	GArray		*words;		/* struct alternative */
};

struct pattern {
	GArray		*elems;		/* struct elem */
};

static void
add_words(struct words *w, GArray *to, const char *list,
    const struct word_set *sets, unsigned depth)
{
	g_auto(GStrv) each = g_strsplit(list, "|", -1);

	for (char **s = each; *s != NULL; s++) {
		struct alternative a = { NULL, 0, FALSE };
		size_t n = strlen(*s);

		if (**s == '$' && depth < 4) {
			for (const struct word_set *k = sets;
			    k != NULL && k->name != NULL; k++)
				if (strcmp(k->name, *s + 1) == 0)
					add_words(w, to, k->words, sets,
					    depth + 1);
			continue;
		}
		if (n > 1 && (*s)[n - 1] == '*') {
			(*s)[n - 1] = '\0';
			a.prefix = n - 1;
		}
		a.word = g_string_chunk_insert_const(w->chunk, *s);
		a.host = strcmp(*s, "@host") == 0;
		g_array_append_val(to, a);
	}
}

static void
elem_clear(void *p)
{
	struct elem *e = p;

	g_clear_pointer(&e->words, g_array_unref);
}

struct pattern *
pattern_new(struct words *w, const char *s, const struct word_set *sets)
{
	struct pattern *p = g_new0(struct pattern, 1);
	g_auto(GStrv) parts = g_strsplit(s, " ", -1);

	p->elems = g_array_new(FALSE, TRUE, sizeof(struct elem));
	g_array_set_clear_func(p->elems, elem_clear);
	for (char **part = parts; *part != NULL; part++) {
		struct elem e = { ELEM_ONE, 0, NULL };

		if (**part == '~') {
			e.kind = ELEM_GAP;
			e.gap = (unsigned)strtoul(*part + 1, NULL, 10);
		} else {
			e.kind = **part == '?' ? ELEM_OPTIONAL : ELEM_ONE;
			e.words = g_array_new(FALSE, FALSE,
			    sizeof(struct alternative));
			add_words(w, e.words, *part +
			    (e.kind == ELEM_OPTIONAL), sets, 0);
		}
		g_array_append_val(p->elems, e);
	}
	return p;
}

void
pattern_free(struct pattern *p)
{
	g_array_unref(p->elems);
	g_free(p);
}

static gboolean
elem_is(const struct elem *e, const struct token *t)
{
	for (guint i = 0; i < e->words->len; i++) {
		const struct alternative *a = &g_array_index(e->words,
		    struct alternative, i);

		if (a->word == t->low || (a->host && t->host) || (a->prefix > 0 &&
		    strncmp(a->word, t->low, a->prefix) == 0))
			return TRUE;
	}
	return FALSE;
}

/* Where the match ends, 0: none.  Gaps are few and short: no more than that
 * many ways are tried. */
static size_t
match(const struct words *w, const struct pattern *p, guint at, size_t i,
    size_t end)
{
	const struct elem *e;
	size_t most, stop;

	if (at == p->elems->len)
		return i;
	e = &g_array_index(p->elems, struct elem, at);
	if (e->kind == ELEM_ONE)
		return i < end && elem_is(e, words_at(w, i)) ?
		    match(w, p, at + 1, i + 1, end) : 0;
	most = e->kind == ELEM_GAP ? e->gap : OPTIONAL_MOST;
	for (size_t n = 0; n <= most && i + n <= end; n++) {
		if ((stop = match(w, p, at + 1, i + n, end)) > 0)
			return stop;
		if (e->kind == ELEM_OPTIONAL && (i + n >= end ||
		    !elem_is(e, words_at(w, i + n))))
			break;
	}
	return 0;
}

size_t
pattern_match(const struct words *w, const struct pattern *p, size_t i)
{
	const struct elem *first = &g_array_index(p->elems, struct elem, 0);
	size_t begin, end, stop;

	if (first->kind == ELEM_ONE && !elem_is(first, words_at(w, i)))
		return 0;
	begin = i;
	for (end = i + 1; end < w->tokens->len && end < i + 80 &&
	    words_at(w, end)->sentence == words_at(w, i)->sentence; end++)
		;
	stop = match(w, p, 0, begin, end);
	return stop > begin ? stop - begin : 0;
}

gboolean
pattern_among(const struct words *w, const struct pattern *p, size_t i,
    size_t n)
{
	const struct elem *first = &g_array_index(p->elems, struct elem, 0);

	for (; n > 0 && i < w->tokens->len; i++, n--)
		if (elem_is(first, words_at(w, i)))
			return TRUE;
	return FALSE;
}

gboolean
patterns_in(const char *text, size_t len, const char *const *patterns,
    size_t n, const struct word_set *sets)
{
	struct words w;
	gboolean found = FALSE;

	words_init(&w, text, len);
	for (size_t k = 0; k < n && !found; k++) {
		struct pattern *p = pattern_new(&w, patterns[k], sets);

		for (size_t i = 0; i < w.tokens->len && !found; i++)
			found = pattern_match(&w, p, i) > 0;
		pattern_free(p);
	}
	words_clear(&w);
	return found;
}
