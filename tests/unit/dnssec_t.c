/* What signatures hold, and where they do not. */

#include <string.h>

#include "tests/unit/dnsseckit.h"

#define HOLDS(t)		tree_expect(t, "site.ch", "A", "secure", "")
#define BREAKS(t, why)		tree_expect(t, "site.ch", "A", "bogus", why)
#define OPEN(t, why)		tree_expect(t, "site.ch", "A", "insecure", why)

static void
test_secure(void)
{
	struct tree *t = tree_whole();

	tree_address_said(t, SITE);
	HOLDS(t);
	tree_expect(t, "site.ch", "MX", "indeterminate",
	    "no server answered for it");
	tree_free(t);
}

static void
test_times(void)
{
	static const struct {
		uint32_t	 from, until;
		const char	*why;
	} times[] = {
		{ NOW - 2 * DAY, NOW - 1, "the signature had expired" },
		{ NOW + 1, NOW + DAY, "the signature was not yet valid" },
		{ NOW, NOW, NULL },
		{ NOW - DAY, NOW, NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(times); i++) {
		struct tree *t = tree_whole();

		t->from = times[i].from;
		t->until = times[i].until;
		tree_address_said(t, SITE);
		if (times[i].why != NULL)
			BREAKS(t, times[i].why);
		else
			HOLDS(t);
		tree_free(t);
	}
}

/* RFC 4034 3.1.5: the clock of signatures goes round in 2106. */
static void
test_serial(void)
{
	struct tree *t = tree_new();

	t->at = (INT64_C(0x100000000) + 60) * 1000000;
	t->from = UINT32_C(0xffffff00);
	t->until = 3600;
	tree_upper(t);
	tree_ds_said(t, SITE, CH, NULL);
	tree_keys_said(t, SITE);
	tree_address_said(t, SITE);
	HOLDS(t);
	tree_free(t);
}

static void
test_bad_signature(void)
{
	struct tree *t = tree_whole();

	tree_ask(t, "site.ch.", "A", "site.ch.");
	tree_answer(t, "site.ch. 300 IN A 192.0.2.1", SITE);
	ldns_rdf_deep_free(ldns_rr_pop_rdf(ldns_rr_list_rr(ldns_pkt_answer(
	    t->p), 0)));
	ldns_rr_push_rdf(ldns_rr_list_rr(ldns_pkt_answer(t->p), 0),
	    ldns_rdf_new_frm_str(LDNS_RDF_TYPE_A, "192.0.2.2"));
	tree_said(t);
	BREAKS(t, "bad signature");
	tree_free(t);
}

static void
test_no_signature(void)
{
	struct tree *t = tree_whole();

	tree_address_said(t, -1);
	BREAKS(t, "no signature");
	tree_free(t);
}

static void
test_another_zone(void)
{
	struct tree *t = tree_whole();

	tree_address_said(t, CH);
	BREAKS(t, "signed by another zone");
	tree_free(t);
}

/* One of two servers takes the signature off. */
static void
test_servers_differ(void)
{
	struct tree *t = tree_whole();

	tree_address_said(t, SITE);
	tree_address_said(t, -1);
	BREAKS(t, "no signature");
	tree_free(t);
}

static void
test_ds_mismatch(void)
{
	struct tree *t = tree_new();
	g_autofree char *other = tree_ds_line(t, OTHER, LDNS_SHA256);
	g_autofree char *line = g_strdup_printf("site.ch. 300 IN %s",
	    strstr(other, "DS"));

	tree_upper(t);
	tree_ds_said(t, SITE, CH, line);
	tree_keys_said(t, SITE);
	tree_address_said(t, SITE);
	BREAKS(t, "no key of the zone matches its DS");
	tree_free(t);
}

/* RFC 4509 3: a right digest of type 1 beside a wrong one of type 2. */
static void
test_digest(void)
{
	struct tree *t = tree_new();
	g_autofree char *sha1 = tree_ds_line(t, SITE, LDNS_SHA1);
	g_autofree char *sha2 = g_strdup_printf(
	    "site.ch. 300 IN DS %u 13 2 %064d",
	    ldns_calc_keytag(t->public[SITE]), 0);
	g_autofree char *both = g_strconcat(sha1, sha2, NULL);

	tree_upper(t);
	tree_ds_said(t, SITE, CH, both);
	tree_keys_said(t, SITE);
	tree_address_said(t, SITE);
	BREAKS(t, "no key of the zone matches its DS");
	tree_free(t);
	t = tree_new();
	tree_upper(t);
	g_free(sha1);
	sha1 = tree_ds_line(t, SITE, LDNS_SHA1);
	tree_ds_said(t, SITE, CH, sha1);
	tree_keys_said(t, SITE);
	tree_address_said(t, SITE);
	HOLDS(t);
	tree_free(t);
}

static void
test_algorithm(void)
{
	struct tree *t = tree_new();

	tree_upper(t);
	tree_ds_said(t, SITE, CH, "site.ch. 300 IN DS 4711 200 2 "
	    "000000000000000000000000000000000000000000000000"
	    "0000000000000000");
	tree_keys_said(t, SITE);
	tree_address_said(t, SITE);
	OPEN(t, "no DS of an algorithm that is known here");
	tree_free(t);
}

static void
test_keys_missing(void)
{
	struct tree *t = tree_new();

	tree_upper(t);
	tree_ds_said(t, SITE, CH, NULL);
	tree_address_said(t, SITE);
	tree_expect(t, "site.ch", "A", "indeterminate",
	    "the zone's keys were not had");
	tree_free(t);
}

/* --- delegations without DS --------------------------------------------------- */

static void
test_unsigned(void)
{
	static const char nsec[] =
	    "site.ch. 300 IN NSEC z.ch. NS RRSIG NSEC";
	g_autofree char *optout = tree_nsec3_line("ch.", 1, 0);
	g_autofree char *closed = tree_nsec3_line("ch.", 0, 0);
	g_autofree char *costly = tree_nsec3_line("ch.", 0, 151);
	g_autofree char *most = tree_nsec3_line("ch.", 1, 150);
	const struct { const char *proof; int z; const char *status, *why; }
	cases[] = {
		{ nsec, CH, "insecure", "no DS: its absence is signed" },
		{ optout, CH, "insecure",
		    "no DS: the delegation lies in a span with opt-out" },
		{ most, CH, "insecure",
		    "no DS: the delegation lies in a span with opt-out" },
		{ costly, CH, "insecure",
		    "NSEC3 with more iterations than are held to" },
		{ closed, CH, "bogus", "a delegation with neither DS nor "
		    "proof that there is none" },
		{ nsec, OTHER, "bogus", "a delegation with neither DS nor "
		    "proof that there is none" },
		{ NULL, 0, "bogus", "a delegation with neither DS nor "
		    "proof that there is none" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct tree *t = tree_new();

		tree_upper(t);
		tree_referral_said(t, cases[i].proof, cases[i].z);
		tree_address_said(t, -1);
		tree_expect(t, "site.ch", "A", cases[i].status, cases[i].why);
		tree_free(t);
	}
}

/* The child's own record may not deny what the parent holds. */
static void
test_child_denies(void)
{
	struct tree *t = tree_new();

	tree_upper(t);
	tree_referral_said(t, "site.ch. 300 IN NSEC z.ch. NS SOA RRSIG NSEC", CH);
	tree_address_said(t, -1);
	BREAKS(t, "a delegation with neither DS nor proof that there is "
	    "none");
	tree_free(t);
}

static void
test_no_anchor_key(void)
{
	struct tree *t = tree_new();
	char *line = ldns_rr2str(t->public[OTHER]);
	g_autofree char *root = g_strdup_printf(". 300 IN %s",
	    strstr(line, "DNSKEY"));

	tree_exchange_take(t, PROBE_LOCAL, "root.key", "anchor", "", root,
	    strlen(root));
	tree_keys_said(t, ROOT);
	tree_ds_said(t, CH, ROOT, NULL);
	tree_keys_said(t, CH);
	tree_address_said(t, SITE);
	BREAKS(t, "no key of the zone matches its DS");
	free(line);
	tree_free(t);
}

/* --- the anchor ----------------------------------------------------------------- */

static void
test_anchor_xml(void)
{
	static const char xml[] = "<TrustAnchor><Zone>.</Zone>"
	    "<KeyDigest id=\"a\" validFrom=\"2010-07-15T00:00:00+00:00\""
	    " validUntil=\"2019-01-11T00:00:00+00:00\"><KeyTag>19036</KeyTag>"
	    "<Algorithm>8</Algorithm><DigestType>2</DigestType><Digest>"
	    "49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5"
	    "</Digest></KeyDigest><KeyDigest><KeyTag>1</KeyTag></TrustAnchor>";
	struct tree *t = tree_new();
	const struct fact *f;

	tree_exchange_take(t, PROBE_LOCAL, "a.xml", "anchor", "", xml,
	    sizeof(xml) - 1);
	g_assert_cmpuint(t->log->len, ==, 1);
	f = t->log->pdata[0];
	g_assert_cmpint(fact_int(f, "tag", 0), ==, 19036);
	g_assert_cmpstr(fact_str(f, "valid_until"), ==,
	    "2019-01-11T00:00:00+00:00");
	tree_keys_said(t, ROOT);
	tree_address_said(t, SITE);
	/* Its time is over. */
	tree_expect(t, "site.ch", "A", "indeterminate", "no trust anchor was had");
	tree_free(t);
}

/* Many signatures that do not hold cost no more than their bound. */
static void
test_flood(void)
{
	struct tree *t = tree_whole();
	ldns_rr_list *set, *sigs, *one;

	tree_ask(t, "site.ch.", "A", "site.ch.");
	set = tree_set_of("site.ch. 300 IN A 192.0.2.1");
	sigs = ldns_rr_list_new();
	for (int i = 0; i < 100; i++) {
		t->until = NOW - DAY + (uint32_t)i;
		t->from = t->until - DAY;
		one = tree_sign(t, set, SITE);
		ldns_rr_list_cat(sigs, one);
		ldns_rr_list_free(one);
	}
	tree_push(t, LDNS_SECTION_ANSWER, set, sigs);
	tree_said(t);
	BREAKS(t, "the signature had expired");
	tree_free(t);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dnssec/secure", test_secure);
	g_test_add_func("/dnssec/bogus/times", test_times);
	g_test_add_func("/dnssec/times go round", test_serial);
	g_test_add_func("/dnssec/bogus/bad signature", test_bad_signature);
	g_test_add_func("/dnssec/bogus/no signature", test_no_signature);
	g_test_add_func("/dnssec/bogus/another zone's", test_another_zone);
	g_test_add_func("/dnssec/bogus/servers differ", test_servers_differ);
	g_test_add_func("/dnssec/bogus/DS mismatch", test_ds_mismatch);
	g_test_add_func("/dnssec/bogus/not the anchor's", test_no_anchor_key);
	g_test_add_func("/dnssec/digest 1 beside 2", test_digest);
	g_test_add_func("/dnssec/insecure/algorithm", test_algorithm);
	g_test_add_func("/dnssec/insecure/no DS", test_unsigned);
	g_test_add_func("/dnssec/insecure/not by the child",
	    test_child_denies);
	g_test_add_func("/dnssec/indeterminate", test_keys_missing);
	g_test_add_func("/dnssec/anchor/xml", test_anchor_xml);
	g_test_add_func("/dnssec/flood", test_flood);
	return g_test_run();
}
