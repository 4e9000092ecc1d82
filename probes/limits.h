#ifndef PROBES_LIMITS_H
#define PROBES_LIMITS_H

/*
 * The limits of a run: a const table of defaults, copied into each run's own
 * struct limits, which case.ini may change ([collect] keys) and settings.json
 * records.  Passed down by pointer; nothing reads a global.
 */

#include <stdint.h>

enum limit {
#define LIMIT(sym, name, value, unit, why) LIMIT_##sym,
#include "probes/limits.def"
#undef LIMIT
	LIMITS,
};

struct limit_info {
	const char	*name, *unit, *why;
	int64_t		 value;
};

struct limits {
	int64_t		 value[LIMITS];
};

const struct limit_info	*limit_info(enum limit);
void			 limits_default(struct limits *);
/* 0, or -1 where there is no such limit or the value is not positive. */
int			 limits_set(struct limits *, const char *name, int64_t);

#endif
