#include <string.h>

#include "probes/rdap.h"
#include "probes/whois.h"

static const struct {
	const char	*scheme, *protocol;
	uint16_t	 port;
} schemes[] = {
	{ "rwhois", "rwhois", 4321 },
	{ "whois", "whois", 43 },
	/* A page where there was to be a server: its host answers WHOIS too,
	 * on the port that is WHOIS's. */
	{ "http", "whois", 43 },
	{ "https", "whois", 43 },
};

static gboolean
scheme_of(const char *text, gsize len, const char **protocol, uint16_t *port)
{
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
		if (strlen(schemes[i].scheme) == len &&
		    g_ascii_strncasecmp(text, schemes[i].scheme, len) == 0) {
			*protocol = schemes[i].protocol;
			*port = schemes[i].port;
			return TRUE;
		}
	return FALSE;
}

/* ":4321" after the host; FALSE where it is no port. */
static gboolean
port_of(const char *s, uint16_t *port)
{
	guint64 n;

	if (*s != ':')
		return TRUE;
	n = g_ascii_strtoull(s + 1, NULL, 10);
	if (!g_ascii_isdigit(s[1]) || n == 0 || n > 65535)
		return FALSE;
	*port = (uint16_t)n;
	return TRUE;
}

/*
 * "whois.x.com", "https://whois.x.com/y", "x.com/whois", "whois://x.net:4343",
 * "rwhois://x.net:4321/auth-area=." (RFC 2167).  A port other than the
 * protocol's own is followed only where the protocol is named.
 */
gboolean
whois_server_read(const char *text, struct whois_server *s)
{
	const char *p = strstr(text, "://"), *end;
	gboolean named = FALSE;
	g_autofree char *host = NULL;

	s->host = NULL;
	s->port = 43;
	s->protocol = "whois";
	if (p != NULL) {
		if (!scheme_of(text, (gsize)(p - text), &s->protocol, &s->port))
			return FALSE;
		named = g_ascii_tolower(*text) != 'h';
		text = p + 3;
	}
	end = text + strcspn(text, ":/?# \t");
	host = g_strndup(text, (gsize)(end - text));
	if (strchr(host, '.') == NULL || g_hostname_is_ip_address(host))
		return FALSE;
	if (named ? !port_of(end, &s->port) :
	    *end == ':' && !(strncmp(end, ":43", 3) == 0 &&
	    !g_ascii_isdigit(end[3])))
		return FALSE;
	s->host = rdap_hostname(host);
	return s->host != NULL;
}
