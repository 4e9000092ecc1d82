/* The pieces of a quotation in a text, and what is between them. */

#include "reports/excerpt_priv.h"

#include <string.h>

#include "reports/mapped.h"
#include "reports/phrase.h"

#define WORD_BYTES	16	/* of a word and its blank, where a window is meant */
#define PUT_WORDS	25	/* that words in brackets may stand for */
#define STARTS		20000	/* places where a quotation may begin */
#define WAYS		200	/* in which its pieces lie, that are weighed */
#define LONGEST		16	/* bytes of a word of the lists below */
#define WINDOW		600	/* bytes around it, for its sentences */
#define BESIDE		2	/* words after it that are looked at */
#define BEFORE		3	/* and before it, of its clause: "not hold any | x" */
#define BESIDE_LEAST	3	/* words of a quotation so looked at */

/* ---- denials -------------------------------------------------------------------------- */

static const char denials[] = " not no never nor neither none nothing cannot "
    "without unable refuse refuses refused decline declines declined fail fails "
    "failed deny denies denied ";
static const char conditions[] = " unless only except excepting until absent if "
    "provided subject without ";

static gboolean
listed(const char *list, const char *word)
{
	char spaced[LONGEST + 3];

	if (strlen(word) > LONGEST)
		return FALSE;
	g_snprintf(spaced, sizeof(spaced), " %s ", word);
	return strstr(list, spaced) != NULL;
}

static gboolean
denies(const char *low)
{
	return listed(denials, low) || g_str_has_suffix(low, "n't");
}

/* The end of the word at s, and its first bytes in lower case and with a
 * typewriter's apostrophe; s itself where none begins there. */
static const char *
word_low(const char *s, const char *end, char low[LONGEST + 1])
{
	size_t n = 0;

	for (; s < end; s++) {
		gboolean curly = end - s > 2 &&
		    memcmp(s, "\xe2\x80\x99", 3) == 0;

		if (!g_ascii_isalnum(*s) && *s != '\'' && !curly)
			break;
		if (n < LONGEST)
			low[n++] = curly ? '\'' : g_ascii_tolower(*s);
		s += curly ? 2 : 0;
	}
	low[n] = '\0';
	return s;
}

/* Asked of every way in which the pieces may lie: no words.h for that. */
gboolean
words_deny(const char *s, size_t len)
{
	const char *end = s + len;
	char low[LONGEST + 1];

	while (s < end) {
		const char *after = word_low(s, end, low);

		if (after > s && (denies(low) || listed(conditions, low)))
			return TRUE;
		s = after > s ? after : s + 1;
	}
	return FALSE;
}

/* ---- sentences of the form ---------------------------------------------------------------- */

/* Words from a little before a place to a little after it. */
struct around {
	const char	*base;
	struct words	 w;
	size_t		 first, last;	/* words of what stands there */
};

static void
around_init(struct around *a, const char *form, const char *from,
    const char *to)
{
	const char *end = to + strnlen(to, WINDOW);

	a->base = from - form > WINDOW ? from - WINDOW : form;
	/* no half of a character */
	while (a->base < from && ((guchar)*a->base & 0xc0) == 0x80)
		a->base++;
	while (end > to && ((guchar)*end & 0xc0) == 0x80)
		end--;
	words_init(&a->w, a->base, (size_t)(end - a->base));
	for (a->first = 0; a->first + 1 < a->w.tokens->len &&
	    a->base + words_at(&a->w, a->first)->at < from; a->first++)
		;
	for (a->last = a->first; a->last + 1 < a->w.tokens->len &&
	    a->base + words_at(&a->w, a->last + 1)->at < to; a->last++)
		;
}

static const char *
sentence_begin(const char *form, const char *at)
{
	struct around a;
	size_t first, end;
	const char *s = at;

	around_init(&a, form, at, at);
	if (a.w.tokens->len > 0) {
		words_sentence(&a.w, a.first, &first, &end);
		s = a.base + words_at(&a.w, first)->at;
	}
	words_clear(&a.w);
	return MIN(s, at);
}

