#ifndef PROBES_PACE_H
#define PROBES_PACE_H

/*
 * Manners: when a server may be asked next.
 *
 * A registry's service is one server whatever address of it is asked, because
 * its operator counts clients, not addresses; any other server is its address.
 * Of each kind of question so many may be under way at one server, and so much
 * time lies between the beginnings of two; a server that has said how long to
 * wait is left alone until then.  Some registries say what they bear: the table
 * in pace.c has them, and it is never undercut by a limit.
 *
 * No clock: times are monotonic nanoseconds of the caller's.
 */

#include "probes/limits.h"
#include "probes/question.h"

struct pace;
struct pace_server;

#define PACE_NOT_NOW	INT64_MAX	/* when another one has ended */

struct pace	*pace_new(const struct limits *);	/* borrowed */
void		 pace_free(struct pace *);
/* Whom the question burdens; NULL where nobody.  The caller's until it gives it
 * back, so that a question in line is not looked up each time it is looked at. */
struct pace_server *pace_server(struct pace *, const struct question *);
void		 pace_leave(struct pace *, struct pace_server *, int64_t now);
/* At or before now: it may begin; later: not before then; PACE_NOT_NOW. */
int64_t		 pace_when(const struct pace *, const struct pace_server *);
gboolean	 pace_idle(const struct pace_server *);	/* nothing under way */
void		 pace_begin(struct pace_server *, int64_t now);
void		 pace_end(struct pace_server *);
/* The server is not to be asked before then. */
void		 pace_wait(struct pace_server *, int64_t until);

#endif
