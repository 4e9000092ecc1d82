#include <string.h>
#include <zlib.h>

#include "probes/http_coding.h"
#include "probes/http_message.h"

static void
parse(struct http_message *m, const char *s)
{
	g_assert_cmpint(http_message_parse(s, strlen(s), m), ==, 0);
}

static void
body_is(const struct http_message *m, const char *want)
{
	gsize n;
	const char *p = g_bytes_get_data(m->body, &n);

	g_assert_cmpuint(n, ==, strlen(want));
	g_assert_true(n == 0 || memcmp(p, want, n) == 0);
}

static void
plain(void)
{
	struct http_message m;

	parse(&m, "HTTP/1.1 200 OK\r\nServer: x\r\ncontent-LENGTH:  5 \r\n"
	    "no colon here\r\n: no name\r\nX-Fold: a\r\n\t b\r\n\r\nhello");
	g_assert_cmpint(m.status, ==, 200);
	g_assert_cmpint(m.minor, ==, 1);
	g_assert_cmpuint(m.odd, ==, 2);
	g_assert_cmpstr(http_header(&m, "SERVER"), ==, "x");
	g_assert_cmpstr(http_header(&m, "x-fold"), ==, "a b");
	g_assert_null(http_header(&m, "Date"));
	g_assert_false(m.truncated);
	body_is(&m, "hello");
	g_assert_cmpint(http_message_offset(&m, 1), ==, (gssize)m.start + 1);
	http_message_clear(&m);
	http_message_clear(&m);
}

static void
interim(void)
{
	struct http_message m;

	parse(&m, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\n"
	    "Link: x\r\n\r\nHTTP/1.0 404 Not\r\n\r\nbody");
	g_assert_cmpint(m.status, ==, 404);
	g_assert_cmpuint(m.interim, ==, 2);
	g_assert_null(http_header(&m, "Link"));
	body_is(&m, "body");
	http_message_clear(&m);
}

static void
chunked(void)
{
	const char *s = "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n"
	    "\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\n";
	struct http_message m;

	parse(&m, s);
	g_assert_true(m.chunked);
	g_assert_false(m.truncated);
	body_is(&m, "hello world");
	g_assert_cmpint(http_message_offset(&m, 4), ==,
	    strstr(s, "hello") - s + 4);
	g_assert_cmpint(http_message_offset(&m, 6), ==,
	    strstr(s, "world") - s);
	http_message_clear(&m);
}

