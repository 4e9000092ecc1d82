#include <string.h>

#include "probes/raise_priv.h"
#include "probes/url.h"

#define BETWEEN_MOST	8

/* --- objects by URL --------------------------------------------------------- */

char *
url_plain(const char *text)
{
	struct url u;
	char *url = NULL;

	if (url_split(text, &u) == 0) {
		url = url_text(&u);
		url_clear(&u);
	}
	return url;
}

void
fetch_url(struct raiser *r, enum probe_kind kind, const char *text,
    const char *type, const char *note, const char *rule)
{
	struct url u;
	g_autofree char *url = NULL;

	if (url_split(text, &u) != 0)
		return;
	url = url_text(&u);
	r->fetch(r, &(struct wish){ .kind = kind, .name = url, .type = type,
	    .host = u.host, .port = u.port, .note = note, .rule = rule });
	url_clear(&u);
}

/* --- the target itself ------------------------------------------------------ */

static const struct name_rule {
	const char	*prefix, *type;
	unsigned	 purpose;
} target_names[] = {
	{ "",		"A",	PURPOSE_TARGET },
	{ "",		"AAAA",	PURPOSE_TARGET },
	{ "",		"NS",	0 },
	{ "",		"SOA",	0 },
	{ "",		"MX",	0 },
	{ "",		"TXT",	0 },
	{ "",		"CAA",	0 },
	{ "",		"HTTPS", 0 },
	{ "www.",	"A",	PURPOSE_ALSO },
	{ "www.",	"AAAA",	PURPOSE_ALSO },
	/* A zone of its own has its own servers and keys: else none of these. */
	{ "www.",	"NS",	0 },
	{ "www.",	"SOA",	0 },
	{ "www.",	"MX",	0 },
	{ "www.",	"TXT",	0 },
	{ "www.",	"CAA",	0 },
	{ "www.",	"HTTPS", 0 },
	{ "www.",	"DS",	0 },
	{ "www.",	"DNSKEY", 0 },
}, zone_names[] = {
	/* Of the registrable domain, where the target is a name below it. */
	{ "",		"A",	0 },
	{ "",		"AAAA",	0 },
	{ "",		"NS",	0 },
	{ "",		"SOA",	0 },
	{ "",		"MX",	0 },
	{ "",		"TXT",	0 },
	{ "",		"CAA",	0 },
}, domain_names[] = {
	{ "_dmarc.",	"TXT",	0 },
	{ "_mta-sts.",	"TXT",	0 },
	{ "_smtp._tls.", "TXT",	0 },
};

static void
names_want(struct raiser *r, const char *base, const struct name_rule *rules,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g_autofree char *name = g_strconcat(rules[i].prefix, base,
		    NULL);

		/* No www.www. */
		if (strcmp(rules[i].prefix, "www.") == 0 &&
		    g_str_has_prefix(base, "www."))
			continue;
		r->want(r, name, rules[i].type, rules[i].purpose, "target");
	}
}

/* The names between the target and its domain: is one said not to be there? */
static void
names_between(struct raiser *r, const char *domain)
{
	const char *p = strchr(r->name, '.');

	for (int i = 0; i < BETWEEN_MOST && p != NULL &&
	    strlen(p + 1) > strlen(domain); i++) {
		r->want(r, p + 1, "A", 0, "target");
		p = strchr(p + 1, '.');
	}
}

void
raise_target(struct raiser *r, gboolean is_address)
{
	static const char *const schemes[] = { "http", "https" };
	const char *domain = *r->registrable != '\0' ? r->registrable :
	    r->name;

	if (*r->vantage != '\0')
		r->ask(r, &(struct wish){ .kind = PROBE_LOCAL,
		    .name = r->vantage, .type = "vantage", .rule = "target" });
	if (is_address) {
		raise_address(r, r->name, r->name, PURPOSE_TARGET);
		if (*r->url != '\0')
			fetch_url(r, PROBE_HTTP, r->url, "page", "", "target");
		return;
	}
	names_want(r, r->name, target_names, G_N_ELEMENTS(target_names));
	if (strcmp(domain, r->name) != 0) {
		names_want(r, domain, zone_names, G_N_ELEMENTS(zone_names));
		names_between(r, domain);
	}
	names_want(r, domain, domain_names, G_N_ELEMENTS(domain_names));
	raise_dnssec(r);
	raise_second(r);
	raise_registration(r, domain, "target");
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		g_autofree char *url = g_strdup_printf("%s://%s/", schemes[i],
		    r->name);

		r->fetch(r, &(struct wish){ .kind = PROBE_HTTP, .name = url,
		    .type = "page", .host = r->name,
		    .port = i == 0 ? PORT_HTTP : PORT_TLS,
		    .rule = "target" });
	}
	if (*r->url != '\0')
		fetch_url(r, PROBE_HTTP, r->url, "page", "", "target");
}

gboolean
raise_once(struct raiser *r, const char *what, const char *of)
{
	g_autofree char *key = g_strconcat(what, " ", of, NULL);

	return g_hash_table_add(r->seen, g_steal_pointer(&key));
}

/* --- the table -------------------------------------------------------------- */

