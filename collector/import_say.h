#ifndef COLLECTOR_IMPORT_SAY_H
#define COLLECTOR_IMPORT_SAY_H

/* What "goodcause import" prints of a file. */

#include <jansson.h>

#include "collector/import_store.h"

/* The word of one bit of enum row_fault for programs: "time-no-zone". */
const char	*row_fault_word(enum row_fault);
/* What to do about it, or NULL. */
const char	*row_fault_remedy(enum row_fault);

void		 import_say(const struct stored *, const struct import_tally *,
		    GString *out);
json_t		*import_json(const struct stored *, const struct import_tally *);

#endif
