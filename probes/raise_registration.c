/* What raises what: registration data, by RDAP and by WHOIS. */

#include <string.h>

#include "probes/limits.h"
#include "probes/raise_priv.h"
#include "probes/url.h"
#include "probes/whois_query.h"

/* A registry below a top-level domain has a server of its own (uk.com). */
static gboolean
below_server(const char *domain, char host[WHOIS_HOST])
{
	const char *suffix = strchr(domain, '.');

	return suffix != NULL && strchr(suffix + 1, '.') != NULL &&
	    whois_server_find(suffix + 1, host) && *host != '\0';
}

static void
whois_below(struct raiser *r, const char *domain, const char *rule)
{
	char host[WHOIS_HOST];
	g_autofree char *query = NULL;

	if (!below_server(domain, host))
		return;
	query = whois_query(host, domain);
	r->fetch(r, &(struct wish){ .kind = PROBE_WHOIS, .name = query,
	    .type = "tld", .host = host, .port = PORT_WHOIS,
	    .note = "a registry below a TLD, by our own table",
	    .rule = rule });
}

void
raise_registration(struct raiser *r, const char *domain, const char *rule)
{
	const char *dot = strrchr(domain, '.');

	if (g_ptr_array_find_with_equal_func(r->domains, domain, g_str_equal,
	    NULL))
		return;
	g_ptr_array_add(r->domains, g_strdup(domain));
	r->service(r, domain, rule);
	whois_below(r, domain, rule);
	r->fetch(r, &(struct wish){ .kind = PROBE_WHOIS,
	    .name = dot != NULL ? dot + 1 : domain, .type = "iana",
	    .host = "whois.iana.org", .port = PORT_WHOIS, .rule = rule });
}

static gboolean
authenticated(const struct raiser *r)
{
	const char *trust = exchange_meta_get(r->x, "trust.result");

	return trust != NULL && strcmp(trust, "ok") == 0;
}

static void
fetch_rdap(struct raiser *r, const char *text, const char *type,
    const char *note, const char *options, const char *rule)
{
	struct url u;
	g_autofree char *url = NULL;

	if (url_split(text, &u) != 0)
		return;
	url = url_text(&u);
	r->fetch(r, &(struct wish){ .kind = PROBE_RDAP, .name = url,
	    .type = type, .host = u.host, .port = u.port, .note = note,
	    .options = options, .rule = rule });
	url_clear(&u);
}

/* How a service is asked about a subject (RFC 9082 section 3.1). */
static char *
object_path(const char *subject, const char **type)
{
	*type = "domain";
	if (g_str_has_prefix(subject, "entity/")) {
		*type = "entity";
		return g_strdup(subject);
	}
	if (g_hostname_is_ip_address(subject)) {
		*type = "ip";
		return g_strconcat("ip/", subject, NULL);
	}
	if (strncmp(subject, "AS", 2) == 0) {
		*type = "autnum";
		return g_strconcat("autnum/", subject + 2, NULL);
	}
	return g_strconcat("domain/", subject, NULL);
}

void
fact_service(struct raiser *r, const struct fact *f)
{
	const char *type;
	g_autofree char *path = object_path(f->subject, &type);
	g_autofree char *url = g_strconcat(fact_str(f, "url"), path, NULL);

	fetch_rdap(r, url, type, fact_str(f, "source"), NULL, "rdap.service");
}

