#ifndef TESTS_UNIT_SCHEMA_H
#define TESTS_UNIT_SCHEMA_H

/*
 * A document held against a JSON Schema of the project; the test fails where it
 * does not fit.  A key that "properties" does not list must not be there where
 * additionalProperties is false.
 */

#include <jansson.h>

void	schema_check(const json_t *, const char *path);

#endif
