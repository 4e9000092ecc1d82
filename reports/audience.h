#ifndef REPORTS_AUDIENCE_H
#define REPORTS_AUDIENCE_H

/*
 * Activity logs put in order once for an assessment: whose rows they are, and
 * how many others there are.  Linear in the rows, and all of it sets: the order of
 * rows and of imports changes nothing but which row is cited first.
 *
 * A caller is one distinct address.  Its roles are those of all its rows, so that
 * an address which a Doe, a party or the plaintiff's side has used is nobody
 * else's.  A user is a caller of role USER_THIRD_PARTY and of no other; an exit, a
 * hosting network's address and a range are no users.
 *
 * What counts is the household: an IPv4 address, or the 64 bits of an IPv6 address
 * that one connection is given.  It is a count of connections, not of persons.
 */

#include "reports/keyed.h"
#include "reports/standing.h"
#include "reports/whereabouts.h"

/* One row with its import. */
struct doing {
	const struct import *import;
	const struct activity *row;
};

/* Rows of one Doe, as listed in parties.csv. */
struct doe {
	const struct party *party;
	GArray		*rows;		/* struct doing */
};

/*
 * A message of a Doe that tells from which address it was written (sender.h): the
 * row stands for it, with the number 0, the message's time, and neither act nor
 * work.  It is an address of the Doe, and no date of what is complained of.
 */
struct doe_message {
	guint		 import;	/* place in rec->imports */
	const struct party *doe;
	const char	*where;		/* in which field */
	struct activity_said said;	/* of the row */
	struct activity	 row;
};

/* A million of these fit: the address is in its first row (caller_ip()). */
struct caller {
	uint16_t	 roles;		/* 1 << enum role */
	uint8_t		 marks;		/* enum mark */
	uint8_t		 has;		/* enum caller_has */
	uint32_t	 import;	/* place in rec->imports of the first row */
	uint32_t	 row;		/* and the row's */
	int32_t		 first, last;	/* days since 1970 of its dated rows */
};

enum caller_has {
	CALLER_SOURCE = 1 << 0, CALLER_DATE = 1 << 1, CALLER_NAMED = 1 << 2,
	CALLER_TOLD = 1 << 3,		/* a third party's, in so many words */
};

/* A row that tells an act of a person, by its words (human.h). */
struct act {
	struct doing	 doing;
	unsigned	 elements;	/* enum human, bits */
	const struct party *doe;	/* NULL: of no Doe */
	gboolean	 nobody;	/* the row names nobody at all */
};

/* Of one forum. */
struct crowd {
	guint		 users;		/* distinct addresses there */
	guint		 households;
	guint		 elsewhere, unknown, conflict;	/* of users: addresses */
	guint		 parties;	/* addresses of named or dismissed parties there */
	guint		 adrift;	/* of such parties, place not known or in doubt */
	guint		 own;		/* of the plaintiff's side, wherever */
	guint		 hosted;	/* a server's, wherever: no user's connection */
	guint		 nameless;	/* there or place not known, of somebody whom
					 * parties.csv has not that day */
	guint		 months;	/* 0, 1, 2: more than one */
	gboolean	 sourced, dated;
	const struct caller *example;	/* a user there, NULL: none */
	const struct caller *party;	/* a party's there */
};

struct audience {
	const struct record *rec;
	const struct book *book;
	const GArray	*messages;	/* struct doe_message, or NULL */
	GPtrArray	*others;	/* char **: words of names that are no Doe's */
	GPtrArray	*does;		/* struct doe *, by parties.csv */
	GArray		*callers;	/* struct caller, distinct by address */
	GArray		*acts;		/* struct act */
	struct hash_key	 key;		/* of that table, from what was imported */
	uint32_t	*slots;		/* of the table over callers: place + 1 */
	uint32_t	 mask;
	guint64		 rows;		/* counted */
	guint64		 left[32];	/* rows with each fault (by its bit) */
	guint64		 unknown;	/* rows of names that parties.csv has not */
	guint64		 unlisted;	/* of them, of a party that it never had */
	guint		 logs;		/* activity imports */
	guint		 by_role[ROLES];	/* distinct addresses */
	struct crowd	 state, us;	/* of rec->forum, and of the United States */
};

/* messages: struct doe_message, borrowed; NULL: none. */
struct audience	*audience_new(const struct record *, const struct book *,
		    const GArray *messages);
void		 audience_free(struct audience *);
/* NULL: no row has the address. */
const struct caller *audience_caller(const struct audience *,
		    const struct inet *);
/* Its address; borrowed. */
const struct inet *caller_ip(const struct audience *, const struct caller *);
/* NULL: not a Doe of that day. */
const struct doe *audience_doe(const struct audience *, const char *label);
const struct crowd *audience_crowd(const struct audience *, const char *forum);
/* crowd.c, for audience.c: the callers of one forum, put in order. */
void		 crowd_count(const struct audience *, const char *forum,
		    struct crowd *);
/*
 * A role row for each address of the logs and each role that it has, by its first
 * row, as many as the limit; how many more there were is put in left.  Caller
 * frees the array (it frees its rows).
 */
GPtrArray	*audience_roles(const struct audience *, guint limit, guint *left);
/* The same of one address; none where the logs do not have it. */
GPtrArray	*audience_roles_of(const struct audience *, const char *ip);
/* The row's day since 1970, FALSE where it has none. whole: a time or a day that
 * can be read in one way only. */
gboolean	 activity_day(const struct activity *, int32_t *day,
		    gboolean *whole);
/* Whether its address may be somebody's own. */
gboolean	 activity_addressed(const struct activity *);

#endif
