/*
 * What the predicates say of small records, each in every status that it can
 * give; and what has to hold for all of them: an answer that did not come is
 * never "nothing found", and nobody's address but a Doe's own serves factor 1.
 */

#include <string.h>

#include "reports/provider.h"
#include "tests/unit/recordkit.h"

/* ---- three whole records ------------------------------------------------------- */

/* popcorn: the order's record. nothing: all answered, with nothing. failed: the
 * order's record, and no answer to any question. */
static const struct { const char *id, *scope, *forum, *popcorn, *nothing,
	*failed; } table[] = {
	{ "G-01", NULL, NULL, "CO", "CO", "CO" },
	{ "G-06", NULL, NULL, "NC", "NC", "NC" },
	{ "P-01", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-04", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-06", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-07", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-11", NULL, NULL, "INSUF", "NONE", "NC" },
	{ "P-13", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-14", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-15", NULL, NULL, "INSUF", "NONE", "NC" },
	{ "P-16", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "P-17", NULL, NULL, "ADV", "NONE", "NC" },
	{ "P-18", NULL, NULL, "NONE", "NONE", "NC" },
	{ "P-23", NULL, NULL, "NONE", "NONE", "NC" },
	{ "P-30", NULL, NULL, "NC", "NC", "NC" },
	{ "P-31", NULL, NULL, "INSUF", "NONE", "NC" },
	{ "S-01", NULL, NULL, "PART", "PART", "PART" },
	{ "S-02", NULL, NULL, "CO", "CO", "CO" },
	{ "S-03", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "J-03", NULL, "US", "CO", "CO", "CO" },
	{ "J-08", NULL, "US-HI", "PART", "NONE", "NC" },
	{ "J-09", NULL, "US-HI", "INSUF", "NONE", "NC" },
	{ "J-11", NULL, "US-HI", "NONE", "NONE", "NC" },
	{ "J-12", NULL, "US-HI", "SUP", "NONE", "NC" },
	{ "J-13", NULL, "US-HI", "SUP", "NONE", "NC" },
	{ "J-14", NULL, "US-HI", "NONE", "NONE", "NC" },
	{ "J-14", NULL, "US", "PART", "NONE", "NC" },
	{ "J-20", NULL, "US", "INSUF", "NONE", "NC" },
	{ "J-21", NULL, "US", "NONE", "NONE", "NC" },
	{ "J-22", NULL, "US", "NONE", "NONE", "NC" },
	{ "J-29", NULL, "US", "NONE", "NONE", "NC" },
	{ "J-32", NULL, "US-HI", "NONE", "NONE", "NONE" },
	{ "K-01", NULL, "US", "NC", "NC", "NC" },
	{ "K-05", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-12", NULL, "US", "NONE", "NONE", "NC" },
	{ "K-14", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-15", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-16", NULL, "US", "ADV", "NONE", "ADV" },
	{ "K-17", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-18", NULL, "US", "INSUF", "NONE", "NC" },
	{ "K-19", NULL, "US", "NC", "NONE", "NC" },
	{ "L-01", "LiteServer B.V.", NULL, "PART", "not there", "NC" },
	{ "L-01", "Instra Corporation", NULL, "PART", "not there", "NC" },
	{ "L-01", "IPSERVER LP", NULL, "NONE", "not there", "NC" },
	{ "L-02", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "L-03", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "L-04", "LiteServer B.V.", NULL, "PART", "not there", "NC" },
	{ "L-05", NULL, NULL, "NONE", "NONE", "NONE" },
	{ "L-06", "LiteServer B.V.", NULL, "NONE", "not there", "NONE" },
	{ "L-09", "LiteServer B.V.", NULL, "PART", "not there", "NC" },
	{ "L-09", "IPSERVER LP", NULL, "NONE", "not there", "NC" },
	{ "T-05", NULL, NULL, "CO", "CO", "CO" },
	{ "T-06", NULL, NULL, "NC", "NC", "NC" },
};

static const char *
word(const GPtrArray *findings, size_t i)
{
	const struct finding *f = kit_finding(findings, table[i].id,
	    table[i].scope, table[i].forum);

	return f != NULL ? status_name(f->status) : "not there";
}

static void
test_table(void)
{
	struct kit popcorn, nothing, failed;
	g_autoptr(GPtrArray) a = NULL, b = NULL, c = NULL;

	kit_popcorn(&popcorn, 0);
	kit_nothing(&nothing, 0);
	kit_popcorn(&failed, KIT_ALL);
	a = showing_assess(popcorn.rec);
	b = showing_assess(nothing.rec);
	c = showing_assess(failed.rec);
	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		g_test_message("%s %s", table[i].id,
		    table[i].scope != NULL ? table[i].scope : "");
		g_assert_cmpstr(word(a, i), ==, table[i].popcorn);
		g_assert_cmpstr(word(b, i), ==, table[i].nothing);
		g_assert_cmpstr(word(c, i), ==, table[i].failed);
	}
	g_assert_true(kit_finding(a, "P-17", NULL, NULL)->adverse);
	g_assert_true(kit_finding(a, "K-16", NULL, NULL)->adverse);
	g_clear_pointer(&a, g_ptr_array_unref);
	g_clear_pointer(&b, g_ptr_array_unref);
	g_clear_pointer(&c, g_ptr_array_unref);
	kit_clear(&popcorn);
	kit_clear(&nothing);
	kit_clear(&failed);
}

/* ---- what holds whatever the record ---------------------------------------------- */

static gboolean
says_something(enum status s)
{
	return s != ST_NONE && s != ST_NC && s != ST_CO;
}

static void
no_none_instead(const GPtrArray *whole, const GPtrArray *cut, unsigned at)
{
	for (guint i = 0; i < whole->len; i++) {
		const struct finding *f = g_ptr_array_index(whole, i);
		const struct finding *g = kit_finding(cut, f->element->id,
		    f->scope, f->forum);

		if (!says_something(f->status) || g == NULL)
			continue;
		g_test_message("%s %s without answer %u: %s", f->element->id,
		    f->scope, at, status_name(g->status));
		g_assert_cmpint(g->status, !=, ST_NONE);
	}
}

/* Take away one answer after the other: what rested on it turns to NC, never
 * to NONE. */
static void
test_failed_is_not_none(void)
{
	struct kit whole;
	g_autoptr(GPtrArray) findings = NULL;

	kit_popcorn(&whole, 0);
	findings = showing_assess(whole.rec);
	for (unsigned i = 1; i <= whole.asked; i++) {
		struct kit cut;
		GPtrArray *without;

		kit_popcorn(&cut, i);
		without = showing_assess(cut.rec);
		no_none_instead(findings, without, i);
		g_ptr_array_unref(without);
		kit_clear(&cut);
	}
	g_clear_pointer(&findings, g_ptr_array_unref);
	kit_clear(&whole);
}

/* And where all was answered with nothing, one answer less is NC. */
static void
test_nothing_needs_answers(void)
{
	struct kit k;

	kit_nothing(&k, 1);
	g_assert_cmpstr(kit_status(&k, "P-15", NULL, NULL), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "J-20", NULL, "US"), ==, "NC");
	kit_clear(&k);
	kit_nothing(&k, 4);
	g_assert_cmpstr(kit_status(&k, "K-17", NULL, NULL), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "P-15", NULL, NULL), ==, "NONE");
	kit_clear(&k);
	kit_nothing(&k, 5);
	g_assert_cmpstr(kit_status(&k, "P-18", NULL, NULL), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "NC");
	kit_clear(&k);
}

