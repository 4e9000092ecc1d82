/* Which sign a fact of a name is: DNS, mail, certificates, registration. */

#include "reports/link_read.h"

#include <string.h>

#include "reports/delivery.h"

static gboolean
read_soa(const struct fact *f, struct link_seen *s)
{
	const char *rname = fact_str(f, "rname");

	if (!link_see(s, "soa-rname", rname))
		return FALSE;
	if (link_shared("soa", rname) != NULL)
		link_lower(s, W_C, "it is the provider's own mailbox");
	return TRUE;
}

/* "Google abc": what a service that the program knows gave the zone's holder. */
gboolean
link_see_token(const char *service, const char *token, struct link_seen *s)
{
	g_autofree char *value = g_strconcat(service, " ", token, NULL);

	return *token != '\0' && link_see(s, "dns-token", value);
}

/* A token that only its form shows may be one that many are given. */
static gboolean
read_token(const struct fact *f, struct link_seen *s)
{
	return json_is_true(fact_get(f, "listed")) &&
	    link_see_token(fact_str(f, "service"), fact_str(f, "token"), s);
}

/* A name of its own, or of its names; a wildcard stands for the name below it. */
gboolean
link_cert_names(const struct fact *f, const char *site)
{
	json_t *names = fact_get(f, "names"), *x;
	size_t i;

	json_array_foreach(names, i, x) {
		const char *name = json_string_value(x);

		if (name != NULL && name_under(g_str_has_prefix(name, "*.") ?
		    name + 2 : name, site))
			return TRUE;
	}
	return FALSE;
}

#define SERVERS		16	/* of one site, taken together */
#define STRANGERS	20	/* names on a certificate beyond which it is shared */

static gboolean
read_cert(const struct site *site, const struct fact *f, struct link_seen *s)
{
	if (fact_int(f, "depth", -1) != 0 ||
	    !link_see(s, "tls-key", *fact_str(f, "spki") != '\0' ?
	    fact_str(f, "spki") : fact_str(f, "sha256")))
		return FALSE;
	if (json_array_size(fact_get(f, "names")) > STRANGERS)
		link_lower(s, W_C, "its certificate has more than 20 names");
	else if (!link_cert_names(f, site->name))
		link_lower(s, W_C, "its certificate does not name the site: a "
		    "server's own, shown to whoever asks");
	else if (delivery_by_holder(fact_str(f, "org"), "") != NULL ||
	    strstr(fact_str(f, "subject"), "sni.cloudflaressl.com") != NULL)
		link_lower(s, W_C, "it is a delivery network's certificate");
	return TRUE;
}

static gboolean
is_withheld(const struct fact *f)
{
	return json_is_true(fact_get(f, "withheld")) ||
	    json_is_true(fact_get(f, "service"));
}

static gboolean
read_entity(const struct site *site, const struct fact *f, struct link_seen *s)
{
	json_t *roles = fact_get(f, "roles"), *r;
	gboolean holder = FALSE;
	size_t i;

	json_array_foreach(roles, i, r)
		holder |= json_is_string(r) &&
		    strcmp(json_string_value(r), "registrant") == 0;
	if (!holder || is_withheld(f) || !name_under(site->name, f->subject))
		return FALSE;
	if (*fact_str(f, "email") != '\0')
		return link_see(s, "registrant-mail", fact_str(f, "email"));
	return link_see(s, "registrant", *fact_str(f, "org") != '\0' ?
	    fact_str(f, "org") : fact_str(f, "name"));
}

static gboolean
read_whois(const struct site *site, const struct fact *f, struct link_seen *s)
{
	const char *field = fact_str(f, "field");

	if (is_withheld(f) || !name_under(site->name, f->subject))
		return FALSE;
	if (strcmp(field, "holder") == 0)
		return link_see(s, "registrant", fact_str(f, "value"));
	return strcmp(field, "email") == 0 &&
	    link_see(s, "registrant-mail", fact_str(f, "value"));
}

/* ---- mail */

/* "s._domainkey.a.example" is of the site. */
static const char *
key_domain(const char *name)
{
	const char *at = strstr(name, "._domainkey.");

	return at != NULL ? at + strlen("._domainkey.") : "";
}

static gboolean
of_domain(const struct site *site, const char *domain)
{
	return *domain != '\0' && name_under(site->name, domain);
}

static gboolean
read_dkim(const struct site *site, const struct fact *f, struct link_seen *s)
{
	if (!of_domain(site, fact_str(f, "domain")) ||
	    !link_see(s, "dkim-key", fact_str(f, "key")))
		return FALSE;
	if (*fact_str(f, "house") != '\0')
		link_lower(s, W_C, "its selector is one that a mail house hands "
		    "out, which may give one key to many");
	return TRUE;
}

/*
 * Where the alias of a key leads: some mail houses have the account in it.
 *	selector1-a-example._domainkey.TENANT.onmicrosoft.com
 *	s1.domainkey.u123456.wl123.sendgrid.net
 */
static gboolean
read_key_alias(const struct site *site, const struct fact *f,
    struct link_seen *s)
{
	static const struct { const char *zone, *after; enum weight lower; }
	houses[] = {
		{ "onmicrosoft.com", "._domainkey.", W_A },
		{ "sendgrid.net", ".domainkey.", W_B },
	};
	const char *to = fact_str(f, "to");

