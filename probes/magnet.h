#ifndef PROBES_MAGNET_H
#define PROBES_MAGNET_H

/*
 * A magnet link as metadata, and nothing more: it is never followed, and what it
 * names is never fetched.
 *
 *	xt	urn:btih: 40 hex digits or 32 of Base32 (BEP 9); urn:btmh: a
 *		multihash, 1220 and 64 hex digits for SHA-256 (BEP 52)
 *	dn	the name that the link gives
 *	tr	trackers, as written
 *	xl	length in bytes
 */

#include <jansson.h>
#include <stddef.h>

#define MAGNET_MOST	4096
#define MAGNET_TRACKERS	30

/*
 * name s, hash s, hash_v2 s (lower-case hex, "" where not there), trackers [],
 * bytes i; NULL where it names no torrent.  s may be of HTML: "&amp;" is read
 * as "&".  *key: what makes two links the same; caller frees.
 */
json_t	*magnet_read(const char *s, size_t len, char **key);

#endif
