/* What raises what: a raiser that writes down what it is told to do. */

#include <string.h>

#include "geoip/geo.h"
#include "probes/crawl.h"
#include "probes/guard.h"
#include "probes/raise.h"
#include "probes/whois_query.h"

#define NAME	"www.site.ch"
#define ZONE	"site.ch"

#define LOOKED_INTO \
	"want 1.0.0.9.in-addr.arpa PTR 0 address.reverse\n" \
	"service 9.0.0.1 address.registration\n" \
	"ask local 9.0.0.1 listed-ip  0 address.lists\n" \
	"want 1.0.0.9.origin.asn.cymru.com TXT 0 address.origin\n"

/* Lines "want NAME TYPE PURPOSE RULE", "fetch KIND NAME TYPE HOST PORT NOTE
 * RULE", "ask KIND NAME TYPE SERVER PORT RULE", "service SUBJECT RULE" and
 * "hop FROM > TO". */
struct told {
	struct raiser	 r;
	struct exchange	*x;
	struct geo_set	*geo;
	struct limits	 limits;
	GString		*lines;
	gboolean	 far;		/* every hop is too far */
};

static GString *
lines(struct raiser *r)
{
	return ((struct told *)r->arg)->lines;
}

static void
take_want(struct raiser *r, const char *name, const char *type,
    unsigned purpose, const char *rule)
{
	g_string_append_printf(lines(r), "want %s %s %u %s\n", name, type,
	    purpose, rule);
}

static void
take_fetch(struct raiser *r, const struct wish *w)
{
	g_string_append_printf(lines(r), "fetch %s %s %s %s %u %s %s",
	    probe_kind_name(w->kind), w->name, w->type, w->host,
	    (unsigned)w->port, w->note != NULL && *w->note != '\0' ? w->note :
	    "-", w->rule);
	if (w->options != NULL && *w->options != '\0')
		g_string_append_printf(lines(r), " {%s}", w->options);
	g_string_append_c(lines(r), '\n');
}

static void
take_ask(struct raiser *r, const struct wish *w)
{
	g_string_append_printf(lines(r), "ask %s %s %s %s %u %s%s%s\n",
	    probe_kind_name(w->kind), w->name, w->type,
	    w->server != NULL ? w->server : "", (unsigned)w->port, w->rule,
	    w->options != NULL && *w->options != '\0' ? " " : "",
	    w->options != NULL ? w->options : "");
}

static void
take_service(struct raiser *r, const char *subject, const char *rule)
{
	g_string_append_printf(lines(r), "service %s %s\n", subject, rule);
}

static void
take_again(struct raiser *r, int64_t wait_ms)
{
	g_string_append_printf(lines(r), "again %" G_GINT64_FORMAT "\n",
	    wait_ms);
}

static gboolean
take_hop(struct raiser *r, const char *from, const char *to)
{
	g_string_append_printf(lines(r), "hop %s > %s\n", from, to);
	return !((struct told *)r->arg)->far;
}

static gboolean
take_deep(struct raiser *r, const char *ip)
{
	(void)ip;
	return !((struct told *)r->arg)->far;
}

static void
answered(struct told *t, enum probe_kind kind, const char *name,
    const char *type, const char *host)
{
	struct question *q = question_new(kind, name, type, host, "9.9.9.1",
	    43, "");

	exchange_free(t->x);
	t->x = exchange_new(q);
	question_unref(q);
	t->r.x = t->x;
}

static void
take_skip(struct raiser *r, const struct wish *w, const char *why)
{
	g_string_append_printf(lines(r), "skip %s %s: %s\n", w->name, w->rule,
	    why);
}

static void
take_met(struct raiser *r, enum limit l, const char *text)
{
	g_string_append_printf(lines(r), "met %s: %s\n", limit_info(l)->name,
	    text);
}

static struct told *
told_new(void)
{
	static const char *const nowhere[] = { NULL };
	struct told *t = g_new0(struct told, 1);

	t->lines = g_string_new(NULL);
	t->geo = geo_set_open_dirs(nowhere);
	t->r = (struct raiser){
		.arg = t, .name = NAME, .registrable = ZONE, .tld = "ch",
		.url = "", .vantage = "", .deep = take_deep, .geo = t->geo, .n = 1,
		.domains = g_ptr_array_new_with_free_func(g_free),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
		    NULL),
		.want = take_want, .fetch = take_fetch, .ask = take_ask,
		.service = take_service, .again = take_again, .hop = take_hop,
		.skip = take_skip, .met = take_met, .crawl = crawl_new(),
		.limits = &t->limits,
	};
	limits_default(&t->limits);
	answered(t, PROBE_DNS, ZONE ".", "NS", "");
	return t;
}

static void
told_free(struct told *t)
{
	exchange_free(t->x);
	crawl_free(t->r.crawl);
	geo_set_free(t->geo);
	g_ptr_array_unref(t->r.domains);
	g_hash_table_unref(t->r.seen);
	g_string_free(t->lines, TRUE);
	g_free(t);
}

/* What was told since the last look, all of it and in its order. */
static void
expect(struct told *t, const char *should)
{
	g_assert_cmpstr(t->lines->str, ==, should);
	g_string_truncate(t->lines, 0);
}

static void
raise_value(struct told *t, enum fact_kind kind, const char *subject,
    json_t *value)
{
	struct fact *f = fact_new(kind, subject, value);

	raise_fact(&t->r, f);
	fact_free(f);
}

static void
raise_str(struct told *t, enum fact_kind kind, const char *subject,
    const char *field, const char *value)
{
	raise_value(t, kind, subject, json_pack("{s:s}", field, value));
}

/* --- names ---------------------------------------------------------------------- */

