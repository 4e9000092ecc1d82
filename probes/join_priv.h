#ifndef PROBES_JOIN_PRIV_H
#define PROBES_JOIN_PRIV_H

/*
 * What the files of the joins share: join.c (the list of them, helpers), and a
 * file a noun: join_names.c, join_random.c, join_servers.c, join_registration.c,
 * join_compare.c, join_addresses.c, join_bounds.c, join_places.c,
 * join_networks.c, join_pages.c.  A join looks at facts, appends facts of its
 * own to out, and may look at those of the joins before it in the list.
 */

#include "probes/join.h"

struct join {
	const char		*name, *registrable;
	const GPtrArray		*facts;		/* direct, in log order */
	GPtrArray		*out;
};

/* A new fact in out; takes value. */
struct fact	*join_fact(struct join *, enum fact_kind, const char *subject,
		    json_t *value);
/* One that was made by fact_new() goes out after all; takes it. */
void		 join_give(struct join *, struct fact *);
/* Names the fact as one of those that it rests on, and takes the later time. */
void		 join_rests_on(struct fact *, const struct fact *on);
/* subject NULL: any. */
gboolean	 join_is(const struct fact *, enum fact_kind,
		    const char *subject);
/* Arrays of strings as sets. */
gboolean	 join_array_has(const json_t *, const char *);
void		 join_array_add(json_t *, const char *);
gboolean	 join_array_same(const json_t *, const json_t *);

void	join_name_servers(struct join *);
void	join_dnssec(struct join *);
void	join_resolvers(struct join *);
void	join_subnets(struct join *);
void	join_glue(struct join *);
void	join_servers(struct join *);
void	join_serials(struct join *);
void	join_answers(struct join *);
void	join_random(struct join *);
void	join_name_kinds(struct join *);
/* What is there at a name, by any record; at FALSE: below it.  NULL: nothing. */
const struct fact *join_record_of(const struct join *, const char *name,
	    gboolean at);
/* join_random.c: dns.name of where a name's addresses come from. */
void	join_name_source(struct join *, const char *name);
void	join_caa(struct join *);
void	join_registrars(struct join *);
void	join_signs(struct join *);
void	join_reverse(struct join *);
void	join_origins(struct join *);
void	join_zone_addresses(struct join *);
void	join_hints(struct join *);
void	join_bounds(struct join *);
void	join_places(struct join *);
void	join_networks(struct join *);
void	join_not_registered(struct join *);
void	join_pages(struct join *);

#endif