/* Twenty hosts, servers and mail exchangers more, in Hawaii or anywhere: no
 * element of factor 1 that asks for a Doe's address moves. */
static void
test_hosts_never_serve(void)
{
	static const char *const ids[] = { "P-04", "P-06", "P-07", "P-13",
		"P-14" };
	struct kit k;

	kit_popcorn(&k, 0);
	for (int i = 10; i < 30; i++) {
		g_autofree char *ip = g_strdup_printf("192.0.2.%d", i);
		g_autofree char *mx = g_strdup_printf("mx%d.example", i);
		g_autofree char *v = g_strdup_printf("{'exchange':'%s'}", mx);

		kit_address(&k, "popcorn-time.ch", ip, "Cloudflare, Inc.",
		    "US");
		kit_fact(&k, FACT_DNS_MX, "popcorn-time.ch", v);
		kit_address(&k, mx, ip, "Aloha Hosting LLC", "US");
		kit_address(&k, "ada.ns.cloudflare.com", ip, "Aloha", "US");
	}
	for (size_t i = 0; i < G_N_ELEMENTS(ids); i++)
		g_assert_cmpstr(kit_status(&k, ids[i], "Doe 1", NULL), ==,
		    "NONE");
	kit_clear(&k);
}

static void
test_beliefs_change_nothing(void)
{
	struct kit a, b;
	g_autoptr(GPtrArray) x = NULL, y = NULL;

	kit_popcorn(&a, 0);
	kit_popcorn(&b, 0);
	for (int i = 0; i < 5; i++)
		kit_statement(&b, BELIEF, "Plaintiff believes that LiteServer "
		    "B.V. has identification information");
	x = showing_assess(a.rec);
	y = showing_assess(b.rec);
	g_assert_cmpuint(x->len, ==, y->len);
	for (guint i = 0; i < x->len; i++) {
		const struct finding *f = x->pdata[i], *g = y->pdata[i];

		g_test_message("%s", f->element->id);
		g_assert_cmpint(f->status, ==, g->status);
		g_assert_cmpuint(f->for_->len, ==, g->for_->len);
	}
	g_clear_pointer(&x, g_ptr_array_unref);
	g_clear_pointer(&y, g_ptr_array_unref);
	kit_clear(&a);
	kit_clear(&b);
}

