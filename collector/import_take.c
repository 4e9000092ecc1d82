/*
 * A file is taken in this order; whatever is killed leaves nothing half.
 *
 * 1. Open it where the shell sees it; hash it.  The case has these bytes as this
 *    kind already: said, and no more.
 * 2. Copy it to imports/SHA256, hashed again on the way, synced, named, the
 *    folder synced.
 * 3. Read the copy, which finds the time zones that it names; keep their files
 *    in the same way.
 * 4. Append the line of imports.jsonl, synced; then the ledger's.
 */

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/chainfile.h"
#include "collector/files.h"
#include "collector/import_priv.h"
#include "collector/seal.h"
#include "probes/seam.h"
#include "probes/text.h"

#define PIECE	(256u << 10)

/* ---- copying */

struct copying {
	int		 from;
	char		 hash[65];
	uint64_t	 size;
};

/* Hashes what is read, and writes it to fd unless that is -1. */
static int
copy(int fd, void *arg)
{
	struct copying *c = arg;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	g_autofree char *buf = g_malloc(PIECE);
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	ssize_t n;
	int rc = 0;

	c->size = 0;
	EVP_DigestInit_ex(ctx, EVP_sha256(), NULL);
	while (rc == 0 && (n = pread(c->from, buf, PIECE,
	    (off_t)c->size)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			rc = -1;
			break;
		}
		EVP_DigestUpdate(ctx, buf, (size_t)n);
		c->size += (uint64_t)n;
		if (fd >= 0)
			rc = fd_write(fd, buf, (size_t)n);
	}
	EVP_DigestFinal_ex(ctx, raw, &len);
	EVP_MD_CTX_free(ctx);
	text_hex(c->hash, raw, len);
	return rc;
}

static int
copy_same(int fd, void *arg)
{
	struct copying *c = arg;
	struct copying again = { .from = c->from };

	if (copy(fd, &again) != 0)
		return -1;
	if (strcmp(again.hash, c->hash) == 0)
		return 0;
	errno = ESTALE;
	return -1;
}

/* Whether imports/HASH is there and whole; a stranger's file is an error. */
static int
have(const char *path, const char *hash, GError **e)
{
	struct file_sums sums;
	struct stat st;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? 0 : file_fail(e, path, "look at");
	if (file_sums(path, &sums, e) != 0)
		return -1;
	if (strcmp(sums.sha256, hash) == 0)
		return 1;
	g_set_error(e, CASE_ERROR, CASE_ERROR_IO, "%s: its bytes are not those "
	    "of its name\nMove it away, then import again.", path);
	return -1;
}

static int
keep_copy(const char *dir, struct copying *c, GError **e)
{
	g_autofree char *folder = g_build_filename(dir, "imports", NULL);
	g_autofree char *path = imports_file(dir, c->hash);
	struct stat st;
	int there;

	if (lstat(folder, &st) != 0 && dir_make(folder, e) != 0)
		return -1;
	there = have(path, c->hash, e);
	if (there != 0)
		return there < 0 ? -1 : 0;
	if (file_put_filled(path, copy_same, c, 0444, e) != 0)
		return -1;
	return dir_sync(folder, e);
}

static int
keep_bytes(const char *dir, GBytes *bytes, char hash[65], GError **e)
{
	gsize len;
	const void *data = g_bytes_get_data(bytes, &len);
	g_autofree char *path = NULL;
	int there;

	text_sha256(hash, data, len);
	path = imports_file(dir, hash);
	there = have(path, hash, e);
	if (there != 0)
		return there < 0 ? -1 : 0;
	return file_put_mode(path, data, len, 0444, e);
}

/* ---- time zones */

struct found_zones {
	GPtrArray	*named;		/* char *: name, hash, ... */
	const char	*dir;
	GError		*e;
};

