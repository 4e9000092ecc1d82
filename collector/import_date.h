#ifndef COLLECTOR_IMPORT_DATE_H
#define COLLECTOR_IMPORT_DATE_H

/*
 * Times and days as people write them, and nothing guessed.
 *
 *	2019-07-01T12:34:56.5Z		RFC 3339, also with a blank for T, without
 *	2019-07-01 12:34 -10:00		seconds, with a zone behind
 *	20190701T123456Z		ISO 8601, basic
 *	2019-07-01, 2019/07/01		a day (ROW_DATE_ONLY, the time is its 00:00 UTC)
 *	13/04/2026			a day: it can be read in one way only
 *	03/04/2026, 3.4.2026		ROW_TIME_AMBIGUOUS; 05/05/2026 is not
 *	any two-digit year		ROW_TIME_AMBIGUOUS
 *	1 Jul 2019, Jul 1, 2019, 01/Jul/2019:12:34:56 +0000, Mon, 1 Jul 2019 ...
 *	Mon Jul  1 12:34:56 2019	as ctime() writes it, also with a zone before the year
 *	12:34 PM			with any of these days
 *	1561939200, 43647.5		ROW_TIME_BAD: a bare number is no time
 *
 * A local time wants a zone, in its own cell or behind it: an offset (+09:00,
 * -1000, UTC+2), UTC, GMT, Z, or an IANA name.  None: ROW_TIME_NO_ZONE.
 * Abbreviations that are none of IANA's (CST, IST) stand for several zones and
 * give ROW_TIME_AMBIGUOUS; so does an hour that the zone's clocks show twice or
 * never, and an offset in the time that contradicts the zone's cell.  A leap
 * second is the first moment after it, and stands at 23:59:60 UTC of the last
 * day of June or December only.
 *
 * Pure.
 */

#include "collector/import_zone.h"
#include "reports/import.h"

/*
 * Faults of row_fault's ROW_TIME_* and ROW_DATE_ONLY, 0 where it is a time;
 * *time is microseconds since 1970, or TIME_UNKNOWN.  zones may be NULL: then no
 * name is known.
 */
uint32_t	 date_read(const char *text, const char *zone,
		    struct tz_set *, int64_t *time);
/*
 * "2019-07" or "2019" too, as its first and last day; days since 1970.  Faults
 * as above, without ROW_DATE_ONLY; a time counts as its day in UTC.
 */
uint32_t	 period_read(const char *text, int64_t *first, int64_t *last);
/* "2019-07-01" */
void		 day_words(char out[16], int64_t day);

#endif
