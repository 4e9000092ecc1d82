#include <string.h>

#include "probes/whois.h"

/* Servers that write something else than UTF-8.  Facts gathered from what the
 * servers send; latin1 is what everybody else is read as who sends no UTF-8. */
#define ROW(host, charset)	{ host, sizeof(host) - 1, charset }

static const struct {
	const char	*host;
	gsize		 len;
	const char	*charset;
} charsets[] = {
	ROW("whois.arin.net", "ISO-8859-1"),
	ROW("whois.ripe.net", "ISO-8859-1"),
	ROW("whois.apnic.net", "ISO-8859-1"),
	ROW("whois.afrinic.net", "ISO-8859-1"),
	ROW("whois.lacnic.net", "ISO-8859-1"),
	ROW("whois.registro.br", "ISO-8859-1"),
	ROW("whois.isnic.is", "ISO-8859-1"),
	ROW("whois.fi", "ISO-8859-1"),
	ROW("whois.norid.no", "ISO-8859-1"),
	ROW("whois.nic.hu", "ISO-8859-1"),
	ROW("whois.dns.lu", "ISO-8859-1"),
	ROW("whois.dns.pt", "ISO-8859-1"),
	ROW("whois.nic.cl", "ISO-8859-1"),
	ROW("whois.nic.at", "ISO-8859-1"),
	ROW("whois.nic.mx", "ISO-8859-1"),
	ROW("whois.nic.ad.jp", "ISO-2022-JP"),
	ROW("whois.jprs.jp", "ISO-2022-JP"),
	ROW("whois.krnic.net", "EUC-KR"),
	ROW("whois.nic.or.kr", "EUC-KR"),
	ROW("whois.kr", "EUC-KR"),
	ROW("whois.kisa.or.kr", "EUC-KR"),
	ROW("whois.twnic.net.tw", "BIG5"),
	ROW("whois.twnic.net", "BIG5"),
	ROW("whois.cnnic.cn", "GB18030"),
	ROW("whois.cnnic.net.cn", "GB18030"),
	ROW("whois.domain.kg", "WINDOWS-1251"),
	ROW("whois.kg", "WINDOWS-1251"),
	ROW("whois.nic.kz", "WINDOWS-1251"),
	ROW("whois.com.ua", "KOI8-U"),
	ROW("whois.net.ua", "KOI8-U"),
	ROW("whois.nic.net.ru", "KOI8-R"),
	ROW("whois.trabis.gov.tr", "ISO-8859-9"),
	ROW("whois.nic.tr", "ISO-8859-9"),
	ROW("whois.metu.edu.tr", "ISO-8859-9"),
};

const char *
whois_charset_of(const char *host)
{
	gsize n = strlen(host);

	for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++)
		if (charsets[i].len == n &&
		    g_ascii_strcasecmp(charsets[i].host, host) == 0)
			return charsets[i].charset;
	return NULL;
}

static void
latin1(const char *s, gsize len, GString *out)
{
	for (gsize i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c >= 0x80)
			g_string_append_unichar(out, c);
		else
			g_string_append_c(out, (char)c);
	}
}

/* A line at a time: ISO-2022 begins and ends each line in ASCII (RFC 1468), and
 * one bad line leaves the others readable. */
void
whois_charset_line(const char *charset, GIConv conv, const char *s, gsize len,
    GString *out)
{
	g_autofree char *text = NULL;
	gsize n = 0;

	if (strcmp(charset, "ISO-8859-1") == 0) {
		latin1(s, len, out);
		return;
	}
	if (len > 0 && conv != (GIConv)-1)
		text = g_convert_with_iconv(s, (gssize)len, conv, NULL, &n,
		    NULL);
	if (text != NULL) {
		g_string_append_len(out, text, (gssize)n);
		return;
	}
	g_string_append_len(out, s, (gssize)len);
	if (conv != (GIConv)-1)
		g_iconv(conv, NULL, NULL, NULL, NULL);
}
