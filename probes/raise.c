#include <string.h>

#include "geoip/geo.h"
#include "probes/guard.h"
#include "probes/raise.h"
#include "probes/target.h"
#include "probes/url.h"
#include "probes/whois_query.h"

#define PORT_HTTP	80
#define PORT_WHOIS	43
#define PORT_TLS	443

/* --- addresses ------------------------------------------------------------------ */

static void
address_reverse(struct raiser *r, const char *name, const char *ip)
{
	g_autoptr(GString) s = g_string_new(NULL);

	(void)name;
	addr_reverse_name(ip, s);
	if (s->len > 0)
		g_string_truncate(s, s->len - 1);
	r->want(r, s->str, "PTR", 0, "address.reverse");
}

static void
address_registration(struct raiser *r, const char *name, const char *ip)
{
	(void)name;
	r->service(r, ip, "address.registration");
}

/* A database of the other family has nothing to say. */
static gboolean
database_fits(const struct geo_info *db, gboolean v6)
{
	if (v6)
		return db->ip_version == 6;
	return db->ip_version == 4 || strstr(db->type, "ipv6") == NULL;
}

static void
address_place(struct raiser *r, const char *name, const char *ip)
{
	gboolean v6 = strchr(ip, ':') != NULL;

	(void)name;
	for (size_t i = 0; i < geo_set_count(r->geo); i++) {
		const struct geo_info *db = geo_set_info(r->geo, i);

		if (database_fits(db, v6))
			r->ask(r, PROBE_GEO, ip, "place", db->file, "", 0,
			    "address.place");
	}
}

static void
address_handshake(struct raiser *r, const char *name, const char *ip)
{
	r->ask(r, PROBE_TLS, name, "chain", "", ip, PORT_TLS,
	    "address.handshake");
}

static const struct {
	unsigned	  purposes;
	gboolean	  special;	/* also for addresses that are not public */
	void		(*raise)(struct raiser *, const char *, const char *);
} address_rules[] = {
	{ 31,					FALSE,	address_reverse },
	{ 31,					FALSE,	address_registration },
	{ 31,					FALSE,	address_place },
	/* A handshake with an address that is not public is asked for and
	 * refused by the guard: the log shows that it was not connected to. */
	{ PURPOSE_TARGET | PURPOSE_HOP,		TRUE,	address_handshake },
};

void
raise_address(struct raiser *r, const char *name, const char *ip,
    unsigned purposes)
{
	gboolean special = guard_address(ip) != NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(address_rules); i++)
		if ((address_rules[i].purposes & purposes) != 0 &&
		    (!special || address_rules[i].special))
			address_rules[i].raise(r, name, ip);
}

/* --- pages and objects by URL --------------------------------------------------------- */

/* A URL as it is asked, so that hops are counted along it; NULL where none. */
static char *
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

static void
fetch_url(struct raiser *r, enum probe_kind kind, const char *text,
    const char *type, const char *note, const char *rule)
{
	struct url u;
	g_autofree char *url = NULL;

	if (url_split(text, &u) != 0)
		return;
	url = url_text(&u);
	r->fetch(r, kind, url, type, u.host, u.port, note, rule);
	url_clear(&u);
}

/* --- the target itself ------------------------------------------------------------- */

static const struct {
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
	{ "www.",	"A",	PURPOSE_ALSO },
	{ "www.",	"AAAA",	PURPOSE_ALSO },
};

static void
raise_registration(struct raiser *r, const char *domain, const char *rule)
{
	const char *dot = strrchr(domain, '.');

	if (g_ptr_array_find_with_equal_func(r->domains, domain, g_str_equal,
	    NULL))
		return;
	g_ptr_array_add(r->domains, g_strdup(domain));
	r->service(r, domain, rule);
	r->fetch(r, PROBE_WHOIS, dot != NULL ? dot + 1 : domain, "iana",
	    "whois.iana.org", PORT_WHOIS, "", rule);
}

