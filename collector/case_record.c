/*
 * From a case to the record that assessments and reports read.
 *
 * 1. The bytes of case.ini and of each table are kept under tables/SHA256; a
 *    line of the ledger tells of each that was not there yet.
 * 2. What is read into the record is those bytes, not the file once more.
 * 3. Every sealed run is loaded, in the order of the numbers; what is
 *    unfinished is no part of a record.
 * 4. as_of is the day of the newest run: never the clock.
 */

#include "collector/case.h"

#include <string.h>
#include <sys/stat.h>

#include "collector/case_ini.h"
#include "collector/cmd.h"
#include "collector/files.h"
#include "collector/load.h"
#include "collector/seal.h"
#include "collector/tables.h"
#include "probes/text.h"

#define TABLE_MAX	(16u << 20)
#define ROOTS_MAX	(1u << 20)

static char *
path_in(const char *dir, const char *name)
{
	return strcmp(dir, ".") == 0 ? g_strdup(name) :
	    g_build_filename(dir, name, NULL);
}

static void
set(char **at, const char *value)
{
	g_free(*at);
	*at = g_strdup(value != NULL ? value : "");
}

/* Keeps the bytes by their hash, and notes file and hash in the record. */
static int
keep(const char *dir, const char *file, GBytes *bytes, struct record *rec,
    GError **e)
{
	gsize len;
	const void *data = g_bytes_get_data(bytes, &len);
	g_autofree char *kept = path_in(dir, "tables"), *path = NULL;
	struct file_hash *f = g_new0(struct file_hash, 1);
	struct stat st;
	char hash[65];

	text_sha256(hash, data, len);
	f->path = g_strdup(file);
	f->sha256 = g_strdup(hash);
	f->size = len;
	g_ptr_array_add(rec->table_hashes, f);
	path = g_build_filename(kept, hash, NULL);
	if (lstat(path, &st) == 0)
		return 0;
	if (lstat(kept, &st) != 0 && dir_make(kept, e) != 0)
		return -1;
	if (file_put(path, data, len, e) != 0)
		return -1;
	return ledger_append(dir, "table kept", json_pack("{s:s, s:s, s:I}",
	    "file", file, "sha256", hash, "size", (json_int_t)len), e);
}

/* The bytes of a file of the case, kept; NULL without an error where it is
 * not there. */
static GBytes *
take(const char *dir, const char *file, struct record *rec, GError **e)
{
	g_autofree char *path = path_in(dir, file);
	g_autoptr(GBytes) bytes = NULL;
	struct stat st;

	if (lstat(path, &st) != 0)
		return NULL;
	bytes = file_get(path, TABLE_MAX, e);
	if (bytes == NULL || keep(dir, file, bytes, rec, e) != 0)
		return NULL;
	return g_steal_pointer(&bytes);
}

static int
take_tables(const char *dir, struct record *rec, GError **error)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

	for (const struct table *t = tables; t->file != NULL; t++) {
		g_autoptr(GBytes) bytes = NULL;
		GError *e = NULL;
		gsize len;
		const char *text;

		bytes = take(dir, t->file, rec, &e);
		if (e != NULL) {
			g_propagate_error(error, e);
			return -1;
		}
		if (bytes == NULL)
			continue;
		text = g_bytes_get_data(bytes, &len);
		t->read(t->file, text != NULL ? text : "", len, rec, problems);
	}
	for (guint i = 0; i < problems->len; i++)
		cmd_fail(0, NULL, "%s", (const char *)problems->pdata[i]);
	return 0;
}

static void
take_list(GPtrArray *to, char **from)
{
	for (size_t i = 0; from != NULL && from[i] != NULL; i++)
		g_ptr_array_add(to, g_strdup(from[i]));
}

static void
take_ini(const struct kase *k, struct record *rec)
{
	set(&rec->title, *k->report_title != '\0' ? k->report_title : k->title);
	set(&rec->court, k->court);
	set(&rec->number, k->number);
	set(&rec->forum, k->forum);
	set(&rec->motion_filed, k->motion_filed);
	set(&rec->service_date, k->service_date);
	rec->stale_after = k->stale_after;
	take_list(rec->own_domains, k->own_domains);
	take_list(rec->own_ids, k->own_ids);
	set(&rec->collector_name, k->name);
	set(&rec->collector_org, k->organisation);
	set(&rec->collector_role, k->role);
	set(&rec->letterhead, k->letterhead);
	set(&rec->worksheet_heading, k->worksheet_heading);
	set(&rec->page_size, k->page_size);
}

