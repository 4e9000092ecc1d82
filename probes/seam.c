#include <err.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/types.h>
#include <time.h>

#include "probes/seam.h"

#define POOL	1024

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

/* From the kernel itself. */
static void
draw(void *buf, size_t len)
{
	unsigned char *p = buf;

	while (len > 0) {
		ssize_t n = getrandom(p, len, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			err(2, "random source");
		p += n;
		len -= (size_t)n;
	}
}

/*
 * A DNS question needs some forty bytes in three pieces, and asking the kernel
 * costs the same for one byte as for a hundred.  So small pieces are cut from
 * what was drawn at once; no byte is given out twice, none stays behind.  The
 * program never goes on in a child of its own, which would draw the same.
 */
void
random_bytes(void *buf, size_t len)
{
	static _Thread_local struct {
		unsigned char	bytes[POOL];
		size_t		left;
	} pool;

	if (len > POOL / 4) {
		draw(buf, len);
		return;
	}
	if (len > pool.left) {
		draw(pool.bytes, POOL);
		pool.left = POOL;
	}
	pool.left -= len;
	memcpy(buf, pool.bytes + pool.left, len);
	explicit_bzero(pool.bytes + pool.left, len);
}
