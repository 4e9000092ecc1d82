#ifndef REPORTS_ROLE_PRIV_H
#define REPORTS_ROLE_PRIV_H

/*
 * What the files of the roles share: role.c (how they are found, rows, the roles
 * that lists and tables give), role_names.c (what a name is for), role_edge.c
 * (delivery networks).
 */

#include "reports/delivery.h"
#include "reports/packed.h"
#include "reports/role.h"

enum tag {
	TAG_OWN = 1 << 0, TAG_DNS = 1 << 1, TAG_MAIL = 1 << 2,
	TAG_LINKED = 1 << 3, TAG_SERVICE = 1 << 4,
};

struct tagged { const char *target; unsigned tags; };

struct building {
	const struct record *rec;
	const struct run *run;
	GPtrArray	*rows;
	GHashTable	*seen;		/* "ip|role|name|target" -> struct role_row * */
	GHashTable	*addresses;	/* ip -> the first struct role_row * of it */
	GHashTable	*subjects;	/* char * -> GPtrArray of struct fact * */
	GHashTable	*names;		/* name -> GArray of struct tagged */
	GHashTable	*aliases;	/* name -> struct fact *, dns.cname to a suffix */
	GHashTable	*headers;	/* ip -> struct fact *, http.header */
	GHashTable	*certs;		/* ip -> struct fact *, tls.cert */
};

/* role.c */
struct role_row	*role_row_new(const char *ip, enum role, const char *name,
		    const char *target);
void		 role_row_free(void *);
/* What the record says of the address, from another row of it; the row has
 * nothing of that yet. */
void		 role_row_borrow(struct role_row *, const struct role_row *from);
/* NULL where there are none. */
const GPtrArray	*facts_of(const struct building *, const char *subject);

/* role_names.c */
void		 tag_target(struct building *, const char *target);

/* role_edge.c */
/* A fact that may name a delivery network by who sent it. */
void		 edge_index(struct building *, struct fact *);
/* The signs of delivery networks and platforms for a HOST: CDN_EDGE where two
 * of one network agree. */
void		 edge_row(struct building *, struct role_row *);
/* After all rows: further rows that are edges because others are. */
void		 edge_spread(struct building *);

#endif
