#ifndef PROBES_PAGE_KIND_H
#define PROBES_PAGE_KIND_H

/*
 * What a link is for: by the words of its text and of its path, as listed in
 * data/page-kinds.tsv, in twelve languages.
 *
 * Pure.  The table is read from the program's own bytes once and then never
 * changes.  Text is compared word for word in lower case; Chinese and Japanese,
 * which put no blanks between words, wherever the phrase stands.  Only the first
 * KIND_TEXT bytes of a text are looked at: a longer one is no name of a page.
 *
 * Kinds are in the order of their rank; text is trusted before the path.
 */

#include <glib.h>

#define KIND_TEXT	96
#define KIND_PATH	256	/* bytes of path and query looked at */

enum page_kind {
	KIND_NEVER,		/* a log-in, a cart, a deletion: not followed */
	KIND_TERMS,
	KIND_PRIVACY,
	KIND_IMPRINT,
	KIND_CONTACT,
	KIND_ABUSE,
	KIND_ABOUT,
	KIND_DOWNLOAD,
	KIND_PRICING,
	KIND_SIGN_UP,
	KIND_ADVERTISING,
	PAGE_KINDS,
};

const char	*page_kind_name(enum page_kind);
/* PAGE_KINDS where there is none of that name. */
enum page_kind	 page_kind_parse(const char *);
/* PAGE_KINDS where no row knows it.  Text and path may be empty. */
enum page_kind	 page_kind_of(const char *text, const char *path);
/* TRUE where text, path or query name an action that is never followed. */
gboolean	 page_kind_never(const char *text, const char *path);
/*
 * Why the URL is of a thing that is recorded and never fetched, by its scheme
 * or ending: "a program or package", "a torrent", "an archive", "a video or a
 * sound"; NULL where it is not.
 */
const char	*page_work(const char *url);

#endif
