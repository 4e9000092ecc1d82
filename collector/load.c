#include "collector/load.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/bag.h"
#include "collector/case.h"
#include "collector/files.h"
#include "collector/line.h"
#include "collector/load_priv.h"
#include "collector/load_tokens.h"
#include "probes/text.h"

#define TEXT_MAX	(16u << 20)	/* a manifest of 100 000 files */

static void
put(char **at, char *value)
{
	g_free(*at);
	*at = value;
}

/* The text of a file of the run; NULL where it is not there. */
static char *
text_of(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autoptr(GBytes) bytes = file_get(path, TEXT_MAX, NULL);
	gsize len;
	const char *data;

	if (bytes == NULL)
		return NULL;
	data = g_bytes_get_data(bytes, &len);
	return len == 0 ? g_strdup("") : g_strndup(data, len);
}

/* The value of a label, "" where it is not there or is "none". */
static char *
value_of(const char *text, const char *label)
{
	char *v = text == NULL ? NULL : bag_value(text, label);

	if (v == NULL || strcmp(v, "none") == 0) {
		g_free(v);
		return g_strdup("");
	}
	return v;
}

/* ---- the run's own texts */

static char *
clock_words(const char *open)
{
	g_autofree char *status = value_of(open, "clock-status");
	g_autofree char *most = value_of(open, "clock-maxerror-us");
	gint64 us;

	if (strcmp(status, "synchronised") != 0)
		return g_steal_pointer(&status);
	us = g_ascii_strtoll(most, NULL, 10);
	return g_strdup_printf("synchronised, error at most %lld.%03lld s by "
	    "the kernel's account", (long long)(us / 1000000),
	    (long long)(us / 1000 % 1000));
}

static void
read_open(struct run *r, const char *dir)
{
	g_autofree char *open = text_of(dir, "open.txt");

	put(&r->id, value_of(open, "run-id"));
	put(&r->title, value_of(open, "title"));
	put(&r->key, value_of(open, "key-sha256"));
	put(&r->program, value_of(open, "program"));
	put(&r->program_sha256, value_of(open, "program-sha256"));
	put(&r->vantage, value_of(open, "vantage"));
	put(&r->clock, clock_words(open));
}

static int
read_head(struct run *r, const char *dir, gboolean part, GError **e)
{
	g_autofree char *head = text_of(dir, "head.txt");
	g_autofree char *state = value_of(head, "state");
	char hash[65];

	if (head == NULL) {
		put(&r->incomplete_why, g_strdup("not sealed"));
		if (part)
			return 0;
		g_set_error(e, CASE_ERROR, CASE_ERROR_IO,
		    g_file_test(dir, G_FILE_TEST_EXISTS) ? "%s: this is no "
		    "sealed run: head.txt cannot be read" : "%s: there is no "
		    "such run", dir);
		return -1;
	}
	text_sha256(hash, head, strlen(head));
	put(&r->head, g_strdup(hash));
	put(&r->started, value_of(head, "started"));
	put(&r->ended, value_of(head, "ended"));
	put(&r->incomplete_why, value_of(head, "why"));
	r->complete = strcmp(state, "complete") == 0;
	return 0;
}

/* A string of settings.json, at the top or one object below. */
static const char *
setting(const json_t *settings, const char *key)
{
	const char *s = json_string_value(json_object_get(settings, key));
	const char *name;
	json_t *v;

	if (s != NULL)
		return s;
	json_object_foreach((json_t *)(uintptr_t)settings, name, v) {
		s = json_string_value(json_object_get(v, key));
		if (s != NULL)
			return s;
	}
	return "";
}

static void
read_settings(struct run *r, const char *dir)
{
	g_autofree char *text = text_of(dir, "data/settings.json");
	json_t *o = text == NULL ? NULL : json_loads(text, 0, NULL);

	if (json_is_object(o)) {
		json_decref(r->settings);
		r->settings = json_incref(o);
	}
	json_decref(o);
	put(&r->user_agent, g_strdup(setting(r->settings, "user_agent")));
	put(&r->exit, g_strdup(setting(r->settings, "exit")));
}

/* ---- lines */

struct reading {
	const struct loading *l;
	struct run	*run;
	unsigned	 line;
	gboolean	 odd;
};

