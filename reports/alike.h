#ifndef REPORTS_ALIKE_H
#define REPORTS_ALIKE_H

/*
 * What is alike is shown once.  Fifty edges of a delivery network have one
 * certificate, one holder and one place in each database: that is one row with
 * fifty addresses, not fifty rows.
 *
 * A thing is markup in parts (cells, or rows), each with the records it rests
 * on.  Things whose markup is the same, part for part, are one: the subjects
 * stand in the order in which they came, and the records of each part are
 * joined.
 */

#include "reports/html.h"

#define ALIKE_SPELLED	3	/* subjects spelled out in a heading */

struct alike_part {
	char		*html;
	GArray		*records;	/* uint64_t, ascending */
	gboolean	 own;		/* not compared: each subject keeps its own */
};

struct alike {
	GPtrArray	*subjects;	/* char *, owned */
	GPtrArray	*parts;		/* struct alike_part * */
};

/* Of struct alike *; caller frees the array. */
GPtrArray	*alike_list(void);
/* Takes the parts. */
struct alike	*alike_add(GPtrArray *list, const char *subject,
		    GPtrArray *parts);
/* Parts of one thing, of struct alike_part *. */
GPtrArray	*alike_parts(void);
/* Takes html; records may be NULL. */
struct alike_part *alike_part(GPtrArray *parts, char *html, GArray *records);
/* The same, where no part before it is alike; else that one gets the records. */
void		 alike_once(GPtrArray *parts, char *html, GArray *records);
/* "192.0.2.7", "192.0.2.7 and 192.0.2.8", "50 addresses"; caller frees. */
char		*alike_title(const struct alike *, const char *plural);
/* All subjects, with commas; nothing where the title spelled them out. */
gboolean	 alike_all(struct html *, const struct alike *);

/* What is written between the two goes into a text of its own, which the second
 * returns. */
GString		*html_divert(struct html *);
char		*html_diverted(struct html *, GString *before);

#endif
