#ifndef PROBES_PAGE_CHARSET_H
#define PROBES_PAGE_CHARSET_H

/*
 * The character set of a page (HTML standard, "determining the character
 * encoding"): a byte order mark, then Content-Type, then a <meta> in the first
 * CHARSET_HEAD bytes.  Pure.
 *
 * What is not UTF-8 is converted; a byte that has no meaning becomes U+FFFD.
 * Names are taken as browsers take them: iso-8859-1 and us-ascii are
 * windows-1252, gb2312 is gb18030, ...  A name that is not known, or more than
 * CHARSET_FAULTS bytes without a meaning: the page is read as if it were UTF-8.
 */

#include <glib.h>

#include "probes/http_message.h"

#define CHARSET_HEAD	1024
#define CHARSET_FAULTS	1000

/*
 * The page in UTF-8 where it has to be converted, NULL where it is read as it
 * is.  *name: as declared, in lower case, "" where nothing is; caller frees.
 */
GBytes	*page_charset(const struct http_message *, GBytes *page, char **name);

#endif
