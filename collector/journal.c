/*
 * The journal: what a run is told becomes bytes on disk, in an order that a
 * power cut cannot upset.
 *
 *	1. the records' gzip members are appended to evidence.warc.gz, sync
 *	2. the lines that name them are appended to log.jsonl, sync
 *	3. the facts' lines are appended to facts.jsonl (synced when sealing: they
 *	   can be drawn again)
 *
 * So a line never names bytes that are not there.  Where a step fails, both
 * files are cut back to the last whole flush and the journal takes no more.
 */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/files.h"
#include "collector/journal.h"
#include "collector/line.h"
#include "collector/warc.h"
#include "probes/seam.h"
#include "probes/text.h"

#define FLUSH_NS	(50 * 1000000LL)
#define FLUSH_BYTES	(1u << 20)
#define SALTS		16		/* drawn at once: 256 bytes, the most there is */

struct log_file {
	char		*path;
	int		 fd;
	uint64_t	 size;		/* durable: up to the last flush */
};

struct journal {
	char		*dir;
	struct log_file	 warc, log, facts;
	struct warc	*writer;
	GByteArray	*members;	/* taken, not yet written */
	GString		*lines, *fact_lines;
	uint64_t	 n, exchanges, fact_count;
	char		 tip[65];
	int64_t		 flushed;	/* monotonic ns, of the last tick that flushed */
	unsigned char	 salts[SALTS * 16];
	unsigned	 salts_left;
	char		*error;
};

static const char zeros[65] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* --- making --------------------------------------------------------------- */

static int
open_one(struct log_file *f, const char *dir, const char *name, int flags,
    GError **error)
{
	struct stat st;

	f->path = g_build_filename(dir, "data", name, NULL);
	f->fd = open(f->path, O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC | flags,
	    0644);
	if (f->fd < 0 || fstat(f->fd, &st) < 0)
		return file_fail(error, f->path, "open");
	f->size = (uint64_t)st.st_size;
	return 0;
}

static struct journal *
journal_new(const char *dir)
{
	struct journal *j = g_new0(struct journal, 1);

	j->dir = g_strdup(dir);
	j->warc.fd = j->log.fd = j->facts.fd = -1;
	j->writer = warc_new();
	j->members = g_byte_array_new();
	j->lines = g_string_sized_new(65536);
	j->fact_lines = g_string_sized_new(65536);
	memcpy(j->tip, zeros, sizeof(j->tip));
	return j;
}

static int
open_all(struct journal *j, int flags, GError **error)
{
	g_autofree char *data = g_build_filename(j->dir, "data", NULL);

	if (open_one(&j->warc, j->dir, "evidence.warc.gz", flags, error) < 0 ||
	    open_one(&j->log, j->dir, "log.jsonl", flags, error) < 0 ||
	    open_one(&j->facts, j->dir, "facts.jsonl", flags, error) < 0)
		return -1;
	return dir_sync(data, error);
}

void
journal_free(struct journal *j)
{
	struct log_file *files[3];

	if (j == NULL)
		return;
	files[0] = &j->warc, files[1] = &j->log, files[2] = &j->facts;
	for (unsigned i = 0; i < G_N_ELEMENTS(files); i++) {
		if (files[i]->fd >= 0)
			close(files[i]->fd);
		g_free(files[i]->path);
	}
	warc_free(j->writer);
	g_byte_array_unref(j->members);
	g_string_free(j->lines, TRUE);
	g_string_free(j->fact_lines, TRUE);
	g_free(j->dir);
	g_free(j->error);
	g_free(j);
}

/* --- taking --------------------------------------------------------------- */

static int
stop(struct journal *j, const char *path, const char *doing)
{
	g_autoptr(GError) error = NULL;

	file_fail(&error, path, doing);
	if (j->error == NULL)
		j->error = g_strdup(error->message);
	return -1;
}

static void
salt(struct journal *j, char out[33])
{
	if (j->salts_left == 0) {
		random_bytes(j->salts, sizeof(j->salts));
		j->salts_left = SALTS;
	}
	text_hex(out, j->salts + 16 * --j->salts_left, 16);
}

/* The line from was on has been appended: chain it. */
static void
chain(struct journal *j, gsize was)
{
	text_sha256(j->tip, j->lines->str + was, j->lines->len - was);
}

int
journal_exchange(struct journal *j, struct exchange *x)
{
	gsize was = j->lines->len;
	char s[33];

	if (j->error != NULL)
		return -1;
	x->n = ++j->n;
	if (warc_exchange(j->writer, j->members, j->warc.size, x) < 0) {
		errno = EIO;
		return stop(j, j->warc.path, "compress");
	}
	salt(j, s);
	line_exchange(j->lines, x, j->tip, s);
	chain(j, was);
	j->exchanges++;
	return 0;
}

