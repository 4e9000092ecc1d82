/* The table of signs: what each weighs, and how else it comes about. */

#include "reports/link.h"

#include <string.h>

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
	{ "caa-account", W_AM, FAMILY_DNS,
	    "the same account with a certificate authority in CAA",
	    "who gets certificates for customers may use one account for all" },
	{ "ns-set", W_B, FAMILY_DNS, "the same set of name servers",
	    "providers give the same servers to many customers" },
	{ "ns", W_C, FAMILY_DNS, "the same name server",
	    "providers give the same servers to many customers" },
	{ "mx", W_C, FAMILY_MAIL, "the same mail server",
	    "mail houses take the mail of many customers" },
	{ "dkim-key", W_AM, FAMILY_MAIL, "the same DKIM key",
	    "who sends mail for customers may sign with one key for many" },
	{ "dkim-account", W_BP, FAMILY_MAIL,
	    "the same account of a mail house, by the alias of a DKIM key",
	    "an agency, or a service that sends for its customers, may hold "
	    "the account" },
	{ "spf-address", W_B, FAMILY_MAIL, "the same sender of mail in SPF",
	    "providers let many customers send from one address" },
	{ "spf-include", W_B, FAMILY_MAIL,
	    "the same record of senders included in SPF",
	    "all customers of a mail house include its record" },
	{ "registrant", W_AM, FAMILY_REGISTRATION,
	    "the same registrant by registration data", CLAIM ", and a "
	    "reseller may put its own name" },
	{ "registrant-mail", W_AM, FAMILY_REGISTRATION,
	    "the same mail address in registration data", CLAIM ", and a "
	    "reseller may put its own" },
	{ "ads-direct", W_AM, FAMILY_SELLERS,
	    "the same account as a direct seller in ads.txt",
	    "lists of sellers are copied whole" },
	{ "seller", W_AM, FAMILY_SELLERS,
	    "accounts of one seller, by the advertising system",
	    "a seller may be an agency for many; it is that system's word" },
	{ "ads-owner", W_AM, FAMILY_SELLERS, "the same OWNERDOMAIN in ads.txt",
	    "lists of sellers are copied whole" },

	/* applications that the sites say are their own */
	{ "apk-cert", W_AM, FAMILY_APP,
	    "the same signing certificate of an Android application, as both "
	    "name it", CLAIM "; no application was fetched; who builds "
	    "applications for customers may sign all with one key" },
	{ "apple-team", W_AM, FAMILY_APP,
	    "the same developer of an Apple application, as both name it",
	    CLAIM "; no application was fetched; who builds applications for "
	    "customers may sign them all" },
	{ "app-list", W_BP, FAMILY_APP, "the same list of applications",
	    CLAIM "; a service may keep one list for its customers" },
	{ "android-app", W_B, FAMILY_APP,
	    "the same Android application, as both name it", CLAIM },
	{ "app-site", W_BP, FAMILY_APP,
	    "one says that the other is its own (assetlinks.json)", CLAIM },

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
	{ "company", W_B, FAMILY_PAGE, "the same company name on pages",
	    CLAIM "; names of companies are not unique; imprints are copied" },
	{ "stream-host", W_B, FAMILY_PAGE,
	    "frames or films from the same other host",
	    "anybody can embed what stands at another host" },
	{ "icon", W_B, FAMILY_PAGE, "the same icon",
	    "programs and hosts have icons of their own; pictures are copied" },
	{ "asset", W_C, FAMILY_PAGE, "the same file or theme",
	    "themes and libraries are used by everybody" },

	/* where they stand, and who names whom */
	{ "address", W_C, FAMILY_ADDRESS, "the same address",
	    "providers put many customers on one address" },
	{ "redirect", W_B, FAMILY_REFERENCE, "a redirect from one to the other",
	    "a name may be sold, or forwarded to a stranger" },
	{ "redirect-to", W_B, FAMILY_REFERENCE,
	    "a redirect to the same other host",
	    "advertisers and parking services are sent visitors by many" },
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
	"pages", "lists of sellers", "applications", "DNS", "TLS",
	"registration", "mail", "addresses", "references",
};

const char *
family_name(enum family f)
{
	return families[f];
}