/* What promised more than came is given as far as it came, and says so. */
static void
broken(void)
{
	static const struct {
		const char *text, *body;
	} cases[] = {
		{ "5\r\nhel", "hel" },
		{ "5\r\nhello\r\n", "hello" },
		{ "5\r\nhelloXX\r\n0\r\n\r\n", "hello" },
		{ "zz\r\nhello\r\n", "" },
		{ "-5\r\nhello\r\n", "" },
		{ "ffffffffffffffffff\r\nhello", "" },
		{ "10000000000\r\nhello", "hello" },
		{ "", "" },
		{ "5", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *s = g_strconcat("HTTP/1.1 200 OK\r\n"
		    "Transfer-Encoding: chunked\r\n\r\n", cases[i].text, NULL);
		struct http_message m;

		parse(&m, s);
		g_assert_true(m.truncated);
		body_is(&m, cases[i].body);
		http_message_clear(&m);
	}
}

static void
lengths(void)
{
	struct http_message m;

	parse(&m, "HTTP/1.1 200 OK\nContent-Length: 9\n\nshort");
	g_assert_true(m.truncated);
	body_is(&m, "short");
	http_message_clear(&m);
	parse(&m, "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nall of it");
	g_assert_true(m.truncated && m.ended && !m.unsure);
	body_is(&m, "all of it");
	http_message_clear(&m);
	parse(&m, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n"
	    "\r\nall of it");
	body_is(&m, "all of it");
	http_message_clear(&m);
	parse(&m, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"
	    "Content-Length: 4\r\n\r\nabcd");
	g_assert_true(m.unsure);
	http_message_clear(&m);
	parse(&m, "HTTP/1.1 100 Continue\r\n\r\n");
	g_assert_false(m.ended);
	http_message_clear(&m);
	parse(&m, "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n");
	body_is(&m, "");
	http_message_clear(&m);
	parse(&m, "HTTP/1.1 200 OK\r\nServer: cut off in the he");
	g_assert_true(m.truncated && !m.ended);
	body_is(&m, "");
	http_message_clear(&m);
}

static void
nul(void)
{
	static const char s[] = "HTTP/1.1 200 OK\r\nA: x\0y\r\nB\0: z\r\n\r\n\0!";
	struct http_message m;

	g_assert_cmpint(http_message_parse(s, sizeof s - 1, &m), ==, 0);
	g_assert_cmpuint(g_array_index(m.fields, struct http_field, 0).len,
	    ==, 3);
	g_assert_cmpuint(g_bytes_get_size(m.body), ==, 2);
	http_message_clear(&m);
}

static void
not_http(void)
{
	static const char *const bad[] = {
		"", "\n", "HTTP", "HTTP/1.1\r\n\r\n", "HTTP/1.1 20\r\n\r\n",
		"HTTP/1.1 2000\r\n\r\n", "HTTP/1.1 099 x\r\n\r\n",
		"ICY 200 OK\r\n\r\n", "HTTP/1.1 200 OK",
		"HTTP/1.1 100 Continue\r\n\r\ngarbage",
	};
	struct http_message m;

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_cmpint(http_message_parse(bad[i], strlen(bad[i]), &m),
		    ==, -1);
}

/* A message whose body is n bytes of 'a', compressed with that window. */
static GBytes *
packed(const char *coding, int window, gsize n)
{
	g_autofree guint8 *in = g_malloc(n);
	g_autofree guint8 *out = g_malloc(n + 1024);
	GByteArray *msg = g_byte_array_new();
	g_autofree char *top = g_strdup_printf("HTTP/1.1 200 OK\r\n"
	    "Content-Encoding: %s\r\n\r\n", coding);
	z_stream z = { 0 };

	memset(in, 'a', n);
	deflateInit2(&z, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
	z.next_in = in;
	z.avail_in = (uInt)n;
	z.next_out = out;
	z.avail_out = (uInt)n + 1024;
	g_assert_cmpint(deflate(&z, Z_FINISH), ==, Z_STREAM_END);
	g_byte_array_append(msg, (guint8 *)top, (guint)strlen(top));
	g_byte_array_append(msg, out, (guint)z.total_out);
	deflateEnd(&z);
	return g_byte_array_free_to_bytes(msg);
}

static void
content(const char *coding, int window, gsize n, gsize max, gsize drop,
    gssize want, gboolean want_cut)
{
	g_autoptr(GBytes) b = packed(coding, window, n);
	g_autoptr(GBytes) c = NULL;
	struct http_message m;
	gboolean cut = FALSE;

	g_assert_cmpint(http_message_parse(g_bytes_get_data(b, NULL),
	    g_bytes_get_size(b) - drop, &m), ==, 0);
	c = http_message_content(&m, max, &cut);
	if (want < 0)
		g_assert_null(c);
	else if (drop == 0)
		g_assert_cmpuint(g_bytes_get_size(c), ==, (gsize)want);
	else
		g_assert_cmpuint(g_bytes_get_size(c), <=, (gsize)want);
	if (want >= 0)
		g_assert_cmpint(cut, ==, want_cut);
	http_message_clear(&m);
}

static void
contents(void)
{
	content("gzip", 31, 100000, 1 << 20, 0, 100000, FALSE);
	content("deflate", 15, 100000, 1 << 20, 0, 100000, FALSE);
	content("deflate", -15, 100000, 1 << 20, 0, 100000, FALSE);
	content("X-GZIP , identity", 31, 10, 1 << 20, 0, 10, FALSE);
	content("gzip", 31, 16384, 16384, 0, 16384, FALSE);
	content("gzip", 31, 16385, 16384, 0, 16384, TRUE);
	content("gzip", 31, 20000000, 1 << 20, 0, 1 << 20, TRUE);
	content("gzip", 31, 100000, 1 << 20, 9, 100000, TRUE);
	content("compress", 31, 10, 1 << 20, 0, -1, FALSE);
	content("gzip,gzip,gzip,gzip,gzip", 31, 10, 1 << 20, 0, -1, FALSE);
}

/* 64 MiB of '0' by each coding that says so in few bytes: no more is made of it
 * than is allowed. */
static void
bombs(void)
{
	static const char br[] = "\xCF\xFF\xFF\x7F\xF8\x25\x60\xE2\xB1\x40"
	    "\x20\xF7\xFE\x9F\xFF\xFF\xFF\xF0\x4B\x00\xC4\x61\x01\x80\xEE"
	    "\xFD\x3F\xFF\xFF\xFF\xE1\x97\x00\x88\xC3\x22\x00\xDD\xFB\x7F"
	    "\xFE\xFF\xFF\xC3\x2F\x01\x10\x87\x05\x00\xBA\xF7\xFF\x03";
	g_autoptr(GByteArray) zstd = g_byte_array_new();
	g_autoptr(GBytes) packed_br = g_bytes_new_static(br, sizeof(br) - 1);
	g_autoptr(GBytes) packed_zstd = NULL;
	const struct { GBytes **in; const char *coding; } rows[] = {
		{ &packed_br, "br" }, { &packed_zstd, "zstd" },
	};

	g_byte_array_append(zstd, (const guint8 *)"\x28\xB5\x2F\xFD\0\x50",
	    6);
	for (unsigned i = 0; i < 512; i++)
		g_byte_array_append(zstd, (const guint8 *)(i < 511 ?
		    "\2\0\x10\x30" : "\3\0\x10\x30"), 4);
	packed_zstd = g_bytes_new(zstd->data, zstd->len);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) part = NULL, all = NULL;
		gboolean cut = FALSE;

		part = http_coding_undo(*rows[i].in, rows[i].coding, 100000,
		    &cut);
		g_assert_true(cut);
		g_assert_cmpuint(g_bytes_get_size(part), ==, 100000);
		cut = FALSE;
		all = http_coding_undo(*rows[i].in, rows[i].coding, 64 << 20,
		    &cut);
		g_assert_false(cut);
		g_assert_cmpuint(g_bytes_get_size(all), ==, 64 << 20);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/http_message/plain", plain);
	g_test_add_func("/http_message/interim", interim);
	g_test_add_func("/http_message/chunked", chunked);
	g_test_add_func("/http_message/broken", broken);
	g_test_add_func("/http_message/lengths", lengths);
	g_test_add_func("/http_message/nul", nul);
	g_test_add_func("/http_message/not", not_http);
	g_test_add_func("/http_message/content", contents);
	g_test_add_func("/http_message/bombs", bombs);
	return g_test_run();
}
