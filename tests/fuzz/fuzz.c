/*
 * The entry of libFuzzer: FUZZ_TARGET names the row of tests/unit/hostile.c
 * that gets the bytes.
 */

#include <stdint.h>
#include <stdlib.h>

#include "tests/unit/hostile.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct hostile *h;

	if (h == NULL) {
		const char *name = getenv("FUZZ_TARGET");

		h = hostile_named(name != NULL ? name : "");
		if (h == NULL)
			g_error("FUZZ_TARGET: no such reader");
	}
	h->feed((const char *)bytes, len);
	return 0;
}
