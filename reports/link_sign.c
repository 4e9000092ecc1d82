#include "reports/link.h"

#include <string.h>

#include "probes/dns.h"
#include "probes/rdap_words.h"
#include "reports/delivery.h"

/* ---- the table */

#define COPIED	"whoever copies a page copies the identifiers in it; an agency " \
		"or a seller of templates may use one account for many customers"
#define CLAIM	"anybody may write it"

static const struct link_sign signs[] = {
	/* keys and certificates */
	{ "tls-key", W_A, FAMILY_TLS, "the same TLS key",
	    "a provider that keeps the keys of its customers may use one for "
	    "many" },
	{ "tls-names", W_AM, FAMILY_TLS, "a certificate for both names",
	    "delivery networks and hosting panels put strangers into one "
	    "certificate" },

	/* the domain's own word */
	{ "dns-token", W_AM, FAMILY_DNS, "the same token in DNS",
	    "a token names an account of a service; an agency may hold the "
	    "account" },
	{ "soa-rname", W_B, FAMILY_DNS, "the same mailbox in SOA",
	    "a provider of DNS may put its own mailbox into all its zones" },
	{ "ns", W_C, FAMILY_DNS, "the same name server",
	    "providers give the same servers to many customers" },
	{ "mx", W_C, FAMILY_MAIL, "the same mail server",
	    "mail houses take the mail of many customers" },
	{ "registrant", W_AM, FAMILY_REGISTRATION,
	    "the same registrant by registration data", CLAIM ", and a "
	    "reseller may put its own name" },
	{ "registrant-mail", W_AM, FAMILY_REGISTRATION,
	    "the same mail address in registration data", CLAIM ", and a "
	    "reseller may put its own" },
	{ "ads-direct", W_AM, FAMILY_SELLERS,
	    "the same account as a direct seller in ads.txt",
	    "lists of sellers are copied whole" },
	{ "ads-owner", W_AM, FAMILY_SELLERS, "the same OWNERDOMAIN in ads.txt",
	    "lists of sellers are copied whole" },

	/* pages */
	{ "google-analytics", W_BP, FAMILY_PAGE,
	    "the same Google Analytics account", COPIED },
	{ "ga4", W_BP, FAMILY_PAGE, "the same Google Analytics 4 id", COPIED },
	{ "gtm", W_B, FAMILY_PAGE, "the same Google Tag Manager container",
	    COPIED },
	{ "google-ads", W_BP, FAMILY_PAGE, "the same Google Ads id", COPIED },
	{ "adsense", W_AM, FAMILY_PAGE, "the same AdSense publisher",
	    COPIED "; free hosts put in their own" },
	{ "yandex-metrika", W_BP, FAMILY_PAGE, "the same Yandex Metrika counter",
	    COPIED },
	{ "facebook-pixel", W_BP, FAMILY_PAGE, "the same Meta pixel", COPIED },
	{ "cloudflare-beacon", W_AM, FAMILY_PAGE,
	    "the same Cloudflare beacon token", COPIED },
	{ "page-verification", W_AM, FAMILY_PAGE,
	    "the same verification tag", COPIED },
	{ "page-advertising", W_AM, FAMILY_PAGE,
	    "the same advertising account or zone", COPIED },
	{ "page-analytics", W_B, FAMILY_PAGE, "the same analytics id", COPIED },
	{ "page-service", W_B, FAMILY_PAGE, "the same account of a service",
	    COPIED },
	{ "wallet", W_AM, FAMILY_PAGE, "the same wallet",
	    "a payment service gives one address to many; anybody may name "
	    "anybody's" },
	{ "register", W_AM, FAMILY_PAGE, "the same register number",
	    CLAIM "; imprints are copied" },
	{ "affiliate", W_B, FAMILY_PAGE, "the same affiliate's number", COPIED },
	{ "handle", W_B, FAMILY_PAGE, "the same account at another service",
	    "a fan, or anybody, may link to it" },
	{ "app", W_B, FAMILY_PAGE, "the same application in a store",
	    "anybody may link to an application" },
	{ "phone", W_B, FAMILY_PAGE, "the same telephone number", CLAIM },
	{ "email", W_BP, FAMILY_PAGE, "the same mail address on pages",
	    CLAIM "; it may be of a third party" },
	{ "icon", W_B, FAMILY_PAGE, "the same icon",
	    "programs and hosts have icons of their own; pictures are copied" },
	{ "asset", W_C, FAMILY_PAGE, "the same file or theme",
	    "themes and libraries are used by everybody" },

	/* where they stand, and who names whom */
	{ "address", W_C, FAMILY_ADDRESS, "the same address",
	    "providers put many customers on one address" },
	{ "redirect", W_B, FAMILY_REFERENCE, "a redirect from one to the other",
	    "a name may be sold, or forwarded to a stranger" },
	{ "reference", W_C, FAMILY_REFERENCE, "a link from one to the other",
	    "anybody can set a link" },
};

