#ifndef PROBES_SEAM_H
#define PROBES_SEAM_H

/*
 * The two seams: the clock and the random source.  Nothing else in the
 * program asks the kernel for either, and no reader or renderer asks at all.
 */

#include <stddef.h>
#include <stdint.h>

int64_t	clock_wall_us(void);	/* since 1970 UTC */
int64_t	clock_mono_ns(void);
void	random_bytes(void *, size_t);	/* from the kernel; aborts if it has none */

#endif
