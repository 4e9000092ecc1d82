#include "probes/url.h"

#include <curl/curl.h>
#include <string.h>

#include "probes/guard.h"
#include "probes/url_priv.h"

static const char *const error_says[URL_ERRORS] = {
	[URL_OK] = "is a URL",
	[URL_EMPTY] = "is empty",
	[URL_LONG] = "is longer than 8192 bytes",
	[URL_CONTROL] = "holds a blank or a control character",
	[URL_SCHEME] = "is not an http or https URL",
	[URL_CREDENTIALS] = "has a user name or password before its host",
	[URL_HOST] = "has no host that is a name or an address",
	[URL_PORT] = "has a port that is not a number from 1 to 65535",
	[URL_FORM] = "is not a URL",
};

static const struct {
	CURLUcode	 code;
	enum url_error	 error;
} curl_errors[] = {
	{ CURLUE_UNSUPPORTED_SCHEME, URL_SCHEME },
	{ CURLUE_BAD_SCHEME, URL_SCHEME },
	{ CURLUE_USER_NOT_ALLOWED, URL_CREDENTIALS },
	{ CURLUE_BAD_LOGIN, URL_CREDENTIALS },
	{ CURLUE_BAD_PORT_NUMBER, URL_PORT },
	{ CURLUE_NO_HOST, URL_HOST },
	{ CURLUE_BAD_HOSTNAME, URL_HOST },
	{ CURLUE_BAD_IPV6, URL_HOST },
};

const char *
url_error_says(enum url_error e)
{
	return (unsigned)e < URL_ERRORS ? error_says[e] : "is not a URL";
}

void
url_clear(struct url *u)
{
	g_free(u->scheme);
	g_free(u->host);
	g_free(u->path);
	memset(u, 0, sizeof(*u));
}

/* An address, which libcurl writes with brackets where it is IPv6; or a name. */
static enum url_error
take_host(const char *host, struct url *out)
{
	char addr[ADDR_TEXT];
	g_autofree char *bare = NULL;
	size_t n = strlen(host);

	if (n > 2 && host[0] == '[' && host[n - 1] == ']')
		bare = g_strndup(host + 1, n - 2);
	if (addr_canonical(bare != NULL ? bare : host, addr) == 0) {
		out->host = g_strdup(addr);
		out->literal = TRUE;
		return URL_OK;
	}
	if (bare == NULL)
		out->host = host_canonical(host, NULL);
	return out->host != NULL ? URL_OK : URL_HOST;
}

static enum url_error
curl_fault(CURLUcode rc)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(curl_errors); i++)
		if (curl_errors[i].code == rc)
			return curl_errors[i].error;
	return URL_FORM;
}

static char *
part(CURLU *h, CURLUPart what, unsigned flags)
{
	char *value = NULL, *copy = NULL;

	if (curl_url_get(h, what, &value, flags) == CURLUE_OK)
		copy = g_strdup(value);
	curl_free(value);
	return copy;
}

