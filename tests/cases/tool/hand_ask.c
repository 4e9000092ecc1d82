/* Which question a fact that was written by hand would have answered. */

#include <string.h>

#include "tests/cases/tool/hand.h"

static const struct { enum fact_kind kind; const char *type; } dns_types[] = {
	{ FACT_DNS_A, "A" }, { FACT_DNS_AAAA, "AAAA" }, { FACT_DNS_NS, "NS" },
	{ FACT_DNS_SOA, "SOA" }, { FACT_DNS_MX, "MX" }, { FACT_DNS_CAA, "CAA" },
	{ FACT_DNS_HTTPS, "HTTPS" }, { FACT_DNS_DNSKEY, "DNSKEY" },
	{ FACT_DNS_CNAME, "A" }, { FACT_DNS_PTR, "PTR" },
	{ FACT_DNS_NXDOMAIN, "A" }, { FACT_DNS_REFERRAL, "NS" },
};

/* What begins the name of a kind of fact, and how it is asked for. */
static const struct {
	const char	*prefix;
	enum probe_kind	 kind;
	const char	*name;		/* $: the fact's subject */
	const char	*type, *host;
} askings[] = {
	{ "dns.", PROBE_DNS, "$.", "TXT", "" },
	{ "rdap.", PROBE_RDAP, "https://rdap.example/domain/$", "domain",
	    "rdap.example" },
	{ "whois.", PROBE_WHOIS, "$", "registrar", "whois.example" },
	{ "ip.listed", PROBE_LOCAL, "$", "list", "" },
	{ "as.listed", PROBE_LOCAL, "$", "list", "" },
	{ "name.listed", PROBE_LOCAL, "$", "list", "" },
	{ "list.", PROBE_LOCAL, "$", "list", "" },
	{ "ip.origin", PROBE_DNS, "$.origin.example.", "TXT", "" },
	{ "ip.", PROBE_RDAP, "https://rdap.example/ip/$", "ip",
	    "rdap.example" },
	{ "as.", PROBE_RDAP, "https://rdap.example/autnum/$", "autnum",
	    "rdap.example" },
	{ "tls.", PROBE_TLS, "$", "chain", "" },
	{ "http.", PROBE_HTTP, "$", "page", "" },
	{ "page.", PROBE_HTTP, "$", "page", "" },
	{ "robots.", PROBE_HTTP, "$", "robots", "" },
	{ "ads.", PROBE_HTTP, "$", "ads", "" },
	{ "icon.", PROBE_HTTP, "$", "icon", "" },
	{ "store.", PROBE_HTTP, "$", "page", "" },
	{ "geo.", PROBE_GEO, "$", "place", "" },
	{ "net.", PROBE_REACH, "$", "handshakes", "" },
	{ "", PROBE_LOCAL, "$", "hand", "" },
};

static const char *
dns_type(const struct fact *f)
{
	if (*fact_str(f, "type") != '\0')
		return fact_str(f, "type");
	for (size_t i = 0; i < G_N_ELEMENTS(dns_types); i++)
		if (dns_types[i].kind == f->kind)
			return dns_types[i].type;
	return "TXT";
}

/* "popcorn-time.ch" of "https://popcorn-time.ch/get"; caller frees. */
static char *
url_host(const char *url)
{
	const char *at = strstr(url, "://");

	at = at != NULL ? at + 3 : url;
	return g_strndup(at, strcspn(at, "/:"));
}

static const char *
address_of(const struct hand_run *r, const char *name)
{
	const char *ip = g_hash_table_lookup(r->addresses, name);

	return ip != NULL ? ip : "192.0.2.1";
}

static struct question *
ask_tls(const struct hand_run *r, const char *subject)
{
	const char *at = strchr(subject, '@');
	g_autofree char *name = at != NULL ? g_strndup(subject,
	    (gsize)(at - subject)) : g_strdup(subject);

	return question_new(PROBE_TLS, name, "chain", "", at != NULL ? at + 1 :
	    address_of(r, name), 443, "");
}

struct question *
hand_ask_page(const struct hand_run *r, const char *url, const char *type)
{
	g_autofree char *host = url_host(url);

	return question_new(PROBE_HTTP, url, type, host, address_of(r, host),
	    443, "");
}

static char *
filled(const char *pattern, const char *subject)
{
	g_auto(GStrv) parts = g_strsplit(pattern, "$", -1);

	return g_strjoinv(subject, parts);
}

struct question *
hand_question(const struct hand_run *r, const struct fact *f)
{
	const char *kind = fact_info(f->kind)->name, *server, *host;
	g_autofree char *name = NULL;
	size_t i = 0;

	while (!g_str_has_prefix(kind, askings[i].prefix))
		i++;
	if (askings[i].kind == PROBE_TLS)
		return ask_tls(r, f->subject);
	if (askings[i].kind == PROBE_HTTP)
		return hand_ask_page(r, f->subject, askings[i].type);
	name = filled(askings[i].name, f->subject);
	if (askings[i].kind == PROBE_GEO)
		return question_new(PROBE_GEO, name, "place",
		    fact_str(f, "db"), "", 0, "");
	server = fact_str(f, "server");
	host = *server != '\0' && *askings[i].host != '\0' ? server :
	    askings[i].host;
	return question_new(askings[i].kind, name, askings[i].kind == PROBE_DNS
	    ? dns_type(f) : askings[i].type, host,
	    askings[i].kind == PROBE_LOCAL ? "" : "192.0.2.1", 0, "");
}
