/*
 * Which program this is.  The Makefile passes GOODCAUSE_VERSION and makes this
 * object again when it changes.
 */

#include <string.h>

#include "collector/files.h"
#include "collector/seal.h"

const char goodcause_version[] = GOODCAUSE_VERSION;

const char *
program_sha256(void)
{
	static struct file_sums sums;
	static gsize once;

	if (g_once_init_enter(&once)) {
		g_autofree char *path = g_file_read_link("/proc/self/exe", NULL);

		if (path == NULL || file_sums(path, &sums, NULL) < 0)
			memset(sums.sha256, 0, sizeof(sums.sha256));
		g_once_init_leave(&once, 1);
	}
	return sums.sha256;
}
