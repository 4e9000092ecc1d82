#ifndef REPORTS_DRAWING_H
#define REPORTS_DRAWING_H

/*
 * The exhibit's two drawings: what DNS returned and to whom the registries
 * allocated it; and the collection as a chain of causes.  Each says what tables
 * of the exhibit say, and no more: a line is an answer, with its record's number,
 * and says nothing of who used an address.
 */

#include "reports/exhibit_html.h"

#define DRAWING_ROWS	40	/* addresses that are drawn; the rest is counted */
#define DRAWING_EQUAL	3	/* of one name and one holder */
#define DRAWING_ALL	600	/* records of which each has its mark */

/* A figure each; nothing where there is nothing to draw. */
exhibit_fn drawing_graph, drawing_timeline;

#endif
