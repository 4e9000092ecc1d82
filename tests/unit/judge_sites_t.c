/* What the predicates say of hosts and of pages. */

#include <string.h>

#include "tests/unit/recordkit.h"

static void
test_foreign_host(void)
{
	/* "!" no answer, "" not asked or not said */
	static const struct { const char *registry, *a, *b, *want; } cases[] = {
		{ "NL", "NL", "NL", "ADV" },
		{ "NL", "NL", "US", "CONF" },
		{ "US", "NL", "NL", "ADV" },	/* a holder's country: no place */
		{ "GB", "NL", "NL", "ADV" },	/* both outside */
		{ "GB", "NL", "DE", "CONF" },
		{ "!", "NL", "", "ADV" },
		{ "US", "US", "US", "NONE" },
		{ "US", "US", "", "NONE" },
		{ "US", "", "", "NC" },
		{ "NL", "", "", "NC" },		/* the same, and no flag */
		{ "NL", "US", "", "NONE" },
		{ "US", "!", "", "NC" },
		{ "NL", "!", "", "NC" },
		{ "!", "US", "", "NONE" },
		{ "!", "!", "", "NC" },
		{ "", "", "", "NC" },		/* nobody says where */
		{ "", "NL", "", "ADV" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct kit k;
		g_autoptr(GPtrArray) all = NULL;
		const struct finding *f;

		kit_host(&k, cases[i].registry, cases[i].a, cases[i].b);
		all = showing_assess(k.rec);
		f = kit_finding(all, "P-17", "a.com", NULL);
		g_test_message("%s %s %s", cases[i].registry, cases[i].a,
		    cases[i].b);
		g_assert_cmpstr(status_name(f->status), ==, cases[i].want);
		g_assert_true(f->adverse == (f->status == ST_ADV ||
		    f->status == ST_CONF));
		g_clear_pointer(&all, g_ptr_array_unref);
		kit_clear(&k);
	}
}

/* An edge says nothing of the host behind it, wherever it is. */
static void
test_edge_never_adverse(void)
{
	struct kit k;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.ch");
	kit_address(&k, "a.ch", "104.16.0.1", "Cloudflare, Inc.", "NL");
	kit_ask(&k, PROBE_HTTP, "https://a.ch/", "page", "a.ch", "104.16.0.1");
	kit_fact(&k, FACT_HTTP_HEADER, "https://a.ch/",
	    "{'name':'cf-ray','value':'x'}");
	g_assert_cmpstr(kit_status(&k, "P-17", "a.ch", NULL), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "P-15", "a.ch", NULL), ==, "INSUF");
	kit_clear(&k);
}

static void
test_host_unallocated(void)
{
	struct kit k;

	kit_host(&k, "!", "NL", "");
	g_assert_cmpstr(kit_status(&k, "P-15", "a.com", NULL), ==, "NC");
	kit_clear(&k);
	kit_host(&k, "!", "NL", "");
	kit_ask(&k, PROBE_RDAP, "https://rdap.example/ip/192.0.2.1", "ip",
	    "rdap.example", "193.0.6.150");
	kit_fact(&k, FACT_RDAP_NONE, "192.0.2.1", "{'code':404}");
	g_assert_cmpstr(kit_status(&k, "P-15", "a.com", NULL), ==, "INSUF");
	kit_clear(&k);
}

/* ---- P-18 ---------------------------------------------------------------------------- */

