#ifndef REPORTS_IMPORT_H
#define REPORTS_IMPORT_H

/*
 * What people brought: one struct import a file that "goodcause import" took,
 * in the order of imports/imports.jsonl.  The collector reads the files; what
 * is here is constant and borrowed by predicates and renderers, like the rest
 * of the record.
 *
 * Every row is kept, cited as I-0004:17 (import 4, data row 17, the header not
 * counted), and shown.  A row with a fault (enum row_fault) is shown with it
 * and serves only what the fault leaves: a row without a time is still an
 * address, never a date.  Nothing is guessed: an ambiguous date has no time.
 *
 * All of it is IMPORTED; what is computed from it is DERIVED.  Text is UTF-8,
 * "" where a cell is empty.  Strings of a table are interned in the import's
 * chunk: equal text is the same pointer within one import, but for the times of
 * activity rows as written; of these, one that is written as this program would
 * write it is not held a second time.  Days of look-ups and of history are 2026-04-13 or
 * RFC 3339 where they could be read, and as written where not.
 */

#include <glib.h>
#include <stdint.h>

enum import_kind {
	IMPORT_ACTIVITY, IMPORT_NUMBERS, IMPORT_ADS, IMPORT_GEOLOCATION,
	IMPORT_HISTORY, IMPORT_MAIL, IMPORT_DOCUMENT, IMPORT_MOTION,
	IMPORT_KINDS,
};

/* Why a row, or a part of it, does not count; a set of bits. */
enum row_fault {
	ROW_TIME_NONE		= 1 << 0,	/* the cell is empty */
	ROW_TIME_NO_ZONE	= 1 << 1,	/* a local time, no zone told */
	ROW_TIME_AMBIGUOUS	= 1 << 2,	/* 03/04/2026, or an hour that
						 * summer time has twice */
	ROW_TIME_BAD		= 1 << 3,	/* no time at all */
	ROW_TIME_FUTURE		= 1 << 4,	/* after the file was imported */
	ROW_DATE_ONLY		= 1 << 5,	/* a day: serves as a date */
	ROW_IP_NONE		= 1 << 6,
	ROW_IP_BAD		= 1 << 7,
	ROW_IP_RANGE		= 1 << 8,	/* a CIDR or a range: no one's address */
	ROW_IP_SPECIAL		= 1 << 9,	/* private, loopback, reserved */
	ROW_DUPLICATE		= 1 << 10,	/* the same event as an earlier row,
						 * of this file or another */
	ROW_MALFORMED		= 1 << 11,	/* not read: serves nothing */
	ROW_PORT_BAD		= 1 << 12,
	ROW_VALUE_BAD		= 1 << 13,	/* numbers: no number, no band */
	ROW_PLACE_BAD		= 1 << 14,	/* no ISO 3166 code, not WORLD */
	ROW_PERIOD_BAD		= 1 << 15,	/* no period, or it ends before it begins */
};

#define TIME_UNKNOWN	INT64_MIN

/* An address, or a range of them. */
struct inet {
	uint8_t		 bytes[16];
	uint8_t		 family;	/* 0 none, 4, 6 */
	uint8_t		 prefix;	/* 32 or 128: one address */
};

/* What most rows of a log have in common with others. */
struct activity_said { const char *doe, *act, *work, *source, *party; };

/* One event of an activity log.  A million of these fit: keep it small. */
struct activity {
	uint32_t	 row;		/* as cited */
	uint32_t	 faults;	/* enum row_fault */
	int64_t		 time;		/* microseconds since 1970, UTC; TIME_UNKNOWN */
	struct inet	 ip;
	uint16_t	 port;		/* 0: none */
	const struct activity_said *is;
	const char	*when;		/* activity_when() */
};

/* A number, or a band of numbers ("50,000+"). */
struct number {
	uint32_t	 row, faults;
	const char	*measure;	/* downloads visits pageviews users revenue */
	const char	*place;		/* "US", "US-HI", "WORLD"; upper case */
	const char	*period_start, *period_end;	/* YYYY-MM-DD, "" */
	const char	*value;		/* as written */
	int64_t		 low, high;	/* high -1: open above; equal: a number */
	gboolean	 band;
	const char	*unit, *source, *method, *scope;
};

struct ad {
	uint32_t	 row, faults;
	int64_t		 time;
	const char	*when, *vantage, *place_shown, *advertiser, *text,
			*about_place, *source;
};

/* Somebody else's look-up of an address. */
struct geolocation {
	uint32_t	 row, faults;
	struct inet	 ip;
	const char	*address;	/* as written */
	const char	*database, *build, *looked_up, *place, *radius_km,
			*declarant, *source;
};

/* What was, from whom: passive DNS, old WHOIS, routing. */
struct history {
	uint32_t	 row, faults;
	const char	*subject, *type, *value, *first_seen, *last_seen, *source;
};

/* ---- mail ------------------------------------------------------------------- */

/* What a reply says, told by words that stand in it (reports/reply.h). */
enum reply_class {
	REPLY_FORWARDED_ONLY, REPLY_REFUSED_ABSENT_LOCAL_ORDER,
	REPLY_STATES_DATA_HELD, REPLY_STATES_RETENTION, REPLY_CLAIMS_CONTROL,
	REPLY_OFFERS_SALE, REPLY_STATES_CUSTOMER, REPLY_DENIES_DATA, REPLY_OTHER, REPLY_CLASSES,
};