void
raise_target(struct raiser *r, gboolean is_address)
{
	static const char *const schemes[] = { "http", "https" };

	if (is_address) {
		raise_address(r, r->name, r->name, PURPOSE_TARGET);
		if (*r->url != '\0')
			fetch_url(r, PROBE_HTTP, r->url, "page", "", "target");
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(target_names); i++) {
		g_autofree char *name = g_strconcat(target_names[i].prefix,
		    r->name, NULL);

		/* No www.www. */
		if (target_names[i].purpose == PURPOSE_ALSO &&
		    g_str_has_prefix(r->name, target_names[i].prefix))
			continue;
		r->want(r, name, target_names[i].type,
		    target_names[i].purpose, "target");
	}
	raise_registration(r, *r->registrable != '\0' ? r->registrable :
	    r->name, "target");
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		g_autofree char *url = g_strdup_printf("%s://%s/", schemes[i],
		    r->name);

		r->fetch(r, PROBE_HTTP, url, "page", r->name,
		    i == 0 ? PORT_HTTP : PORT_TLS, "", "target");
	}
	if (*r->url != '\0')
		fetch_url(r, PROBE_HTTP, r->url, "page", "", "target");
}

/* --- facts: names -------------------------------------------------------------------- */

/* Only a server of the target's own zone is looked into; the servers of other
 * zones on the way are asked and recorded. */
static gboolean
own_zone(const struct raiser *r, const char *subject)
{
	return strcmp(subject, r->registrable) == 0 ||
	    strcmp(subject, r->name) == 0;
}

static void
fact_name_server(struct raiser *r, const struct fact *f)
{
	const char *ns = fact_str(f, "ns");

	if (!own_zone(r, f->subject) || *ns == '\0')
		return;
	r->want(r, ns, "A", PURPOSE_NS, "dns.ns");
	r->want(r, ns, "AAAA", PURPOSE_NS, "dns.ns");
}

static void
fact_mail_server(struct raiser *r, const struct fact *f)
{
	const char *mx = fact_str(f, "exchange");

	/* RFC 7505: a single dot says that there is no mail. */
	if (!own_zone(r, f->subject) || *mx == '\0')
		return;
	r->want(r, mx, "A", PURPOSE_MX, "dns.mx");
	r->want(r, mx, "AAAA", PURPOSE_MX, "dns.mx");
}

/* --- facts: registration ---------------------------------------------------------------- */

static gboolean
authenticated(const struct raiser *r)
{
	const char *trust = exchange_meta_get(r->x, "trust.result");

	return trust != NULL && strcmp(trust, "ok") == 0;
}

static void
fact_service(struct raiser *r, const struct fact *f)
{
	gboolean ip = g_hostname_is_ip_address(f->subject);
	g_autofree char *url = g_strconcat(fact_str(f, "url"),
	    ip ? "ip/" : "domain/", f->subject, NULL);

	fetch_url(r, PROBE_RDAP, url, ip ? "ip" : "domain",
	    fact_str(f, "source"), "rdap.service");
}

/* A redirect keeps what is asked; a related link leads to the registrar. */
static void
fact_rdap_link(struct raiser *r, const struct fact *f)
{
	const char *rel = fact_str(f, "rel");
	g_autofree char *url = url_plain(fact_str(f, "url"));

	if (url == NULL || !authenticated(r) ||
	    !r->hop(r, r->x->q->name, url))
		return;
	if (strcmp(rel, "redirect") == 0)
		fetch_url(r, PROBE_RDAP, url, r->x->q->type, "redirected",
		    "rdap.redirect");
	else if (strcmp(rel, "related") == 0 &&
	    strcmp(r->x->q->type, "domain") == 0)
		fetch_url(r, PROBE_RDAP, url, "link",
		    "named by the registry", "rdap.related");
}

static void
whois_next(struct raiser *r, const char *domain, const char *server,
    const char *type)
{
	g_autofree char *query = whois_query(server, domain);
	g_autofree char *from = g_strconcat(r->x->q->host, " ",
	    r->x->q->name, NULL);
	g_autofree char *to = g_strconcat(server, " ", query, NULL);

	if (!r->hop(r, from, to))
		return;
	r->fetch(r, PROBE_WHOIS, query, type, server, PORT_WHOIS, "",
	    "whois.refer");
}