/* Which other objects a link may lead to, that say nothing of this one. */
static gboolean
leads_elsewhere(const char *url)
{
	static const char *const paths[] = {
		"/entity/", "/nameserver/", "/help", "/domains?", "/entities?",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
		if (strstr(url, paths[i]) != NULL)
			return TRUE;
	return FALSE;
}

/* How far above the address's own network a network is; bounded. */
static void
fetch_up(struct raiser *r, const char *url)
{
	g_autofree char *up = question_option(r->x->q, "up");
	guint64 n = 0;
	g_autofree char *options = NULL;

	if (up != NULL)
		g_ascii_string_to_unsigned(up, 10, 0, 64, &n, NULL);
	if ((gint64)n >= r->limits->value[LIMIT_RDAP_UP])
		return;
	options = g_strdup_printf("up=%d", (int)n + 1);
	fetch_rdap(r, url, "ip", "the network above", options, "rdap.up");
}

/* What the registrar is asked about, where its URL does not say. */
static void
fetch_related(struct raiser *r, const char *url, const char *subject)
{
	g_autofree char *about = g_strconcat("for=", subject, NULL);

	fetch_rdap(r, url, "link", "named by the registry",
	    strstr(url, "/domain/") == NULL ? about : NULL, "rdap.related");
}

/* A redirect keeps what is asked; a related link leads to the registrar, one
 * that leads up to the network around. */
void
fact_rdap_link(struct raiser *r, const struct fact *f)
{
	const char *rel = fact_str(f, "rel"), *type = r->x->q->type;
	g_autofree char *url = url_plain(fact_str(f, "url"));
	gboolean ip = strcmp(type, "ip") == 0;

	if (url == NULL || !authenticated(r) || *fact_str(f, "why") != '\0' ||
	    leads_elsewhere(url))
		return;
	if (ip && (strcmp(rel, "up") == 0 || strcmp(rel, "rdap-up") == 0)) {
		fetch_up(r, url);
		return;
	}
	if (!r->hop(r, r->x->q->name, url))
		return;
	if (strcmp(rel, "redirect") == 0)
		fetch_rdap(r, url, type, "redirected", r->x->q->options,
		    "rdap.redirect");
	else if (strcmp(rel, "related") == 0 && strcmp(type, "domain") == 0)
		fetch_related(r, url, f->subject);
}

/* A file of places is taken from who is authenticated, by https alone (RFC 9632
 * section 4). */
void
fact_geofeed(struct raiser *r, const struct fact *f)
{
	const char *url = fact_str(f, "url");
	g_autofree char *options = g_strconcat("within=",
	    fact_str(f, "within"), NULL);

	if (authenticated(r) && *fact_str(f, "why") == '\0')
		fetch_rdap(r, url, "geofeed", "named by the network", options,
		    "ip.geofeed");
}

/* A server that IANA does not name says 404, and not in RDAP: does it speak
 * RDAP at all? */
void
fact_rdap_none(struct raiser *r, const struct fact *f)
{
	const char *url = r->x->q->name, *path = strstr(url, "/domain/");
	g_autofree char *help = NULL, *options = NULL;

	if (path == NULL || !json_is_false(fact_get(f, "confirmed")))
		return;
	help = g_strdup_printf("%.*s/help", (int)(path - url), url);
	options = g_strconcat("for=", f->subject, NULL);
	fetch_rdap(r, help, "help", "not listed by IANA", options,
	    "rdap.none");
}

static void
whois_next(struct raiser *r, const char *name, const struct fact *f,
    const char *type)
{
	const char *server = fact_str(f, "server");
	g_autofree char *query = whois_query(server, name);
	g_autofree char *from = g_strconcat(r->x->q->host, " ",
	    r->x->q->name, NULL);
	g_autofree char *to = g_strconcat(server, " ", query, NULL);

	if (!r->hop(r, from, to))
		return;
	r->fetch(r, &(struct wish){ .kind = PROBE_WHOIS, .name = query,
	    .type = type, .host = server,
	    .port = (uint16_t)CLAMP(fact_int(f, "port", PORT_WHOIS), 1, 65535),
	    .note = json_is_true(fact_get(f, "guess")) ?
	    "a guess: no record names it" : NULL,
	    .rule = "whois.refer" });
}

/* IANA's answer for a TLD serves every domain below it, but those of a registry
 * below that. */
void
fact_whois_refer(struct raiser *r, const struct fact *f)
{
	const char *type = r->x->q->type;
	g_autofree char *below = g_strconcat(".", f->subject, NULL);
	char host[WHOIS_HOST];

	if (strcmp(type, "tld") == 0 || strcmp(type, "registrar") == 0)
		whois_next(r, f->subject, f, "registrar");
	if (strcmp(type, "net") == 0 || (strcmp(type, "iana") == 0 &&
	    g_hostname_is_ip_address(f->subject)))
		whois_next(r, f->subject, f, "net");
	if (strcmp(type, "iana") != 0)
		return;
	for (guint i = 0; i < r->domains->len; i++)
		if (g_str_has_suffix(r->domains->pdata[i], below) &&
		    !below_server(r->domains->pdata[i], host))
			whois_next(r, r->domains->pdata[i], f, "tld");
}

/* A second voice on an address where RDAP gave nothing. */
static void
address_whois(struct raiser *r, const char *ip)
{
	if (g_hostname_is_ip_address(ip) && strcmp(r->x->q->type, "ip") == 0)
		r->fetch(r, &(struct wish){ .kind = PROBE_WHOIS,
		    .name = ip, .type = "iana",
		    .host = "whois.iana.org", .port = PORT_WHOIS,
		    .rule = "whois.address" });
}

void
fact_address_whois(struct raiser *r, const struct fact *f)
{
	address_whois(r, f->subject);
}

/* ".../ip/192.0.2.7" of a service that did not answer. */
void
raise_silence(struct raiser *r)
{
	const char *at = r->x->q->kind == PROBE_RDAP ?
	    strstr(r->x->q->name, "/ip/") : NULL;

	if (at != NULL)
		address_whois(r, at + strlen("/ip/"));
}