/* ---- P-17 ------------------------------------------------------------------------ */

/* A host with one registry country and up to two databases. */
static void
host(struct kit *k, const char *registry, const char *a, const char *b)
{
	g_autofree char *network = g_strdup_printf("{'name':'N','country':"
	    "'%s'}", registry);

	kit_init(k);
	kit_case(k);
	kit_run(k, "2026-11-23");
	kit_target(k, "a.com");
	kit_ask(k, PROBE_DNS, "a.com.", "A", "", "198.41.0.4");
	kit_fact(k, FACT_DNS_A, "a.com", "{'ip':'192.0.2.1'}");
	kit_ask(k, PROBE_DNS, "a.com.", "AAAA", "", "198.41.0.4");
	kit_fact(k, FACT_DNS_NODATA, "a.com", "{'type':'AAAA'}");
	k->fail = *registry == '!' ? KIT_ALL : 0;
	kit_ask(k, PROBE_RDAP, "https://rdap.example/ip/192.0.2.1", "ip",
	    "rdap.example", "193.0.6.150");
	kit_fact(k, FACT_IP_NETWORK, "192.0.2.1", network);
	for (int i = 0; i < 2; i++) {
		const char *c = i == 0 ? a : b;
		g_autofree char *place = g_strdup_printf("{'db':'%d.mmdb',"
		    "'country':'%s'}", i, c);

		if (*c == '\0')
			continue;
		k->fail = *c == '!' ? KIT_ALL : 0;
		kit_ask(k, PROBE_GEO, "192.0.2.1", "place", "db", "");
		kit_fact(k, FACT_GEO_PLACE, "192.0.2.1", place);
	}
	k->fail = 0;
}

