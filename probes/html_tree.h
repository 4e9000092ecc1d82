#ifndef PROBES_HTML_TREE_H
#define PROBES_HTML_TREE_H

/*
 * gumbo, kept within bounds: a tree in an arena of its own.
 *
 * What is too deep or too much is cut by html_bound() before it is parsed, and
 * where the tree still takes more memory than TREE_BASE + TREE_EACH bytes a byte
 * of page, there is no tree.  Freeing is at once and does not recurse, as
 * gumbo's own does.  The bytes are borrowed and must outlive the tree.
 */

#include <gumbo.h>

#include "probes/html_short.h"

#define TREE_BASE	(16u << 20)
#define TREE_EACH	64u

struct html_tree {
	GumboOutput	*out;		/* NULL: no tree */
	size_t		 read;		/* bytes of the page that were read */
	struct html_short page;		/* what the parser was given */
	struct arena	*arena;
};

void	html_tree_parse(const char *html, size_t len, struct html_tree *);
/* The same with long text shortened; see html_short.h for what to check. */
void	html_tree_parse_short(const char *html, size_t len, struct html_tree *);
void	html_tree_clear(struct html_tree *);

#endif
