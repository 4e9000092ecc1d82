#ifndef REPORTS_SHARE_H
#define REPORTS_SHARE_H

/*
 * What the runs of a case say alike is held once.
 *
 * A site that is collected again every day says nearly the same every day:
 * names, servers, readers, values.  A record of many runs would not fit into
 * memory if each run held its own copy.  A fact or a log row that was shared
 * borrows its texts, and its value where an equal one was there, from here; so
 * this must live longer than they do (struct record frees it last).  What only
 * one run says, its times, goes into a chunk of that run's own.
 *
 * Values are the same object only where they are the same bytes, so nothing
 * that is written from them differs.  Nobody may change a shared value.
 *
 * A line of facts.jsonl whose statement (kind, subject, value, type, target) was
 * read before, byte for byte, is not read as JSON again.
 */

#include "probes/fact.h"

struct share;
struct log_row;
struct exhibit;

#define SHARE_SAID	16	/* bytes that stand for a statement */

struct share	*share_new(void);
void		 share_free(struct share *);	/* NULL is fine */
/* before is the fact read just before, from the same run, or NULL; own NULL:
 * times are held here, too; brief: of kinds that are timed (assessed.h) only. */
void		 share_fact(struct share *, struct fact *, const struct fact *before,
		    GStringChunk *own, gboolean brief);
/* The same from a line; NULL where it is none (fact_read()). */
struct fact	*share_fact_read(struct share *, const char *line, size_t len,
		    const struct fact *before, GStringChunk *own, gboolean brief);
/*
 * After each run.  What it did not say is forgotten: facts go on holding their
 * values, but what is said again after a pause is read again.  Otherwise texts by
 * which statements are found would grow with every run that differs.
 */
void		 share_turn(struct share *);
/*
 * Of the fact that was shared last: the same bytes for the same statement, but
 * for fields that change by themselves (diff_counts()).
 */
const uint8_t	*share_said(struct share *);
/* Lets go of the row's line, which only show, log and a report need; brief: also
 * of times, our own addresses, and hashes of bytes. */
void		 share_row(struct share *, struct log_row *, gboolean brief);
void		 share_exhibit(struct share *, struct exhibit *);

#endif