static void
test_foreign_host(void)
{
	/* "!" no answer, "" not asked or not said */
	static const struct { const char *registry, *a, *b, *want; } cases[] = {
		{ "NL", "NL", "NL", "ADV" },
		{ "NL", "NL", "US", "CONF" },
		{ "US", "NL", "NL", "CONF" },	/* registry inside, places out */
		{ "GB", "NL", "NL", "ADV" },	/* both outside */
		{ "GB", "NL", "DE", "CONF" },
		{ "!", "NL", "", "ADV" },
		{ "US", "US", "US", "NONE" },
		{ "US", "US", "", "NONE" },
		{ "US", "", "", "NONE" },
		{ "US", "!", "", "NC" },
		{ "!", "US", "", "NC" },
		{ "!", "!", "", "NC" },
		{ "", "", "", "NC" },		/* nobody says where */
		{ "", "NL", "", "ADV" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct kit k;
		g_autoptr(GPtrArray) all = NULL;
		const struct finding *f;

		host(&k, cases[i].registry, cases[i].a, cases[i].b);
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

	host(&k, "!", "NL", "");
	g_assert_cmpstr(kit_status(&k, "P-15", "a.com", NULL), ==, "NC");
	kit_clear(&k);
	host(&k, "!", "NL", "");
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

/* ---- pages ------------------------------------------------------------------------------ */

/* A name with an address and one page, all answered. */
static void
page(struct kit *k, const char *domain, const char *ip)
{
	g_autofree char *dotted = g_strconcat(domain, ".", NULL);
	g_autofree char *url = g_strdup_printf("https://%s/", domain);

	kit_target(k, domain);
	kit_address(k, domain, ip, "LiteServer B.V.", "NL");
	kit_ask(k, PROBE_DNS, dotted, "AAAA", "", "198.41.0.4");
	kit_fact(k, FACT_DNS_NODATA, domain, "{'type':'AAAA'}");
	kit_ask(k, PROBE_HTTP, url, "page", domain, ip);
	kit_fact(k, FACT_HTTP_PAGE, url, "{'status':200}");
}

static void
page_alone(struct kit *k)
{
	kit_init(k);
	kit_case(k);
	kit_run(k, "2026-11-23");
	page(k, "a.ch", "192.0.2.1");
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

		page_alone(&k);
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

/* A page that did not come may have had what the others lack; the other scheme
 * of the same page is that page; what a limit kept away unread is none. */
static void
test_page_failed(void)
{
	struct kit k;
	struct log_row *row;

	page_alone(&k);
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

	page_alone(&k);
	k.run->complete = FALSE;
	g_assert_cmpstr(kit_status(&k, "J-12", NULL, "US"), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "J-20", NULL, "US"), ==, "INSUF");
	kit_clear(&k);
}

/* ---- providers ---------------------------------------------------------------------------- */

static void
test_foreign_providers(void)
{
	struct kit k;

	/* a US host under a country's domain: the registry is abroad */
	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.is");
	kit_address(&k, "a.is", "192.0.2.1", "ColoCrossing", "US");
	kit_ask(&k, PROBE_WHOIS, "a.is", "tld", "whois.isnic.is",
	    "193.4.58.43");
	kit_fact(&k, FACT_WHOIS_RECORD, "a.is", "{'layout':'generic'}");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "ADV");
	g_assert_cmpstr(kit_status(&k, "K-15", NULL, NULL), ==, "INSUF");
	kit_clear(&k);
	/* none abroad, and not all answered: NC; an entity sought is enough */
	kit_init(&k);
	kit_run(&k, "2026-11-23");
	kit_target(&k, "a.com");
	kit_address(&k, "a.com", "192.0.2.1", "ColoCrossing", "US");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "NC");
	kit_entity(&k, "ColoCrossing", "United States");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "NC");
	kit_entity(&k, "ISNIC", "IS");
	g_assert_cmpstr(kit_status(&k, "K-16", NULL, NULL), ==, "ADV");
	kit_clear(&k);
}

