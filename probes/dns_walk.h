#ifndef PROBES_DNS_WALK_H
#define PROBES_DNS_WALK_H

/*
 * The walk from the root: which server to ask next for a name.
 *
 * No I/O and no clock.  The walk is told what is wanted (a name and a type),
 * says through its ask function which question to put to which server, and is
 * told what came back; in the end it says that a want is settled.
 *
 * 1. A want goes to the deepest zone known above its name, at first the root.
 * 2. The cut between the root and a top-level domain, and between that and the
 *    registrable domain, is asked for by itself (the cut's name, type NS), so
 *    that the root is asked once for a TLD, and the TLD once for a domain
 *    (compare RFC 9156).  A server that answers such a question instead of
 *    referring serves both sides of the cut.
 * 3. A zone's servers are asked one after the other, in the order of the
 *    referral, IPv4 first, until one answers for the zone.
 *    A server that truncated, or did not take EDNS, is asked again in the way
 *    that dns.rung says; one that is silent is left for the next.  A DS record
 *    is asked of the zone above.
 * 4. A name server without glue is wanted by name, from the root, and what
 *    waits for its zone goes on when the first address has come.
 * 5. An alias is wanted in turn, at most DNS_CNAMES deep.
 * 6. Of recursive servers (walk_recursive) everything is asked, one after the
 *    other, with recursion wanted: no zone and no cut is looked for.
 * 7. What waits for nothing but itself (the servers of two zones named in each
 *    other, an alias that leads back) fails at once; every want is settled.
 *
 * Zones, names and wants live until walk_forget() of the one in whose memory
 * they were made; those made in nobody's (NULL), or that two of them need, live
 * as long as the walk.  Every question is asked for somebody's sake: what
 * nobody needs any more after walk_forget() is dropped.
 */

#include <glib.h>
#include <stdint.h>

#include "probes/fact.h"
#include "probes/limits.h"

struct walk;

enum walk_outcome {
	WALK_FOUND,	/* the type is there */
	WALK_NODATA,	/* the name is there, the type is not */
	WALK_NXDOMAIN,
	WALK_FAILED,	/* no server answered for it, or a limit */
};

struct walk_cause {
	uint64_t	 n;		/* the record that raised it */
	const char	*rule;		/* static */
};

/* Ask this: name with its final dot.  tag comes back with walk_answer(). */
struct walk_ask {
	const char		*name, *type, *server, *ns, *zone, *options;
	struct walk_cause	 cause;
	uint64_t		 with;	/* the record of the server's address, 0 */
	void			*owner;	/* whose want it is; NULL everybody's */
	void			*sake;	/* for whom it is asked, and counted */
	unsigned		 tag;
};

typedef void walk_ask_fn(void *arg, const struct walk_ask *);
typedef void walk_settled_fn(void *arg, void *owner, const char *name,
	    const char *type, enum walk_outcome, uint64_t n);
/* The registrable domain of a name, or NULL; caller frees. */
typedef char *walk_registrable_fn(const char *name);
/* A limit kept the walk from going on with a name. */
typedef void walk_limited_fn(void *arg, void *sake, const char *name,
	    enum limit);

struct walk_calls {
	walk_ask_fn		*ask;
	walk_settled_fn		*settled;
	walk_registrable_fn	*registrable;
	walk_limited_fn		*limited;
};

struct walk	*walk_new(const struct limits *, const struct walk_calls *,
		    void *arg);
void		 walk_free(struct walk *);
/* A root server's address, from the hints. */
void		 walk_hint(struct walk *, const char *ns, const char *ip,
		    uint64_t n);
/* The hints are recursive servers: they are asked in place of the zones' own. */
void		 walk_recursive(struct walk *);
/*
 * Wants.  settled() is called once for each call with an owner, perhaps from
 * inside it.  keep: in whose memory it lives (walk_forget), NULL the walk's.
 */
void		 walk_want(struct walk *, void *owner, void *keep,
		    const char *name, const char *type, struct walk_cause);
/* What came of an ask: the exchange's number and its facts (none: no answer
 * that can be used; the next server is asked). */
void		 walk_answer(struct walk *, unsigned tag, uint64_t n,
		    struct fact *const *facts, size_t nfacts);
/* It may not be asked for its sake's; somebody else may want it again. */
void		 walk_refused(struct walk *, unsigned tag, uint64_t n);
/* Whether anybody waits for the answer. */
gboolean	 walk_awaits(const struct walk *, unsigned tag);
/* Addresses known of a name, through its aliases: calls fn(ip, n, arg). */
typedef void walk_address_fn(const char *ip, uint64_t n, void *arg);
void		 walk_addresses(const struct walk *, const char *name,
		    walk_address_fn *, void *arg);
/* Drops what was made for an owner. */
void		 walk_forget(struct walk *, void *owner);

#endif
