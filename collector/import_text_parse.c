#include "collector/import_text.h"

#include <string.h>

/* What windows-1252 has between 80 and 9F; 0 where it has nothing. */
static const uint16_t c1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static const char *const names[] = {
	[CHARSET_UTF8] = "UTF-8", [CHARSET_UTF16LE] = "UTF-16 (little-endian)",
	[CHARSET_UTF16BE] = "UTF-16 (big-endian)",
	[CHARSET_1252] = "windows-1252", [CHARSET_LATIN1] = "ISO-8859-1",
	[CHARSET_NONE] = "no character set that is known here",
};

/* Files that are no text, by how they begin. */
static const struct {
	const char	*begins;
	size_t		 len;
	const char	*says;
} others[] = {
	{ "PK\003\004", 4, "an archive, as .xlsx and .ods files are: export "
	    "the sheet as CSV in UTF-8" },
	{ "\xd0\xcf\x11\xe0", 4, "an office document of the old kind: export "
	    "the sheet as CSV in UTF-8" },
	{ "\x1f\x8b", 2, "compressed by gzip: import what is in it" },
	{ "%PDF", 4, "a PDF: import it as a document" },
	{ "{", 1, "JSON: export it as CSV with a header line" },
	{ "[", 1, "JSON: export it as CSV with a header line" },
	{ "\xff\xfe\0\0", 4, "UTF-32: save it as UTF-8" },
	{ "\0\0\xfe\xff", 4, "UTF-32: save it as UTF-8" },
};

const char *
charset_name(enum charset c)
{
	return names[c];
}

/* ---- the survey */

void
text_survey_begin(struct text_survey *s)
{
	memset(s, 0, sizeof(*s));
}

/* Bytes that are not UTF-8: the first is named. */
static void
wrong(struct text_survey *s, uint64_t at)
{
	if (s->wrong++ > 0)
		return;
	s->bad_line = s->lf + 1;
	s->bad_column = at - s->line_start + 1;
}

/* The first byte of a character beyond ASCII; RFC 3629 section 4. */
static void
lead(struct text_survey *s, unsigned char b, uint64_t at)
{
	s->lo = 0x80;
	s->hi = 0xbf;
	if (b >= 0xc2 && b <= 0xdf) {
		s->need = 1;
	} else if (b >= 0xe0 && b <= 0xef) {
		s->need = 2;
		s->lo = b == 0xe0 ? 0xa0 : 0x80;
		s->hi = b == 0xed ? 0x9f : 0xbf;
	} else if (b >= 0xf0 && b <= 0xf4) {
		s->need = 3;
		s->lo = b == 0xf0 ? 0x90 : 0x80;
		s->hi = b == 0xf4 ? 0x8f : 0xbf;
	} else {
		wrong(s, at);
	}
}

static void
high(struct text_survey *s, unsigned char b)
{
	if (b >= 0x80 && b <= 0x9f) {
		s->c1++;
		s->undefined += c1252[b - 0x80] == 0;
	}
}

static void
byte(struct text_survey *s, unsigned char b, uint64_t at)
{
	if (s->need > 0) {
		if (b >= s->lo && b <= s->hi) {
			s->lo = 0x80;
			s->hi = 0xbf;
			s->beyond += --s->need == 0;
			high(s, b);
			return;
		}
		s->need = 0;
		wrong(s, at);
	}
	if (b >= 0x80) {
		high(s, b);
		lead(s, b, at);
	} else if (b == '\n') {
		s->lf++;
		s->line_start = at + 1;
	} else if (b == '\r') {
		s->cr++;
	} else if (b == 0) {
		s->nul[at & 1]++;
	}
}

/* Eight bytes that are ASCII and none of NUL, CR, LF: nothing to see. */
static gboolean
plain(const unsigned char *p)
{
	uint64_t w, ones = UINT64_C(0x0101010101010101);
	uint64_t tops = ones << 7;

	memcpy(&w, p, sizeof(w));
	/* A byte below 0x0e sets its top bit when 0x72 more is not enough. */
	return (w & tops) == 0 && ((w + ones * 0x72) & tops) == tops;
}

void
text_survey_add(struct text_survey *s, const void *data, size_t len)
{
	const unsigned char *p = data;
	size_t i = 0;

	if (s->bytes < sizeof(s->head))
		memcpy(s->head + s->bytes, p,
		    MIN(len, sizeof(s->head) - (size_t)s->bytes));
	while (i < len) {
		if (s->need == 0 && len - i >= 8 && plain(p + i)) {
			i += 8;
			continue;
		}
		byte(s, p[i], s->bytes + i);
		i++;
	}
	s->bytes += len;
}

static gboolean
begins(const struct text_survey *s, const char *mark, size_t len)
{
	return s->bytes >= len && memcmp(s->head, mark, len) == 0;
}