static int
take_log(const char *line, size_t len, void *data)
{
	struct reading *r = data;
	struct log_row *row = log_row_read(line, len);
	const GPtrArray *log = r->run->log;

	r->line++;
	if (row == NULL || (log->len > 0 &&
	    ((struct log_row *)log->pdata[log->len - 1])->n >= row->n)) {
		log_row_free(row);
		r->odd = TRUE;
		return 1;
	}
	if (r->l->share != NULL)
		share_row(r->l->share, row, FALSE);
	g_ptr_array_add(r->run->log, row);
	return 0;
}

struct fact *
load_fact(const struct loading *l, const char *line, size_t len)
{
	GPtrArray *facts = l->run->facts;
	struct fact *f = l->share == NULL ? fact_read(line, len) :
	    share_fact_read(l->share, line, len, facts->len == 0 ? NULL :
	    facts->pdata[facts->len - 1], l->run->texts, l->run->lean);

	if (f != NULL)
		g_ptr_array_add(facts, f);
	return f;
}

static int
take_fact(const char *line, size_t len, void *data)
{
	struct reading *r = data;
	const struct fact *f = load_fact(r->l, line, len);

	r->line++;
	r->odd = f == NULL;
	if (f != NULL && r->l->said != NULL)
		load_said(r->l, f);
	return r->odd;
}

static int
take_exhibit(const char *line, size_t len, void *data)
{
	struct reading *r = data;
	struct exhibit *x = exhibit_read(line, len);

	r->line++;
	r->odd = x == NULL;
	if (x != NULL && r->l->share != NULL)
		share_exhibit(r->l->share, x);
	if (x != NULL)
		g_ptr_array_add(r->run->exhibits, x);
	return x == NULL;
}

int
load_odd(const char *path, unsigned line, gboolean odd, GError **e)
{
	g_set_error(e, CASE_ERROR, CASE_ERROR_IO, "%s:%u: %s\n\"goodcause "
	    "verify\" says what else differs.", path, line, odd ?
	    "not a line of this format" : "the line is cut short");
	return -1;
}

/*
 * Every line of data/FILE.  In an unfinished run the file may be missing and
 * its last line cut short; in a sealed one neither.
 */
static int
read_lines(const struct loading *l, const char *file, line_fn *take, GError **e)
{
	g_autofree char *path = g_build_filename(l->dir, "data", file, NULL);
	struct reading r = { .l = l, .run = l->run };
	gboolean part = l->part;
	struct stat st;
	uint64_t whole;

	if (stat(path, &st) != 0) {
		if (part && errno == ENOENT)
			return 0;
		return file_fail(e, path, "read");
	}
	if (line_each(path, take, &r, &whole, e) != 0)
		return -1;
	if (!r.odd && (part || whole == (uint64_t)st.st_size))
		return 0;
	return load_odd(path, r.odd ? r.line : r.line + 1, r.odd, e);
}

/* What was collected, in the order of its first line. */
void
load_targets(struct run *r)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	const json_t *list = json_object_get(r->settings, "targets");
	const char *name;
	size_t i;
	json_t *v;

	json_array_foreach(list, i, v) {
		name = json_string_value(v);
		if (name != NULL && g_hash_table_add(seen, (void *)(uintptr_t)name))
			g_ptr_array_add(r->targets, g_strdup(name));
	}
	for (guint k = 0; k < r->log->len; k++) {
		const struct log_row *row = r->log->pdata[k];

		if (*row->target != '\0' && g_hash_table_add(seen, row->target))
			g_ptr_array_add(r->targets, g_strdup(row->target));
	}
}

/* ---- files and their hashes */

static gboolean
is_inside(const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);

	if (*path == '\0' || *path == '/')
		return FALSE;
	for (size_t i = 0; parts[i] != NULL; i++)
		if (strcmp(parts[i], "..") == 0 || *parts[i] == '\0')
			return FALSE;
	return TRUE;
}

