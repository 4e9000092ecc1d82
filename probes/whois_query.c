#include <glib.h>
#include <string.h>

#include "probes/whois_query.h"

enum object { DOMAIN, ADDRESS };

static const struct {
	const char	*server;
	enum object	 object;
	const char	*before, *after;
	const char	*why;
} forms[] = {
	{ "whois.verisign-grs.com", DOMAIN, "domain ", "",
	    "a bare word may match name servers and give a list" },
	{ "ccwhois.verisign-grs.com", DOMAIN, "domain ", "", "the same" },
	{ "tvwhois.verisign-grs.com", DOMAIN, "domain ", "", "the same" },
	{ "whois.nic.name", DOMAIN, "domain=", "",
	    "a bare word is looked up as a person's name" },
	{ "whois.denic.de", DOMAIN, "-T dn,ace ", "",
	    "without it only the state is given" },
	{ "whois.jprs.jp", DOMAIN, "", "/e", "the answer in English" },
	{ "whois.punktum.dk", DOMAIN, "--show-handles ", "",
	    "handles are shown" },
	{ "whois.dk-hostmaster.dk", DOMAIN, "--show-handles ", "", "the same" },
	{ "whois.arin.net", ADDRESS, "n + ", "",
	    "networks alone, and all that is known of them" },
	{ "whois.ripe.net", ADDRESS, "-B ", "", "mail addresses are shown" },
	{ "whois.apnic.net", ADDRESS, "-B ", "", "the same" },
	{ "whois.afrinic.net", ADDRESS, "-B ", "", "the same" },
	{ "whois.nic.ad.jp", ADDRESS, "NET ", "/e", "the answer in English" },
};

char *
whois_query(const char *server, const char *name)
{
	enum object object = g_hostname_is_ip_address(name) ? ADDRESS : DOMAIN;

	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (forms[i].object == object &&
		    strcmp(forms[i].server, server) == 0)
			return g_strconcat(forms[i].before, name,
			    forms[i].after, NULL);
	return g_strdup(name);
}
