#ifndef PROBES_DNS_WALK_PRIV_H
#define PROBES_DNS_WALK_PRIV_H

/*
 * What the files of the walk share: dns_zone.c (zones, their servers, names
 * and addresses), dns_want.c (wants), dns_walk.c (what is told to the walk, and
 * what it makes of an answer), dns_forget.c (what goes with its owner).
 *
 * A want that is not settled is about to be looked at (NEW), has a question
 * under way (ASKED), or waits for other wants: for a cut's, for its alias's, or
 * for those of the addresses of its zone's servers.  One that waits for nothing
 * but itself would wait for ever: whenever a want begins to wait,
 * want_moves() looks whether anything it waits for can go on, and if not it
 * fails, which in turn wakes those that wait for it.
 */

#include "probes/dns_walk.h"

/* An address of a name, and the record that gave it. */
struct address {
	char		*ip;
	uint64_t	 n;
};

struct name {
	GArray	*addresses;	/* struct address */
	char	*alias;		/* NULL: none */
	void	*keep;
};

/* A zone, or a cut that turned out to be none. */
struct zone {
	char		*name;		/* "" the root */
	void		*keep;
	gboolean	 none;		/* no cut here: ask the zone above */
	GPtrArray	*servers;	/* char *: names, in the referral's order */
	GArray		*glue;		/* struct address: hints and the like */
	uint64_t	 n;		/* the record of the referral */
};

enum want_state {
	WANT_NEW, WANT_ASKED, WANT_CUT, WANT_ADDRESS, WANT_ALIAS, WANT_SETTLED,
};

struct want {
	unsigned		 tag;
	char			*name, *type;
	gboolean		 is_cut;
	GPtrArray		*owners;	/* for whom settled() is called */
	GPtrArray		*waiting;	/* struct want *: on this cut */
	GPtrArray		*followers;	/* struct want *: this is their alias */
	struct want		*on;		/* the cut or alias it waits for */
	void			*keep;		/* in whose memory it lives */
	void			*sake;		/* for whom it is asked */
	enum want_state		 state;
	enum walk_outcome	 outcome;
	struct walk_cause	 cause;
	struct zone		*zone;
	GHashTable		*tried;		/* addresses, in this zone */
	char			*server, *ns;	/* asked last */
	uint64_t		 with;		/* the record of its address */
	gboolean		 sought;	/* addresses of this zone's servers */
	gboolean		 limited;	/* failed for a limit of its sake's */
	guint			 steps, depth, aliases;
	unsigned		 mark;
	uint64_t		 n;		/* the record that settled it */
};

struct walk {
	const struct limits	*limits;
	struct walk_calls	 call;
	void			*arg;
	GHashTable		*zones, *names, *wants;	/* "name type" -> want */
	GHashTable		*tags;
	GPtrArray		*sleeping;	/* struct want *: WANT_ADDRESS */
	unsigned		 next_tag, mark;
	gboolean		 recursive;
};

struct pick {				/* which server to ask next */
	const struct want	*want;
	const char		*ip, *ns;
	uint64_t		 n;
	gboolean		 v4;
};

/* dns_zone.c */
void		 zone_free(void *);
void		 name_free(void *);
struct zone	*zone_make(struct walk *, const char *name, void *keep);
struct zone	*zone_at(const struct walk *, const char *name);
/* The deepest zone known at or above the name. */
struct zone	*zone_above(const struct walk *, const char *name);
void		 zone_server(struct zone *, const char *ns);
gboolean	 zone_has_server(const struct zone *, const char *ns);
void		 zone_glue(struct zone *, const char *ip, uint64_t n);
void		 name_address(struct walk *, const char *name, void *keep,
		    const char *ip, uint64_t n);
void		 name_alias(struct walk *, const char *name, void *keep,
		    const char *to);
/* An address of the want's zone that it has not tried; ip NULL: none. */
void		 pick_server(const struct walk *, struct pick *);
/* The next cut to ask for on the way from the want's zone to its name, or
 * NULL. */
char		*next_cut(const struct walk *, const struct want *);

/* dns_want.c */
struct want	*want_new(struct walk *, void *keep, const char *name,
		    const char *type, struct walk_cause, gboolean is_cut);
void		 want_free(void *);
/* NULL where nobody wanted that. */
struct want	*want_at(const struct walk *, const char *name,
		    const char *type, gboolean is_cut);
/* One that failed for a limit of somebody else's begins again: TRUE. */
gboolean	 want_revive(struct want *, void *sake);
/* Goes to the deepest zone known, or to the next cut on the way there. */
void		 want_step(struct walk *, struct want *);
/* Asks the next server of its zone. */
void		 want_ask(struct walk *, struct want *);
/* Asks the same server again, put another way. */
void		 want_again(struct walk *, struct want *, const char *options);
/* TRUE where it may wait so; else it has failed. */
gboolean	 want_waits(struct walk *, struct want *, enum want_state,
		    struct want *on);
void		 want_settle(struct walk *, struct want *, enum walk_outcome,
		    uint64_t n);
void		 want_limited(struct walk *, struct want *, enum limit);
guint		 walk_most(const struct walk *, enum limit);

#endif
