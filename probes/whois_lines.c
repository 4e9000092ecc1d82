#include <string.h>

#include "probes/converter.h"
#include "probes/json_text.h"
#include "probes/whois.h"

static gboolean
blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Whether any byte has its eighth bit. */
static gboolean
any_high(const char *s, gsize len)
{
	guint64 all = 0, word;
	gsize k = 0;

	for (; k + sizeof(word) <= len; k += sizeof(word)) {
		memcpy(&word, s + k, sizeof(word));
		all |= word;
	}
	for (; k < len; k++)
		all |= (unsigned char)s[k];
	return (all & G_GUINT64_CONSTANT(0x8080808080808080)) != 0;
}

/* NULs are no fault of a character set. */
static const char *
charset_seen(const char *s, gsize len)
{
	gsize i = 0;

	if (!any_high(s, len))
		return "US-ASCII";
	while (i < len) {
		const char *nul = memchr(s + i, '\0', len - i);
		gsize n = nul != NULL ? (gsize)(nul - (s + i)) : len - i;

		if (!g_utf8_validate_len(s + i, n, NULL))
			return "ISO-8859-1";
		i += n + 1;
	}
	return "UTF-8";
}

/* The way into Japanese characters of seven bits, which no text has by chance. */
static gboolean
escapes(const char *s, gsize len)
{
	const char *end = s + len;

	while ((s = memchr(s, '\033', (gsize)(end - s))) != NULL) {
		if (end - s > 2 && s[1] == '$' && (s[2] == 'B' || s[2] == '@'))
			return TRUE;
		s++;
	}
	return FALSE;
}

/* What a key may begin or end with and that is no part of it. */
static inline gboolean
leads(char c)
{
	return c == ' ' || c == '*' || c == '%' || c == '#' || c == '=' ||
	    c == '-' || c == '[' || c == '\t';
}

static inline gboolean
trails(char c)
{
	return c == ' ' || c == '.' || c == ':' || c == ']' || c == '*' ||
	    c == '=' || c == '#';
}

/* Leaders and stars are no part of a key, nor what stands in round brackets. */
gsize
whois_plain(const char *s, gsize len, char *buf, gsize size)
{
	gsize n = 0;

	while (len > 0 && leads(*s))
		s++, len--;
	for (gsize i = 0; i < len && n + 1 < size; i++) {
		char c = s[i];

		if (c >= 'a' && c <= 'z')
			buf[n++] = c;
		else if (c >= 'A' && c <= 'Z')
			buf[n++] = (char)(c + ('a' - 'A'));
		else if (n > 0 && (c == '(' || (c == '[' && i + 1 < len &&
		    g_ascii_isdigit(s[i + 1]))))
			break;
		else if (c != ' ' && c != '\t' && c != '_')
			buf[n++] = c;
		else if (n > 0 && buf[n - 1] != ' ')
			buf[n++] = ' ';
	}
	while (n > 0 && trails(buf[n - 1]))
		n--;
	buf[n] = '\0';
	return n;
}

/* The plain form of the line's key is wanted many times, and made once. */
static void
keep_key(struct whois_text *t, struct whois_line *l)
{
	GString *k = t->keys;
	gsize at = k->len;

	if (l->key_len == 0)
		return;
	g_string_set_size(k, at + l->key_len + 1);
	k->len = at + 1 + whois_plain(t->text + l->key, l->key_len,
	    k->str + at, l->key_len + 1);
	l->plain = (guint32)at;
}

/* "ns1.example.net 2001": a name, and the beginning of its address. */
static gboolean
name_and_address(const char *s, gsize len, const char *dot)
{
	gsize n = 0;

	if (dot == NULL)
		return FALSE;
	while (n < len && !blank(s[n]))
		n++;
	if (n == len || dot >= s + n - 1)
		return FALSE;
	while (n < len && (blank(s[n]) || s[n] == '.' ||
	    g_ascii_isxdigit(s[n])))
		n++;
	return n == len;
}

/* dot: the first, or NULL.  Columns side by side are no key:
 * "ns1.example.net    192.0.2.1  2001:db8::1". */
