#ifndef PROBES_HTTP_CODING_H
#define PROBES_HTTP_CODING_H

/*
 * Content codings undone (RFC 9110 8.4.1): gzip and x-gzip (RFC 1952), deflate
 * (RFC 1950, or bare RFC 1951 as servers send it), br (RFC 7932), zstd
 * (RFC 8878).  Pure, and streaming: no more is ever written than was allowed,
 * whatever the bytes say of their size.
 *
 * What follows the end of the coded data is not looked at; of zstd, further
 * frames are data (RFC 8878 3.1).  A zstd window is at most 8 MiB, as RFC 9659
 * lays down for this use; a brotli window is at most 16 MiB by its format.
 */

#include <glib.h>

/*
 * At most max bytes, as a new reference; *cut is set where there was more, or
 * where the coding broke off, and else left as it is.  NULL where the coding,
 * a name without blanks, is not known to us.
 */
GBytes	*http_coding_undo(GBytes *, const char *coding, gsize max,
	    gboolean *cut);

#endif
