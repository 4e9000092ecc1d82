/* What raises what: registration data, by RDAP and by WHOIS. */

#include <string.h>

#include "probes/raise_priv.h"
#include "probes/whois_query.h"

void
raise_registration(struct raiser *r, const char *domain, const char *rule)
{
	const char *dot = strrchr(domain, '.');

	if (g_ptr_array_find_with_equal_func(r->domains, domain, g_str_equal,
	    NULL))
		return;
	g_ptr_array_add(r->domains, g_strdup(domain));
	r->service(r, domain, rule);
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

	fetch_url(r, PROBE_RDAP, url, type, fact_str(f, "source"),
	    "rdap.service");
}

/* A redirect keeps what is asked; a related link leads to the registrar. */
void
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
	r->fetch(r, &(struct wish){ .kind = PROBE_WHOIS, .name = query,
	    .type = type, .host = server, .port = PORT_WHOIS,
	    .rule = "whois.refer" });
}

/* IANA's answer for a TLD serves every domain below it. */
void
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
