#ifndef REPORTS_EXHIBIT_LIST_H
#define REPORTS_EXHIBIT_LIST_H

/*
 * Exhibits are numbered once, when a run is sealed: data/exhibits.jsonl.
 *
 * The letter says what kind of thing an exhibit is, the number counts in the
 * order of the log:
 *
 *	A-1	method, environment, settings, and local files read
 *	B-1	the log (no records of its own: every record is in it)
 *	C-n	registration: the bootstrap lists; then one a domain and protocol
 *	D-n	DNS: one a target for its own names; one for the other names
 *		met on its way; one for what is shared by all targets
 *	E-n	allocation: one an address; one a target for reverse names; one
 *		for what dated lists hold
 *	F-n	certificates: one a name asked for
 *	G-n	pages: one a URL
 *	H-n	geolocation look-ups: one a target
 *	O-1	hashes of the files; O-2 signature and time-stamp tokens
 *
 * Each exchange stands in exactly one exhibit.  A line:
 *	{"id":"D-1","title":"...","target":"...","records":[12,13]}
 * A title may hold names that servers chose (cut at 200 bytes): it is JSON here,
 * and is escaped where it is shown.  Pure.
 */

#include "reports/record.h"

/* An exchange, as far as it matters here; strings are borrowed. */
struct exhibit_row {
	uint64_t	 n;
	enum probe_kind	 kind;
	const char	*name, *type, *target;	/* target "": shared */
};

/*
 * All exchanges of a run, in any order.  at is 0 at first and belongs to next();
 * FALSE where there are no more.  They are gone through once a letter, so that
 * memory holds the exhibits of one letter, however many targets a run has.
 */
struct exhibit_rows {
	gboolean	(*next)(void *arg, uint64_t *at, struct exhibit_row *);
	void		*arg;
};

/* Where the lines go, LF included. */
struct exhibit_out {
	void	(*line)(void *arg, const char *, size_t len);
	void	*arg;
};

void	exhibits_write(const struct exhibit_rows *, const struct exhibit_out *);
/* Those of a run in memory; and the lines of such a one, appended. */
struct exhibit_rows	exhibit_rows_of(const struct run *);
void	exhibits_assign(const struct run *, GString *jsonl);
/*
 * The file of a target's exhibit: "exhibit.html" where the run has one target,
 * else "exhibit-TARGET.html", of shared records (target "") that of the first
 * target.  A target's name is an A-label or an address; anything but letters,
 * digits, '.', '-' and '_' becomes '_', and a name never begins with a dot.
 */
char	*exhibit_file_name(const struct run *, const char *target);
/* What a question was about: its name, of RDAP the last part of its URL's
 * path. */
const char *exhibit_object(enum probe_kind, const char *name);
/* "Registration answers (RDAP, WHOIS)": the kind behind a letter; "" unknown. */
const char *exhibit_letter_title(char letter);

#endif
