#ifndef REPORTS_FORUM_H
#define REPORTS_FORUM_H

/*
 * Places, as far as the showing needs them: a country, or a state of the United
 * States, as ISO 3166 writes them ("NL", "US", "US-HI"); and whether one lies in
 * a forum.  Nothing is guessed: a text that two places could have written is no
 * place ("Portland, CA"), and a country is not one of its states.
 */

#include <glib.h>

#define PLACE_CODE	8	/* "US-HI", its NUL, and room */

enum within { WITHIN_UNKNOWN, WITHIN_OUT, WITHIN_IN };

/* "Hawaii" of "US-HI", "the United States" of "US"; NULL where it has no name. */
const char	*forum_name(const char *code);
/*
 * The code of a place as people and databases write it: "us-hi", "Honolulu, HI,
 * US", "Hawaii", "Amsterdam, Netherlands".  FALSE, and code "", where the text
 * names none.
 */
gboolean	 place_of_words(const char *text, char code[PLACE_CODE]);
/* The code of a country or a state by its name: "Hawaii", "HI, US"; of no town, and
 * code is of use only where it is TRUE. */
gboolean	 place_of_name(const char *text, char code[PLACE_CODE]);
/* Whether two letters of a country are a territory's of the United States. */
gboolean	 place_is_territory(const char *country);
/* The same of two fields of a database: "US" and "Hawaii". */
gboolean	 place_of(const char *country, const char *region,
		    char code[PLACE_CODE]);
/* Whether a place lies in the forum: "US" is WITHIN_UNKNOWN of "US-HI". */
enum within	 place_within(const char *code, const char *forum);
/* Whether two places cannot both be right. */
gboolean	 places_differ(const char *a, const char *b);
/* Whether the words name the forum: "visit Hawaii", "United States". */
gboolean	 words_name_forum(const char *text, const char *forum);

#endif