const struct link_sign *
link_sign_find(const char *id)
{
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (strcmp(signs[i].id, id) == 0)
			return &signs[i];
	return NULL;
}

static const char *const weights[] = { "C", "C+", "B", "B+", "A-", "A" };

const char *
weight_name(enum weight w)
{
	return weights[w];
}

static const char *const families[FAMILIES] = {
	"pages", "lists of sellers", "DNS", "TLS", "registration", "mail",
	"addresses", "references",
};

const char *
family_name(enum family f)
{
	return families[f];
}

/* ---- what many strangers share */

static const struct { const char *zone, *id; } shared[] = {
	{ "cloudflare.com", "soa-rname" }, { "cloudflare.net", "soa-rname" },
	{ "amazon.com", "soa-rname" }, { "google.com", "soa-rname" },
	{ "registrar-servers.com", "soa-rname" },
	{ "domaincontrol.com", "soa-rname" }, { "jomax.net", "soa-rname" },
	{ "microsoft.com", "soa-rname" }, { "msft.net", "soa-rname" },
	{ "ovh.net", "soa-rname" }, { "hetzner.com", "soa-rname" },
	{ "dnspod.com", "soa-rname" }, { "nsone.net", "soa-rname" },
	{ "digitalocean.com", "soa-rname" }, { "gandi.net", "soa-rname" },
	{ "name.com", "soa-rname" }, { "ddos-guard.net", "soa-rname" },
	{ "njal.la", "soa-rname" }, { "invalid", "soa-rname" },
};

static gboolean
is_shared(const char *id, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shared); i++)
		if (strcmp(shared[i].id, id) == 0 &&
		    name_under(name, shared[i].zone))
			return TRUE;
	return FALSE;
}

static void
lower(struct link_seen *s, enum weight to, const char *why)
{
	if (s->sign->weight <= to)
		return;
	s->lower = to;
	s->lowered = why;
}

/* ---- facts */

static gboolean
seen(struct link_seen *s, const char *id, const char *value)
{
	*s = (struct link_seen){
		.sign = link_sign_find(id), .lowered = "", .lower = W_A,
	};
	if (s->sign == NULL || *value == '\0')
		return FALSE;
	s->value = g_strdup(value);
	return TRUE;
}

/* The host of a URL is the site's name or below it. */
static gboolean
of_site(const struct site *site, const char *url)
{
	const char *at = strstr(url, "://");
	g_autofree char *host = NULL;

	at = at != NULL ? at + 3 : url;
	host = g_strndup(at, strcspn(at, "/:?#"));
	return name_under(host, site->name);
}

/* Signals of their own first, then what is said of the class. */
static const char *
page_sign(const struct fact *f)
{
	static const struct { const char *class, *id; } classes[] = {
		{ "analytics", "page-analytics" },
		{ "advertising", "page-advertising" },
		{ "service", "page-service" },
		{ "verification", "page-verification" },
		{ "handle", "handle" }, { "app", "app" },
		{ "affiliate", "affiliate" }, { "wallet", "wallet" },
		{ "register", "register" }, { "phone", "phone" },
		{ "asset", "asset" },
	};
	const char *class = fact_str(f, "class"), *signal = fact_str(f,
	    "signal");

	if (link_sign_find(signal) != NULL)
		return signal;
	for (size_t i = 0; i < G_N_ELEMENTS(classes); i++)
		if (strcmp(classes[i].class, class) == 0)
			return classes[i].id;
	return "";
}

