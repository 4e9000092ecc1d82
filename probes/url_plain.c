/* Plain URLs: nearly all there are, in which libcurl changes nothing. */

#include <string.h>

#include "probes/url_priv.h"

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

gboolean
url_plain_check(const char *text, struct url *out)
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

char *
url_plain_resolve(const char *base, const char *ref)
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
