/*
 * An import that was wrong is withdrawn, and not removed: its bytes and its line
 * stay, and a line of the ledger says from when on it counts for nothing, who
 * says so, and why.  What was assessed before comes out again (--known-at).
 */

#include <string.h>

#include "collector/case.h"
#include "collector/import_priv.h"
#include "collector/line.h"
#include "collector/seal.h"
#include "probes/text.h"

struct withdrawing { GPtrArray *known; };

static char *
member(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return g_strdup(s != NULL ? s : "");
}

static void
put(char **at, char *text)
{
	g_free(*at);
	*at = text;
}

/* Only what names the very line of the import. */
static void
take_event(GPtrArray *known, const json_t *o)
{
	g_autofree char *tip = member(o, "imports_tip");
	json_int_t n = json_integer_value(json_object_get(o, "import"));
	struct stored *s;

	if (n < 1 || n > (json_int_t)known->len)
		return;
	s = known->pdata[n - 1];
	if (strcmp(s->line, tip) != 0 || *s->im->withdrawn != '\0')
		return;
	put(&s->im->withdrawn, member(o, "at"));
	put(&s->im->withdrawn_by, member(o, "who"));
	put(&s->im->withdrawn_why, member(o, "reason"));
}

static int
ledger_line(const char *text, size_t len, void *data)
{
	struct withdrawing *w = data;
	json_t *o;

	if (g_strstr_len(text, (gssize)len, "\"" IMPORT_WITHDRAWN "\"") == NULL ||
	    (o = json_loadb(text, len, 0, NULL)) == NULL)
		return 0;
	if (strcmp(IMPORT_WITHDRAWN, json_string_value(json_object_get(o,
	    "event")) != NULL ? json_string_value(json_object_get(o, "event")) :
	    "") == 0)
		take_event(w->known, o);
	json_decref(o);
	return 0;
}

int
imports_withdrawn(const char *dir, GPtrArray *known, GError **e)
{
	g_autofree char *path = g_build_filename(dir, "ledger.jsonl", NULL);
	struct withdrawing w = { known };
	uint64_t whole;

	if (known->len == 0 || !g_file_test(path, G_FILE_TEST_EXISTS))
		return 0;
	return line_each(path, ledger_line, &w, &whole, e);
}

/* "I-0004", "4", or the exhibit "I-1". */
struct stored *
import_named(const GPtrArray *known, const char *name)
{
	for (guint i = 0; i < known->len; i++) {
		struct stored *s = known->pdata[i];
		g_autofree char *number = g_strdup_printf("%u", s->im->number);

		if (g_ascii_strcasecmp(name, s->im->id) == 0 ||
		    g_ascii_strcasecmp(name, s->im->exhibit) == 0 ||
		    strcmp(name, number) == 0)
			return s;
	}
	return NULL;
}

int
import_withdraw(const char *dir, const struct stored *s, const char *who,
    const char *reason, GError **e)
{
	return ledger_append(dir, IMPORT_WITHDRAWN, json_pack(
	    "{s:I, s:s, s:o, s:o, s:s}", "import", (json_int_t)s->im->number,
	    "imports_tip", s->line, "who", text_json(who, strlen(who)),
	    "reason", text_json(reason, strlen(reason)), "program",
	    goodcause_version), e);
}
