#ifndef COLLECTOR_ENGINE_PRIV_H
#define COLLECTOR_ENGINE_PRIV_H

/*
 * What the files of the engine share: engine.c (asking, turning),
 * engine_settle.c (what came back), engine_walk.c (between the walk and the
 * engine), engine_fetch.c (servers known by name, registration services),
 * engine_goal.c (targets: opening, what they show, closing), engine_raise.c
 * (what the rules call).
 *
 * A goal is a target.  pending counts what it waits for: wants of the walk,
 * questions, fetches, seeks; it closes when that is 0.  Nothing that may be
 * called while a goal is open closes one: only engine_turn() does.
 */

#include "collector/engine.h"
#include "probes/crawl.h"
#include "probes/dns_walk.h"
#include "probes/raise.h"
#include "probes/services.h"

/* A target that an unanswered question of somebody else's serves too. */
struct later {
	struct goal		*goal;
	struct walk_cause	 cause;
};

/* A question that was asked, or is being asked. */
struct asked {
	char		*key;
	struct question	*q;
	uint64_t	 n;		/* 0: not answered yet */
	GPtrArray	*interested;	/* struct goal * */
	GPtrArray	*facts;		/* struct fact * */
	struct exchange	*x;		/* without bytes, for the rules */
	GArray		*later;		/* struct later: an "also" when it has a record */
	GArray		*tags;		/* unsigned: of the walk */
	gboolean	 idle;		/* stands in the engine's queue of these */
	GPtrArray	*fetches;	/* struct fetch *: it is a try of theirs */
};

/* A wish for an answer of a server that is known by name. */
struct fetch {
	struct goal		*goal;
	enum probe_kind		 kind;
	char			*name, *type, *host, *note, *options;
	uint16_t		 port;
	struct walk_cause	 cause;
	unsigned		 tries;
	unsigned		 settled;	/* of the host: 1 A, 2 AAAA */
};

/* A registration service to be looked up once its list is there. */
struct seek {
	struct goal		*goal;
	char			*subject;
	struct walk_cause	 cause;
};

/* A target, open or not. */
struct goal {
	struct engine	*e;
	struct target	 t;
	char		*tld;
	gboolean	 open, closed, timed_out;
	gboolean	 imported;		/* no target: engine_imported.c */
	unsigned	 pending;
	int64_t		 opened;		/* monotonic ns */
	unsigned	 questions;
	GPtrArray	*asked;			/* struct asked *, in order of interest */
	GHashTable	*purposes;		/* name -> mask */
	GHashTable	*hops;			/* url -> distance */
	GPtrArray	*domains;		/* char *: see raise.h */
	GHashTable	*seen;			/* char *: see raise.h */
	struct crawl	*crawl;
	unsigned	 pages_due;		/* pages waited for, requisites not */
	gboolean	 pages_moved;		/* since raise_pages() was called */
	GHashTable	*deep;			/* addresses: see raise.h */
	gboolean	 shallow;		/* that there are more was told */
	struct tally	 by[CATEGORIES];
	char		 last[CATEGORIES][64];
	char		 now[64], server[64];
	double		 last_s;
	char		 first[46];		/* its first address */
	GHashTable	*ips;			/* its addresses, each once */
	unsigned	 addresses, pages;
	gboolean	 usable;
};

struct engine {
	struct engine_setup	 setup;
	struct net		 net;
	struct loop		*loop;
	struct walk		*walk;
	struct services		*services;
	GPtrArray		*goals;		/* struct goal * */
	struct goal		*imported;	/* the last of them, or NULL */
	guint			 next_goal;	/* the first that was never open */
	guint			 open;
	GHashTable		*asked;		/* key -> struct asked */
	GHashTable		*records;	/* n -> struct asked */
	GHashTable		*known;		/* key -> GQueue of exchanges: before a kill */
	GQueue			 idle;		/* struct asked *: nobody's any more, oldest first */
	gboolean		 evicted;
	GQueue			 replay;	/* struct exchange *: known, to be settled */
	GHashTable		*hosts;		/* name -> GPtrArray of fetches that wait */
	GPtrArray		*seeks[SERVICES_LISTS];	/* waiting for it */
	gboolean		 list_asked[SERVICES_LISTS];
	uint64_t		 facts;
	struct tally		 all;
	int64_t			 started;
	char			*cut;
	gboolean		 begun, stopping, failed, rooted;
	gboolean		 reached;	/* engine_reached() */
	unsigned		 unasked;
};

/* engine.c */
/* The question as asked, new or not; NULL where a limit of sake's forbids it.
 * g: whose it is, NULL everybody's. */
struct asked	*engine_ask(struct engine *, struct goal *g, struct goal *sake,
		    struct question *, struct walk_cause, uint64_t with);
void		 engine_event(struct engine *, const char *type, json_t *);
/* The run is not complete, and why. */
void		 engine_cut_short(struct engine *, const char *why);
/* The facts of record n are the goal's as well. */
void		 engine_interest(struct engine *, struct goal *, uint64_t n);
/* Says so of those that came while it was under way. */
void		 engine_also_later(struct engine *, struct asked *);
struct asked	*asked_new(char *key, struct question *);
void		 asked_free(void *);

/* engine_settle.c */
void		 engine_loop_gives(struct exchange *, void *engine);
/* Takes it; fresh: not yet in the log. */
void		 engine_settle(struct engine *, struct exchange *,
		    gboolean fresh);
/* One that is in the log, and that nobody asked for again. */
void		 engine_settle_unasked(struct engine *, struct exchange *);
void		 goal_raise(struct goal *, struct asked *, const struct fact *);
void		 known_free(void *);
gboolean	 known_has(const struct engine *, const char *key);
struct exchange	*known_take(struct engine *, const char *key);
/* What is left, in the order of the log; the members are the caller's. */
GPtrArray	*known_rest(struct engine *);

/* engine_walk.c */
extern const struct walk_calls engine_walk_calls;
void		 goal_want(struct goal *, const char *name, const char *type,
		    unsigned purpose, struct walk_cause);

gboolean	 goal_of_address(const char *name);

/* engine_fetch.c: servers that are known by name */
/* n: the record that raised the wish. */
void		 fetch_start(struct goal *, const struct wish *, uint64_t n);
/* A type of a host's addresses is settled. */
void		 fetch_wake(struct engine *, const char *host,
		    const char *type);
/* An answer has come for a try: over, or another address. */
void		 fetch_answered(struct fetch *, const struct asked *);
void		 fetch_drop(struct engine *, struct goal *);
void		 host_free(void *);
void		 seek_start(struct goal *, const char *subject,
		    struct walk_cause);
/* A bootstrap list has come, or will not. */
void		 seek_list(struct engine *, const struct exchange *);
void		 seek_free(void *);

/* A page, or a file of the site: the next step of the crawl waits for it. */
gboolean	 fetch_is_page(enum probe_kind, const char *type);

/* engine_goal.c: targets */
void		 goal_open_more(struct engine *);
void		 goal_close(struct goal *);
void		 goal_close_done(struct engine *);
void		 goal_free(void *);
void		 goal_show(struct goal *, const struct exchange *);
void		 goal_fact(struct goal *, const struct fact *);

struct goal	*goal_new(struct engine *, const struct target *);
void		 goal_view(const struct goal *, struct target_view *);

/* engine_imported.c: what is asked about imported addresses */
void		 goal_open_imported(struct goal *, struct raiser *);

/* engine_raise.c: what the rules call */
void		 raiser_init(struct raiser *, struct goal *,
		    const struct exchange *, uint64_t n);

#endif
