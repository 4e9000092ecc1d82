#ifndef TESTS_UNIT_JOINKIT_H
#define TESTS_UNIT_JOINKIT_H

/*
 * A target's facts by hand, in log order: ids count from 1, each is later than
 * the last; and what target_join() made of them.
 */

#include "probes/join.h"

#define NAME	"www.site.ch"
#define ZONE	"site.ch"

GPtrArray *log_new(void);
/* Takes value. */
void	 log_add(GPtrArray *, enum fact_kind, const char *subject, json_t *value);
/* With one field of text. */
void	 log_add_str(GPtrArray *, enum fact_kind, const char *subject,
	    const char *field, const char *value);
/* A line of facts.jsonl without its id. */
void	 log_add_line(GPtrArray *, const char *line);
void	 log_add_registrar(GPtrArray *, const char *subject, const char *role,
	    const char *name);
void	 log_add_whois(GPtrArray *, const char *subject, const char *field,
	    const char *value);

/* The joined fact of that kind and subject, of which there is one at most. */
const struct fact *joined_find(const GPtrArray *, enum fact_kind,
	    const char *subject);
/* value: JSON, the whole value; from: the ids in their order. */
void	 joined_check(const GPtrArray *, enum fact_kind, const char *subject,
	    const char *value, const char *from);

#endif
