#ifndef REPORTS_STANDING_H
#define REPORTS_STANDING_H

/*
 * Who somebody is in the case on the day of assessment, by parties.csv.  A row of
 * an activity log says "Doe 1" or "Alex Musante"; what that makes of its address
 * changes on the day the table says, and the log is not touched.
 */

#include "reports/record.h"

enum standing {
	STANDING_USER,		/* of no party: a third party */
	STANDING_DOE,
	STANDING_NAMED,		/* a party, and no Doe */
	STANDING_DISMISSED,
	STANDING_PLAINTIFF,
	STANDING_UNKNOWN,	/* a name that the table has not, or not that day */
};

/* Whether a row of parties.csv is valid on the day of assessment. */
gboolean	 party_valid(const struct record *, const struct party *);
/* The row that is valid for the label that day: dismissed before any other, then
 * the first of the file; NULL where none is. */
const struct party *party_find(const struct record *, const char *label);
/* Whether the table has the label at all, on whatever day. */
gboolean	 party_listed(const struct record *, const char *label);
/* The Doe with that label on that day; NULL: none. */
const struct party *party_doe(const struct record *, const char *label);
/* The only Doe of that day; NULL where there are none or several. */
const struct party *party_only_doe(const struct record *);
/*
 * Of a row of a log.  The party's word comes before the Doe's: a row of a Doe who
 * is a dismissed party by now is that party's.  who is set to the valid row of
 * parties.csv, or NULL.
 */
enum standing	 standing_of(const struct record *, const struct activity *,
		    const struct party **who);

#endif
