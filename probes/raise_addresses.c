/* What raises what: addresses. */

#include <string.h>

#include "geoip/asn.h"
#include "probes/crawl.h"
#include "probes/guard.h"
#include "probes/origin.h"

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
			r->ask(r, &(struct wish){ .kind = PROBE_GEO,
			    .name = ip, .type = geo_info_is_asn(db) ?
			    "origin" : "place", .host = db->file,
			    .rule = "address.place" });
	}
}

static void
address_lists(struct raiser *r, const char *name, const char *ip)
{
	(void)name;
	r->ask(r, &(struct wish){ .kind = PROBE_LOCAL, .name = ip,
	    .type = "listed-ip", .rule = "address.lists" });
}

static void
address_origin(struct raiser *r, const char *name, const char *ip)
{
	g_autofree char *asked = origin_name(ip);

	(void)name;
	if (asked != NULL)
		r->want(r, asked, "TXT", 0, "address.origin");
}

static void
address_handshake(struct raiser *r, const char *name, const char *ip)
{
	r->ask(r, &(struct wish){ .kind = PROBE_TLS, .name = name,
	    .type = "chain", .server = ip, .port = PORT_TLS,
	    .rule = "address.handshake" });
}

static void
address_distance(struct raiser *r, const char *name, const char *ip)
{
	(void)name;
	if (r->deep(r, ip))
		r->ask(r, &(struct wish){ .kind = PROBE_REACH, .name = ip,
		    .type = "handshakes", .server = ip, .port = PORT_TLS,
		    .rule = "address.distance" });
}

/* The versions below the one that was agreed on: what the far side chose is the
 * highest that both speak. */
static const struct {
	const char	*chosen;	/* in OpenSSL's words */
	const char	*below[4];	/* options, NULL at the end */
} older[] = {
	{ "TLSv1.3", { "max=1.2 min=1.2", "max=1.1 min=1.1",
	    "max=1.0 min=1.0" } },
	{ "TLSv1.2", { "max=1.1 min=1.1", "max=1.0 min=1.0" } },
	{ "TLSv1.1", { "max=1.0 min=1.0" } },
};

/* With the target's own name and some of its addresses only. */
void
fact_handshake(struct raiser *r, const struct fact *f)
{
	const struct question *q = r->x->q;
	struct wish w = { .kind = PROBE_TLS, .name = q->name, .type = "chain",
	    .server = q->server, .port = q->port, .rule = "tls.more" };

	if (*q->options != '\0' || strcmp(q->name, r->name) != 0 ||
	    !r->deep(r, q->server))
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(older); i++)
		for (size_t k = 0; strcmp(older[i].chosen, fact_str(f,
		    "version")) == 0 && older[i].below[k] != NULL; k++) {
			w.options = older[i].below[k];
			r->ask(r, &w);
		}
	if (strcmp(q->name, q->server) == 0)
		return;
	w.name = q->server;
	w.options = "sni=none";
	r->ask(r, &w);
}

static void
address_server(struct raiser *r, const char *name, const char *ip)
{
	raise_server(r, name, ip);
}

static const struct {
	unsigned	  purposes;
	gboolean	  special;	/* also for addresses that are not public */
	void		(*raise)(struct raiser *, const char *, const char *);
} address_rules[] = {
	{ 63,					FALSE,	address_reverse },
	{ 63,					FALSE,	address_registration },
	{ 63,					FALSE,	address_place },
	{ 63,					FALSE,	address_lists },
	{ 63,					FALSE,	address_origin },
	/* A handshake with an address that is not public is asked for and
	 * refused by the guard: the log shows that it was not connected to. */
	{ PURPOSE_TARGET | PURPOSE_ALSO | PURPOSE_HOP, TRUE, address_handshake },
	{ PURPOSE_TARGET | PURPOSE_ALSO,	FALSE,	address_distance },
	{ PURPOSE_TARGET | PURPOSE_ALSO,	FALSE,	crawl_front },
	{ PURPOSE_NS,				TRUE,	address_server },
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

void
raise_imported(struct raiser *r, const char *ip)
{
	raise_address(r, "", ip, PURPOSE_IMPORT);
}

/* RFC 6376, 3.6.2.1: the key of selector s of d stands at s._domainkey.d. */
void
raise_mail_key(struct raiser *r, const char *name)
{
	r->want(r, name, "TXT", 0, "import.key");
}

/* A network that announces the address: its name, its registration, lists. */
void
fact_origin(struct raiser *r, const struct fact *f)
{
	g_autofree char *as = g_strdup_printf("AS%" G_GINT64_FORMAT,
	    fact_int(f, "asn", 0));
	g_autofree char *asked = origin_as_name(as);

	r->want(r, asked, "TXT", 0, "origin.name");
	r->service(r, as, "origin.registration");
	r->ask(r, &(struct wish){ .kind = PROBE_LOCAL, .name = as,
	    .type = "listed-as", .rule = "origin.lists" });
}

/* A reverse name is confirmed where the name leads back to the address
 * (RFC 1912, 2.1); whose name it looks like stands in a list. */
void
fact_reverse(struct raiser *r, const struct fact *f)
{
	const char *name = fact_str(f, "name");

	if (*name == '\0' || !g_hostname_is_ip_address(f->subject))
		return;
	r->want(r, name, strchr(f->subject, ':') != NULL ? "AAAA" : "A", 0,
	    "reverse.confirm");
	r->ask(r, &(struct wish){ .kind = PROBE_LOCAL, .name = name,
	    .type = "listed-reverse", .rule = "reverse.lists" });
}
