/* What a target raises, and what nothing is raised by. */

#include <string.h>

#include "tests/unit/raisekit.h"

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
	    "want www.site.ch AAAA 2 target\nwant www.site.ch NS 0 target\n"
	    "want www.site.ch SOA 0 target\nwant www.site.ch MX 0 target\n"
	    "want www.site.ch TXT 0 target\nwant www.site.ch CAA 0 target\n"
	    "want www.site.ch HTTPS 0 target\nwant www.site.ch DS 0 target\n"
	    "want www.site.ch DNSKEY 0 target\n" DOMAIN REGISTRATION PAGES("site.ch"));
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

static const struct raise_test tests[] = {
	{ "a domain", test_target },
	{ "a URL below www", test_target_www_url },
	{ "an address as target", test_target_address },
	{ "other kinds raise nothing", test_other_kinds },
	{ "versions of TLS", test_versions },
	{ "where the machine stands", test_vantage },
};

int
main(int argc, char **argv)
{
	return raise_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
