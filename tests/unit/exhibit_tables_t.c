/*
 * Tables of the exhibit that hold more than one subject: each row stands under
 * the name that it is about, the target's own first, and what is equal stands
 * once.
 */

#include <string.h>

#include "tests/unit/linekit.h"

static const char *const lines[] = {
	"base popcorn",
	"fact reg.compared | other-site.net | {'field':'country','rdap':['SC'],"
	    "'whois':[],'says':'only RDAP','agree':null}",
	"fact reg.compared | popcorn-time.ch | {'field':'country','rdap':['CH'],"
	    "'whois':[],'says':'only RDAP','agree':null}",
	"fact dns.server | 192.0.2.1 | {'zone':'other-site.net','ns':"
	    "'ns.other-site.net','state':'answers','serial':7}",
	"fact dns.server | 192.0.2.2 | {'zone':'popcorn-time.ch','ns':"
	    "'ns.popcorn-time.ch','state':'answers','serial':8}",
	"fact dns.glue | ns.other-site.net | {'zone':'other-site.net','glue':"
	    "['192.0.2.1'],'own':['192.0.2.1'],'what':'same'}",
	"fact dns.glue | ns.popcorn-time.ch | {'zone':'popcorn-time.ch','glue':"
	    "['192.0.2.2'],'own':['192.0.2.3'],'what':'differs'}",
	"fact page.sought | other-site.net | {'purpose':'terms','found':"
	    "['https://other-site.net/terms'],'linked':1}",
	"fact page.sought | popcorn-time.ch | {'purpose':'terms','found':"
	    "['https://popcorn-time.ch/terms'],'linked':1}",
	"fact ip.chain | 192.0.2.47 | {'position':0,'start':'192.0.2.0','end':"
	    "'192.0.2.255','cidr':['192.0.2.0/24'],'name':'NET-TWICE',"
	    "'holder':'Holder','rir':'RIPE NCC','server':'rdap.example'}",
	"fact ip.chain | 192.0.2.47 | {'position':0,'start':'192.0.2.0','end':"
	    "'192.0.2.255','cidr':['192.0.2.0/24'],'name':'NET-TWICE',"
	    "'holder':'Holder','rir':'RIPE NCC','server':'rdap.example'}",
};

/* The exhibit of the record. */
static char *
exhibit(void)
{
	struct kit k = { .rec = NULL };
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		linekit_line(&k, lines[i]);
	renderer_find("exhibit")->render(&(struct report){ .rec = k.rec, .run =
	    k.run, .target = "popcorn-time.ch", .version = "0", .exhibit_file =
	    "exhibit.html" }, out);
	kit_clear(&k);
	return g_string_free(out, FALSE);
}

/* The table whose caption has the words; caller frees. */
static char *
table(const char *html, const char *caption)
{
	const char *at = strstr(html, caption), *end;

	g_assert_nonnull(at);
	end = strstr(at, "</table>");
	g_assert_nonnull(end);
	return g_strndup(at, (gsize)(end - at));
}

/* The words of a heading row, tags taken off. */
static const char *
under(const char *text, const char *name)
{
	g_auto(GStrv) rows = g_strsplit(text, "class=\"of\"", -1);
	const char *from = text;

	for (size_t i = 1; rows[i] != NULL; i++) {
		g_autoptr(GRegex) tags = g_regex_new("<[^>]*>", 0, 0, NULL);
		g_autofree char *words = NULL;

		from = strstr(from, "class=\"of\"") + 1;
		words = g_regex_replace_literal(tags, rows[i], -1, 0, "", 0,
		    NULL);
		if (strstr(words, name) != NULL && strstr(words, name) <
		    words + 40)
			return from;
	}
	return NULL;
}

static void
test_subjects(void)
{
	static const char *const cases[][3] = {
		{ "RDAP and WHOIS compared", "CH", "SC" },
		{ "Name servers of zones", "192.0.2.2", "192.0.2.1" },
		{ "The zone above and the zone itself", "192.0.2.3",
		    "192.0.2.1" },
		{ "Kinds of page that were looked for", "popcorn-time.ch/",
		    "other-site.net/" },
	};
	g_autofree char *html = exhibit();

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *t = table(html, cases[i][0]);
		const char *own = under(t, "popcorn-time.ch");
		const char *other = under(t, "other-site.net");

		g_assert_nonnull(own);
		g_assert_nonnull(other);
		g_assert_true(own < other);
		g_assert_true(strstr(own, cases[i][1]) < other);
		g_assert_nonnull(strstr(other, cases[i][2]));
		g_assert_true(g_strstr_len(own, other - own, cases[i][2]) ==
		    NULL);
	}
}

/* A network is joined once a target that has the address. */
static void
test_equal_once(void)
{
	g_autofree char *html = exhibit();
	g_autofree char *t = table(html, "The networks in which each address");
	const char *first = strstr(t, "NET-TWICE");

	g_assert_nonnull(first);
	g_assert_null(strstr(first + 1, "NET-TWICE"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/exhibit-tables/subjects", test_subjects);
	g_test_add_func("/exhibit-tables/equal once", test_equal_once);
	return g_test_run();
}