/* The machine's own file for the zone, kept as the log's. */
static GBytes *
find_zone(const char *name, void *arg)
{
	struct found_zones *f = arg;
	g_autofree char *path = g_build_filename(ZONES_FROM, name, NULL);
	g_autofree char *real = realpath(path, NULL);
	g_autoptr(GBytes) bytes = NULL;
	struct tz *z;
	char hash[65];
	gsize len;
	const void *data;

	if (real == NULL || !g_str_has_prefix(real, ZONES_FROM "/") ||
	    (bytes = file_get(real, ZONE_FILE_MAX, NULL)) == NULL)
		return NULL;
	data = g_bytes_get_data(bytes, &len);
	z = tz_read(data, len);
	if (z == NULL)
		return NULL;
	tz_free(z);
	if (f->e != NULL || keep_bytes(f->dir, bytes, hash, &f->e) != 0)
		return NULL;
	g_ptr_array_add(f->named, g_strdup(name));
	g_ptr_array_add(f->named, g_strdup(hash));
	return g_steal_pointer(&bytes);
}

/* ---- the line */

static json_t *
elements_json(char **elements)
{
	json_t *list = json_array();

	for (; elements != NULL && *elements != NULL; elements++)
		json_array_append_new(list, json_string(*elements));
	return list;
}

static json_t *
zones_json(const GPtrArray *named)
{
	json_t *o = json_object();

	for (guint i = 0; i + 1 < named->len; i += 2)
		json_object_set_new(o, named->pdata[i],
		    json_string(named->pdata[i + 1]));
	return o;
}

static json_t *
line_json(const struct import *im, const struct import_said *said,
    const GPtrArray *zones)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:I, s:o, s:o, s:o, s:o, s:o, "
	    "s:s, s:o}", "kind", import_kind_name(im->kind), "exhibit",
	    im->exhibit, "sha256", im->sha256, "size", (json_int_t)im->size,
	    "file", text_json(im->file, strlen(im->file)),
	    "who", text_json(said->who, strlen(said->who)),
	    "label", text_json(said->label, strlen(said->label)),
	    "describe", text_json(said->describe, strlen(said->describe)),
	    "entity", text_json(said->entity, strlen(said->entity)),
	    "from", im->kind == IMPORT_MAIL ? mail_from_name(said->whose) : "",
	    "elements", elements_json(said->elements));

	json_object_set_new(o, "zones", zones_json(zones));
	json_object_set_new(o, "program", json_string(goodcause_version));
	return o;
}

/* Appends it, and reads it as it will be read again. */
static struct stored *
write_line(const char *dir, const struct import *im,
    const struct import_said *said, const GPtrArray *zones,
    GPtrArray *known, GError **e)
{
	g_autofree char *path = imports_file(dir, "imports.jsonl");
	g_autofree char *folder = g_build_filename(dir, "imports", NULL);
	g_autofree char *line = NULL;
	struct stored *s;

	if (chainfile_append(path, NULL, line_json(im, said, zones), &line,
	    e) != 0 || dir_sync(folder, e) != 0)
		return NULL;
	s = stored_read(line, strlen(line) - 1);
	if (s == NULL || s->im->number != known->len + 1)
		g_error("imports.jsonl: a line cannot be read back");
	g_ptr_array_add(known, s);
	return s;
}

/* ---- a file */

static int
open_file(const char *file, struct stat *st, GError **e)
{
	int fd = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return file_fail(e, file, "open");
	if (fstat(fd, st) == 0 && S_ISREG(st->st_mode) && st->st_size > 0)
		return fd;
	g_set_error(e, CASE_ERROR, CASE_ERROR_USAGE, "%s: %s", file,
	    S_ISDIR(st->st_mode) ? "a folder, not a file" :
	    S_ISREG(st->st_mode) ? "empty: there is nothing to import" :
	    "not a plain file");
	close(fd);
	return -1;
}

static struct stored *
find_same(const GPtrArray *known, enum import_kind kind, const char *hash)
{
	for (guint i = 0; i < known->len; i++) {
		struct stored *s = known->pdata[i];

		if (s->im->kind == kind && *s->im->withdrawn == '\0' &&
		    strcmp(s->im->sha256, hash) == 0)
			return s;
	}
	return NULL;
}

