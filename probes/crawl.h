#ifndef PROBES_CRAWL_H
#define PROBES_CRAWL_H

/*
 * Which pages of a site are asked for.  One crawl a target; it belongs to the
 * asking side, holds no bytes, and is fed with facts by the rules of raise.c.
 *
 * In this order, each step when nothing of the step before is under way
 * (raise_pages() is called then):
 *
 *  1. the front page by either scheme from each address of the name and of its
 *     www name; redirects, refreshes and frames of own hosts as hops
 *  2. at each own host that answered with something else than a redirect, once:
 *     a path that cannot exist (its answer is the yardstick for soft 404s),
 *     robots.txt, security.txt, ads.txt, app-ads.txt, assetlinks.json and
 *     apple-app-site-association (applications that the site says are its own),
 *     sitemap.xml, the icon
 *  3. site maps that robots.txt names; then further pages, found by links and
 *     by site maps: of each kind of data/page-kinds.tsv one, in the order of
 *     the kinds
 *  4. when no kind is left that has none: second and further ones, in the same
 *     order, to the limit
 *  *  where the case follows hosts: the store's page of each application that the
 *     site's pages link to, and after step 2 sellers.json of systems that its
 *     ads.txt names as DIRECT; nothing that stands in either is followed
 *  *  what a page is made of (page.part) is asked for as it becomes known
 *
 * Of a site's own hosts only: those of the target's registrable domain.  What a
 * page is made of may come from anywhere.  Links to works, programs, torrents,
 * archives, videos and sounds, and links that log in or out, buy or delete, are
 * recorded and never followed (page_kind.h).
 *
 * robots.txt (RFC 9309) is obeyed for further pages.  It is not asked about the
 * front page, hops, frames, the files of step 2 and what a page is made of,
 * which any visitor's browser fetches; nor about terms, privacy, imprint,
 * contact and abuse pages, which a site publishes for whoever has to deal with
 * it: those are asked for once, and the question's note says that robots.txt
 * asks crawlers not to.  Where robots.txt could not be had for a fault of the
 * server's (5xx, no answer), all is taken to be disallowed (section 2.3.1.4).
 */

#include "probes/page_kind.h"
#include "probes/raise_priv.h"

#define CRAWL_FOUND	2000	/* links remembered */
#define CRAWL_RULES	500	/* of one robots.txt */

struct crawl_host {
	char		*host;
	char		*origin;	/* https where both schemes answered; without
					 * "www." where both names did */
	guint		 rank;		/* of the origin among those that answered */
	uint64_t	 n;		/* the record that showed it */
	gboolean	 asked;		/* its files were */
	gboolean	 robots_read, robots_closed;
	GPtrArray	*rules;		/* struct robots_rule * */
};

struct robots_rule {
	char		*path;
	gboolean	 allow;
};

/* A page that may be asked for. */
struct crawl_found {
	char		*url;
	enum page_kind	 kind;
	gboolean	 mapped;	/* by a site map: after those by links */
	uint64_t	 n;		/* the record that names it */
	gboolean	 taken;
};

/* A system that sells advertisements, and the site's accounts with it. */
struct crawl_seller {
	char		*domain;
	GPtrArray	*accounts;	/* char * */
	uint64_t	 n;		/* the record that names it first */
	gboolean	 asked;
};

struct crawl {
	GPtrArray	*hosts;		/* struct crawl_host *, in order of sight */
	GPtrArray	*found;		/* struct crawl_found * */
	GHashTable	*seen;		/* crawl_key() of what was asked for or found */
	GHashTable	*fronts;	/* "name address" asked for its front page */
	GHashTable	*parts;		/* the same of parts */
	GPtrArray	*part_hosts;	/* char *: other hosts asked for parts */
	guint		 addresses[2];	/* front page asked: [1] of www */
	GPtrArray	*sellers;	/* struct crawl_seller * */
	guint		 pages, maps, frames, stores;
	guint		 by_kind[PAGE_KINDS];
	int64_t		 part_bytes;
	guint		 met;		/* bits: limits said to be met */
};

struct crawl	*crawl_new(void);
void		 crawl_free(struct crawl *);
/* Without the parts of the query that say who came from where; caller frees. */
char		*crawl_plain(const char *url);
/*
 * What is one page whichever way it is linked: the plain URL without its scheme
 * and without "www.".  Caller frees.
 */
char		*crawl_key(const char *url);
/* The own host of that name, with "www." or without; NULL: not seen yet. */
struct crawl_host *crawl_host_of(const struct crawl *, const char *host);
/* TRUE where one more keeps within the limit; says once where not. */
gboolean	 crawl_room(struct raiser *, guint count, enum limit,
		    const char *text);
/* Whether robots.txt lets a path be asked for; pure. */
gboolean	 robots_allow(const GPtrArray *rules, const char *path);
void		 robots_rule_free(void *);

/* crawl.c: the front page from an address of a name of the target. */
void	crawl_front(struct raiser *, const char *name, const char *ip);
/* crawl_others.c: TRUE where anything was asked. */
gboolean crawl_sellers(struct raiser *);
/* The question is one of those, and the host is of the same domain as its own. */
gboolean crawl_is_other(const struct question *, const char *host);
void	crawl_seller_free(void *);
/* crawl_pages.c */
void	crawl_pages(struct raiser *);

#endif
