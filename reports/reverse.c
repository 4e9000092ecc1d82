#include "reports/reverse.h"

#include <string.h>

static const char *const hosts[] = {
	"vps", "vds", "dedicated", "dedi", "colo", "colocation", "cloud",
	"hosting", "webhosting", "server", "servers", "srv", "compute",
	"amazonaws", "googleusercontent", "cloudapp", "linode",
	"linodeusercontent", "digitalocean", "vultr", "vultrusercontent",
	"contaboserver", "leaseweb", "scaleway", "rackspace", "kimsufi", "kvm",
	"tor", "torexit", "torrelay", "exitnode", "vpn", "proxy", "seedbox",
};

static const char *const lines[] = {
	"dsl", "adsl", "vdsl", "cable", "dynamic", "dyn", "dialup", "pool",
	"dhcp", "ppp", "pppoe", "broadband", "fiber", "fibre", "ftth", "res",
	"residential", "customer", "cust", "subscriber", "mobile", "wireless",
	"lte", "home", "hsd", "catv", "wifi",
};

static const char *
in(const char *const *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], word) == 0)
			return list[i];
	return NULL;
}

/* Words are what stands between dots, hyphens and digits: "vps" of "vps12-a". */
const char *
reverse_host(const char *name)
{
	g_autofree char *low = g_ascii_strdown(name, -1);
	g_auto(GStrv) words = NULL;
	const char *found = NULL;

	for (char *p = low; *p != '\0'; p++)
		if (!g_ascii_isalpha(*p))
			*p = ' ';
	words = g_strsplit(low, " ", 64);
	for (char **w = words; *w != NULL; w++) {
		if (in(lines, G_N_ELEMENTS(lines), *w) != NULL)
			return NULL;
		if (found == NULL)
			found = in(hosts, G_N_ELEMENTS(hosts), *w);
	}
	return found;
}
