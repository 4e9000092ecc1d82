/*
 * A case: the chains of the ledger and of the imports, each sealed run in it and
 * in order, each import's bytes, the files that are kept under their own hash.
 */

#include <string.h>
#include <sys/stat.h>

#include "collector/files.h"
#include "collector/import_store.h"
#include "collector/line.h"
#include "collector/verify.h"
#include "probes/text.h"

#define FAULTS_MAX	200u

struct ledger {
	struct verify_case *out;
	char		 tip[65];	/* SHA-256 of the last line */
	GHashTable	*tips;		/* set: of every line */
	GHashTable	*heads;		/* run -> head, as sealed */
	GHashTable	*told;		/* set: lines of imports.jsonl that it names */
	GHashTable	*back;		/* set: those that it withdraws */
	char		 import[65];	/* SHA-256 of the last import's line */
	GHashTable	*imports;	/* set: of every import's line */
	GHashTable	*files;		/* set: hashes that imports.jsonl names */
};

static void fault(struct verify_case *, const char *fmt, ...)
    G_GNUC_PRINTF(2, 3);

static void
fault(struct verify_case *out, const char *fmt, ...)
{
	va_list ap;

	if (out->faults->len >= FAULTS_MAX)
		return;
	va_start(ap, fmt);
	g_ptr_array_add(out->faults, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

static const char *
string_of(const json_t *line, const char *key)
{
	const char *s = json_string_value(json_object_get(line, key));

	return s == NULL ? "" : s;
}

static int
ledger_line(const char *text, size_t len, void *data)
{
	struct ledger *l = data;
	json_t *line = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	uint64_t n = ++l->out->ledger_lines;
	const char *run = string_of(line, "run"), *head = string_of(line, "head");

	if (json_integer_value(json_object_get(line, "n")) != (json_int_t)n)
		fault(l->out, "ledger.jsonl: line %" G_GUINT64_FORMAT
		    " is not in its order", n);
	if (strcmp(string_of(line, "prev"), l->tip) != 0)
		fault(l->out, "ledger.jsonl: line %" G_GUINT64_FORMAT
		    " does not hold the hash of the line before", n);
	if (strcmp(string_of(line, "event"), "run sealed") == 0)
		g_hash_table_replace(l->heads, g_strdup(run), g_strdup(head));
	if (strcmp(string_of(line, "event"), "file imported") == 0)
		g_hash_table_add(l->told, g_strdup(string_of(line,
		    "imports_tip")));
	if (strcmp(string_of(line, "event"), IMPORT_WITHDRAWN) == 0)
		g_hash_table_add(l->back, g_strdup(string_of(line,
		    "imports_tip")));
	text_sha256(l->tip, text, len + 1);
	g_hash_table_add(l->tips, g_strdup(l->tip));
	json_decref(line);
	return 0;
}

static void
read_ledger(struct ledger *l, const char *dir)
{
	g_autofree char *path = g_build_filename(dir, "ledger.jsonl", NULL);
	g_autoptr(GError) error = NULL;
	struct stat st;
	uint64_t whole;

	if (lstat(path, &st) < 0)
		return;
	if (line_each(path, ledger_line, l, &whole, &error) < 0)
		fault(l->out, "%s", error->message);
	else if (whole != (uint64_t)st.st_size)
		fault(l->out, "ledger.jsonl: does not end with a whole line");
}

/* --- imports -------------------------------------------------------------------- */

static void
name_file(struct ledger *l, const char *hash)
{
	if (*hash != '\0')
		g_hash_table_add(l->files, g_strdup(hash));
}

static int
import_line(const char *text, size_t len, void *data)
{
	struct ledger *l = data;
	json_t *line = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	uint64_t n = ++l->out->imports;
	const char *zone;
	json_t *v;

	if (json_integer_value(json_object_get(line, "n")) != (json_int_t)n)
		fault(l->out, "imports.jsonl: line %" G_GUINT64_FORMAT
		    " is not in its order", n);
	if (strcmp(string_of(line, "prev"), l->import) != 0)
		fault(l->out, "imports.jsonl: line %" G_GUINT64_FORMAT
		    " does not hold the hash of the line before", n);
	name_file(l, string_of(line, "sha256"));
	json_object_foreach(json_object_get(line, "zones"), zone, v)
		name_file(l, json_is_string(v) ? json_string_value(v) : "");
	text_sha256(l->import, text, len + 1);
	g_hash_table_add(l->imports, g_strdup(l->import));
	json_decref(line);
	return 0;
}

/* The newest may lack its line of the ledger: the next import writes it. */
static void
check_told(struct ledger *l)
{
	GHashTableIter i;
	gpointer tip;

	g_hash_table_iter_init(&i, l->told);
	while (g_hash_table_iter_next(&i, &tip, NULL))
		if (!g_hash_table_contains(l->imports, tip))
			fault(l->out, "ledger.jsonl: it tells of an import "
			    "whose line in imports.jsonl is not there, or is "
			    "another");
	g_hash_table_iter_init(&i, l->back);
	while (g_hash_table_iter_next(&i, &tip, NULL))
		if (!g_hash_table_contains(l->imports, tip))
			fault(l->out, "ledger.jsonl: it withdraws an import "
			    "whose line in imports.jsonl is not there, or is "
			    "another");
	g_hash_table_add(l->told, g_strdup(l->import));
	g_hash_table_iter_init(&i, l->imports);
	while (g_hash_table_iter_next(&i, &tip, NULL))
		if (!g_hash_table_contains(l->told, tip))
			fault(l->out, "imports.jsonl: no line of the ledger "
			    "tells of the line with the hash %s",
			    (const char *)tip);
}

static void
check_imports(struct ledger *l, const char *dir)
{
	g_autofree char *path = g_build_filename(dir, "imports",
	    "imports.jsonl", NULL);
	g_autoptr(GError) error = NULL;
	GHashTableIter i;
	gpointer hash;
	struct stat st;
	uint64_t whole = 0;

	if (lstat(path, &st) == 0) {
		if (line_each(path, import_line, l, &whole, &error) < 0)
			fault(l->out, "%s", error->message);
		else if (whole != (uint64_t)st.st_size)
			fault(l->out, "imports.jsonl: does not end with a "
			    "whole line");
	}
	check_told(l);
	g_hash_table_iter_init(&i, l->files);
	while (g_hash_table_iter_next(&i, &hash, NULL)) {
		g_autofree char *file = g_build_filename(dir, "imports",
		    (const char *)hash, NULL);

		if (lstat(file, &st) != 0)
			fault(l->out, "imports/%s: imported, and missing",
			    (const char *)hash);
	}
}

/* --- runs --------------------------------------------------------------------- */

static void
check_place(struct ledger *l, const struct verify_report *r, const char *name,
    const char *before)
{
	const char *head = g_hash_table_lookup(l->heads, name);

	if (r->unfinished)
		return;
	if (head == NULL)
		fault(l->out, "runs/%s: no line of the ledger seals it", name);
	else if (strcmp(head, r->head) != 0)
		fault(l->out, "runs/%s: its head is not the one in the ledger",
		    name);
	if (strcmp(r->previous_head, before) != 0)
		fault(l->out, "runs/%s: the head it names is not that of the run "
		    "before it", name);
	if (*r->ledger_tip != '\0' &&
	    !g_hash_table_contains(l->tips, r->ledger_tip))
		fault(l->out, "runs/%s: the ledger line it names is not there",
		    name);
	if (*r->imports_tip != '\0' &&
	    !g_hash_table_contains(l->imports, r->imports_tip))
		fault(l->out, "runs/%s: the line of imports.jsonl it names is "
		    "not there", name);
	g_hash_table_remove(l->heads, name);
}

static GPtrArray *
run_names(const char *dir)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	GDir *d = g_dir_open(dir, 0, NULL);
	const char *name;

	while (d != NULL && (name = g_dir_read_name(d)) != NULL)
		if (g_ascii_isdigit(*name))
			g_ptr_array_add(out, g_strdup(name));
	if (d != NULL)
		g_dir_close(d);
	g_ptr_array_sort(out, text_order);
	return out;
}

static void
check_runs(struct ledger *l, const char *dir,
    const struct verify_options *options)
{
	g_autofree char *runs = g_build_filename(dir, "runs", NULL);
	g_autoptr(GPtrArray) names = run_names(runs);
	g_autofree char *before = g_strdup("");
	GHashTableIter i;
	gpointer name;

	for (guint k = 0; k < names->len; k++) {
		const char *run = g_ptr_array_index(names, k);
		g_autofree char *path = g_build_filename(runs, run, NULL);
		struct verify_report *r = verify_run(path, options);

		check_place(l, r, run, before);
		if (!r->unfinished) {
			g_free(before);
			before = g_strdup(r->head);
		}
		g_ptr_array_add(l->out->runs, r);
	}
	g_hash_table_iter_init(&i, l->heads);
	while (g_hash_table_iter_next(&i, &name, NULL))
		fault(l->out, "runs/%s: sealed in the ledger, and missing",
		    (const char *)name);
}

/* --- what is kept under its hash ----------------------------------------------- */

static void
check_by_hash(struct verify_case *out, const char *dir, const char *sub)
{
	g_autofree char *path = g_build_filename(dir, sub, NULL);
	g_autoptr(GPtrArray) files = NULL;
	struct stat st;

	if (lstat(path, &st) < 0 || (files = file_tree(dir, sub, NULL)) == NULL)
		return;
	for (guint i = 0; i < files->len; i++) {
		const char *name = g_ptr_array_index(files, i);
		const char *base = strrchr(name, '/') + 1;
		g_autofree char *full = g_build_filename(dir, name, NULL);
		struct file_sums sums;

		if (strspn(base, "0123456789abcdef") < 64)
			continue;
		if (file_sums(full, &sums, NULL) < 0 ||
		    strncmp(sums.sha256, base, 64) != 0)
			fault(out, "%s: its bytes are not those of its name", name);
	}
}

static GHashTable *
strings_new(GDestroyNotify value)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value);
}

struct verify_case *
verify_case(const char *dir, const struct verify_options *options)
{
	struct verify_case *out = g_new0(struct verify_case, 1);
	struct ledger l = { .out = out, .tips = strings_new(NULL),
	    .heads = strings_new(g_free), .told = strings_new(NULL),
	    .imports = strings_new(NULL), .back = strings_new(NULL), .files = strings_new(NULL) };

	out->runs = g_ptr_array_new_with_free_func(
	    (GDestroyNotify)verify_report_free);
	out->faults = g_ptr_array_new_with_free_func(g_free);
	read_ledger(&l, dir);
	check_imports(&l, dir);
	check_runs(&l, dir, options);
	check_by_hash(out, dir, "tables");
	check_by_hash(out, dir, "imports");
	g_hash_table_unref(l.tips);
	g_hash_table_unref(l.heads);
	g_hash_table_unref(l.told);
	g_hash_table_unref(l.imports);
	g_hash_table_unref(l.back);
	g_hash_table_unref(l.files);
	return out;
}

void
verify_case_free(struct verify_case *out)
{
	if (out == NULL)
		return;
	g_ptr_array_unref(out->runs);
	g_ptr_array_unref(out->faults);
	g_free(out);
}
