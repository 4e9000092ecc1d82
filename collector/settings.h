#ifndef COLLECTOR_SETTINGS_H
#define COLLECTOR_SETTINGS_H

/*
 * data/settings.json: what a run was made with.  Targets, limits, user agent,
 * exit, versions of the program and its libraries, databases and local inputs
 * with their hashes.  Two runs with equal bytes here can be one: what resuming
 * asks.
 */

#include "collector/case.h"
#include "geoip/geo.h"
#include "probes/lists.h"
#include "probes/target.h"

json_t	*settings_make(const struct kase *, const struct target *, size_t n,
	    const struct geo_set *, const struct lists *, const char *hints,
	    const char *anchors, const char *bundle,
	    const char *exit);	/* the way out: "direct", or the proxy's label */

#endif
