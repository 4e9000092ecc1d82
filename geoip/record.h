#ifndef GEOIP_RECORD_H
#define GEOIP_RECORD_H

/*
 * One record of a MaxMind DB as JSON.  The library's own reader of whole
 * records (MMDB_get_entry_data_list) makes a list as long as the file asks
 * for, and a file can ask for any length by pointing back at itself; so the
 * record is walked here value by value, with a limit on each thing.
 */

#include <glib.h>
#include <maxminddb.h>

enum {
	RECORD_JSON_MAX = 16 * 1024,	/* bytes of JSON */
	RECORD_DEPTH_MAX = 16,		/* maps and arrays within each other */
	RECORD_VALUES_MAX = 4096,	/* keys and values looked at */
};

/*
 * Appends the record at the entry, which must be a map.  0, or -1 where it is
 * damaged or past a limit; json is then as it was.
 */
int	record_json(const MMDB_s *, uint32_t offset, GString *json);

#endif
