/*
 * Writing WARC records; reading stands in warc_read.c.
 */

#include <openssl/evp.h>
#include <string.h>
#include <zlib.h>

#include "collector/seal.h"
#include "collector/warc.h"
#include "probes/seam.h"
#include "probes/text.h"

#define POOL	256		/* random bytes drawn at once: the most there is */
#define LEVEL	1
/* A small record does not pay for clearing the tables of a large window. */
#define SMALL	4096

struct warc {
	z_stream	 small, large;
	gz_header	 gzip;		/* no name, no time, no system: same bytes anywhere */
	EVP_MD_CTX	*md;
	EVP_MD		*sha256;
	unsigned char	 pool[POOL];
	size_t		 pool_left;
	GString		*head;
};

/* --- what a record is called ---------------------------------------------- */

/* Foreign text in a URI: everything but unreserved and keep as %XX. */
static void
put_escaped(GString *out, const char *s, const char *keep)
{
	for (; *s != '\0'; s++) {
		if (g_ascii_isalnum(*s) || strchr("-._~", *s) != NULL ||
		    strchr(keep, *s) != NULL)
			g_string_append_c(out, *s);
		else
			g_string_append_printf(out, "%%%02X",
			    (unsigned)(unsigned char)*s);
	}
}

static void
put_host(GString *out, const char *host)
{
	if (strchr(host, ':') != NULL) {
		g_string_append_c(out, '[');
		put_escaped(out, host, ":");
		g_string_append_c(out, ']');
	} else {
		put_escaped(out, host, "");
	}
}

static void
uri_dns(GString *out, const struct question *q)
{
	g_string_append(out, "dns://");
	put_host(out, q->server);
	if (q->port != 53 && q->port != 0)
		g_string_append_printf(out, ":%u", (unsigned)q->port);
	g_string_append_c(out, '/');
	put_escaped(out, q->name, "*");
	g_string_append(out, "?type=");
	put_escaped(out, q->type, "");
}

static void
uri_url(GString *out, const struct question *q)
{
	put_escaped(out, q->name, "%:/?#[]@!$&'()*+,;=");
}

static void
uri_whois(GString *out, const struct question *q)
{
	g_string_append(out, "whois://");
	put_host(out, *q->host != '\0' ? q->host : q->server);
	g_string_append_printf(out, ":%u/", (unsigned)q->port);
	put_escaped(out, q->name, "");
}

static void
uri_tls(GString *out, const struct question *q)
{
	g_string_append(out, "urn:goodcause:tls:");
	put_escaped(out, q->server, ":");
	g_string_append_printf(out, "/%u/", (unsigned)q->port);
	put_escaped(out, q->name, "");
}

static void
uri_local(GString *out, const struct question *q)
{
	g_string_append(out, "urn:goodcause:local:");
	put_escaped(out, q->type, "");
	g_string_append_c(out, '/');
	put_escaped(out, q->name, ":/");
}

static void
uri_geo(GString *out, const struct question *q)
{
	g_string_append(out, "urn:goodcause:geo:");
	put_escaped(out, q->host, "");
	g_string_append_c(out, '/');
	put_escaped(out, q->name, ":");
}

static void
uri_reach(GString *out, const struct question *q)
{
	g_string_append(out, "urn:goodcause:reach:");
	put_escaped(out, q->server, ":");
	g_string_append_printf(out, "/%u", (unsigned)q->port);
}

#define HTTP_REQUEST	"application/http;msgtype=request"
#define HTTP_RESPONSE	"application/http;msgtype=response"

