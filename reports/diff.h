#ifndef REPORTS_DIFF_H
#define REPORTS_DIFF_H

/*
 * What changed between two runs: a pure comparison of their direct facts, and
 * its renderings.  Joined facts are left out: they follow from the others.
 *
 * Facts are grouped by fact_identity(), so that several servers that said the
 * same are one.  fact.def says how a kind is compared:
 *
 *	IDENTITY	changed where both runs have the statement and no value of
 *			the one is a value of the other
 *	SET		each is new or gone; where of one subject exactly one
 *			went and one came, the two are shown as one change
 *	VOLATILE	counted, never a change
 *
 * Some fields change by themselves (TTL, serial of a zone, hash of a page,
 * build of a database); diff.c lists them, and they count as volatile.  So do
 * refusals (dns.lame, the limit of a WHOIS server): they are no news of what
 * would have been said.
 *
 * So is what name servers say of shared zones and of registries' hosts: it is
 * about the way to an answer, not about a target.
 *
 * A statement is gone only where its question was answered in the later run,
 * by an answer of the same standing (a referral does not answer for the zone;
 * 429 and 503 answer nothing).  Else it is "not observed again", with why.
 * It is new unless the earlier run asked and had no answer, or was cut short
 * before it asked: then it is "first observed", which is no change either.
 */

#include "reports/record.h"

enum change_how { CHANGE_VALUE, CHANGE_NEW, CHANGE_GONE, CHANGE_UNSEEN, CHANGE_FIRST, CHANGE_VOLATILE };

struct change {
	enum change_how	 how;
	const struct fact *before, *after;	/* borrowed; NULL where none */
	char		*why;		/* of CHANGE_UNSEEN and CHANGE_FIRST; "" else */
};

struct diff {
	const struct run *a, *b;	/* the earlier and the later one */
	GPtrArray	*changes;	/* struct change *: value, new, gone, in order */
	GPtrArray	*unseen;	/* struct change *: not observed again, first observed */
	GPtrArray	*volatiles;	/* struct change * */
};

/* Both runs must outlive the result. */
struct diff	*diff_runs(const struct run *a, const struct run *b);
void		 diff_free(struct diff *);
/*
 * Whether the runs looked from two places, as far as they say: another vantage
 * as stated, or another way out.  Then a difference may be one of place and not
 * of time, and every rendering says so.
 */
gboolean	 diff_elsewhere(const struct diff *);
#define DIFF_ELSEWHERE	"The runs looked from two places: what differs may be " \
			"what each place is shown, not what has changed."
/* "changed", "new", ... */
const char	*change_name(enum change_how);
/* "192.0.2.47 -> 198.51.100.88", "org A -> B, country NL -> US", or what the
 * statement says; foreign text, to be escaped by the caller. */
void	 change_words(const struct change *, GString *out);
/* FALSE for the fields that change by themselves. */
gboolean diff_counts(enum fact_kind, const char *field);
/* Whether two values are one; the order of a list is nothing. */
gboolean diff_same(const json_t *, const json_t *);

/* Text for a terminal or mail; columns 0: nothing is cut.  verbose: volatile
 * ones too.  Nothing but a first line where nothing changed. */
void	 diff_text(const struct diff *, int columns, gboolean colour,
	    gboolean verbose, GString *out);
void	 diff_json(const struct diff *, const char *version, GString *out);
/* A page of its own: no script, no link to a target. */
void	 diff_html(const struct diff *, const char *title, GString *out);

#endif
