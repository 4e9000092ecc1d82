#ifndef REPORTS_PARTS_H
#define REPORTS_PARTS_H

/*
 * What a finding is made up of: other elements, and each fact once.
 *
 * One advertisement raises J-21, and through it J-22 and J-23.  That is one fact.
 * So an element whose facts all are another's that was taken before it is told
 * beside that one ("J-22; J-23 from J-21"), and neither listed nor counted as a
 * second one.
 */

#include "reports/judge.h"

struct part {
	const char	*id;
	enum status	 status;
	GArray		*facts;		/* struct pointer: what the status rests on */
	const struct part *from;	/* whose facts these all are, NULL: some are its own */
};

struct parts {
	struct finding	*of;
	GPtrArray	*taken;		/* struct part *, in order */
};

void	 parts_init(struct parts *, struct finding *of);
void	 parts_clear(struct parts *);
/* Judges the element, points at what it points at; once an id. */
const struct part *parts_take(struct parts *, const char *id);
/* SUP, PART or CONF: facts of its kind are in the record. */
gboolean part_raised(const struct part *);
/* "J-21; J-24": those of that look (raised, or INSUF) that have a fact of their
 * own; caller frees. */
char	*parts_list(const struct parts *, gboolean raised);
/* Notes which of them add no fact to another's; nothing where none does. */
void	 parts_note_same(const struct parts *, gboolean raised);

#endif
