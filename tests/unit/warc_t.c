/*
 * What a user relies on: other programs read the archive; no server's word can
 * add a header; a damaged or hostile member is refused and takes no memory.
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "collector/warc.h"
#include "probes/text.h"

static GBytes *
bytes(const char *s)
{
	return g_bytes_new(s, strlen(s));
}

static struct exchange *
an_exchange(enum probe_kind kind, const char *name, const char *type,
    const char *sent, const char *received)
{
	struct question *q = question_new(kind, name, type, "host.example",
	    "2001:db8::2f", kind == PROBE_WHOIS ? 43 : 53, "");
	struct exchange *x = exchange_new(q);

	question_unref(q);
	x->n = 7;
	x->start = 1790000000123456;
	x->status = received == NULL ? X_TIMEOUT : X_ANSWERED;
	g_strlcpy(x->remote, "2001:db8::2f#53", sizeof(x->remote));
	if (sent != NULL)
		x->sent.bytes = bytes(sent);
	if (received != NULL)
		x->received.bytes = bytes(received);
	return x;
}

/* All of out, inflated member by member, as one string. */
static char *
inflated(const GByteArray *out)
{
	GString *s = g_string_new(NULL);
	z_stream z = { 0 };
	char buf[65536];

	g_assert_cmpint(inflateInit2(&z, 15 + 16), ==, Z_OK);
	z.next_in = out->data;
	z.avail_in = out->len;
	while (z.avail_in > 0) {
		int rc;

		z.next_out = (Bytef *)buf;
		z.avail_out = sizeof(buf);
		rc = inflate(&z, Z_NO_FLUSH);
		g_string_append_len(s, buf, (gssize)(sizeof(buf) - z.avail_out));
		g_assert_true(rc == Z_OK || rc == Z_STREAM_END);
		if (rc == Z_STREAM_END)
			inflateReset(&z);
	}
	inflateEnd(&z);
	return g_string_free(s, FALSE);
}

static char *
written(struct exchange *x)
{
	struct warc *w = warc_new();
	g_autoptr(GByteArray) out = g_byte_array_new();
	char *text;

	g_assert_cmpint(warc_exchange(w, out, 1000, x), ==, 0);
	text = inflated(out);
	warc_free(w);
	return text;
}

static unsigned
count(const char *text, const char *what)
{
	unsigned n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

/* --- writing ---------------------------------------------------------------------- */

static const struct row {
	enum probe_kind	 kind;
	const char	*name, *type, *sent, *received;
	const char	*has[6];
} rows[] = {
	{ PROBE_HTTP, "https://a.example/x y", "page", "GET", "HTTP/1.1 200 OK"
	    "\r\n\r\nbody", { "WARC-Type: response\r\n", "WARC-Type: request\r\n",
	    "WARC-Target-URI: https://a.example/x%20y\r\n",
	    "WARC-Payload-Digest: sha256:230d8358dc8e8890b4c58deeb62912ee2f20357ae"
	    "92a5cc861b98e68fe31acb5\r\n", "application/http;msgtype=response",
	    "WARC-Date: 2026-09-21T14:13:20.123456Z\r\n" } },
	{ PROBE_DNS, "a.example.", "AAAA", "q", "a",
	    { "WARC-Type: resource\r\n",
	    "WARC-Target-URI: dns://[2001:db8::2f]/a.example.?type=AAAA\r\n",
	    "WARC-IP-Address: 2001:db8::2f\r\n", "application/dns-message" } },
	{ PROBE_WHOIS, "n + 1.2.3.4", "iana", "n + 1.2.3.4\r\n", "x",
	    { "WARC-Target-URI: whois://host.example:43/n%20%2B%201.2.3.4\r\n",
	    "WARC-Type: request\r\n", "Content-Type: text/plain\r\n" } },
	{ PROBE_TLS, "a.example", "chain", NULL, "der",
	    { "WARC-Target-URI: urn:goodcause:tls:2001:db8::2f/53/a.example\r\n",
	    "application/x-x509-chain" } },
	{ PROBE_GEO, "192.0.2.1", "place", "192.0.2.1", "{}",
	    { "WARC-Target-URI: urn:goodcause:geo:host.example/192.0.2.1\r\n" } },
	{ PROBE_HTTP, "https://a.example/", "page", "GET", NULL,
	    { "WARC-Type: metadata\r\n", "status: timeout\r\n",
	    "WARC-Type: request\r\n" } },
};

static void
test_row(gconstpointer data)
{
	const struct row *r = data;
	struct exchange *x = an_exchange(r->kind, r->name, r->type, r->sent,
	    r->received);
	g_autofree char *text = written(x);

	for (unsigned i = 0; i < G_N_ELEMENTS(r->has) && r->has[i] != NULL; i++)
		if (strstr(text, r->has[i]) == NULL)
			g_error("no %s in\n%s", r->has[i], text);
	g_assert_cmpuint(count(text, "WARC/1.1\r\n"), ==,
	    (r->sent != NULL) + 1U);
	g_assert_cmpuint(count(text, "WARC-Concurrent-To: <urn:uuid:"), ==,
	    r->sent != NULL);
	exchange_free(x);
}

/* The right payload digest of a chunked body is refused by checkers. */
static void
test_chunked(void)
{
	struct exchange *x = an_exchange(PROBE_HTTP, "https://a.example/", "page",
	    "GET", "HTTP/1.1 200 OK\r\nTRANSFER-Encoding:\tchunked\r\n\r\n"
	    "1\r\na\r\n0\r\n\r\n");
	g_autofree char *text = written(x);

	g_assert_null(strstr(text, "WARC-Payload-Digest"));
	g_assert_cmpuint(count(text, "WARC-Block-Digest: sha256:"), ==, 2);
	exchange_free(x);
}

/* Line ends, NUL's neighbours and foreign letters in a name stay in its line. */
static void
test_no_header_from_outside(void)
{
	static const enum probe_kind kinds[] = { PROBE_HTTP, PROBE_DNS,
		PROBE_WHOIS, PROBE_TLS, PROBE_LOCAL, PROBE_GEO };

	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
		struct exchange *x = an_exchange(kinds[i],
		    "a\r\nWARC-Type: conversion\r\n\r\n\x01\x7f\xc3\xa4",
		    "t\r\nEvil: 1", "s", "r");
		g_autofree char *text = NULL;

		exchange_meta(x, "tls.version", "TLSv1.3\r\nEvil: 1");
		exchange_meta(x, "tls.cipher", "X\nEvil: 1");
		text = written(x);
		g_assert_cmpuint(count(text, "\nWARC-Type: "), ==, 2);
		g_assert_null(strstr(text, "\nEvil"));
		g_assert_null(strstr(text, "conversion\r\n\r\n"));
		for (const char *c = text; *c != '\0'; c++)
			g_assert_true(*c == '\r' || *c == '\n' ||
			    (*c >= 0x20 && *c < 0x7f));
		exchange_free(x);
	}
}

