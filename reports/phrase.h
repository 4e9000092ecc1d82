#ifndef REPORTS_PHRASE_H
#define REPORTS_PHRASE_H

/*
 * Running text as words, and patterns of words.
 *
 * A word is letters, digits, and apostrophes or hyphens between them; compared
 * without case, but for "US", which is "u.s" here.  A sentence ends at . ! ? before white space (not after an
 * initial or a short form such as "B.V." or "No."), and at an empty line; a
 * clause ends at , ; : and dashes too.
 *
 * A pattern is elements with blanks between:
 *	a|b|c	one of these words; "custom*" any word that begins so; "@host"
 *		the first label of a name of a host, "film" in "film.example"
 *	?a|b	none to four of these
 *	~9	none to nine words of any kind, of the same sentence
 * and in each of them $name is what the table of sets says.  A match begins
 * and ends in one sentence.
 */

#include <glib.h>

struct token {
	size_t		 at, len;	/* in text */
	const char	*low;		/* lower case, interned */
	guint32		 sentence, clause;
	gboolean	 host;		/* a dot and a further label follow */
};

struct words {
	const char	*text;
	size_t		 len;
	GArray		*tokens;	/* struct token */
	GStringChunk	*chunk;
};

struct word_set { const char *name, *words; };	/* the last: NULL */
struct pattern;

void	words_init(struct words *, const char *text, size_t len);
void	words_clear(struct words *);

/* Patterns are of one text; freed before it.  NULL for the sets: none. */
struct pattern	*pattern_new(struct words *, const char *, const struct word_set *);
void		 pattern_free(struct pattern *);
/* How many words the pattern takes from word i on; 0: none. */
size_t		 pattern_match(const struct words *, const struct pattern *, size_t i);
/* Whether any of n patterns matches anywhere in a text. */
gboolean	 patterns_in(const char *text, size_t len,
		    const char *const *patterns, size_t n,
		    const struct word_set *);
/* Whether one of the n words from i on is the pattern's first element. */
gboolean	 pattern_among(const struct words *, const struct pattern *,
		    size_t i, size_t n);

/* The first word of the sentence of word i, and the word after its last. */
void	words_sentence(const struct words *, size_t i, size_t *first, size_t *end);
/* The first word of the clause of word i, at most `most` words before it. */
size_t	words_clause(const struct words *, size_t i, size_t most);

static inline const struct token *
words_at(const struct words *w, size_t i)
{
	return &g_array_index(w->tokens, struct token, i);
}

#endif