static void
test_name_server(void)
{
	static const enum fact_kind kinds[] = { FACT_DNS_NS,
	    FACT_DNS_REFERRAL };
	struct told *t = told_new();

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		raise_str(t, kinds[i], ZONE, "ns", "a.ns.net");
		expect(t, "want a.ns.net A 4 dns.ns\n"
		    "want a.ns.net AAAA 4 dns.ns\n"
		    "ask local a.ns.net listed-ns  0 dns.ns.lists\n");
		/* A zone on the way, and one that only ends alike. */
		raise_str(t, kinds[i], "ch", "ns", "a.nic.ch");
		raise_str(t, kinds[i], "xsite.ch", "ns", "a.ns.net");
		raise_str(t, kinds[i], ZONE, "ns", "");
		expect(t, "");
	}
	told_free(t);
}

static void
test_mail_server(void)
{
	struct told *t = told_new();

	raise_str(t, FACT_DNS_MX, ZONE, "exchange", "mail.net");
	expect(t, "want mail.net A 8 dns.mx\nwant mail.net AAAA 8 dns.mx\n");
	raise_str(t, FACT_DNS_MX, NAME, "exchange", "mail.net");
	expect(t, "want mail.net A 8 dns.mx\nwant mail.net AAAA 8 dns.mx\n");
	raise_str(t, FACT_DNS_MX, "other.ch", "exchange", "mail.net");
	expect(t, "");
	told_free(t);
}

/* --- every server of the zone ---------------------------------------------------- */

#define EACH(options) \
	"ask dns site.ch. NS 9.9.9.1 53 dns.each" options "\n" \
	"ask dns site.ch. MX 9.9.9.1 53 dns.each" options "\n" \
	"ask dns site.ch. TXT 9.9.9.1 53 dns.each" options "\n" \
	"ask dns www.site.ch. A 9.9.9.1 53 dns.each" options "\n" \
	"ask dns www.site.ch. AAAA 9.9.9.1 53 dns.each" options "\n"

static void
raise_referral(struct told *t, const char *zone, const char *ip)
{
	raise_value(t, FACT_DNS_REFERRAL, zone, json_pack("{s:s, s:[s]}", "ns",
	    "", "ips", ip));
}

static void
test_each_server(void)
{
	struct told *t = told_new();

	raise_referral(t, ZONE, "9.0.0.9");
	expect(t, "ask dns site.ch. SOA 9.0.0.9 53 dns.server\n");
	raise_referral(t, ZONE, "9.0.0.9");
	raise_referral(t, "ch", "9.0.0.8");
	expect(t, "");
	/* The rest where it answers, once, in the way in which it did. */
	answered(t, PROBE_DNS, ZONE ".", "SOA", "a.ns.net");
	question_with(t->x->q, "edns=none");
	raise_str(t, FACT_DNS_SOA, ZONE, "mname", "a.ns.net");
	expect(t, EACH(" edns=none"));
	raise_str(t, FACT_DNS_SOA, ZONE, "mname", "a.ns.net");
	raise_str(t, FACT_DNS_SOA, "ch", "mname", "a.ns.net");
	expect(t, "");
	told_free(t);
}

/* A hundred addresses in a referral are not a hundred questions. */
static void
test_servers_bound(void)
{
	struct told *t = told_new();
	guint n = 0;

	for (int i = 0; i < 500; i++) {
		g_autofree char *ip = g_strdup_printf("9.0.%d.%d", i / 250,
		    i % 250);

		raise_referral(t, ZONE, ip);
	}
	for (const char *p = t->lines->str; (p = strchr(p, '\n')) != NULL; p++)
		n++;
	g_assert_cmpuint(n, <=, 128);
	told_free(t);
}

static void
raise_rung(struct told *t, const char *name, const char *gave,
    const char *next)
{
	raise_value(t, FACT_DNS_RUNG, name, json_pack("{s:s, s:s}", "gave",
	    gave, "next", next));
}

/* Silence costs its time on each rung: the whole ladder for SOA only. */
static void
test_rungs(void)
{
	struct told *t = told_new();

	answered(t, PROBE_DNS, ZONE ".", "A", "a.ns.net");
	raise_rung(t, ZONE, "FORMERR", "edns=512");
	expect(t, "ask dns site.ch. A 9.9.9.1 43 dns.rung edns=512\n");
	raise_rung(t, ZONE, "no answer", "edns=512");
	raise_rung(t, ZONE, "answer", "");
	raise_rung(t, "ch", "FORMERR", "edns=512");
	expect(t, "");
	answered(t, PROBE_DNS, ZONE ".", "SOA", "a.ns.net");
	raise_rung(t, ZONE, "no answer", "edns=512");
	expect(t, "ask dns site.ch. SOA 9.9.9.1 43 dns.rung edns=512\n");
	told_free(t);
}

/* Any server's address for the target is looked into; two random names, beside
 * it and below the apex, are asked once. */
static void
test_own_address(void)
{
	struct told *t = told_new();
	char *p;

	t->r.name = "a.b.site.ch";
	answered(t, PROBE_DNS, "a.b.site.ch.", "A", "a.ns.net");
	raise_str(t, FACT_DNS_A, "a.b.site.ch", "ip", "9.0.0.1");
	p = strstr(t->lines->str, ".site.ch. A 9.9.9.1 53 dns.random "
	    "label=random\n");
	g_assert_nonnull(p);
	p = strstr(t->lines->str, ".b.site.ch. A 9.9.9.1 53 dns.random "
	    "label=random\n");
	g_assert_nonnull(p);
	g_assert_nonnull(strstr(t->lines->str, "address.handshake"));
	g_string_truncate(t->lines, 0);
	raise_str(t, FACT_DNS_A, "a.b.site.ch", "ip", "9.0.0.2");
	g_assert_null(strstr(t->lines->str, "dns.random"));
	g_string_truncate(t->lines, 0);
	raise_str(t, FACT_DNS_A, "x.site.ch", "ip", "9.0.0.3");
	expect(t, "");
	told_free(t);
}

