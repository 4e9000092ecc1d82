#include "probes/target.h"

#include <idn2.h>
#include <libpsl.h>
#include <string.h>

#include "probes/guard.h"
#include "probes/text.h"
#include "probes/url.h"

/* Names that the public DNS does not have: RFC 6761 and its registry. */
static const struct {
	const char	*name, *says;
} special[] = {
	{ "localhost", "is this machine" },
	{ "local", "is for names on a local network (RFC 6762)" },
	{ "internal", "is for private networks" },
	{ "home.arpa", "is for home networks (RFC 8375)" },
	{ "invalid", "is reserved and never exists (RFC 6761)" },
	{ "test", "is reserved for tests (RFC 6761)" },
	{ "example", "is reserved for examples (RFC 6761)" },
	{ "onion", "is a Tor service and is not in the DNS (RFC 7686)" },
	{ "alt", "is not in the DNS (RFC 9476)" },
};

void
target_clear(struct target *t)
{
	g_free(t->text);
	g_free(t->name);
	g_free(t->display);
	g_free(t->registrable);
	g_free(t->suffix);
	g_free(t->url);
	g_free(t->host);
	memset(t, 0, sizeof(*t));
}

/* A password that was pasted with the URL is not shown again. */
static char *
without_user(const char *text)
{
	const char *host = strstr(text, "://");
	const char *from = host != NULL ? host + 3 : text;
	const char *at = memrchr(from, '@', strcspn(from, "/?#"));

	return at == NULL ? g_strdup(text) :
	    g_strdup_printf("%.*s***%s", (int)(from - text), text, at);
}

/* What was typed goes first, as a terminal may show it, and not at length. */
static int G_GNUC_PRINTF(3, 4)
refuse(const char *typed, char **why, const char *fmt, ...)
{
	g_autofree char *text = without_user(typed);
	size_t most = 120, n = strlen(text);
	GString *s = g_string_new(NULL);
	va_list ap;

	if (n == 0)
		g_string_append(s, "an empty target");
	text_term(s, text, (gssize)MIN(n, most));
	g_string_append(s, n > most ? "...: " : ": ");
	va_start(ap, fmt);
	g_string_append_vprintf(s, fmt, ap);
	va_end(ap);
	*why = g_string_free(s, FALSE);
	return -1;
}

static int
take_address(const char *addr, struct target *t, char **why)
{
	const char *word = guard_address(addr);

	if (word != NULL)
		return refuse(t->text, why, "a %s address (%s) cannot be looked"
		    " at from outside; give a public address or a domain",
		    word, guard_source(addr));
	t->kind = TARGET_ADDRESS;
	t->name = g_strdup(addr);
	t->display = g_strdup(addr);
	t->registrable = g_strdup("");
	t->suffix = g_strdup("");
	t->host = g_strdup_printf(strchr(addr, ':') != NULL ? "[%s]" : "%s",
	    addr);
	return 0;
}

static gboolean
ends_in(const char *name, const char *suffix)
{
	size_t n = strlen(name), m = strlen(suffix);

	return n >= m && strcmp(name + n - m, suffix) == 0 &&
	    (n == m || name[n - m - 1] == '.');
}

static const char *
special_says(const char *name)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(special); i++)
		if (ends_in(name, special[i].name))
			return special[i].says;
	return NULL;
}

/*
 * The registrable name is the public suffix and one label more.  The list that
 * libpsl was built with is used; the system's file only where there is none.
 */
static const char *
registrable_of(const char *name)
{
	const psl_ctx_t *psl = psl_builtin();
	psl_ctx_t *loaded = psl == NULL ? psl_latest(NULL) : NULL;
	const char *at = name, *dot, *found = NULL;

	psl = psl != NULL ? psl : loaded;
	while ((dot = strchr(at, '.')) != NULL) {
		if (psl != NULL ? psl_is_public_suffix2(psl, dot + 1,
		    PSL_TYPE_ICANN) : strchr(dot + 1, '.') == NULL) {
			found = at;
			break;
		}
		at = dot + 1;
	}
	if (found == name && psl != NULL &&
	    psl_is_public_suffix2(psl, name, PSL_TYPE_ICANN))
		found = NULL;
	psl_free(loaded);
	return found;
}