static const struct shape {
	const char	*sent_type, *received_type;
	const char	*sent_media, *received_media;
	const char	*protocol;	/* WARC-Protocol */
	void		(*uri)(GString *, const struct question *);
	gboolean	 http;
} shapes[PROBE_KINDS] = {
	[PROBE_LOCAL] = { "resource", "resource", "text/plain",
	    "application/octet-stream", NULL, uri_local, FALSE },
	[PROBE_DNS] = { "resource", "resource", "application/dns-message",
	    "application/dns-message", "dns", uri_dns, FALSE },
	[PROBE_RDAP] = { "request", "response", HTTP_REQUEST, HTTP_RESPONSE,
	    "http/1.1", uri_url, TRUE },
	[PROBE_WHOIS] = { "request", "response", "text/plain", "text/plain",
	    "whois", uri_whois, FALSE },
	[PROBE_TLS] = { "resource", "resource", "application/octet-stream",
	    "application/x-x509-chain", NULL, uri_tls, FALSE },
	[PROBE_HTTP] = { "request", "response", HTTP_REQUEST, HTTP_RESPONSE,
	    "http/1.1", uri_url, TRUE },
	[PROBE_GEO] = { "resource", "resource", "text/plain",
	    "application/json", NULL, uri_geo, FALSE },
	[PROBE_REACH] = { "resource", "resource", "text/plain",
	    "application/json", NULL, uri_reach, FALSE },
};

/* What cut an answer short, in the standard's four words. */
static const char *const truncated[X_STATUSES] = {
	[X_LIMIT] = "length",
	[X_TIMEOUT] = "time",
	[X_RESET] = "disconnect",
};

const char *
warc_media(enum probe_kind kind, char which)
{
	return which == 's' ? shapes[kind].sent_media :
	    shapes[kind].received_media;
}

char *
warc_uri(const struct question *q)
{
	GString *out = g_string_new(NULL);

	shapes[q->kind].uri(out, q);
	return g_string_free(out, FALSE);
}

/* --- the writer ----------------------------------------------------------- */

struct warc *
warc_new(void)
{
	struct warc *w = g_new0(struct warc, 1);

	w->gzip.os = 255;
	if (deflateInit2(&w->small, LEVEL, Z_DEFLATED, 12 + 16, 5,
	    Z_DEFAULT_STRATEGY) != Z_OK ||
	    deflateInit2(&w->large, LEVEL, Z_DEFLATED, 15 + 16, 8,
	    Z_DEFAULT_STRATEGY) != Z_OK)
		g_error("zlib: no memory for two streams");
	w->md = EVP_MD_CTX_new();
	w->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	w->head = g_string_sized_new(1024);
	return w;
}

void
warc_free(struct warc *w)
{
	if (w == NULL)
		return;
	deflateEnd(&w->small);
	deflateEnd(&w->large);
	EVP_MD_CTX_free(w->md);
	EVP_MD_free(w->sha256);
	g_string_free(w->head, TRUE);
	g_free(w);
}

static void
digest(struct warc *w, const void *bytes, size_t len, char out[65])
{
	unsigned char raw[32];
	unsigned int n = 0;

	EVP_DigestInit_ex(w->md, w->sha256, NULL);
	EVP_DigestUpdate(w->md, bytes, len);
	EVP_DigestFinal_ex(w->md, raw, &n);
	text_hex(out, raw, sizeof(raw));
}

/* A version 4 UUID (RFC 9562). */
static void
record_id(struct warc *w, char out[64])
{
	unsigned char *r;
	char hex[33];

	if (w->pool_left < 16) {
		random_bytes(w->pool, POOL);
		w->pool_left = POOL;
	}
	w->pool_left -= 16;
	r = w->pool + w->pool_left;
	r[6] = (unsigned char)((r[6] & 0x0f) | 0x40);
	r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
	text_hex(hex, r, 16);
	g_snprintf(out, 64, "<urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s>", hex,
	    hex + 8, hex + 12, hex + 16, hex + 20);
}

