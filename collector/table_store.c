#include "collector/table_store.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "collector/case.h"
#include "collector/files.h"
#include "collector/line.h"
#include "collector/seal.h"
#include "collector/tables.h"
#include "probes/text.h"

static char *
path_in(const char *dir, const char *name)
{
	return strcmp(dir, ".") == 0 ? g_strdup(name) :
	    g_build_filename(dir, name, NULL);
}

/* ---- the ledger's account */

struct account {
	GHashTable	*recorded;
	int64_t		 by;
};

static const char *
string_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

/* Lines stand in the order in which they were written. */
static int
ledger_line(const char *text, size_t len, void *data)
{
	struct account *a = data;
	json_t *line;
	const char *event, *file;

	if (g_strstr_len(text, (gssize)len, "\"event\":\"table ") == NULL)
		return 0;
	line = json_loadb(text, len, 0, NULL);
	event = string_of(line, "event");
	file = string_of(line, "file");
	if (a->by != INT64_MAX &&
	    text_time_parse(string_of(line, "at")) > a->by)
		;
	else if (strcmp(event, "table kept") == 0)
		g_hash_table_replace(a->recorded, g_strdup(file),
		    g_strdup(string_of(line, "sha256")));
	else if (strcmp(event, "table gone") == 0)
		g_hash_table_remove(a->recorded, file);
	json_decref(line);
	return 0;
}

GHashTable *
tables_recorded(const char *dir, int64_t by, GError **e)
{
	g_autofree char *path = g_build_filename(dir, "ledger.jsonl", NULL);
	struct account a = { .by = by };
	struct stat st;
	uint64_t whole;

	a.recorded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	    g_free);
	if (lstat(path, &st) != 0 && errno == ENOENT)
		return a.recorded;
	if (line_each(path, ledger_line, &a, &whole, e) == 0)
		return a.recorded;
	g_hash_table_unref(a.recorded);
	return NULL;
}

/* ---- versions */

static int
keep(const char *dir, const char *file, GBytes *bytes, GHashTable *recorded,
    GError **e)
{
	gsize len;
	const void *data = g_bytes_get_data(bytes, &len);
	g_autofree char *kept = path_in(dir, "tables"), *path = NULL;
	const char *last = g_hash_table_lookup(recorded, file);
	struct stat st;
	char hash[65];

	text_sha256(hash, data, len);
	path = g_build_filename(kept, hash, NULL);
	if (lstat(path, &st) != 0) {
		if (lstat(kept, &st) != 0 && dir_make(kept, e) != 0)
			return -1;
		if (file_put(path, data, len, e) != 0)
			return -1;
	}
	if (last != NULL && strcmp(last, hash) == 0)
		return 0;
	g_hash_table_replace(recorded, g_strdup(file), g_strdup(hash));
	return ledger_append(dir, "table kept", json_pack("{s:s, s:s, s:I}",
	    "file", file, "sha256", hash, "size", (json_int_t)len), e);
}

GBytes *
table_now(const char *dir, const char *file, GHashTable *recorded, GError **e)
{
	g_autofree char *path = path_in(dir, file);
	g_autoptr(GBytes) bytes = NULL;
	struct stat st;

	if (lstat(path, &st) != 0) {
		if (g_hash_table_remove(recorded, file))
			ledger_append(dir, "table gone", json_pack("{s:s}",
			    "file", file), e);
		return NULL;
	}
	bytes = file_get(path, TABLE_BYTES, e);
	if (bytes == NULL || keep(dir, file, bytes, recorded, e) != 0)
		return NULL;
	return g_steal_pointer(&bytes);
}

GBytes *
table_then(const char *dir, const char *file, GHashTable *recorded, GError **e)
{
	const char *hash = g_hash_table_lookup(recorded, file);
	g_autofree char *path = NULL;
	GBytes *bytes;
	char found[65];
	gsize len;
	const void *data;

	if (hash == NULL)
		return NULL;
	path = g_build_filename(dir, "tables", hash, NULL);
	bytes = file_get(path, TABLE_BYTES, e);
	if (bytes == NULL)
		return NULL;
	data = g_bytes_get_data(bytes, &len);
	text_sha256(found, data, len);
	if (strcmp(found, hash) == 0)
		return bytes;
	g_bytes_unref(bytes);
	g_set_error(e, CASE_ERROR, CASE_ERROR_IO, "%s: its bytes are not those "
	    "of its name, which were %s", path, file);
	return NULL;
}

int
tables_keep(const char *dir, GError **error)
{
	g_autoptr(GHashTable) recorded = tables_recorded(dir, INT64_MAX, error);
	GError *e = NULL;
	GBytes *bytes;

	if (recorded == NULL)
		return -1;
	bytes = table_now(dir, "case.ini", recorded, &e);
	for (const struct table *t = tables; e == NULL && t->file != NULL;
	    t++) {
		g_clear_pointer(&bytes, g_bytes_unref);
		bytes = table_now(dir, t->file, recorded, &e);
	}
	g_clear_pointer(&bytes, g_bytes_unref);
	if (e == NULL)
		return 0;
	g_propagate_error(error, e);
	return -1;
}
