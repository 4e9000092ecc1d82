#ifndef COLLECTOR_LOAD_PRIV_H
#define COLLECTOR_LOAD_PRIV_H

/* What the files of the loader share: load.c (a run), load_bytes.c (its archive),
 * load_lean.c (one of many runs). */

#include "collector/load.h"

struct loading {
	struct run	*run;
	char		*dir;
	gboolean	 part;		/* unfinished */
	struct share	*share;		/* of a record of many runs, else NULL */
	GArray		*said;		/* SHARE_SAID bytes each: what is assessed, or NULL */
};

/* load.c */
void		 load_begin(struct loading *, const char *dir, struct share *);
/* What every run has: head, open.txt, settings. */
int		 load_head(const struct loading *, GError **);
/* Every line of log, facts and exhibits. */
int		 load_lines(const struct loading *, GError **);
int		 load_exhibits(const struct loading *, GError **);
/* Targets of the settings, then those that only rows name. */
void		 load_targets(struct run *);
struct run	*load_end(struct loading *, int rc);
/* Reads a line into the run's facts; NULL where it is none. */
struct fact	*load_fact(const struct loading *, const char *line, size_t len);
int		 load_odd(const char *path, unsigned line, gboolean odd, GError **);

/* load_lean.c */
void		 load_said(const struct loading *, const struct fact *);

/* load_bytes.c: what does not match its hash is left out */
void		 load_received(struct run *, const char *dir);

#endif
