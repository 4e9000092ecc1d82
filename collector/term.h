#ifndef COLLECTOR_TERM_H
#define COLLECTOR_TERM_H

/*
 * What a person sees while a run is collected: a table of the open targets on
 * standard error, drawn again a few times a second, at least 60 columns wide;
 * on narrower terminals a line a target; nothing where standard error is no
 * terminal.  No bar and no percentage: how many questions there will be is not
 * known before the last is asked.
 */

#include "collector/cmd.h"
#include "collector/engine.h"

struct term;

/* NULL where there is nothing to draw on, or -q. */
struct term	*term_new(const struct globals *);
void		 term_head(struct term *, const char *title, const char *run,
		    const char *opened, const char *by);
/* Draws at most every 100 ms, unless last. */
void		 term_draw(struct term *, const struct engine *, gboolean last);
void		 term_free(struct term *);

#endif
