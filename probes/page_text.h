#ifndef PROBES_PAGE_TEXT_H
#define PROBES_PAGE_TEXT_H

/*
 * The visible text of a page as running words, each of which knows where it
 * stands in the page's bytes.
 *
 * White space (no-break spaces too) is folded to one blank, a block of the
 * page is a line, character references are what they stand for.  A word's core
 * is the word without the punctuation around it; words are compared by cores.
 * At most TEXT_WORDS words and TEXT_BYTES bytes are kept; the rest is left out.
 *
 * Pure; everything is owned by the text.
 */

#include <glib.h>

#include "probes/page_rules.h"

#define TEXT_WORDS	400000
#define TEXT_BYTES	(8u << 20)
#define TEXT_QUOTE	200	/* bytes quoted of a page at once */

enum {
	WORD_ENDS = 1,		/* a sentence */
	WORD_ODD = 2,		/* has a '$' or a byte above 7F */
	WORD_AT = 4,		/* has an '@' */
	WORD_DIGIT = 8,		/* the core begins with a digit */
	WORD_BRACKET = 32,	/* has a '[', '(' or '{' */
	WORD_PLUS = 64,		/* begins with a plus and a digit or '(' */
	WORD_CAPITAL = 16,	/* the core begins with A to Z, or no ASCII */
};

struct word {
	guint32	 at, len;		/* in text, punctuation included */
	guint32	 core, core_len;
	guint32	 pos;			/* in the page's bytes */
	guint32	 hash;			/* word_hash() of the core */
	guint32	 line;
	guint32	 flags;
};

struct page_text {
	GString		*text;
	GArray		*words;		/* struct word */
	guint		 room;		/* for so many of them */
	guint32		 line;
	guint32		 open_at, open_pos;
	gboolean	 open;		/* a word is being written */
	gboolean	 full;
};

struct page_text	*page_text_new(void);
void			 page_text_free(struct page_text *);
/*
 * decoded is a C string; source the bytes of the page it was made of, source_len
 * may be 0; pos where they begin in the page.
 */
void	 page_text_add(struct page_text *, const char *decoded,
	    const char *source, size_t source_len, size_t pos);
/* The same where source and text are one: no reference, no carriage return. */
void	 page_text_plain(struct page_text *, const char *, size_t len,
	    size_t pos);
/* A block begins or ends here. */
void	 page_text_break(struct page_text *);
/* After the last byte. */
void	 page_text_end(struct page_text *);

static inline const struct word *
text_word(const struct page_text *t, size_t i)
{
	return &g_array_index(t->words, struct word, i);
}

/* How many words the pattern (page_rules.def) takes from word i on; 0: none. */
size_t	 text_match(const struct page_text *, size_t i, const char *pattern);
/* Whether one of the words stands within 12 words of i, in the same line. */
gboolean text_near(const struct page_text *, size_t i, const char *words);
/* Whether the core of word i is exactly s, or (low) s in any case. */
gboolean text_is(const struct page_text *, size_t i, const char *s,
	    gboolean low);
/*
 * Words first up to last (not included), cut to TEXT_QUOTE bytes at a word;
 * returns a borrowed stretch of text.
 */
const char *text_quote(const struct page_text *, size_t first, size_t last,
	    size_t *len);
/* The sentence around words i to i + n, as first and last for text_quote(). */
void	 text_sentence(const struct page_text *, size_t i, size_t n,
	    size_t *first, size_t *last);
/* len, or less: at most max, and no half of a UTF-8 character at the end. */
size_t	 text_cut(const char *s, size_t len, size_t max);
/* Where the clause that goes on after word i ends, at most 10 words on. */
size_t	 text_clause(const struct page_text *, size_t i);

#endif
