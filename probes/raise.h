#ifndef PROBES_RAISE_H
#define PROBES_RAISE_H

/*
 * What raises what: the table that turns facts into questions.
 *
 * A rule belongs to a kind of fact.  It looks at one direct fact, at the
 * exchange that gave it and at the target for whose sake that was asked, and
 * says what to ask next by calling what struct raiser holds.  It decides
 * nothing about servers' addresses or about what was asked before: the
 * collector resolves names by the walk and drops what is asked already.
 *
 * A name is looked at for a purpose, and when its addresses are known, through
 * its aliases if it has any, each raises what the purpose calls for:
 *	target	reverse name, registration, place, handshake, distance, and the
 *		front page by either scheme from each address
 *	also	(www) the same
 *	ns mx	reverse name, registration, place
 *	hop	a host that a redirect or a download offer leads to: the same,
 *		and a handshake; never its pages
 *	import	an address that somebody brought: reverse name, registration,
 *		place, lists, origin; nothing is sent to it (probes/shield.h)
 */

#include "probes/exchange.h"
#include "probes/fact.h"
#include "probes/limits.h"

struct crawl;
struct geo_set;

enum purpose {
	PURPOSE_TARGET	= 1,
	PURPOSE_ALSO	= 2,
	PURPOSE_NS	= 4,
	PURPOSE_MX	= 8,
	PURPOSE_HOP	= 16,
	PURPOSE_IMPORT	= 32,
};

/* A question that a rule wants asked; strings are borrowed, NULL is "". */
struct wish {
	enum probe_kind	 kind;
	const char	*name, *type, *host, *server, *note, *options;
	uint16_t	 port;
	const char	*rule;		/* static: stands in the log */
};

/* What a case asks for beside the usual. */
struct raise_set {
	const char	*anchor;	/* the root's trust anchor, a file; NULL: no
					 * signatures are looked into */
	GPtrArray	*resolvers;	/* struct resolver *: asked for a second
					 * opinion, or NULL */
	GPtrArray	*all;		/* struct resolver *: all that are known */
	GPtrArray	*echoes;	/* struct echo *: asked once a run, or NULL */
	char		**subnets;	/* "US-HI:203.0.113.0/24", or NULL */
	gboolean	 follow_hosts;	/* stores and sellers that a site names are
					 * asked too (crawl.h) */
	char		**recursive;	/* "IP" or "IP#PORT": asked in place of
					 * the walk (dns_other.h), or NULL */
};

struct raiser {
	void			*arg;
	/* The target: "" where it is an address. */
	const char		*name, *registrable, *tld;
	const char		*url;		/* as typed, "" where none was */
	/* What the fact rests on. */
	const struct exchange	*x;
	uint64_t		 n;
	const struct geo_set	*geo;
	const struct limits	*limits;
	struct crawl		*crawl;		/* this target's: probes/crawl.h */
	const char		*vantage;	/* as declared, "" where it is not */
	/* Domains whose registration this target has asked for (char *). */
	GPtrArray		*domains;
	/* What this target has met or done once: "zone NAME", "alias NAME",
	 * "server IP", ... (raise_once). */
	GHashTable		*seen;
	const struct raise_set	*set;		/* NULL: nothing beside */
	/* Looks a name up, for a purpose (0: only the records). */
	void	(*want)(struct raiser *, const char *name, const char *type,
		    unsigned purpose, const char *rule);
	/* Asks a server that is known by name: host, no server. */
	void	(*fetch)(struct raiser *, const struct wish *);
	/* Asks a server whose address is known, or a local file. */
	void	(*ask)(struct raiser *, const struct wish *);
	/* Finds out where registration data of a name, an address or "AS64500"
	 * is served; what is found is asked. */
	void	(*service)(struct raiser *, const char *subject,
		    const char *rule);
	/* The server refused for a limit of its own: the question is put again
	 * after so long, 0 where it did not say how long; or given up on, and
	 * then that is in the log. */
	void	(*again)(struct raiser *, int64_t wait_ms);
	/* Says in the log what is not asked, and why. */
	void	(*skip)(struct raiser *, const struct wish *,
		    const char *why);
	/* A limit is met: said once a target. */
	void	(*met)(struct raiser *, enum limit, const char *text);
	/* The redirect's distance from the first page; FALSE: too far. */
	gboolean (*hop)(struct raiser *, const char *from, const char *to);
	/* Whether this address of the target's is one of the few that more is
	 * tried with than one handshake. */
	gboolean (*deep)(struct raiser *, const char *ip);
};

struct raise_rule {
	enum fact_kind	  kind;
	const char	 *name;		/* stands in the log as the cause's rule */
	void		(*raise)(struct raiser *, const struct fact *);
	const char	 *says;
};

extern const struct raise_rule raise_rules[];
extern const size_t raise_rules_count;

/* Every rule of the fact's kind. */
void	raise_fact(struct raiser *, const struct fact *);
/* A server known by name gave no answer from any of its addresses: x. */
void	raise_silence(struct raiser *);
/* What a target raises by itself, before any fact. */
void	raise_target(struct raiser *, gboolean is_address);
/* What an imported address raises, and the name of a key of imported mail. */
void	raise_imported(struct raiser *, const char *ip);
void	raise_mail_key(struct raiser *, const char *name);
/*
 * Pages of the target are neither on their way nor waited for: what else of the
 * site is asked, now that this is known (probes/crawl.h).
 */
void	raise_pages(struct raiser *);
/* An address of a name: what the name's purposes call for. */
void	raise_address(struct raiser *, const char *name, const char *ip,
	    unsigned purposes);

#endif
