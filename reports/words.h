#ifndef REPORTS_WORDS_H
#define REPORTS_WORDS_H

/*
 * Sentences that every document of the program shares, in one place, so that
 * they are the same in HTML, text, JSON and CSV.  They are statements about the
 * program and about the limits of what it keeps, never about the case.
 *
 * All are UTF-8 without markup; a renderer escapes them for its medium.
 */

#include "reports/showing.h"

/* The one order that the base assessment is held against. */
#define WORDS_ORDER	"Bodyguard Prods., Inc. v. Musante, Civ. No. " \
			"19-00139 ACK-KJM (D. Haw. Jan. 23, 2020)"

/* First lines of the worksheet. */
extern const char words_worksheet[];
/* One line of the same, for a terminal. */
extern const char words_worksheet_short[];
/* An address is not a person. */
extern const char words_identity[];
/* Printed whenever no address has the role DOE_ACTIVITY. */
extern const char words_host[];
/* What a capture of a page does not hold; words_images() ends the sentence:
 * whether images of pages may have been imported. */
extern const char words_capture[];
const char	*words_images(const struct record *);
/* What a matching hash does not show; words_time() goes on from here. */
extern const char words_hash[];
/* In the footer of every page of the exhibit. */
extern const char words_footer[];
/* Why the worksheet stops where it stops. */
extern const char words_rules[];
/* Said of a delivery network's edge. */
extern const char words_edge[];
/* A geolocation radius is the vendor's. */
extern const char words_place[];
/* Registration data is what the registrant gave. */
extern const char words_registration[];

/* The two sentences, one of which ends each factor; nothing else does. */
extern const char words_gaps[];
extern const char words_no_gap[];

/* One row a status: the word printed, a few words for a legend, the label in
 * full, and whether nothing is missing where it stands. */
struct status_words {
	const char	*word;		/* "PART" */
	const char	*brief;		/* "some of the facts; the rest missing" */
	const char	*label;
	gboolean	 gap;		/* in a factor it is a gap */
};
extern const struct status_words words_status[STATUSES];
/* What stands over the records against a finding: of one that found nothing,
 * they are where it looked. */
const char *words_against(const struct finding *);

/* A trap (an element of kind T) that the record springs: what was looked for in
 * the papers is there, or is not where it must be. */
gboolean words_trap_fires(const struct finding *);

/* "Times come from ...": by what clock this run's times are, and by whose
 * tokens; from run->clock and run->tokens. */
void	words_time(GString *out, const struct run *);

#endif
