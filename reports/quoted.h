#ifndef REPORTS_QUOTED_H
#define REPORTS_QUOTED_H

/*
 * Documents and messages that raise an element: not by what they say, which no
 * program reads, but together with a row of statements.csv that is IMPORTED,
 * names the file as its source (its number, exhibit, label or name), and quotes
 * words that stand in it.  Where the file is text the words are looked for; what
 * stands between quotation marks, else the whole text of the statement.
 */

#include "reports/showing.h"

struct quoted {
	guint	 found;		/* files with a statement that quotes them */
	guint	 dated;		/* of them, with a date of the statement */
	guint	 bare;		/* files for the element, and no statement */
	guint	 wrong;		/* statements whose words are not in the file */
};

/*
 * Files whose --elements hold the id: points at them and their statements, notes
 * each quotation, and says what is missing.  entity: only of that entity, NULL:
 * of any.
 */
void	 quoted_find(struct finding *, const char *id, const char *entity,
	    struct quoted *);
/*
 * The same of those files and statements alone that which() lets through; of the
 * others nothing is said.  text is the file's own, NULL where it is none.
 */
typedef gboolean quoted_fn(const struct import *, const struct statement *,
		    const char *text, const void *arg);
void	 quoted_which(struct finding *, const char *id, quoted_fn *,
	    const void *arg, struct quoted *);
/* Each statement that quotes a file for the element, of that entity. */
typedef void quoted_each_fn(const struct statement *, void *arg);
void	 quoted_each(const struct finding *, const char *id, const char *entity,
	    quoted_each_fn *, void *arg);
/* What of the statement is looked for in the file: what stands between quotation
 * marks, else all of it.  Caller frees. */
char	*quoted_words(const struct statement *);
/* Whether the statement, or what the importer said of the file, or the file itself
 * has the word, whole: "Doe 1" is not in "Doe 10". */
gboolean quoted_tells(const struct import *, const struct statement *,
	    const char *text, const char *word);
/* Whether a statement that is no belief names the import and its words stand in
 * it; for files that need no list of elements. */
gboolean quoted_by(const struct record *, const struct import *,
	    const struct statement **);
/* Whether the statement's source is an import of the record. */
gboolean quoted_source(const struct record *, const struct statement *);
/* Whether one that the finding points at names its forum, and has a number. */
gboolean quoted_names(const struct finding *);
gboolean quoted_counts(const struct finding *);
/* Whether the words say themselves that they are belief. */
gboolean quoted_belief(const char *text);
/* SUP where a dated quotation is there, PART where one without a date is; FALSE
 * where none is. */
gboolean quoted_judge(struct finding *, const char *id);

#endif
