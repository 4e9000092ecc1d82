#ifndef REPORTS_VIEW_H
#define REPORTS_VIEW_H

/*
 * A view: what of a run belongs to one target.
 *
 * A run may have several targets, and shares what several of them rest on
 * (root, TLD, registry and allocation data).  A view of target T holds the
 * facts of T; those shared facts whose subject T's own facts name: a name, an
 * address, a host of a certificate; and what is known of the names and addresses
 * that have a role for T, whichever target asked first.  Where the run has one
 * target the view is the run.
 *
 * Everything is borrowed from the record, which outlives the view.
 */

#include "reports/render.h"

struct view {
	const struct report	*rep;
	const struct record	*rec;
	const struct run	*run;
	const char		*target;	/* "" where the run has none */
	gboolean		 whole;		/* the view is the run */
	GPtrArray		*facts;		/* struct fact *, in order */
	GPtrArray		*roles;		/* struct role_row * of all the run (owned) */
	GHashTable		*subjects;	/* const char *: names and addresses */
	GHashTable		*records;	/* uint64_t *: what the facts rest on, borrowed */
};

void	view_open(struct view *, const struct report *);
void	view_close(struct view *);
/* The next fact of a kind from *at on, or NULL; subject NULL: any. */
const struct fact *view_next(const struct view *, enum fact_kind,
	    const char *subject, guint *at);
const struct fact *view_first(const struct view *, enum fact_kind,
	    const char *subject);
guint	view_count(const struct view *, enum fact_kind, const char *subject);
/* Distinct subjects of a kind, or of several (ends with FACT_KINDS), in order
 * of their first fact; caller frees the array. */
GPtrArray *view_subjects(const struct view *, enum fact_kind, ...);
gboolean view_role(const struct view *, const struct role_row *);
/* Of the target, shared, or what a fact of the view rests on. */
gboolean view_row(const struct view *, const struct log_row *);
/* An exchange with no answer: refused, timed out, held back. */
gboolean row_failed(const struct log_row *);
gboolean row_exchange(const struct log_row *);
/* Names of servers: the host where it is known, else the address. */
const char *row_server(const struct log_row *);
/* The zone above: "ch" of "popcorn-time.ch", "" of "ch". */
const char *zone_parent(const char *zone);
/* TRUE where name is zone or below it. */
gboolean name_within(const char *name, const char *zone);
/* Where a DKIM key may stand: usual ones are asked for without anybody having named
 * them, so that one is not there says nothing. */
gboolean name_is_key(const char *name);
/* The members of a set of strings that were not there yet. */
/* Whether names were asked of recursive servers that the case names, in place of
 * the zones' own. */
gboolean view_recursive(const struct view *);
gboolean strings_add(GPtrArray *, const char *);
/* Whether names were asked of recursive servers that the case names, in place of
 * the zones' own; and whether a fact is such an answer. */
gboolean view_recursive(const struct view *);
gboolean fact_recursive(const struct fact *);
/* The first of a list of strings in a fact, "" where none. */
gboolean fact_list_has(const struct fact *, const char *field, const char *);
/* "192.0.2.7" of "name@192.0.2.7". */
const char *subject_address(const char *);

#endif
