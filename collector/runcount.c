/*
 * Counting a run's lines.
 */

#include <jansson.h>
#include <string.h>

#include "collector/line.h"
#include "collector/runcount.h"
#include "probes/text.h"

static int
log_line(const char *line, size_t len, void *data)
{
	struct run_count *c = data;

	if (c->lines++ == 0) {
		json_t *first = json_loadb(line, len, 0, NULL);
		const char *token = json_string_value(json_object_get(first,
		    "open_token_sha256"));

		g_strlcpy(c->open_token, token == NULL ? "" : token,
		    sizeof(c->open_token));
		json_decref(first);
	}
	if (g_strstr_len(line, (gssize)MIN(len, 64),
	    ",\"type\":\"exchange\",") != NULL)
		c->exchanges++;
	text_sha256(c->tip, line, len + 1);
	return 0;
}

static int
fact_line(const char *line, size_t len, void *data)
{
	struct run_count *c = data;

	(void)line, (void)len;
	c->facts++;
	return 0;
}

int
run_count(const char *dir, struct run_count *c, GError **error)
{
	g_autofree char *log = g_build_filename(dir, "data", "log.jsonl", NULL);
	g_autofree char *facts = g_build_filename(dir, "data", "facts.jsonl",
	    NULL);
	uint64_t whole;

	memset(c, 0, sizeof(*c));
	if (line_each(log, log_line, c, &whole, error) < 0)
		return -1;
	return line_each(facts, fact_line, c, &whole, error);
}
