#include <string.h>

#include "probes/guard.h"
#include "probes/way.h"

static const struct {
	const char	*scheme, *says;
	uint16_t	 port;
} schemes[] = {
	{ "socks5",	"socks5",	1080 },
	{ "socks5h",	"socks5",	1080 },
	{ "socks4",	"socks4",	1080 },
	{ "socks4a",	"socks4",	1080 },
	{ "http",	"http",		3128 },
	{ "https",	"https",	3128 },
};

static int
refuse(const char **why, const char *text)
{
	*why = text;
	return -1;
}

/* The last line's end does not belong to a password. */
static char *
user_text(const char *file, const char *in_url)
{
	const char *s = file != NULL ? file : in_url;

	return s != NULL && *s != '\0' ?
	    g_strndup(s, strcspn(s, "\r\n")) : NULL;
}

int
way_parse(const char *text, const char *user, struct way *w, const char **why)
{
	g_autoptr(GUri) u = g_uri_parse(text, G_URI_FLAGS_NONE, NULL);
	const char *host, *scheme;
	char ip[ADDR_TEXT];
	size_t i = 0;
	int port;

	*w = (struct way){ 0 };
	if (u == NULL || (host = g_uri_get_host(u)) == NULL || *host == '\0')
		return refuse(why, "not a URL");
	scheme = g_uri_get_scheme(u);
	while (i < G_N_ELEMENTS(schemes) &&
	    strcmp(scheme, schemes[i].scheme) != 0)
		i++;
	if (i == G_N_ELEMENTS(schemes))
		return refuse(why, "a proxy of that kind is not known");
	if (addr_canonical(strcmp(host, "localhost") == 0 ? "127.0.0.1" : host,
	    ip) != 0)
		return refuse(why, "a proxy is named by its address");
	port = g_uri_get_port(u) > 0 ? g_uri_get_port(u) : schemes[i].port;
	w->ip = g_strdup(ip);
	w->port = (uint16_t)port;
	w->url = g_strdup_printf(strchr(ip, ':') != NULL ? "%s://[%s]:%d" :
	    "%s://%s:%d", scheme, ip, port);
	w->label = g_strdup_printf("%s %s#%d", schemes[i].says, ip, port);
	w->user = user_text(user, g_uri_get_userinfo(u));
	return 0;
}

void
way_clear(struct way *w)
{
	g_free(w->url);
	g_free(w->user);
	g_free(w->label);
	g_free(w->ip);
	*w = (struct way){ 0 };
}