static void
test_caa_climbs(void)
{
	struct told *t = told_new();

	raise_str(t, FACT_DNS_NODATA, NAME, "type", "CAA");
	expect(t, "want site.ch CAA 0 dns.caa\n");
	raise_str(t, FACT_DNS_NXDOMAIN, ZONE, "type", "CAA");
	expect(t, "want ch CAA 0 dns.caa\n");
	raise_str(t, FACT_DNS_NODATA, "ch", "type", "CAA");
	raise_str(t, FACT_DNS_NODATA, NAME, "type", "A");
	expect(t, "");
	told_free(t);
}

static void
test_spf(void)
{
	struct told *t = told_new();

	raise_value(t, FACT_DNS_SPF, ZONE, json_pack("{s:[s,s], s:s}",
	    "includes", "_SPF.a.com", "%{i}.b.com", "redirect", "c.com"));
	expect(t, "hop spf site.ch > spf _spf.a.com\n"
	    "want _spf.a.com TXT 0 dns.spf\n"
	    "hop spf site.ch > spf c.com\nwant c.com TXT 0 dns.spf\n");
	t->far = TRUE;
	raise_value(t, FACT_DNS_SPF, ZONE, json_pack("{s:[s]}", "includes",
	    "d.com"));
	expect(t, "hop spf site.ch > spf d.com\n");
	told_free(t);
}

/* RFC 7505: the root as exchange, whose name without its dot is empty. */
static void
test_null_mx(void)
{
	struct told *t = told_new();

	raise_str(t, FACT_DNS_MX, ZONE, "exchange", "");
	expect(t, "");
	told_free(t);
}

/* --- registration ------------------------------------------------------------------ */

static void
test_service(void)
{
	struct told *t = told_new();

	raise_value(t, FACT_RDAP_SERVICE, ZONE, json_pack("{s:s, s:s}", "url",
	    "https://rdap.nic.ch/", "source", "IANA"));
	expect(t, "fetch rdap https://rdap.nic.ch/domain/site.ch domain "
	    "rdap.nic.ch 443 IANA rdap.service\n");
	raise_value(t, FACT_RDAP_SERVICE, "9.0.0.1", json_pack("{s:s, s:s}",
	    "url", "https://rdap.rir.net/rdap/", "source", "IANA"));
	expect(t, "fetch rdap https://rdap.rir.net/rdap/ip/9.0.0.1 ip "
	    "rdap.rir.net 443 IANA rdap.service\n");
	raise_value(t, FACT_RDAP_SERVICE, "2600::1", json_pack("{s:s, s:s}",
	    "url", "https://rdap.rir.net/", "source", "IANA"));
	expect(t, "fetch rdap https://rdap.rir.net/ip/2600::1 ip "
	    "rdap.rir.net 443 IANA rdap.service\n");
	raise_value(t, FACT_RDAP_SERVICE, "AS64500", json_pack("{s:s, s:s}",
	    "url", "https://rdap.rir.net/", "source", "IANA"));
	expect(t, "fetch rdap https://rdap.rir.net/autnum/64500 autnum "
	    "rdap.rir.net 443 IANA rdap.service\n");
	told_free(t);
}

#define ASKED	"https://rdap.nic.ch/domain/site.ch"
#define NEXT	"https://rdap.house.com/domain/site.ch"

static void
raise_rdap_link(struct told *t, const char *rel, const char *url)
{
	raise_value(t, FACT_RDAP_LINK, ZONE, json_pack("{s:s, s:s}", "rel",
	    rel, "url", url));
}

static void
test_rdap_link(void)
{
	struct told *t = told_new();

	answered(t, PROBE_RDAP, ASKED, "domain", "rdap.nic.ch");
	exchange_meta(t->x, "trust.result", "ok");
	raise_rdap_link(t, "redirect", NEXT);
	expect(t, "hop " ASKED " > " NEXT "\nfetch rdap " NEXT " domain "
	    "rdap.house.com 443 redirected rdap.redirect\n");
	raise_rdap_link(t, "related", NEXT);
	expect(t, "hop " ASKED " > " NEXT "\nfetch rdap " NEXT " link "
	    "rdap.house.com 443 named by the registry rdap.related\n");
	t->far = TRUE;
	raise_rdap_link(t, "redirect", NEXT);
	expect(t, "hop " ASKED " > " NEXT "\n");
	told_free(t);
}

/* The registrar's URL does not always say what is asked; other objects are not
 * followed, nor what the reader says leads from https to http. */
static void
test_rdap_link_forms(void)
{
	struct told *t = told_new();

	answered(t, PROBE_RDAP, ASKED, "domain", "rdap.nic.ch");
	exchange_meta(t->x, "trust.result", "ok");
	raise_rdap_link(t, "related", "https://rdap.house.com/?d=site.ch");
	expect(t, "hop " ASKED " > https://rdap.house.com/?d=site.ch\n"
	    "fetch rdap https://rdap.house.com/?d=site.ch link "
	    "rdap.house.com 443 named by the registry rdap.related "
	    "{for=site.ch}\n");
	raise_rdap_link(t, "related", "https://rdap.house.com/entity/292");
	raise_value(t, FACT_RDAP_LINK, ZONE, json_pack("{s:s, s:s, s:s}",
	    "rel", "redirect", "url", "http://rdap.house.com/domain/site.ch",
	    "why", "from https to http"));
	expect(t, "");
	told_free(t);
}

#define NETWORK	"https://rdap.rir.net/ip/9.0.0.1"