/* The roots that case.ini names; "" where it names none. */
static char *
roots_of(const struct kase *k, GError **e)
{
	g_autoptr(GBytes) bytes = NULL;
	gsize len;
	const char *data;

	if (k->roots == NULL)
		return g_strdup("");
	bytes = file_get(k->roots, ROOTS_MAX, e);
	if (bytes == NULL)
		return NULL;
	data = g_bytes_get_data(bytes, &len);
	return g_strndup(data != NULL ? data : "", len);
}

static int
take_runs(const struct kase *k, struct record *rec, GError **e)
{
	g_autoptr(GArray) numbers = case_run_numbers(k->dir, FALSE);

	rec->share = share_new();
	for (guint i = 0; i < numbers->len; i++) {
		unsigned n = g_array_index(numbers, unsigned, i);
		g_autofree char *path = case_run_dir(k->dir, n);
		struct run *run = run_load_lean(path, rec->share, e);

		if (run == NULL)
			return -1;
		g_ptr_array_add(rec->runs, run);
	}
	return 0;
}

int
case_run_whole(const struct kase *k, struct record *rec, guint i, GError **e)
{
	struct run *lean = rec->runs->pdata[i], *run;
	g_autofree char *path = case_run_dir(k->dir, lean->number);
	g_autofree char *roots = roots_of(k, e);

	if (roots == NULL || (run = run_load_roots(path, roots, e)) == NULL)
		return -1;
	run_free(lean);
	rec->runs->pdata[i] = run;
	return 0;
}

/* The latest day on which a run ended. */
static void
set_as_of(struct record *rec)
{
	for (guint i = 0; i < rec->runs->len; i++) {
		const struct run *run = rec->runs->pdata[i];
		const char *when = *run->ended ? run->ended : run->started;
		g_autofree char *day = g_strndup(when, 10);

		if (strlen(day) == 10 && strcmp(day, rec->as_of) > 0)
			set(&rec->as_of, day);
	}
}

/*
 * The values come from the bytes that were kept, so that what the ledger names
 * is what was used, also when the file is saved in between.
 */
static int
take_case(const struct kase *k, struct record *rec, GError **error)
{
	g_autofree char *path = path_in(k->dir, "case.ini");
	g_autoptr(GBytes) bytes = NULL;
	GError *e = NULL;
	struct kase again;
	gsize len;
	const char *text;
	int rc;

	bytes = take(k->dir, "case.ini", rec, &e);
	if (bytes == NULL) {
		if (e == NULL)
			g_set_error(&e, CASE_ERROR, CASE_ERROR_USAGE,
			    "%s: there is no case here\n\"goodcause init DIR "
			    "--forum US-HI\" makes one.", k->dir);
		g_propagate_error(error, e);
		return -1;
	}
	text = g_bytes_get_data(bytes, &len);
	case_ini_defaults(&again);
	rc = case_ini_read(path, text != NULL ? text : "", len, &again, error);
	if (rc == 0)
		take_ini(&again, rec);
	case_clear(&again);
	return rc;
}

struct record *
case_record(const struct kase *k, GError **e)
{
	struct record *rec = record_new();

	if (k->dir == NULL) {
		g_set_error(e, CASE_ERROR, CASE_ERROR_USAGE, "there is no case "
		    "here\n\"goodcause init DIR --forum US-HI\" makes one; -C "
		    "DIR names another folder.");
		goto bad;
	}
	if (take_case(k, rec, e) != 0 || take_tables(k->dir, rec, e) != 0 ||
	    take_runs(k, rec, e) != 0)
		goto bad;
	set_as_of(rec);
	return rec;
bad:
	record_free(rec);
	return NULL;
}

/* What counsel would have entered is not known: network roles only. */
struct record *
standalone_record(const char *rundir, GError **e)
{
	struct run *run = run_load(rundir, e);
	struct kase none;
	struct record *rec;

	if (run == NULL)
		return NULL;
	rec = record_new();
	case_ini_defaults(&none);
	take_ini(&none, rec);
	case_clear(&none);
	rec->standalone = TRUE;
	set(&rec->title, run->title);
	g_ptr_array_add(rec->runs, run);
	set_as_of(rec);
	return rec;
}
