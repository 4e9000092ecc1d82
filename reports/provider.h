#ifndef REPORTS_PROVIDER_H
#define REPORTS_PROVIDER_H

/*
 * Providers that the record names, the entities of the case, and how a name in
 * one is held against a name in the other.  See sight.h for the structures.
 *
 * A provider is the holder of an address with the role HOST, CDN_EDGE, DNS or
 * MAIL ("linked HOST" where the name is one that a page of the target leads to,
 * which may be anybody's); the registrar in a domain's registration data; the registry whose own
 * server answered for the domain.  One row for each (name, role, target, run).
 */

#include "reports/company.h"
#include "reports/sight.h"

#define PROVIDER_LINKED	"linked HOST"

GPtrArray	*providers_of(const struct sight *);	/* struct provider * */
GPtrArray	*entities_of(const struct sight *);	/* struct entity_view * */

/*
 * Whether a name that somebody wrote, of an import, is that of the entity: of those
 * in entities.csv that it may be, the one that it fits best.  "Instra" is nobody's
 * where the table has Instra Ltd and Instra Pty.
 */
gboolean	 entity_takes(const struct record *, const char *entity,
		    const char *said);
/* Whether it may be this one and another, and fits neither better. */
gboolean	 entity_either(const struct record *, const char *entity,
		    const char *said);

#endif
