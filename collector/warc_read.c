/*
 * Reading WARC members back, one at a time, from bytes that nobody vouches for.
 */

#include <errno.h>
#include <openssl/crypto.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "collector/files.h"
#include "collector/warc.h"
#include "probes/text.h"

#define PIECE	32768

static int
fail(GError **error, uint64_t offset, const char *what)
{
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
	    "record at byte %" G_GUINT64_FORMAT ": %s", offset, what);
	return -1;
}

/* Inflates one member; its length, or 0 with an error.  At most max bytes of
 * record, so what a member claims to hold cannot take our memory. */
static uint64_t
inflate_member(int fd, uint64_t offset, uint64_t end, size_t max,
    GByteArray *out, GError **error)
{
	g_autofree Bytef *in = g_malloc(PIECE), *piece = g_malloc(PIECE);
	z_stream z = { 0 };
	uint64_t at = offset;
	const char *bad = NULL;
	int rc = Z_OK;

	if (inflateInit2(&z, 15 + 16) != Z_OK)
		g_error("zlib: no memory");
	while (rc != Z_STREAM_END && bad == NULL) {
		if (z.avail_in == 0) {
			size_t n = (size_t)MIN((uint64_t)PIECE, end - at);

			if (n == 0 || fd_pread(fd, in, n, at) < 0) {
				bad = "the file ends inside it";
				break;
			}
			at += n;
			z.next_in = in;
			z.avail_in = (uInt)n;
		}
		z.next_out = piece;
		z.avail_out = PIECE;
		rc = inflate(&z, Z_NO_FLUSH);
		g_byte_array_append(out, piece, PIECE - z.avail_out);
		if (rc != Z_OK && rc != Z_STREAM_END)
			bad = "no sound gzip member";
		else if (out->len > max)
			bad = "larger than any record of ours";
	}
	at -= z.avail_in;
	inflateEnd(&z);
	if (bad == NULL)
		return at - offset;
	fail(error, offset, bad);
	return 0;
}

static int
take_field(struct warc_member *m, const char *name, const char *value,
    uint64_t *length)
{
	if (strcmp(name, "WARC-Type") == 0)
		g_strlcpy(m->type, value, sizeof(m->type));
	else if (strcmp(name, "WARC-Target-URI") == 0)
		g_free(m->uri), m->uri = g_strdup(value);
	else if (strcmp(name, "WARC-Block-Digest") == 0)
		g_strlcpy(m->digest, value, sizeof(m->digest));
	else if (strcmp(name, "Goodcause-Record") == 0)
		return g_ascii_string_to_unsigned(value, 10, 1, G_MAXINT64,
		    &m->record, NULL) ? 0 : -1;
	else if (strcmp(name, "Content-Length") == 0)
		return g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT64,
		    length, NULL) ? 0 : -1;
	return 0;
}

/* Lines "Name: value" of a head; FALSE where one is not. */
static gboolean
take_head(struct warc_member *m, const char *head, uint64_t *length)
{
	g_auto(GStrv) lines = g_strsplit(head, "\r\n", 64);

	if (g_strv_length(lines) < 2 || strcmp(lines[0], "WARC/1.1") != 0)
		return FALSE;
	for (char **l = lines + 1; *l != NULL; l++) {
		char *colon = strstr(*l, ": ");

		if (colon == NULL)
			return FALSE;
		*colon = '\0';
		if (take_field(m, *l, colon + 2, length) < 0)
			return FALSE;
	}
	return TRUE;
}

static int
take_record(struct warc_member *m, GByteArray *whole, GError **error)
{
	const char *bytes = (const char *)whole->data, *end;
	g_autofree char *head = NULL;
	uint64_t length = G_MAXUINT64;
	size_t skip;

	end = whole->len == 0 ? NULL : g_strstr_len(bytes,
	    (gssize)MIN(whole->len, WARC_HEAD_MAX), "\r\n\r\n");
	if (end == NULL)
		return fail(error, m->offset, "no WARC head");
	head = g_strndup(bytes, (size_t)(end - bytes));
	skip = (size_t)(end - bytes) + 4;
	if (!take_head(m, head, &length))
		return fail(error, m->offset, "a WARC head that is not ours");
	if (whole->len < skip + 4 || length != whole->len - skip - 4 ||
	    memcmp(whole->data + whole->len - 4, "\r\n\r\n", 4) != 0)
		return fail(error, m->offset, "its length is not what it says");
	m->block = g_bytes_new(whole->data + skip, (size_t)length);
	text_sha256(m->sha256, whole->data + skip, (size_t)length);
	return 0;
}

int
warc_read(int fd, uint64_t offset, size_t max, struct warc_member *m,
    GError **error)
{
	g_autoptr(GByteArray) whole = g_byte_array_new();
	struct stat st;

	memset(m, 0, sizeof(*m));
	m->uri = g_strdup("");
	m->offset = offset;
	if (fstat(fd, &st) < 0)
		return fail(error, offset, g_strerror(errno));
	if (offset == (uint64_t)st.st_size)
		return 0;
	if (offset > (uint64_t)st.st_size)
		return fail(error, offset, "the file ends before it");
	m->len = inflate_member(fd, offset, (uint64_t)st.st_size,
	    max + WARC_HEAD_MAX, whole, error);
	if (m->len == 0 || take_record(m, whole, error) < 0)
		return -1;
	return 1;
}

void
warc_member_clear(struct warc_member *m)
{
	g_clear_pointer(&m->uri, g_free);
	g_clear_pointer(&m->block, g_bytes_unref);
}

GBytes *
warc_kept(int fd, const struct kept *kept, GError **error)
{
	struct warc_member m;
	GBytes *block = NULL;
	int rc = warc_read(fd, kept->offset, WARC_BLOCK_MAX, &m, error);

	if (rc == 0)
		fail(error, kept->offset, "the file ends before it");
	else if (rc > 0 && (m.len != kept->len ||
	    g_bytes_get_size(m.block) != kept->size ||
	    strcmp(m.sha256, kept->sha256) != 0))
		fail(error, kept->offset, "its bytes do not match the log");
	else if (rc > 0)
		block = g_bytes_ref(m.block);
	warc_member_clear(&m);
	return block;
}
