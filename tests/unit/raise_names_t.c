/* What names of servers, mail and zones raise. */

#include <string.h>

#include "tests/unit/raisekit.h"

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

/* The first is asked for, the last is the sixteenth. */
#define KEYS(domain) \
	"want default._domainkey." domain " TXT 0 dns.dkim\n"

static void
expect_keys(struct told *t, const char *first, guint n)
{
	const char *at = strstr(t->lines->str, first);
	guint all = 0;

	g_assert_nonnull(at);
	for (const char *p = at; (p = strstr(p, "dns.dkim")) != NULL; p++)
		all++;
	g_assert_cmpuint(all, ==, n);
	g_string_truncate(t->lines, (gsize)(at - t->lines->str));
}

/* A mail server raises its addresses, and the usual names of keys, once. */
static void
test_mail_server(void)
{
	struct told *t = told_new();

	raise_str(t, FACT_DNS_MX, ZONE, "exchange", "mail.net");
	expect_keys(t, KEYS(ZONE), 16);
	expect(t, "want mail.net A 8 dns.mx\nwant mail.net AAAA 8 dns.mx\n");
	raise_str(t, FACT_DNS_MX, ZONE, "exchange", "mail2.net");
	expect(t, "want mail2.net A 8 dns.mx\n"
	    "want mail2.net AAAA 8 dns.mx\n");
	t->limits.value[LIMIT_DNS_SELECTORS] = 2;
	raise_str(t, FACT_DNS_MX, NAME, "exchange", "mail.net");
	expect_keys(t, KEYS(NAME), 2);
	expect(t, "want mail.net A 8 dns.mx\nwant mail.net AAAA 8 dns.mx\n");
	raise_str(t, FACT_DNS_MX, "other.ch", "exchange", "mail.net");
	expect(t, "");
	told_free(t);
}

/* One that only sends may sign as well; one that says that it does not is not
 * asked, and neither is the name of a record that was included. */
static void
test_senders(void)
{
	struct told *t = told_new();

	raise_value(t, FACT_DNS_SPF, ZONE, json_pack("{s:[], s:[], s:s}",
	    "includes", "ip4", "all", "-all"));
	raise_value(t, FACT_DNS_SPF, "_spf.mail.net", json_pack("{s:[s]}",
	    "ip4", "9.0.0.0/24"));
	expect(t, "");
	raise_value(t, FACT_DNS_SPF, ZONE, json_pack("{s:[s]}", "ip4",
	    "9.0.0.1"));
	expect_keys(t, KEYS(ZONE), 16);
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

static guint
count_of(const struct told *t, const char *what)
{
	guint n = 0;

	for (const char *p = t->lines->str; (p = strstr(p, what)) != NULL; p++)
		n++;
	return n;
}

/* Any server's address for the target is looked into; random names, two beside
 * it and two below the apex, are asked once. */
static void
test_own_address(void)
{
	struct told *t = told_new();

	t->r.name = "a.b.site.ch";
	answered(t, PROBE_DNS, "a.b.site.ch.", "A", "a.ns.net");
	raise_str(t, FACT_DNS_A, "a.b.site.ch", "ip", "9.0.0.1");
	g_assert_cmpuint(count_of(t, ".site.ch. A 9.9.9.1 53 dns.random "
	    "label=random\n"), ==, 4);
	g_assert_cmpuint(count_of(t, ".b.site.ch. A 9.9.9.1 53 dns.random "
	    "label=random\n"), ==, 2);
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
raise_random(struct told *t, const char *label, gboolean there,
    gboolean is_signed, const char *ip)
{
	json_t *ips = json_array();

	if (*ip != '\0')
		json_array_append_new(ips, json_string(ip));
	raise_value(t, FACT_DNS_WILDCARD, ZONE, json_pack(
	    "{s:b, s:b, s:s, s:s, s:s, s:o}", "there", there, "signed",
	    is_signed, "label", label, "type", "A", "to", "", "ips", ips));
}

/* A random name that is there: the server is asked for one that cannot be, once;
 * for IPv6 where there is no other address. */
static void
test_random_names(void)
{
	struct told *t = told_new();

	answered(t, PROBE_DNS, "abc." ZONE ".", "A", "a.ns.net");
	question_with(t->x->q, "label=random tcp");
	raise_random(t, "abc", FALSE, FALSE, "");
	raise_random(t, "abc", TRUE, TRUE, "9.0.0.1");
	expect(t, "");
	raise_random(t, "abc", TRUE, FALSE, "9.0.0.1");
	g_assert_cmpuint(count_of(t, ".invalid. A 9.9.9.1 53 dns.random "
	    "label=invalid tcp\n"), ==, 1);
	g_assert_cmpuint(count_of(t, "\n"), ==, 1);
	g_string_truncate(t->lines, 0);
	raise_random(t, "abc", TRUE, FALSE, "9.0.0.1");
	expect(t, "");
	raise_random(t, "abc", TRUE, FALSE, "");
	expect(t, "ask dns abc.site.ch. AAAA 9.9.9.1 53 dns.random "
	    "label=random tcp\n");
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

	t->limits.value[LIMIT_DNS_SELECTORS] = 0;
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

static const struct raise_test tests[] = {
	{ "a name server's addresses", test_name_server },
	{ "zones for signatures", test_dnssec },
	{ "a mail server's addresses", test_mail_server },
	{ "null MX", test_null_mx },
	{ "who sends mail", test_senders },
	{ "each server of the zone", test_each_server },
	{ "no end of servers", test_servers_bound },
	{ "rungs", test_rungs },
	{ "the target's addresses, whoever gave them", test_own_address },
	{ "random names", test_random_names },
	{ "CAA climbs", test_caa_climbs },
	{ "SPF", test_spf },
};

int
main(int argc, char **argv)
{
	return raise_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
