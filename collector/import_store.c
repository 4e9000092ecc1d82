#include "collector/import_store.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "collector/case.h"
#include "collector/chainfile.h"
#include "collector/files.h"
#include "collector/import_priv.h"
#include "collector/line.h"
#include "probes/text.h"

/* Where an import stands as an exhibit: a letter a kind that no element and no
 * exhibit of a run has, and a number of that letter. */
static const char letters[IMPORT_KINDS] = {
	[IMPORT_ACTIVITY] = 'I', [IMPORT_NUMBERS] = 'N', [IMPORT_ADS] = 'V',
	[IMPORT_GEOLOCATION] = 'U', [IMPORT_HISTORY] = 'Y',
	[IMPORT_MAIL] = 'M', [IMPORT_DOCUMENT] = 'X', [IMPORT_MOTION] = 'W',
};

static const char *const whose_names[] = {
	[MAIL_FROM_OTHER] = "other", [MAIL_FROM_PROVIDER] = "provider",
	[MAIL_FROM_OPERATOR] = "operator",
};

const char *
mail_from_name(enum mail_from whose)
{
	return whose_names[whose];
}

int
mail_from_parse(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(whose_names); i++)
		if (strcmp(whose_names[i], name) == 0)
			return (int)i;
	return -1;
}

char *
import_exhibit(enum import_kind kind, const GPtrArray *known)
{
	unsigned n = 1;

	for (guint i = 0; i < known->len; i++) {
		const struct stored *s = known->pdata[i];

		n += letters[s->im->kind] == letters[kind];
	}
	return g_strdup_printf("%c-%u", letters[kind], n);
}

void
stored_free(struct stored *s)
{
	if (s == NULL)
		return;
	import_free(s->im);
	g_strfreev(s->zones);
	g_free(s->program);
	g_free(s);
}

char *
imports_file(const char *dir, const char *name)
{
	return g_build_filename(dir, "imports", name, NULL);
}

char *
imports_tip(const char *dir)
{
	g_autofree char *path = imports_file(dir, "imports.jsonl");

	return chainfile_tip(path);
}

/* ---- a line */

static const char *
string_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static void
set(char **at, const json_t *o, const char *key)
{
	g_free(*at);
	*at = g_strdup(string_of(o, key));
}

static char **
elements_of(const json_t *o)
{
	const json_t *list = json_object_get(o, "elements");
	GPtrArray *out = g_ptr_array_new();
	size_t i;
	json_t *v;

	json_array_foreach(list, i, v)
		if (json_is_string(v))
			g_ptr_array_add(out, g_strdup(json_string_value(v)));
	g_ptr_array_add(out, NULL);
	return (char **)g_ptr_array_free(out, FALSE);
}

static char **
zones_of(const json_t *o)
{
	GPtrArray *out = g_ptr_array_new();
	const char *name;
	json_t *v;

	json_object_foreach(json_object_get(o, "zones"), name, v)
		if (json_is_string(v) && tz_name_ok(name)) {
			g_ptr_array_add(out, g_strdup(name));
			g_ptr_array_add(out, g_strdup(json_string_value(v)));
		}
	g_ptr_array_add(out, NULL);
	return (char **)g_ptr_array_free(out, FALSE);
}

static gboolean
is_hash(const char *s)
{
	return strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}

/* NULL where it is none. */
static struct stored *
stored_of(const json_t *o)
{
	int kind = import_kind_parse(string_of(o, "kind"));
	int whose = mail_from_parse(string_of(o, "from"));
	struct stored *s;
	struct import *im;

	if (kind < 0 || !is_hash(string_of(o, "sha256")) ||
	    json_integer_value(json_object_get(o, "n")) <= 0)
		return NULL;
	s = g_new0(struct stored, 1);
	s->im = im = import_new((enum import_kind)kind);
	s->whose = whose < 0 ? MAIL_FROM_OTHER : (enum mail_from)whose;
	im->number = (unsigned)json_integer_value(json_object_get(o, "n"));
	im->size = (uint64_t)json_integer_value(json_object_get(o, "size"));
	g_free(im->id);
	im->id = g_strdup_printf("I-%04u", im->number);
	set(&im->exhibit, o, "exhibit");
	set(&im->file, o, "file");
	set(&im->sha256, o, "sha256");
	set(&im->at, o, "at");
	set(&im->who, o, "who");
	set(&im->label, o, "label");
	set(&im->describe, o, "describe");
	set(&im->entity, o, "entity");
	set(&s->program, o, "program");
	g_strfreev(im->elements);
	im->elements = elements_of(o);
	s->zones = zones_of(o);
	return s;
}

struct stored *
stored_read(const char *line, size_t len)
{
	json_t *o = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);
	struct stored *s = json_is_object(o) ? stored_of(o) : NULL;

	json_decref(o);
	if (s != NULL)
		text_sha256(s->line, line, len + 1);
	return s;
}

struct listing {
	GPtrArray	*out;
	gboolean	 odd;
};

static int
take_line(const char *line, size_t len, void *data)
{
	struct listing *l = data;
	struct stored *s = stored_read(line, len);

	if (s == NULL || s->im->number != l->out->len + 1) {
		stored_free(s);
		l->odd = TRUE;
		return 1;
	}
	g_ptr_array_add(l->out, s);
	return 0;
}

GPtrArray *
imports_stored(const char *dir, GError **e)
{
	g_autofree char *path = imports_file(dir, "imports.jsonl");
	struct listing l = { .out = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)stored_free) };
	struct stat st;
	uint64_t whole;

	if (lstat(path, &st) != 0 && errno == ENOENT)
		return l.out;
	if (line_each(path, take_line, &l, &whole, e) == 0 && !l.odd &&
	    imports_withdrawn(dir, l.out, e) == 0)
		return l.out;
	if (l.odd)
		g_set_error(e, CASE_ERROR, CASE_ERROR_IO, "%s:%u: not a line "
		    "of this format\n\"goodcause verify\" says what else "
		    "differs.", path, l.out->len + 1);
	g_ptr_array_unref(l.out);
	return NULL;
}

/* ---- the ledger's lines */

struct told {
	GHashTable	*lines;		/* set: hashes of lines of imports.jsonl */
};

static int
told_line(const char *line, size_t len, void *data)
{
	struct told *t = data;
	json_t *o = json_loadb(line, len, 0, NULL);

	if (strcmp(string_of(o, "event"), "file imported") == 0)
		g_hash_table_add(t->lines, g_strdup(string_of(o,
		    "imports_tip")));
	json_decref(o);
	return 0;
}

int
import_tell(const char *dir, const struct stored *s, GError **e)
{
	return ledger_append(dir, "file imported", json_pack(
	    "{s:I, s:s, s:s, s:s}", "import", (json_int_t)s->im->number,
	    "kind", import_kind_name(s->im->kind), "sha256", s->im->sha256,
	    "imports_tip", s->line), e);
}

int
imports_mend(const char *dir, const GPtrArray *known, GError **e)
{
	g_autofree char *path = g_build_filename(dir, "ledger.jsonl", NULL);
	struct told t = { .lines = g_hash_table_new_full(g_str_hash,
	    g_str_equal, g_free, NULL) };
	uint64_t whole;
	int rc = known->len == 0 ? 0 : line_each(path, told_line, &t, &whole,
	    e);

	for (guint i = 0; rc == 0 && i < known->len; i++) {
		const struct stored *s = known->pdata[i];

		if (!g_hash_table_contains(t.lines, s->line))
			rc = import_tell(dir, s, e);
	}
	g_hash_table_unref(t.lines);
	return rc;
}