static char *
display_of(const char *name)
{
	char *u = NULL, *copy;

	if (idn2_to_unicode_8z8z(name, &u, 0) != IDN2_OK)
		return g_strdup(name);
	copy = g_strdup(u);
	idn2_free(u);
	return copy;
}

/* name: canonical; taken over by the target. */
static int
take_name(char *name, struct target *t, char **why)
{
	const char *says = special_says(name), *registrable;

	t->name = name;
	if (says != NULL)
		return refuse(t->text, why, "a name that ends in this way %s;"
		    " give a domain of the public DNS", says);
	if (strchr(name, '.') == NULL)
		return refuse(t->text, why, "no such top-level domain is "
		    "looked at by itself; give a name with a dot, such as "
		    "%s.com", name);
	registrable = registrable_of(name);
	if (registrable == NULL)
		return refuse(t->text, why, "a public suffix under which others"
		    " register names; give a name below it, such as name.%s",
		    name);
	t->kind = TARGET_DOMAIN;
	t->registrable = g_strdup(registrable);
	t->suffix = g_strdup(strchr(registrable, '.') + 1);
	t->display = display_of(name);
	t->host = g_strdup(name);
	return 0;
}

static int
take_url(struct target *t, char **why)
{
	struct url u;
	enum url_error e = url_check(t->text, &u);
	int rc;

	if (e == URL_CREDENTIALS)
		return refuse(t->text, why, "the URL holds a user name or "
		    "password; leave out what stands before the @");
	if (e == URL_SCHEME)
		return refuse(t->text, why, "only http and https are looked "
		    "at; give the domain alone, or a URL that begins with "
		    "https://");
	if (e != URL_OK)
		return refuse(t->text, why, "it %s; give the domain alone, or "
		    "a URL such as https://name.tld/page", url_error_says(e));
	if (u.port != 80 && u.port != 443) {
		rc = refuse(t->text, why, "port %u is not looked at, only 80 "
		    "and 443; leave the port out", u.port);
		url_clear(&u);
		return rc;
	}
	t->url = url_text(&u);
	rc = u.literal ? take_address(u.host, t, why) :
	    take_name(g_strdup(u.host), t, why);
	url_clear(&u);
	return rc;
}

static int
take_text(struct target *t, char **why)
{
	const char *fault = NULL;
	char addr[ADDR_TEXT], *name;

	if (*t->text == '\0')
		return refuse(t->text, why, "give a domain, a URL or an "
		    "address");
	if (strstr(t->text, "://") != NULL)
		return take_url(t, why);
	if (addr_canonical(t->text, addr) == 0)
		return take_address(addr, t, why);
	if (strchr(t->text, '@') != NULL)
		return refuse(t->text, why, "looks like a mailbox; give the "
		    "domain after the @ alone");
	if (strpbrk(t->text, "/:?#") != NULL)
		return refuse(t->text, why, "neither a domain nor an address; "
		    "for a page give a URL that begins with https://");
	name = host_canonical(t->text, &fault);
	if (name == NULL)
		return refuse(t->text, why, "not a domain: %s; give a name "
		    "such as popcorn-time.ch", fault);
	return take_name(name, t, why);
}

int
target_parse(const char *text, struct target *out, char **why)
{
	memset(out, 0, sizeof(*out));
	*why = NULL;
	out->text = g_strstrip(g_strdup(text));
	if (take_text(out, why) != 0) {
		target_clear(out);
		return -1;
	}
	if (out->url == NULL)
		out->url = g_strdup("");
	return 0;
}
