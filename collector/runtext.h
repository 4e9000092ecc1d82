#ifndef COLLECTOR_RUNTEXT_H
#define COLLECTOR_RUNTEXT_H

/*
 * The texts of a run's own files: lines "label: value", UTF-8, LF, in a fixed
 * order, with "none" where there is nothing.  FORMAT.md lists the labels.
 */

#include "collector/bag.h"
#include "collector/runcount.h"
#include "collector/seal.h"

void	 runtext_id(char out[65]);	/* 32 random bytes as hex */
GString	*runtext_open(const struct run_plan *, const char *id,
	    const char *settings_sha256, const char *key_sha256);
GString	*runtext_bag_info(const struct run_plan *, const GPtrArray *payload);
/* NULL with error where a tagmanifest cannot be read. */
GString	*runtext_head(const struct run_plan *, const struct open_run *,
	    const struct run_result *, const struct run_count *,
	    const GPtrArray *payload, GError **);

#endif
