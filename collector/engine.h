#ifndef COLLECTOR_ENGINE_H
#define COLLECTOR_ENGINE_H

/*
 * The fixed point: ask what is unasked, journal the exchange, read it, keep
 * the facts, let each fact raise its questions, stop when nothing is unasked
 * or a limit is met.
 *
 * Two equal questions are one.  A question that is wanted again, by another
 * target or for another reason, is logged as "also"; its facts raise for the
 * target that came later what they would have raised at once.
 *
 * At most targets.open targets are open side by side.  A target closes when
 * nothing that was raised for it is under way; then the joined facts are
 * computed over its direct facts, in log order, and its tables are freed.
 * What everybody shares (root, TLDs, registries' hosts, addresses) stays.
 */

#include "collector/imported.h"
#include "collector/journal.h"
#include "collector/rows.h"
#include "probes/limits.h"
#include "probes/lists.h"
#include "probes/loop.h"
#include "probes/raise.h"
#include "probes/services.h"
#include "probes/target.h"

struct engine;

enum category {
	CAT_NAMES, CAT_REGISTRATION, CAT_ADDRESSES, CAT_PLACE, CAT_TLS,
	CAT_PAGES, CATEGORIES,
};

struct tally { unsigned asked, waiting, answered, failed; };

/* What the terminal shows of a target; borrowed, changes with every turn. */
struct target_view {
	const char	*name;
	gboolean	 open, closed;
	struct tally	 all, by[CATEGORIES];
	const char	*last[CATEGORIES];	/* a few words, escaped; "" */
	const char	*now;			/* "dns a.nic.ch" */
	const char	*server;
	unsigned	 addresses, pages;
	gboolean	 usable;		/* some answer about the target itself */
	double		 last_s;
};

struct engine_setup {			/* borrowed for the engine's life */
	struct limits		*limits;
	struct journal		*journal;
	struct rows		*rows;		/* each exchange is told to it */
	const char		*user_agent;
	const char		*hints;		/* root hints file */
	const struct raise_set	*set;
	const struct geo_set	*geo;
	const struct lists	*lists;
	const char		*vantage;	/* as declared; NULL, "": it is not */
	struct trust		*trust;
	const struct way	*way;		/* NULL: straight */
	const struct imported	*imported;	/* NULL: nothing was imported */
	int			 verbose;
	/* Called for each journalled exchange, after it is on disk or soon to
	 * be: for -v; may be NULL. */
	void	(*told)(const struct exchange *, void *);
	void	*arg;
};

struct engine	*engine_new(const struct engine_setup *);
void		 engine_free(struct engine *);
/* Targets in the order in which they are to be collected; copies. */
void		 engine_target(struct engine *, const struct target *);
/* The imported addresses and keys are asked about too; after the targets. */
void		 engine_imported(struct engine *);
/* What came of them; FALSE where they were not asked about. */
gboolean	 engine_view_imported(const struct engine *, struct target_view *);
/* An answer from before the run was killed: given instead of asking again. */
void		 engine_remember(struct engine *, struct exchange *);
/* One turn.  1: more to do; 0: nothing left; -1: the journal failed. */
int		 engine_turn(struct engine *, int64_t wait_ms);
/* No new questions; what is under way may end. */
void		 engine_stop(struct engine *, const char *why);
/* NULL while nothing cut the run short. */
const char	*engine_cut(const struct engine *);
guint		 engine_targets(const struct engine *);
void		 engine_view(const struct engine *, guint i, struct target_view *);
struct tally	 engine_tally(const struct engine *);
/* Whether anything came from another machine, be it a refusal. */
gboolean	 engine_reached(const struct engine *);
unsigned	 engine_unasked(const struct engine *);
uint64_t	 engine_facts(const struct engine *);
enum category	 question_category(const struct question *);
extern const char *const category_names[CATEGORIES];

#endif
