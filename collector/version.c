/*
 * Which program this is.  The Makefile passes GOODCAUSE_VERSION and makes this
 * object again when it changes.
 */

#include "collector/seal.h"
#include "probes/text.h"

const char goodcause_version[] = GOODCAUSE_VERSION;

/* SHA-256 alone, by one mapping: the program is read at every run. */
const char *
program_sha256(void)
{
	static char sum[65];
	static gsize once;

	if (g_once_init_enter(&once)) {
		g_autoptr(GMappedFile) self = g_mapped_file_new(
		    "/proc/self/exe", FALSE, NULL);

		if (self != NULL)
			text_sha256(sum, g_mapped_file_get_contents(self),
			    g_mapped_file_get_length(self));
		g_once_init_leave(&once, 1);
	}
	return sum;
}
