#ifndef COLLECTOR_CASE_INI_H
#define COLLECTOR_CASE_INI_H

/*
 * case.ini: a GLib key file (UTF-8; # comments; [group]; key = value).  Its
 * keys are the rows of case_keys.h.
 *
 * An unknown group or key, a key given twice, and a value that is not of its
 * kind are errors of CASE_ERROR_USAGE that name file, line and key.  Control
 * characters stand in no value (\n in those of several lines).  At most 1 MiB.
 */

#include "collector/case.h"

/* The defaults, as without a case.ini; dir NULL, no targets. */
void	 case_ini_defaults(struct kase *);
/* Reads text over the defaults; path is named in errors, its folder is where
 * relative file names begin. */
int	 case_ini_read(const char *path, const char *text, size_t len,
	    struct kase *, GError **);
/* The commented file that "init" writes; caller frees. */
char	*case_ini_template(const char *forum, const char *title);
/* NULL, or what is wanted: "a forum as US-HI (ISO 3166-2)". */
const char *case_forum_problem(const char *forum);

#endif
