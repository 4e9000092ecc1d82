#ifndef REPORTS_JUDGE_H
#define REPORTS_JUDGE_H

/*
 * Predicates, grouped by what they look at:
 *
 *	judge_case.c	what only counsel can give; tables; the papers' dates
 *	judge_activity.c factor 1: addresses, dates, acts of each Doe (judge_doe.c)
 *	judge_where.c	factor 1: places and providers of each Doe's addresses
 *	judge_deed.c	factor 1: acts of persons (deed.h)
 *	judge_person.c	factor 1: what is made up of the others
 *	judge_mail.c	factors 1 and 2: messages of providers
 *	judge_notice.c	factor 3: messages to and of the site's people
 *	judge_site.c	factors 1 and 2: host, steps
 *	judge_host.c	factor 1: where the host is
 *	judge_named.c	factor 1: names that might lead to a person
 *	judge_page.c	factor 3: what a site does with its visitors
 *	judge_market.c	factor 3: markets that pages name, stores, a VPN
 *	judge_words.c	factor 3: words of pages on an audience, a subject, a place
 *	judge_crowd.c	factor 3: users, as logs have them
 *	judge_work.c	factor 3: who got this work through this site
 *	judge_figures.c	factor 3: numbers by place and period
 *	judge_limbs.c	factor 3: the three limbs, shares, knowledge of users
 *	judge_ads.c	factor 3: advertisements
 *	judge_aim.c	factor 3: what is made up of the others
 *	judge_provider.c factor 3: whose services are used
 *	judge_papers.c	sentences of motions, and beliefs
 *	judge_entity.c	factor 4: entity by entity
 *	judge_link.c	factor 4: what the sites of a case share
 *	judge_trap.c	how the papers argue it
 *
 * A predicate sets the status, points at facts, and says in words what is
 * missing.  The first note is the one that a short listing prints; where the
 * status is CONF, the second says what disagrees.
 *
 * NONE is set only where what was looked for had an answer; judge_open() is how
 * a predicate finds out, and sets NC otherwise.
 */

#include "reports/audience.h"
#include "reports/human.h"
#include "reports/showing.h"
#include "reports/sight.h"

predicate_fn judge_counsel, judge_service_date, judge_party_status;
predicate_fn judge_doe_address, judge_doe_dates, judge_doe_place,
	     judge_doe_forum, judge_doe_provider, judge_doe_act,
	     judge_doe_package, judge_doe_link, judge_doe_location;
predicate_fn judge_particular, judge_real_and_reached, judge_promoted,
	     judge_human, judge_dismissed, judge_thin;
predicate_fn judge_provider_mail, judge_contact, judge_harm,
	     judge_singled_out, judge_sent;
predicate_fn judge_site_exists, judge_host_address, judge_foreign_host,
	     judge_named, judge_steps;
predicate_fn judge_act, judge_passive, judge_interactive, judge_commerce,
	     judge_ambition, judge_accessible, judge_vpn_offer,
	     judge_for_sale, judge_knows_place, judge_subject, judge_channel;
predicate_fn judge_arises, judge_own_visits, judge_one_user;
predicate_fn judge_extent, judge_national, judge_explained, judge_downloads,
	     judge_income, judge_exploited, judge_integral, judge_share,
	     judge_three_limbs, judge_knowledge, judge_unknown_base;
predicate_fn judge_ads, judge_bought_ads, judge_encourages, judge_targeted,
	     judge_general_ads;
predicate_fn judge_aiming, judge_us_direction;
predicate_fn judge_us_providers, judge_us_explained, judge_foreign_providers,
	     judge_google_mail;
predicate_fn judge_recited, judge_own_belief, judge_beliefs, judge_undercut;
predicate_fn judge_entity_role, judge_entity_assertion, judge_links,
	     judge_holds, judge_entity_row;
predicate_fn judge_four_factors, judge_trap_uncited, judge_trap_one_factor, judge_trap_assertion,
	     judge_trap_other_filing, judge_trap_undiscussed,
	     judge_trap_federal, judge_trap_words,
	     judge_trap_entities, judge_trap_party, judge_trap_later,
	     judge_trap_new_evidence, judge_trap_new_argument,
	     judge_trap_federal_later, judge_trap_likelihood_later;

/* ---- for all of them ---- */

/* TRUE, and NC, where the record has no run. */
gboolean	judge_no_run(struct finding *);
/* Whether a response header of that name tells where the visitor is. */
gboolean	judge_country_header(const char *name);
/*
 * TRUE where the look is open: sets NC, points at what failed, and notes which
 * look of what.  The newest visit of a site is asked.
 */
