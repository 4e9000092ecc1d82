#include "reports/delivery.h"

#include <string.h>

static const struct delivery deliveries[] = {
	{ .name = "Cloudflare", .holder = "cloudflare",
	  .headers = { "cf-ray", "cf-cache-status" }, .server = "cloudflare",
	  .suffixes = { "cdn.cloudflare.net", "cdn.cloudflareglobal.net" } },
	{ .name = "Fastly", .holder = "fastly",
	  .headers = { "x-served-by", "x-fastly-request-id" },
	  .suffixes = { "fastly.net", "fastlylb.net", "fastly-edge.com" } },
	{ .name = "Akamai", .holder = "akamai",
	  .headers = { "x-akamai-transformed", "x-akamai-request-id",
	      "akamai-grn" }, .server = "akamaighost",
	  .suffixes = { "akamaiedge.net", "akamai.net", "edgekey.net",
	      "edgesuite.net" } },
	{ .name = "Amazon CloudFront", .holder = "amazon", .hosts = TRUE,
	  .headers = { "x-amz-cf-id", "x-amz-cf-pop" }, .server = "cloudfront",
	  .suffixes = { "cloudfront.net" } },
	{ .name = "Azure Front Door", .holder = "microsoft", .hosts = TRUE,
	  .headers = { "x-azure-ref" },
	  .suffixes = { "azureedge.net", "azurefd.net" } },
	{ .name = "Imperva", .holder = "incapsula", .headers = { "x-iinfo" },
	  .suffixes = { "incapdns.net", "impervadns.net" } },
	{ .name = "Sucuri", .holder = "sucuri",
	  .headers = { "x-sucuri-id", "x-sucuri-cache" }, .server = "sucuri",
	  .suffixes = { "sucuridns.com" } },
	{ .name = "DDoS-Guard", .holder = "ddos-guard",
	  .headers = { "ddg-cache-status" }, .server = "ddos-guard",
	  .suffixes = { "ddos-guard.net" } },
	{ .name = "bunny.net", .holder = "bunny",
	  .headers = { "cdn-pullzone", "cdn-requestid" }, .server = "bunnycdn",
	  .suffixes = { "b-cdn.net" } },
	{ .name = "CDN77", .holder = "cdn77", .headers = { "x-77-cache",
	      "x-77-pop" }, .server = "cdn77",
	  .suffixes = { "cdn77.org", "cdn77.net" } },
	{ .name = "Gcore", .holder = "g-core", .headers = { "x-id-fe" },
	  .suffixes = { "gcdn.co" } },
	{ .name = "Edgio", .holder = "edgecast",
	  .server = "ecs", .suffixes = { "edgecastcdn.net", "llnwd.net",
	      "systemcdn.net" } },
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

static gboolean
delivery_sends(const struct delivery *d, const char *name)
{
	for (size_t h = 0; h < G_N_ELEMENTS(d->headers); h++)
		if (d->headers[h] != NULL &&
		    g_ascii_strcasecmp(name, d->headers[h]) == 0)
			return TRUE;
	return FALSE;
}

const struct delivery *
delivery_by_header(const char *name, const char *value)
{
	gboolean server = g_ascii_strcasecmp(name, "server") == 0;

	for (size_t i = 0; i < G_N_ELEMENTS(deliveries); i++) {
		const struct delivery *d = &deliveries[i];

		if (delivery_sends(d, name) ||
		    (server && begins(value, d->server)))
			return d;
	}
	return NULL;
}

const struct delivery *
delivery_by_alias(const char *to)
{
	for (size_t i = 0; i < G_N_ELEMENTS(deliveries); i++)
		for (size_t s = 0; s < G_N_ELEMENTS(deliveries[i].suffixes); s++)
			if (deliveries[i].suffixes[s] != NULL &&
			    name_under(to, deliveries[i].suffixes[s]))
				return &deliveries[i];
	return NULL;
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