/* Of "UA-48213907-2" the account is what sites share. */
static char *
page_value(const struct fact *f)
{
	const char *signal = fact_str(f, "signal"), *v = fact_str(f, "value");
	const char *dash = strrchr(v, '-');

	if (strcmp(signal, "google-analytics") == 0 && dash != NULL)
		return g_strndup(v, (gsize)(dash - v));
	if (link_sign_find(signal) != NULL)
		return g_strdup(v);
	return *v != '\0' ? g_strdup_printf("%s %s", signal, v) : g_strdup("");
}

/* Numbers of a program are the buyer's; who sold it says nothing. */
static gboolean
says_who_sent(const char *value)
{
	static const char *const none[] = { "offer_id=", "utm_source=",
		"utm_campaign=", "source=", "r=", "pid=", "campaign=" };
	const char *at = strchr(value, ' ');

	at = at != NULL ? at + 1 : value;
	for (size_t i = 0; i < G_N_ELEMENTS(none); i++)
		if (g_str_has_prefix(at, none[i]))
			return FALSE;
	return TRUE;
}

static gboolean
read_page_id(const struct site *site, const struct fact *f, struct link_seen *s)
{
	g_autofree char *value = page_value(f);
	const char *id = page_sign(f);

	if (!of_site(site, f->subject) || !seen(s, id, value))
		return FALSE;
	if (strcmp(id, "affiliate") == 0 && !says_who_sent(value))
		lower(s, W_C, "a number of the seller's offer, not of who "
		    "sends visitors");
	if (strcmp(fact_str(f, "where"), "comment") == 0)
		lower(s, W_CP, "it stands in a comment of the page");
	if (g_str_has_prefix(fact_str(f, "check"), "none"))
		lower(s, W_B, "it has no checksum that could be tested");
	return TRUE;
}

static gboolean
read_email(const struct site *site, const struct fact *f, struct link_seen *s)
{
	g_autofree char *low = g_ascii_strdown(fact_str(f, "text"), -1);

	return strcmp(fact_str(f, "rule"), "email") == 0 &&
	    of_site(site, f->subject) && seen(s, "email", low);
}

static gboolean
read_soa(const struct fact *f, struct link_seen *s)
{
	const char *rname = fact_str(f, "rname");

	if (!seen(s, "soa-rname", rname))
		return FALSE;
	if (is_shared("soa-rname", rname))
		lower(s, W_C, "it is the provider's own mailbox");
	return TRUE;
}

/* "Google abc": what a service that the program knows gave the zone's holder. */
static gboolean
see_token(const char *service, const char *token, struct link_seen *s)
{
	g_autofree char *value = g_strconcat(service, " ", token, NULL);

	return *token != '\0' && seen(s, "dns-token", value);
}

/* A token that only its form shows may be one that many are given. */
static gboolean
read_token(const struct fact *f, struct link_seen *s)
{
	return json_is_true(fact_get(f, "listed")) &&
	    see_token(fact_str(f, "service"), fact_str(f, "token"), s);
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

#define STRANGERS	20	/* names on a certificate beyond which it is shared */

static gboolean
read_cert(const struct site *site, const struct fact *f, struct link_seen *s)
{
	if (fact_int(f, "depth", -1) != 0 ||
	    !seen(s, "tls-key", *fact_str(f, "spki") != '\0' ?
	    fact_str(f, "spki") : fact_str(f, "sha256")))
		return FALSE;
	if (json_array_size(fact_get(f, "names")) > STRANGERS)
		lower(s, W_C, "its certificate has more than 20 names");
	else if (!link_cert_names(f, site->name))
		lower(s, W_C, "its certificate does not name the site: a "
		    "server's own, shown to whoever asks");
	else if (delivery_by_holder(fact_str(f, "org"), "") != NULL ||
	    strstr(fact_str(f, "subject"), "sni.cloudflaressl.com") != NULL)
		lower(s, W_C, "it is a delivery network's certificate");
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
		return seen(s, "registrant-mail", fact_str(f, "email"));
	return seen(s, "registrant", *fact_str(f, "org") != '\0' ?
	    fact_str(f, "org") : fact_str(f, "name"));
}

static gboolean
read_whois(const struct site *site, const struct fact *f, struct link_seen *s)
{
	const char *field = fact_str(f, "field");

	if (is_withheld(f) || !name_under(site->name, f->subject))
		return FALSE;
	if (strcmp(field, "holder") == 0)
		return seen(s, "registrant", fact_str(f, "value"));
	return strcmp(field, "email") == 0 &&
	    seen(s, "registrant-mail", fact_str(f, "value"));
}

static gboolean
read_seller(const struct fact *f, struct link_seen *s)
{
	g_autofree char *value = g_strdup_printf("%s %s",
	    fact_str(f, "domain"), fact_str(f, "account"));

	return strcmp(fact_str(f, "relation"), "DIRECT") == 0 &&
	    seen(s, "ads-direct", value);
}

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
		return seen(s, "ns", fact_str(f, "ns"));
	case FACT_DNS_MX:
		return seen(s, "mx", fact_str(f, "exchange"));
	default:
		return FALSE;
	}
}

