#ifndef PROBES_URL_H
#define PROBES_URL_H

/*
 * http and https URLs, and names of hosts.  Pure: libcurl's URL API is used as
 * a parser only.
 *
 * A URL that comes out of here is absolute, its scheme and host are in lower
 * case, the host is an A-label name without a final dot or an address literal,
 * the default port is left out, dot segments are removed, blanks and bytes
 * above 7F in path and query are percent-coded, and there is no fragment.
 * Credentials, control characters, other schemes and anything longer than
 * URL_MAX bytes are refused.
 */

#include <glib.h>
#include <stdint.h>

#define URL_MAX		8192	/* bytes of a URL, before and after */

struct url {
	char		*scheme;	/* "http" or "https" */
	char		*host;		/* A-label, or an address without brackets */
	uint16_t	 port;
	char		*path;		/* path and query, begins with '/' */
	gboolean	 literal;	/* the host is an address */
};

enum url_error {
	URL_OK,
	URL_EMPTY,
	URL_LONG,
	URL_CONTROL,		/* a control character or a blank */
	URL_SCHEME,		/* not http or https */
	URL_CREDENTIALS,	/* name or password before the host */
	URL_HOST,		/* no host, or not a name or address */
	URL_PORT,
	URL_FORM,		/* not a URL otherwise */
	URL_ERRORS,
};

/* Fills in *out and returns 0; or returns -1 and leaves *out empty. */
int		 url_split(const char *text, struct url *out);
/* The same, saying what is wrong. */
enum url_error	 url_check(const char *text, struct url *out);
const char	*url_error_says(enum url_error);
void		 url_clear(struct url *);
/* "https://host[:port]/path?query"; caller frees. */
char		*url_text(const struct url *);
/* The host of a URL, "" where it has none; caller frees. */
char		*url_host(const char *text);
/* "https://host[:port]"; caller frees. */
char		*url_origin(const struct url *);
/*
 * ref as a browser would read it in a document at base: TAB, CR and LF inside
 * are dropped and blanks around it, a backslash counts as a slash.  NULL where
 * the result is not an http or https URL that url_split() accepts, and for a
 * reference to a place in the same document ("#x").  Caller frees.
 */
char		*url_resolve(const char *base, const char *ref);

/*
 * The A-label form of a host name: IDNA2008, UTS #46 non-transitional, lower
 * case, no final dot; labels of letters, digits, '-' and '_' only, RFC 1035's
 * lengths, the last label no number.  NULL, with *why a static clause ("a label is empty"), where it has
 * none; why may be NULL.  Caller frees.
 */
char		*host_canonical(const char *name, const char **why);

#endif
