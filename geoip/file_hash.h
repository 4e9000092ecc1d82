#ifndef GEOIP_FILE_HASH_H
#define GEOIP_FILE_HASH_H

/*
 * SHA-256 of a large file that rarely changes.  Hashing 70 MB takes 50 ms and
 * a set has several, so results are kept in $XDG_CACHE_HOME/goodcause/sha256,
 * a text file with a line for each file:
 *
 *	device inode size mtime_ns ctime_ns sha256
 *
 * All five must agree.  In any doubt the file is hashed again: where the cache
 * is not ours alone to write, a line is not exactly so, or the file changed
 * within two seconds of being hashed (its next change could carry the same
 * times).  A cache that cannot be written costs time and nothing else.
 */

#include <stdbool.h>

/*
 * Hashes the file open at fd, from its start, into 64 hex digits and a NUL.
 * cached says that the cache knew.  0, or -1 with errno: EAGAIN where the file
 * changed while it was read.
 */
int	file_hash(int fd, char hex[65], bool *cached);

#endif
