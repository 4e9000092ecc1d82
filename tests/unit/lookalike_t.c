/* Domains that a reader may take for one another, and those that nobody does. */

#include "reports/lookalike.h"

static const struct { const char *a, *b; enum looks is; } cases[] = {
	{ "studi0.example", "studio.example", LOOKS_SAME },
	{ "suppl1er.example", "supplier.example", LOOKS_SAME },
	{ "rnedia.example", "media.example", LOOKS_SAME },
	{ "vvallet.example", "wallet.example", LOOKS_SAME },
	{ "film-studio.example", "filmstudio.example", LOOKS_SAME },
	{ "STUDIO.example", "studio.example", LOOKS_NOT },	/* the same */
	{ "mail.studio.example", "studio.example", LOOKS_NOT },
	/* Cyrillic o and a, as letters and as IDNA has them; an accent */
	{ "studi\320\276.example", "studio.example", LOOKS_SAME },
	{ "xn--studi-nye.example", "studio.example", LOOKS_SAME },
	{ "st\303\272dio.example", "studio.example", LOOKS_SAME },
	{ "\320\260pple.example", "apple.example", LOOKS_SAME },
	/* one letter */
	{ "studioo.example", "studio.example", LOOKS_NEAR },
	{ "stduio.example", "studio.example", LOOKS_NEAR },
	{ "stadio.example", "studio.example", LOOKS_NEAR },
	{ "studio.invalid", "studio.example", LOOKS_ENDING },
	/* short names differ by one letter, and are others */
	{ "film.example", "firm.example", LOOKS_NOT },
	{ "abc.invalid", "abc.example", LOOKS_NOT },
	{ "studio.example", "cinema.example", LOOKS_NOT },
	{ "stduoi.example", "studio.example", LOOKS_NOT },
	{ "", "studio.example", LOOKS_NOT },
	{ "xn--\303\251\303\251", "xn--", LOOKS_NOT },
	{ "\377\376.example", "studio.example", LOOKS_NOT },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s %s", cases[i].a, cases[i].b);
		g_assert_cmpint(looks_like(cases[i].a, cases[i].b), ==,
		    cases[i].is);
		g_assert_cmpint(looks_like(cases[i].b, cases[i].a), ==,
		    cases[i].is);
	}
}

/* What is longer than a name can be is cut. */
static void
test_endless(void)
{
	g_autoptr(GString) s = g_string_new(NULL);

	for (int i = 0; i < 100000; i++)
		g_string_append(s, "rn");
	g_assert_cmpint(looks_like(s->str, "studio.example"), ==, LOOKS_NOT);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lookalike/cases", test_cases);
	g_test_add_func("/lookalike/endless", test_endless);
	return g_test_run();
}
