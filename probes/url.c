#include "probes/url.h"

#include <curl/curl.h>
#include <idn2.h>
#include <string.h>

#include "probes/guard.h"

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

/* What the URL standard takes for a part of an IPv4 address ("ends in a number
 * checker"): no top-level domain is one, and with its final dot gone such a
 * name would be read as an address. */
static gboolean
is_number(const char *label)
{
	size_t n = strspn(label, "0123456789");

	return label[n] == '\0' || (label[0] == '0' && label[1] == 'x' &&
	    label[2 + strspn(label + 2, "0123456789abcdef")] == '\0');
}

/* RFC 1035 2.3.4: labels of 1 to 63 bytes, 253 in all without the dot. */
static const char *
host_fault(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
	size_t n;

	if (*name == '\0')
		return "it is empty";
	if (strlen(name) > 253)
		return "it is longer than 253 bytes";
	for (;; name += n + 1) {
		n = strcspn(name, ".");
		if (n == 0)
			return "a label between two dots is empty";
		if (n > 63)
			return "a label is longer than 63 bytes";
		if (strspn(name, allowed) != n)
			return "it holds a character that host names do not have";
		if (name[0] == '-' || name[n - 1] == '-')
			return "a label begins or ends with a hyphen";
		if (name[n] == '\0')
			return is_number(name) ?
			    "no top-level domain is a number, and an address is "
			    "written in full, as 198.41.0.4" : NULL;
	}
}

static const char *
idn_fault(int rc)
{
	switch (rc) {
	case IDN2_TOO_BIG_LABEL:
		return "a label is longer than 63 bytes";
	case IDN2_TOO_BIG_DOMAIN:
		return "it is longer than 253 bytes";
	case IDN2_ENCODING_ERROR:
		return "it is not UTF-8";
	default:
		return "it is not a valid internationalised name (IDNA2008)";
	}
}

static gboolean
is_ascii(const char *s)
{
	while (*s > 0)
		s++;
	return *s == '\0';
}

