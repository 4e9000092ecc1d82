#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "collector/files.h"
#include "collector/rows.h"

#define TEXT_MAX	65536	/* bytes of one string; a longer one is cut */

struct rows {
	FILE	*file;
	int	 failed;
	GString	*name, *type, *target;	/* of the row that was read last */
};

/* What precedes the strings of a row. */
struct head {
	uint64_t	 n;
	uint32_t	 kind, name, type, target;	/* lengths */
};

static int
unnamed(const char *dir)
{
	int fd = open(dir, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
	g_autofree char *path = NULL;

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	path = g_build_filename(dir, "rows.XXXXXX", NULL);
	fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		unlink(path);
	return fd;
}

struct rows *
rows_new(const char *dir, GError **error)
{
	int fd = unnamed(dir);
	struct rows *r;

	if (fd < 0) {
		file_fail(error, dir, "make a file in");
		return NULL;
	}
	r = g_new0(struct rows, 1);
	r->file = fdopen(fd, "w+");
	r->name = g_string_new(NULL);
	r->type = g_string_new(NULL);
	r->target = g_string_new(NULL);
	return r;
}

void
rows_free(struct rows *r)
{
	if (r == NULL)
		return;
	if (r->file != NULL)
		fclose(r->file);
	g_string_free(r->name, TRUE);
	g_string_free(r->type, TRUE);
	g_string_free(r->target, TRUE);
	g_free(r);
}

int
rows_failed(const struct rows *r)
{
	return r->failed;
}

static void
put(struct rows *r, const void *p, size_t len)
{
	if (r->failed == 0 && fwrite(p, 1, len, r->file) != len)
		r->failed = errno;
}

static uint32_t
length(const char *s)
{
	return (uint32_t)MIN(strlen(s), TEXT_MAX);
}

void
rows_add(struct rows *r, const struct exchange *x)
{
	const char *target = x->target != NULL ? x->target : "";
	struct head h = { x->n, x->q->kind, length(x->q->name),
	    length(x->q->type), length(target) };

	put(r, &h, sizeof(h));
	put(r, x->q->name, h.name);
	put(r, x->q->type, h.type);
	put(r, target, h.target);
}

static gboolean
get(struct rows *r, void *p, size_t len)
{
	if (len == 0 || fread(p, 1, len, r->file) == len)
		return TRUE;
	if (ferror(r->file))
		r->failed = errno;
	return FALSE;
}

static gboolean
get_text(struct rows *r, GString *s, uint32_t len)
{
	g_string_set_size(s, len);
	return get(r, s->str, len);
}

static gboolean
rows_next(void *arg, uint64_t *at, struct exhibit_row *out)
{
	struct rows *r = arg;
	struct head h;

	/* Also between writing and reading, as fopen(3) wants it. */
	if (*at == 0 && fseek(r->file, 0, SEEK_SET) != 0)
		r->failed = errno;
	++*at;
	if (r->failed != 0 || !get(r, &h, sizeof(h)) ||
	    !get_text(r, r->name, h.name) || !get_text(r, r->type, h.type) ||
	    !get_text(r, r->target, h.target))
		return FALSE;
	*out = (struct exhibit_row){ h.n, h.kind, r->name->str, r->type->str,
	    r->target->str };
	return TRUE;
}

struct exhibit_rows
rows_all(struct rows *r)
{
	struct exhibit_rows all = { rows_next, r };

	return all;
}
