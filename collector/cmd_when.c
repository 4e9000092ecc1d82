/* --as-of and --known-at: the record of another day, for all that read it. */

#include <string.h>

#include "collector/cmd.h"
#include "probes/text.h"
#include "reports/record.h"

static gboolean
is_date(const char *s)
{
	GDate day;

	return strlen(s) == 10 && text_day(s, &day);
}

int
when_check(struct when *w, const char *command)
{
	w->known = INT64_MAX;
	if (w->as_of != NULL && !is_date(w->as_of))
		return cmd_fail(EXIT_USAGE_, "As in: --as-of 2026-11-23",
		    "%s: %s: not a date", command, w->as_of);
	if (w->known_at != NULL &&
	    (w->known = text_time_parse(w->known_at)) == INT64_MIN)
		return cmd_fail(EXIT_USAGE_,
		    "As in: --known-at 2026-11-23T12:00:00Z",
		    "%s: %s: not a time", command, w->known_at);
	return 0;
}

static void
set(char **field, const char *value)
{
	if (value == NULL)
		return;
	g_free(*field);
	*field = g_strdup(value);
}

void
when_put(const struct when *w, struct record *rec)
{
	set(&rec->as_of, w->as_of);
	set(&rec->known_at, w->known_at);
}

void
when_clear(struct when *w)
{
	g_free(w->as_of);
	g_free(w->known_at);
}
