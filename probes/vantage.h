#ifndef PROBES_VANTAGE_H
#define PROBES_VANTAGE_H

/*
 * Where the collecting machine stands, as somebody declares it ([collect]
 * vantage): any words, and at their end, behind a comma or alone, an ISO 3166
 * code and after it, where that is known, latitude and longitude in degrees.
 *
 *	US-HI
 *	Honolulu, US-HI 21.31,-157.86
 *	an office in Zurich, CH
 *	a rented server in the north		(words only)
 *
 * Nothing here checks that it is so.  Pure.
 */

#include <glib.h>

#include "probes/extent.h"

struct vantage {
	char	country[3];	/* "" where the words end in no code */
	char	region[8];	/* "US-HI", "" */
	char	lat[16], lon[16];	/* as written, "" */
};

/* What can be read of the words; all "" where nothing can. */
void		vantage_read(const char *text, struct vantage *);
/* Its place: the point, or the country or state.  FALSE where none is known. */
gboolean	vantage_extent(const struct vantage *, struct extent *);

#endif
