#ifndef REPORTS_JUDGE_H
#define REPORTS_JUDGE_H

/*
 * Predicates, grouped by what they look at:
 *
 *	judge_case.c	what only counsel, an import or a motion can give; tables
 *	judge_doe.c	factor 1: addresses of Does, and whose addresses are not
 *	judge_site.c	factors 1 and 2: host, place of the host, names, steps
 *	judge_page.c	factor 3: what pages say
 *	judge_provider.c factor 3: whose services are used
 *	judge_entity.c	factor 4: entity by entity
 *	judge_link.c	factor 4: what the sites of a case share
 *
 * A predicate sets the status, points at facts, and says in words what is
 * missing.  The first note is the one that a short listing prints; where the
 * status is CONF, the second says what disagrees.
 *
 * NONE is set only where what was looked for had an answer; judge_open() is how
 * a predicate finds out, and sets NC otherwise.
 */

#include "reports/showing.h"
#include "reports/sight.h"

predicate_fn judge_counsel, judge_service_date, judge_import_activity,
	     judge_import_numbers, judge_import_ads, judge_import_mail,
	     judge_import_document, judge_motion, judge_not_collected,
	     judge_ads_by_vantage, judge_new_evidence, judge_party_status,
	     judge_beliefs, judge_contact;
predicate_fn judge_doe_address, judge_doe_place, judge_doe_forum,
	     judge_doe_link, judge_doe_location, judge_dismissed, judge_thin;
predicate_fn judge_site_exists, judge_host_address, judge_foreign_host,
	     judge_named, judge_steps;
predicate_fn judge_act, judge_aiming, judge_passive, judge_interactive,
	     judge_commerce, judge_ambition, judge_accessible, judge_general_ads,
	     judge_vpn_offer, judge_traffic_known, judge_for_sale,
	     judge_knows_place;
predicate_fn judge_us_direction, judge_us_providers, judge_foreign_providers,
	     judge_google_mail, judge_undercut;
predicate_fn judge_entity_role, judge_links, judge_holds, judge_entity_row;

/* ---- for all of them ---- */

/* TRUE, and NC, where the record has no run. */
gboolean	judge_no_run(struct finding *);
/*
 * TRUE where the look is open: sets NC, points at what failed, and notes which
 * look of what.  The newest visit of a site is asked.
 */
gboolean	judge_open(struct finding *, const struct looked *, const char *what,
		    const char *of);
gboolean	judge_site_open(struct finding *, const struct site *, enum look);
/* TRUE, and NC, where one of the sites of the record is open. */
gboolean	judge_sites_open(struct finding *, enum look);
/* TRUE, and NC, where an answer that did not come might have named a provider. */
gboolean	judge_providers_open(struct finding *);
/* Whether a row of parties.csv or the like is valid on the day of assessment. */
gboolean	party_valid(const struct record *, const struct party *);
/* Whether anything of that kind was imported: never, in this version. */
gboolean	has_imports(const struct record *);

/* Calls fn for each visit of each site, in order. */
typedef void	visit_fn(struct finding *, const struct visit *, void *);
void		judge_visits(struct finding *, visit_fn *, void *);
/* The domain the finding is about; NULL where its scope is "case". */
const struct site *judge_site(const struct finding *);
/* "1 page", "2 pages". */
#define PLURAL(n)	(n), (n) == 1 ? "" : "s"
/* Adds word to a list with "; " between, once. */
void		list_add(GString *, const char *word);

#endif
