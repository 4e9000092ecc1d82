#include <openssl/evp.h>
#include <string.h>

#include "probes/text.h"

/*
 * Characters that cannot be seen, or that change how others are seen: C0 and
 * C1 controls, soft hyphen, fillers, zero widths, bidi controls, separators,
 * invisible operators, tags.
 */
static const struct {
	gunichar first, last;
} invisible[] = {
	{ 0x0000, 0x001f }, { 0x007f, 0x009f }, { 0x00ad, 0x00ad },
	{ 0x034f, 0x034f }, { 0x061c, 0x061c }, { 0x115f, 0x1160 },
	{ 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x200b, 0x200f },
	{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0x3164, 0x3164 },
	{ 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff9, 0xfffb },
	{ 0xfffe, 0xffff }, { 0xe0000, 0xe0fff },
};

/* What a medium treats in its own way, beside what no medium lets through. */
struct medium {
	const char	*special;	/* ASCII characters given to put() */
	void		(*put)(GString *, char);
	const char	*backslash;	/* how this medium writes a backslash */
};

static gboolean
is_invisible(gunichar c)
{
	if (c >= 0x20 && c < 0x7f)
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(invisible); i++)
		if (c <= invisible[i].last)
			return c >= invisible[i].first;
	return FALSE;
}

static void
show(GString *out, const struct medium *m, gunichar c, gboolean byte)
{
	g_string_append(out, m->backslash);
	if (byte || c < 0x80)
		g_string_append_printf(out, "x%02X", c);
	else if (c <= 0xffff)
		g_string_append_printf(out, "u%04X", c);
	else
		g_string_append_printf(out, "U%08X", c);
}

/* One character that is not printable ASCII; how many bytes it took. */
static size_t
rare(GString *out, const struct medium *m, const char *p, size_t left)
{
	gunichar c = g_utf8_get_char_validated(p, (gssize)MIN(left, 6));
	size_t n;

	if (*p == '\0' || c == (gunichar)-1 || c == (gunichar)-2) {
		show(out, m, (unsigned char)*p, TRUE);
		return 1;
	}
	n = (size_t)(g_utf8_next_char(p) - p);
	if (is_invisible(c))
		show(out, m, c, FALSE);
	else
		g_string_append_len(out, p, (gssize)n);
	return n;
}

static gboolean
one_of(const char *set, char c)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static gboolean
plain(const struct medium *m, char c)
{
	return c >= 0x20 && c < 0x7f && !one_of(m->special, c);
}

static void
escape(GString *out, const struct medium *m, const char *s, gssize length)
{
	size_t len = length < 0 ? strlen(s) : (size_t)length;
	size_t i = 0, run;

	while (i < len) {
		for (run = i; run < len && plain(m, s[run]);)
			run++;
		g_string_append_len(out, s + i, (gssize)(run - i));
		i = run;
		if (i == len)
			break;
		if (one_of(m->special, s[i]))
			m->put(out, s[i++]);
		else
			i += rare(out, m, s + i, len - i);
	}
}

static void
put_html(GString *out, char c)
{
	switch (c) {
	case '&':
		g_string_append(out, "&amp;");
		break;
	case '<':
		g_string_append(out, "&lt;");
		break;
	case '>':
		g_string_append(out, "&gt;");
		break;
	case '"':
		g_string_append(out, "&quot;");
		break;
	case '\'':
		g_string_append(out, "&#39;");
		break;
	default:
		g_string_append_c(out, c);
	}
}

static void
put_css(GString *out, char c)
{
	g_string_append_printf(out, "\\%06x", (unsigned)c);
}

static void
put_csv(GString *out, char c)
{
	if (c == '"')
		g_string_append_c(out, c);
	g_string_append_c(out, c);
}

static void
put_none(GString *out, char c)
{
	g_string_append_c(out, c);
}

static const struct medium term = { "", put_none, "\\" };
static const struct medium html = { "&<>\"'\n\t", put_html, "\\" };
static const struct medium css = { "\"'\\<>&", put_css, "\\00005c" };
static const struct medium csv = { "\"\n\r\t", put_csv, "\\" };

void
text_term(GString *out, const char *s, gssize len)
{
	escape(out, &term, s, len);
}

void
text_html(GString *out, const char *s, gssize len)
{
	escape(out, &html, s, len);
}

void
text_css(GString *out, const char *s, gssize len)
{
	escape(out, &css, s, len);
}

void
text_csv(GString *out, const char *s, gssize len)
{
	size_t n = len < 0 ? strlen(s) : (size_t)len;
	gboolean formula = n > 0 && one_of("=+-@\t\r", s[0]);
	gboolean quote = formula;

	for (size_t i = 0; i < n && !quote; i++)
		quote = one_of(",\"\r\n", s[i]);
	if (quote)
		g_string_append_c(out, '"');
	if (formula)
		g_string_append_c(out, '\'');
	escape(out, &csv, s, (gssize)n);
	if (quote)
		g_string_append_c(out, '"');
}

json_t *
text_json(const char *bytes, size_t len)
{
	g_autofree char *b64 = NULL;
	json_t *s = NULL;

	if (len == 0)
		return json_stringn_nocheck("", 0);
	if (memchr(bytes, '\0', len) == NULL)
		s = json_stringn(bytes, len);	/* NULL where not UTF-8 */
	if (s != NULL)
		return s;
	b64 = g_base64_encode((const guchar *)bytes, len);
	return json_pack("{s:s}", "b64", b64);
}

void
text_hex(char *out, const unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	*out = '\0';
}

static void
digest_free(void *md)
{
	EVP_MD_CTX_free(md);
}

/* A thread's own, because what is digested is mostly shorter than it takes to
 * make one. */
static EVP_MD_CTX *
digest_begin(void)
{
	static GPrivate own = G_PRIVATE_INIT(digest_free);
	static gsize sha256;	/* EVP_MD *: looked up by its name once */
	EVP_MD_CTX *md = g_private_get(&own);

	if (g_once_init_enter(&sha256))
		g_once_init_leave(&sha256,
		    (gsize)EVP_MD_fetch(NULL, "SHA256", NULL));
	if (md == NULL) {
		md = EVP_MD_CTX_new();
		g_private_set(&own, md);
	}
	return EVP_DigestInit_ex(md, (const EVP_MD *)sha256, NULL) == 1 ?
	    md : NULL;
}

void
text_sha256(char out[65], const void *bytes, size_t len)
{
	EVP_MD_CTX *md = digest_begin();
	unsigned char sum[EVP_MAX_MD_SIZE];

	if (md == NULL || EVP_DigestUpdate(md, bytes, len) != 1 ||
	    EVP_DigestFinal_ex(md, sum, NULL) != 1)
		g_error("text_sha256: the cryptographic library failed");
	text_hex(out, sum, 32);
}

int
text_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}
