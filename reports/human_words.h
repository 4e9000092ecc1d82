#ifndef REPORTS_HUMAN_WORDS_H
#define REPORTS_HUMAN_WORDS_H

/*
 * An act as the places where its words begin, in small letters, each with the
 * clause and the sentence in which it stands.  "mail" begins a word in "email" too;
 * an address of a page is none of its words.
 */

#include <glib.h>
#include <stdint.h>

#define ACT_WORDS	64	/* of one act, a bit each; those after are not read */

struct act_word {
	const char	*s;
	guint		 clause, sentence;
	unsigned	 is;		/* of those who read it */
};

struct act_words {
	char		*text;
	struct act_word	 at[ACT_WORDS];
	unsigned	 n;
	gboolean	 first[256];	/* a word begins with the byte */
};

void		act_words_read(struct act_words *, const char *act);
void		act_words_clear(struct act_words *);
/*
 * Which words begin with one of a list with | between, which ends at end: bit i of
 * word i.  One that ends in a full stop is the whole word.
 */
uint64_t	act_words_are(const struct act_words *, const char *list,
		    const char *end);
/* Whether the words of a name, in small letters, NULL at its end, stand from i on. */
gboolean	act_words_name(const struct act_words *, unsigned i,
		    char *const *name);

#endif
