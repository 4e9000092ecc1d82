#ifndef REPORTS_SVG_H
#define REPORTS_SVG_H

/*
 * Drawings in a document: inline SVG of 680 units' width, in the two families of
 * type that the documents use, black and grey on white.  WeasyPrint knows no
 * classes and no paint-order in SVG, so everything is an attribute.
 *
 * Whatever text goes in is escaped, cut to what fits, and never becomes a link,
 * an attribute that is a reference, or a style.  Numbers are ours.
 */

#include "reports/html.h"

#define SVG_WIDTH	680

/* What a text looks like: size in tenths of a unit. */
struct ink_of {
	int		 size;
	gboolean	 mono, bold, soft;	/* soft: grey */
	const char	*anchor;		/* "start", "middle", "end"; NULL: start */
};

/* id is ours, "graph"; title and desc are read out in place of the drawing. */
void	svg_open(struct html *, const char *id, const char *title,
	    const char *desc, int height);
void	svg_close(struct html *);
/* At most width units (0: as it is): made smaller down to 6 units, then cut. */
void	svg_text(struct html *, int x, int y, int width, const struct ink_of *,
	    const char *text);
/* How wide that text stands there, in units; an estimate, for lines beside it. */
int	svg_reach(int width, const struct ink_of *, const char *text);
/* dash NULL: solid; width in tenths of a unit. */
void	svg_line(struct html *, int x1, int y1, int x2, int y2, int width,
	    const char *dash, gboolean soft);
/* A number on a line, on white. */
void	svg_number(struct html *, int x, int y, uint64_t n);

#endif
