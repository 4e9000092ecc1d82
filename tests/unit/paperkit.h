#ifndef TESTS_UNIT_PAPERKIT_H
#define TESTS_UNIT_PAPERKIT_H

/*
 * A case with papers, for lint_t and trap_t: the order's parties and entities,
 * a motion filed on 2019-06-23, its host's message (I-1, "ECF 17-1"), which came
 * before, and a document (H-1), which came after where it is asked for.
 */

#include "tests/unit/recordkit.h"

void	paperkit(struct kit *, gboolean after);
/* A paper among the imports: label "" the motion, "Declaration", "Proposed
 * order", "Objection". */
void	paperkit_add(struct kit *, const char *label, const char *text);
/* Text in which lint finds nothing, of that kit without the later document. */
extern const char paperkit_whole[];

#endif
