/* A killed run gone on with, and what a log already holds. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/files.h"
#include "collector/journal_priv.h"
#include "collector/line.h"
#include "probes/text.h"

/* --- going on ------------------------------------------------------------- */

static const char *
member_string(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s == NULL ? "" : s;
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

	while (warc_read(disk_file(s->j->disk, DISK_WARC)->fd, end, WARC_BLOCK_MAX, &m, NULL) > 0) {
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
move_aside(struct journal *j, struct disk_file *f, uint64_t sound,
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
	struct disk_file *log, *archive, *facts;
	uint64_t whole;

	if (journal_open(j, O_CREAT, error) < 0)
		return -1;
	log = disk_file(j->disk, DISK_LOG);
	archive = disk_file(j->disk, DISK_WARC);
	facts = disk_file(j->disk, DISK_FACTS);
	if (line_each(log->path, scan_line, &s, &whole, error) < 0 ||
	    move_aside(j, log, whole, "torn_log", resume, error) < 0 ||
	    move_aside(j, archive, archive_end(&s), "torn_warc", resume,
	    error) < 0)
		return -1;
	if (j->n == 0) {
		errno = EINVAL;
		return file_fail(error, log->path, "resume: no whole line");
	}
	if (ftruncate(facts->fd, 0) < 0)
		return file_fail(error, facts->path, "empty");
	facts->size = 0;
	j->archived = archive->size;
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
		if (journal_flush_first(j, error) == 0)
			return j;
	}
	journal_free(j);
	return NULL;
}

/* --- reading -------------------------------------------------------------- */

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
