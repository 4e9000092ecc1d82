#ifndef PROBES_HTML_BOUND_H
#define PROBES_HTML_BOUND_H

/*
 * How much of a page may be given to the HTML parser.
 *
 * gumbo takes any bytes, but its time grows with the square of nesting, of
 * attributes in a tag and of formatting elements left open, and it has no way
 * to be stopped.  This reads tags ahead of it, cheaply and roughly, and says
 * where to cut: before the tag that would go over a limit below.  No ordinary
 * page comes near them.
 */

#include <glib.h>

#define HTML_DEPTH	512	/* elements open at once; browsers' own limit */
#define HTML_ATTRIBUTES	512	/* of one tag */
#define HTML_FORMATTING	512	/* <b>, <font>, ... opened and never closed */
#define HTML_TAGS	100000	/* in all, counted wherever "<x" stands */

/* What a stretch looks like. */
enum html_stretch {
	HTML_TEXT,	/* text between tags, not in script, style or svg */
	HTML_VALUE,	/* the value of an attribute, between its quotes */
	HTML_RAW,	/* all of a script or style sheet, which has no '<' */
};

typedef void html_text_fn(size_t from, size_t to, enum html_stretch, void *arg);

/* The length of the part that may be parsed: len where all of it may.  text is
 * called for each stretch within it; NULL: nobody asks. */
size_t	html_bound(const char *html, size_t len, html_text_fn *text, void *arg);

#endif
