#include <string.h>

#include "probes/limits.h"

static const struct limit_info table[LIMITS] = {
#define LIMIT(sym, lname, lvalue, lunit, lwhy) \
	[LIMIT_##sym] = { \
		.name = lname, .unit = lunit, .why = lwhy, .value = lvalue \
	},
#include "probes/limits.def"
#undef LIMIT
};

const struct limit_info *
limit_info(enum limit l)
{
	return &table[l];
}

void
limits_default(struct limits *l)
{
	for (int i = 0; i < LIMITS; i++)
		l->value[i] = table[i].value;
}

int
limits_set(struct limits *l, const char *name, int64_t value)
{
	if (value <= 0)
		return -1;
	for (int i = 0; i < LIMITS; i++) {
		if (strcmp(table[i].name, name) == 0) {
			l->value[i] = value;
			return 0;
		}
	}
	return -1;
}
