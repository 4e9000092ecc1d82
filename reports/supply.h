#ifndef REPORTS_SUPPLY_H
#define REPORTS_SUPPLY_H

/* Who supplies what is missing, and how: one row of supply.def each. */

enum supply {
#define SUPPLY(name, says) SUPPLY_##name,
#include "reports/supply.def"
#undef SUPPLY
	SUPPLIES,
};

const char *supply_says(enum supply);

#endif
