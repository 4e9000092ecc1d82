#ifndef COLLECTOR_LOAD_TOKENS_H
#define COLLECTOR_LOAD_TOKENS_H

/*
 * The time-stamp tokens of a run, each checked over the file that it is about:
 * open.NAME.tsr over open.txt, seal.NAME.tsr over seal.txt.  The roots are the
 * system's and roots_pem's (NULL: none); where they do not reach, the chain in
 * the folder is checked for itself, and trust says that it is no more.
 */

#include "reports/record.h"

void	load_tokens(struct run *, const char *dir, const char *roots_pem);

#endif