/* A sentence's end, with its last sign. */
static const char *
sentence_end(const char *form, const char *at)
{
	const char *word = at > form ? at - 1 : at;
	struct around a;
	size_t first, end, i;
	const char *s = at;

	around_init(&a, form, word, at);
	if (a.w.tokens->len > 0) {
		/* the word that ends here, and not the next one */
		for (i = a.first; i > 0 && a.base + words_at(&a.w, i)->at >= at;
		    i--)
			;
		words_sentence(&a.w, i, &first, &end);
		s = a.base + words_at(&a.w, end - 1)->at +
		    words_at(&a.w, end - 1)->len;
		s += *s != '\0' && strchr(".!?", *s) != NULL ? 1 : 0;
	}
	words_clear(&a.w);
	return MAX(s, at);
}

/* ---- laying the pieces ---------------------------------------------------------------------- */

/* Where each piece lies: what is before it ends where it begins. */
struct lie { const char *from, *to; };

struct laid {
	struct lie	*lies;		/* one a piece */
	unsigned	 words, apart;	/* left out in all, and at most in one place */
	gboolean	 deny;
};

static const struct piece *
piece_at(const GArray *pieces, guint i)
{
	return &g_array_index(pieces, struct piece, i);
}

static const char *
reach(const struct piece *p, const char *from, const char *end, gboolean near)
{
	size_t n = (size_t)(end - from), most = (p->gap ? EXCERPT_APART :
	    PUT_WORDS) * WORD_BYTES;

	return near ? from + MIN(n, most) : end;
}

/* What a quotation's first bracket stands for: as many words as it has, of the
 * sentence before.  Dots: all of that. */
static const char *
outer_begin(const struct piece *p, const char *form, const char *at)
{
	const char *begin = sentence_begin(form, at), *s = at;
	unsigned n = p->put != NULL ? verbatim_words(p->put, p->put +
	    strlen(p->put)) : 0;

	if (p->put == NULL || p->gap)
		return begin;
	while (s > begin && verbatim_words(s, at) <= n)
		s--;
	while (s < at && verbatim_words(s, at) > n)
		s++;
	return s;
}

/* And its last one. */
static const char *
outer_end(const struct piece *p, const char *form, const char *at)
{
	const char *end = sentence_end(form, at), *s = at;
	unsigned n = p->put != NULL ? verbatim_words(p->put, p->put +
	    strlen(p->put)) : 0;

	if (p->put == NULL || p->gap)
		return end;
	while (s < end && verbatim_words(at, s) <= n)
		s++;
	while (s > at && verbatim_words(at, s) > n)
		s--;
	return s;
}

/* The first piece lies at lies[first]; lays the others, each as soon as it can. */
static gboolean
lay(const GArray *pieces, guint first, const char *form, const char *end,
    gboolean near, struct lie *lies)
{
	for (guint i = first + 1; i < pieces->len; i++) {
		const struct piece *p = piece_at(pieces, i);
		const char *from = lies[i - 1].to;

		if (*p->pattern == '\0') {
			lies[i].from = lies[i].to = outer_end(p, form, from);
			continue;
		}
		lies[i].from = verbatim_find(form, from, reach(p, from, end, near),
		    p->pattern, &lies[i].to);
		if (lies[i].from == NULL)
			return FALSE;
	}
	if (first > 0)
		lies[0].from = lies[0].to = outer_begin(piece_at(pieces,
		    first), form, lies[first].from);
	return TRUE;
}

static void
weigh(const GArray *pieces, struct laid *l)
{
	l->words = l->apart = 0;
	l->deny = FALSE;
	for (guint i = 1; i < pieces->len; i++) {
		const char *from = l->lies[i - 1].to, *to = l->lies[i].from;
		unsigned n = verbatim_words(from, to);

		l->words += n;
		l->apart = MAX(l->apart, n);
		l->deny |= piece_at(pieces, i)->put == NULL && n > 0 &&
		    words_deny(from, (size_t)(to - from));
	}
}

