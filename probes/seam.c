#include <err.h>
#include <sys/random.h>
#include <time.h>

#include "probes/seam.h"

int64_t
clock_wall_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
clock_mono_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void
random_bytes(void *buf, size_t len)
{
	if (getentropy(buf, len) != 0)
		err(2, "random source");
}
