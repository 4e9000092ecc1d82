#ifndef COLLECTOR_RUNCOUNT_H
#define COLLECTOR_RUNCOUNT_H

/*
 * What a run's log and facts add up to, read from the files: a head says what
 * is there, whoever wrote it and however often the run was resumed.
 */

#include <glib.h>
#include <stdint.h>

struct run_count {
	uint64_t	 lines, exchanges, facts;
	char		 tip[65];		/* SHA-256 of the log's last line */
	char		 open_token[65];	/* as the first line says; "" untimed */
};

int	run_count(const char *dir, struct run_count *, GError **);

#endif