/* Up to the network around, so far and no further. */
static void
test_rdap_up(void)
{
	static const struct {
		const char	*options, *should;
	} cases[] = {
		{ "", "fetch rdap https://rdap.rir.net/ip/9.0.0.0/8 ip "
		    "rdap.rir.net 443 the network above rdap.up {up=1}\n" },
		{ "up=3", "fetch rdap https://rdap.rir.net/ip/9.0.0.0/8 ip "
		    "rdap.rir.net 443 the network above rdap.up {up=4}\n" },
		{ "up=4", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct told *t = told_new();

		answered(t, PROBE_RDAP, NETWORK, "ip", "rdap.rir.net");
		question_with(t->x->q, cases[i].options);
		exchange_meta(t->x, "trust.result", "ok");
		raise_rdap_link(t, "up", "https://rdap.rir.net/ip/9.0.0.0/8");
		expect(t, cases[i].should);
		told_free(t);
	}
}

/* Only from who is authenticated, and only by https. */
static void
test_geofeed(void)
{
	struct told *t = told_new();

	answered(t, PROBE_RDAP, NETWORK, "ip", "rdap.rir.net");
	raise_value(t, FACT_IP_GEOFEED, "9.0.0.1", json_pack("{s:s, s:s}",
	    "url", "https://net.example/geo.csv", "within",
	    "9.0.0.0-9.0.0.255"));
	expect(t, "");
	exchange_meta(t->x, "trust.result", "ok");
	raise_value(t, FACT_IP_GEOFEED, "9.0.0.1", json_pack("{s:s, s:s}",
	    "url", "https://net.example/geo.csv", "within",
	    "9.0.0.0-9.0.0.255"));
	expect(t, "fetch rdap https://net.example/geo.csv geofeed net.example "
	    "443 named by the network ip.geofeed {within=9.0.0.0-9.0.0.255}\n");
	raise_value(t, FACT_IP_GEOFEED, "9.0.0.1", json_pack("{s:s, s:s, s:s}",
	    "url", "http://net.example/geo.csv", "within",
	    "9.0.0.0-9.0.0.255", "why", "not https"));
	expect(t, "");
	told_free(t);
}

/* A 404 of a server that nobody names: does it speak RDAP? */
static void
test_rdap_help(void)
{
	struct told *t = told_new();

	answered(t, PROBE_RDAP, ASKED, "domain", "rdap.nic.ch");
	raise_value(t, FACT_RDAP_NONE, ZONE, json_pack("{s:i, s:b}", "code",
	    404, "confirmed", 1));
	expect(t, "");
	raise_value(t, FACT_RDAP_NONE, ZONE, json_pack("{s:i, s:b}", "code",
	    404, "confirmed", 0));
	expect(t, "fetch rdap https://rdap.nic.ch/help help rdap.nic.ch 443 "
	    "not listed by IANA rdap.none {for=" ZONE "}\n");
	told_free(t);
}

/* Only a server that showed who it is may send us on. */
static void
test_rdap_link_without_trust(void)
{
	static const char *const results[] = { NULL, "", "OK", "failed",
	    "ok?" };

	for (size_t i = 0; i < G_N_ELEMENTS(results); i++) {
		struct told *t = told_new();

		answered(t, PROBE_RDAP, ASKED, "domain", "rdap.nic.ch");
		if (results[i] != NULL)
			exchange_meta(t->x, "trust.result", results[i]);
		raise_rdap_link(t, "redirect", NEXT);
		raise_rdap_link(t, "related", NEXT);
		expect(t, "");
		told_free(t);
	}
}

/* The registrar's answer leads no further, and neither does an address's. */
static void
test_rdap_related_once(void)
{
	static const char *const types[] = { "link", "ip" };

	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		struct told *t = told_new();

		answered(t, PROBE_RDAP, ASKED, types[i], "rdap.nic.ch");
		exchange_meta(t->x, "trust.result", "ok");
		raise_rdap_link(t, "related", NEXT);
		raise_rdap_link(t, "self", NEXT);
		g_assert_null(strstr(t->lines->str, "fetch"));
		told_free(t);
	}
}

static void
raise_refer(struct told *t, const char *subject, const char *server)
{
	raise_str(t, FACT_WHOIS_REFER, subject, "server", server);
}

static void
test_whois_iana(void)
{
	static const char *const domains[] = { ZONE, "other.com", "second.ch",
	    "notch", "x.nch", "ch" };
	struct told *t = told_new();

	for (size_t i = 0; i < G_N_ELEMENTS(domains); i++)
		g_ptr_array_add(t->r.domains, g_strdup(domains[i]));
	answered(t, PROBE_WHOIS, "ch", "iana", "whois.iana.org");
	raise_refer(t, "ch", "whois.nic.ch");
	expect(t, "hop whois.iana.org ch > whois.nic.ch site.ch\n"
	    "fetch whois site.ch tld whois.nic.ch 43 - whois.refer\n"
	    "hop whois.iana.org ch > whois.nic.ch second.ch\n"
	    "fetch whois second.ch tld whois.nic.ch 43 - whois.refer\n");
	answered(t, PROBE_WHOIS, "com", "iana", "whois.iana.org");
	raise_refer(t, "com", "whois.verisign-grs.com");
	expect(t, "hop whois.iana.org com > whois.verisign-grs.com domain "
	    "other.com\nfetch whois domain other.com tld "
	    "whois.verisign-grs.com 43 - whois.refer\n");
	told_free(t);
}

static void
test_whois_chain(void)
{
	struct told *t = told_new();

	g_ptr_array_add(t->r.domains, g_strdup(ZONE));
	answered(t, PROBE_WHOIS, ZONE, "tld", "whois.nic.ch");
	raise_refer(t, ZONE, "whois.house.com");
	expect(t, "hop whois.nic.ch site.ch > whois.house.com site.ch\n"
	    "fetch whois site.ch registrar whois.house.com 43 - "
	    "whois.refer\n");
	t->far = TRUE;
	raise_refer(t, ZONE, "whois.house.com");
	expect(t, "hop whois.nic.ch site.ch > whois.house.com site.ch\n");
	t->far = FALSE;
	answered(t, PROBE_WHOIS, ZONE, "registrar", "whois.house.com");
	raise_refer(t, ZONE, "whois.third.com");
	expect(t, "hop whois.house.com site.ch > whois.third.com site.ch\n"
	    "fetch whois site.ch registrar whois.third.com 43 - "
	    "whois.refer\n");
	told_free(t);
}