/* Text of which half the first bytes are NUL, nearly all on one side. */
static enum charset
unmarked_utf16(const struct text_survey *s)
{
	size_t n = (size_t)MIN(s->bytes, sizeof(s->head)) & ~(size_t)1;
	size_t nul[2] = { 0, 0 };

	for (size_t i = 0; i < n; i++)
		nul[i & 1] += s->head[i] == 0;
	if (n >= 4 && nul[0] * 8 <= nul[1] && nul[1] >= n / 4)
		return CHARSET_UTF16LE;
	if (n >= 4 && nul[1] * 8 <= nul[0] && nul[0] >= n / 4)
		return CHARSET_UTF16BE;
	return CHARSET_NONE;
}

static enum charset
marked(struct text_survey *s)
{
	if (begins(s, "\xef\xbb\xbf", 3)) {
		s->mark = 3;
		return CHARSET_UTF8;
	}
	s->mark = 2;
	if (begins(s, "\xff\xfe", 2))
		return CHARSET_UTF16LE;
	if (begins(s, "\xfe\xff", 2))
		return CHARSET_UTF16BE;
	s->mark = 0;
	return unmarked_utf16(s);
}

static enum charset
by_bytes(struct text_survey *s)
{
	s->bad = s->wrong > 0;
	if (!s->bad || s->beyond > 0)
		return CHARSET_UTF8;
	if (s->undefined == 0)
		return s->c1 > 0 ? CHARSET_1252 : CHARSET_LATIN1;
	s->refused = "in a character set that is not known here: save it as "
	    "UTF-8";
	return CHARSET_NONE;
}

void
text_survey_end(struct text_survey *s)
{
	if (s->need > 0)
		wrong(s, s->bytes);
	s->cr_only = s->lf == 0 && s->cr > 0;
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		if (begins(s, others[i].begins, others[i].len)) {
			s->charset = CHARSET_NONE;
			s->refused = others[i].says;
			return;
		}
	s->charset = marked(s);
	if (s->charset == CHARSET_NONE || s->charset == CHARSET_UTF8) {
		s->charset = by_bytes(s);
		s->nuls = s->nul[0] + s->nul[1] > 0;
	} else {
		/* A NUL or half a pair shows only when it is decoded. */
		s->bad = s->nuls = TRUE;
	}
}

/* ---- bytes into UTF-8 */

static size_t
put(char *out, gunichar c)
{
	if (c >= 0xd800 && c <= 0xdfff) {
		*out = (char)0xff;
		return 1;
	}
	return (size_t)g_unichar_to_utf8(c, out);
}

static size_t
single(const struct text_decoder *d, const unsigned char *p, size_t len,
    char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		gunichar c = p[i];

		if (d->charset == CHARSET_1252 && c >= 0x80 && c <= 0x9f)
			c = c1252[c - 0x80];
		n += put(out + n, c);
	}
	return n;
}

static gunichar
unit(const struct text_decoder *d, const unsigned char *p)
{
	return d->charset == CHARSET_UTF16LE ? p[0] | (gunichar)p[1] << 8 :
	    p[1] | (gunichar)p[0] << 8;
}

/* The units of p that are whole; a high half waits for its low one. */
static size_t
utf16(struct text_decoder *d, const unsigned char *p, size_t len,
    gboolean last, char *out)
{
	size_t i = 0, n = 0;

	while (len - i >= 2) {
		gunichar c = unit(d, p + i), low;

		if (c >= 0xd800 && c <= 0xdbff) {
			if (len - i < 4 && !last)
				break;
			low = len - i >= 4 ? unit(d, p + i + 2) : 0;
			if (low >= 0xdc00 && low <= 0xdfff) {
				c = 0x10000 + ((c - 0xd800) << 10) +
				    (low - 0xdc00);
				i += 2;
			}
		}
		n += put(out + n, c);
		i += 2;
	}
	if (last && i < len) {
		n += put(out + n, 0xdfff);
		i = len;
	}
	d->nleft = (unsigned)(len - i);
	memcpy(d->left, p + i, d->nleft);
	return n;
}

size_t
text_decode(struct text_decoder *d, const unsigned char *p, size_t len,
    gboolean last, char *out)
{
	unsigned char joined[8];
	size_t n = 0, take;

	if (d->charset == CHARSET_UTF8 || d->charset == CHARSET_NONE) {
		memcpy(out, p, len);
		return len;
	}
	if (d->charset == CHARSET_1252 || d->charset == CHARSET_LATIN1)
		return single(d, p, len, out);
	/* What was left goes on with as much as makes it whole. */
	while (d->nleft > 0 && (len > 0 || last)) {
		unsigned had = d->nleft;

		take = MIN(len, 4u - MIN(had, 3u));
		memcpy(joined, d->left, had);
		memcpy(joined + had, p, take);
		p += take;
		len -= take;
		n += utf16(d, joined, had + take, last && len == 0, out + n);
		if (len == 0)
			return n;
	}
	return n + utf16(d, p, len, last, out + n);
}