const struct raise_rule raise_rules[] = {
	{ FACT_DNS_REFERRAL, "dns.ns", fact_name_server,
	    "a name server of the target's zone raises its addresses" },
	{ FACT_DNS_REFERRAL, "dns.server", fact_glue,
	    "each address of a name server of the target's zone is asked" },
	{ FACT_DNS_NS, "dns.ns", fact_name_server,
	    "a name server of the target's zone raises its addresses" },
	{ FACT_DNS_SOA, "dns.each", fact_authority,
	    "a server that answers for the zone is asked what all must say" },
	{ FACT_DNS_RUNG, "dns.rung", fact_rung,
	    "a server that did not take the question is asked in another way" },
	{ FACT_DNS_A, "dns.address", fact_own_address,
	    "an address that any server gives the target is looked into; two "
	    "random names beside it are asked for" },
	{ FACT_DNS_WILDCARD, "dns.random", fact_random,
	    "a random name that is there, and no signature shows why: whether "
	    "the server answers for what cannot exist" },
	{ FACT_DNS_AAAA, "dns.address", fact_own_address,
	    "an address that any server gives the target is looked into" },
	{ FACT_DNS_NODATA, "dns.caa", fact_absent,
	    "without CAA records the name above is asked" },
	{ FACT_DNS_NXDOMAIN, "dns.caa", fact_absent,
	    "without CAA records the name above is asked" },
	{ FACT_DNS_SPF, "dns.spf", fact_spf,
	    "the SPF records that an SPF record names; the usual names of DKIM "
	    "keys" },
	{ FACT_DNS_MX, "dns.mx", fact_mail_server,
	    "a mail server raises its addresses, and the usual names of DKIM "
	    "keys" },
	{ FACT_DNS_PTR, "dns.reverse", fact_reverse,
	    "a reverse name is asked for the address" },
	{ FACT_IP_ORIGIN, "ip.origin", fact_origin,
	    "a network that announces an address: name, registration" },
	{ FACT_DNS_CNAME, "dns.cname", fact_alias,
	    "where an alias leads: the zones above it, for their signatures" },
	{ FACT_DNS_A, "client.subnet", fact_subnets,
	    "the server of an address is asked on behalf of the subnets" },
	{ FACT_DNS_AAAA, "client.subnet", fact_subnets,
	    "the server of an address is asked on behalf of the subnets" },
	{ FACT_DNSSEC_RRSET, "dnssec.signer", fact_signed,
	    "who signed a name of the target's: its keys" },
	{ FACT_RDAP_SERVICE, "rdap.service", fact_service,
	    "the service found is asked for the object" },
	{ FACT_RDAP_LINK, "rdap.link", fact_rdap_link,
	    "a redirect, the registrar's own service, the network above" },
	{ FACT_RDAP_NONE, "rdap.none", fact_rdap_none,
	    "a 404 of a server that IANA does not name raises its /help" },
	{ FACT_IP_GEOFEED, "ip.geofeed", fact_geofeed,
	    "the file of places that a network names" },
	{ FACT_RDAP_REFUSED, "retry", fact_rdap_refused,
	    "a service that had enough is asked again, when it said" },
	{ FACT_WHOIS_NONE, "retry", fact_whois_none,
	    "a service that had enough is asked again, when it said" },
	{ FACT_HTTP_HEADER, "retry", fact_retry_header,
	    "a server that had enough is asked again, when it said" },
	{ FACT_WHOIS_REFER, "whois.refer", fact_whois_refer,
	    "the next WHOIS server" },
	{ FACT_RDAP_NONE, "whois.address", fact_address_whois,
	    "an address that RDAP has nothing of is looked up by WHOIS" },
	{ FACT_RDAP_REFUSED, "whois.address", fact_address_whois,
	    "an address that RDAP gave nothing of is looked up by WHOIS" },
	{ FACT_TLS_HANDSHAKE, "tls.more", fact_handshake,
	    "the versions of TLS below, and what is shown without a name" },
	{ FACT_HTTP_REDIRECT, "http.redirect", fact_redirect,
	    "the page that a redirect leads to, or the host" },
	{ FACT_HTTP_PAGE, "site.file", fact_page,
	    "a host of the site that answers is asked for robots.txt and the "
	    "like" },
	{ FACT_HTTP_FILE, "site.file", fact_file,
	    "whether robots.txt could be had" },
	{ FACT_ROBOTS_RULE, "robots.rule", fact_robots,
	    "what of the site is not asked for" },
	{ FACT_ROBOTS_SITEMAP, "robots.sitemap", fact_site_map,
	    "the site map that robots.txt names" },
	{ FACT_SITEMAP_URL, "sitemap.index", fact_site_map,
	    "the site maps of an index, one level" },
	{ FACT_SITEMAP_URL, "sitemap.url", crawl_mapped,
	    "a page of a kind that matters" },
	{ FACT_PAGE_LINK, "page.link", fact_link,
	    "a page of a kind that matters; the host of a download offer" },
	{ FACT_PAGE_ID, "page.app", fact_app,
	    "the store's page of an application, where the case follows hosts" },
	{ FACT_ADS_SELLER, "ads.seller", fact_seller,
	    "who a direct seller's account is, where the case follows hosts" },
	{ FACT_PAGE_PART, "page.part", fact_part,
	    "what a page is made of, and its frames" },
};
const size_t raise_rules_count = G_N_ELEMENTS(raise_rules);

void
raise_fact(struct raiser *r, const struct fact *f)
{
	for (size_t i = 0; i < raise_rules_count; i++)
		if (raise_rules[i].kind == f->kind)
			raise_rules[i].raise(r, f);
}
