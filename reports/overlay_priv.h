#ifndef REPORTS_OVERLAY_PRIV_H
#define REPORTS_OVERLAY_PRIV_H

/*
 * Signals, in the files that look at different things:
 *
 *	overlay_pages.c		what pages, papers and services show
 *	overlay_rows.c		what rows of imports show
 *	overlay_entity.c	countries and roles of entities
 *	overlay_trap.c		traps that the papers fell into
 *	overlay_case.c		what was found, acts of Does, how the record was kept
 *	overlay_signal.c	the table of them, and how a note points
 */

#include "reports/overlay.h"

typedef gboolean signal_fn(const struct overlay_look *, struct overlay_note *);

signal_fn signal_us_service, signal_visitor_place, signal_rule_4k2,
	  signal_goods, signal_inducement, signal_registrant, signal_steps;
signal_fn signal_us_count, signal_subscriber, signal_geo_bare, signal_geo_any,
	  signal_own_visits;
signal_fn signal_foreign, signal_country, signal_us_entity,
	  signal_gtld_registrar, signal_cctld, signal_eu_registry;
signal_fn signal_trap;
signal_fn signal_raised, signal_insufficient, signal_adverse, signal_swarm,
	  signal_swarm_does, signal_speech, signal_alias, signal_impersonation,
	  signal_vpn, signal_torrents, signal_application, signal_sealed,
	  signal_pages, signal_archive, signal_tables, signal_declaration;

/* At most 40 things of the record are pointed at. */
void	 signal_point(struct overlay_note *, struct pointer);
void	 signal_point_fact(struct overlay_note *, const struct run *,
	    const struct fact *);
void	 signal_point_row(struct overlay_note *, const struct import *,
	    uint64_t row);
/* "3 rows of I-0002 with ...". */
void	 signal_rows(struct overlay_note *, guint rows, const struct import *,
	    const char *of);
/* Rows with a number of the United States or of a state; measure NULL: any. */
guint	 us_numbers(const struct overlay_look *, const char *measure,
	    struct overlay_note *);
/* A draft or a statement has one of the words (ends with NULL). */
gboolean papers_say(const struct overlay_look *, const char *const *words,
	    struct overlay_note *);
/* Whether text has the word, given in lower case. */
gboolean text_holds(const char *text, const char *word);

struct page_want {
	enum fact_kind	 kind;
	const char	*field, *is;	/* NULL: whatever it is */
	const char	*says;
};
/* Facts of pages of the sites themselves, told by how many. */
gboolean pages_have(const struct overlay_look *, const struct page_want *,
	    size_t wants, struct overlay_note *);

#endif