static gboolean
is_better(const struct laid *a, const struct laid *b)
{
	if (a->deny != b->deny)
		return !a->deny;
	return a->words < b->words;
}

/* Of all ways to lay the pieces, the fairest: one that leaves no denial out,
 * then that with the fewest words left out.  Far: any way. */
static gboolean
best(const GArray *pieces, guint first, const char *form, gboolean near,
    struct laid *found)
{
	const char *end = form + strlen(form), *at = form;
	g_autofree struct lie *lies = g_new0(struct lie, pieces->len);
	struct laid l = { lies, 0, 0, FALSE };
	unsigned ways = 0;

	for (unsigned n = 0; n < (near ? STARTS : 1) && ways < WAYS; n++, at++) {
		at = verbatim_find(form, at, end, piece_at(pieces,
		    first)->pattern, &lies[first].to);
		if (at == NULL)
			break;
		lies[first].from = at;
		if (!lay(pieces, first, form, end, near, lies))
			continue;
		weigh(pieces, &l);
		if (near && l.apart > EXCERPT_APART)
			continue;
		if (ways++ > 0 && !is_better(&l, found))
			continue;
		memcpy(found->lies, lies, pieces->len * sizeof(*lies));
		found->words = l.words;
		found->apart = l.apart;
		found->deny = l.deny;
		if (l.words == 0)
			break;
	}
	return ways > 0;
}

/* ---- what to say of it -------------------------------------------------------------------------- */

struct text {
	const char	*raw;		/* NULL: only the form is at hand */
	const char	*form;
	size_t		 len;
};

static size_t
origin(const struct text *t, const char *at)
{
	return verbatim_origin(t->raw, t->len, (size_t)(at - t->form));
}

/* The text's own words between two places of its form; caller frees. */
static char *
own_words(const struct text *t, const char *from, const char *to)
{
	size_t a, z;

	while (from < to && *from == ' ')
		from++;
	if (t->raw == NULL)
		return g_strndup(from, (size_t)(to - MIN(from, to)));
	a = origin(t, from);
	z = origin(t, to);
	return folded(t->raw + a, z - MIN(a, z));
}

static void
say_put(const struct text *t, const struct piece *p, const char *from,
    const char *to, struct standing *s)
{
	g_autofree char *was = own_words(t, from, to);
	g_autofree char *inside = g_strndup(p->put + 1, strlen(p->put) - 2);

	/* the same, or no word but a comma */
	if (strcmp(inside, was) == 0 || (verbatim_words(from, to) == 0 &&
	    verbatim_words(inside, inside + strlen(inside)) == 0))
		return;
	g_string_append_printf(s->put, "%s\xe2\x80\x9c%s\xe2\x80\x9d for ",
	    s->put->len > 0 ? ", " : "", p->put);
	if (*was != '\0')
		g_string_append_printf(s->put, "\xe2\x80\x9c%s\xe2\x80\x9d",
		    was);
	else
		g_string_append(s->put, "nothing");
}

static void
say_denied(const struct text *t, const char *from, const char *to,
    struct standing *s)
{
	g_autofree char *was = NULL;

	if (!words_deny(from, (size_t)(to - from)))
		return;
	was = own_words(t, from, to);
	g_string_append_printf(s->denied, "%s\xe2\x80\x9c%s\xe2\x80\x9d",
	    s->denied->len > 0 ? ", " : "", was);
}

static void
say_between(const struct text *t, const GArray *pieces, const struct laid *l,
    struct standing *s)
{
	for (guint i = 1; i < pieces->len; i++) {
		const char *from = l->lies[i - 1].to, *to = l->lies[i].from;

		if (piece_at(pieces, i)->put != NULL)
			say_put(t, piece_at(pieces, i), from, to, s);
		else
			say_denied(t, from, to, s);
	}
}

/* A denial or condition right before words that are quoted without dots, or a
 * condition right after them. */