/* Words of a message, byte for byte as in its decoded text, and where the
 * bytes they came from begin in the original file. */
struct reply_words {
	enum reply_class klass;
	char		*text;		/* verbatim, UTF-8 */
	uint64_t	 offset, len;	/* in the original file */
};

struct mail_hop { char *from, *by, *with, *ip, *time; };	/* Received, newest first */

/* One signature or one statement about signatures. */
struct mail_sign {
	char		*kind;		/* "dkim" | "arc" | "authentication-results" */
	char		*domain, *selector;
	char		*result;	/* "pass" "fail" "no key" "malformed" ... */
	char		*by;		/* who says so: "this program, key in 000002/F-000031" or the header's own name */
	char		*why;		/* "" or in words */
};

struct mail_part { char *type, *name, *sha256; uint64_t size; int depth; };

/* Whose words they are, as the importer said. */
enum mail_from { MAIL_FROM_OTHER, MAIL_FROM_PROVIDER, MAIL_FROM_OPERATOR };

struct mail {
	enum mail_from	 whose;
	char		*from, *from_domain, *to, *subject, *message_id;
	char		*date;		/* RFC 3339 UTC, "" */
	char		*date_written;	/* as written */
	char		*originating_ip;	/* X-Originating-IP, or "" */
	GPtrArray	*hops;		/* struct mail_hop * */
	GPtrArray	*signs;		/* struct mail_sign * */
	GPtrArray	*parts;		/* struct mail_part * */
	GPtrArray	*words;		/* struct reply_words * */
	char		*text;		/* the decoded words of it, at most 1 MiB, no quoted ones (">") */
	gboolean	 automatic;	/* Auto-Submitted, or the like */
	gboolean	 answers;	/* In-Reply-To or References */
	GPtrArray	*problems;	/* char *: "reply.eml:4:1: ..." */
};

/* ---- one file ---------------------------------------------------------------- */

struct import {
	unsigned	 number;	/* 4 */
	char		*id;		/* "I-0004" */
	enum import_kind kind;
	char		*exhibit;	/* "I-1": letter by kind, number in the case */
	char		*file;		/* its name as given, for people */
	char		*sha256;
	uint64_t	 size;
	char		*at;		/* when imported, RFC 3339 */
	char		*who;		/* by whom, as case.ini says */
	char		*label, *describe;	/* --label, --describe */
	char		*entity;	/* --entity */
	/* When it was withdrawn, by whom and why; "" where it was not. */
	char		*withdrawn, *withdrawn_by, *withdrawn_why;
	char		**elements;	/* --elements; never NULL */
	GPtrArray	*problems;	/* char *: "log.csv:4:2: ..." */
	GPtrArray	*columns;	/* char *: unknown columns, kept and shown */
	GPtrArray	*examples;	/* char *: the first value of each, "" */
	GStringChunk	*chunk;		/* holds the strings of rows */
	GPtrArray	*said;		/* and what import_said() keeps, in blocks */
	guint		 said_last;	/* how many are in the last of them */
	GArray		*rows;		/* by kind: struct activity, number, ad,
					 * geolocation, history; empty for files */
	struct mail	*mail;		/* IMPORT_MAIL, else NULL */
	GBytes		*bytes;		/* the original: mail, documents, motions
					 * and tables of at most 1 MiB, else NULL */
	uint32_t	 counted;	/* rows without ROW_MALFORMED, ROW_DUPLICATE */
	GArray		*repeats;	/* struct repeat by row (repeat.h), NULL: none */
};

struct import	*import_new(enum import_kind);
void		 import_free(struct import *);
struct mail	*mail_new(void);
void		 mail_free(struct mail *);

/* Where activity->when is when_z, the time was written as 2026-04-13T20:01:02Z. */
extern const char when_z[];
/* The time as written: time, " ", zone. */
const char	*activity_when(const struct activity *, char buf[32]);

/* Keeps a copy for rows of the import. */
const struct activity_said *import_said(struct import *,
		    const struct activity_said *);

/* Whether its importer brought it for the element (--elements). */
gboolean	 import_is_for(const struct import *, const char *element);
const char	*import_kind_name(enum import_kind);	/* "activity" */
int		 import_kind_parse(const char *);	/* -1 */
const char	*reply_class_name(enum reply_class);	/* "FORWARDED_ONLY" */
const char	*row_fault_says(enum row_fault);	/* of one bit, in words */

/* "192.0.2.7", "2001:db8::1", "192.0.2.0/24"; -1 where it is none.  Nothing but
 * a bare address or CIDR, host bits of a CIDR clear; an IPv4 address in IPv6's
 * clothes (::ffff:192.0.2.7) is the IPv4 address. */
int		 inet_read(const char *, struct inet *);
/* The same, and "192.0.2.0 - 192.0.2.255" where that is one network. */
int		 inet_read_network(const char *, struct inet *);
/* The next address in a text, as "from 192.0.2.7 at": where it begins, *p behind
 * it; NULL: no more. */
const char	*inet_find(const char **p, struct inet *);
char		*inet_words(const struct inet *);
gboolean	 inet_same(const struct inet *, const struct inet *);
/* Whether the second lies in the first. */
gboolean	 inet_holds(const struct inet *, const struct inet *);

#endif
