#include "collector/read.h"

#include <string.h>

#include "probes/text.h"

int
exchange_read(const struct exchange *x, GPtrArray *facts)
{
	const char *version = reader_of(x->q->kind)->version, *line, *end;
	g_autoptr(GString) lines = g_string_new(NULL);
	char at[32];

	if (reader_run(x, lines) != 0)
		return -1;
	text_time(at, x->end);
	for (line = lines->str; (end = strchr(line, '\n')) != NULL;
	    line = end + 1) {
		struct fact *f = fact_from_line(line, (size_t)(end - line));

		if (f == NULL)
			continue;
		g_array_append_val(f->from, x->n);
		g_free(f->at);
		g_free(f->reader);
		g_free(f->target);
		f->at = g_strdup(at);
		f->reader = g_strdup(version);
		f->target = g_strdup(x->target);
		f->type = OBSERVED;
		g_ptr_array_add(facts, f);
	}
	return 0;
}
