#include "probes/page_charset.h"

#include <string.h>

#include "probes/converter.h"
#include "probes/limits.h"

static const struct {
	const char	*bytes, *name;
	size_t		 n;
} marks[] = {
	{ "\xef\xbb\xbf", "utf-8", 3 },
	{ "\xff\xfe", "utf-16le", 2 },
	{ "\xfe\xff", "utf-16be", 2 },
};

/* What pages call it, what it is to be read as (WHATWG Encoding, labels). */
static const struct {
	const char	*label, *iconv;
} labels[] = {
	{ "iso-8859-1", "windows-1252" }, { "latin1", "windows-1252" },
	{ "us-ascii", "windows-1252" }, { "ascii", "windows-1252" },
	{ "iso8859-1", "windows-1252" }, { "cp1252", "windows-1252" },
	{ "iso-8859-9", "windows-1254" }, { "gb2312", "gb18030" },
	{ "gbk", "gb18030" }, { "x-gbk", "gb18030" }, { "big5", "big5-hkscs" },
	{ "shift_jis", "cp932" }, { "shift-jis", "cp932" },
	{ "x-sjis", "cp932" }, { "sjis", "cp932" }, { "windows-31j", "cp932" },
	{ "ks_c_5601-1987", "cp949" }, { "euc-kr", "cp949" },
	{ "x-mac-cyrillic", "mac-cyrillic" }, { "tis-620", "cp874" },
	{ "windows-874", "cp874" }, { "utf-16", "utf-16le" },
	{ "cp1251", "windows-1251" }, { "win-1251", "windows-1251" },
};

/* After "charset=", in a header or a tag. */
static char *
named(const char *s, size_t len)
{
	const char *p = s, *end;
	size_t n;

	if (len == 0)
		return NULL;
	end = s + len;
	while (p + 8 < end && g_ascii_strncasecmp(p, "charset=", 8) != 0)
		p++;
	if (p + 8 >= end)
		return NULL;
	p += 8;
	while (p < end && (*p == '"' || *p == '\'' || *p == ' '))
		p++;
	for (n = 0; p + n < end && n < 40 && (g_ascii_isalnum(p[n]) ||
	    strchr("-_:.", p[n]) != NULL) && p[n] != '\0'; n++)
		;
	return n > 0 ? g_ascii_strdown(p, (gssize)n) : NULL;
}

static char *
declared(const struct http_message *m, const char *p, size_t len)
{
	const char *type = http_header(m, "Content-Type");
	char *name = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (len >= marks[i].n &&
		    memcmp(p, marks[i].bytes, marks[i].n) == 0)
			return g_strdup(marks[i].name);
	if (type != NULL)
		name = named(type, strlen(type));
	if (name == NULL)
		name = named(p, MIN(len, CHARSET_HEAD));
	return name != NULL ? name : g_strdup("");
}

/* Stretch by stretch, with U+FFFD for a byte that the set does not have. */
static GBytes *
converted(GIConv cd, const char *p, size_t left)
{
	g_autoptr(GString) out = g_string_sized_new(left + left / 2);
	size_t most = (size_t)limit_info(LIMIT_HTTP_BODY)->value * 2;
	char *in = g_memdup2(p, left), *at = in;
	gsize faults = 0;

	while (left > 0 && out->len < most) {
		char buf[8192], *to = buf;
		gsize room = sizeof(buf);
		gsize rc = g_iconv(cd, &at, &left, &to, &room);

		g_string_append_len(out, buf, to - buf);
		if (rc != (gsize)-1 || room < sizeof(buf) || left == 0)
			continue;
		g_string_append(out, "\xef\xbf\xbd");
		at++;
		left--;
		if (++faults > CHARSET_FAULTS)
			break;
	}
	g_free(in);
	if (faults > CHARSET_FAULTS)
		return NULL;
	return g_string_free_to_bytes(g_steal_pointer(&out));
}

GBytes *
page_charset(const struct http_message *m, GBytes *page, char **name)
{
	gsize len;
	const char *p = g_bytes_get_data(page, &len), *set;
	GBytes *out = NULL;
	GIConv cd;

	*name = declared(m, p, len);
	set = *name;
	if (*set == '\0' || strcmp(set, "utf-8") == 0 ||
	    strcmp(set, "utf8") == 0 || len == 0)
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
		if (strcmp(labels[i].label, set) == 0)
			set = labels[i].iconv;
	/* A page that is UTF-8 whatever it says is read as that. */
	if (!g_str_has_prefix(set, "utf-16") &&
	    g_utf8_validate(p, (gssize)len, NULL))
		return NULL;
	/* A name that is in no table of ours is opened for this page alone. */
	cd = set != *name ? converter_take(set) : g_iconv_open("UTF-8", set);
	if (cd == (GIConv)-1)
		return NULL;
	out = converted(cd, p, len);
	if (set == *name)
		g_iconv_close(cd);
	return out;
}
