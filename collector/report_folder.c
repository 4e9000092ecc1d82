#include "collector/report_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/files.h"

static unsigned
last_report(const char *dir)
{
	GDir *d = g_dir_open(dir, 0, NULL);
	const char *name;
	unsigned last = 0;

	while (d != NULL && (name = g_dir_read_name(d)) != NULL) {
		guint64 n;
		g_autofree char *digits = g_strndup(name, 6);

		if (strlen(digits) == 6 && (name[6] == '\0' ||
		    strcmp(name + 6, ".part") == 0) &&
		    g_ascii_string_to_unsigned(digits, 10, 1, REPORTS_MAX, &n,
		    NULL) && n > last)
			last = (unsigned)n;
	}
	if (d != NULL)
		g_dir_close(d);
	return last;
}

/* A number of our own: whoever makes the .part folder first has it. */
int
report_folder_numbered(struct report_folder *f, const char *dir, GError **e)
{
	g_autofree char *reports = g_build_filename(dir, "reports", NULL);

	if (mkdir(reports, 0755) < 0 && errno != EEXIST)
		return file_fail(e, reports, "make the folder");
	for (unsigned n = last_report(reports) + 1; n <= REPORTS_MAX; n++) {
		g_free(f->final);
		g_free(f->part);
		f->final = g_strdup_printf("%s/%06u", reports, n);
		f->part = g_strconcat(f->final, ".part", NULL);
		if (access(f->final, F_OK) == 0)
			continue;
		if (mkdir(f->part, 0755) == 0)
			return dir_sync(reports, e);
		if (errno != EEXIST)
			return file_fail(e, f->part, "make the folder");
	}
	errno = ENOSPC;
	return file_fail(e, reports, "find a free number in");
}

int
report_folder_alone(struct report_folder *f, const char *path, GError **e)
{
	g_autofree char *name = g_path_get_basename(path);

	f->final = g_strdup_printf("%s-report", name);
	f->part = g_strconcat(f->final, ".part", NULL);
	if (access(f->final, F_OK) == 0) {
		errno = EEXIST;
		return file_fail(e, f->final, "write");
	}
	return dir_make(f->part, e);
}

int
report_folder_finish(struct report_folder *f, GError **e)
{
	g_autofree char *parent = g_path_get_dirname(f->final);

	if (dir_sync(f->part, e) < 0)
		return -1;
	if (renameat2(AT_FDCWD, f->part, AT_FDCWD, f->final,
	    RENAME_NOREPLACE) < 0)
		return file_fail(e, f->final, "give its name to");
	return dir_sync(parent, e);
}

void
report_folder_clear(struct report_folder *f)
{
	g_free(f->final);
	g_free(f->part);
}
