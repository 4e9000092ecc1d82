#ifndef PROBES_LISTS_H
#define PROBES_LISTS_H

/*
 * Dated lists of what addresses, networks and names are used for, and looking
 * one thing up in all of them.
 *
 * The program carries its own (probes/data/lists/, made by probes/lists.mjs).
 * A file NAME.txt in one of these folders stands in for the carried list of that
 * name, or is one more; of two with one name the first is taken:
 *
 *	$XDG_DATA_HOME/goodcause/lists	(~/.local/share/goodcause/lists)
 *	DIR/lists			DIR: where the program's file is
 *	DIR/../share/goodcause/lists
 *
 * A list is a text: a head of "# key: value" lines, then a line for each entry,
 * its key, and after a blank who it is where the head does not say.
 *
 *	# goodcause list 1
 *	# what: cdn			cdn hosting cloud vpn tor parking sinkhole
 *					or provider
 *	# of: ip			what the keys are:
 *					ip	address or prefix
 *					as	AS64496
 *					ns	a name server or a zone above it
 *					reverse	the same, of reverse names
 *	# provider: Cloudflare
 *	# date: 2026-08-11		for which day it speaks
 *	# source: ...	# licence: ...	# caution: ...
 *
 * what, of, date and source must be there.  Carried lists are sorted and hold no
 * prefix within another; they are searched where they lie.  A file that was
 * found is put into that form when it is opened, and lines of it that are none
 * are counted as a problem.  Looking up allocates nothing.
 */

#include <glib.h>
#include <stddef.h>

#define LISTS_CARRIED	"carried by the program"
#define LIST_HITS	16		/* lists that one thing may be in */

struct lists;

struct list_info {
	const char	*name;		/* "cdn-cloudflare" */
	const char	*from;		/* a path, or "carried by the program" */
	const char	*what, *of, *provider, *date, *source, *licence, *caution;
	char		 sha256[65];	/* of the file, lower-case hex */
	size_t		 entries;
};

struct list_hit {
	const struct list_info	*list;
	char			 key[80];	/* the entry as the list has it */
	char			 who[128];	/* "" where the list does not say */
};

struct lists		*lists_open(void);
/* The same for the folders named, a NULL-terminated list; carried or not. */
struct lists		*lists_open_dirs(const char *const *dirs,
			    gboolean carried);
void			 lists_free(struct lists *);	/* NULL is fine */
size_t			 lists_count(const struct lists *);
const struct list_info	*lists_info(const struct lists *, size_t i);
/* The k-th file that could not be used, or not all of it; NULL past the end. */
const char		*lists_problem(const struct lists *, size_t k);

/*
 * The entries that hold the key, a list one at most; returns how many, -1 where
 * key is nothing of that kind.
 */
int	lists_find(const struct lists *, const char *of, const char *key,
	    struct list_hit hits[LIST_HITS]);
/*
 * What looking up yields, as one JSON object; NULL where lists_find() gives -1.
 *	{"for":"104.16.0.1","of":"ip","found":[{"list","what","provider","key",
 *	 "date","sha256","source","licence","caution"}],"none":["tor-exits",...]}
 * Caller frees.
 */
char	*lists_answer(const struct lists *, const char *of, const char *key);

#endif
