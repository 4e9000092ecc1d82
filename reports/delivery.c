#include "reports/delivery.h"

#include <string.h>

static const struct delivery deliveries[] = {
	{ .name = "Cloudflare", .holder = "cloudflare", .as = { 13335, 209242 },
	  .headers = { "cf-ray", "cf-cache-status", "server: cloudflare" },
	  .suffixes = { "cdn.cloudflare.net", "cdn.cloudflareglobal.net" },
	  .certs = { "cloudflaressl.com" } },
	{ .name = "Fastly", .holder = "fastly", .as = { 54113 },
	  .headers = { "x-served-by: cache-", "x-fastly-request-id" },
	  .suffixes = { "fastly.net", "fastlylb.net", "fastly-edge.com" } },
	{ .name = "Akamai", .holder = "akamai", .as = { 20940, 16625, 21342 },
	  .headers = { "x-akamai-transformed", "x-akamai-request-id",
	      "akamai-grn", "server: akamaighost", "server: akamainetstorage" },
	  .suffixes = { "akamaiedge.net", "akamai.net", "edgekey.net",
	      "edgesuite.net", "akamaized.net", "akadns.net" },
	  .certs = { "akamaihd.net" } },
	{ .name = "Amazon CloudFront", .holder = "amazon", .hosts = TRUE,
	  .headers = { "x-amz-cf-id", "x-amz-cf-pop", "server: cloudfront" },
	  .suffixes = { "cloudfront.net" } },
	{ .name = "Google Cloud CDN", .holder = "google", .hosts = TRUE,
	  .headers = { "via: 1.1 google" } },
	{ .name = "Azure Front Door", .holder = "microsoft", .hosts = TRUE,
	  .headers = { "x-azure-ref" },
	  .suffixes = { "azureedge.net", "azurefd.net", "t-msedge.net" } },
	{ .name = "Imperva", .holder = "incapsula", .as = { 19551 },
	  .headers = { "x-iinfo", "x-cdn: imperva", "x-cdn: incapsula" },
	  .suffixes = { "incapdns.net", "impervadns.net" },
	  .certs = { "incapsula.com", "imperva.com" } },
	{ .name = "Sucuri", .holder = "sucuri", .as = { 30148 },
	  .headers = { "x-sucuri-id", "x-sucuri-cache", "server: sucuri" },
	  .suffixes = { "sucuridns.com", "sucuri.net" } },
	{ .name = "DDoS-Guard", .holder = "ddos-guard", .as = { 57724, 262254 },
	  .headers = { "ddg-cache-status", "server: ddos-guard" },
	  .suffixes = { "ddos-guard.net" } },
	{ .name = "bunny.net", .holder = "bunny", .as = { 200325 },
	  .headers = { "cdn-pullzone", "cdn-requestid", "server: bunnycdn" },
	  .suffixes = { "b-cdn.net" } },
	{ .name = "CDN77", .holder = "cdn77", .as = { 60068 }, .hosts = TRUE,
	  .headers = { "x-77-cache", "x-77-pop", "server: cdn77" },
	  .suffixes = { "cdn77.org", "cdn77.net" }, .certs = { "cdn77.com" } },
	{ .name = "Gcore", .holder = "g-core", .as = { 199524, 202422 },
	  .hosts = TRUE, .headers = { "x-id-fe" },
	  .suffixes = { "gcdn.co", "gcorelabs.com" } },
	{ .name = "Edgio", .holder = "edgecast", .as = { 15133, 22822 },
	  .headers = { "server: ecs", "server: ecacc", "x-llid" },
	  .suffixes = { "edgecastcdn.net", "systemcdn.net", "llnwd.net",
	      "lldns.net", "edgio.net", "edgio.link" } },
	{ .name = "StackPath", .holder = "stackpath", .as = { 33438, 12989 },
	  .headers = { "x-hw", "server: netdna" },
	  .suffixes = { "stackpathcdn.com", "stackpathdns.com",
	      "netdna-cdn.com", "netdna-ssl.com", "hwcdn.net" } },
	{ .name = "KeyCDN", .holder = "keycdn",
	  .headers = { "server: keycdn" },
	  .suffixes = { "kxcdn.com" } },
	{ .name = "CacheFly", .holder = "cachefly", .as = { 30081 },
	  .headers = { "x-cf1", "server: cfs" },
	  .suffixes = { "cachefly.net" } },
	{ .name = "OVH CDN", .holder = "ovh", .as = { 16276 }, .hosts = TRUE,
	  .headers = { "x-cdn-pop", "x-cdn-request-id" },
	  .suffixes = { "cdn.ovh.net" } },
	{ .name = "Alibaba Cloud CDN", .holder = "alibaba",
	  .as = { 45102, 37963 }, .hosts = TRUE,
	  .headers = { "eagleid", "x-swift-cachetime" },
	  .suffixes = { "alikunlun.com", "kunlunca.com", "kunlunsl.com",
	      "kunlunpi.com", "cdngslb.com", "kunlungr.com" } },
	{ .name = "Tencent Cloud CDN", .holder = "tencent",
	  .as = { 132203, 45090 }, .hosts = TRUE,
	  .headers = { "x-nws-log-uuid" },
	  .suffixes = { "cdn.dnsv1.com", "dsa.dnsv1.com", "qcloudcjgj.com",
	      "tdnsv5.com" } },
	{ .name = "ArvanCloud", .holder = "arvan", .as = { 202468, 208006 },
	  .hosts = TRUE, .headers = { "ar-poweredby", "server: arvancloud" },
	  .suffixes = { "arvancdn.ir", "arvancloud.ir", "arvancdn.com" } },
	{ .name = "CDNetworks", .holder = "cdnetworks", .as = { 36408 },
	  .headers = { "server: pws" },
	  .suffixes = { "cdngc.net", "gccdn.net", "panthercdn.com",
	      "cdnetworks.net" } },
	{ .name = "Qrator", .holder = "qrator", .as = { 200449 },
	  .headers = { "server: qrator" }, .suffixes = { "qrator.net" } },
	{ .name = "StormWall", .holder = "stormwall", .as = { 59796 },
	  .headers = { "server: stormwall" },
	  .suffixes = { "stormwall.network", "stormwall.pro" } },
	{ .name = "Variti", .holder = "variti", .headers = { "server: variti" },
	  .suffixes = { "variti.net", "variti.com" } },
	{ .name = "GoCache", .holder = "gocache",
	  .headers = { "server: gocache", "x-gocache-cachestatus" },
	  .suffixes = { "gocache.net", "gocdn.net" } },
	{ .name = "Jiasule", .suffixes = { "cdn.jiashule.com",
	      "cname.365cyd.cn" } },
	{ .name = "Yundun", .suffixes = { "yunduncdn.com" } },
	{ .name = "Baidu Yunjiasu", .headers = { "server: yunjiasu" },
	  .suffixes = { "yunjiasu-cdn.net" } },
	/* platforms: the pages lie there */
	{ .name = "Netlify", .platform = TRUE, .holder = "netlify",
	  .headers = { "x-nf-request-id", "server: netlify" },
	  .suffixes = { "netlify.app", "netlify.com",
	      "netlifyglobalcdn.com" } },
	{ .name = "Vercel", .platform = TRUE, .holder = "vercel",
	  .headers = { "x-vercel-id", "server: vercel" },
	  .suffixes = { "vercel-dns.com", "vercel.app", "now.sh" } },
	{ .name = "GitHub Pages", .platform = TRUE, .holder = "github",
	  .as = { 36459 },
	  .headers = { "x-github-request-id", "server: github.com" },
	  .suffixes = { "github.io" } },
	{ .name = "Cloudflare Pages", .platform = TRUE,
	  .suffixes = { "pages.dev", "workers.dev" } },
	{ .name = "Fly.io", .platform = TRUE, .holder = "fly.io",
	  .as = { 40509 },
	  .headers = { "fly-request-id", "server: fly/" },
	  .suffixes = { "fly.dev", "fly.io" } },
	{ .name = "Heroku", .platform = TRUE, .headers = { "via: 1.1 vegur" },
	  .suffixes = { "herokudns.com", "herokuapp.com", "herokussl.com" } },
	{ .name = "Wix", .platform = TRUE, .holder = "wix", .as = { 58182 },
	  .headers = { "x-wix-request-id", "server: pepyaka" },
	  .suffixes = { "wixdns.net", "wixsite.com" } },
	{ .name = "Shopify", .platform = TRUE, .holder = "shopify",
	  .headers = { "x-shopid", "x-shopify-stage", "powered-by: shopify" },
	  .suffixes = { "myshopify.com", "shops.myshopify.com" } },
	{ .name = "Squarespace", .platform = TRUE, .holder = "squarespace",
	  .as = { 53831 },
	  .headers = { "server: squarespace", "x-contextid" },
	  .suffixes = { "squarespace.com" } },
	{ .name = "Webflow", .platform = TRUE,
	  .suffixes = { "webflow.com", "webflow.io" } },
	{ .name = "Blogger", .platform = TRUE,
	  .suffixes = { "ghs.google.com", "blogspot.com" } },
	{ .name = "WordPress.com", .platform = TRUE, .holder = "automattic",
	  .as = { 2635 }, .headers = { "x-ac" },
	  .suffixes = { "wordpress.com" } },
};