static void
say_beside(const struct text *t, const struct lie *l, struct standing *s)
{
	struct around a;
	guint32 sentence;

	around_init(&a, t->form, l->from, l->to);
	if (a.w.tokens->len == 0) {
		words_clear(&a.w);
		return;
	}
	for (size_t n = 1; n <= BEFORE && n <= a.first; n++) {
		const struct token *k = words_at(&a.w, a.first - n);
		char **to = n == 1 ? &s->before : &s->verb;

		if (k->clause == words_at(&a.w, a.first)->clause &&
		    *to == NULL && (denies(k->low) || (n == 1 &&
		    listed(conditions, k->low))))
			*to = own_words(t, a.base + k->at, l->from);
	}
	sentence = words_at(&a.w, a.last)->sentence;
	for (size_t n = 1; n <= BESIDE && a.last + n < a.w.tokens->len; n++) {
		const struct token *k = words_at(&a.w, a.last + n);

		if (k->sentence == sentence && listed(conditions, k->low) &&
		    s->after == NULL)
			s->after = own_words(t, a.base + k->at,
			    sentence_end(t->form, l->to));
	}
	words_clear(&a.w);
}

static void
say(const struct text *t, const GArray *pieces, const struct laid *l,
    struct standing *s)
{
	const char *from = l->lies[0].from, *to = l->lies[pieces->len - 1].to;

	s->apart = l->apart;
	say_between(t, pieces, l, s);
	if (pieces->len == 1 && verbatim_words(from, to) >= BESIDE_LEAST)
		say_beside(t, &l->lies[0], s);
	if (t->raw == NULL)
		return;
	/* the text has its empty lines still */
	s->from = (size_t)(sentence_begin(t->raw, t->raw + origin(t, from)) -
	    t->raw);
	s->to = (size_t)(sentence_end(t->raw, t->raw + origin(t, to)) -
	    t->raw);
}

/* Every piece stands somewhere; the next question is how they lie. */
static gboolean
all_there(const GArray *pieces, const char *form)
{
	const char *limit = form + strlen(form), *end;

	for (guint i = 0; i < pieces->len; i++) {
		const char *pattern = piece_at(pieces, i)->pattern;

		if (*pattern != '\0' && verbatim_find(form, form, limit,
		    pattern, &end) == NULL)
			return FALSE;
	}
	return TRUE;
}

/* far: pieces that are too far from each other are found too. */
static gboolean
pieces_stand(const struct text *t, const GArray *pieces, gboolean far,
    struct standing *s)
{
	g_autofree struct lie *lies = g_new0(struct lie, pieces->len + 1);
	struct laid found = { lies, 0, 0, FALSE };
	guint first = 0;

	while (first < pieces->len && *piece_at(pieces, first)->pattern == '\0')
		first++;
	if (first == pieces->len) {
		s->how = STANDS;	/* it quotes no word */
		return TRUE;
	}
	if (!all_there(pieces, t->form))
		return FALSE;
	if (best(pieces, first, t->form, TRUE, &found))
		s->how = STANDS;
	else if (far && pieces->len > 1 && best(pieces, first, t->form, FALSE, &found))
		s->how = STANDS_APART;
	else
		return FALSE;
	say(t, pieces, &found, s);
	return TRUE;
}

void
standing_init(struct standing *s)
{
	memset(s, 0, sizeof(*s));
	s->denied = g_string_new(NULL);
	s->put = g_string_new(NULL);
}

void
standing_clear(struct standing *s)
{
	g_string_free(s->denied, TRUE);
	g_string_free(s->put, TRUE);
	g_free(s->before);
	g_free(s->after);
	g_free(s->verb);
}

void
excerpt_stands(const struct excerpt *e, const char *text, const char *form,
    struct standing *s)
{
	const struct text t = { text, form, text != NULL ? strlen(text) : 0 };

	if (e->literal == NULL || !pieces_stand(&t, e->literal, FALSE, s))
		pieces_stand(&t, e->pieces, TRUE, s);
}
