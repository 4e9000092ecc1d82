/*
 * Words, quotations and statuses of the records that tests make; those of the
 * golden cases are held against the same by tests/cases/run.
 */

#include <string.h>

#include "reports/explain.h"
#include "reports/words.h"
#include "tests/unit/importkit.h"
#include "tests/unit/schema.h"
#include "tests/unit/wording.h"

static void
expect_none(GPtrArray *faults)
{
	for (guint i = 0; i < faults->len; i++)
		g_test_message("%s", (char *)faults->pdata[i]);
	g_assert_cmpuint(faults->len, ==, 0);
	g_ptr_array_unref(faults);
}

static void
test_popcorn(void)
{
	static const unsigned fails[] = { 0, 1, 2, 3, 5, 8, 13, KIT_ALL };

	for (size_t i = 0; i < G_N_ELEMENTS(fails); i++) {
		struct kit k;

		kit_popcorn(&k, fails[i]);
		expect_none(wording_faults(k.rec));
		kit_brought(&k);
		expect_none(wording_faults(k.rec));
		kit_clear(&k);
	}
}

static void
test_nothing(void)
{
	static const unsigned fails[] = { 0, KIT_ALL };

	for (size_t i = 0; i < G_N_ELEMENTS(fails); i++) {
		struct kit k;

		kit_nothing(&k, fails[i]);
		expect_none(wording_faults(k.rec));
		kit_clear(&k);
	}
}

/* A case without a run, with all that people bring. */
static void
test_no_run(void)
{
	struct kit k;

	kit_init(&k);
	kit_case(&k);
	g_free(k.rec->as_of);
	k.rec->as_of = g_strdup("2026-11-23");
	kit_brought(&k);
	expect_none(wording_faults(k.rec));
	kit_clear(&k);
}

/* Where every question timed out, what the network could have told is NC. */
static void
test_timeouts(void)
{
	static const char *const network[] = { "P-11", "P-15", "P-17", "P-18",
		"J-08", "J-12", "J-13", "K-15", "K-17" };
	struct kit k;
	g_autoptr(GPtrArray) findings = NULL;

	kit_popcorn(&k, KIT_ALL);
	findings = showing_assess(k.rec);
	for (size_t i = 0; i < G_N_ELEMENTS(network); i++) {
		const struct finding *f = kit_finding(findings, network[i],
		    NULL, NULL);

		g_test_message("%s", network[i]);
		g_assert_cmpstr(status_name(f->status), ==, "NC");
		g_assert_cmpuint(f->against->len, >, 0);
	}
	g_clear_pointer(&findings, g_ptr_array_unref);
	kit_clear(&k);
}

/* The whole of every element, and the sentences that documents share. */
static void
test_elements(void)
{
	GPtrArray *faults = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < elements_count; i++) {
		g_autoptr(GString) out = g_string_new(NULL);

		explain_text(&elements[i], NULL, 0, FALSE, out);
		wording_words(faults, elements[i].id, out->str, FALSE);
	}
	wording_words(faults, "worksheet", words_worksheet, FALSE);
	wording_words(faults, "identity", words_identity, FALSE);
	wording_words(faults, "capture", words_capture, FALSE);
	wording_words(faults, "hash", words_hash, FALSE);
	expect_none(faults);
}

/* ---- names that others chose ---- */

static void
foreign_names(struct kit *k)
{
	kit_address(k, "proves.example", "5.2.64.1", "Owner Ltd", "NL");
	kit_fact(k, FACT_IP_ORIGIN, "5.2.64.1", "{'asn':64500,'prefix':"
	    "'5.2.64.0/24','source':'x','name':'OWNERSHIP-AS'}");
	kit_ask(k, PROBE_DNS, "proves.example.", "NS", "", "130.59.31.41");
	kit_fact(k, FACT_DNS_NS, "proves.example",
	    "{'ns':'ns1.establishes.example'}");
	kit_ask(k, PROBE_DNS, "proves.example.", "MX", "", "130.59.31.41");
	kit_fact(k, FACT_DNS_MX, "proves.example",
	    "{'exchange':'mx.meets.example','preference':1}");
	kit_address(k, "ns1.establishes.example", "173.245.58.59",
	    "Infringing Forensic GmbH", "US");
	kit_address(k, "mx.meets.example", "142.250.102.26",
	    "Admissible Mail LLC", "US");
	kit_ask(k, PROBE_RDAP, "https://rdap.owners.example/domain/"
	    "proves.example", "domain", "rdap.owners.example",
	    "130.59.31.245");
	kit_fact(k, FACT_RDAP_DOMAIN, "proves.example",
	    "{'ldh':'proves.example','server':'rdap.owners.example'}");
	kit_fact(k, FACT_RDAP_ENTITY, "proves.example",
	    "{'roles':['registrar'],'handle':'X','name':'Clearly Proven Names "
	    "Inc','org':'','country':'AU','under':'','withheld':false,"
	    "'service':false}");
	kit_fact(k, FACT_RDAP_ENTITY, "proves.example",
	    "{'roles':['registrant'],'handle':'Y','name':'The Owner','org':"
	    "'Score Percent Inc','country':'AU','under':'','withheld':false,"
	    "'service':false}");
}