static gboolean
key_like(const char *s, gsize len, const char *dot)
{
	gboolean columns = FALSE, digits = FALSE;

	while (len > 0 && blank(s[len - 1]))
		len--;
	if (len == 0 || len > WHOIS_KEY || *s == '%' || *s == '#' ||
	    *s == ';' || *s == '>' || *s == '\0' ||
	    name_and_address(s, len, dot))
		return FALSE;
	for (gsize i = 0; i < len; i++) {
		char c = s[i];

		if (c >= 'a' && c <= 'z')
			continue;
		columns = columns || (blank(c) && blank(s[i + 1]));
		digits = digits || g_ascii_isdigit(c) || c == '.';
		if ((unsigned char)c < 0x20 && c != '\t')
			return FALSE;
		/* "ns1.example.net (2001:db8::1)" */
		if ((c == '(' || c == '[') && dot != NULL &&
		    dot < s + i && g_ascii_isxdigit(s[i + 1]))
			return FALSE;
	}
	return !columns || !digits;
}

/* "[key] value", below .co.jp "a. [key] value", in .my "a [key] value": the bytes
 * up to the value, 0 where it is none of them. */
static gsize
split_bracket(const char *s, gsize len, gsize *key, gsize *key_len)
{
	gsize at = 0;
	const char *end;

	if (len > 4 && g_ascii_isalpha(s[0]))
		at = s[1] == ' ' ? 2 : s[1] == '.' && s[2] == ' ' ? 3 : 0;

	if (at >= len || s[at] != '[')
		return 0;
	end = memchr(s + at, ']', MIN(len - at, WHOIS_KEY));
	if (end == NULL)
		return 0;
	*key = at + 1;
	*key_len = (gsize)(end - (s + at)) - 1;
	return (gsize)(end - s) + 1;
}

/* "key: value", also with a colon of full width; as above. */
static gsize
split_colon(const char *s, gsize len, const char *dot, gsize *key,
    gsize *key_len)
{
	gsize most = MIN(len, WHOIS_KEY + 1), wide = 1;
	const char *sep = memchr(s, ':', most);

	if (sep == NULL && memchr(s, 0xef, most) != NULL) {
		sep = g_strstr_len(s, (gssize)most, "\xef\xbc\x9a");
		wide = 3;
	}
	if (sep == NULL)
		return 0;
	*key = 0;
	*key_len = (gsize)(sep - s);
	/* "https://..." is no key */
	if (wide == 1 && *key_len + 2 < len && sep[1] == '/' && sep[2] == '/')
		return 0;
	return key_like(s, *key_len, dot != NULL && dot < sep ? dot : NULL) ?
	    *key_len + wide : 0;
}

/* "Nom de domaine#. . . . . . .example.dz"; as above. */
static gsize
split_spaced_dots(const char *s, gsize len, gsize n, gsize *key,
    gsize *key_len)
{
	*key = 0;
	*key_len = n;
	while (n < len && (s[n] == '.' || s[n] == ' '))
		n++;
	return n < len ? n : 0;
}

/* RWhois (RFC 2167) writes a class before each key: "domain:Created:20090324";
 * as above.  A reference, "domain:Organization;I:777", is no value. */
static gsize
split_class(const char *s, gsize len, gsize *key, gsize *key_len)
{
	static const char class[] = "domain:";
	gsize n = sizeof(class) - 1, at = n;

	if (len < n || g_ascii_strncasecmp(s, class, n) != 0)
		return 0;
	while (at < len && (g_ascii_isalpha(s[at]) || s[at] == '-'))
		at++;
	if (at == n || at >= len || (s[at] != ':' && s[at] != ';'))
		return 0;
	*key = n;
	while (at < len && s[at] != ':')
		at++;
	*key_len = at - n;
	return at < len ? at + 1 : 0;
}

/* "Organisation Name.... Kino", "Organisation Address. 1 First Street": whether
 * the n bytes before the dots are such a key. */
