#ifndef REPORTS_LINK_H
#define REPORTS_LINK_H

/*
 * What the sites of a case share, and what that is worth.
 *
 * A sign is a value that two sites have both: an identifier on pages, a key, a
 * token in DNS, a name in registration.  Each kind of sign is a row of the table
 * in link_sign.c: how much it weighs where nothing speaks against it, to which
 * family it belongs, and how else two sites come to share it.
 *
 *	A	hardly without common control	B+ B	supports
 *	A-	the same, with known exceptions	C+ C	by itself nothing
 *
 * A weight is only ever lowered: a value in a comment of a page, a name server,
 * mail house or certificate that many strangers share.  share->lowered says why.
 *
 * Families are what is copied, moved or derived together.  All that stands in a
 * site's pages is one family: whoever copies a page copies every identifier in
 * it.  Two sites are *linked* only where signs of at least B+ are there from two
 * families, of which one at least is not copied with a site's files (pages, lists
 * of sellers and of applications are); else they share something, and no more is
 * said.  Nothing here says who anybody is.
 *
 * What stands in the pages or lists of sellers of the plaintiff's own sites
 * ([case] own_domains), or in own_ids, is dropped: a copy of their page carries
 * it.  Dropped values are listed.
 *
 * Rarity: of the case's sites it is counted how many have the value; how many
 * other sites of the world have it is not known here, and is said so, save where
 * a list knows how many strangers share such a value (data/link-shared.tsv).
 *
 * Pure; borrows from the sight and its record.
 */

#include "reports/sight.h"

enum weight { W_C, W_CP, W_B, W_BP, W_AM, W_A };

enum family {
	FAMILY_PAGE, FAMILY_SELLERS, FAMILY_APP, FAMILY_DNS, FAMILY_TLS,
	FAMILY_REGISTRATION, FAMILY_MAIL, FAMILY_ADDRESS, FAMILY_REFERENCE,
	FAMILIES,
};

struct link_sign {
	const char	*id;		/* "ga4", "tls-key" */
	enum weight	 weight;
	enum family	 family;
	const char	*what;		/* "the same Google Analytics 4 id" */
	const char	*also;		/* how else that comes about */
};

struct link_at {
	const struct site *site;
	const struct run  *run;
	const struct fact *fact;
};

struct link_share {
	const struct link_sign *sign;
	const char	*value;
	enum weight	 weight;	/* the sign's, or less */
	const char	*lowered;	/* why it is less, "" */
	const char	*rarity;	/* how many strangers share it, "" */
	struct link_at	 a, b;		/* of one site: it names the other (value) */
	guint		 sites;		/* of the case that have the value */
};

struct link_pair {
	const struct site *a, *b;
	GPtrArray	*shares;	/* struct link_share *, heaviest first */
	gboolean	 linked;
};

/* A value that was left out of the comparison. */
struct link_drop {
	const struct link_sign *sign;
	const char	*value;
	struct link_at	 at;		/* a site that has it and is not the plaintiff's */
	const char	*why;
};

struct links {
	GPtrArray	*pairs;		/* struct link_pair *: those that share something */
	GPtrArray	*drops;		/* struct link_drop * */
	guint		 sites;		/* compared */
	GPtrArray	*values;	/* owned */
};

void		 links_init(struct links *, const struct sight *);
void		 links_clear(struct links *);
const char	*weight_name(enum weight);		/* "B+" */
const char	*family_name(enum family);		/* "its pages" */
/* "2 of the case's 5 sites have it; ..."; caller frees. */
char		*link_rarity(const struct links *, const struct link_share *);
/* Whether a site is the plaintiff's own, or an identifier is. */
gboolean	 link_own(const struct record *, const char *name);
gboolean	 link_own_id(const struct record *, const char *value);

/* ---- link_sign.c, link_read.c and link_zone.c, for link.c ---- */

/* A sign as seen in one fact of a site. */
struct link_seen {
	const struct link_sign *sign;
	char		*value;
	const char	*lowered;	/* "" or why it weighs no more than lower */
	enum weight	 lower;
	const char	*rarity;	/* "" or how many strangers share it; static */
};

typedef void link_take_fn(void *arg, struct link_seen *);

const struct link_sign *link_sign_find(const char *id);
/* Whether a certificate (tls.cert) has a name of the site's, or a wildcard over
 * one. */
gboolean	 link_cert_names(const struct fact *, const char *site);
/* The host of an absolute URL; NULL where it is none.  Caller frees. */
char		*link_host(const char *url);
/* Calls with each sign that the fact is. */
void		 link_read(const struct site *, const struct fact *,
		    link_take_fn *, void *arg);
/* The site's name servers taken together, in one visit: value is the caller's,
 * *f one of the facts.  FALSE where there are not two. */
gboolean	 link_servers(const struct sight *, const struct site *,
		    const struct visit *, struct link_seen *,
		    const struct fact **f);

#endif