static const struct {
	const char	*server, *query;
} forms[] = {
	{ "whois.verisign-grs.com",	"domain site.ch" },
	{ "ccwhois.verisign-grs.com",	"domain site.ch" },
	{ "whois.denic.de",		"-T dn,ace site.ch" },
	{ "whois.jprs.jp",		"site.ch/e" },
	{ "whois.punktum.dk",		"--show-handles site.ch" },
	{ "whois.nic.ch",		"site.ch" },
	{ "whois.iana.org",		"site.ch" },
	{ "x.whois.denic.de",		"site.ch" },
	{ "whois.denic.de.net",		"site.ch" },
	{ "",				"site.ch" },
};

static void
test_whois_query(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		g_autofree char *q = whois_query(forms[i].server, ZONE);

		g_assert_cmpstr(q, ==, forms[i].query);
	}
}

/* --- pages -------------------------------------------------------------------------- */

#define PAGE	"https://www.site.ch/"
#define OTHER(rule) \
	"want cdn.house.com A 16 " rule "\n" \
	"want cdn.house.com AAAA 16 " rule "\n" \
	"service house.com " rule "\n" \
	"fetch whois com iana whois.iana.org 43 - " rule "\n"

static void
test_redirect_own(void)
{
	static const struct {
		const char	*to, *host;
	} own[] = {
		{ "https://www.site.ch/home?x=1", "www.site.ch 443" },
		{ "http://site.ch/", "site.ch 80" },
		{ "https://a.b.site.ch/", "a.b.site.ch 443" },
	};
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++) {
		g_autofree char *should = g_strdup_printf("hop " PAGE " > %s\n"
		    "fetch http %s page %s - http.redirect\n", own[i].to,
		    own[i].to, own[i].host);

		raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", own[i].to);
		expect(t, should);
	}
	t->far = TRUE;
	raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", own[0].to);
	g_assert_null(strstr(t->lines->str, "fetch"));
	told_free(t);
}

/* Its names and registration, the registration once; its pages never. */
static void
test_redirect_other(void)
{
	static const char *const alike[] = { "https://notsite.ch/",
	    "https://site.ch.house.com/" };
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to",
	    "https://cdn.house.com/site.ch");
	expect(t, OTHER("http.redirect"));
	raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", "http://cdn.house.com/b");
	expect(t, "want cdn.house.com A 16 http.redirect\n"
	    "want cdn.house.com AAAA 16 http.redirect\n");
	for (size_t i = 0; i < G_N_ELEMENTS(alike); i++) {
		raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", alike[i]);
		g_assert_nonnull(strstr(t->lines->str, " A 16 "));
		g_assert_null(strstr(t->lines->str, "fetch http"));
	}
	told_free(t);
}

static void
test_redirect_to_address(void)
{
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", "http://9.0.0.1/");
	expect(t, LOOKED_INTO
	    "ask tls 9.0.0.1 chain 9.0.0.1 443 address.handshake\n");
	told_free(t);
}

static void
raise_page_link(struct told *t, const char *purpose, const char *href)
{
	raise_value(t, FACT_PAGE_LINK, PAGE, json_pack("{s:s, s:s}", "href",
	    href, "purpose", purpose));
}

static void
test_download(void)
{
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	raise_page_link(t, "download", "https://cdn.house.com/app.apk");
	expect(t, OTHER("page.download"));
	/* A download of its own, and links of other kinds. */
	raise_page_link(t, "download", "https://get.site.ch/app.apk");
	raise_page_link(t, "terms", "https://cdn.house.com/terms");
	raise_page_link(t, "vpn", "https://vpn.house.com/");
	raise_page_link(t, "", "https://cdn.house.com/");
	expect(t, "skip https://get.site.ch/app.apk page.link: "
	    "a program or package\n");
	told_free(t);
}

/* Where a page may not send us. */
static const char *const nowhere_urls[] = {
	"", "site.ch", "/home", "ftp://cdn.house.com/", "file:///etc/passwd",
	"javascript:alert(1)", "gopher://cdn.house.com/", "data:text/html,x",
	"https://user:word@cdn.house.com/", "https://user@www.site.ch/",
	"https://www.site.ch@cdn.house.com/",
	"http://127.0.0.1/", "http://10.0.0.1/", "http://192.168.1.1/admin",
	"http://169.254.169.254/latest/", "http://[::1]/", "http://[fe80::1]/",
	"http://[::ffff:10.0.0.1]/", "http://0x7f000001/",
	"http://2130706433/", "http://0.0.0.0/", "http://localhost/",
	"http://printer.local/",
};

static void
test_nowhere(void)
{
	struct told *t = told_new();

	answered(t, PROBE_HTTP, PAGE, "page", "www.site.ch");
	for (size_t i = 0; i < G_N_ELEMENTS(nowhere_urls); i++) {
		raise_str(t, FACT_HTTP_REDIRECT, PAGE, "to", nowhere_urls[i]);
		expect(t, "");
		raise_page_link(t, "download", nowhere_urls[i]);
		expect(t, "");
	}
	told_free(t);
}

/* --- addresses ------------------------------------------------------------------------ */

#define SERVER	"ask dns site.ch. SOA 9.0.0.1 53 dns.server\n"
#define HANDSHAKE(ip)	"ask tls h.com chain " ip " 443 address.handshake\n"
#define DISTANCE \
	"ask reach 9.0.0.1 handshakes 9.0.0.1 443 address.distance\n"

#define FRONT(ip)	"ask http http://h.com/ page " ip " 80 address.page\n" \
	"ask http https://h.com/ page " ip " 443 address.page\n"

