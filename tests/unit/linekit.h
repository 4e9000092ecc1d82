#ifndef TESTS_UNIT_LINEKIT_H
#define TESTS_UNIT_LINEKIT_H

/*
 * Records as lines of text, so that a case reads like the law: each line adds one
 * thing to a kit, cells stand between "|".  "|" at the end may be left out.
 *
 *	base popcorn|nothing|failed|page	a record of recordkit.h, or one page
 *	forum US-HI
 *	as-of 2026-11-23
 *	run 2026-11-23			and what follows is observed in it
 *	target NAME
 *	address NAME | IP | holder | country	kit_address()
 *	nothing NAME | TYPE		DNS answers that there is none
 *	holder IP | org | country
 *	place IP | country | region | database | build | radius
 *	nowhere IP | database
 *	listed IP | what
 *	fact KIND | SUBJECT | VALUE	with ' for "
 *	unanswered KIND | NAME		a question that timed out
 *	party LABEL | kind | from | to
 *	entity NAME | country | letter
 *	own 192.0.2.0/24
 *	activity doe | ip | time | act | work | source | party
 *	number measure | place | start | end | value | source | method
 *	ad time | vantage | place shown | advertiser | text | about | source
 *	geolocation ip | database | build | looked up | place | radius
 *	history subject | type | value | first | last | source
 *	mail provider|operator|other | entity | from | to | date | text
 *	  headers yes			Received lines are there
 *	  signed domain | fail
 *	  originating IP
 *	  automatic yes
 *	  answers yes			In-Reply-To is there
 *	  hop IP | ESMTPSA		an older Received line
 *	  elements P-20,P-22
 *	  says CLASS | words
 *	document elements | file | text | entity
 *	motion text
 *	statement IMPORTED|BELIEF | text | source | date
 *
 * Rows of one kind that follow one another are of one import.  A time is RFC 3339,
 * or a day, or without a zone ("2026-01-17 21:04:00"), or "03/04/2026"; faults
 * follow from what is written.  A value ends in "+" where it is a band.
 */

#include "tests/unit/recordkit.h"

/* Adds what the line says; stops the test where it is none of the above. */
void	linekit_line(struct kit *, const char *line);
/* The kind and the cells; reversed lines of a case are added in another order. */
gboolean linekit_is_row(const char *line);

#endif