static void
test_truncated(void)
{
	struct exchange *x = an_exchange(PROBE_HTTP, "https://a.example/", "page",
	    "GET", "HTTP/1.1 200 OK\r\n\r\nhalf");
	g_autofree char *text = NULL;

	x->status = X_LIMIT;
	text = written(x);
	g_assert_cmpuint(count(text, "WARC-Truncated: length\r\n"), ==, 1);
	exchange_free(x);
}

/* --- reading ----------------------------------------------------------------------- */

static int
file_of(const void *data, size_t len)
{
	char name[] = "/tmp/warc-XXXXXX";
	int fd = g_mkstemp(name);

	g_assert_cmpint(fd, >=, 0);
	g_unlink(name);
	g_assert_cmpint(write(fd, data, len), ==, (ssize_t)len);
	return fd;
}

static GByteArray *
gzipped(const char *text, size_t len)
{
	GByteArray *out = g_byte_array_new();
	z_stream z = { 0 };

	g_byte_array_set_size(out, (guint)len + 1024);
	deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
	z.next_in = (z_const Bytef *)(uintptr_t)text;
	z.avail_in = (uInt)len;
	z.next_out = out->data;
	z.avail_out = out->len;
	g_assert_cmpint(deflate(&z, Z_FINISH), ==, Z_STREAM_END);
	g_byte_array_set_size(out, out->len - z.avail_out);
	deflateEnd(&z);
	return out;
}

static void
test_round(void)
{
	struct exchange *x = an_exchange(PROBE_HTTP, "https://a.example/", "page",
	    "GET", "HTTP/1.1 200 OK\r\n\r\nbody");
	struct warc *w = warc_new();
	g_autoptr(GByteArray) out = g_byte_array_new();
	g_autoptr(GBytes) got = NULL;
	struct kept wrong;
	int fd;

	g_assert_cmpint(warc_exchange(w, out, 0, x), ==, 0);
	g_assert_cmpuint(x->received_kept.offset, ==, 0);
	g_assert_cmpuint(x->sent_kept.offset, ==, x->received_kept.len);
	g_assert_cmpuint(x->sent_kept.offset + x->sent_kept.len, ==, out->len);
	fd = file_of(out->data, out->len);
	got = warc_kept(fd, &x->sent_kept, NULL);
	g_assert_nonnull(got);
	g_assert_true(g_bytes_equal(got, x->sent.bytes));
	wrong = x->sent_kept;
	wrong.len++;
	g_assert_null(warc_kept(fd, &wrong, NULL));
	wrong = x->sent_kept;
	wrong.sha256[0] ^= 1;
	g_assert_null(warc_kept(fd, &wrong, NULL));
	wrong = x->sent_kept;
	wrong.offset = G_MAXINT64;
	g_assert_null(warc_kept(fd, &wrong, NULL));
	close(fd);
	warc_free(w);
	exchange_free(x);
}

