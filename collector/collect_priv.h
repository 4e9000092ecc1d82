#ifndef COLLECTOR_COLLECT_PRIV_H
#define COLLECTOR_COLLECT_PRIV_H

/*
 * What the files of one collection share: collect.c (in order),
 * collect_resume.c (runs that were killed), collect_end.c (exhibits, seal,
 * summary).
 */

#include "collector/collect.h"
#include "collector/engine.h"
#include "collector/journal.h"
#include "collector/rows.h"
#include "collector/seal.h"
#include "collector/settings.h"
#include "collector/told.h"
#include "geoip/geo.h"
#include "probes/way.h"

struct collecting {
	struct kase		*k;
	struct target		*targets;
	size_t			 ntargets;
	struct geo_set		*geo;
	struct lists		*lists;
	json_t			*settings;
	unsigned		 number;	/* in a case */
	char			*parent, *name, *ledger, *imports, *previous, *key;
	char			*roots;		/* PEM text */
	struct run_plan		 plan;
	struct open_run		 run;
	struct sealed_run	 sealed;
	struct raise_set	 set;		/* what the case asks for beside */
	struct journal		*journal;
	struct told		*told;
	struct rows		*rows;
	struct engine		*engine;
	struct trust		*trust;
	struct way		 way;		/* url NULL: straight */
	struct imported		 imported;	/* shield NULL: outside a case */
	gboolean		 ask_imported;
	gboolean		 resumed;
	int64_t			 started, ended_us;	/* us since 1970 UTC */
	char			 ended[32];
	GError			*error;
};

/* collect.c */
/* What the opener and the sealer are told; 0 or -1. */
int	 plan_make(struct collecting *);

/* collect_resume.c */
/* A run that was killed: gone on with (c->resumed), or sealed as incomplete;
 * sets c->number.  0 or -1. */
int	 run_unfinished(struct collecting *);
int	 run_go_on(struct collecting *);
/* What the log held already is not asked again; 0 or -1. */
int	 run_remember(struct collecting *);
/* The head hash of a sealed run, or NULL. */
char	*run_head_of(const char *casedir, unsigned number);

/* collect_end.c */
/* The last line of the log. */
int	 run_close(struct collecting *);
int	 run_finish(struct collecting *);
int	 summary_print(struct collecting *, const struct globals *);
/* exhibits.jsonl of a folder that is not sealed yet. */
int	 exhibits_write_run(const char *dir, const struct run *, GError **);

#endif
