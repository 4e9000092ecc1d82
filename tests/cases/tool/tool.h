#ifndef TESTS_CASES_TOOL_TOOL_H
#define TESTS_CASES_TOOL_TOOL_H

/*
 * What tests/cases/run is made of.
 *
 *	case-seal CASE NUMBER FACTS [fail]
 *		FACTS, written by hand, becomes CASE/runs/NUMBER, sealed; fail:
 *		every question times out and no fact is there
 *	case-hold expect CASE EXPECT ASSESSED [WHAT]
 *		ASSESSED (assess --json) held against EXPECT: TAP, no plan
 *	case-hold lint EXPECT LINTED [WHAT]
 *		LINTED (lint --json) held against EXPECT: TAP, no plan
 *	case-hold same ASSESSED OTHER [PREFIX...]
 *		whether both give each element the same statuses; of PREFIX only
 *	case-hold never-none ASSESSED FAILED
 *		FAILED is the same record with every question failed: what had
 *		a status from it is not NONE there
 *	case-hold mix CASE MIXED BELIEFS
 *		the folder once more, in another order (mix.c)
 *
 * Status 0; 1 where it does not hold; 2 with one line that names file and line.
 */

#include <glib.h>

int	tool_expect(char **arguments);
int	tool_lint(char **arguments);
int	tool_same(char **arguments);
int	tool_never_none(char **arguments);
int	tool_mix(char **arguments);
int	tool_fail(const char *what);	/* 2 */

/*
 * The text of what a citation of CASE points at, "000001/F-000031",
 * "000001:17", "I-0004:17", "parties.csv:3"; "" where it cannot be found.
 * Caller frees.
 */
char	*cited(const char *casedir, const char *citation);
/* Cells of a line, blanks around them gone: between tabs; where there is none,
 * between two blanks or more. */
char	**tsv_cells(const char *line);
/* Whether the words stand in the text: a run of blanks is one, and capitals are
 * small letters. */
gboolean	 words_in(const char *text, const char *words);
/* The records of a CSV file as they stand, quotes and all; char *. */
GPtrArray	*csv_records(const char *text);

#endif
