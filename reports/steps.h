#ifndef REPORTS_STEPS_H
#define REPORTS_STEPS_H

/*
 * A run as the steps that were taken: what a person would say was done, each
 * with what came of it and the records that show it.
 *
 * Answers of one family about one thing are one step: the DNS answers for a
 * target, all that one registry was asked of addresses, the pages read of one
 * host.  What went unanswered stands apart from what was answered: one step for
 * what one server did not answer in one way.  Every exchange is in one step.
 * Steps are in the order of their first record.
 *
 * Pure; texts are borrowed from the run, but for those of said.
 */

#include "reports/record.h"

enum step_family {
	STEP_FILES,		/* local data that was read */
	STEP_PLACES,		/* databases that addresses were looked up in */
	STEP_DISTANCES,		/* TCP handshakes that were timed */
	STEP_HANDSHAKES,	/* TLS */
	STEP_PAGES,		/* of one host */
	STEP_BOOTSTRAP,		/* where registration data is served */
	STEP_NUMBERS,		/* addresses and AS numbers, of one registry */
	STEP_REGISTRATION,	/* one name, of one server */
	STEP_REVERSE,
	STEP_DNS,		/* one exhibit of DNS answers */
	STEP_UNANSWERED,
};

/* How an exchange ended, in the log's word, and how many of the step did. */
struct step_end {
	const char	*how;
	uint64_t	 n;
};

struct step {
	enum step_family	 family;
	const struct log_row	*first;
	const char		*target;	/* of the first; "" shared */
	const char		*title;		/* of its exhibit; "" none */
	GArray			*records;	/* uint64_t */
	GPtrArray		*named;		/* const char *: asked about, each once */
	GHashTable		*known;		/* those, as a set */
	GPtrArray		*said;		/* char *: what answers said, each once */
	GArray			*ends;		/* struct step_end, as they came */
};

/* struct step *; caller frees the array. */
GPtrArray	*steps_of(const struct run *);

#endif
