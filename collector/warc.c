/*
 * Writing WARC records; reading stands in warc_read.c.
 */

#include <openssl/evp.h>
#include <string.h>

#include "collector/member.h"
#include "collector/seal.h"
#include "collector/warc.h"
#include "probes/append.h"
#include "probes/json_text.h"
#include "probes/seam.h"
#include "probes/text.h"

struct warc {
	struct members	*members;
	EVP_MD_CTX	*md;
	EVP_MD		*sha256;
	GString		*head, *uri;	/* of the record being written */
};

/* --- what a record is called ---------------------------------------------- */

/* Foreign text in a URI: everything but unreserved and keep as %XX. */
static void
put_escaped(GString *out, const char *s, const char *keep)
{
	for (; *s != '\0'; s++) {
		if (g_ascii_isalnum(*s) || strchr("-._~", *s) != NULL ||
		    strchr(keep, *s) != NULL)
			append_char(out, *s);
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
	append_text(out, "dns://");
	put_host(out, q->server);
	if (q->port != 53 && q->port != 0)
		g_string_append_printf(out, ":%u", (unsigned)q->port);
	append_char(out, '/');
	put_escaped(out, q->name, "*");
	append_text(out, "?type=");
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

	w->members = members_new();
	w->md = EVP_MD_CTX_new();
	w->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	w->head = g_string_sized_new(1024);
	w->uri = g_string_sized_new(256);
	return w;
}

void
warc_free(struct warc *w)
{
	if (w == NULL)
		return;
	members_free(w->members);
	EVP_MD_CTX_free(w->md);
	EVP_MD_free(w->sha256);
	g_string_free(w->head, TRUE);
	g_string_free(w->uri, TRUE);
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
record_id(char out[64])
{
	static const struct { unsigned char from, n; } parts[] = {
		{ 0, 8 }, { 8, 4 }, { 12, 4 }, { 16, 4 }, { 20, 12 },
	};
	unsigned char r[16];
	char hex[33], *p = g_stpcpy(out, "<urn:uuid:");

	random_bytes(r, sizeof(r));
	r[6] = (unsigned char)((r[6] & 0x0f) | 0x40);
	r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
	text_hex(hex, r, 16);
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		memcpy(p, hex + parts[i].from, parts[i].n);
		p += parts[i].n;
		*p++ = '-';
	}
	memcpy(p - 1, ">", 2);
}

/* One header; a value is one line of printable ASCII whatever it was. */
static void
put_field(GString *head, const char *name, const char *value)
{
	static const char digits[] = "0123456789ABCDEF";
	char *p;

	append_text(head, name);
	append_bytes(head, ": ", 2);
	p = append_room(head, 3 * strlen(value));
	for (; *value != '\0'; value++) {
		unsigned c = (unsigned char)*value;

		if (c >= 0x20 && c < 0x7f) {
			*p++ = (char)c;
			continue;
		}
		*p++ = '%';
		*p++ = digits[c >> 4];
		*p++ = digits[c & 15];
	}
	append_wrote(head, p);
	append_bytes(head, "\r\n", 2);
}

static void
put_digest(GString *head, const char *name, const char sum[65])
{
	append_text(head, name);
	append_bytes(head, ": sha256:", 9);
	append_bytes(head, sum, 64);
	append_bytes(head, "\r\n", 2);
}

static void
put_number(GString *head, const char *name, uint64_t n)
{
	append_text(head, name);
	append_bytes(head, ": ", 2);
	json_text_integer(head, (json_int_t)n);
	append_bytes(head, "\r\n", 2);
}

/* head is w->head but for the last fields; the member's length, 0 where it
 * cannot be made. */
static uint64_t
member(struct warc *w, GByteArray *out, const void *block, size_t len)
{
	put_number(w->head, "Content-Length", len);
	append_bytes(w->head, "\r\n", 2);
	return member_append(w->members, out, w->head, block, len);
}

static void
begin(struct warc *w, const char *type, const char *id, int64_t us)
{
	char when[32];

	g_string_truncate(w->head, 0);
	append_text(w->head, "WARC/1.1\r\n");
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
	char id[64], sum[65];

	put_field(block, "software", software);
	put_field(block, "format", "WARC File Format 1.1");
	put_field(block, "conformsTo", "http://iipc.github.io/"
	    "warc-specifications/specifications/warc-format/warc-1.1/");
	if (*run != '\0')
		put_field(block, "isPartOf", run);
	if (*title != '\0')
		put_field(block, "description", title);
	record_id(id);
	begin(w, "warcinfo", id, us);
	put_field(w->head, "WARC-Filename", "evidence.warc.gz");
	digest(w, block->str, block->len, sum);
	put_digest(w->head, "WARC-Block-Digest", sum);
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
	char ip[sizeof(x->remote)];

	g_strlcpy(ip, x->remote, sizeof(ip));
	ip[strcspn(ip, "#")] = '\0';
	g_string_truncate(w->uri, 0);
	shapes[x->q->kind].uri(w->uri, x->q);
	put_field(w->head, "WARC-Target-URI", w->uri->str);
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
	put_number(w->head, "Goodcause-Record", x->n);
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
	char payload[65];

	put_digest(w->head, "WARC-Block-Digest", sum);
	if (!shape->http || !received ||
	    (body = plain_body(block, len)) == NULL)
		return;
	digest(w, body, len - (size_t)(body - block), payload);
	put_digest(w->head, "WARC-Payload-Digest", payload);
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
	char id[64], sum[65];

	put_field(block, "status", xstatus_name(x->status));
	put_field(block, "detail", x->detail);
	record_id(id);
	begin(w, "metadata", id, x->start);
	put_common(w, x, other);
	digest(w, block->str, block->len, sum);
	put_digest(w->head, "WARC-Block-Digest", sum);
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
	record_id(first);
	record_id(second);
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
