#ifndef REPORTS_FOOTNOTES_H
#define REPORTS_FOOTNOTES_H

/*
 * Citations in footnotes belong to the sentence that has the mark.  A mark is
 * "[^1]" or "[1]" in text, a link to a place further down in HTML; the footnote is
 * the paragraph that begins with the mark, or has that place.
 */

#include "reports/motion.h"

/* Moves the citations of footnotes to their marks: for motion_read(), once
 * paragraphs and citations are found. */
void	footnotes_tie(struct motion *);

#endif
