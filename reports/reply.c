/* Replies classified by rows of phrases; see reply.h. */

#include "reports/reply.h"

#include <string.h>

#include "reports/phrase.h"

#define BEFORE	6	/* words of a clause in which a negation is looked for */
#define HEDGED	25	/* words of a sentence, likewise */
#define AFTER	3	/* words of a clause after it, where a language puts it there; */
#define AFTER_ELSE 1	/* elsewhere: "our records show no such customer" */

enum { PLAIN, OFFER, ASIS };

struct reply_row {
	enum reply_class klass;
	const char	*language;
	int		 flags;
	const char	*pattern;
};

#define SET(name, words)
#define REPLY(klass, language, flags, pattern)	\
	{ REPLY_##klass, language, flags, pattern },
#define AGAINST(klass, language, pattern)
static const struct reply_row rows[] = {
#include "reports/reply.def"
};
#undef REPLY
#undef AGAINST

#define REPLY(klass, language, flags, pattern)
#define AGAINST(klass, language, pattern)	\
	{ REPLY_##klass, language, ASIS, pattern },
static const struct reply_row against[] = {
#include "reports/reply.def"
};
#undef SET
#undef AGAINST

#define SET(name, words)	{ name, words },
#define AGAINST(klass, language, pattern)
static const struct word_set sets[] = {
#include "reports/reply.def"
	{ NULL, NULL },
};
#undef SET
#undef REPLY
#undef AGAINST

struct reading {
	const struct mapped *own;
	struct words	 words;
	struct pattern	*neg, *hedge, *data;
	struct pattern	*against[G_N_ELEMENTS(against)];
	GPtrArray	*out;
};

gboolean
reply_has(const GPtrArray *words, enum reply_class klass)
{
	for (guint i = 0; i < words->len; i++) {
		const struct reply_words *w = g_ptr_array_index(words, i);

		if (w->klass == klass)
			return TRUE;
	}
	return FALSE;
}

/* "Die Domain ist nicht von mir", "het domein is van mij niet". */
static gboolean
denied_after(const struct reading *r, size_t i, size_t n, size_t most)
{
	guint32 clause = words_at(&r->words, i + n - 1)->clause;
	size_t end = i + n;

	while (end < r->words.tokens->len && end < i + n + most &&
	    words_at(&r->words, end)->clause == clause)
		end++;
	return pattern_among(&r->words, r->neg, i + n, end - i - n);
}

/* "Your e-mail address is stored": the writer of the complaint's, and nobody
 * else's; a name, an address or the like stands between. */
static gboolean
of_reader(const struct reading *r, size_t i)
{
	while (i > 0 && (pattern_among(&r->words, r->data, i - 1, 1) ||
	    strcmp(words_at(&r->words, i - 1)->low, "and") == 0))
		i--;
	return i > 0 && strcmp(words_at(&r->words, i - 1)->low, "your") == 0;
}

/* A sentence whose other words make it say something else. */
static gboolean
turned(const struct reading *r, enum reply_class klass, size_t i)
{
	size_t first, end;

	words_sentence(&r->words, i, &first, &end);
	for (size_t k = 0; k < G_N_ELEMENTS(against); k++)
		for (size_t w = first; against[k].klass == klass && w < end; w++)
			if (pattern_match(&r->words, r->against[k], w) > 0)
				return TRUE;
	return FALSE;
}

/* A question states nothing; an offer may be one. */
static gboolean
asked(const struct reading *r, size_t i)
{
	size_t first, end, at;
	const struct token *last;

	words_sentence(&r->words, i, &first, &end);
	last = words_at(&r->words, end - 1);
	for (at = last->at + last->len; at < r->words.len &&
	    strchr("\"')] ", r->words.text[at]) != NULL;)
		at++;
	return at < r->words.len && r->words.text[at] == '?';
}

/* Negated in its clause, in the match itself or right behind it, or hedged in its
 * sentence. */
static gboolean
denied(const struct reading *r, const struct reply_row *row, size_t i,
    size_t n)
{
	size_t clause = words_clause(&r->words, i, BEFORE), hedge = i;
	guint32 s = words_at(&r->words, i)->sentence;
	gboolean behind;

	while (hedge > 0 && i - hedge < HEDGED &&
	    words_at(&r->words, hedge - 1)->sentence == s)
		hedge--;
	if (row->flags == ASIS)
		return FALSE;
	if (row->flags == PLAIN && asked(r, i))
		return TRUE;
	if (row->klass == REPLY_STATES_DATA_HELD && of_reader(r, i))
		return TRUE;
	if (pattern_among(&r->words, r->neg, clause, i + n - clause))
		return TRUE;
	behind = strcmp(row->language, "de") == 0 || strcmp(row->language,
	    "nl") == 0;
	if (denied_after(r, i, n, behind ? AFTER : AFTER_ELSE))
		return TRUE;
	return row->flags == PLAIN &&
	    pattern_among(&r->words, r->hedge, hedge, i + n - hedge);
}

/* Words i to i + n with what is around them in the sentence. */
static void
quote(struct reading *r, enum reply_class klass, size_t i, size_t n)
{
	const struct token *a = words_at(&r->words, i), *b;
	struct reply_words *w = g_new0(struct reply_words, 1);
	size_t last = i + n - 1, at, end;
	struct span span;

	end = words_at(&r->words, last)->at + words_at(&r->words, last)->len;
	for (at = a->at; i > 0; i--) {
		b = words_at(&r->words, i - 1);
		if (b->sentence != a->sentence || end - b->at > REPLY_QUOTE)
			break;
		at = b->at;
	}
	for (; last + 1 < r->words.tokens->len; last++) {
		b = words_at(&r->words, last + 1);
		if (b->sentence != a->sentence ||
		    b->at + b->len - at > REPLY_QUOTE)
			break;
		end = b->at + b->len;
	}
	if (end < r->words.len && strchr(".!?", r->words.text[end]) != NULL)
		end++;
	span = mapped_span(r->own, at, end - at);
	w->klass = klass;
	w->text = g_strndup(r->words.text + at, end - at);
	w->offset = span.at;
	w->len = span.end - span.at;
	g_ptr_array_add(r->out, w);
}

/* One row over all words; a sentence counts once a class. */
static void
row_read(struct reading *r, const struct reply_row *row, GHashTable *seen)
{
	struct pattern *p = pattern_new(&r->words, row->pattern, sets);

	for (size_t i = 0; i < r->words.tokens->len &&
	    r->out->len < REPLY_WORDS; i++) {
		guint32 s = words_at(&r->words, i)->sentence;
		gpointer key = GUINT_TO_POINTER(s * REPLY_CLASSES +
		    (guint)row->klass + 1);
		size_t n = pattern_match(&r->words, p, i);

		if (n == 0 || g_hash_table_contains(seen, key) ||
		    denied(r, row, i, n) || turned(r, row->klass, i))
			continue;
		g_hash_table_add(seen, key);
		quote(r, row->klass, i, n);
	}
	pattern_free(p);
}

static gint
by_offset(gconstpointer a, gconstpointer b)
{
	const struct reply_words *x = *(struct reply_words *const *)a;
	const struct reply_words *y = *(struct reply_words *const *)b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return (x->klass > y->klass) - (x->klass < y->klass);
}

/* Where data held are stated, "only" is not so. */
static void
drop_forwarded(GPtrArray *out)
{
	if (!reply_has(out, REPLY_STATES_DATA_HELD))
		return;
	for (guint i = out->len; i-- > 0;) {
		const struct reply_words *w = g_ptr_array_index(out, i);

		if (w->klass == REPLY_FORWARDED_ONLY)
			g_ptr_array_remove_index(out, i);
	}
}

static void
patterns_init(struct reading *r)
{
	r->neg = pattern_new(&r->words, "$neg", sets);
	r->hedge = pattern_new(&r->words, "$hedge", sets);
	r->data = pattern_new(&r->words, "$data", sets);
	for (size_t k = 0; k < G_N_ELEMENTS(against); k++)
		r->against[k] = pattern_new(&r->words, against[k].pattern, sets);
}

static void
patterns_clear(struct reading *r)
{
	pattern_free(r->neg);
	pattern_free(r->hedge);
	pattern_free(r->data);
	for (size_t k = 0; k < G_N_ELEMENTS(against); k++)
		pattern_free(r->against[k]);
}

void
reply_classify(const struct mapped *own, GPtrArray *out)
{
	struct reading r = { .own = own, .out = out };
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	words_init(&r.words, own->text->str, own->text->len);
	if (r.words.tokens->len > 0) {
		patterns_init(&r);
		for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
			row_read(&r, &rows[i], seen);
		drop_forwarded(out);
		if (out->len == 0)
			quote(&r, REPLY_OTHER, 0, 1);
		g_ptr_array_sort(out, by_offset);
		patterns_clear(&r);
	}
	words_clear(&r.words);
}
