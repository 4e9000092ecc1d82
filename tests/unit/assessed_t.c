/*
 * Of most runs of a case only the kinds of facts are held that an assessment
 * reads: so each kind that its files name is in that list.
 */

#include <string.h>

#include "reports/assessed.h"

/* Files that show the one run which is whole, or compare two whole ones. */
static const char *const show[] = {
	"exhibit_", "facts_", "diff", "view.", "html", "tables_csv",
	"worksheet_", "imports_", "assessed.", "explain.", "render.", "share.",
	"steps.",
};

static gboolean
shows_only(const char *file)
{
	for (size_t i = 0; i < G_N_ELEMENTS(show); i++)
		if (g_str_has_prefix(file, show[i]))
			return TRUE;
	return FALSE;
}

/* "FACT_DNS_A" is dns.a; of names with more than one point the dictionary says. */
static int
kind_of(const char *symbol)
{
	static const char *const symbols[] = {
#define FACT(sym, name, key, compare, letter, says) "FACT_" #sym,
#include "probes/fact.def"
#undef FACT
	};

	for (size_t i = 0; i < G_N_ELEMENTS(symbols); i++)
		if (strcmp(symbols[i], symbol) == 0)
			return (int)i;
	return -1;
}

static unsigned
look_through(const char *path)
{
	g_autofree char *text = NULL;
	const char *p;
	unsigned seen = 0;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	for (p = text; (p = strstr(p, "FACT_")) != NULL;) {
		size_t n = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
		g_autofree char *symbol = g_strndup(p, n);
		int kind = kind_of(symbol);

		p += n;
		if (kind < 0)
			continue;
		seen++;
		if (fact_assessed((enum fact_kind)kind))
			continue;
		g_test_message("%s names %s", path, symbol);
		g_test_fail();
	}
	return seen;
}

static void
test_named(void)
{
	GDir *d = g_dir_open("reports", 0, NULL);
	const char *name;
	unsigned seen = 0;

	while ((name = g_dir_read_name(d)) != NULL) {
		g_autofree char *path = g_build_filename("reports", name, NULL);

		if (g_str_has_suffix(name, ".c") && !shows_only(name))
			seen += look_through(path);
	}
	g_dir_close(d);
	seen += look_through("collector/mail_key.c");
	seen += look_through("collector/imported.c");
	g_assert_cmpuint(seen, >, 100);
}

/* "fact->at", "f->at": when a fact was said. */
static unsigned
times_in(const char *path)
{
	g_autofree char *text = NULL;
	unsigned n = 0;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	for (const char *p = text; (p = strstr(p, "->at")) != NULL; p += 4)
		n += !g_ascii_isalnum(p[4]) && p[4] != '_' &&
		    ((p - text > 6 && memcmp(p - 5, ">fact", 5) == 0) ||
		    (p - text > 2 && p[-1] == 'f' &&
		    !g_ascii_isalnum(p[-2])));
	return n;
}

/* Of older runs it is held for some kinds, and these files ask for no others. */
static void
test_timed(void)
{
	static const char *const ask[] = { "matrix.c", "whereabouts.c" };
	GDir *d = g_dir_open("reports", 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(d)) != NULL) {
		g_autofree char *path = g_build_filename("reports", name, NULL);

		if (!g_str_has_suffix(name, ".c") || shows_only(name))
			continue;
		if (strcmp(name, ask[0]) == 0 || strcmp(name, ask[1]) == 0)
			g_assert_cmpuint(times_in(path), >, 0);
		else if (times_in(path) > 0)
			g_error("%s asks when a fact was said: see assessed.h",
			    path);
	}
	g_dir_close(d);
	g_assert_true(fact_timed(FACT_GEO_PLACE));
	g_assert_false(fact_timed(FACT_DNS_A));
}

/* Of some kinds few facts of an older run stay (settle.c), because these files ask
 * for no others: one more has to be looked at there. */
static void
test_narrow(void)
{
	static const struct { const char *symbol, *files; } narrow[] = {
		{ "FACT_DNS_NODATA", "look.c" },
		{ "FACT_DNS_NXDOMAIN", "look.c" },
		{ "FACT_REG_NONE", "look.c" },
		{ "FACT_WHOIS_NONE", "look.c" },
		{ "FACT_DNS_TXT", "" },
		{ "FACT_HTTP_HEADER",
		    "judge_words.c overlay_pages.c role_edge.c" },
		{ "FACT_WHOIS_FIELD", "judge_named.c link_zone.c look.c "
		    "overlay_pages.c provider.c" },
	};
	GDir *d = g_dir_open("reports", 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(d)) != NULL) {
		g_autofree char *path = g_build_filename("reports", name, NULL);
		g_autofree char *text = NULL;

		if (!g_str_has_suffix(name, ".c") || shows_only(name) ||
		    strcmp(name, "settle.c") == 0)
			continue;
		g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
		for (size_t i = 0; i < G_N_ELEMENTS(narrow); i++)
			if (strstr(text, narrow[i].symbol) != NULL &&
			    strstr(narrow[i].files, name) == NULL)
				g_error("%s names %s: does settle.c leave it "
				    "what it asks for?", path,
				    narrow[i].symbol);
	}
	g_dir_close(d);
}

/* A list that held everything would be no list. */
static void
test_few(void)
{
	unsigned n = 0;

	for (int k = 0; k < FACT_KINDS; k++)
		n += fact_assessed((enum fact_kind)k) ? 1 : 0;
	g_assert_cmpuint(n, <, FACT_KINDS / 2);
	g_assert_false(fact_assessed(FACT_DNS_HINT));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/assessed/named", test_named);
	g_test_add_func("/assessed/timed", test_timed);
	g_test_add_func("/assessed/narrow", test_narrow);
	g_test_add_func("/assessed/few", test_few);
	return g_test_run();
}