uint64_t
journal_event(struct journal *j, const char *type, json_t *members)
{
	gsize was = j->lines->len;

	if (j->error == NULL) {
		line_event(j->lines, ++j->n, type, j->tip, members);
		chain(j, was);
	}
	json_decref(members);
	return j->error == NULL ? j->n : 0;
}

int
journal_fact(struct journal *j, struct fact *f)
{
	if (j->error != NULL)
		return -1;
	f->id = ++j->fact_count;
	fact_write(f, j->fact_lines);
	return 0;
}

/* --- making durable ------------------------------------------------------- */

static int
append(struct journal *j, struct log_file *f, const void *bytes, size_t len,
    gboolean sync)
{
	if (len == 0)
		return 0;
	if (fd_write(f->fd, bytes, len) < 0)
		return stop(j, f->path, "write");
	if (sync && fdatasync(f->fd) < 0)
		return stop(j, f->path, "sync");
	return 0;
}

/* What a failed flush left goes, as far as the disk lets us. */
static void
cut_back(const struct log_file *f)
{
	if (ftruncate(f->fd, (off_t)f->size) == 0)
		(void)!fdatasync(f->fd);
}

int
journal_flush(struct journal *j)
{
	if (j->error != NULL)
		return -1;
	if (append(j, &j->warc, j->members->data, j->members->len, TRUE) < 0 ||
	    append(j, &j->log, j->lines->str, j->lines->len, TRUE) < 0) {
		cut_back(&j->log);
		cut_back(&j->warc);
		return -1;
	}
	j->warc.size += j->members->len;
	j->log.size += j->lines->len;
	g_byte_array_set_size(j->members, 0);
	g_string_truncate(j->lines, 0);
	if (append(j, &j->facts, j->fact_lines->str, j->fact_lines->len,
	    FALSE) < 0) {
		cut_back(&j->facts);
		return -1;
	}
	j->facts.size += j->fact_lines->len;
	g_string_truncate(j->fact_lines, 0);
	return 0;
}

int
journal_tick(struct journal *j, int64_t now_mono_ns)
{
	size_t waiting = j->members->len + j->lines->len + j->fact_lines->len;

	if (j->error != NULL)
		return -1;
	if (waiting == 0 || (waiting < FLUSH_BYTES &&
	    now_mono_ns - j->flushed < FLUSH_NS))
		return 0;
	j->flushed = now_mono_ns;
	return journal_flush(j);
}

/* --- beginning, and going on ---------------------------------------------- */

static const char *
member_string(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s == NULL ? "" : s;
}

static int
flush_or_fail(struct journal *j, GError **error)
{
	if (journal_flush(j) == 0)
		return 0;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s", j->error);
	return -1;
}

struct journal *
journal_create(const char *rundir, json_t *first, GError **error)
{
	struct journal *j = journal_new(rundir);
	json_t *members = json_pack("{s:s}", "format", "run/1");

	json_object_update_missing(members, first);
	if (open_all(j, O_CREAT | O_EXCL, error) == 0 &&
	    warc_info(j->writer, j->members, clock_wall_us(),
	    member_string(first, "run"), member_string(first, "title")) == 0 &&
	    journal_event(j, "open", members) == 1) {
		json_decref(first);
		if (flush_or_fail(j, error) == 0)
			return j;
	} else {
		json_decref(first);
	}
	journal_free(j);
	return NULL;
}

struct scan {			/* of a log that may end in the middle of a line */
	struct journal	*j;
	uint64_t	 warc_end;
};

static void
scan_kept(struct scan *s, const json_t *line, const char *key)
{
	const json_t *k = json_object_get(line, key);
	json_int_t end = json_integer_value(json_object_get(k, "warc")) +
	    json_integer_value(json_object_get(k, "len"));

	if (end > 0 && (uint64_t)end > s->warc_end)
		s->warc_end = (uint64_t)end;
}

/* 1 where the log's sound part ends before this line. */
static int
scan_line(const char *text, size_t len, void *data)
{
	struct scan *s = data;
	json_t *line = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	json_int_t n = json_integer_value(json_object_get(line, "n"));
	int bad = line == NULL || n != (json_int_t)s->j->n + 1 ||
	    strcmp(member_string(line, "prev"), s->j->tip) != 0;

	if (!bad) {
		s->j->n++;
		text_sha256(s->j->tip, text, len + 1);
		if (strcmp(member_string(line, "type"), "exchange") == 0) {
			s->j->exchanges++;
			scan_kept(s, line, "sent");
			scan_kept(s, line, "received");
		}
	}
	json_decref(line);
	return bad;
}

/* Where the archive's sound part ends: behind the last member that a line
 * names, and behind the records of failures and the head that follow it. */
