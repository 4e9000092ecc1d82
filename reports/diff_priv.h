#ifndef REPORTS_DIFF_PRIV_H
#define REPORTS_DIFF_PRIV_H

/* Parts of the comparison that only its own files use. */

#include "reports/diff.h"

/* The value of a fact in one form, whence it came left out; quiet: without the
 * fields that do not count as well.  Caller frees. */
char	*diff_canonical(const struct fact *, gboolean quiet);

#define DIFF_NOT_ASKED	"not asked"

/* The fact is run a's.  NULL where run b answered its question, and so does not
 * have the statement; else why b could not have it; caller frees. */
char	*diff_why_unseen(const struct run *a, const struct run *b,
	    const struct fact *);

#endif