/* IANA's answer for a TLD serves every domain below it. */
static void
fact_whois_refer(struct raiser *r, const struct fact *f)
{
	const char *server = fact_str(f, "server");
	const char *type = r->x->q->type;
	g_autofree char *below = g_strconcat(".", f->subject, NULL);

	if (strcmp(type, "tld") == 0)
		whois_next(r, f->subject, server, "registrar");
	if (strcmp(type, "iana") != 0)
		return;
	for (guint i = 0; i < r->domains->len; i++)
		if (g_str_has_suffix(r->domains->pdata[i], below))
			whois_next(r, r->domains->pdata[i], server, "tld");
}

/* --- facts: pages --------------------------------------------------------------------------- */

static gboolean
own_name(const struct raiser *r, const char *host)
{
	size_t n = strlen(host), z = strlen(r->registrable);

	if (z == 0 || n < z || strcmp(host + n - z, r->registrable) != 0)
		return FALSE;
	return n == z || host[n - z - 1] == '.';
}

/* A host of somebody else's: its names, registration, addresses and handshake,
 * never its pages. */
static void
raise_host(struct raiser *r, const char *host, const char *rule)
{
	struct target t;
	g_autofree char *why = NULL;

	if (target_parse(host, &t, &why) != 0)
		return;
	if (t.kind == TARGET_ADDRESS)
		raise_address(r, t.name, t.name, PURPOSE_HOP);
	else {
		r->want(r, t.name, "A", PURPOSE_HOP, rule);
		r->want(r, t.name, "AAAA", PURPOSE_HOP, rule);
		if (*t.registrable != '\0')
			raise_registration(r, t.registrable, rule);
	}
	target_clear(&t);
}

static void
fact_redirect(struct raiser *r, const struct fact *f)
{
	g_autofree char *to = url_plain(fact_str(f, "to"));
	struct url u;

	if (to == NULL || url_split(to, &u) != 0)
		return;
	if (!own_name(r, u.host))
		raise_host(r, u.host, "http.redirect");
	else if (r->hop(r, r->x->q->name, to))
		fetch_url(r, PROBE_HTTP, to, "page", "", "http.redirect");
	url_clear(&u);
}

static void
fact_link(struct raiser *r, const struct fact *f)
{
	struct url u;

	if (strcmp(fact_str(f, "purpose"), "download") != 0 ||
	    url_split(fact_str(f, "href"), &u) != 0)
		return;
	if (!own_name(r, u.host))
		raise_host(r, u.host, "page.download");
	url_clear(&u);
}

/* --- the table --------------------------------------------------------------------------------- */

const struct raise_rule raise_rules[] = {
	{ FACT_DNS_REFERRAL, "dns.ns", fact_name_server,
	    "a name server of the target's zone raises its addresses" },
	{ FACT_DNS_NS, "dns.ns", fact_name_server,
	    "a name server of the target's zone raises its addresses" },
	{ FACT_DNS_MX, "dns.mx", fact_mail_server,
	    "a mail server raises its addresses" },
	{ FACT_RDAP_SERVICE, "rdap.service", fact_service,
	    "the service found is asked for the object" },
	{ FACT_RDAP_LINK, "rdap.link", fact_rdap_link,
	    "a redirect, or the registrar's own service" },
	{ FACT_WHOIS_REFER, "whois.refer", fact_whois_refer,
	    "the next WHOIS server" },
	{ FACT_HTTP_REDIRECT, "http.redirect", fact_redirect,
	    "the page that a redirect leads to, or the host" },
	{ FACT_PAGE_LINK, "page.download", fact_link,
	    "the host that a download offer leads to" },
};
const size_t raise_rules_count = G_N_ELEMENTS(raise_rules);

void
raise_fact(struct raiser *r, const struct fact *f)
{
	for (size_t i = 0; i < raise_rules_count; i++)
		if (raise_rules[i].kind == f->kind)
			raise_rules[i].raise(r, f);
}
