#ifndef COLLECTOR_LINE_H
#define COLLECTOR_LINE_H

/*
 * One line of log.jsonl: keys in a fixed order, LF at the end.  FORMAT.md,
 * "The log", is the specification.
 */

#include <jansson.h>

#include "probes/exchange.h"

#define LINE_MAX_LEN	(1u << 20)	/* refuse to read a longer line */

void		 line_exchange(GString *out, const struct exchange *,
		    const char *prev, const char *salt);
/* members (as json_put_members() writes them; NULL: none) follow n, type and
 * prev. */
void		 line_event(GString *out, uint64_t n, const char *type,
		    const char *prev, const GString *members);
/* An exchange as its line says, without bytes; NULL where it is not one. */
struct exchange	*line_read(const json_t *line);

/* Reading a log: fn gets each whole line (LF not counted in len); it stops
 * where fn does not return 0.  Gives how many bytes the whole lines take. */
typedef int line_fn(const char *line, size_t len, void *);
int		 line_each(const char *path, line_fn *, void *, uint64_t *whole,
		    GError **);

#endif
