#ifndef REPORTS_EXCERPT_H
#define REPORTS_EXCERPT_H

/*
 * A quotation as lawyers write it, held against a text.
 *
 * Dots of omission (". . .", "...", "* * *", "[]" between words) leave words
 * out; the pieces around them stand in the text in order, begin and end at edges
 * of words, and no more than EXCERPT_APART words apart.  Brackets: one letter
 * in another case ("[t]he"), another ending ("ha[s]", "file[]"), "[sic]" and a
 * footnote's number change no word; "[citation omitted]" leaves words out;
 * anything else puts words of the writer's in the text's place.  Brackets that
 * the text has itself are its words.
 */

#include <glib.h>

#define EXCERPT_APART	80

enum stands {
	STANDS_NOT,
	STANDS_APART,		/* its pieces, too far from each other */
	STANDS,			/* perhaps with words left out or put in */
};

/* What was found, all of it verbatim of the text or of the quotation. */
struct standing {
	enum stands	 how;
	size_t		 from, to;	/* in the text: its sentences */
	unsigned	 apart;		/* most words between two pieces */
	GString		*denied;	/* left out, where that denies or limits: “not”, “unless so” */
	GString		*put;		/* “[is ready to]” for “cannot” */
	char		*before, *after;	/* a denial or condition right beside
						 * a quotation without dots; NULL */
	char		*verb;		/* “not hold any”, a denial a word or two
					 * before one; NULL */
};

struct excerpt;
struct excerpt	*excerpt_new(const char *quote, size_t len);
void		 excerpt_free(struct excerpt *);

/* text and its form (reports/verbatim.h); clear what was found.  Without the text
 * the same is told in words of the form, and no from and to: of many texts the
 * one that matters is looked at once more. */
void	excerpt_stands(const struct excerpt *, const char *text,
	    const char *form, struct standing *);
void	standing_init(struct standing *);
void	standing_clear(struct standing *);
/* Whether words deny, or set a condition: not, never, unless, only, can't. */
gboolean words_deny(const char *, size_t len);

#endif
