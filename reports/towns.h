#ifndef REPORTS_TOWNS_H
#define REPORTS_TOWNS_H

/*
 * Towns and islands of the United States that name their state: "Honolulu" on a
 * page is a word about Hawaii.
 */

#include <glib.h>

/* The two letters of its state, NULL where the name is none of these. */
const char	*town_state(const char *name);
/* Whether a town of the state stands in the text, as a whole word in its own
 * letters; NULL: of any state. */
gboolean	 towns_in(const char *text, const char *state);

#endif