/* Plain names need no IDNA; a label with "xn--" must be a true A-label. */
static char *
host_convert(const char *name, const char **fault)
{
	g_autofree char *low = g_ascii_strdown(name, -1);
	char *ascii = NULL, *copy;
	int rc;

	if (is_ascii(low) && strstr(low, "xn--") == NULL)
		return g_steal_pointer(&low);
	rc = idn2_to_ascii_8z(low, &ascii,
	    IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
	if (rc != IDN2_OK) {
		*fault = idn_fault(rc);
		return NULL;
	}
	copy = g_ascii_strdown(ascii, -1);
	idn2_free(ascii);
	return copy;
}

char *
host_canonical(const char *name, const char **why)
{
	g_autofree char *out = NULL;
	const char *fault = NULL;
	size_t n;

	if (strlen(name) > 1024) {
		fault = "it is longer than 253 bytes";
	} else {
		out = host_convert(name, &fault);
		if (out != NULL) {
			n = strlen(out);
			if (n > 1 && out[n - 1] == '.')
				out[n - 1] = '\0';
			fault = host_fault(out);
		}
	}
	if (why != NULL)
		*why = fault;
	return fault == NULL ? g_steal_pointer(&out) : NULL;
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

/* ---- plain URLs: nearly all there are, in which libcurl changes nothing */

/* Letters, digits and marks that stand for themselves in path and query. */
#define SELF(c)		[c] = 1
static const guchar self[256] = {
	['a' ... 'z'] = 1, ['A' ... 'Z'] = 1, ['0' ... '9'] = 1,
	SELF('/'), SELF('.'), SELF('-'), SELF('_'), SELF('~'), SELF('='),
	SELF('&'), SELF('+'), SELF(','), SELF(';'), SELF(':'), SELF('@'),
	SELF('!'), SELF('$'), SELF('('), SELF(')'), SELF('*'),
};

/* The length of "https://", 0 where a text does not begin so. */
static size_t
plain_scheme(const char *s)
{
	return strncmp(s, "https://", 8) == 0 ? 8 :
	    strncmp(s, "http://", 7) == 0 ? 7 : 0;
}

/*
 * The length of a host that is written as host_canonical() would write it and
 * is followed by a path or nothing; 0 where it is not.  Its last label begins
 * with a letter, so it is no address in any of the forms that libcurl knows.
 */
static size_t
plain_host(const char *s)
{
	size_t n = 0, label = 0;

	for (;; n++) {
		if (s[n] == '.' || s[n] == '/' || s[n] == '\0') {
			if (n == label || n - label > 63 || s[n - 1] == '-')
				return 0;
			if (s[n] != '.')
				break;
			label = n + 1;
		} else if (!g_ascii_islower(s[n]) && !g_ascii_isdigit(s[n]) &&
		    (s[n] != '-' || n == label)) {
			return 0;
		}
	}
	/* "xn--" would have to be a true A-label. */
	if (n > 253 || !g_ascii_islower(s[label]) ||
	    g_strstr_len(s, (gssize)n, "xn--") != NULL)
		return 0;
	return n;
}

/*
 * The length of a path and query with nothing in them to be coded, removed or
 * resolved, up to the end or a '#'; -1 where there is something.
 */
static gssize
plain_path(const char *s)
{
	size_t n = 0;

	for (; self[(guchar)s[n]]; n++)
		if (s[n] == '.' && (n == 0 || s[n - 1] == '/'))
			return -1;
	if (s[n] != '?')
		return s[n] == '\0' || s[n] == '#' ? (gssize)n : -1;
	for (n++; self[(guchar)s[n]]; n++)
		;
	return (s[n] == '\0' || s[n] == '#') && s[n - 1] != '?' ?
	    (gssize)n : -1;
}

static gboolean
check_plain(const char *text, struct url *out)
{
	size_t scheme = plain_scheme(text), host, path;

	if (scheme == 0 || (host = plain_host(text + scheme)) == 0)
		return FALSE;
	path = scheme + host;
	if (text[path] != '\0' && plain_path(text + path) !=
	    (gssize)strlen(text + path))
		return FALSE;
	out->scheme = g_strndup(text, scheme - 3);
	out->host = g_strndup(text + scheme, host);
	out->port = scheme == 8 ? 443 : 80;
	out->path = g_strdup(text[path] != '\0' ? text + path : "/");
	return TRUE;
}

/*
 * How much of base stays before ref, both being plain: RFC 3986 5.2.2 without
 * dot segments.  -1 where that is not so simple.
 */
static gssize
plain_base(const char *base, const char *ref)
{
	size_t scheme = plain_scheme(base), host, path, n;

	if (scheme == 0)
		return -1;
	if (ref[0] == '/' && ref[1] == '/')
		return (gssize)scheme - 2;
	host = plain_host(base + scheme);
	path = scheme + host;
	if (host == 0 || base[path] != '/' || plain_path(base + path) < 0)
		return -1;
	if (ref[0] == '/')
		return (gssize)path;
	n = path + strcspn(base + path, "?#");
	while (ref[0] != '?' && base[n - 1] != '/')
		n--;
	return (gssize)n;
}

/* Up to where ref is "https://host" or "//host", 0: a path; -1: neither. */
static gssize
plain_authority(const char *ref)
{
	size_t at = plain_scheme(ref), n;

	if (at == 0 && ref[0] == '/' && ref[1] == '/')
		at = 2;
	if (at == 0)
		return memchr(ref, ':', strcspn(ref, "/?#")) == NULL ? 0 : -1;
	n = plain_host(ref + at);
	return n > 0 ? (gssize)(at + n) : -1;
}

/* NULL where libcurl has to see to it. */
static char *
resolve_plain(const char *base, const char *ref)
{
	gssize host = plain_authority(ref), path, keep = 0;
	GString *s;

	if (host < 0 || (path = plain_path(ref + host)) < 0 ||
	    host + path == 0)
		return NULL;
	if (plain_scheme(ref) == 0 && (keep = plain_base(base, ref)) < 0)
		return NULL;
	s = g_string_sized_new((gsize)(keep + host + path) + 2);
	g_string_append_len(s, base, keep);
	g_string_append_len(s, ref, host + path);
	if (path == 0)
		g_string_append_c(s, '/');
	return g_string_free(s, FALSE);
}

/* ---- all others */

#define FLAGS	(CURLU_DISALLOW_USER | CURLU_URLENCODE)

enum url_error
url_check(const char *text, struct url *out)
{
	enum url_error e = look_over(text);
	CURLUcode rc;
	CURLU *h;

	memset(out, 0, sizeof(*out));
	if (e != URL_OK || check_plain(text, out))
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
	text = resolve_plain(base, ref);
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