static uint64_t
archive_end(const struct scan *s)
{
	uint64_t end = s->warc_end;
	struct warc_member m;

	while (warc_read(s->j->warc.fd, end, WARC_BLOCK_MAX, &m, NULL) > 0) {
		gboolean ours = strcmp(m.type, "warcinfo") == 0 ||
		    (strcmp(m.type, "metadata") == 0 && m.record <= s->j->n);

		warc_member_clear(&m);
		if (!ours)
			return end;
		end += m.len;
	}
	warc_member_clear(&m);
	return end;
}

static int
move_aside(struct journal *j, struct log_file *f, uint64_t sound,
    const char *name, json_t *resume, GError **error)
{
	g_autofree char *dir = g_build_filename(j->dir, "data", "torn", NULL);
	g_autofree char *file = NULL, *path = NULL;
	struct stat st;
	unsigned i = 1;

	if (sound > f->size) {
		errno = EIO;
		return file_fail(error, f->path, "resume: it ends too early");
	}
	json_object_set_new(resume, name, json_integer(
	    (json_int_t)(f->size - sound)));
	if (sound == f->size)
		return 0;
	if (lstat(dir, &st) < 0 && dir_make(dir, error) < 0)
		return -1;
	do {
		g_free(file);
		g_free(path);
		file = g_strdup_printf("%03u.%s", i, name);
		path = g_build_filename(dir, file, NULL);
	} while (lstat(path, &st) == 0 && i++ < 999);
	if (file_cut(f->fd, sound, path, error) < 0)
		return -1;
	f->size = sound;
	return 0;
}

static int
take_up(struct journal *j, json_t *resume, GError **error)
{
	struct scan s = { j, 0 };
	uint64_t whole;

	if (open_all(j, O_CREAT, error) < 0 ||
	    line_each(j->log.path, scan_line, &s, &whole, error) < 0 ||
	    move_aside(j, &j->log, whole, "torn_log", resume, error) < 0 ||
	    move_aside(j, &j->warc, archive_end(&s), "torn_warc", resume,
	    error) < 0)
		return -1;
	if (j->n == 0) {
		errno = EINVAL;
		return file_fail(error, j->log.path, "resume: no whole line");
	}
	if (ftruncate(j->facts.fd, 0) < 0)
		return file_fail(error, j->facts.path, "empty");
	j->facts.size = 0;
	return 0;
}

struct journal *
journal_resume(const char *rundir, json_t *resume, GError **error)
{
	struct journal *j = journal_new(rundir);

	if (resume == NULL)
		resume = json_object();
	if (take_up(j, resume, error) < 0) {
		json_decref(resume);
	} else {
		journal_event(j, "resume", resume);
		if (flush_or_fail(j, error) == 0)
			return j;
	}
	journal_free(j);
	return NULL;
}

/* --- asking --------------------------------------------------------------- */

const char *
journal_error(const struct journal *j)
{
	return j->error;
}

uint64_t
journal_lines(const struct journal *j)
{
	return j->n;
}

uint64_t
journal_exchanges(const struct journal *j)
{
	return j->exchanges;
}

const char *
journal_tip(const struct journal *j)
{
	return j->tip;
}

struct each {
	int		 fd;
	const char	*path;
	journal_seen_fn	*fn;
	void		*data;
	GError		**error;
};

static int
load_body(const struct each *e, struct body *body, const struct kept *kept)
{
	if (!kept->there)
		return 0;
	body->bytes = warc_kept(e->fd, kept, e->error);
	if (body->bytes == NULL)
		g_prefix_error(e->error, "%s: ", e->path);
	return body->bytes == NULL ? -1 : 0;
}

static int
each_line(const char *text, size_t len, void *data)
{
	const struct each *e = data;
	json_t *line = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	struct exchange *x = line == NULL ? NULL : line_read(line);
	int rc = 0;

	if (x != NULL) {
		rc = load_body(e, &x->sent, &x->sent_kept) < 0 ||
		    load_body(e, &x->received, &x->received_kept) < 0 ? -1 : 0;
		if (rc == 0)
			e->fn(x, e->data);
		else
			exchange_free(x);
	}
	json_decref(line);
	return rc;
}

int
journal_each(const char *rundir, journal_seen_fn *fn, void *data,
    GError **error)
{
	g_autofree char *log = g_build_filename(rundir, "data", "log.jsonl", NULL);
	g_autofree char *warc = g_build_filename(rundir, "data",
	    "evidence.warc.gz", NULL);
	struct each e = { .path = warc, .fn = fn, .data = data, .error = error };
	uint64_t whole;
	int rc;

	e.fd = open(warc, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (e.fd < 0)
		return file_fail(error, warc, "open");
	rc = line_each(log, each_line, &e, &whole, error);
	close(e.fd);
	return rc;
}