static gboolean
dotted_key(const char *s, gsize n, gsize len)
{
	for (gsize i = 0; i < n; i++)
		if (!g_ascii_isalpha(s[i]) && s[i] != ' ')
			return FALSE;
	if (n + 2 < len && s[n + 1] == '.' && s[n + 2] == '.')
		return TRUE;
	return n > 8 && n + 1 < len && s[n + 1] == ' ' &&
	    memcmp(s + n - 8, " Address", 8) == 0;
}

/* "Domain Name ..................... example.com"; as above. */
static gsize
split_dots(const char *s, gsize len, const char *dots, gsize *key,
    gsize *key_len)
{
	gsize n = dots != NULL ? (gsize)(dots - s) : 0;

	if (n >= 2 && n + 4 < len && memcmp(dots - 1, "#. . ", 5) == 0)
		return split_spaced_dots(s, len, n, key, key_len);
	if (n < 2 || n + 2 > len || !g_ascii_isalpha(*s))
		return 0;
	if ((n + 4 > len || dots[-1] != ' ' || dots[1] != '.' ||
	    dots[2] != '.') && !dotted_key(s, n, len))
		return 0;
	*key = 0;
	*key_len = n;
	while (n < len && s[n] == '.')
		n++;
	return n + 1 < len && s[n] == ' ' && s[n + 1] != ':' ? n : 0;
}

static void
set_value(struct whois_line *l, const char *base, gsize from, gsize to)
{
	gsize dots = from;

	/* "Domain:.......example.net" */
	while (dots < to && base[dots] == '.')
		dots++;
	from = dots > from + 1 ? dots : from;
	while (from < to && blank(base[from]))
		from++;
	/* "Telephone:      :   +229 ..." */
	while (l->key_len > 0 && from + 1 < to && base[from] == ':' &&
	    blank(base[from + 1]))
		for (from++; from < to && blank(base[from]); from++)
			;
	while (to > from && blank(base[to - 1]))
		to--;
	l->value = (guint32)from;
	l->value_len = (guint32)(to - from);
}

static void
read_line(const char *base, struct whois_line *l)
{
	const char *s = base + l->offset, *dot;
	gsize rest, key = 0, key_len = 0, end = l->offset + l->len;

	while (l->indent < l->len && blank(s[l->indent]))
		l->indent++;
	s += l->indent;
	dot = memchr(s, '.', MIN(l->len - l->indent, WHOIS_KEY));
	rest = split_bracket(s, l->len - l->indent, &key, &key_len);
	l->bracket = rest > 0;
	if (rest == 0)
		rest = split_class(s, l->len - l->indent, &key, &key_len);
	if (rest == 0)
		rest = split_dots(s, l->len - l->indent, dot, &key, &key_len);
	if (rest == 0)
		rest = split_colon(s, l->len - l->indent, dot, &key, &key_len);
	if (rest > 0) {
		l->key = l->offset + l->indent + (guint32)key;
		l->key_len = (guint32)key_len;
	}
	set_value(l, base, l->offset + l->indent + rest, end);
}

/* Lines end in LF, CR LF, or CR alone.  Both ends are looked for once, and
 * again only after they are passed: an answer may have none of one. */
struct ends {
	const char	*s;
	gsize		 len, lf, cr;
};

static gsize
next_end(struct ends *e, gsize at, gsize *next, char c)
{
	if (*next < at || *next == 0) {
		const char *p = memchr(e->s + at, c, e->len - at);

		*next = p != NULL ? (gsize)(p - e->s) : e->len;
	}
	return *next;
}

static void
add_line(struct whois_text *t, gsize raw, gsize len)
{
	struct whois_line l = { .raw = (guint32)raw, .offset = (guint32)raw };

	/* Blanks at its end say nothing. */
	while (len > 0 && blank(t->bytes[raw + len - 1]))
		len--;
	l.raw_len = l.len = (guint32)len;
	if (t->converted != NULL) {
		l.offset = (guint32)t->converted->len;
		whois_charset_line(t->charset, t->conv, t->bytes + raw, len,
		    t->converted);
		l.len = (guint32)t->converted->len - l.offset;
		g_string_append_c(t->converted, '\n');
	}
	g_array_append_val(t->lines, l);
}

