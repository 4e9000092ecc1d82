#ifndef PROBES_HTML_SHORT_H
#define PROBES_HTML_SHORT_H

/*
 * A page as it is given to the HTML parser: as it came, but of stretches of plain
 * text, and of long values of attributes, only the beginning.
 *
 * gumbo handles a page character by character, each a token of its own; for
 * text that is most of its cost and changes nothing in the tree, in which a
 * second letter lands where the first did.  A stretch is shortened where it
 * reads the same in every state of the parser in which it is text at all: it
 * begins after white space with a character that is none, and has no reference,
 * no line end but LF, no control and no doubtful character.  The content of a
 * script or a style sheet without '<' may have what looks like a reference, and
 * has to be found in such an element.
 *
 * Whether it is text is for gumbo to say.  What was left out is a cut; whoever
 * walks the tree marks the cuts that lie inside of text nodes and values which
 * say what the bytes say, and reads the page again as a whole where not all do
 * (html_parse.c).  So a tree that is used is the tree of the whole page.  Values
 * that the parser itself looks at are never shortened: "hidden" is not long
 * enough, types of annotation-xml are known, and of formatting elements, which
 * it compares with each other, all are left alone.
 *
 * Pure.  The bytes are borrowed.  html_bound() says where the page ends.
 */

#include <glib.h>

#define SHORT_TEXT	6	/* bytes left out of text at once, or more */
#define SHORT_VALUE	8	/* of a value */

struct html_cut {
	size_t	 at;		/* in the short page: left out before this byte */
	size_t	 sum;		/* bytes left out up to here, all cuts */
	gboolean seen;		/* in text or a value, as it should be */
	gboolean raw;		/* of a script or style sheet: text nowhere else */
};

struct html_short {
	const char	*html;		/* for the parser */
	size_t		 len;
	size_t		 read;		/* bytes of the page that it stands for */
	GArray		*cuts;		/* struct html_cut, ascending */
	char		*own;
	size_t		 taken;		/* bytes of the page seen so far */
	guint		 last;		/* what html_short_cuts() said last */
};

/* whole: nothing is left out. */
void	html_short_make(struct html_short *, const char *html, size_t len,
	    gboolean whole);
void	html_short_clear(struct html_short *);
/* Cuts before byte at or right there. */
guint	html_short_cuts(struct html_short *, size_t at);
/* The cuts from the i-th up to the n-th are where they should be; raw: inside of
 * an HTML script or style element. */
void	html_short_saw(const struct html_short *, guint i, guint n,
	    gboolean raw);
gboolean html_short_seen_all(const struct html_short *);
/* Where byte at stands in the page. */
size_t	html_short_pos(struct html_short *, size_t at);

#endif
