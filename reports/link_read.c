/* Which sign a fact of a site is: pages, files, applications. */

#include "reports/link_read.h"

#include <string.h>

#include "probes/page_kind.h"
#include "reports/delivery.h"

/* ---- helpers */

void
link_lower(struct link_seen *s, enum weight to, const char *why)
{
	if (s->sign->weight <= to)
		return;
	s->lower = to;
	s->lowered = why;
}

/* ---- facts */

gboolean
link_see(struct link_seen *s, const char *id, const char *value)
{
	*s = (struct link_seen){
		.sign = link_sign_find(id), .lowered = "", .lower = W_A,
		.rarity = "",
	};
	if (s->sign == NULL || *value == '\0')
		return FALSE;
	s->value = g_strdup(value);
	return TRUE;
}

void
link_take(const struct link_reading *r, struct link_seen *s)
{
	r->fn(r->arg, s);
	g_free(s->value);
}

char *
link_host(const char *url)
{
	const char *at = strstr(url, "://");

	return at != NULL ? g_strndup(at + 3, strcspn(at + 3, "/:?#")) : NULL;
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

	if (!of_site(site, f->subject) || !link_see(s, id, value))
		return FALSE;
	if (strcmp(id, "affiliate") == 0 && !says_who_sent(value))
		link_lower(s, W_C, "a number of the seller's offer, not of who "
		    "sends visitors");
	if (strcmp(fact_str(f, "where"), "comment") == 0)
		link_lower(s, W_CP, "it stands in a comment of the page");
	if (g_str_has_prefix(fact_str(f, "check"), "none"))
		link_lower(s, W_B, "it has no checksum that could be tested");
	return TRUE;
}

static gboolean
read_email(const struct site *site, const struct fact *f, struct link_seen *s)
{
	g_autofree char *low = g_ascii_strdown(fact_str(f, "text"), -1);

	return strcmp(fact_str(f, "rule"), "email") == 0 &&
	    of_site(site, f->subject) && link_see(s, "email", low);
}

static gboolean
read_seller(const struct fact *f, struct link_seen *s)
{
	g_autofree char *value = g_strdup_printf("%s %s",
	    fact_str(f, "domain"), fact_str(f, "account"));

	return strcmp(fact_str(f, "relation"), "DIRECT") == 0 &&
	    link_see(s, "ads-direct", value);
}

static gboolean
read_listed(const struct site *site, const struct fact *f, struct link_seen *s)
{
	const char *domain = fact_str(f, "domain");

	if (f->target == NULL || strcmp(f->target, site->name) != 0 ||
	    !json_is_true(fact_get(f, "there")) ||
	    json_is_true(fact_get(f, "confidential")) ||
	    !link_see(s, "seller", *domain != '\0' ? domain : fact_str(f, "name")))
		return FALSE;
	if (g_ascii_strcasecmp(fact_str(f, "type"), "PUBLISHER") != 0)
		link_lower(s, W_C, "the seller is an intermediary, or both: it "
		    "sells for others");
	return TRUE;
}

/* ---- applications */

static void
read_app(const struct link_reading *r, const struct fact *f)
{
	static const struct { const char *id, *field; } rows[] = {
		{ "apk-cert", "cert" }, { "apple-team", "team" },
	};
	const char *platform = fact_str(f, "platform");
	struct link_seen s;

	if (!of_site(r->site, f->subject))
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *v = fact_str(f, rows[i].field);

		if (!link_see(&s, rows[i].id, v))
			continue;
		if (i == 0 && link_shared("apk", v) != NULL)
			link_lower(&s, W_C, "its private key is published with "
			    "Android: anybody can sign with it");
		link_take(r, &s);
	}
	if (strcmp(platform, "android") == 0 &&
	    link_see(&s, "android-app", fact_str(f, "app")))
		link_take(r, &s);
	if (strcmp(platform, "list") == 0 &&
	    link_see(&s, "app-list", fact_str(f, "site")))
		link_take(r, &s);
}

/* ---- hosts and companies on pages */