static void
split_lines(struct whois_text *t, gsize len)
{
	struct ends e = { .s = t->bytes, .len = len };
	/* A byte order mark is no text. */
	gsize at = len >= 3 && memcmp(t->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 :
	    0;

	while (at < len) {
		gsize end = MIN(next_end(&e, at, &e.lf, '\n'),
		    next_end(&e, at, &e.cr, '\r'));

		if (t->lines->len == WHOIS_LINES) {
			t->cut = TRUE;
			break;
		}
		add_line(t, at, end - at);
		at = end + 1;
		if (at < len && e.s[end] == '\r' && e.s[at] == '\n')
			at++;
	}
}

void
whois_text_read(struct whois_text *t, const char *host, const char *s,
    gsize len)
{
	const char *seen = charset_seen(s, len);
	const char *own = whois_charset_of(host);

	memset(t, 0, sizeof(*t));
	t->bytes = s;
	/* What is valid UTF-8 with other characters in it is that, whatever
	 * the table says; ISO-2022 alone looks like ASCII. */
	if (own == NULL && escapes(s, len))
		own = "ISO-2022-JP";
	t->charset = own != NULL && (strcmp(seen, "ISO-8859-1") == 0 ||
	    (strcmp(seen, "US-ASCII") == 0 && memchr(s, '\033', len) != NULL)) ?
	    own : seen;
	t->lines = g_array_sized_new(FALSE, FALSE, sizeof(struct whois_line),
	    (guint)(len / 32 + 16));
	t->conv = (GIConv)-1;
	if (strcmp(t->charset, "US-ASCII") != 0 &&
	    strcmp(t->charset, "UTF-8") != 0) {
		t->converted = g_string_sized_new(len + len / 4);
		if (strcmp(t->charset, "ISO-8859-1") != 0)
			t->conv = converter_take(t->charset);
	}
	t->keys = g_string_sized_new(len / 2 + 1);
	g_string_append_c(t->keys, '\0');
	split_lines(t, len);
	t->text = t->converted != NULL ? t->converted->str : s;
	t->len = t->converted != NULL ? t->converted->len : len;
	for (guint i = 0; i < t->lines->len; i++) {
		struct whois_line *l = &g_array_index(t->lines,
		    struct whois_line, i);

		read_line(t->text, l);
		keep_key(t, l);
	}
}

void
whois_text_clear(struct whois_text *t)
{
	g_clear_pointer(&t->lines, g_array_unref);
	g_string_free(t->keys, TRUE);
	if (t->converted != NULL)
		g_string_free(t->converted, TRUE);
	t->converted = NULL;
	t->conv = (GIConv)-1;
}

void
whois_put(const struct whois_text *t, GString *out, const char *key,
    gsize offset, gsize len)
{
	json_put_text(out, key, t->text + offset, len);
}

char *
whois_utf8(const struct whois_text *t, gsize offset, gsize len)
{
	return g_strndup(t->text + offset, len);
}

/* Whether each byte is one character. */
static gboolean
single_bytes(const char *charset)
{
	return g_str_has_prefix(charset, "ISO-8859-") ||
	    g_str_has_prefix(charset, "WINDOWS-") ||
	    g_str_has_prefix(charset, "KOI8-");
}

/* Characters of UTF-8: bytes that go on with none. */
static gsize
characters(const char *s, gsize len)
{
	gsize n = 0;

	for (gsize i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

/* The least number of bytes of the line that make as much text. */
gsize
whois_raw(const struct whois_text *t, const struct whois_line *l, gsize offset)
{
	gsize want = offset - l->offset;
	g_autoptr(GString) s = NULL;

	if (t->converted == NULL || want == 0)
		return l->raw + want;
	if (l->len == l->raw_len)
		return l->raw + want;
	if (single_bytes(t->charset))
		return l->raw + characters(t->text + l->offset, want);
	s = g_string_new(NULL);
	for (gsize n = 1; n < l->raw_len && n <= WHOIS_VALUE; n++) {
		g_string_truncate(s, 0);
		whois_charset_line(t->charset, t->conv, t->bytes + l->raw, n,
		    s);
		if (s->len >= want && g_utf8_validate_len(s->str, s->len, NULL))
			return l->raw + n;
	}
	return l->raw;
}
