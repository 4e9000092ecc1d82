/* Where the sources of an address put it: as to one another, and to the forum. */

#include <string.h>

#include "reports/whereabouts.h"

/* All against the first country and the first state: sources are many where
 * runs are. */
gboolean
address_conflict(const struct address *a)
{
	const char *country = "", *state = "";

	for (guint i = 0; i < a->places->len; i++) {
		const char *code = g_array_index(a->places, struct place_said,
		    i).code;

		if (places_differ(code, country) || places_differ(code, state))
			return TRUE;
		if (*country == '\0')
			country = code;
		if (*state == '\0' && strlen(code) > 2)
			state = code;
	}
	return FALSE;
}

enum within
address_within(const struct address *a, const char *forum, gboolean *conflict)
{
	gboolean in = FALSE, out = FALSE;

	for (guint i = 0; a != NULL && i < a->places->len; i++) {
		enum within w = place_within(g_array_index(a->places,
		    struct place_said, i).code, forum);

		in |= w == WITHIN_IN;
		out |= w == WITHIN_OUT;
	}
	*conflict = in && out;
	if (*conflict || (!in && !out))
		return WITHIN_UNKNOWN;
	return in ? WITHIN_IN : WITHIN_OUT;
}