static gboolean
read_host(const struct site *site, const struct fact *f, struct link_seen *s)
{
	const char *host = fact_str(f, "host"), *how = fact_str(f, "how");

	if ((strcmp(how, "frame") != 0 && strcmp(how, "media") != 0) ||
	    !of_site(site, f->subject) || name_under(host, site->name) ||
	    !link_see(s, "stream-host", host))
		return FALSE;
	if (link_shared("host", host) != NULL)
		link_lower(s, W_C, "a host that sites of all kinds embed");
	return TRUE;
}

static gboolean
read_redirect(const struct site *site, const struct fact *f,
    struct link_seen *s)
{
	g_autofree char *host = link_host(fact_str(f, "to"));

	if (host == NULL || strchr(host, '.') == NULL ||
	    !of_site(site, f->subject) || name_under(host, site->name) ||
	    name_under(site->name, host) || !link_see(s, "redirect-to", host))
		return FALSE;
	if (link_shared("host", host) != NULL)
		link_lower(s, W_C, "a host to which sites of all kinds lead");
	return TRUE;
}

/* Without case, commas and quotation marks: "Stream Media, Ltd." */
static char *
company_plain(const char *name)
{
	g_autofree char *low = g_utf8_casefold(name, -1);
	GString *s = g_string_new(NULL);

	for (const char *p = low; *p != '\0'; p++)
		if (*p == ' ' && (s->len == 0 || s->str[s->len - 1] == ' '))
			continue;
		else if (strchr(",\"'", *p) == NULL)
			g_string_append_c(s, *p);
	while (s->len > 0 && strchr(" .", s->str[s->len - 1]) != NULL)
		g_string_truncate(s, s->len - 1);
	return g_string_free(s, FALSE);
}

/* Pages that say who runs a site, or with whom a visitor deals. */
static gboolean
says_who(const char *url)
{
	const char *at = strstr(url, "://");
	const char *path = at != NULL ? strchr(at + 3, '/') : NULL;

	switch (page_kind_of("", path != NULL ? path : "")) {
	case KIND_IMPRINT:
	case KIND_CONTACT:
	case KIND_ABOUT:
	case KIND_TERMS:
		return TRUE;
	default:
		return FALSE;
	}
}

static gboolean
read_company(const struct site *site, const struct fact *f,
    struct link_seen *s)
{
	g_autofree char *plain = company_plain(fact_str(f, "text"));

	if (!of_site(site, f->subject) || !link_see(s, "company", plain))
		return FALSE;
	if (!says_who(f->subject))
		link_lower(s, W_CP, "it stands on no page that says who runs the "
		    "site");
	if (link_shared_beginning("company", plain))
		link_lower(s, W_C, "a company that terms of all kinds of sites name");
	return TRUE;
}

static gboolean
read_words(const struct site *site, const struct fact *f, struct link_seen *s)
{
	return strcmp(fact_str(f, "rule"), "company") == 0 ?
	    read_company(site, f, s) : read_email(site, f, s);
}

static gboolean
read_one(const struct site *site, const struct fact *f, struct link_seen *s)
{
	switch (f->kind) {
	case FACT_PAGE_ID:
		return read_page_id(site, f, s);
	case FACT_PAGE_WORDS:
		return read_words(site, f, s);
	case FACT_PAGE_HOST:
		return read_host(site, f, s);
	case FACT_HTTP_REDIRECT:
		return read_redirect(site, f, s);
	case FACT_ICON_HASH:
		return of_site(site, f->subject) &&
		    link_see(s, "icon", fact_str(f, "sha256"));
	case FACT_ADS_SELLER:
		return of_site(site, f->subject) && read_seller(f, s);
	case FACT_ADS_LISTED:
		return read_listed(site, f, s);
	case FACT_ADS_VARIABLE:
		return of_site(site, f->subject) &&
		    strcmp(fact_str(f, "name"), "OWNERDOMAIN") == 0 &&
		    link_see(s, "ads-owner", fact_str(f, "value"));
	default:
		return link_zone(site, f, s);
	}
}


void
link_read(const struct site *site, const struct fact *f, link_take_fn *fn,
    void *arg)
{
	struct link_reading r = { site, fn, arg };
	struct link_seen s = { 0 };

	if (f->kind == FACT_DNS_SPF)
		link_zone_spf(&r, f);
	else if (f->kind == FACT_APP_LINK)
		read_app(&r, f);
	else if (read_one(site, f, &s))
		link_take(&r, &s);
	else
		g_free(s.value);
}
