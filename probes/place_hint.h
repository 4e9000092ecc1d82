#ifndef PROBES_PLACE_HINT_H
#define PROBES_PLACE_HINT_H

/*
 * Words in reverse names that operators use for places: codes of airports and
 * names of cities, "fra02" or "amsterdam" between dots and hyphens.  A hint and
 * no more: whoever runs the address wrote it, it may be years old, and it may
 * mean another thing.
 *
 * data/place-hints.tsv has the words; pure.
 */

#include <glib.h>

struct place_hint {
	const char	*word, *place, *country, *lat, *lon;	/* borrowed */
};

#define PLACE_HINTS	4	/* of one name */

/* The hints in a name, at most PLACE_HINTS, leftmost first; how many. */
unsigned	place_hints(const char *name, struct place_hint out[PLACE_HINTS]);
/* What has to be said with each. */
extern const char place_hint_caution[];

#endif