static void
test_address_purposes(void)
{
	static const struct {
		unsigned	 purposes;
		const char	*should;
	} rows[] = {
		{ PURPOSE_TARGET, LOOKED_INTO HANDSHAKE("9.0.0.1") DISTANCE
		    FRONT("9.0.0.1") },
		{ PURPOSE_HOP, LOOKED_INTO HANDSHAKE("9.0.0.1") },
		{ PURPOSE_ALSO, LOOKED_INTO HANDSHAKE("9.0.0.1") DISTANCE
		    FRONT("9.0.0.1") },
		{ PURPOSE_NS, LOOKED_INTO SERVER },
		{ PURPOSE_MX, LOOKED_INTO },
		{ PURPOSE_NS | PURPOSE_MX, LOOKED_INTO SERVER },
		{ PURPOSE_NS | PURPOSE_HOP, LOOKED_INTO HANDSHAKE("9.0.0.1") SERVER },
		{ 0, "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct told *t = told_new();

		raise_address(&t->r, "h.com", "9.0.0.1", rows[i].purposes);
		expect(t, rows[i].should);
		told_free(t);
	}
}

/* Asked for, so that the log shows the guard's refusal; and nothing else. */
static void
test_address_private(void)
{
	struct told *t = told_new();

	g_assert_nonnull(guard_address("10.0.0.1"));
	raise_address(&t->r, "h.com", "10.0.0.1", PURPOSE_TARGET);
	expect(t, HANDSHAKE("10.0.0.1"));
	raise_address(&t->r, "h.com", "::1", PURPOSE_HOP);
	expect(t, HANDSHAKE("::1"));
	raise_address(&t->r, "h.com", "10.0.0.1", PURPOSE_MX);
	expect(t, "");
	raise_address(&t->r, "h.com", "10.0.0.1", PURPOSE_NS);
	expect(t, "ask dns site.ch. SOA 10.0.0.1 53 dns.server\n");
	told_free(t);
}

static void
test_reverse_name(void)
{
	struct told *t = told_new();

	raise_str(t, FACT_DNS_PTR, "9.0.0.1", "name", "h.com");
	expect(t, "want h.com A 0 reverse.confirm\n"
	    "ask local h.com listed-reverse  0 reverse.lists\n");
	raise_str(t, FACT_DNS_PTR, "2600::1", "name", "h.com");
	expect(t, "want h.com AAAA 0 reverse.confirm\n"
	    "ask local h.com listed-reverse  0 reverse.lists\n");
	/* A pointer of a name is nobody's address. */
	raise_str(t, FACT_DNS_PTR, "a.ch", "name", "h.com");
	raise_str(t, FACT_DNS_PTR, "9.0.0.1", "name", "");
	expect(t, "");
	told_free(t);
}

static void
test_announced(void)
{
	struct told *t = told_new();

	raise_value(t, FACT_IP_ORIGIN, "9.0.0.1", json_pack("{s:i}", "asn",
	    64500));
	expect(t, "want AS64500.asn.cymru.com TXT 0 origin.name\n"
	    "service AS64500 origin.registration\n"
	    "ask local AS64500 listed-as  0 origin.lists\n");
	told_free(t);
}

/* --- the target --------------------------------------------------------------------------- */

#define RECORDS(name) \
	"want " name " A 1 target\nwant " name " AAAA 1 target\n" \
	"want " name " NS 0 target\nwant " name " SOA 0 target\n" \
	"want " name " MX 0 target\nwant " name " TXT 0 target\n" \
	"want " name " CAA 0 target\nwant " name " HTTPS 0 target\n"
#define DOMAIN \
	"want _dmarc.site.ch TXT 0 target\n" \
	"want _mta-sts.site.ch TXT 0 target\n" \
	"want _smtp._tls.site.ch TXT 0 target\n"
#define REGISTRATION \
	"service site.ch target\n" \
	"fetch whois ch iana whois.iana.org 43 - target\n"
#define PAGES(name) \
	"fetch http http://" name "/ page " name " 80 - target\n" \
	"fetch http https://" name "/ page " name " 443 - target\n"

static void
test_target(void)
{
	struct told *t = told_new();

	t->r.name = ZONE;
	raise_target(&t->r, FALSE);
	expect(t, RECORDS("site.ch") "want www.site.ch A 2 target\n"
	    "want www.site.ch AAAA 2 target\nwant www.site.ch CAA 0 target\n"
	    "want www.site.ch HTTPS 0 target\n" DOMAIN REGISTRATION PAGES("site.ch"));
	g_assert_cmpuint(t->r.domains->len, ==, 1);
	g_assert_cmpstr(t->r.domains->pdata[0], ==, ZONE);
	told_free(t);
}

/* No www.www.; the URL as typed comes besides; the registration is the
 * registrable name's. */
static void
test_target_www_url(void)
{
	struct told *t = told_new();

	t->r.url = "https://www.site.ch/film?id=1";
	raise_target(&t->r, FALSE);
	expect(t, RECORDS("www.site.ch")
	    "want site.ch A 0 target\nwant site.ch AAAA 0 target\n"
	    "want site.ch NS 0 target\nwant site.ch SOA 0 target\n"
	    "want site.ch MX 0 target\nwant site.ch TXT 0 target\n"
	    "want site.ch CAA 0 target\n" DOMAIN REGISTRATION PAGES("www.site.ch")
	    "fetch http https://www.site.ch/film?id=1 page www.site.ch 443 - "
	    "target\n");
	told_free(t);
}

static void
test_target_address(void)
{
	struct told *t = told_new();

	t->r.name = "9.0.0.1";
	t->r.registrable = "";
	raise_target(&t->r, TRUE);
	expect(t, LOOKED_INTO
	    "ask tls 9.0.0.1 chain 9.0.0.1 443 address.handshake\n" DISTANCE);
	t->r.url = "http://9.0.0.1/a";
	raise_target(&t->r, TRUE);
	expect(t, LOOKED_INTO
	    "ask tls 9.0.0.1 chain 9.0.0.1 443 address.handshake\n" DISTANCE
	    "fetch http http://9.0.0.1/a page 9.0.0.1 80 - target\n");
	told_free(t);
}

/* The zones that signatures lead through, each once. */
static void
test_dnssec(void)
{
	static const struct raise_set set = { .anchor = "root.key" };
	struct told *t = told_new();

	raise_value(t, FACT_DNS_CNAME, NAME, json_pack("{s:s}", "to",
	    "x.edge.net"));
	raise_value(t, FACT_DNSSEC_RRSET, ZONE, json_pack("{s:s}", "zone",
	    ZONE));
	expect(t, "");
	t->r.set = &set;
	raise_value(t, FACT_DNS_CNAME, "ns.other.net", json_pack("{s:s}",
	    "to", "y.edge.net"));
	expect(t, "");
	raise_value(t, FACT_DNS_CNAME, NAME, json_pack("{s:s}", "to",
	    "x.edge.net"));
	expect(t, "want edge.net DS 0 dns.cname\n"
	    "want edge.net DNSKEY 0 dns.cname\n"
	    "want net DS 0 dns.cname\nwant net DNSKEY 0 dns.cname\n"
	    "want  DNSKEY 0 dns.cname\n");
	raise_value(t, FACT_DNSSEC_RRSET, "x.edge.net", json_pack("{s:s}",
	    "zone", "x.edge.net"));
	expect(t, "want x.edge.net DS 0 dnssec.signer\n"
	    "want x.edge.net DNSKEY 0 dnssec.signer\n");
	raise_value(t, FACT_DNSSEC_RRSET, "x.edge.net", json_pack("{s:s}",
	    "zone", "net"));
	raise_value(t, FACT_DNSSEC_RRSET, "ns.other.net", json_pack("{s:s}",
	    "zone", "other.net"));
	raise_value(t, FACT_DNSSEC_RRSET, NAME, json_pack("{s:s}",
	    "zone", "elsewhere.ch"));
	expect(t, "");
	told_free(t);
}

/* Beyond a number of addresses, one handshake is enough. */
static void
test_address_shallow(void)
{
	struct told *t = told_new();

	t->far = TRUE;
	raise_address(&t->r, "h.com", "9.0.0.1", PURPOSE_TARGET);
	expect(t, LOOKED_INTO HANDSHAKE("9.0.0.1") FRONT("9.0.0.1"));
	told_free(t);
}

/* What was chosen is the highest: those below are tried, with the target's own
 * name only, and once more without one. */
static void
test_versions(void)
{
	struct told *t = told_new();

	answered(t, PROBE_TLS, NAME, "chain", "");
	raise_str(t, FACT_TLS_HANDSHAKE, NAME "@9.9.9.1", "version", "TLSv1.2");
	expect(t, "ask tls " NAME " chain 9.9.9.1 43 tls.more max=1.1 min=1.1\n"
	    "ask tls " NAME " chain 9.9.9.1 43 tls.more max=1.0 min=1.0\n"
	    "ask tls 9.9.9.1 chain 9.9.9.1 43 tls.more sni=none\n");
	question_with(t->x->q, "max=1.1 min=1.1");
	raise_str(t, FACT_TLS_HANDSHAKE, NAME "@9.9.9.1", "version", "TLSv1.1");
	expect(t, "");
	answered(t, PROBE_TLS, "other.ch", "chain", "");
	raise_str(t, FACT_TLS_HANDSHAKE, "other.ch@9.9.9.1", "version",
	    "TLSv1.3");
	expect(t, "");
	t->far = TRUE;
	answered(t, PROBE_TLS, NAME, "chain", "");
	raise_str(t, FACT_TLS_HANDSHAKE, NAME "@9.9.9.1", "version", "TLSv1.3");
	expect(t, "");
	told_free(t);
}

static void
test_vantage(void)
{
	struct told *t = told_new();

	t->r.name = "9.0.0.1";
	t->r.registrable = "";
	t->r.vantage = "US-HI";
	raise_target(&t->r, TRUE);
	g_assert_true(g_str_has_prefix(t->lines->str,
	    "ask local US-HI vantage  0 target\n"));
	told_free(t);
}

/* Kinds without a rule raise nothing, whatever their fields are called. */
static void
test_other_kinds(void)
{
	struct told *t = told_new();

	for (int kind = 0; kind < FACT_KINDS; kind++) {
		gboolean ruled = FALSE;

		for (size_t i = 0; i < raise_rules_count; i++)
			ruled |= raise_rules[i].kind == (enum fact_kind)kind;
		if (!ruled)
			raise_value(t, (enum fact_kind)kind, ZONE, json_pack(
			    "{s:s, s:s, s:s}", "ns", "a.ns.net", "url", NEXT,
			    "to", NEXT));
	}
	expect(t, "");
	told_free(t);
}

/* --- servers that have had enough -------------------------------------------- */

static void
test_retry(void)
{
	struct told *t = told_new();

	answered(t, PROBE_RDAP, ASKED, "domain", "rdap.nic.ch");
	/* Sun, 06 Nov 1994 08:49:37 GMT */
	t->x->end = INT64_C(784111777) * 1000000;
	raise_value(t, FACT_RDAP_REFUSED, ZONE, json_pack("{s:i, s:s}", "code",
	    429, "retry_after", "7"));
	raise_value(t, FACT_RDAP_REFUSED, ZONE, json_pack("{s:i, s:s}", "code",
	    503, "retry_after", "Sun, 06 Nov 1994 08:49:42 GMT"));
	expect(t, "again 7000\nagain 5000\n");
	/* Says nothing, or nothing usable: the default. */
	raise_value(t, FACT_RDAP_REFUSED, ZONE, json_pack("{s:i}", "code",
	    429));
	raise_value(t, FACT_RDAP_REFUSED, ZONE, json_pack("{s:i, s:s}", "code",
	    429, "retry_after", "-5"));
	raise_value(t, FACT_RDAP_REFUSED, ZONE, json_pack("{s:i, s:s}", "code",
	    429, "retry_after", "99999999999999999999"));
	raise_value(t, FACT_RDAP_REFUSED, ZONE, json_pack("{s:i, s:s}", "code",
	    429, "retry_after", "Sun, 06 Nov 1994 08:49:30 GMT"));
	expect(t, "again 0\nagain 0\nagain 0\nagain 0\n");
	/* A refusal that is not for want of patience. */
	raise_value(t, FACT_RDAP_REFUSED, ZONE, json_pack("{s:i, s:s}", "code",
	    403, "retry_after", "7"));
	raise_str(t, FACT_WHOIS_NONE, ZONE, "what", "refusal");
	expect(t, "");
	raise_str(t, FACT_WHOIS_NONE, ZONE, "what", "limit");
	raise_str(t, FACT_WHOIS_NONE, ZONE, "what", "later");
	raise_str(t, FACT_WHOIS_NONE, ZONE, "what", "maintenance");
	expect(t, "again 0\nagain 0\nagain 0\n");
	told_free(t);
}

/* An address whose registry says nothing at all is asked for elsewhere. */
static void
test_silence(void)
{
	struct told *t = told_new();

	answered(t, PROBE_RDAP, "https://rdap.rir.net/ip/9.0.0.1", "ip",
	    "rdap.rir.net");
	raise_silence(&t->r);
	expect(t, "fetch whois 9.0.0.1 iana whois.iana.org 43 - whois.address\n");
	answered(t, PROBE_RDAP, "https://rdap.rir.net/ip/9.0.0.0/8", "ip",
	    "rdap.rir.net");
	raise_silence(&t->r);
	answered(t, PROBE_RDAP, ASKED, "domain", "rdap.nic.ch");
	raise_silence(&t->r);
	answered(t, PROBE_HTTP, "https://x.net/ip/9.0.0.1", "ip", "x.net");
	raise_silence(&t->r);
	expect(t, "");
	told_free(t);
}

/* A case may set how far up it goes. */
static void
test_rdap_up_limit(void)
{
	struct told *t = told_new();

	t->limits.value[LIMIT_RDAP_UP] = 1;
	answered(t, PROBE_RDAP, NETWORK, "ip", "rdap.rir.net");
	question_with(t->x->q, "up=1");
	exchange_meta(t->x, "trust.result", "ok");
	raise_rdap_link(t, "up", "https://rdap.rir.net/ip/9.0.0.0/8");
	expect(t, "");
	told_free(t);
}

static void
test_retry_page(void)
{
	struct told *t = told_new();

	answered(t, PROBE_HTTP, "https://" NAME "/", "page", NAME);
	g_strlcpy(t->x->detail, "503", sizeof(t->x->detail));
	raise_value(t, FACT_HTTP_HEADER, "https://" NAME "/", json_pack(
	    "{s:s, s:s}", "name", "retry-after", "value", "3"));
	expect(t, "again 3000\n");
	raise_value(t, FACT_HTTP_HEADER, "https://" NAME "/", json_pack(
	    "{s:s, s:s}", "name", "retry-after", "value", "soon"));
	expect(t, "");
	g_strlcpy(t->x->detail, "200", sizeof(t->x->detail));
	raise_value(t, FACT_HTTP_HEADER, "https://" NAME "/", json_pack(
	    "{s:s, s:s}", "name", "retry-after", "value", "3"));
	expect(t, "");
	told_free(t);
}

static const struct {
	const char	*path;
	void		(*test)(void);
} tests[] = {
	{ "a name server's addresses", test_name_server },
	{ "zones for signatures", test_dnssec },
	{ "a mail server's addresses", test_mail_server },
	{ "null MX", test_null_mx },
	{ "a refusal that says when", test_retry },
	{ "a page that says when", test_retry_page },
	{ "a registry that says nothing", test_silence },
	{ "how far up, as set", test_rdap_up_limit },
	{ "each server of the zone", test_each_server },
	{ "no end of servers", test_servers_bound },
	{ "rungs", test_rungs },
	{ "the target's addresses, whoever gave them", test_own_address },
	{ "CAA climbs", test_caa_climbs },
	{ "SPF", test_spf },
	{ "the service is asked for domain and address", test_service },
	{ "an RDAP link is followed", test_rdap_link },
	{ "forms of RDAP links", test_rdap_link_forms },
	{ "the network around", test_rdap_up },
	{ "a network's file of places", test_geofeed },
	{ "a 404 of an unlisted server", test_rdap_help },
	{ "no RDAP link without trust", test_rdap_link_without_trust },
	{ "related is followed from the registry", test_rdap_related_once },
	{ "IANA's WHOIS serves what is below", test_whois_iana },
	{ "TLD, registrar, no further", test_whois_chain },
	{ "forms of a WHOIS query", test_whois_query },
	{ "a redirect of its own is fetched", test_redirect_own },
	{ "a redirect to others is never fetched", test_redirect_other },
	{ "a redirect to an address", test_redirect_to_address },
	{ "a download at another host", test_download },
	{ "where a page may not send us", test_nowhere },
	{ "purposes decide for an address", test_address_purposes },
	{ "an address that is not public", test_address_private },
	{ "a reverse name is confirmed", test_reverse_name },
	{ "who announces an address", test_announced },
	{ "a domain", test_target },
	{ "a URL below www", test_target_www_url },
	{ "an address as target", test_target_address },
	{ "other kinds raise nothing", test_other_kinds },
};

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path = g_strconcat("/raise/", tests[i].path,
		    NULL);

		g_test_add_func(path, tests[i].test);
	}
	g_test_add_func("/raise/versions of TLS", test_versions);
	g_test_add_func("/raise/where the machine stands", test_vantage);
	g_test_add_func("/raise/one handshake beyond the limit",
	    test_address_shallow);
	return g_test_run();
}