static char *
valid_name(const char *file)
{
	g_autofree char *base = g_path_get_basename(file);

	return g_utf8_validate(base, -1, NULL) ? g_steal_pointer(&base) :
	    g_strescape(base, NULL);
}

/* Reads the kept copy as it is now being imported. */
static int
first_reading(int fd, struct stored *draft,
    const struct copying *c, struct found_zones *zones,
    struct import_tally *tally, GError **e)
{
	struct tz_set *z = tz_set_new(find_zone, zones);
	char hash[65];
	int rc = import_fill(fd, draft, z, tally, hash, e);

	tz_set_free(z);
	if (rc == 0 && zones->e != NULL) {
		g_propagate_error(e, g_steal_pointer(&zones->e));
		rc = -1;
	}
	g_clear_error(&zones->e);
	if (rc == 0 && strcmp(hash, c->hash) != 0) {
		errno = ESTALE;
		rc = file_fail(e, draft->im->file, "read");
	}
	return rc;
}

static struct stored *
draft_new(const char *file, const struct import_said *said,
    const struct copying *c, const GPtrArray *known)
{
	struct stored *s = g_new0(struct stored, 1);
	struct import *im = s->im = import_new(said->kind);
	char at[32];

	text_time_s(at, clock_wall_us());
	g_free(im->file);
	g_free(im->sha256);
	g_free(im->exhibit);
	g_free(im->at);
	im->file = valid_name(file);
	im->sha256 = g_strdup(c->hash);
	im->exhibit = import_exhibit(said->kind, known);
	im->at = g_strdup(at);
	im->size = c->size;
	s->whose = said->whose;
	return s;
}

/* What the first reading found goes to the entry that is in the list. */
static void
move_reading(struct import *from, struct import *to)
{
	struct import old = *to;

	to->problems = from->problems;
	to->columns = from->columns;
	to->examples = from->examples;
	to->said = from->said;
	to->said_last = from->said_last;
	to->chunk = from->chunk;
	to->rows = from->rows;
	to->mail = from->mail;
	to->bytes = from->bytes;
	to->counted = from->counted;
	from->problems = old.problems;
	from->columns = old.columns;
	from->examples = old.examples;
	from->said = old.said;
	from->said_last = old.said_last;
	from->chunk = old.chunk;
	from->rows = old.rows;
	from->mail = old.mail;
	from->bytes = old.bytes;
}

static struct stored *
take_new(const char *dir, int fd, const char *file,
    const struct import_said *said, struct copying *c, GPtrArray *known,
    struct import_tally *tally, GError **e)
{
	struct found_zones zones = { .dir = dir,
	    .named = g_ptr_array_new_with_free_func(g_free) };
	struct stored *draft = draft_new(file, said, c, known), *s = NULL;

	if (keep_copy(dir, c, e) == 0 &&
	    first_reading(fd, draft, c, &zones, tally, e) == 0)
		s = write_line(dir, draft->im, said, zones.named, known, e);
	if (s != NULL)
		move_reading(draft->im, s->im);
	g_ptr_array_unref(zones.named);
	stored_free(draft);
	if (s != NULL && import_tell(dir, s, e) != 0)
		return NULL;
	return s;
}

enum taken
import_take(const char *dir, const char *file, const struct import_said *said,
    GPtrArray *known, struct stored **at, struct import_tally *tally,
    GError **e)
{
	struct copying c;
	struct stat st;
	enum taken how = TAKEN_NOT;

	*at = NULL;
	c.from = open_file(file, &st, e);
	if (c.from < 0)
		return TAKEN_NOT;
	if (copy(-1, &c) != 0) {
		file_fail(e, file, "read");
	} else if ((*at = find_same(known, said->kind, c.hash)) != NULL) {
		how = TAKEN_ALREADY;
	} else {
		*at = take_new(dir, c.from, file, said, &c, known, tally, e);
		how = *at != NULL ? TAKEN : TAKEN_NOT;
	}
	close(c.from);
	return how;
}
