#ifndef COLLECTOR_REPORT_FOLDER_H
#define COLLECTOR_REPORT_FOLDER_H

/*
 * The folder that a report's files go into.  It is made under another name
 * (".part"), filled, and has its own name only once all of it is on disk;
 * nothing is ever overwritten.
 */

#include <glib.h>

#define REPORTS_MAX	999999u

struct report_folder {
	char	*final, *part;		/* its name, and the one it is filled under */
};

/* reports/NNNNNN of the case in dir: one over the last, whoever makes it first
 * has it. */
int	 report_folder_numbered(struct report_folder *, const char *dir,
	    GError **);
/* NAME-report in the current folder, of a run at path. */
int	 report_folder_alone(struct report_folder *, const char *path, GError **);
int	 report_folder_finish(struct report_folder *, GError **);
void	 report_folder_clear(struct report_folder *);

#endif
