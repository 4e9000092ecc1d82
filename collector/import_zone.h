#ifndef COLLECTOR_IMPORT_ZONE_H
#define COLLECTOR_IMPORT_ZONE_H

/*
 * Time zones by their IANA names, out of TZif files (RFC 9636) that the case
 * keeps: "goodcause import" copies the files of the zones that a log names into
 * imports/ and names their hashes, so that the same log says the same times when
 * the machine's rules have changed.  Reading one is pure.
 *
 * A local time may be there once, twice (the hour that is put back) or never
 * (the one that is left out): tz_utc() says which.
 */

#include <glib.h>
#include <stdint.h>

#define ZONE_FILE_MAX	(256u << 10)
#define ZONES_MAX	64u		/* named in one file */

struct tz;

struct tz	*tz_read(const void *tzif, size_t len);	/* NULL: is none */
void		 tz_free(struct tz *);
/* Seconds east of UTC at a time, both in seconds since 1970. */
int32_t		 tz_offset(const struct tz *, int64_t utc);
/* The times at which a clock there shows local; 0, 1 or 2 of them. */
unsigned	 tz_utc(const struct tz *, int64_t local, int64_t out[2]);

/* The zones that one file names. */
struct tz_set;

/* The bytes of a zone's TZif file, or NULL; name is tz_name_ok(). */
typedef GBytes	*tz_load_fn(const char *name, void *arg);

struct tz_set	*tz_set_new(tz_load_fn *, void *arg);
void		 tz_set_free(struct tz_set *);
/* NULL where there is none; asked for once a name. */
const struct tz *tz_find(struct tz_set *, const char *name);
/* Whether it could be a zone's name: it becomes part of a path. */
gboolean	 tz_name_ok(const char *);

#endif
