#ifndef TESTS_CASES_TOOL_HAND_H
#define TESTS_CASES_TOOL_HAND_H

/*
 * A run written by hand: run-N.facts of a case folder, as tests/cases/README.md
 * describes it, read into questions that are made up for the facts that are
 * written.  Nothing was asked of anybody, and no exchange holds bytes.
 */

#include "probes/exchange.h"
#include "probes/fact.h"

struct hand_ask {
	struct question	*q;
	char		*target;	/* NULL: shared */
	enum xstatus	 status;
	GPtrArray	*facts;		/* struct fact * */
};

struct hand_run {
	int64_t		 at;		/* us since 1970 UTC */
	char		*incomplete;	/* NULL: complete */
	GPtrArray	*targets;	/* char * */
	GPtrArray	*asks;		/* struct hand_ask *, in order */
	/* while reading */
	const char	*file;
	unsigned	 line;
	char		*target;
	GHashTable	*known;		/* question and target -> struct hand_ask * */
	GHashTable	*addresses;	/* name -> its first address */
};

/* 0; or -1 and an error that begins "file:line: ". */
int	 hand_read(const char *path, struct hand_run *, GError **);
void	 hand_clear(struct hand_run *);

/* hand_ask.c: the question that a fact answers; a new reference. */
struct question	*hand_question(const struct hand_run *, const struct fact *);
/* Of a page, or of what else type says, by its URL. */
struct question	*hand_ask_page(const struct hand_run *, const char *url,
		    const char *type);

#define HAND_ERROR	g_quark_from_static_string("hand")

#endif
