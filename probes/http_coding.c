#include <brotli/decode.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "probes/http_coding.h"

#define STEP		16384	/* bytes taken out of a decoder at once */
#define ZSTD_WINDOW	23	/* log2; RFC 9659 */

/* What comes out, up to one byte more than is kept. */
struct sink {
	GByteArray	*out;
	gsize		 max;
	guint8		 buf[STEP];
};

static gsize
sink_room(const struct sink *s)
{
	return MIN((gsize)STEP, s->max + 1 - s->out->len);
}

static void
sink_take(struct sink *s, gsize n)
{
	g_byte_array_append(s->out, s->buf, (guint)n);
}

static gboolean
sink_is_full(const struct sink *s)
{
	return s->out->len > s->max;
}

/* ---- each decoder: TRUE where all of the bytes came out */

/* Servers' "deflate" is zlib or bare deflate; the first two bytes tell. */
static int
deflate_window(const guint8 *p, gsize n)
{
	if (n >= 2 && (p[0] & 15) == Z_DEFLATED && (p[0] * 256 + p[1]) % 31 == 0)
		return MAX_WBITS;
	return -MAX_WBITS;
}

static gboolean
inflate_all(const guint8 *p, gsize n, int window, struct sink *s)
{
	z_stream z = { .next_in = (z_const Bytef *)p, .avail_in = (uInt)n };
	int rc;

	if (inflateInit2(&z, window) != Z_OK)
		g_error("http_coding: zlib could not begin");
	do {
		gsize room = sink_room(s);

		z.next_out = s->buf;
		z.avail_out = (uInt)room;
		rc = inflate(&z, Z_NO_FLUSH);
		sink_take(s, room - z.avail_out);
	} while (rc == Z_OK && !sink_is_full(s) && (z.avail_in > 0 ||
	    z.avail_out == 0));
	inflateEnd(&z);
	return rc == Z_STREAM_END;
}

static gboolean
gzip_undo(const guint8 *p, gsize n, struct sink *s)
{
	return inflate_all(p, n, MAX_WBITS + 16, s);
}

static gboolean
deflate_undo(const guint8 *p, gsize n, struct sink *s)
{
	return inflate_all(p, n, deflate_window(p, n), s);
}

static gboolean
br_undo(const guint8 *p, gsize n, struct sink *s)
{
	BrotliDecoderState *d = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	BrotliDecoderResult rc;

	if (d == NULL)
		g_error("http_coding: brotli could not begin");
	do {
		gsize room = sink_room(s), left = room;
		guint8 *to = s->buf;

		rc = BrotliDecoderDecompressStream(d, &n, &p, &left, &to, NULL);
		sink_take(s, room - left);
	} while (rc == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT &&
	    !sink_is_full(s));
	BrotliDecoderDestroyInstance(d);
	return rc == BROTLI_DECODER_RESULT_SUCCESS;
}

/* Whether another frame begins, one to be skipped (RFC 8878 3.1.2) included. */
static gboolean
zstd_begins(const ZSTD_inBuffer *in)
{
	const guint8 *p = (const guint8 *)in->src + in->pos;
	guint32 magic;

	if (in->size - in->pos < 4)
		return FALSE;
	magic = p[0] | (guint32)p[1] << 8 | (guint32)p[2] << 16 |
	    (guint32)p[3] << 24;
	return magic == ZSTD_MAGICNUMBER || (magic &
	    ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START;
}

/* Large and slow to make: made once, and begun anew for each body. */
static ZSTD_DCtx *
zstd_decoder(void)
{
	static ZSTD_DCtx *d;

	if (d == NULL)
		d = ZSTD_createDCtx();
	if (d == NULL || ZSTD_isError(ZSTD_DCtx_reset(d,
	    ZSTD_reset_session_and_parameters)) ||
	    ZSTD_isError(ZSTD_DCtx_setParameter(d, ZSTD_d_windowLogMax,
	    ZSTD_WINDOW)))
		g_error("http_coding: zstd could not begin");
	return d;
}

static gboolean
zstd_undo(const guint8 *p, gsize n, struct sink *s)
{
	ZSTD_DCtx *d = zstd_decoder();
	ZSTD_inBuffer in = { .src = p, .size = n };
	size_t rc;

	for (;;) {
		ZSTD_outBuffer out = { .dst = s->buf, .size = sink_room(s) };
		size_t before = in.pos;

		rc = ZSTD_decompressStream(d, &out, &in);
		sink_take(s, out.pos);
		if (ZSTD_isError(rc) || sink_is_full(s) ||
		    (rc == 0 && !zstd_begins(&in)) ||
		    (rc != 0 && in.pos == before && out.pos == 0))
			break;
	}
	return rc == 0;
}

static const struct {
	const char	*name;
	gboolean	(*undo)(const guint8 *, gsize, struct sink *);
} codings[] = {
	{ "gzip", gzip_undo }, { "x-gzip", gzip_undo },
	{ "deflate", deflate_undo }, { "br", br_undo }, { "zstd", zstd_undo },
};

static GBytes *
undo(GBytes *in, gboolean (*with)(const guint8 *, gsize, struct sink *),
    gsize max, gboolean *cut)
{
	struct sink *s = g_new(struct sink, 1);
	GByteArray *out = g_byte_array_new();
	gsize n;
	const guint8 *p = g_bytes_get_data(in, &n);

	s->out = out;
	s->max = max;
	if (!with(p, n, s) || sink_is_full(s))
		*cut = TRUE;
	if (out->len > max)
		g_byte_array_set_size(out, (guint)max);
	g_free(s);
	return g_byte_array_free_to_bytes(out);
}

GBytes *
http_coding_undo(GBytes *in, const char *coding, gsize max, gboolean *cut)
{
	if (*coding == '\0' || g_ascii_strcasecmp(coding, "identity") == 0 ||
	    g_bytes_get_size(in) == 0)
		return g_bytes_ref(in);
	for (gsize i = 0; i < G_N_ELEMENTS(codings); i++)
		if (g_ascii_strcasecmp(coding, codings[i].name) == 0)
			return undo(in, codings[i].undo, max, cut);
	return NULL;
}