/* A page leads to a host abroad: not the site's, and counted for neither. */
static void
test_linked_hosts(void)
{
	struct kit k;

	kit_init(&k);
	kit_run(&k, "2026-11-23");
	page(&k, "a.com", "192.0.2.1");
	kit_fact(&k, FACT_PAGE_HOST, "https://a.com/",
	    "{'host':'ads.example','how':'frame'}");
	kit_address(&k, "ads.example", "192.0.2.7", "Cloudflare, Inc.", "US");
	g_assert_cmpstr(kit_status(&k, "K-15", NULL, NULL), ==, "NC");
	g_assert_cmpstr(kit_status(&k, "L-01", "Cloudflare, Inc.", NULL), ==,
	    "PART");
	kit_clear(&k);
}

static void
test_company_names(void)
{
	static const struct { const char *entity, *name; gboolean is; } c[] = {
		{ "LiteServer B.V.", "LiteServer B.V.", TRUE },
		{ "LiteServer B.V.", "LITESERVER", TRUE },
		{ "LiteServer", "LiteServer Holding B.V.", TRUE },
		{ "Instra Corporation", "Instra Corporation Pty Ltd.", TRUE },
		{ "IPSERVER LP", "IPServer, Ltd", TRUE },
		{ "Cloudflare", "Cloudflare, Inc.", TRUE },
		{ "Lite Server", "LiteServer B.V.", FALSE },
		{ "Instra", "Instrain AG", FALSE },
		{ "LiteServer Holding", "LiteServer B.V.", FALSE },
		{ "Ltd", "Ltd Hosting", TRUE },
		{ "", "LiteServer", FALSE },
		{ "...", "LiteServer", FALSE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(c); i++) {
		g_test_message("%s / %s", c[i].entity, c[i].name);
		g_assert_true(entity_is(c[i].entity, c[i].name) == c[i].is);
	}
	g_assert_true(entity_is_host("ISNIC", "whois.isnic.is"));
	g_assert_true(entity_is_host("ISNIC ehf.", "rdap.isnic.is"));
	g_assert_false(entity_is_host("ISNIC", "whois.nic.is"));
	g_assert_false(entity_is_host("", "whois..is"));
	g_assert_cmpint(country_is_us("us"), ==, 1);
	g_assert_cmpint(country_is_us("NL"), ==, 0);
	g_assert_cmpint(country_is_us(""), ==, -1);
}

/* The registry is seen by its server's name only, and only where asked for. */
static void
test_registry(void)
{
	struct kit k;
	g_autoptr(GPtrArray) scopes = NULL;

	kit_popcorn(&k, 0);
	kit_entity(&k, "Switch", "CH");
	kit_target(&k, "popcorn-time-demo.is");
	kit_ask(&k, PROBE_WHOIS, "popcorn-time-demo.is", "tld",
	    "whois.isnic.is", "193.4.58.43");
	kit_fact(&k, FACT_WHOIS_RECORD, "popcorn-time-demo.is",
	    "{'layout':'generic'}");
	g_assert_cmpstr(kit_status(&k, "L-01", "ISNIC", NULL), ==, "PART");
	g_assert_cmpstr(kit_status(&k, "L-01", "Switch", NULL), ==, "NC");
	scopes = showing_scopes(k.rec, SCOPE_ENTITY);
	for (guint i = 0; i < scopes->len; i++)
		g_assert_null(strstr(g_ptr_array_index(scopes, i), "rdap."));
	kit_clear(&k);
}

/* ---- factor 4 ------------------------------------------------------------------------------ */

/* A new host: the old one's row is about the past. */
static void
test_host_changed(void)
{
	struct kit k;

	kit_popcorn(&k, 0);
	kit_run(&k, "2026-12-01");
	kit_target(&k, "popcorn-time.ch");
	kit_address(&k, "popcorn-time.ch", "23.94.0.1", "ColoCrossing", "US");
	g_assert_cmpstr(kit_status(&k, "L-01", "ColoCrossing", NULL), ==,
	    "PART");
	/* the newest run did not answer all: not yet past */
	g_assert_cmpstr(kit_status(&k, "L-01", "LiteServer B.V.", NULL), ==,
	    "PART");
	kit_ask(&k, PROBE_DNS, "popcorn-time.ch.", "AAAA", "", "1.2.3.4");
	kit_fact(&k, FACT_DNS_NODATA, "popcorn-time.ch", "{'type':'AAAA'}");
	kit_ask(&k, PROBE_DNS, "popcorn-time.ch.", "MX", "", "1.2.3.4");
	kit_fact(&k, FACT_DNS_NODATA, "popcorn-time.ch", "{'type':'MX'}");
	kit_ask(&k, PROBE_DNS, "popcorn-time.ch.", "NS", "", "1.2.3.4");
	kit_fact(&k, FACT_DNS_NODATA, "popcorn-time.ch", "{'type':'NS'}");
	kit_ask(&k, PROBE_RDAP, "https://rdap.nic.ch/domain/popcorn-time.ch",
	    "domain", "rdap.nic.ch", "130.59.31.245");
	kit_fact(&k, FACT_RDAP_DOMAIN, "popcorn-time.ch", "{}");
	g_assert_cmpstr(kit_status(&k, "L-01", "LiteServer B.V.", NULL), ==,
	    "STALE");
	/* what was adverse stays printed, of both hosts */
	g_assert_cmpstr(kit_status(&k, "P-17", NULL, NULL), ==, "ADV");
	kit_clear(&k);
}

static void
test_stale(void)
{
	struct kit k;
	g_autoptr(GPtrArray) all = NULL;
	const struct finding *f;

	kit_popcorn(&k, 0);
	g_free(k.rec->as_of);
	k.rec->as_of = g_strdup("2027-05-22");	/* 180 days on */
	g_assert_cmpstr(kit_status(&k, "P-15", NULL, NULL), ==, "INSUF");
	g_free(k.rec->as_of);
	k.rec->as_of = g_strdup("2027-05-23");
	all = showing_assess(k.rec);
	g_assert_cmpint(kit_finding(all, "P-15", NULL, NULL)->status, ==,
	    ST_STALE);
	f = kit_finding(all, "P-17", NULL, NULL);
	g_assert_cmpint(f->status, ==, ST_STALE);
	g_assert_true(f->adverse);
	g_clear_pointer(&all, g_ptr_array_unref);
	kit_clear(&k);
}

static void
test_links(void)
{
	struct kit k;

	page_alone(&k);
	page(&k, "b.ch", "192.0.2.2");
	g_assert_cmpstr(kit_status(&k, "L-03", NULL, NULL), ==, "NONE");
	kit_fact(&k, FACT_PAGE_HOST, "https://b.ch/",
	    "{'host':'www.a.ch','how':'link'}");
	g_assert_cmpstr(kit_status(&k, "L-03", NULL, NULL), ==, "INSUF");
	kit_clear(&k);
	page_alone(&k);
	page(&k, "b.ch", "192.0.2.1");
	g_assert_cmpstr(kit_status(&k, "L-03", NULL, NULL), ==, "INSUF");
	kit_clear(&k);
	page_alone(&k);
	kit_target(&k, "b.ch");
	k.fail = KIT_ALL;
	kit_ask(&k, PROBE_DNS, "b.ch.", "A", "", "198.41.0.4");
	g_assert_cmpstr(kit_status(&k, "L-03", NULL, NULL), ==, "NC");
	kit_clear(&k);
}

/* What a provider asks of its customers, on its own sign-up page. */
static void
test_holds(void)
{
	struct kit k;

	kit_popcorn(&k, 0);
	page(&k, "liteserver.nl", "192.0.2.9");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "NONE");
	kit_fact(&k, FACT_PAGE_WORDS, "https://liteserver.nl/",
	    "{'rule':'payment-method','text':'Bitcoin'}");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "INSUF");
	kit_fact(&k, FACT_PAGE_FORM, "https://liteserver.nl/join",
	    "{'action':'/join','purpose':'sign-up','fields':['text username',"
	    "'password password','hidden name','text ip-address']}");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "INSUF");
	kit_fact(&k, FACT_PAGE_FORM, "https://liteserver.nl/trial",
	    "{'action':'/trial','purpose':'sign-up','fields':['email mail']}");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "PART");
	kit_fact(&k, FACT_PAGE_FORM, "https://liteserver.nl/order",
	    "{'action':'/order','purpose':'sign-up','fields':['text name',"
	    "'email mail']}");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "SUP");
	g_assert_cmpstr(kit_status(&k, "L-06", "ISNIC", NULL), ==, "NONE");
	kit_clear(&k);
	kit_popcorn(&k, 0);
	kit_target(&k, "liteserver.nl");
	k.fail = KIT_ALL;
	kit_ask(&k, PROBE_DNS, "liteserver.nl.", "A", "", "198.41.0.4");
	g_assert_cmpstr(kit_status(&k, "L-06", "LiteServer B.V.", NULL), ==,
	    "NC");
	kit_clear(&k);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void