static void
test_leads(void)
{
	static const struct { enum fact_kind kind; const char *subject, *value,
		*want; } cases[] = {
		{ FACT_RDAP_ENTITY, "popcorn-time.ch", "{'roles':['registrant'],"
		    "'name':'Jane Roe','withheld':false,'service':false}",
		    "PART" },
		{ FACT_RDAP_ENTITY, "popcorn-time.ch", "{'roles':['registrant'],"
		    "'name':'Privacy Shield','withheld':false,'service':true}",
		    "NONE" },
		{ FACT_RDAP_ENTITY, "popcorn-time.ch", "{'roles':['registrant'],"
		    "'name':'Jane Roe','withheld':true,'service':false}",
		    "NONE" },
		{ FACT_RDAP_ENTITY, "popcorn-time.ch", "{'roles':['technical'],"
		    "'name':'Jane Roe','withheld':false,'service':false}",
		    "NONE" },
		{ FACT_WHOIS_FIELD, "popcorn-time.ch", "{'field':'holder',"
		    "'value':'Jane Roe'}", "PART" },
		{ FACT_WHOIS_FIELD, "popcorn-time.ch", "{'field':'holder',"
		    "'value':'Domains By Proxy, LLC'}", "NONE" },
		{ FACT_WHOIS_FIELD, "popcorn-time.ch", "{'field':'holder',"
		    "'value':'PTD1-IS'}", "NONE" },
		{ FACT_TLS_CERT, "popcorn-time.ch@5.2.64.1", "{'depth':0,"
		    "'sha256':'bb','org':'Example Holding'}", "PART" },
		{ FACT_TLS_CERT, "popcorn-time.ch@5.2.64.1", "{'depth':1,"
		    "'sha256':'bb','org':'Example Trust'}", "NONE" },
		{ FACT_TLS_CERT, "popcorn-time.ch@5.2.64.1", "{'depth':0,"
		    "'sha256':'bb','org':'Cloudflare Inc'}", "NONE" },
		{ FACT_TLS_CERT, "other.example@5.2.64.1", "{'depth':0,"
		    "'sha256':'bb','org':'Example Holding'}", "NONE" },
		{ FACT_PAGE_WORDS, "https://popcorn-time.ch/imprint",
		    "{'rule':'company','text':'Example Ltd'}", "PART" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct kit k;

		kit_popcorn(&k, 0);
		kit_fact(&k, cases[i].kind, cases[i].subject, cases[i].value);
		g_test_message("%s", cases[i].value);
		g_assert_cmpstr(kit_status(&k, "P-18", NULL, NULL), ==,
		    cases[i].want);
		kit_clear(&k);
	}
}

static void
test_pages(void)
{
	static const struct { enum fact_kind kind; const char *value, *id,
		*forum, *want; } cases[] = {
		{ FACT_KINDS, "", "J-11", "US", "INSUF" },
		{ FACT_KINDS, "", "J-12", "US", "NONE" },
		{ FACT_KINDS, "", "J-08", "US", "NONE" },
		{ FACT_PAGE_FORM, "{'action':'/','purpose':'log-in'}", "J-11",
		    "US", "NONE" },
		{ FACT_PAGE_FORM, "{'action':'/','purpose':'log-in'}", "J-12",
		    "US", "SUP" },
		{ FACT_PAGE_LINK, "{'href':'https://v','purpose':'download'}",
		    "J-12", "US", "PART" },
		{ FACT_PAGE_LINK, "{'href':'https://v','purpose':'download'}",
		    "J-09", "US", "NONE" },
		{ FACT_PAGE_PRICE, "{'amount':'5','currency':'EUR'}", "J-13",
		    "US", "PART" },
		{ FACT_PAGE_PRICE, "{'amount':'5','currency':'EUR'}", "J-14",
		    "US", "NONE" },
		{ FACT_PAGE_LANG, "{'html':'en','hreflang':['en-US','de']}",
		    "J-14", "US", "PART" },
		{ FACT_PAGE_LANG, "{'html':'en','hreflang':['en-US']}", "J-14",
		    "US-HI", "NONE" },
		{ FACT_PAGE_WORDS, "{'rule':'governing-law','text':'the laws "
		    "of the State of Hawaii'}", "J-14", "US-HI", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'governing-law','text':'the laws "
		    "of the United States'}", "J-14", "US", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'country','text':'in Hawaii',"
		    "'detail':'US-HI'}", "J-14", "US", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'country','text':'in Hawaii',"
		    "'detail':'US-HI'}", "J-14", "US-HI", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'country','text':'in the USA',"
		    "'detail':'US'}", "J-14", "US-HI", "NONE" },
		{ FACT_PAGE_WORDS, "{'rule':'country','text':'Georgia','detail"
		    "':'GE'}", "J-14", "US", "NONE" },
		{ FACT_PAGE_WORDS, "{'rule':'audience','text':'2 million "
		    "users'}", "J-22", "US", "NONE" },
		{ FACT_PAGE_WORDS, "{'rule':'audience','text':'2 million "
		    "users in the United States'}", "J-22", "US", "SUP" },
		{ FACT_PAGE_WORDS, "{'rule':'audience','text':'2 million "
		    "users in the United States'}", "J-22", "US-HI", "NONE" },
		{ FACT_PAGE_WORDS, "{'rule':'audience','text':'visitors from "
		    "Hawaii'}", "J-22", "US-HI", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'visitor-location','text':'your "
		    "IP'}", "J-29", "US", "INSUF" },
		{ FACT_HTTP_HEADER, "{'name':'cf-ipcountry','value':'US'}",
		    "J-29", "US", "INSUF" },
		{ FACT_PAGE_HOST, "{'host':'api.ipinfo.io','how':'script'}",
		    "J-29", "US", "INSUF" },
		{ FACT_PAGE_HOST, "{'host':'notipinfo.io','how':'script'}",
		    "J-29", "US", "NONE" },
		{ FACT_PAGE_CALL, "{'how':'request','text':'/api/where'}",
		    "J-29", "US", "INSUF" },
		{ FACT_PAGE_CALL, "{'how':'request','text':'//ipapi.co/json'}",
		    "J-29", "US", "INSUF" },
		{ FACT_PAGE_CALL, "{'how':'place','text':'geolocation.x'}",
		    "J-29", "US", "INSUF" },
		{ FACT_PAGE_CALL, "{'how':'request','text':'/everywhere/geode'"
		    "}", "J-29", "US", "NONE" },
		{ FACT_PAGE_CALL, "{'how':'request','text':'https://x.example/"
		    "api/where'}", "J-29", "US", "NONE" },
		{ FACT_PAGE_CALL, "{'how':'send','text':'/api/vote'}", "J-12",
		    "US", "PART" },
		{ FACT_PAGE_CALL, "{'how':'send','text':'/api/vote'}", "J-11",
		    "US", "NONE" },
		{ FACT_PAGE_CALL, "{'how':'request','text':'/api/list'}",
		    "J-12", "US", "NONE" },
		{ FACT_PAGE_CALL, "{'how':'send','text':'https://stats.example"
		    "/c'}", "J-12", "US", "NONE" },
		{ FACT_PAGE_LINK, "{'href':'https://apps.apple.com/us/app/x',"
		    "'purpose':'download'}", "K-11", "US", "PART" },
		{ FACT_PAGE_LINK, "{'href':'https://apps.apple.com/app/x',"
		    "'purpose':'download'}", "K-11", "US", "NONE" },
		{ FACT_PAGE_LINK, "{'href':'https://apps.apple.com/use/x',"
		    "'purpose':'download'}", "K-11", "US", "NONE" },
		{ FACT_PAGE_LINK, "{'href':'https://play.google.com/store/apps/"
		    "details?id=x&gl=US','purpose':'download'}", "K-11", "US",
		    "PART" },
		{ FACT_PAGE_LINK, "{'href':'https://play.google.com/store/apps/"
		    "details?id=x&gl=DE','purpose':'download'}", "K-11", "US",
		    "NONE" },
		{ FACT_PAGE_LINK, "{'href':'https://apps.apple.com.evil.example"
		    "/us/app/x','purpose':'download'}", "K-11", "US", "NONE" },
		{ FACT_PAGE_WORDS, "{'rule':'advertisement','text':'Hotels in "
		    "HAWAII'}", "J-21", "US-HI", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'advertisement','text':'Hotels in "
		    "Hawaii'}", "K-12", "US", "NONE" },
		{ FACT_PAGE_WORDS, "{'rule':'vpn-offer','text':'A VPN for US "
		    "users'}", "K-14", "US", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'vpn-offer','text':'A VPN for US "
		    "users'}", "J-23", "US", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'vpn-offer','text':'TELL US MORE "
		    "USERS'}", "K-14", "US", "INSUF" },
		{ FACT_PAGE_WORDS, "{'rule':'vpn-offer','text':'No more DMCA "
		    "notices'}", "K-14", "US", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'for-sale','text':'Buy this "
		    "domain'}", "P-23", NULL, "SUP" },
		{ FACT_PAGE_CLASS, "{'class':'for-sale'}", "P-23", NULL,
		    "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'torrent-link','text':'x'}", "J-08",
		    "US", "PART" },
		{ FACT_PAGE_WORDS, "{'rule':'advertisement','text':'Ad'}",
		    "K-12", "US", "INSUF" },
		{ FACT_PAGE_WORDS, "{'rule':'advertisement','text':'Ad'}",
		    "J-21", "US", "NONE" },
		{ FACT_PAGE_LINK, "{'href':'https://v','purpose':'vpn'}",
		    "K-14", "US", "INSUF" },
		{ FACT_PAGE_LINK, "{'href':'https://v','purpose':'download'}",
		    "J-08", "US", "PART" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct kit k;

		kit_page_alone(&k);
		if (cases[i].kind != FACT_KINDS)
			kit_fact(&k, cases[i].kind, "https://a.ch/",
			    cases[i].value);
		g_test_message("%s %s %s", cases[i].id, cases[i].forum != NULL ?
		    cases[i].forum : "", cases[i].value);
		g_assert_cmpstr(kit_status(&k, cases[i].id, NULL,
		    cases[i].forum), ==, cases[i].want);
		kit_clear(&k);
	}
}

/* A script loaded from elsewhere is somebody else's, whatever it asks. */
static void
test_scripts_of_others(void)
{
	static const struct { const char *script, *want; } cases[] = {
		{ "https://a.ch/app.js", "PART" },
		{ "https://static.a.ch/app.js", "PART" },
		{ "https://ads.example/x.js", "NONE" },
		{ "https://nota.ch/app.js", "NONE" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct kit k;

		kit_page_alone(&k);
		kit_fact(&k, FACT_PAGE_CALL, cases[i].script,
		    "{'how':'send','text':'https://a.ch/vote'}");
		g_assert_cmpstr(kit_status(&k, "J-12", NULL, "US"), ==,
		    cases[i].want);
		kit_clear(&k);
	}
}

/* A page that did not come may have had what the others lack; the other scheme
 * of the same page is that page; what a limit kept away unread is none. */
static void
test_page_failed(void)
{
	struct kit k;
	struct log_row *row;

	kit_page_alone(&k);
	k.fail = KIT_ALL;
	kit_ask(&k, PROBE_HTTP, "http://a.ch/", "page", "a.ch", "192.0.2.1");
	g_assert_cmpstr(kit_status(&k, "J-12", NULL, "US"), ==, "NONE");
	kit_ask(&k, PROBE_HTTP, "https://a.ch/sign-up", "page", "a.ch",
	    "192.0.2.1");
	g_assert_cmpstr(kit_status(&k, "J-12", NULL, "US"), ==, "NC");
	row = g_ptr_array_index(k.run->log, k.run->log->len - 1);
	row->status = X_LIMIT;
	g_assert_cmpstr(kit_status(&k, "J-12", NULL, "US"), ==, "NONE");
	row->received_size = 4096;
	g_assert_cmpstr(kit_status(&k, "J-12", NULL, "US"), ==, "NC");
	kit_clear(&k);
}

static void
test_run_cut_short(void)
{
	struct kit k;

	kit_page_alone(&k);
	k.run->complete = FALSE;
	g_assert_cmpstr(kit_status(&k, "J-12", NULL, "US"), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "J-20", NULL, "US"), ==, "INSUF");
	kit_clear(&k);
}

/* An application that the site links to: its store's page was not asked for, and
 * the switch that fetches it is named; once it was, it is not. */
static void
test_store_unasked(void)
{
	for (int asked = 0; asked < 2; asked++) {
		g_autoptr(GPtrArray) findings = NULL;
		const GPtrArray *missing;
		gboolean named = FALSE;
		struct kit k;

		kit_init(&k);
		kit_case(&k);
		kit_run(&k, "2026-11-23");
		kit_target(&k, "a.example");
		kit_ask(&k, PROBE_HTTP, "https://a.example/", "page",
		    "a.example", "192.0.2.1");
		kit_fact(&k, FACT_PAGE_ID, "https://a.example/", "{'class':"
		    "'app','signal':'google-play','value':'com.a.player'}");
		if (asked)
			kit_ask(&k, PROBE_HTTP, "https://play.google.com/store/"
			    "apps/details?id=com.a.player", "store",
			    "play.google.com", "192.0.2.9");
		findings = showing_assess(k.rec);
		missing = kit_finding(findings, "K-10", NULL, NULL)->missing;
		for (guint i = 0; i < missing->len; i++)
			named |= strstr(missing->pdata[i], "com.a.player") !=
			    NULL && strstr(missing->pdata[i],
			    "follow_hosts = true") != NULL;
		g_assert_true(named == !asked);
		kit_clear(&k);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/judge/foreign-host", test_foreign_host);
	g_test_add_func("/judge/edge", test_edge_never_adverse);
	g_test_add_func("/judge/unallocated", test_host_unallocated);
	g_test_add_func("/judge/leads", test_leads);
	g_test_add_func("/judge/pages", test_pages);
	g_test_add_func("/judge/scripts-of-others", test_scripts_of_others);
	g_test_add_func("/judge/page-failed", test_page_failed);
	g_test_add_func("/judge/cut-short", test_run_cut_short);
	g_test_add_func("/judge/a store that was not asked",
	    test_store_unasked);
	return g_test_run();
}
