/* Bodies: transfer encodings undone (RFC 2045, 6), hashed, or made text. */

#include <openssl/evp.h>
#include <string.h>

#include "collector/mail_priv.h"
#include "probes/text.h"

#define CHUNK	(64u << 10)

/* ---- base64 -------------------------------------------------------------------------- */

static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* A byte is made of the two characters that hold its bits. */
static void
base64_bytes(const struct eml *m, const struct leaf *l, byte_fn *fn, void *arg)
{
	unsigned bits = 0, n = 0;
	uint32_t before = 0;

	for (size_t i = l->body; i < l->body + l->body_len; i++) {
		int v = base64_value(m->s[i]);
		struct span span = { before, (uint32_t)i + 1 };

		if (m->s[i] == '=') {
			n = 0;		/* what is left over are no bits */
			continue;
		}
		if (v < 0)
			continue;	/* RFC 2045, 6.8: to be ignored */
		bits = bits << 6 | (unsigned)v;
		n += 6;
		before = (uint32_t)i;
		if (n < 8)
			continue;
		n -= 8;
		fn(arg, (char)(bits >> n & 0xff), span);
	}
}

/* ---- quoted-printable ------------------------------------------------------------------ */

/* After the blanks and the line end at i, where a soft line break stands;
 * else i. */
static size_t
soft_break(const char *s, size_t i, size_t end)
{
	size_t k = i;

	while (k < end && (s[k] == ' ' || s[k] == '\t'))
		k++;
	if (k == end)
		return k;
	if (s[k] == '\r' && k + 1 < end && s[k + 1] == '\n')
		return k + 2;
	return s[k] == '\n' ? k + 1 : i;
}

static void
qp_bytes(const struct eml *m, const struct leaf *l, byte_fn *fn, void *arg)
{
	const char *s = m->s;
	size_t end = l->body + l->body_len, next;

	for (size_t i = l->body; i < end; i = next) {
		char c = s[i];

		next = i + 1;
		if (c == '=' && soft_break(s, i + 1, end) > i + 1) {
			next = soft_break(s, i + 1, end);
			continue;
		}
		if (c == '=' && i + 2 < end && hex_byte(s + i + 1) >= 0) {
			c = (char)hex_byte(s + i + 1);
			next = i + 3;
		}
		fn(arg, c, (struct span){ (uint32_t)i, (uint32_t)next });
	}
}

void
decode_bytes(const struct eml *m, const struct leaf *l, byte_fn *fn, void *arg)
{
	if (l->encoding == ENC_BASE64) {
		base64_bytes(m, l, fn, arg);
		return;
	}
	if (l->encoding == ENC_QP) {
		qp_bytes(m, l, fn, arg);
		return;
	}
	for (size_t i = l->body; i < l->body + l->body_len; i++)
		fn(arg, m->s[i], (struct span){ (uint32_t)i,
		    (uint32_t)i + 1 });
}

/* ---- damage ------------------------------------------------------------------------------ */

/* Bytes of the body that Base64 does not have, and how many characters it has. */
static unsigned
base64_faults(const struct eml *m, const struct leaf *l, size_t *first,
    uint64_t *chars)
{
	unsigned faults = 0;

	*chars = 0;
	for (size_t i = l->body; i < l->body + l->body_len; i++) {
		if (base64_value(m->s[i]) >= 0) {
			++*chars;
		} else if (m->s[i] == '=') {
			*chars = 0;
		} else if (!g_ascii_isspace(m->s[i]) && faults++ == 0) {
			*first = i;
		}
	}
	return faults;
}

/* Signs of equality that stand for no byte and for no line's end. */
static unsigned
qp_faults(const struct eml *m, const struct leaf *l, size_t *first)
{
	size_t end = l->body + l->body_len;
	unsigned faults = 0;

	for (size_t i = l->body; i < end; i++)
		if (m->s[i] == '=' && soft_break(m->s, i + 1, end) == i + 1 &&
		    i + 1 < end && (i + 2 >= end || hex_byte(m->s + i + 1) < 0) &&
		    faults++ == 0)
			*first = i;
	return faults;
}