/* One header; a value is one line of printable ASCII whatever it was. */
static void
put_field(GString *head, const char *name, const char *value)
{
	g_string_append(head, name);
	g_string_append(head, ": ");
	for (; *value != '\0'; value++) {
		unsigned c = (unsigned char)*value;

		if (c >= 0x20 && c < 0x7f)
			g_string_append_c(head, (char)c);
		else
			g_string_append_printf(head, "%%%02X", c);
	}
	g_string_append(head, "\r\n");
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

/* head is w->head but for the last fields; returns the member's length, 0
 * where zlib fails. */
static uint64_t
member(struct warc *w, GByteArray *out, const void *block, size_t len)
{
	z_stream *z = len < SMALL ? &w->small : &w->large;
	guint was = out->len;

	g_string_append_printf(w->head, "Content-Length: %zu\r\n\r\n", len);
	if (deflateReset(z) != Z_OK || deflateSetHeader(z, &w->gzip) != Z_OK)
		return 0;
	if (deflate_part(z, out, w->head->str, w->head->len, Z_NO_FLUSH) < 0 ||
	    (len > 0 && deflate_part(z, out, block, len, Z_NO_FLUSH) < 0) ||
	    deflate_part(z, out, "\r\n\r\n", 4, Z_FINISH) < 0) {
		g_byte_array_set_size(out, was);
		return 0;
	}
	return out->len - was;
}

static void
begin(struct warc *w, const char *type, const char *id, int64_t us)
{
	char when[32];

	g_string_assign(w->head, "WARC/1.1\r\n");
	put_field(w->head, "WARC-Type", type);
	put_field(w->head, "WARC-Record-ID", id);
	text_time(when, us);
	put_field(w->head, "WARC-Date", when);
}

int
warc_info(struct warc *w, GByteArray *out, int64_t us, const char *run,
    const char *title)
{
	g_autoptr(GString) block = g_string_new(NULL);
	g_autofree char *software = g_strdup_printf("goodcause %s",
	    goodcause_version);
	char id[64], sum[65], field[80];

	put_field(block, "software", software);
	put_field(block, "format", "WARC File Format 1.1");
	put_field(block, "conformsTo", "http://iipc.github.io/"
	    "warc-specifications/specifications/warc-format/warc-1.1/");
	if (*run != '\0')
		put_field(block, "isPartOf", run);
	if (*title != '\0')
		put_field(block, "description", title);
	record_id(w, id);
	begin(w, "warcinfo", id, us);
	put_field(w->head, "WARC-Filename", "evidence.warc.gz");
	digest(w, block->str, block->len, sum);
	g_snprintf(field, sizeof(field), "sha256:%s", sum);
	put_field(w->head, "WARC-Block-Digest", field);
	put_field(w->head, "Content-Type", "application/warc-fields");
	return member(w, out, block->str, block->len) > 0 ? 0 : -1;
}

/* --- an exchange ---------------------------------------------------------- */

/* Target, address, protocol: what all records of an exchange say alike. */
static void
put_common(struct warc *w, const struct exchange *x, const char *other)
{
	const char *tls = exchange_meta_get(x, "tls.version");
	const char *cipher = exchange_meta_get(x, "tls.cipher");
	g_autofree char *uri = warc_uri(x->q);
	g_autofree char *ip = g_strndup(x->remote, strcspn(x->remote, "#"));

	put_field(w->head, "WARC-Target-URI", uri);
	if (*ip != '\0')
		put_field(w->head, "WARC-IP-Address", ip);
	if (other != NULL)
		put_field(w->head, "WARC-Concurrent-To", other);
	if (shapes[x->q->kind].protocol != NULL)
		put_field(w->head, "WARC-Protocol", shapes[x->q->kind].protocol);
	if (tls != NULL && g_ascii_strncasecmp(tls, "TLSv", 4) == 0) {
		g_autofree char *p = g_strconcat("tls/", tls + 4, NULL);

		put_field(w->head, "WARC-Protocol", p);
	}
	if (cipher != NULL)
		put_field(w->head, "WARC-Cipher-Suite", cipher);
	g_string_append_printf(w->head, "Goodcause-Record: %" G_GUINT64_FORMAT
	    "\r\n", x->n);
}

/* Where the entity body of an HTTP message begins, if its bytes are the
 * payload as they stand: a whole head, and no transfer coding. */
static const char *
plain_body(const char *block, size_t len)
{
	const char *end = g_strstr_len(block, (gssize)len, "\r\n\r\n");
	const char *line = block;

	if (end == NULL)
		return NULL;
	while (line < end) {
		const char *next = memchr(line, '\n', (size_t)(end - line));

		if (end - line > 18 &&
		    g_ascii_strncasecmp(line, "transfer-encoding:", 18) == 0)
			return NULL;
		line = next == NULL ? end : next + 1;
	}
	return end + 4;
}

static void
put_digests(struct warc *w, const struct shape *shape, gboolean received,
    const char *block, size_t len, const char *sum)
{
	const char *body;
	char payload[65], field[80];

	g_snprintf(field, sizeof(field), "sha256:%s", sum);
	put_field(w->head, "WARC-Block-Digest", field);
	if (!shape->http || !received ||
	    (body = plain_body(block, len)) == NULL)
		return;
	digest(w, body, len - (size_t)(body - block), payload);
	g_snprintf(field, sizeof(field), "sha256:%s", payload);
	put_field(w->head, "WARC-Payload-Digest", field);
}

struct side {			/* one of the two bodies of an exchange */
	const struct body	*body;
	struct kept		*kept;
	gboolean		 received;
};

static int
put_side(struct warc *w, GByteArray *out, uint64_t base,
    const struct exchange *x, const struct side *side, const char *id,
    const char *other)
{
	const struct shape *shape = &shapes[x->q->kind];
	const char *type = side->received ? shape->received_type :
	    shape->sent_type;
	const char *media = side->body->media;
	gsize len;
	const char *block = g_bytes_get_data(side->body->bytes, &len);

	if (media == NULL)
		media = warc_media(x->q->kind, side->received ? 'r' : 's');
	if (block == NULL)
		block = "";
	begin(w, type, id, x->start);
	put_common(w, x, other);
	digest(w, block, len, side->kept->sha256);
	put_digests(w, shape, side->received, block, len, side->kept->sha256);
	if (side->received && truncated[x->status] != NULL)
		put_field(w->head, "WARC-Truncated", truncated[x->status]);
	put_field(w->head, "Content-Type", media);
	side->kept->offset = base + out->len;
	side->kept->len = member(w, out, block, len);
	side->kept->size = len;
	side->kept->there = side->kept->len > 0;
	return side->kept->there ? 0 : -1;
}

/* Nothing came: a record that says so, since a missing record says nothing. */
static int
put_failure(struct warc *w, GByteArray *out, const struct exchange *x,
    const char *other)
{
	g_autoptr(GString) block = g_string_new(NULL);
	char id[64], sum[65], field[80];

	put_field(block, "status", xstatus_name(x->status));
	put_field(block, "detail", x->detail);
	record_id(w, id);
	begin(w, "metadata", id, x->start);
	put_common(w, x, other);
	digest(w, block->str, block->len, sum);
	g_snprintf(field, sizeof(field), "sha256:%s", sum);
	put_field(w->head, "WARC-Block-Digest", field);
	put_field(w->head, "Content-Type", "application/warc-fields");
	return member(w, out, block->str, block->len) > 0 ? 0 : -1;
}

int
warc_exchange(struct warc *w, GByteArray *out, uint64_t base,
    struct exchange *x)
{
	struct side received = { &x->received, &x->received_kept, TRUE };
	struct side sent = { &x->sent, &x->sent_kept, FALSE };
	char first[64], second[64];
	guint was = out->len;
	int rc = 0;

	memset(&x->received_kept, 0, sizeof(x->received_kept));
	memset(&x->sent_kept, 0, sizeof(x->sent_kept));
	record_id(w, first);
	record_id(w, second);
	if (x->received.bytes != NULL)
		rc = put_side(w, out, base, x, &received, first, NULL);
	if (rc == 0 && x->sent.bytes != NULL)
		rc = put_side(w, out, base, x, &sent, second,
		    x->received.bytes != NULL ? first : NULL);
	if (rc == 0 && x->received.bytes == NULL)
		rc = put_failure(w, out, x,
		    x->sent.bytes != NULL ? second : NULL);
	if (rc < 0)
		g_byte_array_set_size(out, was);
	return rc;
}
