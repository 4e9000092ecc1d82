#ifndef PROBES_RDAP_VALUE_H
#define PROBES_RDAP_VALUE_H

/*
 * Values of registration data that are said in more than one way: status words
 * (RFC 8056), roles, times.
 */

#include <glib.h>

/* A status as RDAP spells it, whether it came as "client hold", "clientHold" or
 * "clientHold https://icann.org/epp#clientHold"; NULL where the table has no
 * such word. */
const char	*rdap_status(const char *);
/* A role as RFC 9083 spells it; NULL where the table has no other spelling. */
const char	*rdap_role(const char *);
/* Whether it is one of RFC 9083 section 10.2.4, in any case. */
gboolean	 rdap_is_role(const char *);
/* An event as RFC 9083 spells it; NULL where the table has no other name. */
const char	*rdap_event(const char *);
/*
 * "2026-11-25T20:54:52Z" of a time with an offset, with or without seconds and
 * their fraction; NULL where it is no time, or says no offset.  Caller frees.
 */
char		*rdap_utc(const char *);
/* Seconds from then until an HTTP date; -1 where it is none (RFC 9110, 5.6.7,
 * the preferred form alone).  since: microseconds. */
gint64		 rdap_http_wait(const char *date, gint64 since);

#endif