gboolean
name_under(const char *name, const char *zone)
{
	size_t n = strlen(name), z = strlen(zone);

	if (z == 0 || n < z || strcmp(name + n - z, zone) != 0)
		return FALSE;
	return n == z || name[n - z - 1] == '.';
}

static gboolean
begins(const char *text, const char *word)
{
	return word != NULL &&
	    g_ascii_strncasecmp(text, word, strlen(word)) == 0;
}

/* "server: cloudflare" against a header's name and value. */
static gboolean
header_is(const char *row, const char *name, const char *value)
{
	const char *colon;
	size_t n;

	if (row == NULL)
		return FALSE;
	colon = strchr(row, ':');
	n = colon != NULL ? (size_t)(colon - row) : strlen(row);
	return strlen(name) == n && g_ascii_strncasecmp(name, row, n) == 0 &&
	    (colon == NULL || begins(value, colon + 2));
}

const struct delivery *
delivery_by_header(const char *name, const char *value)
{
	for (size_t i = 0; i < G_N_ELEMENTS(deliveries); i++)
		for (size_t h = 0; h < G_N_ELEMENTS(deliveries[i].headers); h++)
			if (header_is(deliveries[i].headers[h], name, value))
				return &deliveries[i];
	return NULL;
}

static gboolean
under_one(const char *name, const char *const *suffixes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (suffixes[i] != NULL && name_under(name, suffixes[i]))
			return TRUE;
	return FALSE;
}

