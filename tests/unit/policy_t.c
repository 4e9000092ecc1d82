/* What is quoted of terms: which facets, in which language, and near misses. */

#include <string.h>

#include "reports/policy.h"

static const struct { const char *text; const char *is; } cases[] = {
	{ "The registrant must give its full name, postal address and telephone "
	    "number before a domain is registered.", "who en" },
	{ "A copy of your passport is required.", "who en" },
	{ "We keep this data for two years after the registration ends.",
	    "kept en" },
	{ "We collect your name and keep it for two years.", "who kept en" },
	/* somebody's name, and no domain's */
	{ "Enter the domain name that you want.", "unread" },
	{ "You must provide a user name.", "unread" },
	/* in the negative */
	{ "We do not collect your name.", "denied en" },
	{ "No identity is required.", "denied en" },
	{ "Sign up anonymously, pay with coins.", "denied en" },
	{ "We forwarded your complaint.", "unread" },
	{ "Prices are in euros.", "unread" },
	/* others */
	{ "De klant is verplicht zijn naam en adres op te geven.", "who nl" },
	{ "Logbestanden worden na 30 dagen verwijderd.", "kept nl" },
	{ "Gegevens worden bewaard gedurende zeven jaar.", "kept nl" },
	{ "Name und Anschrift sind anzugeben.", "who de" },
	{ "Wir erheben keine Namen.", "denied de" },
	{ "Le nom et l'adresse sont obligatoires.", "who fr" },
	{ "Les donn\303\251es sont conserv\303\251es pendant un an.", "kept fr" },
	{ "El nombre es obligatorio.", "who es" },
	{ "", "unread" },
};

static void
test_words(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct statement s = { .text = (char *)(uintptr_t)cases[i].text,
			.date = (char *)(uintptr_t)"" };
		struct policy p;
		g_autofree char *is = NULL;

		policy_init(&p);
		policy_read(&p, &s);
		is = g_strconcat(p.who ? "who " : "", p.kept ? "kept " : "",
		    p.denied ? "denied " : "", p.unread ? "unread " : "",
		    p.languages->str, NULL);
		g_strchomp(is);
		if (strcmp(is, cases[i].is) != 0) {
			g_test_message("%s: %s, wanted %s", cases[i].text, is,
			    cases[i].is);
			g_test_fail();
		}
		g_assert_cmpuint(p.who_dated, ==, 0);
		policy_clear(&p);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/policy/words", test_words);
	return g_test_run();
}
