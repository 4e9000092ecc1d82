#ifndef REPORTS_FILING_H
#define REPORTS_FILING_H

/*
 * Whether an exhibit is later than the motion.  It has up to two dates: its own,
 * of a message or of the newest advertisement seen, and that on which its bytes
 * came into the record.  Its own date after the filing is late whatever the
 * other one is.  One that is older and came into the record after the filing is
 * late too: nothing says that it was before the court.  But where the motion
 * itself came into the record after it was filed, the record was made later
 * than both, and its dates say nothing of what was attached: that is unknown.
 */

#include "reports/record.h"

enum late { LATE_NO, LATE_YES, LATE_UNKNOWN };

/* motion_filed must be there.  says: one sentence with both dates, of LATE_YES
 * and LATE_UNKNOWN; caller frees. */
enum late	import_late(const struct record *, const struct import *, char **says);
enum late	run_late(const struct record *, const struct run *, char **says);

#endif
