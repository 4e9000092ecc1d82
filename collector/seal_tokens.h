#ifndef COLLECTOR_SEAL_TOKENS_H
#define COLLECTOR_SEAL_TOKENS_H

/*
 * Tokens in the folder of a run that is being collected; see seal.c.
 */

#include "collector/seal.h"
#include "collector/tsa.h"

/*
 * Keeps every answer of answers as STEM.NAME.tsq and .tsr, with chain also
 * .chain.pem; one that did not hold is STEM.NAME.rejected.*.  Problems in words
 * are added to problems; best is the earliest good one, borrowed, or NULL.
 */
int	seal_answers(const char *dir, const char *stem, const GPtrArray *answers,
	    gboolean chain, GPtrArray *problems, const struct tsa_answer **best,
	    GError **error);
/*
 * The log's first line says which answer opened the run (want, "" none): finds
 * it among the files, since a resumed run does not remember, and fills in
 * opened, opened_by and open_token_sha256.
 */
int	seal_find_opening(struct open_run *, const char *want, GError **);

#endif
