#ifndef PROBES_ICON_H
#define PROBES_ICON_H

/*
 * An icon as hashes: SHA-256, and the number that scanners of the net search by:
 * MurmurHash3 (x86, 32 bits, seed 0), signed, of its Base64 with a line feed
 * after every 76 characters and at the end (RFC 2045 lines, LF only).
 *
 * An answer that is no picture by its first bytes gives nothing: an error page
 * served for an icon is no icon.
 */

#include "probes/exchange.h"

gint32		 icon_mmh3(const void *, size_t len);
/* "png", ...; NULL where it is no picture. */
const char	*icon_type(const void *, size_t len);
void		 icon_facts(const struct exchange *, const char *bytes,
		    size_t len, GString *out);

#endif