const struct delivery *
delivery_by_alias(const char *to)
{
	for (size_t i = 0; i < G_N_ELEMENTS(deliveries); i++)
		if (under_one(to, deliveries[i].suffixes,
		    G_N_ELEMENTS(deliveries[i].suffixes)))
			return &deliveries[i];
	return NULL;
}

const struct delivery *
delivery_by_cert(const char *name)
{
	if (g_str_has_prefix(name, "*."))
		name += 2;
	for (size_t i = 0; i < G_N_ELEMENTS(deliveries); i++)
		if (under_one(name, deliveries[i].certs,
		    G_N_ELEMENTS(deliveries[i].certs)))
			return &deliveries[i];
	return delivery_by_alias(name);
}

const struct delivery *
delivery_by_holder(const char *org, const char *network)
{
	for (size_t i = 0; i < G_N_ELEMENTS(deliveries); i++)
		if (begins(org, deliveries[i].holder) ||
		    begins(network, deliveries[i].holder))
			return &deliveries[i];
	return NULL;
}

const struct delivery *
delivery_by_as(unsigned as)
{
	for (size_t i = 0; as != 0 && i < G_N_ELEMENTS(deliveries); i++)
		for (size_t k = 0; k < G_N_ELEMENTS(deliveries[i].as); k++)
			if (deliveries[i].as[k] == as)
				return &deliveries[i];
	return NULL;
}

const struct delivery *
delivery_by_name(const char *provider)
{
	for (size_t i = 0; i < G_N_ELEMENTS(deliveries); i++)
		if (strcmp(deliveries[i].name, provider) == 0)
			return &deliveries[i];
	return NULL;
}
