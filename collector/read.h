#ifndef COLLECTOR_READ_H
#define COLLECTOR_READ_H

/*
 * From one exchange to its direct facts: the reader's lines, each with its
 * source, time and reader.  The one place where ids' owners (the collector) and
 * readers meet; used while collecting, on resuming, and by verify.
 */

#include "probes/reader.h"

/*
 * Appends struct fact * (no ids yet).  0; or -1 where the bytes are not of the
 * protocol, and then nothing is appended.
 */
int	exchange_read(const struct exchange *, GPtrArray *facts);

#endif
