#include <zlib.h>

#include "collector/member.h"

#define LEVEL	1
#define END	"\r\n\r\n"	/* of a record */
#define END_LEN	4
#define STORED	1024		/* smaller records are not compressed */
/* A small record does not pay for clearing the tables of a large window. */
#define SMALL	4096

struct members {
	z_stream	 small, large;
	gz_header	 gzip;
};

struct members *
members_new(void)
{
	struct members *m = g_new0(struct members, 1);

	m->gzip.os = 255;
	if (deflateInit2(&m->small, LEVEL, Z_DEFLATED, 12 + 16, 5,
	    Z_DEFAULT_STRATEGY) != Z_OK ||
	    deflateInit2(&m->large, LEVEL, Z_DEFLATED, 15 + 16, 8,
	    Z_DEFAULT_STRATEGY) != Z_OK)
		g_error("zlib: no memory for two streams");
	return m;
}

void
members_free(struct members *m)
{
	if (m == NULL)
		return;
	deflateEnd(&m->small);
	deflateEnd(&m->large);
	g_free(m);
}

static int
deflate_part(z_stream *z, GByteArray *out, const void *bytes, size_t len,
    int flush)
{
	int rc;

	z->next_in = (z_const Bytef *)(uintptr_t)bytes;
	z->avail_in = (uInt)len;
	do {
		guint was = out->len;

		g_byte_array_set_size(out, was + (guint)len / 2 + 512);
		z->next_out = out->data + was;
		z->avail_out = out->len - was;
		rc = deflate(z, flush);
		g_byte_array_set_size(out, out->len - z->avail_out);
		if (rc == Z_STREAM_ERROR)
			return -1;
	} while (flush == Z_FINISH ? rc != Z_STREAM_END : z->avail_in > 0);
	return 0;
}

static void
put_le(GByteArray *out, uint32_t v, unsigned bytes)
{
	guint8 b[4];

	for (unsigned i = 0; i < bytes; i++)
		b[i] = (guint8)(v >> 8 * i);
	g_byte_array_append(out, b, bytes);
}

/* A gzip member (RFC 1952) of one stored block (RFC 1951 3.2.4): of a record
 * that is mostly identifiers and digests, Deflate saves a sixth of the bytes at
 * twenty times the cost. */
static void
member_stored(GByteArray *out, const GString *head, const void *block,
    size_t len)
{
	static const guint8 start[10] = { 0x1f, 0x8b, 8, [9] = 255 };
	static const guint8 last = 1;
	uint32_t n = (uint32_t)(head->len + len + END_LEN);
	uLong sum;

	g_byte_array_append(out, start, sizeof(start));
	g_byte_array_append(out, &last, 1);
	put_le(out, n, 2);
	put_le(out, ~n, 2);
	g_byte_array_append(out, (const guint8 *)head->str,
	    (guint)head->len);
	if (len > 0)
		g_byte_array_append(out, block, (guint)len);
	g_byte_array_append(out, (const guint8 *)END, END_LEN);
	sum = crc32(0, out->data + out->len - n, n);
	put_le(out, (uint32_t)sum, 4);
	put_le(out, n, 4);
}

static int
member_deflated(struct members *m, GByteArray *out, const GString *head,
    const void *block, size_t len)
{
	z_stream *z = len < SMALL ? &m->small : &m->large;

	if (deflateReset(z) != Z_OK || deflateSetHeader(z, &m->gzip) != Z_OK ||
	    deflate_part(z, out, head->str, head->len, Z_NO_FLUSH) < 0 ||
	    (len > 0 && deflate_part(z, out, block, len, Z_NO_FLUSH) < 0))
		return -1;
	return deflate_part(z, out, END, END_LEN, Z_FINISH);
}

uint64_t
member_append(struct members *m, GByteArray *out, const GString *head,
    const void *block, size_t len)
{
	guint was = out->len;

	if (head->len + len < STORED)
		member_stored(out, head, block, len);
	else if (member_deflated(m, out, head, block, len) < 0)
		g_byte_array_set_size(out, was);
	return out->len - was;
}