void
leaf_check(struct eml *m, const struct leaf *l)
{
	size_t first = l->body;
	uint64_t chars = 0;
	unsigned n;

	if (l->encoding == ENC_QP) {
		n = qp_faults(m, l, &first);
		if (n > 0)
			eml_problem(m, first, "%u \"=\" as quoted-printable has "
			    "%s; kept as written", n, n == 1 ? "none" : "none "
			    "of");
		return;
	}
	if (l->encoding != ENC_BASE64)
		return;
	n = base64_faults(m, l, &first, &chars);
	if (n > 0)
		eml_problem(m, first, "%u byte%s not of Base64; left out", n,
		    n == 1 ? "" : "s");
	if (chars % 4 != 0)
		eml_problem(m, l->body + l->body_len, "Base64 that ends within "
		    "a group of four: its end is missing");
}

/* ---- hashes ------------------------------------------------------------------------------ */

struct digest {
	EVP_MD_CTX	*md;
	uint64_t	 size;
	size_t		 used;
	char		 chunk[CHUNK];
};

static void
digest_byte(void *arg, char byte, struct span span)
{
	struct digest *d = arg;

	(void)span;
	d->chunk[d->used++] = byte;
	d->size++;
	if (d->used == sizeof(d->chunk)) {
		EVP_DigestUpdate(d->md, d->chunk, d->used);
		d->used = 0;
	}
}

void
leaf_hash(const struct eml *m, const struct leaf *l, char out[65],
    uint64_t *size)
{
	struct digest *d = g_new0(struct digest, 1);
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	d->md = EVP_MD_CTX_new();
	EVP_DigestInit_ex(d->md, EVP_sha256(), NULL);
	if (l->encoding == ENC_BASE64 || l->encoding == ENC_QP) {
		decode_bytes(m, l, digest_byte, d);
	} else {
		EVP_DigestUpdate(d->md, m->s + l->body, l->body_len);
		d->size = l->body_len;
	}
	EVP_DigestUpdate(d->md, d->chunk, d->used);
	EVP_DigestFinal_ex(d->md, md, &n);
	text_hex(out, md, n);
	*size = d->size;
	EVP_MD_CTX_free(d->md);
	g_free(d);
}

/* ---- text --------------------------------------------------------------------------------- */

static void
text_byte(void *arg, char byte, struct span span)
{
	struct mapped *m = arg;

	if (m->text->len < MAIL_TEXT)
		mapped_put(m, &byte, 1, span);
}

/* What a sender without a name for it means: UTF-8 where it is that, else the
 * set that most mail programs fell back to. */
static const char *
guess(const struct mapped *raw)
{
	return g_utf8_validate(raw->text->str, (gssize)raw->text->len, NULL) ||
	    memchr(raw->text->str, '\0', raw->text->len) != NULL ? "utf-8" :
	    "windows-1252";
}

static void
tell_charset(struct eml *m, const struct leaf *l, const char *named,
    unsigned faults)
{
	if (*l->charset != '\0' && strcmp(named, l->charset) != 0)
		eml_problem(m, l->body, "the character set %.40s is not "
		    "known; read as %s", l->charset, named);
	if (faults > 0)
		eml_problem(m, l->body, "%u byte%s not of the character set "
		    "%.40s, shown as U+FFFD", faults, faults == 1 ? "" : "s",
		    named);
}

struct mapped *
leaf_text(struct eml *m, const struct leaf *l)
{
	g_autoptr(mapped_auto) raw = mapped_new();
	const char *named = l->charset;
	struct mapped *out = NULL;
	unsigned faults = 0;

	decode_bytes(m, l, text_byte, raw);
	if (raw->text->len >= MAIL_TEXT)
		eml_problem(m, l->body, "more than %u bytes of text; the rest "
		    "is not read", MAIL_TEXT);
	if (*named != '\0')
		out = mapped_convert(raw, named, &faults);
	if (out == NULL) {
		named = guess(raw);
		faults = 0;
		out = mapped_convert(raw, named, &faults);
	}
	tell_charset(m, l, named, faults);
	return out;
}
