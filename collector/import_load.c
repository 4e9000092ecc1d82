/* A file of the store, read into the import that its line began. */

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collector/case.h"
#include "collector/files.h"
#include "collector/import_priv.h"
#include "collector/mail.h"
#include "probes/text.h"

#define PIECE	(256u << 10)

/* ---- pieces of an open file */

struct pieces {
	int		 fd;
	uint64_t	 at;
	int		 failed;	/* errno */
};

static size_t
piece(void *arg, void *to, size_t max)
{
	struct pieces *p = arg;
	ssize_t n;

	do
		n = pread(p->fd, to, max, (off_t)p->at);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		p->failed = errno;
		return 0;
	}
	p->at += (uint64_t)n;
	return (size_t)n;
}

/* The hash of all of it and, for a table, how it is written. */
static int
survey(int fd, struct text_survey *s, char hash[65])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct pieces p = { .fd = fd };
	g_autofree char *buf = g_malloc(PIECE);
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	size_t got;

	EVP_DigestInit_ex(ctx, EVP_sha256(), NULL);
	if (s != NULL)
		text_survey_begin(s);
	while ((got = piece(&p, buf, PIECE)) > 0) {
		EVP_DigestUpdate(ctx, buf, got);
		if (s != NULL)
			text_survey_add(s, buf, got);
	}
	if (s != NULL)
		text_survey_end(s);
	EVP_DigestFinal_ex(ctx, raw, &n);
	EVP_MD_CTX_free(ctx);
	text_hex(hash, raw, n);
	errno = p.failed;
	return p.failed == 0 ? 0 : -1;
}

/* ---- by kind */

static GBytes *
all_of(int fd, uint64_t size)
{
	g_autofree char *buf = g_try_malloc(size + 1);

	if (buf == NULL || fd_pread(fd, buf, size, 0) != 0)
		return NULL;
	return g_bytes_new_take(g_steal_pointer(&buf), size);
}

static void
too_large(struct import *im)
{
	g_ptr_array_add(im->problems, g_strdup_printf("%s:1:1: larger than %u "
	    "MiB; it is kept, and its words are not used", im->file,
	    IMPORT_BYTES_FILE >> 20));
}

static void
fill_file(struct stored *s)
{
	struct import *im = s->im;

	if (im->bytes == NULL)
		too_large(im);
	if (im->kind != IMPORT_MAIL)
		return;
	im->mail = im->bytes != NULL ? mail_read(im->bytes, s->whose) :
	    mail_new();
	for (guint i = 0; i < im->mail->problems->len; i++) {
		char **p = (char **)&im->mail->problems->pdata[i];
		g_autofree char *was = *p;

		*p = g_strconcat(im->file, ":", was, NULL);
	}
	if (*im->mail->date != '\0' && strcmp(im->mail->date, im->at) > 0)
		g_ptr_array_add(im->mail->problems, g_strdup_printf("%s:1:1: "
		    "its date is after the file was imported", im->file));
	im->mail->whose = s->whose;
}

int
import_fill(int fd, struct stored *s, struct tz_set *zones,
    struct import_tally *tally, char hash[65], GError **e)
{
	struct import *im = s->im;
	gboolean table = import_is_table(im->kind);
	g_autofree struct text_survey *text = g_new(struct text_survey, 1);
	struct pieces p = { .fd = fd };
	const struct csv_source source = { piece, &p };

	memset(tally, 0, sizeof(*tally));
	if (survey(fd, table ? text : NULL, hash) != 0)
		return file_fail(e, im->file, "read");
	if (im->size <= (table ? IMPORT_BYTES_TABLE : IMPORT_BYTES_FILE) &&
	    (im->bytes = all_of(fd, im->size)) == NULL)
		return file_fail(e, im->file, "read");
	if (!table) {
		fill_file(s);
		return 0;
	}
	import_rows(im, text, &source, zones, tally);
	errno = p.failed;
	return p.failed == 0 ? 0 : file_fail(e, im->file, "read");
}

/* ---- of the store */

struct kept_zones {
	const char	*dir;
	const struct stored *s;
	GError		**e;
	gboolean	 failed;
};

/* The zone's file as it was when the log was imported. */
static GBytes *
kept_zone(const char *name, void *arg)
{
	struct kept_zones *k = arg;
	char **z = k->s->zones;

	for (; *z != NULL; z += 2) {
		g_autofree char *path = imports_file(k->dir, z[1]);
		g_autoptr(GBytes) bytes = NULL;
		char hash[65];
		gsize len;
		const void *data;

		if (strcmp(z[0], name) != 0 || k->failed)
			continue;
		bytes = file_get(path, ZONE_FILE_MAX, k->e);
		k->failed = bytes == NULL;
		if (k->failed)
			return NULL;
		data = g_bytes_get_data(bytes, &len);
		text_sha256(hash, data, len);
		if (strcmp(hash, z[1]) == 0)
			return g_steal_pointer(&bytes);
		k->failed = TRUE;
		g_set_error(k->e, CASE_ERROR, CASE_ERROR_IO, "%s: its bytes "
		    "are not those of its name", path);
	}
	return NULL;
}

static int
differs(const char *path, const struct import *im, GError **e)
{
	g_set_error(e, CASE_ERROR, CASE_ERROR_IO, "%s: its bytes are not those "
	    "that were imported as %s (%s)\nPut the file back as it was; "
	    "\"goodcause verify\" says what else differs.", path, im->id,
	    im->file);
	return -1;
}

int
imports_read(const char *dir, struct stored *s, struct import_tally *tally,
    GError **e)
{
	g_autofree char *path = imports_file(dir, s->im->sha256);
	struct import_tally own;
	struct kept_zones k = { .dir = dir, .s = s, .e = e };
	struct tz_set *zones;
	struct stat st;
	char hash[65];
	int fd, rc;

	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return file_fail(e, path, "open");
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (uint64_t)st.st_size != s->im->size) {
		close(fd);
		return differs(path, s->im, e);
	}
	zones = tz_set_new(kept_zone, &k);
	rc = import_fill(fd, s, zones, tally != NULL ? tally : &own, hash,
	    k.failed ? NULL : e);
	tz_set_free(zones);
	close(fd);
	if (rc == 0 && k.failed)
		return -1;
	if (rc == 0 && strcmp(hash, s->im->sha256) != 0)
		return differs(path, s->im, e);
	return rc;
}