/* Every cut of a member and every changed byte: refused, or the same bytes. */
static void
test_damage(void)
{
	struct exchange *x = an_exchange(PROBE_HTTP, "https://a.example/", "page",
	    NULL, "HTTP/1.1 200 OK\r\n\r\nbody");
	struct warc *w = warc_new();
	g_autoptr(GByteArray) out = g_byte_array_new();

	g_assert_cmpint(warc_exchange(w, out, 0, x), ==, 0);
	for (guint i = 0; i < out->len; i++) {
		g_autofree guint8 *copy = g_memdup2(out->data, out->len);
		g_autoptr(GBytes) got = NULL;
		int fd = file_of(copy, i);

		g_assert_null(warc_kept(fd, &x->received_kept, NULL));
		close(fd);
		copy[i] ^= 0x40;
		fd = file_of(copy, out->len);
		got = warc_kept(fd, &x->received_kept, NULL);
		g_assert_true(got == NULL || g_bytes_equal(got,
		    x->received.bytes));
		close(fd);
	}
	warc_free(w);
	exchange_free(x);
}

static const struct hostile {
	const char	*name, *text;
} hostile[] = {
	{ "not WARC", "HTTP/1.1 200 OK\r\n\r\n" },
	{ "no head's end", "WARC/1.1\r\nContent-Length: 0\r\n" },
	{ "no length", "WARC/1.1\r\nWARC-Type: x\r\n\r\n\r\n\r\n" },
	{ "length too small", "WARC/1.1\r\nContent-Length: 1\r\n\r\nabc\r\n\r\n" },
	{ "length too large", "WARC/1.1\r\nContent-Length: 9\r\n\r\nabc\r\n\r\n" },
	{ "length negative", "WARC/1.1\r\nContent-Length: -3\r\n\r\nabc\r\n\r\n" },
	{ "length past 64 bits", "WARC/1.1\r\nContent-Length: "
	    "18446744073709551616\r\n\r\nabc\r\n\r\n" },
	{ "two records", "WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
	    "WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n" },
	{ "a folded line", "WARC/1.1\r\nContent-Length: 0\r\n x\r\n\r\n\r\n\r\n" },
	{ "empty", "" },
};

static void
test_hostile(gconstpointer data)
{
	const struct hostile *h = data;
	g_autoptr(GByteArray) gz = gzipped(h->text, strlen(h->text));
	g_autoptr(GError) error = NULL;
	struct warc_member m;
	int fd = file_of(gz->data, gz->len);

	g_assert_cmpint(warc_read(fd, 0, WARC_BLOCK_MAX, &m, &error), ==, -1);
	g_assert_nonnull(error);
	warc_member_clear(&m);
	close(fd);
}

/* 200 MB in 200 kB are refused at the bound, not after. */
static void
test_bomb(void)
{
	size_t len = 200u << 20;
	g_autofree char *zeros = g_malloc0(len);
	g_autoptr(GByteArray) gz = gzipped(zeros, len);
	g_autoptr(GError) error = NULL;
	struct warc_member m;
	int fd = file_of(gz->data, gz->len);

	g_assert_cmpuint(gz->len, <, 1u << 20);
	g_assert_cmpint(warc_read(fd, 0, 1u << 20, &m, &error), ==, -1);
	g_assert_nonnull(strstr(error->message, "larger"));
	warc_member_clear(&m);
	close(fd);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path = g_strdup_printf("/warc/%s %s%s",
		    probe_kind_name(rows[i].kind), rows[i].name,
		    rows[i].received == NULL ? " failed" : "");

		g_strdelimit(path + 6, "/", '_');
		g_test_add_data_func(path, &rows[i], test_row);
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(hostile); i++) {
		g_autofree char *path = g_strconcat("/warc/hostile/",
		    hostile[i].name, NULL);

		g_test_add_data_func(path, &hostile[i], test_hostile);
	}
	g_test_add_func("/warc/chunked", test_chunked);
	g_test_add_func("/warc/no header from outside",
	    test_no_header_from_outside);
	g_test_add_func("/warc/truncated", test_truncated);
	g_test_add_func("/warc/round", test_round);
	g_test_add_func("/warc/damage", test_damage);
	g_test_add_func("/warc/bomb", test_bomb);
	return g_test_run();
}
