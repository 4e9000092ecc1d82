#ifndef COLLECTOR_CASE_KEYS_H
#define COLLECTOR_CASE_KEYS_H

/*
 * The keys of case.ini: one table, that the reader, the template and the
 * messages all come from.  A new key is a row there, a member of struct kase,
 * and, where its kind of value is new, a value_fn.
 */

#include "collector/case.h"

/*
 * How a value is read: into the member at p, what was there is freed; NULL, or
 * what is wanted instead, and the member is as it was.  dir is where relative
 * file names begin.
 */
typedef const char *value_fn(void *p, const char *value, const char *dir);

struct ini_key {
	const char	*group, *name;
	value_fn	*read;
	size_t		 at;		/* of the member in struct kase */
	const char	*standard;	/* the default, as it is written */
	const char	*says;		/* lines of comment */
};

extern const struct ini_key ini_keys[];		/* ends with a group of NULL */

/* Kinds of value, in case_value.c.  Lists have blanks, commas or semicolons
 * between their members. */
value_fn value_text, value_lines, value_date, value_forum, value_days,
    value_wait, value_flag, value_url, value_urls, value_file, value_addresses,
    value_page, value_names, value_ids, value_bytes, value_deadline,
    value_resolvers, value_subnets;
/* A positive whole number of at most max, or 0. */
int64_t	 value_number(const char *, int64_t max);

#endif
