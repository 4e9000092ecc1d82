#ifndef REPORTS_SCREEN_H
#define REPORTS_SCREEN_H

/*
 * Text for a terminal or a pipe: words wrapped at the width of a terminal, with
 * the lines after the first indented; no wrapping and no cutting in a pipe.
 * Whatever text goes in, invisible characters come out escaped (text_term).
 * Widths count characters.
 */

#include <glib.h>

struct screen {
	GString		*out;
	int		 columns;	/* 0: a pipe */
	gboolean	 colour;
};

enum ink { INK_PLAIN, INK_BOLD, INK_RED, INK_YELLOW };

void	screen_ink(struct screen *, enum ink, const char *text);
/* head is printed as it is (its width is counted), then text, then LF. */
void	screen_wrap(struct screen *, const char *head, int indent,
	    const char *text);
/* The same with a head of two or more pieces that screen_ink() has written. */
void	screen_wrap_at(struct screen *, int at, int indent, const char *text);
/* One cell, padded to width; cut with "..." on a terminal. */
void	screen_cell(struct screen *, const char *text, int width);
void	screen_end(struct screen *);	/* LF, without blanks before it */

#endif
