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
#include "collector/load_tokens.h"
#include "collector/warc.h"
#include "probes/text.h"

#define TEXT_MAX	(16u << 20)	/* a manifest of 100 000 files */
#define RECEIVED_EACH	(256u << 10)
#define RECEIVED_ALL	(32u << 20)

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
		g_set_error(e, CASE_ERROR, CASE_ERROR_IO, "%s: this is no "
		    "sealed run: head.txt cannot be read", dir);
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

struct loading {
	struct run	*run;
	const char	*dir;
	gboolean	 part;		/* unfinished */
	struct share	*share;		/* of a lean run, else NULL */
};

struct reading {
	struct run	*run;
	struct share	*share;		/* NULL: each line holds its own */
	const char	*file;
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
	if (r->share != NULL)
		share_row(r->share, row);
	g_ptr_array_add(r->run->log, row);
	return 0;
}

static int
take_fact(const char *line, size_t len, void *data)
{
	struct reading *r = data;
	struct fact *f = fact_read(line, len);
	GPtrArray *facts = r->run->facts;

	r->line++;
	r->odd = f == NULL;
	if (f == NULL)
		return 1;
	if (r->share != NULL)
		share_fact(r->share, f, facts->len == 0 ? NULL :
		    facts->pdata[facts->len - 1]);
	g_ptr_array_add(facts, f);
	return 0;
}

static int
take_exhibit(const char *line, size_t len, void *data)
{
	struct reading *r = data;
	struct exhibit *x = exhibit_read(line, len);

	r->line++;
	r->odd = x == NULL;
	if (x != NULL)
		g_ptr_array_add(r->run->exhibits, x);
	return x == NULL;
}

/*
 * Every line of data/FILE.  In an unfinished run the file may be missing and
 * its last line cut short; in a sealed one neither.
 */
static int
read_lines(const struct loading *l, const char *file, line_fn *take, GError **e)
{
	g_autofree char *path = g_build_filename(l->dir, "data", file, NULL);
	struct reading r = { .run = l->run, .share = l->share, .file = file };
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
	g_set_error(e, CASE_ERROR, CASE_ERROR_IO, "%s:%u: %s\n\"goodcause "
	    "verify\" says what else differs.", path,
	    r.odd ? r.line : r.line + 1, r.odd ? "not a line of this format" :
	    "the line is cut short");
	return -1;
}

/* What was collected, in the order of its first line. */
static void
find_targets(struct run *r)
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

/* ---- bytes */

/* The journal's own account of a row: question, meta, where the bytes are. */
static struct exchange *
exchange_of(const struct log_row *row, GError **e)
{
	struct exchange *x = row->json != NULL ? line_read(row->json) : NULL;

	if (x == NULL)
		g_set_error(e, CASE_ERROR, CASE_ERROR_IO, "record %llu is no "
		    "exchange", (unsigned long long)row->n);
	return x;
}

static GBytes *
bytes_of(int fd, const struct kept *kept, GError **e)
{
	return kept->there ? warc_kept(fd, kept, e) : g_bytes_new(NULL, 0);
}

static int
open_evidence(const char *dir, GError **e)
{
	g_autofree char *path = g_build_filename(dir, "data",
	    "evidence.warc.gz", NULL);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	return fd >= 0 ? fd : file_fail(e, path, "open");
}

GBytes *
run_bytes(const char *dir, const struct log_row *row, char which, GError **e)
{
	struct exchange *x = exchange_of(row, e);
	GBytes *bytes = NULL;
	int fd;

	if (x == NULL)
		return NULL;
	fd = open_evidence(dir, e);
	if (fd >= 0) {
		bytes = bytes_of(fd, which == 's' ? &x->sent_kept :
		    &x->received_kept, e);
		close(fd);
	}
	exchange_free(x);
	return bytes;
}

struct exchange *
run_exchange(const char *dir, const struct log_row *row, GError **e)
{
	struct exchange *x = exchange_of(row, e);
	int fd = x == NULL ? -1 : open_evidence(dir, e);
	gboolean ok = fd >= 0;

	if (ok && x->sent_kept.there)
		ok = (x->sent.bytes = warc_kept(fd, &x->sent_kept, e)) != NULL;
	if (ok && x->received_kept.there)
		ok = (x->received.bytes = warc_kept(fd, &x->received_kept,
		    e)) != NULL;
	if (fd >= 0)
		close(fd);
	if (ok)
		return x;
	if (x != NULL)
		exchange_free(x);
	return NULL;
}

static gboolean
may_be_quoted(const struct log_row *row)
{
	return strcmp(row->type, "exchange") == 0 &&
	    (row->kind == PROBE_WHOIS || row->kind == PROBE_RDAP ||
	    row->kind == PROBE_HTTP) && *row->received_sha256 != '\0' &&
	    row->received_size <= RECEIVED_EACH;
}

/* What does not match its hash is left out: no report may quote it. */
static void
read_received(struct run *r, const char *dir)
{
	uint64_t total = 0;
	int fd = open_evidence(dir, NULL);

	for (guint i = 0; fd >= 0 && i < r->log->len; i++) {
		const struct log_row *row = r->log->pdata[i];
		struct exchange *x;
		GBytes *bytes;

		if (!may_be_quoted(row) ||
		    total + row->received_size > RECEIVED_ALL ||
		    (x = exchange_of(row, NULL)) == NULL)
			continue;
		bytes = bytes_of(fd, &x->received_kept, NULL);
		exchange_free(x);
		if (bytes == NULL)
			continue;
		total += row->received_size;
		g_hash_table_insert(r->received, g_memdup2(&row->n,
		    sizeof(row->n)), bytes);
	}
	if (fd >= 0)
		close(fd);
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

static int
read_all(const struct loading *l, GError **e)
{
	struct run *r = l->run;

	if (read_head(r, l->dir, l->part, e) != 0)
		return -1;
	read_open(r, l->dir);
	read_settings(r, l->dir);
	if (read_lines(l, "log.jsonl", take_log, e) != 0 ||
	    read_lines(l, "facts.jsonl", take_fact, e) != 0)
		return -1;
	if (!l->part && read_lines(l, "exhibits.jsonl", take_exhibit, e) != 0)
		return -1;
	find_targets(r);
	return l->share != NULL ? 0 : read_manifests(r, l->dir, e);
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

struct run *
run_load_lean(const char *dir, struct share *share, GError **e)
{
	g_autofree char *bare = g_strdup(dir);
	size_t len = strlen(bare);
	struct loading l = { .dir = bare, .share = share };

	while (len > 1 && bare[len - 1] == '/')
		bare[--len] = '\0';
	l.part = g_str_has_suffix(bare, ".part");
	l.run = run_new();
	name_of(l.run, bare);
	if (read_all(&l, e) == 0)
		return l.run;
	run_free(l.run);
	return NULL;
}

struct run *
run_load_plain(const char *dir, GError **e)
{
	return run_load_lean(dir, NULL, e);
}

struct run *
run_load_roots(const char *dir, const char *roots_pem, GError **e)
{
	struct run *r = run_load_plain(dir, e);

	if (r == NULL)
		return NULL;
	load_tokens(r, dir, roots_pem);
	read_received(r, dir);
	return r;
}

struct run *
run_load(const char *dir, GError **e)
{
	return run_load_roots(dir, NULL, e);
}
