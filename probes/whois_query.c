#include <glib.h>
#include <string.h>

#include "probes/whois_query.h"

static const struct {
	const char	*server, *before, *after;
	const char	*why;
} forms[] = {
	{ "whois.verisign-grs.com", "domain ", "",
	    "a bare word may match name servers and give a list" },
	{ "ccwhois.verisign-grs.com", "domain ", "", "the same" },
	{ "whois.denic.de", "-T dn,ace ", "",
	    "without it only the state is given" },
	{ "whois.jprs.jp", "", "/e", "the answer in English" },
	{ "whois.punktum.dk", "--show-handles ", "", "handles are shown" },
};

char *
whois_query(const char *server, const char *domain)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (strcmp(forms[i].server, server) == 0)
			return g_strconcat(forms[i].before, domain,
			    forms[i].after, NULL);
	return g_strdup(domain);
}
