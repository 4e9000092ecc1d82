/* What signatures say is not there; wildcards and aliases. */

#include <string.h>

#include "tests/unit/dnsseckit.h"

/* --- what is not there ------------------------------------------------------------ */

static void
denied(struct tree *t, const char *name, const char *type, int rcode,
    const char *proof, const char *more)
{
	tree_ask(t, name, type, "site.ch.");
	ldns_pkt_set_rcode(t->p, (uint8_t)rcode);
	tree_authority(t, "site.ch. 300 IN SOA ns.site.ch. h.site.ch. 1 2 3 4 5",
	    SITE);
	if (proof != NULL)
		tree_authority(t, proof, SITE);
	if (more != NULL)
		tree_authority(t, more, SITE);
	tree_said(t);
}

static void
test_absent(void)
{
	struct tree *t = tree_whole();

	denied(t, "site.ch.", "MX", 0,
	    "site.ch. 300 IN NSEC site.ch. NS SOA TXT RRSIG NSEC", NULL);
	denied(t, "site.ch.", "TXT", 0,
	    "site.ch. 300 IN NSEC site.ch. NS SOA TXT RRSIG NSEC", NULL);
	denied(t, "site.ch.", "CAA", 0, NULL, NULL);
	tree_expect(t, "site.ch", "MX", "secure", "");
	tree_expect(t, "site.ch", "TXT", "bogus", "no proof that it is not there");
	tree_expect(t, "site.ch", "CAA", "bogus", "no proof that it is not there");
	tree_free(t);
}

static void
test_no_such_name(void)
{
	static const char span[] = "a.site.ch. 300 IN NSEC z.site.ch. A";
	static const char apex[] = "site.ch. 300 IN NSEC a.site.ch. NS SOA";
	struct tree *t = tree_whole();

	denied(t, "www.site.ch.", "A", 3, span, apex);
	denied(t, "www.site.ch.", "AAAA", 0,
	    "www.site.ch. 300 IN NSEC \\000.www.site.ch. RRSIG NSEC TYPE128",
	    NULL);
	tree_expect(t, "www.site.ch", "A", "secure", "");
	tree_expect(t, "www.site.ch", "AAAA", "secure", "");
	tree_free(t);
	/* Nothing said of the wildcard. */
	t = tree_whole();
	denied(t, "www.site.ch.", "A", 3, span, NULL);
	tree_expect(t, "www.site.ch", "A", "bogus",
	    "no proof that it is not there");
	tree_free(t);
}

static void
test_no_such_name_hashed(void)
{
	g_autofree char *all = tree_nsec3_line("site.ch.", 0, 0);
	g_autofree char *optout = tree_nsec3_line("site.ch.", 1, 0);
	struct tree *t = tree_whole();

	denied(t, "www.site.ch.", "A", 3, all, NULL);
	denied(t, "site.ch.", "A", 0, optout, NULL);
	tree_expect(t, "www.site.ch", "A", "secure", "");
	tree_expect(t, "site.ch", "A", "secure", "");
	tree_free(t);
	t = tree_whole();
	denied(t, "www.site.ch.", "A", 3, optout, NULL);
	tree_expect(t, "www.site.ch", "A", "insecure",
	    "its absence lies in a span with opt-out");
	tree_free(t);
}

static void
test_wildcard(void)
{
	static const char star[] = "*.site.ch. 300 IN A 192.0.2.9";
	static const char why[] = "a wildcard's answer with no proof that the "
	    "name itself is not there";
	struct tree *t = tree_whole();

	tree_ask(t, "www.site.ch.", "A", "site.ch.");
	tree_expanded(t, "www.site.ch.", star, SITE);
	tree_authority(t, "a.site.ch. 300 IN NSEC z.site.ch. A", SITE);
	tree_said(t);
	tree_ask(t, "www.site.ch.", "AAAA", "site.ch.");
	tree_expanded(t, "www.site.ch.", "*.site.ch. 300 IN AAAA 2001:db8::9",
	    SITE);
	tree_said(t);
	tree_expect(t, "www.site.ch", "A", "secure", "");
	tree_expect(t, "www.site.ch", "AAAA", "bogus", why);
	tree_free(t);
}

/* --- aliases ---------------------------------------------------------------------- */

static void
test_alias(void)
{
	struct tree *t = tree_whole();

	tree_ask(t, "www.site.ch.", "A", "site.ch.");
	tree_answer(t, "www.site.ch. 300 IN CNAME site.ch.", SITE);
	tree_answer(t, "site.ch. 300 IN A 192.0.2.1", SITE);
	tree_said(t);
	tree_expect(t, "www.site.ch", "A", "secure", "");
	tree_free(t);
	/* The last link leads out of what is signed. */
	t = tree_new();
	tree_upper(t);
	tree_ds_said(t, SITE, CH, NULL);
	tree_keys_said(t, SITE);
	tree_ask(t, "edge.ch.", "NS", "ch.");
	ldns_pkt_set_aa(t->p, false);
	tree_authority(t, "edge.ch. 300 IN NS ns.edge.ch.", -1);
	tree_authority(t, "edge.ch. 300 IN NSEC z.ch. NS RRSIG NSEC", CH);
	tree_said(t);
	tree_ask(t, "www.site.ch.", "A", "site.ch.");
	tree_answer(t, "www.site.ch. 300 IN CNAME x.edge.ch.", SITE);
	tree_said(t);
	tree_ask(t, "x.edge.ch.", "A", "edge.ch.");
	tree_answer(t, "x.edge.ch. 300 IN A 192.0.2.7", -1);
	tree_said(t);
	tree_expect(t, "www.site.ch", "A", "insecure",
	    "no DS: its absence is signed");
	tree_free(t);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dnssec/absent/type", test_absent);
	g_test_add_func("/dnssec/absent/name", test_no_such_name);
	g_test_add_func("/dnssec/absent/hashed", test_no_such_name_hashed);
	g_test_add_func("/dnssec/wildcard", test_wildcard);
	g_test_add_func("/dnssec/alias", test_alias);
	return g_test_run();
}
