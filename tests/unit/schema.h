#ifndef TESTS_UNIT_SCHEMA_H
#define TESTS_UNIT_SCHEMA_H

/* As much of JSON Schema as the schemas of this project use: type, const, enum,
 * pattern, properties, required, additionalProperties, propertyNames, items,
 * minItems, minimum, oneOf, $ref to $defs. */

#include <glib.h>
#include <jansson.h>

/* NULL where value is as the schema has it; else where and why; caller frees. */
char	*schema_fault(const json_t *value, const json_t *schema);
/* A schema's file, or an error that ends the program. */
json_t	*schema_load(const char *file);
/* The test fails where the document is not as the schema of the file has it. */
void	 schema_check(const json_t *, const char *file);

#endif
