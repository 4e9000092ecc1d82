#ifndef REPORTS_SIGHT_H
#define REPORTS_SIGHT_H

/*
 * What predicates look at, put in order once for an assessment: roles, the
 * targets with their runs, the providers seen, the entities.  All of it is
 * computed from the record and borrows from it.
 *
 * A visit is one target in one run.  Facts of all visits count; whether a
 * question was answered is asked of the newest visit of its target.
 */

#include "reports/audience.h"
#include "reports/company.h"
#include "reports/content.h"
#include "reports/role.h"

/* Facts and log rows of a run by what they are about: a name without its final
 * dot, an address, a URL.  Filled when first asked for: of many runs, most are
 * never looked into. */
struct sight_index {
	const struct run *run;
	struct index_tables *tables;
	struct content	 content;
};

struct visit {
	const struct run *run;
	const struct sight_index *index;
	const char	*target;
	/* Packed, once the run was read (packed.h): */
	const GPtrArray	*facts;		/* struct fact *: of the target, or about its name */
	const GPtrArray	*rows;		/* struct log_row *: the same; none of a lean run */
	const GPtrArray	*roles;		/* struct role_row * of this target */
};

struct site {
	const char	*name;
	GPtrArray	*visits;	/* struct visit *, by run; never empty */
};

/* Somebody who was seen in a role, through one fact. */
struct provider {
	char		*name;		/* as the record writes it */
	char		*country;	/* "NL"; "" where the record names none */
	const char	*role;		/* "HOST", "CDN_EDGE", "linked HOST", "DNS", "MAIL", "registrar", "registry" */
	char		*about;		/* the name or address for which */
	const char	*target;
	const struct run  *run;
	const struct fact *fact;	/* holder or network; registrar; registry's server */
	const struct fact *how;		/* the DNS fact, NULL where fact is enough */
};

/* One row of factor 4. */
struct entity_view {
	const char	*name;
	const char	*country;	/* entities.csv, else as the record has it */
	const struct entity *entry;	/* NULL: a provider seen, not in entities.csv */
	GPtrArray	*seen;		/* struct provider *, borrowed */
};

struct sight {
	const struct record *rec;
	GPtrArray	*indexes;	/* struct sight_index *, one a run */
	GPtrArray	*role_arrays;	/* one array a run */
	GPtrArray	*roles;		/* struct role_row *, all runs in order */
	GPtrArray	*sites;		/* struct site *, in order of first run and target */
	GPtrArray	*providers;	/* struct provider * */
	GPtrArray	*entities;	/* struct entity_view *: entities.csv, then others seen */
	struct book	*book;		/* what is said of addresses */
	GArray		*messages;	/* struct doe_message: of Does */
	struct audience	*audience;	/* activity logs, put in order */
	struct papers	*papers;	/* papers.h: drafts that were imported */
	guint		 addresses;	/* distinct addresses, of runs and logs */
	guint		 by_role[ROLES];	/* distinct addresses of each role */
};

void	sight_init(struct sight *, const struct record *);
/* Without the activity logs, which may have a million rows: audience is NULL,
 * and by_role counts what the network showed. */
void	sight_init_network(struct sight *, const struct record *);
void	sight_clear(struct sight *);
/* One that is there already, or else own, which is made; both are handed to
 * sight_done().  Of many runs a sight is large, and takes its time. */
const struct sight *sight_or(const struct sight *there, struct sight *own,
	    const struct record *);
void	sight_done(const struct sight *, struct sight *own);
const struct site	*sight_site(const struct sight *, const char *name);
const struct visit	*site_last(const struct site *);
const struct sight_index *sight_index_of(const struct sight *, const struct run *);
/* Facts about a thing, in their order. */
struct about { const GPtrArray *facts; const uint32_t *places; guint n; };
struct about	 index_facts(const struct sight_index *, const char *subject);
const struct fact	*about_fact(const struct about *, guint i);
/* Rows about a thing; NULL where there are none. */
const GPtrArray	*index_rows(const struct sight_index *, const char *subject);
/* The first fact of the kind about it, or NULL. */
const struct fact	*index_first(const struct sight_index *, enum fact_kind,
			    const char *subject);
const struct entity_view *sight_entity(const struct sight *, const char *name);

/* -1 where the country is not told, else whether it is the United States. */
int		 country_is_us(const char *);

/* ---- whether a question was answered ------------------------------------- */

enum look {
	LOOK_ADDRESS,		/* A and AAAA of the target */
	LOOK_MAIL,		/* MX */
	LOOK_SERVERS,		/* NS */
	LOOK_REGISTRATION,	/* RDAP or WHOIS of the name */
	LOOK_PAGES,		/* its pages, none of them failed */
	LOOK_CERTIFICATE,
	LOOK_ALLOCATION,	/* whose network, of a target that is an address */
	LOOKS,
};

struct looked {
	enum { LOOKED_ANSWERED, LOOKED_FAILED, LOOKED_NEVER } how;
	const struct run *run;
	GArray		*failed;	/* uint64_t n of exchanges without an answer */
};

/* Clear with looked_clear(). */
void	 visit_look(const struct visit *, enum look, struct looked *);
/* Registration of an address (PROBE_RDAP); its places (PROBE_GEO). */
void	 address_look(const struct sight *, const struct role_row *,
	    enum probe_kind, struct looked *);
void	 looked_clear(struct looked *);
const char *look_name(enum look);	/* "its address" */

#endif
