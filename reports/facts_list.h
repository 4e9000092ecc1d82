#ifndef REPORTS_FACTS_LIST_H
#define REPORTS_FACTS_LIST_H

/*
 * The numbered facts of the exhibit: plain sentences drawn from facts, each
 * with the records it rests on.
 *
 * A const table says which kind of fact gives which sentence, in which group.
 * A writer (facts_*.c) looks at a view and adds none, one or several sentences.
 * No sentence says more than its records; where a list is longer than
 * FACTS_LIST members the rest is counted.
 */

#include "reports/html.h"
#include "reports/view.h"

#define FACTS_LIST	8	/* names or addresses spelled out in one sentence */
#define FACTS_KIND	40	/* sentences of one row of the table */

enum fact_group {
	FACTS_NAMES, FACTS_REGISTRATION, FACTS_ADDRESSES, FACTS_PLACE,
	FACTS_PAGES, FACTS_IMPORTED, FACT_GROUPS,
};

struct sentence {
	enum fact_group	 group;
	char		*html;
	GArray		*records;	/* uint64_t */
	const struct fact_about *about;	/* while the list is made; or NULL */
	GPtrArray	*subjects;	/* char *: what it is about */
	char		*other;		/* what it rests on where that is no record; or NULL */
};

/* In the order of print; caller frees the array.  Uses h's run and file. */
GPtrArray	*facts_list(const struct view *, struct html *h);
const char	*fact_group_title(enum fact_group);

/*
 * A sentence of which only its subject varies: "The server at 192.0.2.7, asked
 * ...".  Those that say the same after it become one, with all subjects.
 */
struct fact_about {
	const char	*one, *many;	/* before the subjects */
	const char	*verb, *verbs;	/* after them */
	void		(*put)(struct html *, const char *);
};

/* ---- for the writers ------------------------------------------------------ */

struct facts {
	const struct view	*v;
	struct html		*h;		/* where the sentence goes */
	GPtrArray		*done;		/* struct sentence * */
	enum fact_group		 group;
	GArray			*records;	/* of the sentence being written */
	const struct fact_about	*about;		/* of it, or NULL */
	const char		*subject;
	guint			 count, left;	/* of this row: written, left out */
};

/* Begins a sentence; FALSE where the row has had its number. */
gboolean	 facts_begin(struct facts *);
void		 facts_cite(struct facts *, const struct fact *);
/* What is written next follows the subject. */
void		 facts_about(struct facts *, const struct fact_about *,
		    const char *subject);
/* Ends it; other may be NULL.  Where the group has the same sentence already,
 * that one gets the records. */
void		 facts_end(struct facts *, const char *other);
/* "a, b and c", at most FACTS_LIST of them, written by put. */
void		 facts_spell(struct facts *, const GPtrArray *strings,
		    void (*put)(struct html *, const char *));
/* A name or an address as it stands in running text. */
void		 facts_name(struct html *, const char *);
void		 facts_url(struct html *, const char *);
/* The server that gave the fact's record. */
const char	*facts_server(const struct facts *, const struct fact *);
/* Names of the target first, the others after them, each in their order. */
void		 facts_own_first(const struct facts *, GPtrArray *names);
gboolean	 facts_is_target(const struct facts *, const char *name);
/* Of own interest: the target, names below it, its aliases and linked hosts. */
gboolean	 facts_own_name(const struct facts *, const char *name);
/* The zones that the target stands in, but for top-level ones. */
gboolean	 facts_own_zone(const struct facts *, const char *zone);

typedef void facts_fn(struct facts *);
facts_fn facts_referral, facts_ds, facts_ns_compared, facts_address,
	 facts_alias, facts_serial, facts_differ, facts_lame,
	 facts_name_kind, facts_mail, facts_absent, facts_authority,
	 facts_rdap, facts_rdap_refused, facts_whois, facts_whois_none,
	 facts_registrar_compared, facts_allocation, facts_special,
	 facts_delivery, facts_doe, facts_place, facts_places_else,
	 facts_certificate, facts_redirect, facts_page, facts_words,
	 facts_price, facts_form, facts_calls, facts_hosts, facts_imported;

#endif
