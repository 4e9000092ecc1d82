/* What registries and WHOIS servers raise by their answers. */

#include <string.h>

#include "probes/whois_query.h"
#include "tests/unit/raisekit.h"

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
	/* A number beyond numbers is a wait that nobody waits out. */
	expect(t, "again 0\nagain 0\nagain 1000000000000\nagain 0\n");
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

static const struct raise_test tests[] = {
	{ "a refusal that says when", test_retry },
	{ "a registry that says nothing", test_silence },
	{ "how far up, as set", test_rdap_up_limit },
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
};

int
main(int argc, char **argv)
{
	return raise_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
