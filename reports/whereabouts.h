#ifndef REPORTS_WHEREABOUTS_H
#define REPORTS_WHEREABOUTS_H

/*
 * What runs and imports say of addresses, kept by address: where a database
 * places one (a geo.place fact of a run, or somebody's own look-up, imported),
 * what makes it nobody's own (a list of exits, a list of hosting networks, a role
 * that names give), who holds it, and which questions were asked.
 *
 * A place is what a named database gave for the address itself.  The country of a
 * holder is none.
 */

#include "reports/forum.h"
#include "reports/record.h"
#include "reports/role.h"

/* Why an address is not taken for somebody's own. */
enum mark {
	MARK_EXIT	= 1 << 0,	/* a list: exit of Tor or of a VPN */
	MARK_HOSTING	= 1 << 1,	/* a list: hosting, cloud, delivery */
	MARK_ROLE	= 1 << 2,	/* HOST, CDN_EDGE, DNS, MAIL, REGISTRAR_WEB */
	MARK_OWN	= 1 << 3,	/* own_addresses.txt, vantage.address */
	MARK_NAMED	= 1 << 4,	/* past data: a name of a target had it */
};

/* One source's word on where an address was. */
struct place_said {
	char		 code[PLACE_CODE];	/* "" where it cannot be read */
	const char	*words;		/* the place as written, or the region */
	const char	*database, *build, *looked_up, *radius;
	int32_t		 built, looked;	/* days since 1970, DAY_UNKNOWN */
	const struct run *run;		/* observed */
	const struct fact *fact;
	const struct import *import;	/* or imported: theirs */
	uint32_t	 row;
};

/* One fact of a run about an address. */
struct address_said {
	const struct run *run;
	const struct fact *fact;
};

/* Who had an address or a prefix, by a row of past data. */
struct past_said {
	const struct import *import;
	const struct history *row;
	struct inet	 net;
	int32_t		 from, to;	/* days, DAY_UNKNOWN where not told */
};

struct address {
	struct inet	 ip;
	unsigned	 marks;		/* enum mark, all but MARK_OWN */
	gboolean	 place_none;	/* a database has no place for it */
	gboolean	 place_failed;	/* a look-up of its place did not answer */
	gboolean	 holder_none, holder_failed;	/* the same of the registry */
	GArray		*places;	/* struct place_said */
	GArray		*holders;	/* struct address_said: ip.network, ip.holder */
	GArray		*events;	/* struct address_said: ip.event */
	GArray		*why;		/* struct address_said: what gives the marks */
	struct past_said named;		/* past data: a name of the case had it */
	struct address_said hint;	/* its reverse name is a rented machine's */
};

struct book {
	const struct record *rec;
	struct keyed	*by_ip;		/* struct inet: places in addresses */
	GPtrArray	*addresses;	/* struct address * */
	GPtrArray	*own;		/* struct inet *: own_addresses.txt, and
					 * whence runs were seen */
	GArray		*past;		/* struct past_said */
	GArray		*spans;		/* of runs, by their beginning */
};

#define DAY_UNKNOWN	INT32_MIN

/* "2026-11-01...", "20261101", "2026-11" (its middle) */
int32_t		 day_read(const char *);
/* roles: GPtrArray of struct role_row *, all runs. */
struct book	*book_new(const struct record *, const GPtrArray *roles);
void		 book_free(struct book *);
/* whereabouts_spans.c, for book_new(): fills spans. */
void		 book_spans(struct book *);
/* NULL where nothing is said of it. */
const struct address *book_find(const struct book *, const struct inet *);
gboolean	 book_own(const struct book *, const struct inet *);
/* What keeps the address from being somebody's own: enum mark. */
unsigned	 book_marks(const struct book *, const struct inet *);
/*
 * What was going on at the row's time: "run 000001" that collected for this record,
 * "the import of I-0004" of a log; NULL: neither.  On the day of a run an act can
 * be done too: a row with a day alone is held against the import of its log only.
 */
const char	*book_collecting(const struct book *, const struct import *,
		    const struct activity *);
const char	*mark_says(enum mark);		/* "an exit of Tor or of a VPN, by a list" */

/* Where its sources put it as to the forum.  conflict: they cannot all be right
 * (a country or a state of the United States differs). */
enum within	 address_within(const struct address *, const char *forum,
		    gboolean *conflict);
/* Whether two of its sources differ in country or state. */
gboolean	 address_conflict(const struct address *);

#endif