static enum url_error
take_parts(CURLU *h, struct url *out)
{
	g_autofree char *host = part(h, CURLUPART_HOST, 0);
	g_autofree char *port = part(h, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	g_autofree char *path = part(h, CURLUPART_PATH, 0);
	g_autofree char *query = part(h, CURLUPART_QUERY, 0);
	guint64 number = 0;

	out->scheme = part(h, CURLUPART_SCHEME, 0);
	if (out->scheme == NULL || (strcmp(out->scheme, "http") != 0 &&
	    strcmp(out->scheme, "https") != 0))
		return URL_SCHEME;
	if (host == NULL || take_host(host, out) != URL_OK)
		return URL_HOST;
	if (port == NULL || !g_ascii_string_to_unsigned(port, 10, 1, 65535,
	    &number, NULL))
		return URL_PORT;
	out->port = (uint16_t)number;
	out->path = g_strconcat(path != NULL ? path : "/",
	    query != NULL ? "?" : NULL, query, NULL);
	return strlen(out->path) > URL_MAX ? URL_LONG : URL_OK;
}

static enum url_error
look_over(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	if (*p == '\0')
		return URL_EMPTY;
	if (strlen(text) > URL_MAX)
		return URL_LONG;
	for (; *p != '\0'; p++)
		if (*p <= ' ' || *p == 0x7f)
			return URL_CONTROL;
	return URL_OK;
}

#define FLAGS	(CURLU_DISALLOW_USER | CURLU_URLENCODE)

enum url_error
url_check(const char *text, struct url *out)
{
	enum url_error e = look_over(text);
	CURLUcode rc;
	CURLU *h;

	memset(out, 0, sizeof(*out));
	if (e != URL_OK || url_plain_check(text, out))
		return e;
	h = curl_url();
	if (h == NULL)
		g_error("url: no memory");
	rc = curl_url_set(h, CURLUPART_URL, text, FLAGS);
	e = rc == CURLUE_OK ? take_parts(h, out) : curl_fault(rc);
	curl_url_cleanup(h);
	if (e != URL_OK)
		url_clear(out);
	return e;
}

int
url_split(const char *text, struct url *out)
{
	return url_check(text, out) == URL_OK ? 0 : -1;
}

char *
url_host(const char *text)
{
	struct url u;
	char *host;

	if (url_split(text, &u) != 0)
		return g_strdup("");
	host = g_strdup(u.host);
	url_clear(&u);
	return host;
}

char *
url_origin(const struct url *u)
{
	gboolean v6 = strchr(u->host, ':') != NULL;
	unsigned usual = strcmp(u->scheme, "https") == 0 ? 443 : 80;
	GString *s = g_string_new(NULL);

	g_string_printf(s, v6 ? "%s://[%s]" : "%s://%s", u->scheme, u->host);
	if (u->port != usual)
		g_string_append_printf(s, ":%u", (unsigned)u->port);
	return g_string_free(s, FALSE);
}

char *
url_text(const struct url *u)
{
	g_autofree char *origin = url_origin(u);

	return g_strconcat(origin, u->path, NULL);
}

/* The scheme's length where ref has one (RFC 3986 3.1), else 0. */
static size_t
scheme_length(const char *ref)
{
	size_t n = 0;

	if (!g_ascii_isalpha(ref[0]))
		return 0;
	while (g_ascii_isalnum(ref[n]) || strchr("+-.", ref[n]) != NULL) {
		if (ref[n] == '\0')
			return 0;
		n++;
	}
	return ref[n] == ':' ? n : 0;
}

/* As browsers take it: white space around, and line breaks inside, are gone. */
static char *
as_browsers_read(const char *ref)
{
	GString *s = g_string_new(NULL);
	gboolean path = TRUE;
	size_t n;

	while (*ref > 0 && *ref <= ' ')
		ref++;
	n = strlen(ref);
	while (n > 0 && ref[n - 1] > 0 && ref[n - 1] <= ' ')
		n--;
	for (; n > 0 && *ref != '#'; ref++, n--) {
		if (*ref == '\t' || *ref == '\r' || *ref == '\n')
			continue;
		if (*ref == '?')
			path = FALSE;
		g_string_append_c(s, *ref == '\\' && path ? '/' : *ref);
	}
	return g_string_free(s, FALSE);
}

static gboolean
resolve_with(CURLU *h, const char *base, const char *ref, struct url *out)
{
	unsigned flags = FLAGS | CURLU_ALLOW_SPACE;

	memset(out, 0, sizeof(*out));
	if (curl_url_set(h, CURLUPART_URL, base, FLAGS) != CURLUE_OK ||
	    curl_url_set(h, CURLUPART_URL, ref, flags) != CURLUE_OK ||
	    take_parts(h, out) != URL_OK) {
		url_clear(out);
		return FALSE;
	}
	return TRUE;
}

char *
url_resolve(const char *base, const char *ref)
{
	g_autofree char *clean = NULL;
	char *text = NULL;
	struct url u;
	size_t scheme;
	CURLU *h;

	if (strlen(ref) > URL_MAX || look_over(base) != URL_OK)
		return NULL;
	text = url_plain_resolve(base, ref);
	if (text != NULL && strlen(text) <= URL_MAX)
		return text;
	g_clear_pointer(&text, g_free);
	clean = as_browsers_read(ref);
	scheme = scheme_length(clean);
	if (*clean == '\0' || (scheme != 0 &&
	    g_ascii_strncasecmp(clean, "http:", 5) != 0 &&
	    g_ascii_strncasecmp(clean, "https:", 6) != 0))
		return NULL;
	h = curl_url();
	if (h == NULL)
		g_error("url: no memory");
	if (resolve_with(h, base, clean, &u)) {
		text = url_text(&u);
		url_clear(&u);
	}
	curl_url_cleanup(h);
	if (text != NULL && look_over(text) != URL_OK)
		g_clear_pointer(&text, g_free);
	return text;
}
