#ifndef PROBES_CONVERTER_H
#define PROBES_CONVERTER_H

/*
 * Converters from a character set to UTF-8.  Opening one loads a library from
 * disk, which costs more than reading a whole answer, so each is opened once and
 * kept.  It is given out at the beginning of its state: nothing of an earlier
 * text is left in it.
 *
 * charset: static, of a table of ours and never a stranger's word; at most
 * CONVERTERS are kept, and where there would be more the answer is as if the
 * system did not know the set.  One text at a time has the converter.
 */

#include <glib.h>

#define CONVERTERS	64

/* (GIConv)-1 where the system does not know the set; never closed. */
GIConv	converter_take(const char *charset);

#endif
