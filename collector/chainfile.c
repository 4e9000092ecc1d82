#include "collector/chainfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/files.h"
#include "probes/seam.h"
#include "probes/text.h"

#define CHAIN_LINE	(64u << 10)	/* bytes of a line, LF included */

/* The last whole line, LF included, and where the whole lines end. */
struct tail {
	char		*line;		/* NULL: no line yet */
	size_t		 len;
	uint64_t	 whole, size;
};

static int
read_tail(int fd, const char *path, struct tail *t, GError **e)
{
	struct stat st;
	g_autofree char *buf = NULL;
	size_t n, end, begin;

	memset(t, 0, sizeof(*t));
	if (fstat(fd, &st) != 0)
		return file_fail(e, path, "read");
	t->size = (uint64_t)st.st_size;
	n = (size_t)MIN(t->size, 2 * CHAIN_LINE);
	buf = g_malloc(n + 1);
	if (fd_pread(fd, buf, n, t->size - n) != 0)
		return file_fail(e, path, "read");
	for (end = n; end > 0 && buf[end - 1] != '\n'; end--)
		;
	t->whole = t->size - (n - end);
	if (end == 0 && t->size <= n)
		return 0;
	for (begin = end; begin > 1 && buf[begin - 2] != '\n'; begin--)
		;
	if (begin > 0)
		begin--;
	if (end == 0 || (begin == 0 && t->size > n)) {
		g_set_error(e, CASE_ERROR, CASE_ERROR_IO,
		    "%s: the last line is longer than 64 KiB", path);
		return -1;
	}
	t->len = end - begin;
	t->line = g_strndup(buf + begin, t->len);
	return 0;
}

/* Moves what is torn aside; members tell of it. */
static int
mend(int fd, const char *path, const struct tail *t, json_t *line, GError **e)
{
	size_t n = (size_t)(t->size - t->whole);
	g_autofree char *torn = g_strconcat(path, ".torn", NULL);
	g_autofree char *buf = g_malloc(n + 1);
	int out, rc = -1;

	if (n == 0)
		return 0;
	out = open(torn, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
	    0644);
	if (out < 0)
		return file_fail(e, torn, "write");
	if (fd_pread(fd, buf, n, t->whole) != 0 ||
	    fd_write(out, buf, n) != 0 || fsync(out) != 0 ||
	    ftruncate(fd, (off_t)t->whole) != 0)
		rc = file_fail(e, torn, "write");
	else
		rc = 0;
	close(out);
	json_object_set_new(line, "torn_bytes", json_integer((json_int_t)n));
	return rc;
}

static json_t *
begin_line(const struct tail *t, const char *event, const char *path,
    GError **e)
{
	char at[32], prev[65] = "";
	json_int_t n = 0;
	json_t *line;

	if (t->line != NULL) {
		json_t *last = json_loadb(t->line, t->len, 0, NULL);

		n = json_integer_value(json_object_get(last, "n"));
		json_decref(last);
		if (n <= 0) {
			g_set_error(e, CASE_ERROR, CASE_ERROR_IO,
			    "%s: the last line is not one of a chain", path);
			return NULL;
		}
		text_sha256(prev, t->line, t->len);
	}
	text_time_s(at, clock_wall_us());
	line = json_pack("{s:I, s:s}", "n", n + 1, "at", at);
	if (event != NULL)
		json_object_set_new(line, "event", json_string(event));
	json_object_set_new(line, "prev", json_string(prev));
	return line;
}

static int
write_line(int fd, const char *path, const json_t *line, char **written,
    GError **e)
{
	char *text = json_dumps(line, JSON_COMPACT);
	g_autofree char *whole = g_strconcat(text, "\n", NULL);
	size_t len = strlen(whole);
	int rc = 0;

	free(text);
	if (len > CHAIN_LINE) {
		g_set_error(e, CASE_ERROR, CASE_ERROR_IO,
		    "%s: a line would be longer than 64 KiB", path);
		return -1;
	}
	if (fd_write(fd, whole, len) != 0 || fdatasync(fd) != 0)
		rc = file_fail(e, path, "write");
	else if (written != NULL)
		*written = g_steal_pointer(&whole);
	return rc;
}

static int
append(int fd, const char *path, const char *event, json_t *members,
    char **written, GError **e)
{
	struct tail t;
	json_t *line = NULL;
	int rc = -1;

	if (read_tail(fd, path, &t, e) != 0)
		return -1;
	line = begin_line(&t, event, path, e);
	if (line != NULL && mend(fd, path, &t, line, e) == 0) {
		json_object_update_missing(line, members);
		rc = write_line(fd, path, line, written, e);
	}
	json_decref(line);
	g_free(t.line);
	return rc;
}

int
chainfile_append(const char *path, const char *event, json_t *members,
    char **written, GError **e)
{
	int fd, rc = -1;

	fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
	    0644);
	if (fd < 0) {
		file_fail(e, path, "write");
		goto out;
	}
	while ((rc = flock(fd, LOCK_EX)) != 0 && errno == EINTR)
		;
	if (rc != 0)
		file_fail(e, path, "lock");
	else
		rc = append(fd, path, event, members, written, e);
	close(fd);
out:
	json_decref(members);
	return rc;
}

char *
chainfile_tip(const char *path)
{
	char hash[65] = "";
	struct tail t;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return g_strdup("");
	if (read_tail(fd, path, &t, NULL) == 0 && t.line != NULL)
		text_sha256(hash, t.line, t.len);
	g_free(t.line);
	close(fd);
	return g_strdup(hash);
}