gboolean
link_read(const struct site *site, const struct fact *f, struct link_seen *s)
{
	switch (f->kind) {
	case FACT_PAGE_ID:
		return read_page_id(site, f, s);
	case FACT_PAGE_WORDS:
		return read_email(site, f, s);
	case FACT_ICON_HASH:
		return of_site(site, f->subject) &&
		    seen(s, "icon", fact_str(f, "sha256"));
	case FACT_ADS_SELLER:
		return of_site(site, f->subject) && read_seller(f, s);
	case FACT_ADS_VARIABLE:
		return of_site(site, f->subject) &&
		    strcmp(fact_str(f, "name"), "OWNERDOMAIN") == 0 &&
		    seen(s, "ads-owner", fact_str(f, "value"));
	case FACT_TLS_CERT:
		return read_cert(site, f, s);
	case FACT_RDAP_ENTITY:
		return read_entity(site, f, s);
	case FACT_WHOIS_FIELD:
		return read_whois(site, f, s);
	default:
		return read_own(site, f, s);
	}
}

/* ---- past data */

/* As archives of names, registrations and certificates call them; the id of a
 * sign is one too. */
static const struct { const char *type, *id; } past[] = {
	{ "a", "address" }, { "aaaa", "address" }, { "ip", "address" },
	{ "dns", "address" }, { "name server", "ns" }, { "nameserver", "ns" },
	{ "soa", "soa-rname" }, { "rname", "soa-rname" },
	{ "holder", "registrant" }, { "owner", "registrant" },
	{ "registrant name", "registrant" }, { "whois", "registrant" },
	{ "registrant organisation", "registrant" },
	{ "registrant organization", "registrant" },
	{ "registrant email", "registrant-mail" },
	{ "registrant-email", "registrant-mail" },
	{ "registrant e-mail", "registrant-mail" },
	{ "certificate", "tls-names" }, { "cert", "tls-names" },
	{ "ct", "tls-names" }, { "key", "tls-key" }, { "spki", "tls-key" },
	{ "analytics", "page-analytics" }, { "txt", "dns-token" },
	{ "favicon", "icon" }, { "publisher", "adsense" },
};

gboolean
link_read_past(const char *type, const char *value, struct link_seen *s)
{
	g_autofree char *low = g_ascii_strdown(type, -1);
	const char *id = g_strstrip(low);

	for (size_t i = 0; i < G_N_ELEMENTS(past); i++)
		if (strcmp(past[i].type, id) == 0) {
			id = past[i].id;
			break;
		}
	/* Archives have the text as it stands in the zone. */
	if (strcmp(id, "dns-token") == 0) {
		g_autofree char *service = NULL;
		const char *token = dns_token_listed(value, &service);

		return token != NULL && see_token(service, token, s);
	}
	if (rdap_withheld(value) || rdap_withheld_whois(value) ||
	    rdap_privacy_service(value) || !seen(s, id, value))
		return FALSE;
	if (strcmp(id, "soa-rname") == 0 && is_shared(id, value))
		lower(s, W_C, "it is the provider's own mailbox");
	return TRUE;
}