	if (!of_domain(site, key_domain(f->subject)))
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(houses); i++) {
		const char *at = strstr(to, houses[i].after);

		if (at == NULL || !name_under(to, houses[i].zone) ||
		    !link_see(s, "dkim-account", at + strlen(houses[i].after)))
			continue;
		link_lower(s, houses[i].lower, "services that send for their "
		    "customers use one account for all");
		return TRUE;
	}
	return FALSE;
}

/* One that sends for the name: an address or a few are somebody's own; a wide
 * range is a provider's. */
static void
take_sender(const struct link_reading *r, const char *range)
{
	const char *slash = strchr(range, '/');
	guint64 bits = slash != NULL ? g_ascii_strtoull(slash + 1, NULL, 10) :
	    128;
	struct link_seen s;

	if (!link_see(&s, "spf-address", range))
		return;
	if (bits < (strchr(range, ':') != NULL ? 64 : 28))
		link_lower(&s, W_C, "a whole range, as providers have");
	link_take(r, &s);
}

static void
take_include(const struct link_reading *r, const char *name)
{
	g_autofree char *low = g_ascii_strdown(name, -1);
	struct link_seen s;

	/* A macro (RFC 7208 7) names no record; one of its own is no sign. */
	if (strchr(low, '%') != NULL || name_under(low, r->site->name) ||
	    !link_see(&s, "spf-include", low))
		return;
	if (link_shared("spf", low) != NULL)
		link_lower(&s, W_C, "a mail house's record, which all its "
		    "customers include");
	link_take(r, &s);
}

void
link_zone_spf(const struct link_reading *r, const struct fact *f)
{
	static const char *const ranges[] = { "ip4", "ip6" };
	const json_t *x;
	size_t i;

	if (strcmp(f->subject, r->site->name) != 0)
		return;
	for (size_t k = 0; k < G_N_ELEMENTS(ranges); k++)
		json_array_foreach(fact_get(f, ranges[k]), i, x)
			take_sender(r, json_string_value(x));
	json_array_foreach(fact_get(f, "includes"), i, x)
		take_include(r, json_string_value(x));
	if (*fact_str(f, "redirect") != '\0')
		take_include(r, fact_str(f, "redirect"));
}

/* ---- the name's own records */

static gboolean
read_own(const struct site *site, const struct fact *f, struct link_seen *s)
{
	if (strcmp(f->subject, site->name) != 0)
		return FALSE;
	switch (f->kind) {
	case FACT_DNS_SOA:
		return read_soa(f, s);
	case FACT_DNS_TOKEN:
		return read_token(f, s);
	case FACT_DNS_NS:
		return link_see(s, "ns", fact_str(f, "ns"));
	case FACT_DNS_MX:
		return link_see(s, "mx", fact_str(f, "exchange"));
	case FACT_DNS_CAA:
		return link_see(s, "caa-account", fact_str(f, "account"));
	default:
		return FALSE;
	}
}

gboolean
link_zone(const struct site *site, const struct fact *f, struct link_seen *s)
{
	switch (f->kind) {
	case FACT_TLS_CERT:
		return read_cert(site, f, s);
	case FACT_DNS_DKIM:
		return read_dkim(site, f, s);
	case FACT_DNS_CNAME:
		return read_key_alias(site, f, s);
	case FACT_RDAP_ENTITY:
		return read_entity(site, f, s);
	case FACT_WHOIS_FIELD:
		return read_whois(site, f, s);
	default:
		return read_own(site, f, s);
	}
}

/* ---- name servers, taken together */

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All of a site's servers as one text; NULL where there are not two.  *first:
 * the fact of one. */
static char *
server_set(const struct site *site, const struct visit *v,
    const struct fact **first)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	for (guint i = 0; i < v->facts->len && all->len < SERVERS; i++) {
		const struct fact *f = g_ptr_array_index(v->facts, i);
		const char *ns = fact_str(f, "ns");

		if (f->kind != FACT_DNS_NS || *ns == '\0' ||
		    strcmp(f->subject, site->name) != 0 ||
		    g_ptr_array_find_with_equal_func(all, ns, g_str_equal,
		    NULL))
			continue;
		*first = f;
		g_ptr_array_add(all, (void *)ns);
	}
	if (all->len < 2)
		return NULL;
	g_ptr_array_sort(all, by_text);
	g_ptr_array_add(all, NULL);
	return g_strjoinv(" ", (char **)all->pdata);
}

/* One of the case's sites runs the servers, or they are named after it. */
static gboolean
of_case(const struct sight *sight, const char *set)
{
	g_auto(GStrv) ns = g_strsplit(set, " ", -1);

	for (guint i = 0; i < sight->sites->len; i++) {
		const struct site *s = g_ptr_array_index(sight->sites, i);

		for (size_t k = 0; ns[k] != NULL; k++)
			if (name_under(ns[k], s->name))
				return TRUE;
	}
	return FALSE;
}

gboolean
link_servers(const struct sight *sight, const struct site *site,
    const struct visit *v, struct link_seen *s, const struct fact **f)
{
	g_autofree char *set = server_set(site, v, f);
	const char *words;

	if (set == NULL || !link_see(s, "ns-set", set))
		return FALSE;
	words = link_shared("ns", set);
	if (words != NULL)
		s->rarity = words;
	else if (!of_case(sight, set))
		link_lower(s, W_C, "no list here says that their provider "
		    "gives each account its own");
	return TRUE;
}
