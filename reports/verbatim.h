#ifndef REPORTS_VERBATIM_H
#define REPORTS_VERBATIM_H

/*
 * Words as they stand, apart from how they are set: the form in which a
 * quotation is held against its exhibit.
 *
 * Letters, figures, case, order and punctuation count.  What a typewriter, a
 * mail program or a printer changes does not: white space and line ends, ">" of
 * quoted mail, quotation marks (nested ones change their kind), one apostrophe
 * for another, dashes for dashes, a hyphen inside a word or at a line's end,
 * ligatures, soft hyphens, and marks of footnotes (raised figures, or figures
 * right behind a word's full stop).
 *
 * A pattern is such a form with two marks in it, for letters that a quotation
 * may change in brackets.
 */

#include <glib.h>

#define MARK_CASE	'\x01'	/* before a letter: in either case */
#define MARK_ENDING	'\x02'	/* at a word's end: whatever ending it has */

/* Ends stay as they are, so that forms can be put together; caller frees. */
char	*verbatim(const char *, size_t len);
/* Where in the text the byte `at` of its form comes from. */
size_t	 verbatim_origin(const char *, size_t len, size_t at);
/* The first match in a form that begins at or after `from` and before `limit`, at
 * edges of words; where it begins, and ends.  NULL: none. */
const char *verbatim_find(const char *form, const char *from,
	    const char *limit, const char *pattern, const char **end);
/* Words between two places of a form. */
unsigned verbatim_words(const char *, const char *end);

#endif
