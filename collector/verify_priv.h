#ifndef COLLECTOR_VERIFY_PRIV_H
#define COLLECTOR_VERIFY_PRIV_H

/*
 * What the parts of verifying share: verify.c calls them in this order.
 */

#include "collector/bag.h"
#include "collector/verify.h"

#define TEXT_MAX	(4u << 20)	/* of one of the run's own texts */
#define FINDINGS_MAX	200u		/* kept; all are counted */

struct verifying {
	const char	*dir;
	const struct verify_options *options;
	struct verify_report *out;
	char		*open, *head;	/* texts, "" where missing */
	GPtrArray	*payload;	/* struct bag_file * */
	uint64_t	 files, files_good;
	/* from the log: */
	uint64_t	 lines, exchanges, records, records_good;
	char		 tip[65];
	char		 open_token[65];
	/* from the facts: */
	uint64_t	 facts;
	/* joined facts computed again: how many, and how many differ */
	uint64_t	 joined_again, joined_bad;
};

void	 verify_bad(struct verifying *, enum verify_part, const char *file,
	    uint64_t record, const char *fmt, ...) G_GNUC_PRINTF(5, 6);
void	 verify_note(struct verifying *, enum verify_part, const char *fmt, ...)
	    G_GNUC_PRINTF(3, 4);
void	 verify_say(struct verifying *, enum verify_part, const char *fmt, ...)
	    G_GNUC_PRINTF(3, 4);
/* "" where it is not there or too large; caller frees. */
char	*verify_text(const struct verifying *, const char *name);
GBytes	*verify_bytes(const struct verifying *, const char *name);
gboolean verify_has(const struct verifying *, const char *name);

void	 verify_files(struct verifying *);	/* manifests, stray files */
void	 verify_log(struct verifying *);	/* log, records, facts */
void	 verify_joined(struct verifying *);	/* joined facts, from the direct ones */
void	 verify_head(struct verifying *);	/* head, seal.txt, signature */
void	 verify_tokens(struct verifying *);
void	 verify_exhibits(struct verifying *);

#endif
