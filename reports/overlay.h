#ifndef REPORTS_OVERLAY_H
#define REPORTS_OVERLAY_H

/*
 * Overlays: authority later than the order, or beside it, printed as notes to
 * counsel where something in the record calls for them.
 *
 * The base assessment follows the order alone.  Overlays are computed after it,
 * from constant findings, and change none: with no table the base output is the
 * same byte for byte (tests/unit/overlay_t.c).  A row of overlay.def says what
 * the authority is, how far it was checked, the signal that fires it, what is
 * printed, which authority stands against it, and beside which elements it
 * stands.  A signal is a small pure predicate (overlay_signal.c).
 *
 * To add an authority: one row; a new signal: one line in enum signal and one
 * row of the table in overlay_signal.c.  The table speaks for RULES_DATE and no
 * later day.
 */

#include "reports/showing.h"
#include "reports/sight.h"

/*
 * How far an authority was seen by whoever wrote the table; "seen" is not read:
 * most opinions were not read in full.  Law is one thing, a post or a vendor's
 * manual another, though its own text was seen as well.
 */
enum verified {
	VERIFIED_PRIMARY,	/* V1: primary text, or the court's or agency's
				 * own description */
	VERIFIED_PUBLISHED,	/* V1 of what is neither opinion, rule nor treaty */
	VERIFIED_SECONDARY,	/* V2: notes and summaries only */
	VERIFIED_RECALLED,	/* R: must be checked */
};

enum signal {
	SIGNAL_US_SERVICE, SIGNAL_VISITOR_PLACE, SIGNAL_RULE_4K2,
	SIGNAL_US_COUNT, SIGNAL_GOODS, SIGNAL_INDUCEMENT, SIGNAL_SUBSCRIBER,
	SIGNAL_GEO_BARE, SIGNAL_GEO_ANY, SIGNAL_REGISTRANT, SIGNAL_OWN_VISITS,
	SIGNAL_STEPS, SIGNAL_FOREIGN, SIGNAL_COUNTRY, SIGNAL_US_ENTITY,
	SIGNAL_GTLD_REGISTRAR, SIGNAL_CCTLD, SIGNAL_EU_REGISTRY,
	SIGNAL_TRAP, SIGNAL_RAISED, SIGNAL_INSUFFICIENT, SIGNAL_ADVERSE,
	SIGNAL_SWARM, SIGNAL_SWARM_DOES, SIGNAL_SPEECH, SIGNAL_ALIAS,
	SIGNAL_IMPERSONATION, SIGNAL_VPN, SIGNAL_TORRENTS, SIGNAL_APPLICATION,
	SIGNAL_SEALED, SIGNAL_PAGES, SIGNAL_ARCHIVE, SIGNAL_TABLES,
	SIGNAL_DECLARATION, SIGNALS,
};

struct overlay {
	const char	*id;		/* "O-WILL" */
	const char	*authority;	/* "Will Co. v. Lee, 47 F.4th 917" */
	const char	*court;		/* "9th Cir."; "" of a rule or treaty */
	const char	*date;		/* "2022-08-31", "2025", "" */
	enum verified	 verified;
	const char	*checked;	/* more of that, in words; "" */
	enum signal	 signal;
	const char	*param;		/* of the signal: "NL", "GB UK", "T-04", elements
					 * that are raised; "" */
	const char	*says;		/* what is printed, whole sentences */
	const char	*contrary;	/* ids, a space between; "" */
	const char	*beside;	/* elements, a space between */
};

extern const struct overlay overlays[];
extern const size_t overlays_count;

/* An overlay that fired. */
struct overlay_note {
	const struct overlay *row;
	GString		*shows;		/* what of the record fired it, in words */
	GArray		*pointers;	/* struct pointer: the same, at most 40 */
	GPtrArray	*scopes;	/* char *: of these entities only; empty: of any */
};

/* What fired, in the order of the table; struct overlay_note *, owned. */
GPtrArray	*overlays_of(const struct record *, const GPtrArray *findings);
GPtrArray	*overlays_of_sight(const struct sight *, const GPtrArray *findings);
/* The same from another table: an empty one gives nothing. */
GPtrArray	*overlays_from(const struct overlay *, size_t n,
		    const struct sight *, const GPtrArray *findings);
gboolean	 overlay_beside(const struct overlay_note *,
		    const struct finding *);
/* The note in one paragraph: authority, sentence, what the record shows,
 * contrary authority, how far it was checked; caller frees. */
char		*overlay_text(const struct overlay_note *);
/* What ends the sentence of its shows: "" where a name with a full stop does. */
const char	*overlay_stop(const struct overlay_note *);
const struct overlay *overlay_find(const char *id);	/* NULL */
const char	*verified_name(enum verified);		/* "V1" */
const char	*verified_says(enum verified);
/* "9th Cir. 2022": court and year, "" where neither. */
char		*overlay_when(const struct overlay *);
/* What fires it, in words: "a foreign entity of that country is sought". */
const char	*signal_says(enum signal);
/* Whether one of several words, a space between, is this one. */
gboolean	 word_in(const char *words, const char *word);

/* ---- for the signals ---- */

struct overlay_look {
	const struct record	*rec;
	const GPtrArray		*findings;
	const struct sight	*sight;
};
/* TRUE where the signal is in the record; tells what fired it. */
gboolean	 signal_fires(enum signal, const struct overlay_look *,
		    struct overlay_note *);

#endif