static void
foreign_pages(struct kit *k)
{
	kit_ask(k, PROBE_TLS, "proves.example", "chain", "", "5.2.64.1");
	kit_fact(k, FACT_TLS_CERT, "proves.example@5.2.64.1", "{'depth':0,"
	    "'sha256':'aa','org':'Owner Ltd','names':['proves.example']}");
	kit_ask(k, PROBE_HTTP, "https://proves.example/", "page",
	    "proves.example", "5.2.64.1");
	kit_fact(k, FACT_HTTP_PAGE, "https://proves.example/", "{'status':200,"
	    "'type':'text/html','title':'This proves who the owner is'}");
	kit_fact(k, FACT_PAGE_FORM, "https://proves.example/",
	    "{'action':'/establish','method':'post','fields':['text owner'],"
	    "'purpose':'sign-up'}");
	kit_fact(k, FACT_PAGE_LINK, "https://proves.example/",
	    "{'href':'https://proves.example/owner','text':'Owners',"
	    "'purpose':'terms'}");
	kit_fact(k, FACT_PAGE_WORDS, "https://proves.example/",
	    "{'rule':'vpn-offer','text':'Our VPN satisfies its owners in the "
	    "United States'}");
	kit_fact(k, FACT_PAGE_WORDS, "https://proves.example/",
	    "{'rule':'company','text':'Owner Ltd','detail':'Ltd'}");
	kit_fact(k, FACT_PAGE_WORDS, "https://proves.example/",
	    "{'rule':'audience','text':'Proves popular: 4,000 owners in "
	    "Hawaii'}");
}

/* What others call themselves, their sites and pages is theirs, in every document;
 * a sentence of ours with one of the words is still seen beside it. */
static void
test_foreign(void)
{
	static const unsigned fails[] = { 0, 4, 9, KIT_ALL };
	GPtrArray *faults;

	for (size_t i = 0; i < G_N_ELEMENTS(fails); i++) {
		struct kit k;

		kit_init(&k);
		k.fail = fails[i];
		kit_case(&k);
		kit_entity(&k, "Owner Ltd", "NL");
		kit_entity(&k, "Scores Clearly Proven LP", "UK");
		kit_run(&k, "2026-11-23");
		kit_target(&k, "proves.example");
		foreign_names(&k);
		foreign_pages(&k);
		expect_none(wording_faults(k.rec));
		g_free(k.rec->worksheet_heading);
		k.rec->worksheet_heading = g_strdup("An owner: Owner Ltd");
		faults = wording_faults(k.rec);
		g_assert_cmpuint(faults->len, ==, 1);
		g_assert_nonnull(strstr(faults->pdata[0], "an owner:"));
		g_clear_pointer(&faults, g_ptr_array_unref);
		kit_clear(&k);
	}
}

/* The test itself sees what it is for. */
static void
test_sees(void)
{
	static const struct { const char *text; gboolean html, bad; } rows[] = {
		{ "This proves it.", FALSE, TRUE },
		{ "He said “this proves it”.", FALSE, FALSE },
		{ "<p>the owner is X</p>", TRUE, TRUE },
		{ "<p><q data-quote=\"0\">the owner is X</q></p>", TRUE,
		    FALSE },
		{ "<pre class=\"srv\">owner: X</pre>", TRUE, FALSE },
		{ "approved by the homeowners", FALSE, FALSE },
		{ "LOCATED IN Honolulu", FALSE, TRUE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(
		    g_free);

		wording_words(faults, "row", rows[i].text, rows[i].html);
		g_assert_cmpint(faults->len > 0, ==, rows[i].bad);
	}
}

/* The schema refuses what it is for. */
static void
test_schema(void)
{
	static const struct { const char *find, *put; } wrong[] = {
		{ "\"status\": \"NONE\"", "\"status\": \"GOOD\"" },
		{ "\"element\": \"P-04\"", "\"element\": \"Q-04\"" },
		{ "\"adverse\": false", "\"adverse\": 0" },
		{ "\"id\": \"O-WILL\"", "\"id\": \"will\"" },
		{ "\"verified\": \"V1\"", "\"verified\": \"sure\"" },
		{ "\"kind\": \"mail\"", "\"kind\": \"post\"" },
		{ "\"as_of\":", "\"verdict\":" },
		{ "\"class\": \"STATES_RETENTION\"", "\"class\": \"KEEPS\"" },
	};
	json_t *schema = schema_load("reports/assess.schema.json");
	struct kit k;

	kit_popcorn(&k, 0);
	kit_brought(&k);
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autofree char *text = kit_render(&k, render_assess_json, 0,
		    FALSE);
		g_autoptr(GString) s = g_string_new(text);
		g_autofree char *why = NULL;
		json_t *doc;

		g_assert_cmpuint(g_string_replace(s, wrong[i].find,
		    wrong[i].put, 1), ==, 1);
		doc = json_loads(s->str, 0, NULL);
		g_assert_nonnull(doc);
		why = schema_fault(doc, schema);
		g_test_message("%s: %s", wrong[i].put, why);
		g_assert_nonnull(why);
		json_decref(doc);
	}
	json_decref(schema);
	kit_clear(&k);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/wording/popcorn", test_popcorn);
	g_test_add_func("/wording/nothing", test_nothing);
	g_test_add_func("/wording/no-run", test_no_run);
	g_test_add_func("/wording/timeouts", test_timeouts);
	g_test_add_func("/wording/elements", test_elements);
	g_test_add_func("/wording/foreign", test_foreign);
	g_test_add_func("/wording/sees", test_sees);
	g_test_add_func("/wording/schema", test_schema);
	return g_test_run();
}