/* Lines "HEX  PATH"; the size is the file's own. */
static int
read_manifest(struct run *r, const char *dir, const char *file, GError **e)
{
	g_autofree char *text = text_of(dir, file);
	g_auto(GStrv) lines = g_strsplit(text != NULL ? text : "", "\n", -1);

	for (unsigned i = 0; lines[i] != NULL; i++) {
		g_autofree char *path = NULL;
		struct file_hash *f;
		struct stat st;

		if (*lines[i] == '\0')
			continue;
		if (strspn(lines[i], "0123456789abcdef") != 64 ||
		    strncmp(lines[i] + 64, "  ", 2) != 0 ||
		    !is_inside(lines[i] + 66)) {
			g_set_error(e, CASE_ERROR, CASE_ERROR_IO,
			    "%s/%s:%u: not a line of a manifest", dir, file,
			    i + 1);
			return -1;
		}
		f = g_new0(struct file_hash, 1);
		f->path = g_strdup(lines[i] + 66);
		f->sha256 = g_strndup(lines[i], 64);
		path = g_build_filename(dir, f->path, NULL);
		f->size = lstat(path, &st) == 0 ? (uint64_t)st.st_size : 0;
		g_ptr_array_add(r->files, f);
	}
	return 0;
}

/* ---- a run */

static int
read_manifests(struct run *r, const char *dir, GError **e)
{
	static const char *const manifests[] = {
		"manifest-sha256.txt", "tagmanifest-sha256.txt",
		"after-sha256.txt",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(manifests); i++)
		if (read_manifest(r, dir, manifests[i], e) != 0)
			return -1;
	return 0;
}

int
load_head(const struct loading *l, GError **e)
{
	struct run *r = l->run;

	if (read_head(r, l->dir, l->part, e) != 0)
		return -1;
	read_open(r, l->dir);
	read_settings(r, l->dir);
	return 0;
}

int
load_lines(const struct loading *l, GError **e)
{
	if (read_lines(l, "log.jsonl", take_log, e) != 0 ||
	    read_lines(l, "facts.jsonl", take_fact, e) != 0)
		return -1;
	return l->part ? 0 : load_exhibits(l, e);
}

int
load_exhibits(const struct loading *l, GError **e)
{
	return read_lines(l, "exhibits.jsonl", take_exhibit, e);
}

/* "000001" of ".../000001" or ".../000001.part"; 0 where it is no number. */
static void
name_of(struct run *r, const char *dir)
{
	g_autofree char *base = g_path_get_basename(dir);
	guint64 n = 0;

	if (g_str_has_suffix(base, ".part"))
		base[strlen(base) - 5] = '\0';
	put(&r->name, g_strdup(base));
	if (strlen(base) >= 6 && g_ascii_string_to_unsigned(base, 10, 1,
	    999999999, &n, NULL))
		r->number = (unsigned)n;
}

void
load_begin(struct loading *l, const char *dir, struct share *share)
{
	size_t len = strlen(dir);

	while (len > 1 && dir[len - 1] == '/')
		len--;
	*l = (struct loading){ .run = run_new(), .share = share,
	    .dir = g_strndup(dir, len) };
	l->part = g_str_has_suffix(l->dir, ".part");
	name_of(l->run, l->dir);
}

struct run *
load_end(struct loading *l, int rc)
{
	g_free(l->dir);
	if (rc == 0)
		return l->run;
	run_free(l->run);
	return NULL;
}

struct run *
run_load_plain(const char *dir, GError **e)
{
	struct loading l;
	int rc;

	load_begin(&l, dir, NULL);
	rc = load_head(&l, e) != 0 || load_lines(&l, e) != 0 ? -1 : 0;
	if (rc == 0) {
		load_targets(l.run);
		rc = read_manifests(l.run, l.dir, e);
	}
	return load_end(&l, rc);
}

struct run *
run_load_quoted(const char *dir, GError **e)
{
	struct run *r = run_load_plain(dir, e);

	if (r != NULL)
		load_received(r, dir);
	return r;
}

struct run *
run_load_roots(const char *dir, const char *roots_pem, GError **e)
{
	struct run *r = run_load_plain(dir, e);

	if (r == NULL)
		return NULL;
	load_tokens(r, dir, roots_pem);
	load_received(r, dir);
	return r;
}

struct run *
run_load(const char *dir, GError **e)
{
	return run_load_roots(dir, NULL, e);
}
