#ifndef PROBES_JSON_ARENA_H
#define PROBES_JSON_ARENA_H

/*
 * Where the values of a reader lie.  Between begin and end all that jansson
 * allocates is cut from a few large blocks, and gone at the end: a reader builds
 * thousands of small values, and none of them outlives it.  A value that was
 * made before may be freed within, as ever.
 *
 * Nothing made within may be looked at after the end, nor text that
 * json_dumps() made be given to free(); json_text() is for that.  Not to be
 * nested; one thread.  Under a sanitizer every value is an allocation of its
 * own, so that it sees what is wrong.
 */

#include <jansson.h>

void	json_arena_begin(void);
void	json_arena_end(void);
/*
 * Gives a value up.  Between the two nothing is done: to take a tree apart costs
 * as much as to read it, and it is gone at the end anyhow.  For what is made
 * once; what is made and given up in a loop over foreign data is json_decref()'s.
 */
void	json_arena_drop(json_t *);

#endif
