#ifndef TESTS_UNIT_HOSTILE_H
#define TESTS_UNIT_HOSTILE_H

/*
 * Everything that reads bytes of strangers, as a table: what fuzz_t replays and
 * `make fuzz` throws bytes at.  A new reader is a row in hostile.c.
 *
 * A reader of exchanges takes what a fixture holds (fixture.h), so the bytes of
 * the question are hostile too; others take the bytes as they are.  Each is to
 * come back: no crash, no leak, no endless loop, no partial facts.
 */

#include <glib.h>

struct hostile {
	const char	*name;
	const char	*corpus;	/* a folder of tests/data/ */
	const char	*suffix;	/* of its files that are used */
	void		(*feed)(const char *bytes, gsize len);
};

extern const struct hostile hostiles[];
extern const gsize hostiles_count;
const struct hostile	*hostile_named(const char *name);	/* NULL: none */

#endif