test_service_date(void)
{
	struct kit k;
	g_autoptr(GPtrArray) all = NULL;
	const struct finding *f;

	kit_popcorn(&k, 0);
	g_free(k.rec->service_date);
	k.rec->service_date = g_strdup("2019-11-20");
	all = showing_assess(k.rec);
	f = kit_finding(all, "G-06", NULL, NULL);
	g_assert_cmpint(f->status, ==, ST_CO);
	g_assert_nonnull(strstr(g_ptr_array_index(f->notes, 0), "2019-12-04"));
	g_clear_pointer(&all, g_ptr_array_unref);
	kit_clear(&k);
}

static void
test_after_motion(void)
{
	struct kit k;
	g_autoptr(GPtrArray) all = NULL;
	const struct finding *f;

	kit_popcorn(&k, 0);
	g_free(k.rec->motion_filed);
	k.rec->motion_filed = g_strdup("2026-11-22");
	all = showing_assess(k.rec);
	f = kit_finding(all, "T-02", NULL, NULL);
	g_assert_cmpuint(f->notes->len, ==, 1);
	g_assert_nonnull(strstr(g_ptr_array_index(f->notes, 0), "000001"));
	g_clear_pointer(&all, g_ptr_array_unref);
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/judge/table", test_table);
	g_test_add_func("/judge/failed-is-not-none", test_failed_is_not_none);
	g_test_add_func("/judge/nothing-needs-answers",
	    test_nothing_needs_answers);
	g_test_add_func("/judge/hosts-never-serve", test_hosts_never_serve);
	g_test_add_func("/judge/beliefs", test_beliefs_change_nothing);
	g_test_add_func("/judge/foreign-host", test_foreign_host);
	g_test_add_func("/judge/edge", test_edge_never_adverse);
	g_test_add_func("/judge/unallocated", test_host_unallocated);
	g_test_add_func("/judge/leads", test_leads);
	g_test_add_func("/judge/pages", test_pages);
	g_test_add_func("/judge/page-failed", test_page_failed);
	g_test_add_func("/judge/cut-short", test_run_cut_short);
	g_test_add_func("/judge/foreign-providers", test_foreign_providers);
	g_test_add_func("/judge/linked-hosts", test_linked_hosts);
	g_test_add_func("/judge/company-names", test_company_names);
	g_test_add_func("/judge/registry", test_registry);
	g_test_add_func("/judge/host-changed", test_host_changed);
	g_test_add_func("/judge/stale", test_stale);
	g_test_add_func("/judge/links", test_links);
	g_test_add_func("/judge/holds", test_holds);
	g_test_add_func("/judge/service-date", test_service_date);
	g_test_add_func("/judge/after-motion", test_after_motion);
	return g_test_run();
}
