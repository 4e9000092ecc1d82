#ifndef REPORTS_MOTION_QUOTE_H
#define REPORTS_MOTION_QUOTE_H

/* Quotations in a draft; for motion.c, which says in motion.h what they are. */

#include "reports/motion.h"

void	quote_add(struct motion *, guint para, size_t at, size_t len,
	    gboolean block);
/* Appends those of a paragraph that is no block quotation. */
void	quotes_find(struct motion *, guint para, const struct block *);
/* All paragraphs are read: what each belongs to. */
void	quotes_tie(struct motion *);
/* motion.c's: a line of problems. */
void	motion_problem(struct motion *, struct place, const char *what);

#endif