gboolean	judge_open(struct finding *, const struct looked *, const char *what,
		    const char *of);
gboolean	judge_site_open(struct finding *, const struct site *, enum look);
/* TRUE, and NC, where one of the sites of the record is open. */
gboolean	judge_sites_open(struct finding *, enum look);
/* TRUE, and NC, where pages of one were asked for and did not come; for what an
 * import can give as well as a page. */
gboolean	judge_pages_failed(struct finding *);
/* judge_store.c: what the page of a store that was not asked would show, as missing. */
void		judge_stores_unasked(struct finding *);
/* TRUE, and NC, where the newest run has not the answer that would name the
 * provider in that role again. */
gboolean	judge_role_open(struct finding *, const struct provider *);
/* TRUE, and NC, where an answer that did not come might have named a provider. */
gboolean	judge_providers_open(struct finding *);
/*
 * The status of another element for the same scope and forum, of the case where
 * that is its scope; what it points at is pointed at here too, the same way.
 */
enum status	judge_also(struct finding *, const char *id);
/* The same, and the other's finding, for whoever has to know on what it rests;
 * finding_free(). */
struct finding	*judge_part(struct finding *, const char *id);
/* Whether the motion argues from one of the imports that the finding points at, and
 * says where (papers_argue()). */
gboolean	judge_argued(struct finding *, unsigned factors);
/* What was for it is against it: an assertion, with none of the facts. */
void		judge_turn(struct finding *);
/* Whether J-25 has more than a number of users: what they earn, or a document. */
gboolean	judge_audience_earns(const struct finding *);
/* The same status, and nothing is pointed at. */
enum status	judge_status(const struct finding *, const char *id);
/* The status of another element for a scope of its own; nothing is pointed at,
 * but where it is SUP, and then what stands for it. */
enum status	judge_of(struct finding *, const char *id, const char *scope);

/* Calls fn for each visit of each site, in order. */
typedef void	visit_fn(struct finding *, const struct visit *, void *);
void		judge_visits(struct finding *, visit_fn *, void *);
/* Calls fn for each message of that side; how many. */
typedef void	mail_fn(struct finding *, const struct import *, void *);
guint		judge_each_mail(struct finding *, enum mail_from, mail_fn *,
		    void *);
/* The same of what comes from a provider's domain, whatever its importer said. */
guint		judge_providers_mails(struct finding *, mail_fn *, void *);
/* The domain the finding is about; NULL where its scope is "case". */
const struct site *judge_site(const struct finding *);
/* Points at what gives each address the role of a host; at rows of logs. */
void		judge_point_at_hosts(struct finding *);
void		judge_point_at_callers(struct finding *);
/* TRUE, and NONE or NC, where logs have no user in the forum to speak of. */
gboolean	judge_no_user(struct finding *);
/* Notes the count, and what was left out of it. */
void		judge_say_crowd(struct finding *);
/* Whether the row is a third-party user's in the finding's forum. */
gboolean	judge_user_in(const struct finding *, const struct activity *);
/* Rows of third-party users in the forum whose act is of the kind (enum human);
 * points at them. */
guint		judge_acts_in_forum(struct finding *, unsigned human);
/* Whether a message or document is of that entity. */
gboolean	entity_of_import(const struct record *, const char *entity,
		    const struct import *);
/* Whether it is a message of our side to it. */
gboolean	entity_was_sent(const struct sight *, const char *entity,
		    const struct import *);
/* Services of US holders, pointed at; how many. */
guint		judge_us_services(struct finding *);
/* What pages alone give for J-22, and for J-23: how many offers. */
enum status	judge_pages_audience(struct finding *);
guint		judge_offers_there(struct finding *);
/* Advertisements on pages and imported that are not about the forum, pointed at;
 * how many. */
guint		judge_ads_at_large(struct finding *);
/* "1 page", "2 pages". */
#define PLURAL(n)	(n), (n) == 1 ? "" : "s"
/* An N row where a document that a statement quotes is for it, and nothing else is
 * in the record: INSUF, and what it rests on stands against. */
void		judge_insufficient_files(struct finding *);
/* Points, under against, at rows of logs that have the address as that of somebody
 * of one of the standings (1 << enum standing). */
void		judge_cite_rows(struct finding *, const struct inet *,
		    unsigned standings);
/* Accounts that pages of the visit's target publish, pointed at; how many. */
guint		judge_accounts(struct finding *, const struct visit *);
/* Adds word to a list with "; " between, once. */
void		list_add(GString *, const char *word);

#endif
