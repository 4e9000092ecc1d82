#ifndef REPORTS_CALL_H
#define REPORTS_CALL_H

/*
 * page.call facts: what scripts would ask, by addresses that stand in them.
 *
 * A script that a page loads from elsewhere is somebody else's, and so is what it
 * asks; a site's own script may still ask others.  Nothing was run: a request
 * that stands in a script may never be made.  Pure.
 */

#include "probes/fact.h"

/* What the target's own script asks of the target's own host. */
gboolean	 call_own(const struct fact *);
/* The target's own script asks where the visitor is: the browser, a service of
 * that kind (locator()), or its own host, by a word of the address's path. */
gboolean	 call_place(const struct fact *);
/* Whether the host is one that tells a page where its visitor is. */
gboolean	 locator(const char *host);

#endif
